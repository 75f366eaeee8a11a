"""Takes nothing; prints how long thousands of single exact tests take in one call, beside a loop over scipy's.

Run it as ``python benchmarks/single.py``. 5,400 pools: 27 groups in each of 200. scipy's time is that of a sample, scaled up; ours is the
median of several runs, after one to warm up. Both in processor seconds: a busy machine changes them less than the clock.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
from scipy.stats import fisher_exact

from eia.stats.exact.single_pool_pvalues import single_pool_pvalues

TABLES = 5_400
SAMPLE = 540
RUNS = 9


def tables(people: int, *, seed: int = 1) -> tuple[np.ndarray, ...]:
    """Make pools of about so many people, selection leaning a little either way."""
    rng = np.random.default_rng(seed)
    total = rng.integers(people // 2, people * 3 // 2, TABLES)
    group = np.clip(rng.binomial(total, rng.uniform(0.1, 0.9, TABLES)), 1, total - 1)
    selected = np.clip(rng.binomial(total, rng.uniform(0.05, 0.5, TABLES)), 1, total - 1)
    mean = group * selected / total
    sd = np.sqrt(mean * (1.0 - group / total) * (1.0 - selected / total))
    low, high = np.maximum(0, group + selected - total), np.minimum(group, selected)
    group_selected = np.clip(np.rint(rng.normal(mean, 1.3 * sd)).astype(int), low, high)
    return group_selected, group, selected, total


def main() -> None:
    """Print the table."""
    print(f"{TABLES:,} exact tests of single pools: processor seconds")
    print(f"{'people a pool':>14} {'one call':>10} {'scipy loop':>11} {'times':>7} {'largest difference':>19}")
    for people in (50, 500, 5_000):
        x, g, m, n = tables(people)
        times = []
        for _ in range(RUNS + 1):
            start = time.process_time()
            tests = single_pool_pvalues(group_selected=x, group_total=g, selected=m, total=n)
            times.append(time.process_time() - start)
        ours = statistics.median(times[1:])
        cells = np.stack([x, g - x, m - x, n - g - m + x], axis=1)[:SAMPLE].reshape(-1, 2, 2)
        start = time.process_time()
        theirs = np.array([fisher_exact(table).pvalue for table in cells])
        loop = (time.process_time() - start) * TABLES / SAMPLE
        apart = float(np.max(np.abs(tests.pvalue[:SAMPLE] / theirs - 1.0)))
        print(f"{people:>14,} {ours:>10.4f} {loop:>11.2f} {loop / ours:>7.0f} {apart:>19.1e}")


if __name__ == "__main__":
    main()
