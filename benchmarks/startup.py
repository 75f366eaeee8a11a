"""Takes nothing; prints how long the commands take to start and to run the example, beside what a user would import anyway.

Run it as ``python benchmarks/startup.py``. Every time is the median of several runs of a fresh process, in turns.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 9

PAIRS = {
    "eia --help": (["-m", "eia", "--help"], ["-c", "import typer"]),
    "eia demo, to written report": (
        ["-m", "eia", "demo"],
        ["-c", "import pandas, scipy.stats, plotly.graph_objects"],
    ),
}


def seconds(arguments: list[str], folder: str) -> float:
    """One run of a fresh Python process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    print(f"Fresh processes, in turns; medians of {RUNS} runs")
    with tempfile.TemporaryDirectory() as folder:
        for name, (ours, theirs) in PAIRS.items():
            times: tuple[list[float], list[float]] = ([], [])
            for run in range(RUNS + 1):
                for arguments, measured in zip((ours, theirs), times, strict=True):
                    taken = seconds(arguments, folder)
                    if run:  # the first run warms up
                        measured.append(taken)
            here, there = (statistics.median(measured) for measured in times)
            print(f"  {name:<30} {here:5.2f} s   {theirs[1]:<52} {there:5.2f} s   ratio {here / there:4.2f}")


if __name__ == "__main__":
    main()
