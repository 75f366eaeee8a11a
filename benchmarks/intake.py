"""Takes an older checkout, if any; prints how long a million people take from file or frame to cubes, beside pandas only reading them
and beside the older version, and the memory; and how long a workbook of 20,000 takes, beside calamine only reading it.

Run it as ``python benchmarks/intake.py [folder of an older checkout]``. All read the same file in turns, with imports done beforehand, an older
version in a process of its own by its own benchmark; the figures are medians, by the clock and in processor seconds, which a busy machine
changes less. Memory is measured in processes of their own: the peak less what was held after a small file.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

PEOPLE, POOLS, RUNS = 1_000_000, 200, 9
HERE = Path(__file__).resolve().parent.parent
WORKBOOK_PEOPLE = 20_000

LABELS = {
    "outcome": ["retained"] * 9 + ["selected"],
    "age": [str(age) for age in range(16, 75)],
    "sex": ["Female", "Male", "Prefer not to say", ""],
    "disability": ["Yes", "No", "Prefer not to say", ""],
    "ethnicity": [
        "White British",
        "White Irish",
        "Indian",
        "Pakistani",
        "Black African",
        "Black Caribbean",
        "Chinese",
        "",
    ],
    "religion": ["No religion", "Christian", "Muslim", "Hindu", "Sikh", "Prefer not to say", ""],
    "sexual orientation": ["Heterosexual or straight", "Gay or lesbian", "Bisexual", "Prefer not to say", ""],
    "gender reassignment": ["No", "Yes", ""],
    "marital status": ["Single", "Married", "Civil partnership", "Divorced", ""],
    "pregnancy or maternity": ["No", "Yes"],
    "working pattern": ["Full-time", "Part-time"],
    "contract": ["Permanent", "Fixed-term"],
    "family leave": ["None", "Maternity", "Shared parental"],
    "grade": ["AA", "AO", "EO", "HEO", "SEO", "G7", "G6"],
}


def write_file(path: Path, people: int = PEOPLE) -> None:
    """Write a made-up workforce of 16 columns."""
    import pyarrow as pa
    import pyarrow.csv as pc

    rng = np.random.default_rng(1)
    columns = {"reference": pa.array([f"E{number:07d}" for number in rng.permutation(people)])}
    for name, labels in {"pool": [f"Pool {number:03d}" for number in range(POOLS)], **LABELS}.items():
        columns[name] = pa.array(np.array(labels, dtype=object)[rng.integers(0, len(labels), people)])
    pc.write_csv(pa.table(columns), str(path), pc.WriteOptions(quoting_style="none"))


def with_pandas(path: Path) -> None:
    """Read the file, and no more."""
    import pandas as pd

    pd.read_csv(path, engine="pyarrow")


def to_workforce(path: Path) -> None:
    """Read, hash, coerce and check."""
    from eia.intake.evidence import read_workforce

    assert read_workforce(path).people == PEOPLE


def with_eia(source: Path | pd.DataFrame) -> None:
    """Read, hash, coerce, check for repeated references, and count into the cubes of all questions."""
    from eia.case import Case
    from eia.counts.cube import count, cube_axes
    from eia.intake.evidence import read_workforce

    case = Case()
    workforce = read_workforce(source, case)
    cube = count(workforce.frame, cube_axes(workforce, case))
    assert all(int(table.low.sum()) == workforce.people for table in cube.tables.values())
    assert len(workforce.intake.sources[0].sha256) == 64


class OlderVersion:
    """An older checkout in a process of its own, which measures itself by its own benchmark."""

    def __init__(self, checkout: Path, path: Path) -> None:
        """Start it, and have it import all that it needs."""
        script = (
            f"{_imports(checkout)}"
            "for line in sys.stdin:\n"
            "    clock, used = time.perf_counter(), sum(os.times()[:2])\n"
            f"    intake.with_eia(Path({str(path)!r}))\n"
            "    print(time.perf_counter() - clock, sum(os.times()[:2]) - used, flush=True)\n"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, _: Path) -> tuple[float, float]:
        """Read once: seconds by the clock and of processors."""
        assert self._process.stdin
        assert self._process.stdout
        print(file=self._process.stdin, flush=True)
        clock, processors = map(float, self._process.stdout.readline().split())
        return clock, processors

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def _imports(checkout: Path) -> str:
    folders = [str(checkout), str(checkout / "benchmarks")]
    return f"import os, sys, time\nfrom pathlib import Path\nsys.path[:0] = {folders!r}\nimport intake\n"


def write_workbook(path: Path, csv_path: Path) -> None:
    """The first rows of the made-up workforce as a workbook."""
    import csv

    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book, csv_path.open(encoding="utf-8") as file:
        sheet = book.add_worksheet("Staff")
        for number, row in zip(range(WORKBOOK_PEOPLE + 1), csv.reader(file), strict=False):
            sheet.write_row(number, 0, row)


def with_calamine(path: Path) -> None:
    """Read the workbook, and no more."""
    from python_calamine import load_workbook

    load_workbook(path).get_sheet_by_index(0).to_python()


def only_read(path: Path) -> None:
    """Read, recognise and check."""
    from eia.case import Case
    from eia.intake.evidence import read_workforce

    assert read_workforce(path, Case()).people == WORKBOOK_PEOPLE


def used() -> float:
    """Processor seconds until now, those of processes that were started and have ended too: workbooks are read in one."""
    return sum(os.times()[:4])


Work = Callable[[Path], tuple[float, float] | None]


def in_turns(path: Path, works: dict[str, Work]) -> None:
    """Print median seconds of each, run in turns, and how many times those of the first."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for run in range(RUNS + 1):
        for name, work in works.items():
            clock, processors = time.perf_counter(), used()
            taken = work(path) or (time.perf_counter() - clock, used() - processors)
            if run:  # the first run warms up
                times[name].append(taken)
    medians = {name: [statistics.median(kind) for kind in zip(*taken, strict=True)] for name, taken in times.items()}
    first = medians[next(iter(works))]
    for name, figures in medians.items():
        told = "   ".join(f"{figure:6.2f} s {figure / own:5.2f}" for figure, own in zip(figures, first, strict=True))
        print(f"  {name:<48} {told}")


