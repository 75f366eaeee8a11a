"""Takes nothing; gives the bundled examples: where each case is, in the installed package or beside it in a checkout."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import eia
from eia.errors import EiaError, Fault
from eia.writing import write_files

MAIN = "riverbank"


def home() -> Path:
    """The folder of the examples: inside the installed package, or beside the package in a checkout."""
    package = Path(eia.__file__).parent
    inside = package / "_datasets"
    return inside if inside.is_dir() else package.parent / "datasets"


def examples() -> Mapping[str, Path]:
    """Every example by name, with its case file; the main one first.

    >>> list(examples())[0]
    'riverbank'
    """
    found = {case.parent.name: case for case in sorted(home().glob("**/case.toml"))}
    return {MAIN: found[MAIN], **found}


def write_example(folder: Path) -> tuple[Path, ...]:
    """Copy the files of the main example into a folder, which is made when it is not there; over no file of the same name.

    Raises
    ------
    EiaError where a file of the same name is there, or the folder cannot be written to.
    """
    files = [path for path in sorted(examples()[MAIN].parent.iterdir()) if path.is_file()]
    there = [path.name for path in files if (folder / path.name).exists()]
    if there:
        raise EiaError(Fault(code="would-overwrite", what=f"The folder has files of the same name already: {', '.join(there)}.",
                             file=str(folder.name), allowed="a new folder, or one without these files", do="Choose another folder."))  # fmt: skip
    write_files(folder, {path.name: path.read_bytes() for path in files}, what="The example")
    return tuple(folder / path.name for path in files)
