"""Takes the contents of files and a folder; puts them there whole, all of them or none. Nothing else of the package writes.

What is new is made beside what is there, and is on the disk before anything there is touched. Then the old files go out,
pages first, and the new ones come in, pages last: a page that is there has all its charts and its record beside it, and
nothing older. Between the two a mark is set. What a run left that was cut short is put right by the next one in that folder: without
the mark the old files go back, with it the new ones come in. Files of others are never touched.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from eia.errors import EiaError, Fault

if sys.platform != "win32":
    import fcntl

WORK, NEW, OLD, MARK = ".writing-eia", "new", "old", "new-is-whole"
OURS_ALONE, FOLDER_OURS_ALONE = 0o600, 0o700
PATIENCE = 30.0  # seconds to wait for another run that writes into the folder
_PAGES = (".html", ".md")


class _InTheWay(OSError):
    """A file that is there cannot be moved."""


def write_files(
    folder: Path,
    contents: Mapping[str, bytes],
    *,
    what: str,
    do: str = "Choose another folder.",
    gone: Iterable[str] = (),
) -> None:
    """Write a set of files into a folder, which is made when it is not there, in place of the set before it.

    contents: by name, which may name a folder below. gone: names of the set before that have no successor. what, do: for the
    message: what is written, and what to do where it cannot be.

    Raises
    ------
    EiaError where they cannot be written; the set before is then still there, whole.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     write_files(Path(home), {"a.txt": b"1", "charts/b.svg": b"2"}, what="The report")
    ...     sorted(path.name for path in Path(home).iterdir())
    ['a.txt', 'charts']
    """
    try:
        _make(folder)
        with _alone(folder):
            _settle(folder)
            _replace(folder, contents, [*contents, *gone])
    except _InTheWay:
        raise EiaError(Fault(code="file-in-use", what="A file that is there cannot be replaced: another program may have it open. Nothing was changed.",
                             file=folder.name, allowed="files that no other program has open", do="Close it there, and do this again.")) from None  # fmt: skip
    except (OSError, ValueError):  # ValueError: a zero byte in a name
        raise EiaError(Fault(code="cannot-write", what=f"{what} cannot be written there.", file=folder.name,
                             allowed="a folder that you may write to, on a disk with room", do=do)) from None  # fmt: skip


def write_file(path: Path, content: bytes, *, what: str, do: str = "Choose another folder.") -> None:
    """Write one file, whole or not at all, in place of the one that is there; a link that is there is replaced, and not followed.

    Raises EiaError where it cannot be written.
    """
    write_files(path.parent, {path.name: content}, what=what, do=do)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder for what is put aside while it is counted, which nobody else looks into. It is gone afterwards, however that ends; what a run left
    that was killed is cleared away by the next.

    Raises EiaError where there is no room for it.

    >>> with private_folder() as folder:
    ...     folder.stat().st_mode & 0o077
    0
    """
    try:
        home = _home()
        with _alone(home):
            _clear(home)
            folder = Path(tempfile.mkdtemp(dir=home))
            held = _lock(folder)
    except OSError:
        raise EiaError(Fault(code="cannot-put-aside", what="Nothing can be put aside in the temporary folder.", allowed="a temporary folder that you alone may look into, on a disk with room",
                             do="Name another one: set TMPDIR.")) from None  # fmt: skip
    try:
        yield folder
    finally:
        if held is not None:
            os.close(held)
        shutil.rmtree(folder, ignore_errors=True)


def clear_left_over() -> None:
    """Clear away what runs that were killed had put aside."""
    with suppress(OSError):
        if (home := _home(make=False)).is_dir():
            with _alone(home):
                _clear(home)


def _home(*, make: bool = True) -> Path:
    """The folder for what is put aside. Raises OSError where somebody else could look into it."""
    own = getattr(os, "getuid", lambda: "user")()
    home = Path(tempfile.gettempdir()) / f"eia-put-aside-{own}"
    if make:
        home.mkdir(mode=FOLDER_OURS_ALONE, exist_ok=True)
    if home.exists() and sys.platform != "win32":
        found = home.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != own or found.st_mode & 0o077:
            raise PermissionError
    return home


def _clear(home: Path) -> None:
    for left in home.iterdir():
        if left.is_dir() and (lock := _lock(left)) is not None:  # a run that is alive holds it
            os.close(lock)
            shutil.rmtree(left, ignore_errors=True)


