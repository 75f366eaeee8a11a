"""Takes nothing; prints how long a whole family takes: permuted posts, drawn selections, and all pairs of groups.

Run it as ``python benchmarks/families.py``. 20,000 people in 60 pools, 14 characteristics with 65 groups, 4% of each characteristic's answers
missing, 15% of everyone selected; then the same of more people. Every time is the median of three runs. Processor seconds stand beside
those by the clock: on a busy machine they are the ones to compare.
"""

from __future__ import annotations

import functools
import itertools
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from eia.stats.exact.stratified_pvalues import stratified_pvalues
from eia.stats.exact.stratified_test import stratified_tests
from eia.stats.permutation.family_draws import FamilyMember
from eia.stats.permutation.min_p import min_p
from eia.stats.permutation.whole_posts import permuted_blocks

PEOPLE, POOLS, POSTS = 20_000, 60, 1_000
GROUPS = (2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 9, 12, 16)
"""How many groups each characteristic has, 65 in all."""

MISSING = 0.04
RUNS = 3


@dataclass(frozen=True)
class Workforce:
    """Everyone's pool, post, selection and codes; code -1 is not known."""

    pool: np.ndarray
    post: np.ndarray
    selected: np.ndarray
    columns: list[np.ndarray]
    age: np.ndarray


def workforce(people: int = PEOPLE, pools: int = POOLS, *, seed: int = 1) -> Workforce:
    """Make up a workforce: uneven pools, whose make-up differs; groups from half the workforce down to a few people."""
    rng = np.random.default_rng(seed)
    pool = np.sort(rng.choice(pools, people, p=rng.dirichlet(np.full(pools, 3.0))))
    selected = np.zeros(people, dtype=bool)
    for k in range(pools):
        members = np.flatnonzero(pool == k)
        selected[rng.choice(members, int(members.size * rng.uniform(0.05, 0.3)), replace=False)] = True
    columns = []
    for groups in GROUPS:
        mix = rng.dirichlet(30.0 * 0.6 ** np.arange(groups), pools).cumsum(axis=1)
        code = (rng.random(people)[:, None] > mix[pool]).sum(axis=1).clip(max=groups - 1)
        columns.append(np.where(rng.random(people) < MISSING, -1, code))
    age = np.where(rng.random(people) < MISSING, np.nan, rng.integers(18, 70, people))
    return Workforce(pool, rng.integers(0, POSTS, people), selected, columns, age)


def groups() -> list[FamilyMember]:
    """List every group of every characteristic."""
    return [FamilyMember(parts=(part,)) for part in _parts()]


def pairs() -> list[FamilyMember]:
    """List every pair of groups of two characteristics."""
    return [FamilyMember(parts=both) for both in itertools.combinations(_parts(), 2) if both[0][0] != both[1][0]]


def _parts() -> Iterator[tuple[int, int, range]]:
    return ((column, code, range(number)) for column, number in enumerate(GROUPS) for code in range(number))


def posts(people: Workforce) -> None:
    """Permute 1,000 posts 10,000 times for 65 groups."""
    known = np.array([np.bincount(people.post[code >= 0], minlength=POSTS) for code in people.columns])
    group = [np.bincount(people.post[people.columns[column] == code], minlength=POSTS) for column, code, _ in _parts()]
    total = known[[column for column, _, _ in _parts()]]
    permuted_blocks(weights=np.arange(POSTS) < 300, group_total=np.array(group), total=total, seed=1)


def margins(people: Workforce) -> dict[str, list[np.ndarray]]:
    """Count every pair by pool, as the exact tests take it."""
    counted: dict[str, list[np.ndarray]] = {name: [] for name in ("group_selected", "group_total", "selected", "total")}
    for pair in pairs():
        (one, one_code, _), (other, other_code, _) = pair.parts
        known = (people.columns[one] >= 0) & (people.columns[other] >= 0)
        group = (people.columns[one] == one_code) & (people.columns[other] == other_code)
        for name, who in zip(counted, (group & people.selected, group, known & people.selected, known), strict=True):
            counted[name].append(np.bincount(people.pool[who], minlength=POOLS))
    return counted


def selections(people: Workforce, comparisons: list[FamilyMember], draws: int) -> None:
    """Draw selections for a family of comparisons, and a trend over age."""
    min_p(
        pool=people.pool,
        selected=people.selected,
        columns=people.columns,
        comparisons=comparisons,
        trends=[people.age],
        draws=draws,
        seed=1,
    )


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Time a piece of work by the clock, and in processor seconds: the medians of three runs."""
    clock, processor = [], []
    for _ in range(RUNS):
        start, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return statistics.median(clock), statistics.median(processor)


def main() -> None:
    """Print the table."""
    people = workforce()
    counts = margins(people)
    several: list[tuple[str, Callable[[], object]]] = [
        ("65 groups: 1,000 posts permuted 10,000 times", lambda: posts(people)),
        ("65 groups: 10,000 drawn selections", lambda: selections(people, groups(), 10_000)),
        ("1,831 pairs: exact p and mid-p", lambda: stratified_pvalues(**counts)),
        ("1,831 pairs: the whole test, intervals and all", lambda: stratified_tests(**counts)),
        ("1,831 pairs: 2,000 drawn selections", lambda: selections(people, pairs(), 2_000)),
    ]
    for size, pools in ((100_000, 60), (1_000_000, 200)):
        larger = functools.cache(functools.partial(workforce, size, pools))
        work = functools.partial(_drawn_of, larger)
        several.append((f"65 groups: 10,000 drawn selections of {size:,} people", work))
    print(
        f"{PEOPLE:,} people, {POOLS} pools, {len(groups())} groups, {len(pairs()):,} pairs; seconds, processor seconds, and MB at most so far"
    )
    for what, work in several:
        clock, processor = seconds(work)
        print(
            f"{what:<58} {clock:>7.2f} {processor:>7.2f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>6.0f}"
        )


def _drawn_of(people: Callable[[], Workforce]) -> None:
    selections(people(), groups(), 10_000)


if __name__ == "__main__":
    main()
