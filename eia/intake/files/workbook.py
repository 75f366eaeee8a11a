"""Takes the bytes of a workbook; gives the sheet with the table in it as text, or says which sheets there are to choose from."""

from __future__ import annotations

import difflib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eia import budget
from eia.errors import EiaError, Fault, inert
from eia.intake.columns.identifiers import identifies
from eia.intake.files.layout import headers_known, holds_table, knows_headers
from eia.vocabulary.names import could_name_person

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_BOOKS = tuple(stream.encode("utf-16-le") for stream in ("Workbook", "Book"))
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOK_PARTS = {"xl/workbook.xml", "content.xml"}


@dataclass(frozen=True, slots=True)
class SheetText:
    """A sheet as text divided by commas, its name, and what was decided, in plain words. among: the sheets that it was guessed
    from; none where only one would do, or the sheet is said."""

    text: bytes
    sheet: str
    remarks: tuple[str, ...]
    among: tuple[str, ...] = ()


def is_workbook(data: Any) -> bool:
    """Whether these bytes look like a workbook of a kind that is read: XLSX, XLSM, ODS or XLS."""
    if data[: len(_OLE)] == _OLE:
        return any(stream in bytes(data) for stream in (*_OLD_BOOKS, _ENCRYPTED))
    return data[: len(_ZIP)] == _ZIP and _holds_book(bytes(data))


def sheet_names(data: bytes) -> tuple[str, ...]:
    """The names of all sheets of a workbook, hidden ones too; none where it cannot be read or is no workbook."""
    if not is_workbook(data) or _safety_faults(data, ""):
        return ()
    with suppress(EiaError):
        return tuple(_run(data, "", "")[0]["all"])
    return ()


def sheet_text(data: bytes, file: str, sheet: str | None, *, guess: bool = False) -> SheetText:
    """The sheet named, or the only one that holds a table: of several the only one whose headers are known. guess: whether of several
    whose headers are known the one that knows the most, and then the longest, will do.

    Raises EiaError where the workbook is damaged, too large or has a password, and where no sheet, or more than one, will do.
    """
    faults = _safety_faults(data, file)
    if faults:
        raise EiaError(faults)
    said, texts = _run(data, sheet or "", file)
    chosen, among = _chosen(said, texts, file, guess=guess) if sheet is None else (0, ())
    name = said["names"][chosen]
    remarks = []
    if others := [other for other in said["all"] if other != name]:
        hidden = [other for other in others if other in said["hidden"]]
        remarks.append(f"{len(others)} other sheet{'s' if len(others) > 1 else ''} not read: {_named(others, hidden)}")
    if merged := said["merged"][chosen]:
        remarks.append(f"cells merged over several rows, {merged} in all, read as if each row had the value")
    return SheetText(texts[chosen], name, tuple(remarks), among)


def _chosen(said: Mapping[str, Any], texts: Sequence[bytes], file: str, *, guess: bool) -> tuple[int, tuple[str, ...]]:
    """The place of the sheet to read, and the names of those that it was guessed from."""
    tables = [index for index, text in enumerate(texts) if holds_table(text)]
    known = [index for index in tables if knows_headers(texts[index])]
    filled = [index for index, text in enumerate(texts) if text.strip(b",\n")]
    for found in (tables, known, [] if tables or said["hidden"] else filled):
        if len(found) == 1:
            return found[0], ()
    if not tables:
        hidden = list(said["hidden"])
        raise EiaError(Fault(code="no-sheet-with-table", what="No visible sheet of the workbook holds a table" + (f"; hidden: {_named(hidden)}." if hidden else "."),
                             file=file, allowed="one line of headers, then one line a person",
                             do="Look whether the sheet is hidden; name it in the case: [files] sheet = “the sheet”."))  # fmt: skip
    ranks = {index: (headers_known(texts[index]), texts[index].count(b"\n")) for index in known or tables}
    several = [said["names"][index] for index in ranks]
    best = [index for index, rank in ranks.items() if rank == max(ranks.values())]
    if guess and len(best) == 1:
        return best[0], tuple(several)
    raise EiaError(Fault(code="which-sheet", what=f"More than one sheet holds a table: {_named(several)}.", file=file, allowed="one",
                         do='Say which: [files] sheet = "the sheet" in the case, or --sheet on the command line.'))  # fmt: skip


