"""Takes the stated Rule; gives whether it gives the selections made, and how close people stand at the line: counts, and never who."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eia.scenarios.choose import Floats, Ints, choose
from eia.scenarios.rule import Rule

SMALLEST_POOL = 5
"""How close people stand at the line is told of pools of so many or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCheck:
    """Whether the stated rule gives the selections.

    people: those in pools with a total. reproduced: of them, whose outcome the rule gives, equal totals being decided as they were. other_way: the same, if the other end
    were selected. pools, pools_apart: those in which some are selected and some are not, and how many of them the rule does not give. tied: people of
    equal totals at a line. not_placed: people in pools without a total. not_adding_up: people whose total is not the sum of weight x mark. weights: of each criterion, nan
    where they differ by pool or are not known; worked_out: whether from totals. pools_at_line: of five people and more, and close_pools: of them, in which
    the last one selected and the first one retained lie less than one mark on the heaviest criterion apart.
    """

    people: int
    reproduced: int
    other_way: int
    pools: int
    pools_apart: int
    tied: int
    not_placed: int
    not_adding_up: int
    weights: tuple[tuple[str, float], ...]
    worked_out: bool
    pools_at_line: int
    close_pools: int


def check_rule(rule: Rule) -> RuleCheck | None:
    """Compare the selections made with those that the rule gives; None where there are no totals, or nobody has been selected."""
    standing = rule.standing()
    placed = standing.placed
    if not rule.chosen or not placed.any():
        return None
    choice = choose(standing, rule.now)
    apart = choice.selected != rule.now
    number: Ints = np.bincount(rule.pool[placed], minlength=len(rule.pools))
    gone: Ints = np.bincount(rule.pool[placed & rule.now], minlength=len(rule.pools))
    told = (gone > 0) & (gone < number)
    turned = choose(rule.standing(-rule.total), rule.now)
    at_line, close = _at_the_line(rule, number, told)
    return RuleCheck(
        people=int(placed.sum()),
        reproduced=int((placed & ~apart).sum()),
        other_way=int((placed & (turned.selected == rule.now)).sum()),
        pools=int(told.sum()),
        pools_apart=len(np.unique(rule.pool[apart & placed])),
        tied=int(choice.tied.sum()),
        not_placed=int(((rule.pool >= 0) & ~placed).sum()),
        not_adding_up=int(rule.unlike_total.sum()),
        weights=tuple(zip(rule.criteria, rule.weights_of_all, strict=True)),
        worked_out=rule.worked_out,
        pools_at_line=at_line,
        close_pools=close,
    )


def _at_the_line(rule: Rule, number: Ints, told: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[int, int]:
    """How many pools whose totals follow from known weights have a line to look at, and in how many of them people stand close to it."""
    if not rule.criteria:
        return 0, 0
    standing = rule.standing()
    unknown = (standing.placed & np.isnan(rule.weights).any(axis=1)) | rule.unlike_total
    large = told & (number >= SMALLEST_POOL) & (np.bincount(rule.pool[unknown], minlength=len(number)) == 0)
    placed = standing.placed & large[rule.pool]
    chosen = choose(standing, rule.now).selected
    ends: Floats = np.full((2, len(rule.pools)), np.nan)
    last, first = placed & chosen, placed & ~chosen
    ends[0] = _by_pool(np.maximum, standing.total[last], rule.pool[last], len(rule.pools), -np.inf)
    ends[1] = _by_pool(np.minimum, standing.total[first], rule.pool[first], len(rule.pools), np.inf)
    heaviest = _by_pool(np.maximum, rule.weights[placed].max(axis=1), rule.pool[placed], len(rule.pools), -np.inf)
    return int(large.sum()), int((large & (ends[1] - ends[0] < heaviest / rule.divided_by)).sum())


def _by_pool(
    of: np.ufunc, values: Floats, pool: np.ndarray[tuple[int], np.dtype[np.int32]], pools: int, start: float
) -> Floats:
    found = np.full(pools, start)
    of.at(found, pool, values)
    return found
