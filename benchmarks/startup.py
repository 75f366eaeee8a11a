"""Takes nothing; prints how long the commands take to start and to run the example, beside what a user would import anyway.

Run it as ``python benchmarks/startup.py``. Every time is the median of several runs of a fresh process, in turns: by the clock, and in
processor seconds, which a busy machine changes less (on Windows they stay 0, and are left out).
"""

from __future__ import annotations

import os
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


def seconds(arguments: list[str], folder: str) -> tuple[float, float]:
    """One run of a fresh Python process: seconds by the clock, and of processors."""
    start, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, capture_output=True)
    took, after = time.perf_counter() - start, os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return took, used


def main() -> None:
    """Print the table."""
    print(f"Fresh processes, in turns; medians of {RUNS} runs")
    with tempfile.TemporaryDirectory() as folder:
        for name, (ours, theirs) in PAIRS.items():
            runs = [(seconds(ours, folder), seconds(theirs, folder)) for _ in range(RUNS + 1)][1:]  # the first warms up
            print(f"  {name}, beside {theirs[1]}")
            for place, kind in enumerate(("by the clock", "processors")):
                here, there = (statistics.median(run[side][place] for run in runs) for side in (0, 1))
                if there:
                    print(f"    {kind:<14} {here:5.2f} s  {there:5.2f} s   ratio {here / there:4.2f}")


if __name__ == "__main__":
    main()
