"""Takes what is given beside a workforce that an engine holds, and what the case names; gives the fault of it, where it would be joined to people one by one."""

from __future__ import annotations

from collections.abc import Iterable

from eia.case import Files
from eia.errors import EiaError, Fault


def refuse_beside_an_engine(file: str, named: Files, given: Iterable[object], *, selections: bool) -> None:
    """Refuse what is joined to people one by one. file: the workforce. named: what the case names. given: files given instead. selections: whether
    those are read wherever they are named.

    Raises EiaError where there is anything of the kind.
    """
    kinds = {kind for kind, name in named.model_dump().items() if name and not kind.endswith("sheet")}
    unread = kinds - {"workforce", "counts", "earlier", *(("selections",) if selections else ())}
    if unread or any(one is not None for one in given):
        raise EiaError(
            not_in_an_engine(
                "Other files are given, or named in the case, beside a workforce that an engine holds.", file
            )
        )


def not_in_an_engine(what: str, file: str) -> Fault:
    """The fault of what is not in the engine. what: in a sentence."""
    return Fault(code="beside-an-engine", what=what, file=file, allowed="selections in the same engine, and nothing else",
                 do="Load the selections into the engine and leave other files out; or give the workforce as a file or a frame in memory.")  # fmt: skip
