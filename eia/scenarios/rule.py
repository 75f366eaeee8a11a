"""Takes a Workforce and the case; gives the Rule that the employer states: marks, weights and the total by which people are selected."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.counts.stages import there_when_chosen
from eia.intake.workforce import Workforce, codes_of, labels_of, numbers_of, outcomes_of
from eia.scenarios.choose import Floats, Ints, Mask, Standing, choose

CLOSE = 1e-3
"""Of a total: what rounding it may have cost."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """How people are selected, as it is stated.

    criteria: their names. marks: (people, criteria). weights: (people, criteria), those of each person's pool; nan where neither given nor to be worked
    out from totals. worked_out: whether they were. total: (people,), by which they are selected; nan where not known. highest: whether the
    highest are selected. pool: (people,), -1 for who cannot be selected. pools: their labels. chosen: whether anybody has been. now: (people,), who is selected
    now; before anybody is, who would be by this rule. to_go: (pools,); None where neither selections nor the case tell it for every pool, or more are to go
    than have a total.
    service: (people,), in years; None where no file tells it.
    """

    criteria: tuple[str, ...]
    marks: Floats
    weights: Floats
    worked_out: bool
    total: Floats
    highest: bool
    pool: npt.NDArray[np.int32]
    pools: tuple[str, ...]
    chosen: bool
    now: Mask
    to_go: Ints | None
    service: Floats | None

    @property
    def divided_by(self) -> float:
        """What totals divide the sum of weight x mark by: 1; else 100, or the sum of the weights, where more of them add up so."""
        by = [1.0, 100.0, sum(self.weights_of_all)]
        return max(
            (each for each in by if each > 0),
            key=lambda each: np.count_nonzero(self._adds_up(each) & (self.pool >= 0)),
        )

    @property
    def adds_up(self) -> Mask:
        """Whose total is the sum of weight x mark, divided as totals are."""
        return self._adds_up(self.divided_by)

    def _adds_up(self, divided_by: float) -> Mask:
        with np.errstate(invalid="ignore"):
            gap: Floats = np.abs((self.weights * self.marks).sum(axis=1) / divided_by - self.total)
            return np.asarray(gap <= CLOSE * np.maximum(np.abs(self.total), 1.0), dtype=np.bool_)

    @property
    def unlike_total(self) -> Mask:
        """Whose total is given and is not what the known marks and weights add up to."""
        known = ~np.isnan(self.weights * self.marks).any(axis=1)
        return np.asarray(self.standing().placed & known & ~self.adds_up & bool(self.criteria), dtype=np.bool_)

    @property
    def weighed(self) -> bool:
        """Whether the marks and weights of anybody who can be selected are known."""
        return bool((~np.isnan(self.weights * self.marks).any(axis=1) & (self.pool >= 0)).any()) and bool(self.criteria)

    @property
    def weights_of_all(self) -> tuple[float, ...]:
        """The weight of each criterion; nan where it differs by pool or is not known."""
        weights = self.weights[self.pool >= 0]
        if not len(weights):
            return (float("nan"),) * len(self.criteria)
        return tuple(np.where(np.ptp(weights, axis=0) < CLOSE * CLOSE, weights[0], np.nan).tolist())

    def standing(self, total: Floats | None = None) -> Standing:
        """Where everybody stands by this total, or by the one stated, with nothing to decide between equals."""
        by = self.total if total is None else total
        to_go = np.zeros(len(self.pools), dtype=np.int64) if self.to_go is None else self.to_go
        return Standing(pool=self.pool, total=-by if self.highest else by, then=np.zeros(len(by)), to_go=to_go)


def stated_rule(workforce: Workforce, case: Case) -> Rule:
    """The rule as the files and the case state it.

    Where totals are given and weights are not, the weights are those by which the marks add up to the totals: of all pools, or else of each pool by
    itself, where such weights exist.
    """
    people = workforce.frame
    outcome, pool = outcomes_of(people), codes_of(people, "pool")
    there, now = there_when_chosen(outcome, pool, case.stages)
    pool = np.where(there, pool, np.int32(-1)).astype(np.int32)
    pools = labels_of(people, "pool")
    scores, service = workforce.scores, numbers_of(people, "service_years")
    nobody = np.full(len(people), np.nan)
    marks = scores.marks.to_numpy(dtype=np.float64) if scores else np.empty((len(people), 0))
    total = nobody if scores is None or scores.total is None else scores.total.to_numpy(dtype=np.float64)
    given = [one.weight for one in scores.criteria] if scores else []
    known = [weight for weight in given if weight is not None]
    worked_out = len(known) < len(given)
    weights = _worked_out(marks, total, pool) if worked_out else np.broadcast_to(known, marks.shape)
    rule = Rule(
        criteria=tuple(one.name for one in scores.criteria) if scores else (),
        marks=marks,
        weights=weights,
        worked_out=worked_out,
        total=total,
        highest=case.scoring.selects == "highest",
        pool=pool,
        pools=pools,
        chosen=outcome is not None,
        now=now,
        to_go=_to_go(pool, pools, case) if outcome is None else np.bincount(pool[now], minlength=len(pools)),
        service=None if service is None else service.astype(np.float64),
    )
    return rule if rule.chosen else _selected_as_stated(rule)


def _selected_as_stated(rule: Rule) -> Rule:
    """The rule with those selected now who would be by it, nobody having been selected yet; nobody where numbers or totals do not tell."""
    placed = np.bincount(rule.pool[rule.standing().placed], minlength=len(rule.pools))
    if rule.to_go is None or (rule.to_go > placed).any():
        return replace(rule, to_go=None)
    return replace(rule, now=choose(rule.standing(), rule.now).selected)


def _to_go(pool: npt.NDArray[np.int32], pools: tuple[str, ...], case: Case) -> Ints | None:
    """The numbers to go that the case gives; None where it gives none for some pool that holds anybody."""
    held = np.bincount(pool[pool >= 0], minlength=len(pools)) > 0
    given = [case.pools[label].to_go if label in case.pools else None for label in pools]
    if any(number is None and somebody for number, somebody in zip(given, held.tolist(), strict=True)):
        return None
    return np.array([number or 0 for number in given], dtype=np.int64)


def _worked_out(marks: Floats, total: Floats, pool: npt.NDArray[np.int32]) -> Floats:
    """The weights by which marks add up to totals, for everybody."""
    weights = np.full(marks.shape, np.nan)
    known = ~np.isnan(marks).any(axis=1) & ~np.isnan(total) & (pool >= 0)
    if marks.shape[1] == 0 or not known.any():
        return weights
    if (of_all := _fitted(marks[known], total[known])) is not None:
        weights[:] = of_all
        return weights
    for code in np.unique(pool[known]).tolist():
        members = pool == code
        if (of_pool := _fitted(marks[known & members], total[known & members])) is not None:
            weights[members] = of_pool
    return weights


def _fitted(marks: Floats, total: Floats) -> Floats | None:
    """Weights of which every total is the sum, each 0 or more; None where more than one set would do, or none does."""
    varied = np.ptp(marks, axis=0) > 0 if len(marks) else np.zeros(marks.shape[1], dtype=np.bool_)
    if len(marks) <= marks.shape[1] or not varied.all():
        return None
    fitted, _, rank, _ = np.linalg.lstsq(marks, total, rcond=None)
    close = np.abs(marks @ fitted - total) <= CLOSE * np.maximum(np.abs(total), 1.0)
    if rank < marks.shape[1] or not close.all() or (fitted < -CLOSE).any():
        return None
    rounded = np.round(fitted, 4)
    return np.asarray(np.maximum(rounded, 0.0), dtype=np.float64)
