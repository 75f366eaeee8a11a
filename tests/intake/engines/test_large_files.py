"""Parquet is read as any frame; what is larger than is read whole is counted by DuckDB, and whatever is put aside for it goes away again."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from made import CANARY, QUICK, WHEN, everything_said, run

import eia
from eia import budget
from eia.errors import EiaError
from eia.intake.engines import large_files
from eia.writing import private_folder


@pytest.fixture
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The temporary folder of this test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything over a hundred rows is large."""
    monkeypatch.setattr(budget, "PEOPLE", 100)


def people(rows: int = 300) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    pool = np.where(np.arange(rows) % 6 == 0, rng.choice(["Cooks", "Clerks"], rows), "")
    return pd.DataFrame(
        {
            "Employee number": [f"E{number:05}" for number in range(rows)],
            "Redundancy pool": pool,
            "Outcome": np.where(pool == "", "", rng.choice(["selected", "retained"], rows)),
            "Sex": rng.choice(["Female", "Male"], rows),
            "Disability": rng.choice(["Yes", "No", ""], rows),
            "Department": rng.choice(["North", "South"], rows),
        },
        dtype="str",
    )


def left(aside: Path) -> list[Path]:
    """Whatever is below the temporary folder, but the home of what is put aside."""
    return [path for path in aside.rglob("*") if path.name != f"eia-put-aside-{os.getuid()}"]


def stored(folder: Path, kind: str) -> Path:
    table = people()
    if kind == "csv":
        table.to_csv(folder / "staff.csv", index=False)
        return folder / "staff.csv"
    if kind == "parquet":
        table.to_parquet(folder / "staff.parquet", index=False)
        return folder / "staff.parquet"
    (folder / "staff").mkdir()
    table.head(120).to_parquet(folder / "staff" / "a.parquet", index=False)
    table.tail(180).to_parquet(folder / "staff" / "b.parquet", index=False)
    return folder / "staff"


@pytest.mark.parametrize("kind", ["parquet", "folder"])
def test_parquet_is_read_as_a_frame_is(tmp_path: Path, kind: str) -> None:
    whole = eia.assess(people(), QUICK, when=WHEN)
    assert repr(eia.assess(stored(tmp_path, kind), QUICK, when=WHEN).findings) == repr(whole.findings)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("kind", ["csv", "parquet", "folder"])
def test_a_large_file_gives_the_same_findings_and_leaves_nothing(tmp_path: Path, aside: Path, kind: str) -> None:
    table, choices = people(), QUICK
    stated = table[["Employee number", "Outcome"]][table["Outcome"] != ""]
    path = stored(tmp_path, kind)
    (listed := tmp_path / "selections.csv").write_text(stated.to_csv(index=False))
    found = eia.assess(path, choices, selections=listed, when=WHEN)
    assert found.evidence.people == 300
    assert left(aside) == []
    budget.PEOPLE = 1_000_000  # put back by the fixture
    assert repr(found.findings) == repr(eia.assess(table, choices, when=WHEN).findings)


@pytest.mark.usefixtures("small")
def test_the_command_takes_a_large_file(tmp_path: Path, aside: Path) -> None:
    path = stored(tmp_path, "parquet")
    assert run("check", path).code == 0
    assert run("assess", path, "--out", tmp_path / "report", "--only", "annex").code == 0
    assert (tmp_path / "report").is_dir()
    assert left(aside) == []


@pytest.mark.parametrize("held", ["pandas", "polars", "pyarrow"])
def test_a_large_frame_in_memory_is_counted_as_a_small_one_is_read(held: str, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = people()
    given = {"pandas": frame, "polars": pl.from_pandas(frame), "pyarrow": pa.Table.from_pandas(frame)}[held]
    read = eia.assess(given, QUICK, when=WHEN)
    monkeypatch.setattr(budget, "PEOPLE", 100)
    counted = eia.assess(given, QUICK, when=WHEN)
    assert counted.findings == read.findings
    assert counted.evidence.people == read.evidence.people == 300


@pytest.mark.usefixtures("small")
def test_a_large_frame_that_no_engine_can_hold_is_refused_without_a_word_of_it() -> None:
    frame = people().astype({"Department": object})
    frame["Department"] = [[CANARY], 1] * 150
    with pytest.raises(EiaError) as caught:
        eia.assess(frame, QUICK)
    assert [fault.code for fault in caught.value.faults] == ["large-frame-unreadable"]
    assert CANARY not in everything_said(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.usefixtures("small")
def test_without_the_extra_one_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == "duckdb" else found(name, *rest)
    )
    with pytest.raises(EiaError) as caught:
        eia.assess(stored(tmp_path, "parquet"))
    assert [fault.code for fault in caught.value.faults] == ["needs-large"]
    assert "eia-toolkit[large]" in str(caught.value)


@pytest.mark.usefixtures("small")
def test_a_file_that_cannot_be_read_leaves_nothing_and_says_nothing_of_it(tmp_path: Path, aside: Path) -> None:
    path = stored(tmp_path, "csv")
    path.write_text(path.read_text() + f'"{CANARY}, E1,x,x,x,x,x,x,x,x\n' * 3)
    with pytest.raises(EiaError) as caught:
        eia.assess(path)
    assert [fault.code for fault in caught.value.faults] == ["large-file-unreadable"]
    assert CANARY not in everything_said(caught.value)
    assert caught.value.__context__ is None
    assert left(aside) == []


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "staff.parquet").write_text(f"{CANARY},x\n")
    for path in (tmp_path / "staff.parquet", tmp_path / "nowhere.parquet"):
        with pytest.raises(EiaError) as caught:
            eia.assess(path)
        assert [fault.code for fault in caught.value.faults] == ["parquet-unreadable"]
        assert CANARY not in everything_said(caught.value)


@pytest.mark.usefixtures("small")
def test_what_is_put_aside_is_for_its_owner_alone(tmp_path: Path, aside: Path) -> None:
    with large_files.opened_large(stored(tmp_path, "csv"), "staff.csv"):
        folders = [path for path in aside.rglob("*") if path.is_dir()]
        assert folders
        assert {path.stat().st_mode & 0o077 for path in folders} == {0}
        assert list(aside.rglob("rows.parquet"))
    assert left(aside) == []


def test_what_a_killed_run_put_aside_is_gone_after_the_next_start(aside: Path) -> None:
    code = "import time\nfrom eia.writing import private_folder\nwith private_folder() as folder:\n    (folder / 'rows').write_text('x'); print('there', flush=True); time.sleep(60)"
    killed = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(aside)}
    )
    assert killed.stdout is not None
    assert killed.stdout.readline()
    with private_folder():
        assert [path.read_text() for path in aside.rglob("rows")] == ["x"]  # it is alive yet
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    assert left(aside) != []
    eia.assess(people(), QUICK)  # of something else
    assert left(aside) == []


def test_a_home_that_others_may_look_into_is_not_used(aside: Path) -> None:
    (aside / f"eia-put-aside-{os.getuid()}").mkdir()
    (aside / f"eia-put-aside-{os.getuid()}").chmod(0o755)
    with pytest.raises(EiaError) as caught, private_folder():
        pass
    assert [fault.code for fault in caught.value.faults] == ["cannot-put-aside"]
