"""Takes the folder of a case file and a name in it; gives the path of that file, which is in the folder or below it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from eia.errors import EiaError, Fault

_ON_THE_COMMAND_LINE = ("selections", "scores", "absences", "posts")


def named_file(folder: Path, name: str, kind: str) -> Path:
    r"""The file that a case names. kind: what the case calls it, such as "selections".

    A case file may come from somebody else: it opens nothing outside its own folder, wherever links in it lead, and no server.

    Raises
    ------
    EiaError where the name leads elsewhere; nothing is looked for there.

    >>> named_file(Path("case"), "staff.csv", "workforce").name
    'staff.csv'
    """
    path = folder / name
    if _leads_elsewhere(name) or not path.resolve().is_relative_to(folder.resolve()):
        option = f", or name it on the command line: --{kind}" if kind in _ON_THE_COMMAND_LINE else ""
        raise EiaError(Fault(code="file-elsewhere", what="The case names a file outside its own folder.", file="case.toml",
                             column=kind, allowed="a file in the folder of the case file, or below it", do=f"Move the file there{option}.")) from None  # fmt: skip
    return path


def _leads_elsewhere(name: str) -> bool:
    """Whether a name, as either kind of system reads it, begins anywhere but in the folder, or goes up from there."""
    read = (PurePosixPath(name), PureWindowsPath(name))
    return "\0" in name or any(path.anchor or path.drive or ".." in path.parts for path in read)
