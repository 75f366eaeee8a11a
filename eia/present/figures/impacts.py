"""Takes an Assessment; gives the rows of the table by characteristic: of each, the group of whom the findings say most."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import STANDING_OUT, Direction, Finding, Level
from eia.findings.headlines import FIRST_PAGE_PEOPLE, NEVER_LEADING, size, size_in_all
from eia.findings.legal.applicable_law import Applicable
from eia.findings.legal.legal_routes import Route
from eia.present.figures.model import ShownRow
from eia.present.parts.duties import to_cover
from eia.present.text.numbers import people, whole
from eia.present.text.words import LEVELS, capital, group_beside
from eia.stats.bounds.ranges import most
from eia.stats.results import Split
from eia.vocabulary.characteristics import Characteristic, Group

NO_DATA, NO_MORE, NOBODY_MORE = "–", "no more than even", "No group has more"
_STRENGTH: tuple[Level, ...] = ("found", "stands_out", "cannot_say", "not_found", "not_tested")
_STEPS: Mapping[Question, str] = {"scope": "which jobs", "spread": "which pools", "selection": "selection in pools"}
"""The step that made a gap, in two words."""
_SAME = {"Religious belief": "Religion or belief", "Marital status": "Marriage and civil partnership"}


@dataclass(frozen=True, slots=True)
class Impact:
    """One row of the table by characteristic: its title, and the findings of the group that says most of it; none where nothing is known."""

    title: str
    findings: tuple[Finding, ...] = ()


def impacts(assessment: Assessment) -> tuple[Impact, ...]:
    """A row for each characteristic that was counted, then for each other that the law of the place goes through. The group told is the one with
    the clearest gap, then the one furthest above."""
    groups: dict[str, dict[str, list[Finding]]] = {}
    for finding in assessment.findings:
        of = finding.characteristic
        if leads(of, finding.group, finding.routes):
            groups.setdefault(of.protected or of.title, {}).setdefault(finding.group.label, []).append(finding)
    rows = [Impact(title, max(map(tuple, found.values()), key=_telling)) for title, found in groups.items()]
    return (*rows, *map(Impact, absent(assessment.law.applies, groups)))


def leads(of: Characteristic, group: Group, routes: Iterable[Route]) -> bool:
    """Whether a group can be the one that a row tells of: an answer that the law protects, and not everybody else."""
    protects = all(route.key != "no route the other way" for route in routes)
    return group.kind == "answer" and protects and group.label != of.others and of.key not in NEVER_LEADING


def absent(law: Applicable, titles: Collection[str]) -> tuple[str, ...]:
    """What the law of the place goes through, and no row has."""
    return tuple(title for title in to_cover(law) if title not in titles and _SAME.get(title) not in titles)


def without_figures(title: str) -> ShownRow:
    """The row of a characteristic that the file does not have."""
    return ShownRow(title=title, key="", group="Not in the file", at_risk=NO_DATA, selected=NO_DATA, even=NO_DATA, evidence="Not tested")  # fmt: skip


def exact_row(row: Impact) -> ShownRow:
    """A row with its exact numbers."""
    if not row.findings:
        return without_figures(row.title)
    finding = row.findings[0]
    split, counted = finding.split, finding.people
    even = whole(split.expected_by_workforce) if isinstance(split, Split) else NO_DATA
    gone = people(counted.group_selected) if counted.group_selected is not None and split else NO_DATA
    if isinstance(split, Split) and split.group_selected is None:
        gone = f"about {whole(split.expected_by_pools)}"
    evidence = evidence_word({one.question: (one.level, one.direction) for one in row.findings})
    who, no_more = capital(group_beside(finding.characteristic, finding.group)), _no_more_than_even(row.findings)
    if (
        no_more and most(counted.group_in_scope) < FIRST_PAGE_PEOPLE
    ):  # a name and a small number would only point at people
        return ShownRow(title=row.title, key=finding.characteristic.key, group=NOBODY_MORE, at_risk=NO_DATA, selected=NO_DATA, even=NO_DATA, evidence=evidence)  # fmt: skip
    return ShownRow(
        title=row.title, key=finding.characteristic.key, group=f"{who}: {NO_MORE}" if no_more else who,
        at_risk=people(counted.group_in_scope), selected=gone, even=even, evidence=evidence,
    )  # fmt: skip


def _no_more_than_even(findings: Sequence[Finding]) -> bool:
    """Whether of the group that a row tells of no whole person more goes than if even, and nothing stands out: its row says so beside the numbers."""
    split = findings[0].split
    if not isinstance(split, Split) or any(one.level in STANDING_OUT for one in findings):
        return False
    gone = split.expected_by_pools if split.group_selected is None else split.group_selected
    return round(gone) <= round(split.expected_by_workforce)


def evidence_word(levels: Mapping[Question, tuple[Level, Direction | None]]) -> str:
    """The strongest word that any question has for the group, with the step of a clear gap."""
    question, (level, direction) = min(levels.items(), key=lambda one: _STRENGTH.index(one[1][0]))
    favoured = " in their favour" if direction == "for" else ""
    step = f": {_STEPS[question]}" if level in STANDING_OUT else ""
    return f"{LEVELS[level]}{favoured}{step}"


def _telling(findings: Sequence[Finding]) -> tuple[float, float, float]:
    """How much the findings of a group say: a clear gap against it first, then how many more go; where no more do, how many there are."""
    against = [finding for finding in findings if finding.direction == "against"]
    evidence = max(({"found": 2, "stands_out": 1}.get(finding.level, 0) for finding in against), default=0)
    more = 0.0 if _no_more_than_even(findings) else size_in_all(findings[0]) or max(map(size, findings))
    return evidence, more, most(findings[0].people.group_in_scope)
