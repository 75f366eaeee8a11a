"""Takes a workbook on its standard input; gives its sheets on its standard output, each as text divided by commas.

A program of its own, run by `eia.intake.files.workbook` in a process of its own: a workbook made or damaged so that reading it
takes all memory, or never ends, then ends that process and not ours. It prints one line of JSON, then the texts one after
the other. Only the library that reads workbooks is imported here.
"""

import contextlib
import csv
import datetime as dt
import io
import json
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import python_calamine as calamine

MIDNIGHT = dt.time()
_WITHOUT_VALUE = re.compile(
    rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*</c>"
)  # no part of it passes a "<": linear in the text

Cell = Any


def main() -> None:
    """Read the sheet named, or every visible sheet where the name is empty, in so many bytes of memory."""
    wanted, most = sys.argv[1], int(sys.argv[2])
    _limit_memory(most)
    texts: list[bytes] = []
    said: dict[str, Any] = {"fault": ""}
    try:
        data = sys.stdin.buffer.read()
        if _has_formulas_without_value(data):
            said["fault"] = "formulas"
            return _say(said, texts)
        book = calamine.load_workbook(io.BytesIO(data))
        tables = [sheet for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        visible = [sheet.name for sheet in tables if sheet.visible == calamine.SheetVisibleEnum.Visible]
        all_names = [sheet.name for sheet in tables]
        by_number = {f"sheet {number}": name for number, name in enumerate(all_names, start=1)}
        names = [wanted if wanted in all_names else by_number.get(wanted, wanted)] if wanted else visible
        sheets = [book.get_sheet_by_name(name) for name in names]
        merged = [_merged_down(sheet) for sheet in sheets]
        texts = [_text(sheet, spans) for sheet, spans in zip(sheets, merged, strict=True)]
        said |= {
            "names": names,
            "all": all_names,
            "hidden": [sheet.name for sheet in tables if sheet.name not in visible],
            "merged": [len(spans) for spans in merged],
        }
    except MemoryError:
        texts, said["fault"] = [], "too-large"
    except calamine.PasswordError:
        said["fault"] = "password"
    except calamine.WorksheetNotFound:
        said |= {"fault": "no-such-sheet", "all": book.sheet_names}
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        said["fault"] = "damaged"
    return _say(said, texts)


def _say(said: dict[str, Any], texts: list[bytes]) -> None:
    said["sizes"] = [len(text) for text in texts]
    out = sys.stdout.buffer
    out.write(json.dumps(said).encode() + b"\n")
    out.writelines(texts)


def _limit_memory(most: int) -> None:
    # where the system has no such limit, the time limit holds
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # stopped for its memory, it must not leave that on the disk
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _has_formulas_without_value(data: bytes) -> bool:
    """Whether a sheet holds a formula whose result nobody worked out. One part is unpacked at a time."""
    if not data.startswith(b"PK"):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [part for part in archive.namelist() if part.startswith("xl/worksheets/")]
        return any(_WITHOUT_VALUE.search(archive.read(part)) for part in sheets)


Span = tuple[tuple[int, int], tuple[int, int]]


def _merged_down(sheet: calamine.CalamineSheet) -> list[Span]:
    """Cells merged over several rows: the value stands in the first, and is meant for all of them."""
    return [span for span in sheet.merged_cell_ranges or () if span[1][0] > span[0][0]]


def _text(sheet: calamine.CalamineSheet, merged: list[Span]) -> bytes:
    """A sheet from its first cell on, rows as they are numbered on the screen."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(
        [cell if cell.__class__ is str else _written(cell) for cell in row] for row in _rows(sheet, merged)
    )
    return text.getvalue().encode(errors="replace")


def _rows(sheet: calamine.CalamineSheet, merged: list[Span]) -> Iterator[list[Cell]]:
    rows = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, _) in merged:
        for row in rows[top + 1 : bottom + 1]:
            row[left] = rows[top][left]
    yield from rows


def _written(cell: Cell) -> Cell:
    """A cell that is no text: whole numbers without a point, days without a time."""
    if cell.__class__ is float:
        return f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == MIDNIGHT else cell.isoformat(sep=" ")
    return cell


if __name__ == "__main__":
    main()