def peak_memory(path: Path, checkout: Path) -> int:
    """Bytes at the peak less bytes held after a small file was read, in a process of its own (Linux only)."""
    script = (
        f"{_imports(checkout)}"
        "peak = lambda: int(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1]) * 1024\n"
        "small = Path(sys.argv[1]).with_name('small.csv')\n"
        "intake.with_eia(small); held = peak(); intake.with_eia(Path(sys.argv[1])); print(peak() - held)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def main() -> None:
    """Print the tables."""
    import pandas as pd
    import pyarrow.compute
    import pyarrow.csv  # noqa: F401 - imports are done before the clock

    import eia

    older = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "workforce.csv")
        write_file(path)
        write_file(path.with_name("small.csv"), 1000)
        size = path.stat().st_size
        print(
            f"{PEOPLE:,} people x {len(LABELS) + 2} columns, {POOLS} pools, {size / 1e6:.0f} MB; medians of {RUNS} runs, clock and processors"
        )
        before = OlderVersion(older, path) if older else None
        in_turns(
            path,
            {
                "pandas.read_csv(engine='pyarrow'), reading only": with_pandas,
                **({"older eia, file to cubes": before} if before else {}),
                "eia, file to checked workforce": to_workforce,
                "eia, file to cubes": with_eia,
            },
        )
        if before:
            before.close()
        text = eia.read_table(path)
        labels = text.astype({name: "category" for name in text.columns if name != "reference"})
        guessed = pd.read_csv(path, engine="pyarrow")
        in_turns(
            path,
            {
                "eia, file to cubes": with_eia,
                "eia, frame of eia.read_table to cubes": lambda _: with_eia(text),
                "eia, frame of categoricals to cubes": lambda _: with_eia(labels),
                "eia, frame of pandas.read_csv to cubes": lambda _: with_eia(guessed),
            },
        )
        book = Path(folder, "workforce.xlsx")
        write_workbook(book, path)
        print(f"{WORKBOOK_PEOPLE:,} people in a workbook of {book.stat().st_size / 1e6:.1f} MB")
        in_turns(book, {"calamine, reading only": with_calamine, "eia, workbook to checked workforce": only_read})
        if sys.platform == "linux":
            for name, checkout in {"older eia": older, "eia": HERE}.items():
                if checkout:
                    peak = statistics.median(peak_memory(path, checkout) for _ in range(5))
                    print(f"  {name + ', peak memory':<48} {peak / 1e6:6.0f} MB  {peak / size:4.2f} x the file")


if __name__ == "__main__":
    main()
