"""Files are written whole: whatever stops a run, and wherever, the set before it or the new one is there, and never parts of both."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from assessments import sample

from eia.case import Case, write_case
from eia.errors import EiaError
from eia.intake.examples import write_example
from eia.present.documents.model import Document
from eia.present.documents.request_template import write_templates
from eia.present.documents.write_report import write_page, write_report
from eia.writing import WORK, write_file, write_files

BEFORE = {"report.html": b"old page", "record.json": b"old record", "charts/a.svg": b"old a", "charts/b.svg": b"old b"}
AFTER = {"report.html": b"new page", "record.json": b"new record", "charts/a.svg": b"new a", "charts/c.svg": b"new c"}
GONE = ("charts/b.svg",)
THEIRS = {"notes.txt": b"n", "charts/mine.svg": b"m"}
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes and signals of POSIX")

RUN = """
import os, sys
from pathlib import Path
from eia.writing import write_files
stop, step, folder = int(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
real, done = getattr(os, step), []
def ending(*given, **named):
    done.append(1)
    if len(done) == stop:
        os._exit(9)
    return real(*given, **named)
setattr(os, step, ending)
write_files(folder, {after}, what="The report", gone={gone})
""".replace("{after}", repr(AFTER)).replace("{gone}", repr(GONE))


def held(folder: Path) -> dict[str, bytes]:
    """The files of a folder, those that a run is at work on left aside."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if WORK not in name}


def both(folder: Path) -> None:
    write_files(folder, {**BEFORE, **THEIRS}, what="The report")


def new(folder: Path) -> None:
    write_files(folder, AFTER, what="The report", gone=GONE)


def within(part: Mapping[str, bytes], whole: Mapping[str, bytes]) -> bool:
    return part.items() <= whole.items()


@pytest.mark.parametrize("step", ["replace", "fsync", "rmdir", "unlink"])
def test_a_run_that_is_killed_at_any_step_leaves_one_whole_set(step: str, tmp_path: Path) -> None:
    ended = False
    for stop in range(1, 40):
        folder = tmp_path / str(stop)
        both(folder)
        ran = subprocess.run([sys.executable, "-c", RUN, str(stop), step, str(folder)], check=False)
        if ended := ran.returncode == 0:
            break
        seen = held(folder)
        assert within(seen, {**BEFORE, **THEIRS}) or within(seen, {**AFTER, **THEIRS})
        if "report.html" in seen:
            assert seen in ({**BEFORE, **THEIRS}, {**AFTER, **THEIRS})
        write_file(folder / "next.txt", b"", what="The page")
        left = held(folder)
        assert left.pop("next.txt") == b""
        assert left in ({**BEFORE, **THEIRS}, {**AFTER, **THEIRS})
        assert not (folder / WORK).exists()
    assert ended
    assert stop > 2
    assert held(folder) == {**AFTER, **THEIRS}


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), PermissionError(errno.EACCES, "open elsewhere")])
@pytest.mark.parametrize("step", ["replace", "fsync", "open", "mkdir"])
def test_where_any_step_fails_the_set_before_stays_whole(
    step: str, error: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., object] = getattr(os, step)
    for stop in range(1, 40):
        folder, done = tmp_path / str(stop), []
        both(folder)

        def failing(*given: object, stop: int = stop, done: list[int] = done, **named: object) -> object:
            done.append(1)
            if len(done) == stop:
                raise error
            return real(*given, **named)

        with monkeypatch.context() as patch:
            patch.setattr(os, step, failing)
            try:
                new(folder)
                expected = {**AFTER, **THEIRS}
            except EiaError:
                expected = {**BEFORE, **THEIRS}
        assert held(folder) == expected
        if (folder / WORK).exists():  # what could not be cleared away is by the next run
            write_file(folder / "notes.txt", b"n", what="The page")
        assert not (folder / WORK).exists()
        assert held(folder) == expected
        if len(done) < stop:
            break
    assert stop > 1
    assert held(folder) == {**AFTER, **THEIRS}


def test_a_file_open_in_another_program_is_named_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    both(tmp_path)

    def held_open(source: Path, target: Path) -> None:
        if Path(source).name == "report.html" or Path(target).name == "case.toml":
            raise PermissionError(errno.EACCES, "used by another process")
        os.rename(source, target)

    monkeypatch.setattr(os, "replace", held_open)
    for write in (lambda: new(tmp_path), lambda: write_case(Case(title="A"), tmp_path / "case.toml")):
        with pytest.raises(EiaError) as refused:
            write()
        assert [fault.code for fault in refused.value.faults] == ["file-in-use"]
    assert held(tmp_path) == {**BEFORE, **THEIRS}


