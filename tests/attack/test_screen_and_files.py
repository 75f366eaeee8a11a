"""A screen that is full or gone, a file that changes while it is read, and memory that must not reach the disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from made import pools, write

from eia import budget
from eia.errors import EiaError
from eia.intake.files.opening import open_text, refuse_changed
from eia.intake.files.raw_table import open_table

POSIX = pytest.mark.skipif(os.name != "posix", reason="devices, pipes and limits of POSIX")
FOUND = pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20))


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize(
    "command",
    [("assess", "staff.csv"), ("check", "staff.csv"), ("law",), ("--help",), ("--version",), ("template", "t")],
)
@pytest.mark.parametrize("stream", ["full", "gone", "closed"])
def test_a_screen_that_is_full_or_gone_is_told_in_one_sentence(
    command: tuple[str, ...], stream: str, tmp_path: Path
) -> None:
    write(tmp_path, "staff.csv", FOUND)
    sent = {"full": ">/dev/full", "gone": "| true", "closed": ">&-"}[stream]
    wait = "import time, runpy, sys; time.sleep(0.2); sys.argv[0] = 'eia'; runpy.run_module('eia', run_name='__main__')"
    script = f'set -o pipefail; "$0" -c "$1" "${{@:2}}" {sent}'
    ran = subprocess.run(
        ["bash", "-c", script, sys.executable, wait, *command], capture_output=True, text=True, cwd=tmp_path, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr
    assert len(ran.stderr.splitlines()) <= 1
    if stream != "closed":
        assert ran.returncode == 1
    if stream == "full":
        assert len(ran.stderr.splitlines()) == 1


@pytest.mark.slow
@POSIX
def test_where_nothing_can_be_said_nothing_is(tmp_path: Path) -> None:
    ran = subprocess.run(
        ["bash", "-c", '"$0" -m eia law >/dev/full 2>/dev/full', sys.executable], check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert ran.returncode == 1


@POSIX
def test_a_file_that_is_cut_while_it_is_read_ends_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "staff.csv", b"sex,pool,selected\n" + b"F,A,yes\nM,A,no\n" * 50_000)
    table = open_table(path)
    os.truncate(path, 100)
    assert table.read([0, 1, 2], None).rows == 100_000
    assert len(table.sha256) == 64


def test_a_file_too_large_to_be_read_at_once_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "FILE_BYTES_IN_MEMORY", 1_000)
    path = write(tmp_path, "staff.csv", b"sex,pool,selected\n" + b"F,A,yes\nM,A,no\n" * 50_000)
    table = open_table(path)
    with path.open("ab") as file:  # to be cut would end this process, if it were not looked at
        file.write(b"F,A,yes\n")
    with pytest.raises(EiaError) as error:
        table.read([0, 1, 2], None)
    assert [fault.code for fault in error.value.faults] == ["file-changed"]
    refuse_changed(b"bytes do not change", "staff.csv")


@POSIX
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_not_opened(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    with pytest.raises(EiaError) as error:
        open_text(Path("/dev/zero") if kind == "device" else path, "staff.csv", None)
    assert [fault.code for fault in error.value.faults] == ["file-unreadable"]


CORE = "import resource\nprint(*resource.getrlimit(resource.RLIMIT_CORE))"
BEFORE = "import resource\nhard = resource.getrlimit(resource.RLIMIT_CORE)[1]\nresource.setrlimit(resource.RLIMIT_CORE, (hard, hard))\n"


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize(
    "starting",
    [
        "import sys\nfrom eia import cli\nsys.argv = ['eia', '--version']\ntry:\n    cli.main()\nexcept SystemExit:\n    pass",
        "from streamlit.starlette import App\nApp.run = lambda *given, **named: None\nfrom eia.dashboard.launch import launch\nlaunch()",
        "from streamlit.testing.v1 import AppTest\nfrom eia.dashboard.launch import MAIN\nAppTest.from_file(str(MAIN), default_timeout=60).run()",
        "from eia.intake.files.workbook_process import _limit_memory\n_limit_memory(2 << 30)",
    ],
    ids=["command line", "dashboard", "streamlit run", "workbook"],
)
def test_no_process_that_reads_people_leaves_its_memory_on_the_disk(starting: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", f"{BEFORE}{starting}\n{CORE}"], capture_output=True, text=True, check=False
    )
    assert ran.stdout.splitlines()[-1] == "0 0", ran.stderr[-500:]
