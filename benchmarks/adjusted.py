"""Takes nothing; prints how long an adjusted odds ratio takes, beside statsmodels' conditional logistic regression.

Run it as ``python benchmarks/adjusted.py``. Five adjusters; a fifth of each pool goes. statsmodels gives an estimate without a penalty and no
profile, and only in pools that its recursion can hold.
"""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable

import numpy as np
from statsmodels.discrete.conditional_models import ConditionalLogit

from eia.stats.effect_sizes.adjusted_odds_ratio import adjusted_odds_ratio

RUNS = 3
SHAPES = ((60, 43), (10, 260), (460, 43), (20, 1000))  # pools, people in each
LARGEST_FOR_STATSMODELS = 43
"""With 10 pools of 260 it took a minute and a half; with 1,000 in a pool it stops: RecursionError."""

People = dict[str, np.ndarray]


def people(pools: int, size: int, *, seed: int = 1) -> People:
    """Make pools in which the group and the young go rather than others."""
    rng = np.random.default_rng(seed)
    pool = np.repeat(np.arange(pools), size)
    group = rng.integers(0, 2, pool.size)
    adjusters = np.column_stack([
        rng.integers(1, 12, pool.size), rng.normal(45, 12, pool.size).round(), rng.exponential(8, pool.size).round(1),
        rng.integers(0, 2, (pool.size, 2)),
    ])  # fmt: skip
    urge = 0.4 * group - 0.03 * adjusters[:, 1] + rng.gumbel(size=pool.size)
    place = np.argsort(np.lexsort((-urge, pool))) % size
    return {"selected": (place < size // 5).astype(int), "group": group, "pool": pool, "adjusters": adjusters}


def ours(data: People) -> None:
    """Estimate before and after, each with its profile."""
    adjusted_odds_ratio(**data)


def theirs(data: People) -> None:
    """Estimate after alone."""
    columns = np.column_stack([data["group"], data["adjusters"]])
    ConditionalLogit(data["selected"], columns, groups=data["pool"]).fit(disp=False)


def seconds(work: Callable[[People], None], data: People) -> float:
    """Time a piece of work: the median of several runs, after one to warm up."""
    work(data)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work(data)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    print(f"{'people':>8} {'pools of':>9} {'eia':>8} {'statsmodels':>12}   seconds")
    for pools, size in SHAPES:
        data = people(pools, size)
        other = f"{seconds(theirs, data):.2f}" if size <= LARGEST_FOR_STATSMODELS and pools <= 60 else "-"
        print(f"{pools * size:>8,} {size:>9,} {seconds(ours, data):>8.2f} {other:>12}")


if __name__ == "__main__":
    main()
