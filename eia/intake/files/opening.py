"""Takes a path or bytes; gives the text of a table in it as bytes: of a text file as it is, of a workbook one sheet as text."""

from __future__ import annotations

import hashlib
import mmap
import re
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from eia import budget
from eia.errors import EiaError, Fault
from eia.intake.files.workbook import is_workbook, sheet_text
from eia.reading import open_file, read_file

WINDOW = 1 << 20  # so much of a large file is looked at a time
_START = 1 << 12

_NOT_TEXT = {
    b"PK\x03\x04": "a zipped file",
    b"\xd0\xcf\x11\xe0": "an old Office file that is damaged, or is no workbook",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "a Word file",
}
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """The text of a table. marked: the encoding, where the file says it; "" where it is to be found out. sheet: its name;
    "" where there are no sheets. remarks: what was decided on the way, in plain words. among: the sheets it was guessed from."""

    body: memoryview
    digest: Future[str]
    marked: str = ""
    sheet: str = ""
    remarks: tuple[str, ...] = ()
    among: tuple[str, ...] = ()


def open_text(source: Path | bytes, file: str, sheet: str | None, *, guess_sheet: bool = False) -> Opened:
    """Open a file and hash it as it is, in the background. ``sheet``: the one to take from a workbook.

    Raises EiaError if the file is empty, too large, or neither text nor a workbook.
    """
    data = _load(source, file)
    start = bytes(data[:_START])
    if not start.removeprefix(b"\xef\xbb\xbf").strip():
        raise EiaError(Fault(code="empty-file", what="The file is empty.", file=file,
                             allowed="one line of headers, then one line a person", do="Export it again and look inside before sending."))  # fmt: skip
    digest = _in_background(data, file)
    if is_workbook(data):
        text = sheet_text(bytes(data), file, sheet, guess=guess_sheet)
        return Opened(memoryview(text.text), digest, "utf-8", text.sheet, text.remarks, text.among)
    for magic, what in _NOT_TEXT.items():
        if start.startswith(magic):
            raise EiaError(not_text(file, what))
    if _MARKUP.match(start):
        raise EiaError(not_text(file, "a web page, which some systems save under the name of a spreadsheet"))
    codec = _codec(start)
    body = memoryview(data)
    if codec.startswith("utf-16"):
        body = memoryview(_decoded(data, codec, file).encode())
    elif codec:
        body = body[3:]
    if b"\r\r\n" in start:  # a line end that was translated twice
        body = memoryview(bytes(body).replace(b"\r\r\n", b"\n"))
    return Opened(body, digest, codec)


def not_text(file: str, what: str) -> Fault:
    """The fault of a file that holds something else than a table."""
    return Fault(
        code="not-text", what=f"This is not a table: it looks like {what}.", file=file,
        allowed="a CSV file or a workbook (XLSX, XLSM, XLS, ODS)",
        do="Open it in a spreadsheet and save the sheet as “CSV UTF-8 (comma delimited)”.",
    )  # fmt: skip


def _codec(start: bytes) -> str:
    """The encoding that the first bytes show: by a mark, or by a zero in every other byte. Otherwise ""."""
    if start.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    if start.startswith((b"\xff\xfe\0\0", b"\0\0")):
        return ""  # four bytes a character: no spreadsheet writes it
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = start[::2], start[1::2]
    if odd and not odd.strip(b"\0"):
        return "utf-16-le"
    return "utf-16-be" if even and not even.strip(b"\0") else ""


def _decoded(data: bytes | mmap.mmap, codec: str, file: str) -> str:
    with suppress(UnicodeDecodeError):  # it holds the bytes of the file: it must not travel with our message
        return bytes(data).decode(codec)
    raise EiaError(not_text(file, "damaged text"))


def _in_background(data: bytes | mmap.mmap, file: str) -> Future[str]:
    """Hash beside the reading: hashing a large file takes as long as a fifth of reading it."""
    pool = ThreadPoolExecutor(max_workers=1)
    future = pool.submit(_hashed, data, file)
    pool.shutdown(wait=False)
    return future


def _hashed(data: bytes | mmap.mmap, file: str) -> str:
    digest, step = hashlib.sha256(), 16 * WINDOW
    with memoryview(data) as view:
        for at in range(0, len(view), step):
            refuse_changed(data, file)
            digest.update(view[at : at + step])
    return digest.hexdigest()


def refuse_changed(data: object, file: str) -> None:
    """Raise EiaError where a file that is mapped has become shorter or longer: reading where it no longer is would end the process."""
    if isinstance(data, mmap.mmap) and data.size() != len(data):
        raise EiaError(Fault(code="file-changed", what="The file changed while it was read.", file=file, allowed="a file that nobody is writing to",
                             do="Wait until it is written, or close it in other programs, and do this again."))  # fmt: skip


def let_go(data: object, at: int = 0, size: int = 0) -> None:
    """Give back the pages of a file from a place on that have been read; they can be read again. Of bytes there are none."""
    if isinstance(data, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        data.madvise(mmap.MADV_DONTNEED, at, size or len(data) - at)


def _load(source: Path | bytes, file: str) -> bytes | mmap.mmap:
    try:
        if isinstance(source, bytes):
            data: bytes | mmap.mmap = source
        elif source.stat().st_size <= budget.FILE_BYTES_IN_MEMORY:
            data = read_file(source, budget.FILE_BYTES_IN_MEMORY)
        else:
            with open_file(source) as handle:
                data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        raise EiaError(Fault(
            code="file-unreadable", what="There is no such file, or it cannot be opened.", file=file,
            allowed="a file that is there and that you may read", do="Check the name and the folder, and close the file in other programs.",
        )) from None  # fmt: skip
    if len(data) > budget.FILE_BYTES:
        raise EiaError(Fault(code="file-too-large", what=f"The file is larger than {budget.FILE_BYTES >> 30} GB.", file=file,
                             allowed=f"up to {budget.FILE_BYTES >> 30} GB", do="Keep only the columns that the assessment needs."))  # fmt: skip
    return data
