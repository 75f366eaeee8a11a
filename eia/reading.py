"""Takes the path of a file; gives its bytes, up to a size: never those of a device or a pipe, which may have no end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO


class TooLarge(OSError):
    """A file is larger than may be read; nothing of it was."""


def open_file(path: Path) -> BinaryIO:
    """Open a file to be read. Raises OSError where it cannot be, and for whatever is no file: it is not opened at all."""
    try:
        is_file = stat.S_ISREG(path.stat().st_mode)
    except ValueError:  # a zero byte in its name
        is_file = False
    if not is_file:
        raise OSError(errno.EINVAL, "not a file")
    return path.open("rb")


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a file, where there are no more than ``most``.

    Raises TooLarge before anything is read, and OSError where the file cannot be read or becomes shorter or longer meanwhile.

    >>> len(read_file(Path(__file__), 1 << 20)) > 100
    True
    """
    with open_file(path) as handle:
        size = os.fstat(handle.fileno()).st_size
        if size > most:
            raise TooLarge(errno.EFBIG, "too large")
        content = handle.read(size + 1)
    if len(content) != size:
        raise OSError(errno.EIO, "changed while it was read")
    return content
