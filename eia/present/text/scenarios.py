"""Takes what a change of the rule would do; gives it in sentences: whole people, what opens, and what it does not say."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from eia.case import Scenario
from eia.findings.core.finding import STANDING_OUT
from eia.findings.scenarios.changes import Changes
from eia.findings.scenarios.one_criterion import CountChange, WithoutOne
from eia.findings.scenarios.robustness import Robustness
from eia.findings.scenarios.tried import GroupChange, Tried
from eia.present.text.numbers import people, whole
from eia.present.text.words import capital, group_name, listed, plural
from eia.scenarios.rule_check import RuleCheck
from eia.vocabulary.characteristics import Characteristic, Group, characteristics

COMPARES = "This compares rules, before they are used. Choose a rule for the work it serves, not for who it selects."
EVIDENCE = "What a change would do is evidence, not proof. It shows what a rule does. Whether the rule is justified is for people to say."
REFUSED: Mapping[str, str] = {
    "No search for the rule with the best result": "A rule made to give a wanted result is unfair, whoever wants it.",
    "No ranking of rules by a group": "Changes stand in the order in which you made them.",
    "No weights for one group": "A rule that treats people by a characteristic is itself discrimination, apart from adjustments for disabled people.",
    "No names": "Nobody is told who would be selected, or spared: the change is tried on a rule, not on people.",
    "No new marks": "Nobody's work is judged here again. Marks change only by a rule that is the same for all.",
    "No verdict": "That one rule does less harm than another does not make it the right one.",
}
"""What is not done with changes, and why: shown wherever they are tried."""
TOGETHER = 3  # changes that the beginning of a sentence has room for
NAMED = 6  # a sentence names no more criteria or pools than can be read


def tried_told(tried: Tried) -> tuple[str, ...]:
    """What the change would do: people first, then what opens, what is left open by equal totals, and when it was worked out."""
    return tuple(_told(tried))


def headline(tried: Tried) -> str:
    """What says it: "Without “Attendance”, 43 disabled people would be selected instead of 80. This removes this gap. More of 8 other groups would be
    selected, and we cannot say if that is a gap."."""
    moved = leading(tried)
    if not moved:
        return (
            f"{_in_short(tried.scenario)}: no gap of who is selected within each pool changes by as much as one person."
        )
    return " ".join([_first(tried, moved[0]), *_becomes_of_gaps(tried, moved[0])])


def _first(tried: Tried, first: GroupChange) -> str:
    """What becomes of the group that moves most: how many are selected, or, where as many are, how many are expected."""
    said, name = _in_short(tried.scenario), name_of(first)
    if first.after.selected != first.before.selected:
        return f"{said}, {so_many(first.after.selected, name)} would be selected instead of {people(first.before.selected)}."
    return f"{said}, as many {name} would be selected as now. About {whole(first.after.expected)} would be expected instead of {whole(first.before.expected)}."


def _becomes_of_gaps(tried: Tried, first: GroupChange) -> Iterator[str]:
    """Which gaps go, of which it cannot be said any more, and which open: against a group first, and in favour of one where that is the only sign of it."""
    groups = told_once(tried.groups)
    gone, unsure = ([group for group in groups if group.effect == effect] for effect in ("gone", "cannot say"))
    opened = [group for group in groups if group.effect == "opened"]
    against = [group for group in opened if group.after.direction == "against"]
    clear = dict.fromkeys(name_of(group) for group in against if group.after.level == "found")
    unusual = dict.fromkeys(name_of(group) for group in against if group.after.level != "found")
    unjudged = _of_whom_more_would_go_unjudged(tried)
    told = {group.characteristic for group in against}
    fewer = dict.fromkeys(name_of(group) for group in opened if group.characteristic not in told)
    if gone:
        yield f"This removes {'this gap' if first in gone else 'a gap'}{'' if opened or unsure or unjudged else ' and opens no other that we can see'}."
    if unsure:
        yield f"We could no longer say whether there is a gap for {listed(list(dict.fromkeys(map(name_of, unsure))))}."
    if clear:
        yield f"It opens a clear gap against {listed(list(clear))}."
    if unusual:
        yield f"{capital(listed(list(unusual)))} would stand out: ask about {'them' if len(unusual) > 1 else 'this'} first."
    if fewer:
        yield f"Unusually few {listed(list(fewer))} would be selected: ask about {'them' if len(fewer) > 1 else 'this'} first."
    if not (gone or unsure or opened):
        cannot = {first.before.level, first.after.level} <= {"cannot_say", "not_tested"}
        yield (
            "We cannot say if that is a gap."
            if cannot
            else f"It removes no gap{'' if unjudged else ', and opens none'}."
        )
    if unjudged:
        more = plural(unjudged, "other group", "other groups")
        yield f"More of {more} would be selected, and we cannot say if that is a gap."