def test_two_runs_into_one_folder_wait_for_one_another(tmp_path: Path) -> None:
    both(tmp_path)
    slow = "import sys, time\nfrom pathlib import Path\nimport eia.writing as w\nreal = w._write\ndef late(path, content):\n    real(path, content)\n    print(flush=True)\n    time.sleep(0.4)\nw._write = late\nw.write_files(Path(sys.argv[1]), {'slow.txt': b's', 'slow.html': b's'}, what='')"
    with subprocess.Popen([sys.executable, "-c", slow, str(tmp_path)], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        assert (tmp_path / WORK).exists()
        new(tmp_path)  # what a live run is making is not taken for a left-over
        run.stdout.read()
    assert run.returncode == 0
    assert held(tmp_path) == {**AFTER, **THEIRS, "slow.txt": b"s", "slow.html": b"s"}


def test_a_left_over_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "old").mkdir(parents=True)
    (tmp_path / "elsewhere" / "old" / "precious.txt").write_text("p")
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / WORK).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EiaError):
        new(folder)
    assert (tmp_path / "elsewhere" / "old" / "precious.txt").read_text() == "p"


def every_writer(folder: Path) -> None:
    write_page(Document(title="T", subtitle="", notice=""), folder / "terms" / "terms.html")
    write_case(Case(title="A"), folder / "case" / "case.toml")
    write_example(folder / "example")
    write_templates(folder / "templates")
    new(folder / "report")


@POSIX
def test_nobody_else_may_read_what_is_written(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        every_writer(tmp_path / "ours" / "deep")
    finally:
        os.umask(before)
    made = list((tmp_path / "ours").rglob("*"))
    assert len(made) > 20
    for path in (tmp_path / "ours", *made):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    new(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750


@pytest.mark.parametrize("writer", ["page", "case", "example", "templates"])
def test_a_full_disk_leaves_no_half_file(writer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page, case = tmp_path / "terms.html", tmp_path / "case.toml"
    page.write_text("good")
    write_case(Case(title="Good"), case)
    before = held(tmp_path)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    write: Callable[[], object] = {
        "page": lambda: write_page(Document(title="T", subtitle="", notice=""), page),
        "case": lambda: write_case(Case(title="New"), case),
        "example": lambda: write_example(tmp_path / "new"),
        "templates": lambda: write_templates(tmp_path / "new"),
    }[writer]
    with pytest.raises(EiaError) as refused:
        write()
    assert [fault.code for fault in refused.value.faults] == ["cannot-write"]
    assert held(tmp_path) == before


def test_waiting_for_another_run_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eia.writing._lock", lambda folder: None)
    monkeypatch.setattr("eia.writing.PATIENCE", 0.05)
    begun = time.monotonic()
    with pytest.raises(EiaError):
        new(tmp_path)
    assert time.monotonic() > begun
    assert held(tmp_path) == {}


@POSIX
@pytest.mark.parametrize("link", ["charts", f"{WORK}/new", f"{WORK}/old"])
def test_nothing_is_written_or_moved_through_a_link_in_the_folder(link: str, tmp_path: Path) -> None:
    away, folder = tmp_path / "away", tmp_path / "report"
    away.mkdir()
    (away / "a.svg").write_text("precious")
    (folder / link).parent.mkdir(parents=True)
    (folder / link).symlink_to(away)
    with pytest.raises(EiaError):
        new(folder)
    assert [(path.name, path.read_text()) for path in away.iterdir()] == [("a.svg", "precious")]


@POSIX
def test_a_link_in_place_of_a_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    away, folder = tmp_path / "away.txt", tmp_path / "report"
    folder.mkdir()
    away.write_text("precious")
    for name in ("report.html", "terms.html"):
        (folder / name).symlink_to(away)
    new(folder)
    write_file(folder / "terms.html", b"terms", what="The page")
    assert away.read_text() == "precious"
    assert held(folder) == {**AFTER, "terms.html": b"terms"}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["confidential/draft.html", "confidential/annex.md", "publishable/draft.html"])
def test_a_page_of_no_report_is_not_replaced(name: str, tmp_path: Path) -> None:
    page = tmp_path / name
    page.parent.mkdir()
    page.write_text("mine")
    with pytest.raises(EiaError) as refused:
        write_report(sample("found"), tmp_path)
    assert [fault.code for fault in refused.value.faults] == ["would-overwrite"]
    assert page.read_text() == "mine"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [page]
    page.unlink()
    write_report(sample("found"), tmp_path)
    write_report(sample("found"), tmp_path)
