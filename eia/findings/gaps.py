"""Takes an Assessment; gives the gaps that a first page names, each with the step that made it, and the totals beside them. No prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from eia.case import REDEPLOYED, VOLUNTEER, Question, Stages
from eia.counts.cube import Cube
from eia.counts.disclosure.rules import SENSITIVE
from eia.counts.stages import compulsory, leaving
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Direction, Finding, Headcounts, Level
from eia.findings.headlines import FIRST_PAGE_PEOPLE, LEAST_EXCESS, by_evidence, every_hit, size, size_in_all
from eia.findings.legal.legal_routes import Route
from eia.stats.bounds.ranges import Figure, least
from eia.vocabulary.characteristics import Characteristic, Group

_Name = tuple[str, str]  # characteristic and group


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One group of whom more would lose their jobs. step: the question whose answer made the gap. finding: of that step; evidence: 2 for a
    clear gap there, 1 where it stands out, otherwise 0. people: how many more than if the cuts fell evenly, at the least: in all, or of that step."""

    step: Question
    finding: Finding
    evidence: int
    people: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The numbers that every document begins with. staff and at_risk are None for counts; selected and leave are None while they are not known.

    selected: against their will, wherever they are now; leave: those of them who are not redeployed, and volunteers. Everybody else at risk
    stays in work. Before anybody is chosen both are what the case proposes.
    """

    staff: int | None
    at_risk: int | None
    pools: int
    selected: int | None
    leave: int | None
    volunteers: int = 0
    redeployed: int = 0

    @property
    def stay(self) -> int | None:
        """How many of those at risk stay in work."""
        return None if self.at_risk is None or self.leave is None else self.at_risk - self.leave


def gaps(assessment: Assessment) -> tuple[Gap, ...]:
    """The groups with a clear gap, those that stand out, and those with a gap of five people or more: one of each characteristic, the
    evidence first and people second.

    The step of a gap is the question with the strongest evidence for the group; where there is none, the largest part of what it adds up to.
    """
    of_group = _by_group(assessment)
    speaking = {
        _name(one): None for q in assessment.case.analysis.questions for one in by_evidence(assessment.under(q))
    }
    in_all = every_hit(assessment.each_group(), size_in_all)
    speaking |= {_name(one): None for one in in_all if size_in_all(one) >= FIRST_PAGE_PEOPLE}
    made = (_gap(of_group[name]) for name in speaking)
    told = (gap for gap in made if gap.evidence or gap.people >= FIRST_PAGE_PEOPLE)
    first: dict[str, Gap] = {}
    for gap in sorted(told, key=lambda gap: (-gap.evidence, -gap.people)):
        first.setdefault(gap.finding.characteristic.protected or gap.finding.characteristic.key, gap)
    return tuple(first.values())


def case_name(finding: Finding) -> str:
    """How a case names the group of a finding, such as "disability: Disabled"."""
    return ": ".join(_name(finding))


def can_be_named(assessment: Assessment) -> Mapping[str, Gap]:
    """The gap of every group of whom more would lose their jobs, whatever its characteristic, by the name that a case has for it."""
    made = (_gap(findings) for findings in _by_group(assessment).values())
    return {case_name(gap.finding): gap for gap in made if gap.evidence or gap.people >= LEAST_EXCESS}


def chosen(assessment: Assessment) -> tuple[Gap, ...]:
    """The gaps that the case names for the response, in its order; a name of no gap is left out."""
    if not (names := assessment.case.response.findings):
        return ()
    there = can_be_named(assessment)
    return tuple(there[name] for name in names if name in there)


def chosen_in_vain(assessment: Assessment) -> tuple[str, ...]:
    """What the case names for the response, and no gap has as its name."""
    there = {case_name(gap.finding) for gap in chosen(assessment)}
    return tuple(name for name in assessment.case.response.findings if name not in there)


def totals(assessment: Assessment) -> Totals:
    """How many people there are, are at risk, are selected and would leave."""
    cube, case, outcomes = assessment.cube, assessment.case, dict(assessment.evidence.outcomes)
    planned = [choice.to_go for choice in case.pools.values() if choice.to_go is not None]
    proposed = sum(planned) if planned else None
    selected, leave = max(_gone(cube, case.stages), default=(proposed, proposed))
    return Totals(
        staff=assessment.evidence.people,
        at_risk=assessment.evidence.in_pools,
        pools=len(cube.layout.pools),
        selected=selected,
        leave=leave,
        volunteers=outcomes.get(VOLUNTEER, 0),
        redeployed=outcomes.get(REDEPLOYED, 0),
    )


def _gone(cube: Cube, stages: Stages) -> Iterator[tuple[int, int]]:
    """How many are selected and how many leave, by each characteristic whose counts are exact."""
    for key, table in cube.tables.items():
        if cube.chosen and not table.are_ranges:
            gone = (stage(cube, key, stages).went for stage in (compulsory, leaving))
            selected, leave = (0 if went is None else int(went.sum()) for went in gone)
            yield selected, leave


def _by_group(assessment: Assessment) -> dict[_Name, dict[Question, Finding]]:
    """The findings of each group, by question."""
    of_group: dict[_Name, dict[Question, Finding]] = {}
    for finding in assessment.findings:
        of_group.setdefault(_name(finding), {})[finding.question] = finding
    return of_group


def _name(finding: Finding) -> _Name:
    return finding.characteristic.key, finding.group.label


def _gap(findings: Mapping[Question, Finding]) -> Gap:
    """The gap of one group, from its finding under each question that is asked."""
    parts = _parts(findings)
    evidence = {step: _evidence(findings[step]) if step in findings else 0 for step in parts}
    step = max(parts, key=lambda step: (evidence[step], parts[step]))
    finding = findings.get(step) or next(iter(findings.values()))
    people = parts[step] if finding.in_all is None else size_in_all(finding)
    return Gap(step=step, finding=finding, evidence=evidence[step], people=people)


def _parts(findings: Mapping[Question, Finding]) -> Mapping[Question, float]:
    """People whom each step adds among those selected; of the people at risk where nothing is known of who goes."""
    split = next(iter(findings.values())).split
    if split is None:
        return {question: size(finding) for question, finding in findings.items()}
    known: dict[Question, Figure | None] = {"scope": split.scope, "spread": split.spread, "selection": split.selection}
    return {step: least(part) for step, part in known.items() if part is not None}


def _evidence(finding: Finding) -> int:
    return {"found": 2, "stands_out": 1}.get(finding.level, 0) if finding.direction == "against" else 0


class _OfStep(Protocol):
    @property
    def step(self) -> Question: ...


_Made = TypeVar("_Made", bound=_OfStep)


def of_step(found: Sequence[_Made], step: Question) -> tuple[_Made, ...]:
    """The gaps that one step made, in whatever form they are told."""
    return tuple(gap for gap in found if gap.step == step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What may be said of a group whose numbers may not be: the step that made its gap, the evidence of that step (2, 1 or 0, as of a Gap), and
    the level and direction under each question. No number of people."""

    characteristic: Characteristic
    group: Group
    routes: tuple[Route, ...]
    step: Question
    evidence: int
    levels: Mapping[Question, tuple[Level, Direction | None]]


def signals(assessment: Assessment, smallest: int) -> Mapping[_Name, Signal]:
    """What may be said of each group that may be named at all: of so many people at risk, not all of them selected, and not none, whose
    characteristic is not sensitive."""
    made: dict[_Name, Signal] = {}
    for name, findings in _by_group(assessment).items():
        one = next(iter(findings.values()))
        if not _can_be_told(one, smallest):
            continue
        gap = _gap(findings)
        levels = {question: (finding.level, finding.direction) for question, finding in findings.items()}
        made[name] = Signal(
            characteristic=one.characteristic, group=one.group, routes=gap.finding.routes, step=gap.step, evidence=gap.evidence, levels=levels
        )  # fmt: skip
    return made


def _can_be_told(finding: Finding, smallest: int) -> bool:
    counted, of = finding.people, finding.characteristic
    if not isinstance(counted, Headcounts) or of.key in SENSITIVE or finding.group.kind != "answer":
        return False
    gone = counted.group_selected
    return counted.group_there >= smallest and (gone is None or 0 < gone < counted.group_there)
