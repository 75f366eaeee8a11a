"""Takes nothing; prints what the largest files that are accepted cost: seconds of processor and the most memory, in a process of its own each.

Run it as ``python benchmarks/budget.py``. What `eia/budget.py` promises is under 2 GB and about a minute.
"""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from eia import budget

FILES = {"as many people and pools as are accepted": (budget.PEOPLE, budget.POOLS), "as many pools, ten people each": (100_000, budget.POOLS),
         "as many people, in 100 pools": (budget.PEOPLE, 100)}  # fmt: skip
LABELS = {
    "sex": ["Female", "Male"],
    "disability": ["No", "Yes", "Prefer not to say"],
    "ethnicity": ["White British", "Indian", "Pakistani", "Black African", "White and Asian", "Chinese"],
    "religion": ["No religion", "Christian", "Muslim", "Hindu"],
    "sexual orientation": ["Heterosexual or straight", "Gay or lesbian", "Bisexual"],
    "working pattern": ["Full-time", "Part-time"],
}
RUN = "import resource, sys; from eia.cli import main; sys.argv = ['eia', *sys.argv[1:]]\ntry: main()\nexcept SystemExit: pass\nused = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\nprint(sum(u.ru_utime + u.ru_stime for u in used), max(u.ru_maxrss for u in used), file=sys.stderr)"


def write(path: Path, people: int, pools: int) -> None:
    """Make up a workforce, of whom three fifths are in pools and a fifth of those selected."""
    rng = np.random.default_rng(3)
    pool, listed = rng.integers(0, pools, people), rng.random(people) < 0.6
    post = np.char.add("Post ", pool.astype(str))
    columns = {
        "reference": np.arange(10**8, 10**8 + people),
        "pool": np.where(listed, post, ""),
        "post": post,
        "department": np.char.add("Department ", (pool % 200).astype(str)),
        "outcome": np.where(listed, np.where(rng.random(people) < 0.2, "selected", "retained"), ""),
        "age": rng.integers(18, 68, people),
        **{name: rng.choice(labels, people) for name, labels in LABELS.items()},
    }
    pd.DataFrame(columns).to_csv(path, index=False)


def main() -> None:
    """Run every file, print the table."""
    print(f"{'':<44}{'clock, s':>10}{'processor, s':>14}{'memory, MB':>12}")
    for what, (people, pools) in FILES.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "staff.csv")
            with multiprocessing.get_context("spawn").Pool(
                1
            ) as apart:  # what this process holds would count as the most of its children
                apart.apply(write, (path, people, pools))
            for command in (["check", str(path)], ["assess", str(path), "--as-read", "--out", f"{folder}/out"]):
                begun = time.perf_counter()
                done = subprocess.run([sys.executable, "-c", RUN, *command], capture_output=True, text=True, check=True)
                seconds, kilobytes = map(float, done.stderr.split()[-2:])
                print(
                    f"{f'{what}: {command[0]}':<44}{time.perf_counter() - begun:>10.1f}{seconds:>14.1f}{kilobytes / 1024:>12,.0f}"
                )


if __name__ == "__main__":
    main()