def told_once(groups: Sequence[GroupChange]) -> tuple[GroupChange, ...]:
    """The groups without those told a second time: fixed terms are told again, without long ones, only where that differs."""
    told = {_counts(one) for one in groups if one.characteristic == "contract"}
    return tuple(one for one in groups if one.characteristic != "contract_short" or _counts(one) not in told)


def _counts(one: GroupChange) -> tuple[str, int, int, int]:
    return one.group.label, one.after.at_risk, one.before.selected, one.after.selected


def so_many(number: int, name: str) -> str:
    """So many of a group.

    >>> so_many(43, "women"), so_many(1, "women"), so_many(0, "women")
    ('43 women', '1 of the women', 'none of the women')
    """
    return f"{people(number)} {name}" if number > 1 else f"{'1' if number else 'none'} of the {name}"


def leading(tried: Tried) -> tuple[GroupChange, ...]:
    """The groups of whom others are selected, or whose gap changes, those with a gap before or after it first, and of these the ones against whom the gap is; then by people."""
    moved = [
        group
        for group in told_once(tried.groups)
        if group.before.selected != group.after.selected
        or abs(group.after.gap - group.before.gap) >= 1
        or group.effect in ("gone", "cannot say", "opened")
    ]
    return tuple(sorted(moved, key=_weight))


def _weight(group: GroupChange) -> tuple[bool, bool, float]:
    gap = any(one.level in STANDING_OUT for one in (group.before, group.after))
    against = "against" in (group.before.direction, group.after.direction if not group.before.direction else None)
    return not gap, not against, -abs(group.after.gap - group.before.gap)


def _told(tried: Tried) -> Iterator[str]:
    yield headline(tried)
    if _long(tried.scenario):
        yield f"The changes: {change_told(tried.scenario)}."
    if tried.others:
        yield _hands(tried)
    if tried.selected != tried.selected_before:
        selected = plural(tried.selected, "person", "people") if tried.selected else "nobody"
        yield f"{capital(selected)} would be selected, instead of {people(tried.selected_before)}."
    if tried.volunteers:
        yield f"{plural(tried.volunteers, 'person who applied', 'people who applied')} to leave would be accepted first."
    if tried.tied:
        yield _ties(tried)
    if tried.not_placed:
        yield f"{plural(tried.not_placed, 'person has', 'people have')} no total, and {'stays' if tried.not_placed == 1 else 'stay'} as they are now."
    if tried.not_by_points:
        yield (
            f"For {plural(tried.not_by_points, 'person', 'people')} the mark is not what the points give for their days of absence. "
            "Their marks stay as they are: ask why."
        )
    if tried.not_adding_up:
        yield (
            f"For {plural(tried.not_adding_up, 'person', 'people')} the stated total is not what marks and weights add up to. "
            "This change goes by marks and weights, so part of it can come from that."
        )
    yield _when(tried)


def _of_whom_more_would_go_unjudged(tried: Tried) -> int:
    """Of how many groups more would be selected, a whole person or more above what is expected, without anything being said of it: a gap there is not ruled out."""
    return sum(
        group.effect == "wider" and group.after.level == "cannot_say"
        and group.after.selected > group.before.selected and group.after.gap >= 1
        for group in told_once(tried.groups)
    )  # fmt: skip


def _hands(tried: Tried) -> str:
    """Who changes hands, as a number. Where another number goes, some of those selected now are followed by nobody."""
    newly = tried.selected - tried.selected_before + tried.others
    said = (
        f"{people(tried.others)} of the {people(tried.selected_before)} people selected would be different people."
        if newly == tried.others
        else f"{people(tried.others)} of the {people(tried.selected_before)} people selected now would not be, and {people(newly) if newly else 'no'} others would."
    )
    return f"{said} They are not named, here or anywhere."


def _ties(tried: Tried) -> str:
    said = f"{people(tried.tied)} people have equal totals at the line of their pool. Which of them is selected is open, and as few as possible change here."
    moved = next((group for group in leading(tried) if group.least != group.most), None)
    if moved:
        said += f" Depending on them, {people(moved.least)} to {people(moved.most)} {name_of(moved)} would be selected."
    turning = [name_of(group) for group in tried.groups if group.turns_on_ties]
    return said + (f" Whether there is a gap for {listed(turning)} depends on them." if turning else "")


