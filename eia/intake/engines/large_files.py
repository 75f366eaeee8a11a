"""Takes the path of a file that is Parquet, or a file or frame larger than is read whole; gives it as a frame in memory, or as a table that DuckDB counts where it lies.

Parquet is counted where it is. Text is put aside as Parquet first, since it would be read again for each question: in a folder that nobody else
looks into, which is gone afterwards. DuckDB is an extra of this package, and opens no connection.
"""

from __future__ import annotations

import importlib.util
import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eia import budget
from eia.case import Case
from eia.errors import EiaError, Fault
from eia.intake.engines.lazy_table import LazyTable, lazy_table
from eia.intake.engines.load import load_engine
from eia.intake.files.layout import layout
from eia.intake.files.opening import WINDOW
from eia.intake.files.raw_table import RawTable
from eia.intake.workforce import Workforce
from eia.reading import open_file
from eia.writing import private_folder

if TYPE_CHECKING:
    import pyarrow

_TEXT = (".csv", ".tsv", ".txt")


def is_parquet(path: Path) -> bool:
    """Whether a path is that of a file of Parquet, by its name, or of a folder with such files in it or one folder below.

    >>> is_parquet(Path("staff.parquet")), is_parquet(Path("staff.csv"))
    (True, False)
    """
    return path.suffix.lower() == ".parquet" or any(
        next(path.glob(files), None) for files in ("*.parquet", "*/*.parquet")
    )


def parquet_frame(path: Path, file: str) -> pyarrow.Table:
    """A file or folder of Parquet in memory. file: what messages call it. Raises EiaError where it cannot be read."""
    return _read(path, file, lambda found: found.to_table())


def is_large_frame(given: object) -> bool:
    """Whether a frame in memory has more rows than are read one by one; False of what is no frame.

    >>> is_large_frame("staff.csv"), is_large_frame(b"Sex"), is_large_frame(None)
    (False, False, False)
    """
    if given is None or isinstance(given, str | bytes | os.PathLike):
        return False
    import narwhals as nw

    with suppress(nw.exceptions.DuplicateError):  # headers that repeat are told of where the frame is read
        known = nw.from_native(given, eager_only=True, pass_through=True)
        return isinstance(known, nw.DataFrame) and len(known) > budget.PEOPLE
    return False


def is_large(path: Path, file: str) -> bool:
    """Whether a file has more rows than are read one by one. Raises EiaError where that cannot be told of Parquet."""
    if is_parquet(path):
        return bool(_read(path, file, lambda found: found.count_rows()) > budget.PEOPLE)
    with suppress(OSError):
        if path.suffix.lower() in _TEXT and path.stat().st_size > budget.PEOPLE:  # a row takes more than one byte
            return path.stat().st_size > budget.FILE_BYTES or _line_ends(path) > budget.PEOPLE
    return False


@dataclass(frozen=True, slots=True)
class LargeFile:
    """A large file as a table of DuckDB. beside: puts a smaller table into the same engine, as text."""

    table: LazyTable
    beside: Callable[[RawTable], LazyTable]


@contextmanager
def opened_large(source: Path | Any, file: str) -> Iterator[LargeFile]:
    """Open a large file, or a large frame in memory, while it is counted. Raises EiaError where the extra is not installed, or it cannot be read."""
    if importlib.util.find_spec("duckdb") is None:
        raise EiaError(Fault(code="needs-large", what=f"It has more than {budget.PEOPLE:,} rows, or is larger than {budget.FILE_BYTES >> 30} GB.", file=file,
                             allowed="so many where the extra “large” is installed", do='Install it: pip install "eia-toolkit[large]".'))  # fmt: skip
    import duckdb

    with private_folder() as folder, duckdb.connect(config=_settings(folder)) as engine:
        yield LargeFile(_table(engine, source, folder, file), lambda raw: _beside(engine, raw))


def load_large(
    source: Path | Any, file: str, case: Case, selections: RawTable | None, *, fetch_people: bool
) -> Workforce:
    """Check a large file or frame of people, with one of selections where there is one, into a Workforce. Raises EiaError as :func:`load_engine` does."""
    with opened_large(source, file) as large:
        listing = large.beside(selections) if selections else None
        return load_engine(large.table, case, listing, fetch_people=fetch_people)


