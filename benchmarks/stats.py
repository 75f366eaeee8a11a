"""Takes nothing; prints how long the exact stratified test takes, singly, in a batch, and as the numbers of people grow.

Run it as ``python benchmarks/stats.py``. The pools are uneven, 36 to 3,110 people of every 100,000; nine characteristics have three groups each.
Every time is the median of several runs, after one to warm up, in processor seconds: a busy machine changes them less than the clock.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from eia.stats.exact.stratified_test import stratified_test, stratified_tests

POOLS = 200
GROUPS = (0.54, 0.31, 0.15)
CHARACTERISTICS = 9
RUNS = 5

Margins = dict[str, np.ndarray]


def pools(people: int, *, seed: int = 1) -> Margins:
    """Make 27 groups over 200 pools: selection leans against the first group of each characteristic."""
    rng = np.random.default_rng(seed)
    shares = np.exp(rng.normal(0.0, 0.85, POOLS))
    shares = np.clip(shares / shares.sum(), 0.00036, 0.0311)
    total = np.maximum(np.rint(people * shares / shares.sum()).astype(int), 2)
    selected = np.rint(total * rng.uniform(0.05, 0.35, POOLS)).astype(int)
    group_total, group_selected = [], []
    for characteristic in range(CHARACTERISTICS):
        mix = rng.dirichlet(20.0 * np.array(GROUPS), POOLS)
        sizes = np.array([rng.multinomial(n, p) for n, p in zip(total, mix, strict=True)])
        lean = 1.0 + 0.02 * characteristic
        for group in range(len(GROUPS)):
            g = sizes[:, group]
            odds = lean if group == 0 else 1.0 / lean
            mean = selected * g * odds / np.maximum(g * odds + total - g, 1)
            sd = np.sqrt(mean * (1.0 - g / total) * (1.0 - selected / total) + 1e-9)
            low, high = np.maximum(0, g + selected - total), np.minimum(g, selected)
            group_selected.append(np.clip(np.rint(rng.normal(mean, sd)).astype(int), low, high))
            group_total.append(g)
    return {
        "group_selected": np.array(group_selected),
        "group_total": np.array(group_total),
        "selected": selected,
        "total": total,
    }


def one_by_one(data: Margins) -> None:
    """Test each of the groups on its own."""
    for x, g in zip(data["group_selected"], data["group_total"], strict=True):
        stratified_test(group_selected=x, group_total=g, selected=data["selected"], total=data["total"])


def in_a_batch(data: Margins) -> None:
    """Test all of the groups in one call."""
    stratified_tests(**data)


def seconds(work: Callable[[Margins], None], data: Margins, *, runs: int = RUNS) -> float:
    """Time a piece of work: the median of several runs."""
    work(data)
    times = []
    for _ in range(runs):
        start = time.process_time()
        work(data)
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    print(
        f"{CHARACTERISTICS * len(GROUPS)} exact stratified tests over {POOLS} pools: processor seconds, and times the row above"
    )
    print(f"{'people':>12} {'one by one':>12} {'':>6} {'in a batch':>12} {'':>6}")
    before: tuple[float, float] | None = None
    for people in (10_000, 100_000, 1_000_000, 10_000_000):
        data = pools(people)
        now = seconds(one_by_one, data), seconds(in_a_batch, data)
        growth = [f"x{after / earlier:.1f}" for after, earlier in zip(now, before, strict=True)] if before else ["", ""]
        print(f"{people:>12,} {now[0]:>12.3f} {growth[0]:>6} {now[1]:>12.3f} {growth[1]:>6}")
        before = now


if __name__ == "__main__":
    main()