def _replace(folder: Path, contents: Mapping[str, bytes], names: list[str]) -> None:
    work, order = folder / WORK, _pages_last(names)
    _refuse_links(folder, names)
    try:
        for name, content in contents.items():
            _write(work / NEW / name, content)
        for name in contents:
            _make((folder / name).parent)
            if (folder / name).is_dir():
                raise IsADirectoryError
        _flush(_below(work))
        if len(names) > 1:  # one file takes the place of another in a single step
            _move(order[::-1], folder, work / OLD)
            _flush(_below(work))
            _write(work / MARK, b"")
            _flush([work])
        _move(order, work / NEW, folder)
    except BaseException:
        if (work / MARK).exists():
            _move(order[::-1], folder, work / NEW)
            (work / MARK).unlink()
        _settle(folder)
        raise
    _flush({(folder / name).parent for name in contents})
    with suppress(OSError):  # all is in its place: what cannot be cleared away now, the next run clears
        _settle(folder)


def _settle(folder: Path) -> None:
    """Put right what a run left that was cut short, and clear away what it made."""
    work = folder / WORK
    _refuse_links(folder, [f"{WORK}/{kind}/any" for kind in (NEW, OLD)])
    if not work.exists():
        return
    whole = work / (NEW if (work / MARK).exists() else OLD)
    left = [path.relative_to(whole).as_posix() for path in whole.rglob("*") if path.is_file()]
    _refuse_links(folder, left)
    _move(_pages_last(left), whole, folder)
    _flush({(folder / name).parent for name in left})
    if (work / OLD).exists():
        shutil.rmtree(work / OLD)  # before the mark goes: without it, old files would be taken for the whole ones
    shutil.rmtree(work)


def _refuse_links(folder: Path, names: Iterable[str]) -> None:
    """Refuse to write or move anything through a link below the folder: it may lead anywhere."""
    below = {part for name in names for part in Path(name).parents}
    if any((folder / part).is_symlink() for part in below - {Path()}):
        raise NotADirectoryError


def _pages_last(names: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(names), key=lambda name: name.endswith(_PAGES))


def _move(names: Iterable[str], source: Path, target: Path) -> None:
    """Move those of the files that are there."""
    for name in names:
        if (source / name).is_file() or (source / name).is_symlink():
            _make((target / name).parent)
            try:
                os.replace(source / name, target / name)
            except PermissionError:  # on Windows, where another program has it open
                raise _InTheWay from None


def _write(path: Path, content: bytes) -> None:
    """Make a file, for nobody else to read, and wait until it is on the disk."""
    _make(path.parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, OURS_ALONE), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _make(folder: Path) -> None:
    """Make a folder, and those above it that are not there, for nobody else to look into."""
    for part in reversed([part for part in (folder, *folder.parents) if not part.exists()]):
        part.mkdir(mode=FOLDER_OURS_ALONE, exist_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other run writes into the folder, and keep others waiting. The lock ends with the process that holds it,
    however that ends: what lies there when it is had is nobody's any more."""
    begun = time.monotonic()
    while (lock := _lock(folder)) is None:
        if time.monotonic() - begun > PATIENCE:
            raise TimeoutError
        time.sleep(0.02)
    try:
        yield
    finally:
        os.close(lock)


def _below(folder: Path) -> list[Path]:
    """A folder of ours and those below it."""
    return [folder, *(path for path in folder.rglob("*") if path.is_dir())]


if sys.platform == "win32":

    def _lock(folder: Path) -> int | None:
        held = folder / f"{WORK}.lock"
        try:  # the system deletes it when the process ends
            return os.open(held, os.O_CREAT | os.O_EXCL | os.O_TEMPORARY)
        except FileExistsError:
            return None
        except PermissionError:
            if held.exists():
                return None
            raise

    def _flush(folders: Iterable[Path]) -> None:
        """Folders cannot be flushed there."""

else:

    def _lock(folder: Path) -> int | None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:  # a file system without locks: there we take it that nobody else writes
            pass
        return handle

    def _flush(folders: Iterable[Path]) -> None:
        """Have the names in these folders on the disk too, where the file system can."""
        for folder in folders:
            with suppress(OSError):
                handle = os.open(folder, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)
