"""Measures how long changes of a rule take, side by side in one run: medians of several runs, on the example and on 100,000 people in 500 pools.

Run it with ``python -m benchmarks.scenarios``.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import pandas as pd

import eia
from eia.findings.scenarios.baseline import Baseline
from eia.findings.scenarios.one_criterion import without_one
from eia.findings.scenarios.robustness import robustness
from eia.intake.examples import MAIN, examples

RUNS = 5
PEOPLE, POOLS = 100_000, 500


def main() -> None:
    """Print the medians."""
    told: list[tuple[str, float]] = []
    small = eia.assess(examples()[MAIN])
    told += measured("Riverbank", small, RUNS)
    told += measured(f"{PEOPLE:,} people, {POOLS} pools", large(), 3)
    for name, seconds in told:
        sys.stdout.write(f"{name}: {seconds:.2f} s\n")


def measured(name: str, assessment: eia.Assessment, runs: int) -> list[tuple[str, float]]:
    """One change, the first and later ones; the table of all criteria; 2,000 weightings or as many as are looked at."""
    live = assessment.baseline
    assert live is not None
    assert assessment.changes is not None
    bare = Baseline(workforce=live.workforce, case=live.case, before=live.before)
    criterion = live.rule.criteria[1]
    first = timed(lambda: assessment.scenario(without=[criterion]), 1)
    number = assessment.changes.robustness[0].weightings if assessment.changes.robustness else 0
    return [
        (f"{name}: a change, the first", first),
        (f"{name}: a change, later ones", timed(lambda: assessment.scenario(without=[criterion]), runs)),
        (f"{name}: all criteria side by side", timed(lambda: without_one(bare), runs)),
        (f"{name}: {number:,} weightings", timed(lambda: robustness(live), runs)),
    ]


def timed(run: Callable[[], Any], runs: int) -> float:
    """The median of so many runs, in seconds."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def large() -> eia.Assessment:
    """Many people in many pools, half of them disabled, who score lower on one of four criteria."""
    rng = np.random.default_rng(1)
    disabled = rng.random(PEOPLE) < 0.1
    marks = rng.normal(6, 1.4, (PEOPLE, 4)).round(1)
    marks[:, 1] -= disabled * 1.5
    reference = np.arange(PEOPLE).astype(str)
    pool = rng.integers(0, POOLS, PEOPLE)
    total = pd.Series(marks @ [40, 30, 20, 10])
    selected = total.groupby(pool).rank(method="first") <= pd.Series(pool).map(pd.Series(pool).value_counts()) * 0.2
    people = pd.DataFrame({
        "reference": reference, "pool": [f"Pool {code}" for code in pool], "outcome": np.where(selected, "selected", "retained"),
        "disability": np.where(disabled, "yes", "no"), "sex": rng.choice(["F", "M"], PEOPLE), "age": rng.integers(18, 67, PEOPLE).astype(str),
        "contract": rng.choice(["permanent", "fixed term"], PEOPLE, p=[0.9, 0.1]),
    })  # fmt: skip
    names = [
        f"{name} (weight {weight})"
        for name, weight in (("Skills", 40), ("Attendance", 30), ("Flexibility", 20), ("Conduct", 10))
    ]
    scores = pd.DataFrame(marks.astype(str), columns=names)
    scores.insert(0, "reference", reference)
    return eia.assess(people, scores=scores)


if __name__ == "__main__":
    main()