def _when(tried: Tried) -> str:
    day = f" on {tried.scenario.tried_on:%d %B %Y}".replace(" 0", " ") if tried.scenario.tried_on else ""
    known = (
        "after scores and selections were known"
        if tried.given
        else "after scores were known, and before anybody was selected"
    )
    return f"Worked out{day} {known}."


def change_told(scenario: Scenario) -> str:
    """What a change changes, as the beginning of a sentence in small letters.

    >>> change_told(Scenario(without=("Attendance",)))
    'without “Attendance”'
    """
    parts = list(_changes(scenario))
    return listed(parts) if parts else "with nothing changed"


def _in_short(scenario: Scenario) -> str:
    """The same as the beginning of a sentence that can still be read: so many that they need a sentence of their own are counted."""
    return (
        f"With {len(list(_changes(scenario)))} changes together" if _long(scenario) else capital(change_told(scenario))
    )


def _long(scenario: Scenario) -> bool:
    return len(list(_changes(scenario))) > TOGETHER


def _changes(scenario: Scenario) -> Iterator[str]:
    if scenario.rule != "scores":
        yield f"by {scenario.rule}"
    if scenario.without:
        yield f"without {_quoted(tuple(dict.fromkeys(scenario.without)))}"
    if scenario.weights == "equal":
        yield "with equal weights"
    elif scenario.weights:
        yield f"with {listed([f'a weight of {weight:g} for “{name}”' for name, weight in scenario.weights.items()])}"
    if scenario.absences_out:
        kinds = [
            f"for {kind}" if kind != "not recorded" else "with no reason recorded" for kind in scenario.absences_out
        ]
        yield f"with absences {listed(kinds)} left out"
    for name, most in scenario.most.items():
        yield f"with “{name}” counting up to {most:g}"
    for name, least in scenario.least.items():
        yield f"with “{name}” counting from {least:g}"
    for name in scenario.bands:
        yield f"with “{name}” in bands"
    if scenario.missing != "as now":
        yield (
            "with the pool mean for missing scores"
            if scenario.missing == "pool mean"
            else "with missing scores not counted"
        )
    if scenario.tie_break:
        yield "with longer service deciding between equal totals"
    yield from _pool_changes(scenario)


def _pool_changes(scenario: Scenario) -> Iterator[str]:
    if len(scenario.to_go) > NAMED:
        yield f"with another number to be selected from {people(len(scenario.to_go))} pools"
    else:
        for pool, number in scenario.to_go.items():
            yield f"with {people(number)} to be selected from “{pool}”"
    for new, parts in scenario.merged.items():
        yield f"with {_quoted(parts)} merged as “{new}”"
    for pool, by in scenario.split.items():
        yield f"with “{pool}” split by {by}"
    if scenario.out_of_scope:
        yield f"with {_quoted(scenario.out_of_scope)} not at risk"
    for pool, number in scenario.vacancies_kept.items():
        yield f"with {plural(number, 'vacancy', 'vacancies')} kept for “{pool}”"
    if scenario.volunteers_first:
        yield "with volunteers accepted first"


def _quoted(names: Sequence[str]) -> str:
    shown = [f"“{name}”" for name in names[:NAMED]]
    return listed([*shown, f"{people(len(names) - NAMED)} more"] if len(names) > NAMED else shown)


def name_of(group: GroupChange | CountChange | Robustness) -> str:
    """The people of a group as a noun."""
    return group_name(characteristic_named(group.characteristic, group.title), group.group)


def characteristic_named(key: str, title: str) -> Characteristic:
    """The characteristic of a key, or one of the case's own of this title."""
    return characteristics().get(key) or Characteristic(key=key, title=title)


def rule_told(check: RuleCheck) -> tuple[str, ...]:
    """Whether the stated rule gives the selections, and how close people stand at the line."""
    return tuple(_rule(check))


