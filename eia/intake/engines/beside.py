"""Takes what is given beside a workforce that an engine holds, and what the case names; gives the fault of it, where it would be joined to people one by one."""

from __future__ import annotations

from collections.abc import Mapping

from eia.case import Files
from eia.errors import EiaError, Fault


def refuse_beside_an_engine(file: str, named: Files, given: Mapping[str, object], *, selections: bool) -> None:
    """Refuse what is joined to people one by one. file: the workforce. named: what the case names. given: files given instead, by kind. selections:
    whether those are read wherever they are named.

    Raises EiaError where there is anything of the kind.
    """
    kinds = {kind for kind, name in named.model_dump().items() if name and not kind.endswith("sheet")}
    kinds -= {"workforce", "counts", "earlier", "previous", *(("selections",) if selections else ())}
    kinds |= {kind for kind, one in given.items() if one is not None}
    if kinds:
        unread = ", ".join(sorted(kinds)).replace("_", " ")
        raise EiaError(not_in_an_engine(f"Files are not read beside a workforce in an engine: {unread}.", file))


def not_in_an_engine(what: str, file: str) -> Fault:
    """The fault of what is not in the engine. what: in a sentence."""
    return Fault(code="beside-an-engine", what=what, file=file, allowed="selections in the same engine, and records of earlier rounds or of the version before",
                 do="Leave these files out, and load selections into the engine. With a million people or fewer, give the workforce as a file or a frame instead: every file is read beside it.")  # fmt: skip
