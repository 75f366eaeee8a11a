"""Whatever is in a file: it is read, or refused in one message; nothing breaks, hangs, takes all memory or gives a record away."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from awkward import AWKWARD, BOOK, DATA, HEADERS, TEXT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import CANARY, case, everything_said

from eia.errors import EiaError
from eia.intake.evidence import read_workforce

EXTRACT = case(dates={"extract": dt.date(2026, 9, 30)})
SECONDS = 30
SEEDS = [
    TEXT.encode(),
    TEXT.encode("utf-16"),
    TEXT.replace(",", ";").encode("cp1252"),
    BOOK,
    AWKWARD["ODS"][0],
    (DATA / "staff.xls").read_bytes(),
]
SPLICES = [
    b"",
    b",",
    b";",
    b"\t",
    b'"',
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"PK\x03\x04",
    b"=",
    b"9" * 40,
    b"<",
    b"&#0;",
    b"\xef\xbb\xbf",
]


def outcome(data: bytes) -> tuple[int, EiaError | None]:
    try:
        return read_workforce(data, EXTRACT, name="staff").people, None
    except EiaError as error:
        return 0, error


def test_the_corpus_is_large_enough() -> None:
    assert len(AWKWARD) >= 60


@pytest.mark.parametrize(("data", "expected"), AWKWARD.values(), ids=AWKWARD)
def test_an_awkward_file_is_read_or_refused_in_one_message(data: bytes, expected: int | str) -> None:
    begun = time.monotonic()
    people, error = outcome(data)
    assert time.monotonic() - begun < SECONDS
    if isinstance(expected, int):
        assert error is None
        assert people == expected
    else:
        assert error is not None
        assert error.faults[0].code == expected
        assert CANARY not in everything_said(error)
        assert "zebedee" not in everything_said(error)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """One of the files with bytes changed, put in, taken out or moved at a few places."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.sampled_from([0, 1, 2, 16, 500]))
        kind = draw(st.sampled_from(["splice", "splice", "double", "cut", "flip"]))
        if kind == "splice":
            data[at : at + length] = draw(st.sampled_from(SPLICES))
        elif kind == "double":
            data[at:at] = data[at : at + length]
        elif kind == "cut":
            del data[at : at + length]
        elif at < len(data):
            data[at] ^= 1 << draw(st.integers(0, 7))
    return bytes(data)


def never_breaks(data: bytes) -> None:
    begun = time.monotonic()
    people, error = outcome(data)
    assert time.monotonic() - begun < SECONDS
    assert people >= 0
    assert error is None or error.faults
    assert error is None or CANARY not in everything_said(error)


@pytest.mark.slow
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_a_damaged_file_never_breaks_anything(data: bytes) -> None:
    never_breaks(data)


@pytest.mark.slow
@settings(deadline=None, max_examples=2_000, suppress_health_check=list(HealthCheck))
@given(damaged())
def test_two_thousand_damaged_files_never_break_anything(data: bytes) -> None:
    never_breaks(data)


PEAK = """
import re, sys
from pathlib import Path
from eia.case import Case
from eia.intake.evidence import read_workforce
people = read_workforce(Path(sys.argv[1]), Case()).people
print(people, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
"""The peak of this program alone: that of getrusage would count the process that started it."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is told in this way on Linux only")
def test_300_megabytes_are_read_in_2_gigabytes_and_30_seconds(tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    row = f",{CANARY} {'x' * 260},F,White British,Clerks,retained,1\n"
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADERS[:-1]) + "\n")
        for start in range(0, 1_000_000, 100_000):
            file.write("".join(f"{number:08}{row}" for number in range(start, start + 100_000)))
    assert path.stat().st_size > 300 << 20
    done = subprocess.run(
        [sys.executable, "-c", PEAK, path], capture_output=True, text=True, check=True, timeout=SECONDS, env=os.environ
    )
    people, megabytes = map(int, done.stdout.split())
    assert people == 1_000_000
    assert megabytes < 2048