def _rule(check: RuleCheck) -> Iterator[str]:
    if check.reproduced == check.people:
        yield f"The stated rule gives all {people(check.people)} outcomes."
    else:
        yield (
            f"The stated rule gives {people(check.reproduced)} of {people(check.people)} outcomes. In {plural(check.pools_apart, 'pool', 'pools')} others were "
            "selected than those it gives: ask why."
        )
    if check.other_way > check.reproduced:
        yield (
            f"If the other end of the totals were selected, the rule would give {people(check.other_way)}. Say whose totals are selected: the lowest or the highest."
        )
    if check.tied:
        yield f"{people(check.tied)} people have equal totals at the line of their pool, and only some of them are selected: ask what decided."
    if check.not_placed:
        yield f"{plural(check.not_placed, 'person in a pool has', 'people in pools have')} no total."
    if check.worked_out and not all(math.isnan(weight) for _, weight in check.weights):
        yield (
            "The file gives no weights. They follow from the totals: "
            + listed([f"“{name}” {weight:g}" for name, weight in check.weights])
            + "."
        )
    if check.not_adding_up:
        yield (
            f"For {plural(check.not_adding_up, 'person', 'people')} the total is not what marks and weights add up to: ask why. "
            "Changes of criteria go by marks and weights, so part of what they show can come from that."
        )
    if check.pools_at_line and check.close_pools:
        yield (
            f"In {people(check.close_pools)} of {plural(check.pools_at_line, 'pool', 'pools')} of five people or more, less than one mark on the heaviest criterion "
            "lies between the last person selected and the first one kept."
        )


def robustness_told(found: Sequence[Robustness]) -> tuple[str, ...]:
    """On how much of the weighting each clear gap rests."""
    return tuple(
        f"Under {people(one.stays)} of {people(one.weightings)} weightings drawn evenly, the gap for {name_of(one)} stays clear. It goes from "
        f"{_signed(one.least)} to {_signed(one.most)} people than expected; the middle one is {_signed(one.median)}."
        for one in found
    )


def _signed(value: float) -> str:
    number = round(value)
    return f"{people(number)} more" if number > 0 else f"{people(-number)} fewer" if number < 0 else "no"


def without_told(changes: Changes) -> tuple[str, ...]:
    """What leaving out one criterion does to the groups with a gap, the criteria in their order: one sentence each where the gap changes by a person or more."""
    groups = gap_groups(changes)
    told = []
    for one in changes.without_one:
        moved = [
            change
            for change in one.groups
            if (change.characteristic, change.group.label) in groups and abs(change.gap[1] - change.gap[0]) >= 1
        ]
        if moved:
            first = max(moved, key=lambda change: abs(change.gap[1] - change.gap[0]))
            told.append(
                f"Without “{one.criterion}”, {so_many(first.selected[1], name_of(first))} would be selected instead of {people(first.selected[0])}."
            )
    return tuple(told)


def gap_groups(changes: Changes) -> tuple[tuple[str, str], ...]:
    """The groups whose gap is looked at in the table of criteria: those with a clear gap against them; where there is none, those of the core with the widest gap."""
    clear = [(one.characteristic, one.group.label) for one in changes.robustness if one.median > 0 or one.most > 0]
    against = [pair for pair in clear if _gap(changes, pair) > 0]
    if against:
        return tuple(against[:3])
    core = {
        (one.characteristic, one.group.label): one.gap[0]
        for one in (changes.without_one[0].groups if changes.without_one else ())
        if one.core
    }
    return tuple(sorted(core, key=lambda pair: -core[pair])[:2])


def _gap(changes: Changes, pair: tuple[str, str]) -> float:
    return next(
        (one.gap[0] for one in changes.without_one[0].groups if (one.characteristic, one.group.label) == pair), 0.0
    )


def left_open(table: Sequence[WithoutOne]) -> Iterator[str]:
    """What the table of criteria cannot tell: of equal totals, and of people without one."""
    if tied := max((one.tied for one in table), default=0):
        yield f"Up to {plural(tied, 'person has', 'people have')} a total equal to another's at the line of their pool. As few of those selected as possible change."
    if not_placed := max((one.not_placed for one in table), default=0):
        yield f"Up to {plural(not_placed, 'person has', 'people have')} no total that can be worked out, and {'stays' if not_placed == 1 else 'stay'} as they are now."


def left_out_cell(one: WithoutOne, pair: tuple[str, str]) -> str:
    """The gap of a group before and after a criterion is left out, in whole people.

    pair: its characteristic and label.
    """
    change = next(change for change in one.groups if (change.characteristic, change.group.label) == pair)
    before, after = map(whole, change.selected)
    return f"{after}, as now" if after == before else f"{after} instead of {before}"


def column_name(changes: Changes, pair: tuple[str, str]) -> str:
    """A group as the head of a column."""
    change = next(
        change for change in changes.without_one[0].groups if (change.characteristic, change.group.label) == pair
    )
    return capital(group_name(characteristic_named(change.characteristic, change.title), Group(pair[1])))
