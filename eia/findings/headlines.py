"""Takes an Assessment; gives what is most telling in it: leading findings, questions to ask, and limits. Keys, no prose."""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eia.case import SLOTTED_IN, VOLUNTEER, Question
from eia.counts.cube import Cube
from eia.counts.stages import losing_posts
from eia.counts.subsequent_steps import ACCEPTED
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Direction, Finding, Level, Reason
from eia.findings.supplementary.score_gaps import ScoreGap
from eia.process.post_changes import Share
from eia.process.restructure import Holding, Restructure
from eia.stats.bounds.ranges import least, most
from eia.vocabulary.characteristics import characteristics

FIRST_PAGE_PEOPLE = 5
"""A group is named on a first page where the evidence speaks, or from a gap of so many people on."""
LEAST_EXCESS = 1.0  # a gap of less than one person is not put to anybody
MUCH_MISSING = 0.10
ASKED = 5
TOLD_ALREADY = "contract_short"
"""The same people as those of contract, some left out: no group more."""
NEVER_LEADING = frozenset({"grade", TOLD_ALREADY})  # no sort of people; the same people as another

AskKey = Literal[
    "selection found", "scope excess", "spread excess", "missing answers", "missing answers found", "everyone goes",
    "too small to tell", "stands out alone", "volunteers", "slotted in", "scores", "redeployment", "pools drawn otherwise", "decision-maker", "alternatives",
    "criterion apart", "out of order", "few new open part-time", "few open part-time",
]  # fmt: skip
LimitKey = Literal[
    "posts not given", "few posts", "few units", "no rest of the workforce", "nobody chosen yet", "to go not known", "one pool", "cannot say",
    "missing answers", "not in the file", "held back", "earlier stages", "counts only", "everyone goes", "numbers to go differ",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question to put to the employer, and the finding, number or gap in scores behind it; ``of``: out of, or in, how many."""

    key: AskKey
    finding: Finding | None = None
    number: int = 0
    of: int = 0
    gap: ScoreGap | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Something that these figures cannot tell, and how many people, pools or groups it concerns; or how many by each name or reason."""

    key: LimitKey
    number: int = 0
    names: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    reasons: tuple[Reason, ...] = ()


def size(finding: Finding) -> float:
    """People of the group more than if even under the finding's question, at the least; 0 where it is not known."""
    if finding.permuted and finding.permuted.gap * finding.permuted.excess < 0:
        return finding.permuted.gap  # what is judged lies the other way than what all pools together show
    return least(finding.excess or 0.0) if finding.stated or finding.tested or finding.bounds else 0.0


def leading(findings: Iterable[Finding], most: int = 3) -> tuple[Finding, ...]:
    """The groups with a gap, one a characteristic: those with a clear gap first, then those that stand out, then those with a gap of five people or
    more; by people among these.

    Grade is left aside: it describes jobs, and that jobs differ is what the questions are about. So are groups such as
    full-time staff, who are everyone whom the other groups do not describe.
    """
    return _first_of_each(by_evidence(findings))[:most]


def leading_overall(
    findings: Iterable[Finding], most: int = 3, *, people: float = FIRST_PAGE_PEOPLE
) -> tuple[Finding, ...]:
    """The groups with a gap of so many people or more in what it adds up to, whatever the question of the findings given, by people."""
    hit = (finding for finding in every_hit(findings, size_in_all) if size_in_all(finding) >= people)
    return _first_of_each(hit)[:most]


def size_in_all(finding: Finding) -> float:
    """People of the group selected, more than if the cuts fell evenly on the workforce, at the least; 0 where it is not known."""
    return least(finding.in_all or 0.0)


def by_evidence(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The groups for whom the evidence speaks, or whose gap is five people or more: evidence first, and people second."""
    speaking = [
        finding
        for finding in findings
        if describes(finding)
        and (_evidence(finding) or (size(finding) >= FIRST_PAGE_PEOPLE and finding.direction != "for"))
    ]
    return tuple(sorted(speaking, key=lambda finding: (-_evidence(finding), -size(finding))))


def _evidence(finding: Finding) -> int:
    """2 for a clear gap against the group, 1 where it stands out so, otherwise 0."""
    return {"found": 2, "stands_out": 1}.get(finding.level, 0) if finding.direction == "against" else 0


def _first_of_each(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The first of each protected characteristic, or of each characteristic that is none."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.characteristic.protected or finding.characteristic.key, finding)
    return tuple(first.values())


def every_hit(findings: Iterable[Finding], measure: Callable[[Finding], float] = size) -> tuple[Finding, ...]:
    """The groups with at least one person more than expected, in every table that fits, the largest gap first; the same are left aside as by ``leading``."""
    hit = [finding for finding in findings if describes(finding) and measure(finding) >= LEAST_EXCESS]
    return tuple(sorted(hit, key=measure, reverse=True))


def describes(finding: Finding) -> bool:
    """Whether a finding is about people whom its group describes."""
    told = finding.characteristic
    return finding.group.kind == "answer" and finding.group.label != told.others and told.key not in NEVER_LEADING


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without the second side of a two-valued characteristic: of two that mirror each other, the group that more
    of go is kept, or the first where nothing is said of either."""
    given = tuple(findings)
    two_valued = {finding.characteristic.key for finding in given if finding.mirrored}

    def repeats(finding: Finding) -> bool:
        tested = finding.level != "not_tested"
        sided = finding.characteristic.key in two_valued and finding.group.kind == "answer" and tested
        return sided and (finding.direction == "for" or (finding.direction is None and finding.mirrored))

    return tuple(finding for finding in given if not repeats(finding))


def looked_at(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that are counted wherever it is said how many groups show what: each comparison once, and no people twice."""
    return tuple(finding for finding in once(findings) if finding.characteristic.key != TOLD_ALREADY)


def at_level(findings: Iterable[Finding], level: Level, direction: Direction | None = None) -> tuple[Finding, ...]:
    """Findings at a level, the strongest first, each comparison once."""
    chosen = [f for f in once(findings) if f.level == level and (direction is None or f.direction == direction)]
    return tuple(sorted(chosen, key=_strength))


def _strength(finding: Finding) -> float:
    """The smaller the stronger: the log of p, which for permuted posts is bounded by the number of draws."""
    if finding.tested:
        return finding.tested.log10_pvalue
    if finding.bounds:
        return math.log10(max(finding.bounds.midp.high, sys.float_info.min))
    return math.log10(finding.permuted.pvalue) if finding.permuted else 0.0


def asks(assessment: Assessment) -> tuple[Ask, ...]:
    """The five questions to put to the employer, most telling first, each with the figure behind it."""
    selection = assessment.under("selection")
    found = at_level(selection, "found", "against")
    answered = [f for f in found if f.group.kind == "answer"]
    missing = [f for f in found if f.group.kind != "answer"]
    candidates: list[Ask] = [Ask(key="selection found", finding=finding) for finding in answered[:2]]
    candidates += [Ask(key="scope excess", finding=finding) for finding in leading(assessment.under("scope"), 1)]
    candidates += [Ask(key="spread excess", finding=finding) for finding in leading(assessment.under("spread"), 1)]
    candidates += [Ask(key="missing answers found", finding=finding) for finding in missing[:1]]
    candidates += _other_asks(assessment, selection)
    return tuple(candidates[:ASKED])


def asks_about(findings: Iterable[Finding]) -> tuple[Ask, ...]:
    """The two questions to put about one group, from its findings: of the steps for which the evidence speaks, or whose gap is five people or
    more; then what can always be asked."""
    of_step: Mapping[Question, AskKey] = {"scope": "scope excess", "spread": "spread excess"}
    told: list[Ask] = []
    for finding in by_evidence(findings):
        of_selection: AskKey = "selection found" if finding.level == "found" else "stands out alone"
        told.append(Ask(key=of_step.get(finding.question, of_selection), finding=finding))
    return (*told, Ask(key="pools drawn otherwise"), Ask(key="scores"))[:2]


def _other_asks(assessment: Assessment, selection: Sequence[Finding]) -> list[Ask]:
    result: list[Ask] = list(_of_scores(assessment))
    if closed := pools_without_choice(assessment)[0]:
        result.append(Ask(key="everyone goes", number=closed))
    if assessment.restructure and (few := _few_open(assessment.restructure)):
        result.append(few)
    if alone := at_level(selection, "stands_out", "against"):
        result.append(Ask(key="stands out alone", finding=alone[0]))
    result += [Ask(key="missing answers", finding=unknown) for unknown in _much_missing(assessment)[:1]]
    refusals_told = any(each.step == ACCEPTED for each in assessment.further.subsequent_outcomes.steps)
    if not refusals_told and (volunteers := dict(assessment.evidence.outcomes).get(VOLUNTEER, 0)):
        result.append(Ask(key="volunteers", number=volunteers))
    if silent := at_level(looked_at(selection), "cannot_say"):
        result.append(Ask(key="too small to tell", number=len(silent)))
    standing: list[AskKey] = ["pools drawn otherwise", "alternatives", "decision-maker"]
    if not selection or any(finding.reasons != ("everyone goes",) for finding in selection):
        standing.insert(len(standing) if assessment.cube.chosen else 0, "scores")
    result += [Ask(key=key) for key in (*standing, "redeployment")]
    if slotted := dict(assessment.evidence.outcomes).get(SLOTTED_IN, 0):
        result.append(Ask(key="slotted in", number=slotted))
    return result


def _of_scores(assessment: Assessment) -> Iterator[Ask]:
    """What scores give rise to: a criterion by which a group scores lower, and people selected above others."""
    look = assessment.further.scores
    if look is None:
        return
    if apart := [gap for gap in look.apart(assessment.case.analysis.alpha) if gap.criterion is not None]:
        yield Ask(key="criterion apart", gap=apart[0])
    if turned := [order for order in look.orders if order.above]:
        yield Ask(key="out of order", number=sum(order.above for order in turned), of=len(turned))


def _few_open(made: Restructure) -> Ask | None:
    """Of the new posts, or else of all that are proposed, a smaller share is open part-time than of people work so now."""
    now = made.part_time
    offered: tuple[tuple[AskKey, Share], ...] = (
        ("few new open part-time", made.new_open_part_time),
        ("few open part-time", made.open_part_time),
    )
    few = (Ask(key=key, number=share.number, of=share.of) for key, share in offered
           if now and share.number * now.of < now.number * share.of)  # fmt: skip
    return next(few, None)


def leading_holders(assessment: Assessment, most: int = 3) -> tuple[Holding, ...]:
    """The groups that hold posts of which some or all go furthest above their share of all holders, as :func:`leading` has them:
    by at least one person, one a characteristic, grade and groups of everyone else left aside."""
    if assessment.restructure is None:
        return ()
    known = [holding for holding in assessment.restructure.holdings if holding.group.kind == "answer"]
    going, everyone = Counter[str](), Counter[str]()
    for holding in known:
        going[holding.characteristic] += holding.going
        everyone[holding.characteristic] += holding.people
    above = {
        holding: holding.going - going[holding.characteristic] * holding.people / everyone[holding.characteristic]
        for holding in known
    }
    first: dict[str, Holding] = {}
    for holding, excess in sorted(above.items(), key=lambda item: -item[1]):
        told = assessment.cube.layout.dimensions[holding.characteristic].characteristic
        if excess >= LEAST_EXCESS and holding.group.label != told.others and told.key not in NEVER_LEADING:
            first.setdefault(told.protected or told.key, holding)
    return tuple(first.values())[:most]


def pools_without_choice(assessment: Assessment) -> tuple[int, int]:
    """Pools in which every post goes, or is to: nobody is retained or slotted in. And pools in which none does."""
    cube, case = assessment.cube, assessment.case
    key = _counted_exactly(cube)
    if key is None:
        return 0, 0
    stage = losing_posts(cube, key, case.stages)
    people = stage.there[:, :-1].sum(axis=0).tolist()
    if stage.went is not None:
        gone = stage.went[:, :-1].sum(axis=0).tolist()
    else:
        given = [case.pools[pool].to_go if pool in case.pools else None for pool in cube.layout.pools]
        gone = [-1 if number is None else number for number in given]
    pools = [(went, there) for went, there in zip(gone, people, strict=True) if there > 0]
    return sum(went >= there for went, there in pools), sum(went == 0 for went, _ in pools)


def _much_missing(assessment: Assessment) -> tuple[Finding, ...]:
    """The "not recorded" groups that are a tenth or more of those in pools, the most people first; of characteristics that tell the same people, one."""
    blank = [
        f
        for f in assessment.each_group()
        if f.group.kind == "not recorded"
        and least(f.people.group_in_scope)
        and least(f.people.group_in_scope) >= MUCH_MISSING * most(f.people.in_scope)
    ]
    return _first_of_each(sorted(blank, key=lambda f: -least(f.people.group_in_scope)))


def limits(assessment: Assessment) -> tuple[Limit, ...]:
    """What these figures cannot tell."""
    return tuple(_limits(assessment))


def _limits(assessment: Assessment) -> Iterator[Limit]:
    findings, cube, case = assessment.findings, assessment.cube, assessment.case
    selection = assessment.under("selection")
    if not cube.has_rest and "scope" in case.analysis.questions:
        yield Limit(key="no rest of the workforce")
    if any(f.reasons == ("nobody chosen yet",) for f in selection):
        yield Limit(key="nobody chosen yet")
    if not cube.chosen and not any(f.split for f in findings):
        yield Limit(key="to go not known")
    shares = [f for f in assessment.under("scope") if f.stated]
    if any({"posts not given", "needs people"}.intersection(f.reasons) for f in shares):
        yield Limit(key="posts not given")
    if few := next((f.permuted for f in assessment.under("scope") if f.reasons == ("few blocks",)), None):
        yield Limit(key="few posts", number=few.fewest)
    if few := next((f.permuted for f in assessment.under("scope") if f.reasons == ("few units",)), None):
        yield Limit(key="few units", number=few.fewest)
    if assessment.evidence.intake.one_pool:
        yield Limit(key="one pool")
    if closed := pools_without_choice(assessment)[0]:
        yield Limit(key="everyone goes", number=closed)
    if doubtful := at_level(looked_at(selection), "cannot_say"):
        why = Counter(finding.reasons[0] for finding in doubtful)
        yield Limit(key="cannot say", number=len(doubtful), reasons=tuple(why), numbers=tuple(why.values()))
    if missing := _much_missing(assessment):
        yield Limit(
            key="missing answers",
            names=tuple(one.characteristic.title for one in missing),
            numbers=tuple(int(least(one.people.group_in_scope)) for one in missing),
        )
    if absent := _absent(assessment):
        yield Limit(key="not in the file", names=absent)
    if held := assessment.evidence.intake.held_back:
        yield Limit(key="held back", names=tuple(one.characteristic for one in held))
    before = case.stages.order[: case.stages.order.index(case.stages.compulsory)]
    if gone_before := {stage: people for stage, people in assessment.evidence.outcomes if people and stage in before}:
        yield Limit(key="earlier stages", number=sum(gone_before.values()), names=tuple(gone_before))
    if assessment.evidence.people is None:
        yield Limit(key="counts only")
    given = {pool: choice.to_go for pool, choice in case.pools.items() if choice.to_go is not None}
    to_go, gone = sum(given.values()), _posts_lost(assessment, given)
    if to_go and gone and to_go != gone:
        yield Limit(key="numbers to go differ", number=to_go - gone)


def _absent(assessment: Assessment) -> tuple[str, ...]:
    """Protected characteristics that the evidence does not speak of at all."""
    dimensions = assessment.cube.layout.dimensions.values()
    there = {dimension.characteristic.protected for dimension in dimensions}
    there |= {held.characteristic for held in assessment.evidence.intake.held_back}
    known = {one.protected: one.title for one in characteristics().values() if one.protected}
    return tuple(protected for protected, title in known.items() if not there & {protected, title})


def _counted_exactly(cube: Cube) -> str | None:
    """A characteristic whose counts are no ranges, if there is one: everybody is counted under each."""
    return next((key for key, table in cube.tables.items() if not table.are_ranges), None)


def _posts_lost(assessment: Assessment, pools: Collection[str]) -> int:
    """Everyone of these pools whose post goes, volunteers included; 0 while nobody has been chosen."""
    cube = assessment.cube
    key = _counted_exactly(cube)
    went = losing_posts(cube, key, assessment.case.stages).went if key else None
    among = [index for index, pool in enumerate(cube.layout.pools) if pool in pools]
    return 0 if went is None else int(went[:, among].sum())
