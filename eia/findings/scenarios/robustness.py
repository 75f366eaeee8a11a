"""Takes a Baseline; gives on how much of the weighting each clear gap rests: under how many weightings, drawn evenly, it stays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eia.counts.stages import Flags
from eia.findings.core.comparisons import Comparison, family
from eia.findings.core.permutation_results import within_pools
from eia.findings.scenarios.baseline import Baseline
from eia.intake.workforce import codes_of
from eia.scenarios.choose import Ints
from eia.scenarios.weightings import affordable, drawn_weights, looked_at, selections
from eia.stats.permutation.drawn_midp import drawn_midp
from eia.vocabulary.characteristics import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """One clear gap. characteristic: its key. weightings: how many were looked at; stays: under how many of them the gap stays clear and on its side. least, median,
    most: people of the group above what is expected, over them."""

    characteristic: str
    title: str
    group: Group
    weightings: int
    stays: int
    least: float
    median: float
    most: float


def robustness(baseline: Baseline) -> tuple[Robustness, ...]:
    """Look at every clear gap of who is selected within each pool, under weights of the criteria drawn evenly over all that add to 1.

    A gap stays where its mid-p is at or below what the family asks of it, the others being as they are. It is the share that counts: no weighting
    is shown, kept or called the best. Nothing where there are fewer than two criteria, or no clear gap.
    """
    rule, people = baseline.rule, baseline.counted
    clear = {
        (one.characteristic.key, one.group.label): one.excess for one in baseline.selection if one.level == "found"
    }
    number = affordable(len(looked_at(rule)))
    if len(rule.criteria) < 2 or not clear or not number:
        return ()
    drawn = within_pools(people.compared, people.cube, baseline.case, people.choosing, baseline.draws)
    critical = {place: drawn.criticals[at] for at, place in enumerate(family(people.compared))}
    looked = [
        (one, critical[place], clear[one.dimension.characteristic.key, one.group_of.label])
        for place, one in enumerate(people.compared)
        if place in critical and (one.dimension.characteristic.key, one.group_of.label) in clear
    ]
    weights = drawn_weights(len(rule.criteria), number, baseline.case.analysis.seed)
    batches = list(selections(rule, weights))
    return tuple(
        _of(comparison, asked, float(excess or 0.0), batches, baseline)  # type: ignore[arg-type] # counts of people are exact
        for comparison, asked, excess in looked
    )


def _of(comparison: Comparison, asked: float, excess: float, batches: list[Flags], baseline: Baseline) -> Robustness:
    rule, kind = baseline.rule, comparison.dimension.characteristic
    people = looked_at(rule)
    pool, code = rule.pool[people], codes_of(baseline.workforce.frame, kind.key)[people]
    order = np.argsort(pool, kind="stable")
    starts = np.flatnonzero(np.diff(pool[order], prepend=-1))

    def number(of: Flags) -> Ints:
        """How many of a batch, (rows, people), are in each pool: (rows, pools)."""
        return np.add.reduceat(of[:, order], starts, axis=1, dtype=np.int64)

    ours, known = code == comparison.index, comparison.among[code]
    of_group, total = number(ours[None, :]), number(known[None, :])[0]
    group = np.concatenate([number(batch & ours).sum(axis=1) for batch in batches])
    went = np.concatenate([number(batch & known) for batch in batches]).T
    expected = went * (of_group[0] / np.maximum(total, 1))[:, None]
    gap = group - expected.sum(axis=0)
    midp = drawn_midp(group_selected=group[:, None], selected=went, group_total=of_group, total=total)[:, 0]
    stays = (midp <= asked) & (np.sign(gap) == np.sign(excess))
    least, median, most = np.quantile(gap, [0.0, 0.5, 1.0]).tolist()
    return Robustness(
        characteristic=kind.key,
        title=kind.title,
        group=comparison.group_of,
        weightings=len(group),
        stays=int(stays.sum()),
        least=least,
        median=median,
        most=most,
    )
