"""Takes selections and margins round by round and pool by pool; gives the exact test of each round, and of all so far."""

from __future__ import annotations

import math
from dataclasses import dataclass

from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.exact.stratified_test import stratified_test, stratified_tests
from eia.stats.results import StratifiedTest


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionRounds:
    """One group against everyone else over several rounds, each with the people then at risk.

    combined: every pool of every round, a pool of each. rounds: each round alone, in order of time.
    so_far: after each round, that round and all before it: what looking at that time would have shown. The last is ``combined``.
    looks: how many times the evidence can have been looked at: the rounds with an informative pool. The p of any one look does not
        allow for the others.
    directions: of each round: 1 where more of the group went than expected, -1 where fewer did, 0 where as many or nothing can be said.
    same_direction_rounds: rounds whose direction is that of ``combined``; 0 where that has none.
    """

    combined: StratifiedTest
    rounds: tuple[StratifiedTest, ...]
    so_far: tuple[StratifiedTest, ...]
    looks: int
    directions: tuple[int, ...]
    same_direction_rounds: int
    level: float


def selection_rounds(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    level: float = 0.95,
) -> SelectionRounds:
    """Add up rounds of selection, each pool of each round being a pool of its own.

    Parameters
    ----------
    group_selected, group_total: people of the group selected, and of the group then at risk, (rounds, pools), rounds in order
        of time. selected, total: people selected, and then at risk, the group included. 0 in all four where a pool had no
        such round.
    level: coverage of the intervals. Raises EiaError as :func:`~eia.stats.exact.stratified_test.stratified_test`.

    Returns
    -------
    SelectionRounds: see there for every field.

    Notes
    -----
    Each round's test is exact, given who was then at risk. The combined test is the exact one over all of them, as if each round's margins
    had been fixed beforehand. They were not: who is left for the next round depends on who went in this one. Its expected number and variance are
    right all the same (each round's excess has mean 0 given what came before), as in the log-rank test, which adds up in the same
    way; but its p is not exact. In one pool of 6 to 12 people and two or three rounds, gone through in full, even-handed rounds gave a mid-p
    of at most 0.05 in 1.5% on average over designs, and in 10% at worst (six people, three of the group, one to go and then two).

    References
    ----------
    Mantel (1966), *Cancer Chemotherapy Reports* 50, 163-170, and Cox (1972), *JRSS B* 34, 187-220, section 6 (adding up over time);
    Armitage, McPherson and Rowe (1969), *JRSS A* 132, 235-244 (looking several times).

    Example
    -------
    One pool, three rounds; each time a little more of the group go than their share. No round shows it, all together do.

    >>> result = selection_rounds(group_selected=[[4], [3], [3]], group_total=[[12], [8], [5]],
    ...     selected=[[6], [5], [5]], total=[[30], [24], [19]])
    >>> [round(test.midp, 3) for test in result.rounds], [round(test.midp, 4) for test in result.so_far]
    ([0.179, 0.213, 0.09], [0.1787, 0.0565, 0.0095])
    >>> result.looks, result.directions, result.same_direction_rounds
    (3, (1, 1, 1), 3)
    """
    margins = checks.strata(
        group_selected=group_selected, group_total=group_total, selected=selected, total=total, dimensions=2
    )

    def tested(first: int) -> StratifiedTest:
        x, g, m, n = (array[:first].ravel() for array in margins)
        return stratified_test(group_selected=x, group_total=g, selected=m, total=n, level=level)

    x, g, m, n = margins
    each = stratified_tests(group_selected=x, group_total=g, selected=m, total=n, level=level)
    looks = tuple(tested(first) for first in range(len(each) + 1))
    combined, directions = looks[-1], tuple(_direction(test) for test in each)
    return SelectionRounds(
        combined=combined,
        rounds=each,
        so_far=looks[1:],
        looks=sum(test.informative_pools > 0 for test in each),
        directions=directions,
        same_direction_rounds=sum(direction == _direction(combined) != 0 for direction in directions),
        level=level,
    )


def _direction(test: StratifiedTest) -> int:
    return 0 if abs(test.excess) <= checks.ROUNDING else int(math.copysign(1.0, test.excess))