def _named(names: Sequence[str], hidden: Sequence[str] = ()) -> str:
    """Names of sheets in a sentence: the first five."""
    shown = [f"“{inert(name)}”" + (" (hidden)" if name in hidden else "") for name in names[:5]]
    return ", ".join(shown) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _holds_book(data: bytes) -> bool:
    """Whether a zipped file holds a workbook; one that is damaged may have been one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool(_BOOK_PARTS & set(archive.namelist()))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return True


def _safety_faults(data: bytes, file: str) -> list[Fault]:
    """What the list of its parts shows before any is unpacked: a password, too much to unpack, damage."""
    if not data.startswith(_ZIP):
        return [_password(file)] if _ENCRYPTED in data else []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return [_damaged(file)]
    if any(part.flag_bits & 1 for part in parts):
        return [_password(file)]
    if len(parts) > budget.WORKBOOK_PARTS or sum(part.file_size for part in parts) > budget.WORKBOOK_BYTES_UNPACKED:
        return [_too_large(file)]
    return []


def _run(data: bytes, sheet: str, file: str) -> tuple[dict[str, Any], list[bytes]]:
    """Have the sheets read in a process of its own: what it says of them, and their texts."""
    program = [
        sys.executable,
        "-P",
        str(Path(__file__).with_name("workbook_process.py")),
        sheet,
        str(budget.WORKBOOK_MEMORY),
    ]
    try:
        done = subprocess.run(program, input=data, capture_output=True, timeout=budget.WORKBOOK_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise EiaError(_too_large(file)) from None
    if done.returncode:  # 1: the library broke; anything else: it was stopped for the memory that it took
        raise EiaError(_damaged(file) if done.returncode == 1 else _too_large(file))
    first, _, rest = done.stdout.partition(b"\n")
    said = _without_names(json.loads(first))
    fault = said["fault"]
    if fault == "no-such-sheet":
        near = difflib.get_close_matches(sheet, said["all"], n=1, cutoff=0.5)
        raise EiaError(Fault(code="no-such-sheet", what=f"The workbook has no sheet “{inert(sheet)}”.", file=file,
                             allowed=_named(said["all"]),
                             do=f"Did you mean “{inert(near[0])}”?" if near else "Name one of these sheets."))  # fmt: skip
    if fault:
        raise EiaError(
            {"password": _password, "too-large": _too_large, "formulas": _not_worked_out}.get(fault, _damaged)(file)
        )
    texts, at = [], 0
    for size in said["sizes"]:
        texts.append(rest[at : at + size])
        at += size
    return said, texts


def _without_names(said: dict[str, Any]) -> dict[str, Any]:
    """What was said of the sheets, each called by its number where its name looks like a person's: it may be asked for so too."""
    shown = {
        name: f"sheet {number}" if identifies(name) or could_name_person(name) else name
        for number, name in enumerate(said.get("all", ()), start=1)
    }
    named = {key: [shown.get(name, name) for name in said[key]] for key in ("names", "all", "hidden") if key in said}
    return said | named


def _password(file: str) -> Fault:
    return Fault(
        code="password", what="The workbook is protected by a password.", file=file, allowed="a workbook that opens without one",
        do="Open it, remove the password under “Protect workbook”, and save a copy.",
    )  # fmt: skip


def _not_worked_out(file: str) -> Fault:
    return Fault(
        code="formulas-not-worked-out", what="The workbook has formulas without their results.", file=file,
        allowed="values, or formulas with their results", do="Open it in a spreadsheet and save it again.",
    )  # fmt: skip


def _damaged(file: str) -> Fault:
    return Fault(
        code="damaged-workbook", what="The workbook is damaged or was cut short.", file=file,
        allowed="a workbook that a spreadsheet opens without complaint", do="Open it in a spreadsheet and save it again, or ask for it again.",
    )  # fmt: skip


def _too_large(file: str) -> Fault:
    return Fault(
        code="workbook-too-large", what="The workbook is too large to be read.", file=file,
        allowed=f"up to {budget.WORKBOOK_BYTES_UNPACKED >> 20} MB unpacked, and no cells far from the table",
        do="Delete what stands far below and right of the table, or save the sheet as “CSV UTF-8 (comma delimited)”.",
    )  # fmt: skip