def _settings(folder: Path) -> dict[str, Any]:
    """What DuckDB puts aside goes into the folder, and it fetches nothing."""
    return {"temp_directory": str(folder), "memory_limit": f"{budget.ENGINE_MEGABYTES}MB", "autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}  # fmt: skip


def _table(engine: Any, source: Path | Any, folder: Path, file: str) -> LazyTable:
    return _of_file(engine, source, folder, file) if isinstance(source, Path) else _of_frame(engine, source, file)


def _of_frame(engine: Any, frame: Any, file: str) -> LazyTable:
    import narwhals as nw

    with suppress(Exception):  # what is said of it may quote a record
        if table := lazy_table(engine.from_arrow(nw.from_native(frame, eager_only=True).to_arrow()), file):
            return table
    raise EiaError(Fault(code="large-frame-unreadable", what="The frame is too large to be read row by row, and cannot be handed to the engine.", file=file,
                         allowed="columns with cells of one kind each, under headers that are text and differ",
                         do="Turn each column into text, numbers or dates; or write the frame as Parquet, and give that file."))  # fmt: skip


def _of_file(engine: Any, path: Path, folder: Path, file: str) -> LazyTable:
    staged, written = folder / "rows.parquet", {} if is_parquet(path) else _written(path, file)
    with suppress(Exception):  # what the engine says of it may quote a record
        if path.is_dir():
            rows = engine.read_parquet(str(path / "**" / "*.parquet"))
        elif is_parquet(path):
            rows = engine.read_parquet(str(path))
        else:
            engine.read_csv(str(path), **written).write_parquet(str(staged))
            rows = engine.read_parquet(str(staged))
        if table := lazy_table(rows, file):
            return table
    raise EiaError(Fault(code="large-file-unreadable", what="The file is too large to be read whole, and the engine cannot read it.", file=file,
                         allowed="Parquet; or text in UTF-8 with one line of headers at the top, and in each line as many cells",
                         do="Save it so, or as Parquet, and look whether the disk has room."))  # fmt: skip


def _written(path: Path, file: str) -> dict[str, Any]:
    """How a text is written, by its first lines, for an engine that would otherwise guess anew, and leave out what does not fit its guess."""
    with open_file(path) as handle:
        start = handle.read(WINDOW)
    found = layout(memoryview(start[: start.rfind(b"\n") + 1].removeprefix(b"\xef\xbb\xbf")), file)
    return {
        "sep": found.divider, "quotechar": '"', "escapechar": '"', "header": True, "skiprows": found.header_row - 1, "all_varchar": True,
        "strict_mode": True,
    }  # fmt: skip


def _beside(engine: Any, raw: RawTable) -> LazyTable:
    """A table that was opened as a file is, in the engine: all of its columns as text, references too."""
    import pyarrow as pa

    cells = raw.without_totals().read(range(len(raw.headers)), None).texts
    columns = {header: pa.array(cells[index].astype("str").tolist(), pa.string()) for index, header in enumerate(raw.headers)}  # fmt: skip
    table = lazy_table(engine.from_arrow(pa.table(columns)), raw.file)
    if table is None:
        raise TypeError("a relation is a frame that narwhals knows")
    return table


def _read(path: Path, file: str, read: Callable[[Any], Any]) -> Any:
    """What is read of Parquet."""
    import pyarrow.dataset as ds

    with suppress(Exception):  # what pyarrow says of it may quote a record
        return read(ds.dataset(path, format="parquet"))
    raise EiaError(Fault(code="parquet-unreadable", what="There is no such file, or it cannot be read as Parquet.", file=file,
                         allowed="a file of Parquet, or a folder of such files with the same columns", do="Check the name, and write it again."))  # fmt: skip


def _line_ends(path: Path) -> int:
    with open_file(path) as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return sum(data[at : at + WINDOW].count(b"\n") for at in range(0, len(data), WINDOW))
