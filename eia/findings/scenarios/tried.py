"""Takes a Baseline and a Scenario; gives what the change would do to every group: before and after, in counts and levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from eia.case import Case, Scenario
from eia.counts.stages import Flags
from eia.findings.core.comparisons import Comparison
from eia.findings.core.family import CORE
from eia.findings.core.finding import STANDING_OUT, Direction, Finding, Headcounts, Level
from eia.findings.scenarios.baseline import Baseline, counted, judged
from eia.intake.workforce import codes_of
from eia.scenarios.choose import Ints
from eia.scenarios.try_rule import Changed, try_rule
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.results import Split
from eia.vocabulary.characteristics import Group

Effect = Literal["gone", "cannot say", "smaller", "as before", "wider", "opened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupUnder:
    """One group under one rule: people of known answers.

    at_risk: of the group, in a pool when people are selected. selected: of them. expected: of them, if each pool lost as many whoever they are. overall: people of the group selected
    more than if the cuts fell evenly on the workforce; None where that is not known. level, direction: of who is selected within each pool.
    """

    at_risk: int
    selected: int
    expected: float
    overall: float | None
    level: Level
    direction: Direction | None

    @property
    def gap(self) -> float:
        """People selected above what is expected."""
        return self.selected - self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """What a change does to one group. characteristic: its key. least, most: of the group selected, over every way to decide between equal totals.
    turns_on_ties: where there is a gap before or after, whether it rests on these that the interval leaves 1 out. core: whether it is of the core of the family."""

    characteristic: str
    title: str
    group: Group
    before: GroupUnder
    after: GroupUnder
    least: int
    most: int
    turns_on_ties: bool
    core: bool

    @property
    def effect(self) -> Effect:
        """What becomes of the gap: by level first, then by whole people."""
        was, still = (one.level in STANDING_OUT for one in (self.before, self.after))
        if was and not still:
            return "gone" if self.after.level == "not_found" else "cannot say"
        if still and (not was or self.before.direction != self.after.direction):
            return "opened"
        apart = abs(self.after.gap) - abs(self.before.gap)
        return "as before" if abs(apart) < 1 else "wider" if apart > 0 else "smaller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What one change would do.

    name, scenario: the change. given: whether selections had been made, so that it was worked out after scores and selections were known. selected_before, selected: people. others: of those
    selected before, how many would not be. tied: people of equal totals at the line of a pool. not_placed: people in pools without a total, who stay as they are. not_by_points: people whose
    mark for absence the employer's points do not give, which stays. not_adding_up: where marks are weighed anew, people whose stated total is not what marks and weights add up to. pools_changed: in how many pools anything changes. volunteers: accepted first.
    groups: every group of known answers that is at risk before or after.
    """

    name: str
    scenario: Scenario
    given: bool
    selected_before: int
    selected: int
    others: int
    tied: int
    not_placed: int
    not_by_points: int
    not_adding_up: int
    pools_changed: int
    volunteers: int
    groups: tuple[GroupChange, ...]


def try_scenario(baseline: Baseline, name: str, scenario: Scenario) -> Tried:
    """Try one change.

    Every group is judged after it as it was before: against the whole family, by drawing selections within pools. Where equal totals leave open who is
    selected, as few as possible change, and the range over all ways to decide is given.

    Raises
    ------
    EiaError with everything that the change names and the files do not have.
    """
    changed = try_rule(baseline.rule, baseline.workforce, baseline.case, scenario)
    people = counted(changed.workforce, baseline.case)
    after = judged(people, baseline.case, None if scenario.of_pools else baseline.draws)
    return Tried(
        name=name,
        scenario=scenario,
        given=baseline.rule.chosen,
        selected_before=int(baseline.rule.now.sum()),
        selected=int(changed.selected.sum()),
        others=changed.others,
        tied=int(changed.tied.sum()),
        not_placed=changed.not_placed,
        not_by_points=changed.not_by_points,
        not_adding_up=changed.not_adding_up,
        pools_changed=changed.pools_changed,
        volunteers=changed.volunteers,
        groups=tuple(_groups(baseline.selection, after, people.compared, changed, baseline.case)),
    )


def _groups(
    before: Sequence[Finding], after: Sequence[Finding], compared: Sequence[Comparison], changed: Changed, case: Case
) -> Iterator[GroupChange]:
    """Every group of an answer that is at risk before or after."""
    were = {(finding.characteristic.key, finding.group.label): finding for finding in before}
    for finding, comparison in zip(after, compared, strict=True):
        key = finding.characteristic.key
        was = were.get((key, finding.group.label))
        if finding.group.kind != "answer" or was is None:
            continue
        then, now = _under(was), _under(finding)
        if then.at_risk or now.at_risk:
            least, most = _over_ties(comparison, changed)
            yield GroupChange(
                characteristic=key,
                title=finding.characteristic.title,
                group=finding.group,
                before=then,
                after=now,
                least=int(least.sum()),
                most=int(most.sum()),
                turns_on_ties=_gap(then, now) and _turns(comparison, least, most, case),
                core=key in CORE,
            )


def _under(finding: Finding) -> GroupUnder:
    people, split = finding.people, finding.split
    if not isinstance(people, Headcounts) or not isinstance(split, Split):
        raise ValueError("Counts of people are exact.")
    return GroupUnder(
        at_risk=people.group_there,
        selected=people.group_selected or 0,
        expected=split.expected_by_pools,
        overall=split.overall if people.workforce else None,
        level=finding.level,
        direction=finding.direction,
    )


def _over_ties(comparison: Comparison, changed: Changed) -> tuple[Ints, Ints]:
    """The least and the most of the group that can be selected from each pool, over every way to decide between equal totals."""
    frame, pools = changed.workforce.frame, len(comparison.group) - 1
    pool, code = codes_of(frame, "pool"), codes_of(frame, comparison.dimension.characteristic.key)
    ours = code == comparison.index

    def number(of: Flags) -> Ints:
        return np.bincount(pool[of & (pool >= 0)], minlength=pools)

    sure, tied = number(changed.selected & ours & ~changed.tied), number(changed.tied & ours)
    places = number(changed.tied & changed.selected)
    rest = number(changed.tied) - tied
    return sure + np.maximum(places - rest, 0), sure + np.minimum(places, tied)


def _gap(before: GroupUnder, after: GroupUnder) -> bool:
    return before.level in STANDING_OUT or after.level in STANDING_OUT


def _turns(comparison: Comparison, least: Ints, most: Ints, case: Case) -> bool:
    """Whether the headline interval excludes 1 at one end of the range over ties and not at the other."""
    if (least == most).all() or not comparison.can_tell:
        return False
    margins = comparison.margins()
    gone, ours, everyone = margins["selected"], margins["group_total"], margins["total"]
    fits = np.maximum(gone - (everyone - ours), 0), np.minimum(gone, ours)  # others' answers may not be known
    ends = [
        stratified_test(**{**margins, "group_selected": np.clip(group, *fits)}, level=case.analysis.level)
        for group in (least, most)
    ]
    low, high = (1.0 in test.odds_ratio.midp_interval for test in ends)
    return low != high
