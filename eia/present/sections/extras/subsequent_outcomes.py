"""Takes an Assessment; gives the section on what happened beside selection: each step, pay lost, time in the redeployment pool."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eia.case import REDEPLOYED, SLOTTED_IN, VOLUNTEER
from eia.counts.subsequent_steps import ACCEPTED, LEFT, OFFERED, REFUSED
from eia.findings.assessment import Assessment
from eia.findings.headlines import NEVER_LEADING
from eia.findings.supplementary.subsequent_outcomes import AtStep, ByNumber, GroupAt, GroupNumber, Measure
from eia.present.documents.model import Block, Bullets, Heading, Paragraph, Table, heads
from eia.present.text.contrasts import CLUSTERED, DESCRIPTIVE, contrast_cells, per_cent
from eia.present.text.numbers import (
    expected,
    how_often,
    interval,
    people,
    percent,
    pounds,
    pvalue,
    ratio,
    signed,
    whole,
)
from eia.present.text.supplementary import characteristic_of
from eia.present.text.words import LEVELS, capital, group_name, listed, plural
from eia.stats.models.contrast import Contrast
from eia.stats.permutation.logrank import LogrankTest
from eia.stats.permutation.trend import TrendTest
from eia.stats.results import StratifiedTest
from eia.vocabulary.characteristics import Group

TITLE = "What happened next"
INTRODUCTION = (
    "Here stands what came before and after people were selected. Each step compares those who went through it with those still there when it began, "
    "inside their pools. Each step is a family of comparisons of its own, and none changes a level of the three questions. The more steps are looked at, the likelier it is that something stands out at one of them by chance."
)
_TOGETHER = "p takes people as dealt with one by one. Where whole teams or posts were dealt with together, chance does more than p says."
_AS_GIVEN = (
    "Pay is compared as the files give it. Where it is what is paid for the hours worked, fewer hours are less pay."
)
_ALLOWED = {"grade": "grade", "service": "length of service", "hours": "hours"}
_TOLD = 4
"""Groups of which something is said at each step; the table has every group that could be compared."""


@dataclass(frozen=True, slots=True)
class StepWords:
    """How a step is spoken of. there: who could go through it. went, not_went: of people, after "were". ask: to put to the employer."""

    title: str
    there: str
    went: str
    not_went: str
    ask: str


_STEPS: Mapping[str, StepWords] = {
    SLOTTED_IN: StepWords("Slotted in", "people in a pool", "slotted in", "not slotted in",
                       "By which rule were people slotted in, and who decided who matched which post?"),
    VOLUNTEER: StepWords("Accepted as volunteers", "people still in a pool when volunteers were accepted", "accepted as volunteers",
                      "not accepted as volunteers", "How was voluntary exit offered, and to whom? Was anybody pressed to apply?"),
    ACCEPTED: StepWords("Applied for voluntary exit: accepted or refused", "people who applied for voluntary exit", "accepted", "refused",
                     "By which rule were applications accepted and refused, and who decided?"),
    REDEPLOYED: StepWords("Redeployed", "people selected", "redeployed", "not redeployed",
                       "Which vacancies was each of those selected offered, when, and who decided what was suitable?"),
    "dismissed": StepWords("Dismissed", "people selected and still there", "dismissed", "not dismissed",
                        "What keeps in work those selected who are not dismissed, and who was it offered to?"),
    OFFERED: StepWords("Offered other work", "people selected", "offered other work", "not offered other work",
                    "Which work was each offered, when, and who decided that it was suitable?"),
    REFUSED: StepWords("Refused other work", "people whose answer to an offer is known", "recorded as refusing it", "not recorded so", "Why was it refused? Who decided whether it was suitable, and whether refusing it was unreasonable for that person?"),
    LEFT: StepWords("Left after a trial", "people who took other work", "recorded as leaving it after a trial", "not recorded so",
                 "Was training given, and were adjustments made? Who decided that the work did not suit?"),
    "downgraded": StepWords("Downgraded", "people who stay in work", "downgraded", "not downgraded",
                         "How was it decided who goes to a lower grade, and who was offered a post of their own grade?"),
    "hours cut": StepWords("Hours cut", "people who stay in work", "given fewer hours", "not given fewer hours",
                        "How was it decided whose hours are cut, and was anybody asked who wanted fewer?"),
    "pay cut": StepWords("Pay cut", "people who stay in work", "given less pay", "not given less pay",
                      "How was the new pay set, for how long is the old one protected, and is that the same for everyone?"),
    "moved": StepWords("Moved to another place", "people who stay in work", "moved", "not moved",
                    "Who was asked what a longer journey means for care, part-time hours or a disability?"),
}  # fmt: skip


def step_words(assessment: Assessment, step: str) -> StepWords:
    """The words of a step; of a stage that the case names itself, words that fit any."""
    if step in _STEPS:
        return _STEPS[step]
    stages = assessment.case.stages
    late = stages.order.index(step) > stages.order.index(stages.compulsory)
    there = f"people {'selected and still there' if late else 'still in a pool'} when it began"
    return StepWords(
        capital(step), there, f"given the outcome “{step}”", "not given it", "How was this decided, and by whom?"
    )


_NUMBERS: Mapping[Measure, tuple[str, str]] = {
    "pay lost": (
        "Pay lost, in pounds a year",
        "How was the new pay set, for how long is the old one protected, and is that the same for everyone?",
    ),
    "pay protection": (
        "Months of pay protection, of those who lose pay",
        "By which rule is pay protected, and why for longer for some?",
    ),
    "days in the redeployment pool": (
        "Time in the redeployment pool",
        "Which vacancies came up while each person waited, who was told of them, and who was offered them?",
    ),
}


def question_about(assessment: Assessment, one: AtStep | ByNumber) -> str:
    """What to ask the employer of a step, or of a number."""
    return step_words(assessment, one.step).ask if isinstance(one, AtStep) else _NUMBERS[one.measure][1]


def subsequent_outcomes_section(assessment: Assessment) -> tuple[Block, ...]:
    """The section, its heading first; nothing where the files say nothing of it."""
    parts = subsequent_outcomes_parts(assessment)
    if not parts:
        return ()
    return (Heading(TITLE, 2, "came-of-it"), Paragraph(INTRODUCTION), *(block for part in parts for block in part))


def subsequent_outcomes_parts(assessment: Assessment) -> tuple[tuple[Block, ...], ...]:
    """Each step, and each number, as a part of the section, its heading first."""
    told = assessment.further.subsequent_outcomes
    steps = (tuple(_step(assessment, step)) for step in told.steps)
    return (*steps, *(tuple(_number(assessment, number)) for number in told.numbers))


def subsequent_outcomes_told(assessment: Assessment) -> tuple[str, ...]:
    """Every step in a sentence: how many went through it, and the groups that stand out."""
    told = assessment.further.subsequent_outcomes
    return (
        *(
            _line(step_words(assessment, one.step).title, _people_at(assessment, one), _outstanding(assessment, one))
            for one in told.steps
        ),
        *(_line(_NUMBERS[one.measure][0], _people_of(one), _outstanding(assessment, one)) for one in told.numbers),
    )


def _line(title: str, fact: str, outstanding: Sequence[str]) -> str:
    return " ".join((f"{title}: {fact}", *outstanding))


def _step(assessment: Assessment, step: AtStep) -> Iterator[Block]:
    words = step_words(assessment, step.step)
    yield Heading(words.title, 3)
    yield Paragraph(_people_at(assessment, step), lead=True)
    yield _said(assessment, step, words.ask)
    if step.groups:
        yield _step_table(assessment, step, words)


def _number(assessment: Assessment, number: ByNumber) -> Iterator[Block]:
    title, ask = _NUMBERS[number.measure]
    yield Heading(title, 3)
    yield Paragraph(_people_of(number), lead=True)
    yield _said(assessment, number, ask)
    if number.groups:
        yield _waits_table(assessment, number) if number.placed is not None else _amounts_table(assessment, number)


def _people_at(assessment: Assessment, step: AtStep) -> str:
    words = step_words(assessment, step.step)
    return f"{people(step.went)} of {people(step.there)} {words.there} were {words.went} ({percent(step.went, step.there)})."


def _people_of(number: ByNumber) -> str:
    if number.measure == "pay lost":
        return (
            f"What {plural(number.people, 'person who stays', 'people who stay')} in work {'lose' if number.total >= 0 else 'gain'} is known: "
            f"{pounds(abs(number.total))} a year together; half of them {f'lose {pounds(number.median)} or less' if number.median > 0 else 'lose nothing'}."
        )
    if number.measure == "pay protection":
        return (
            f"Of {people(number.people)} people who lose pay, half are protected for {number.median:g} months or less."
        )
    return f"{people(number.placed or 0)} of {people(number.people)} people who entered it were placed in a new post, {_half(number.median)}."


def _outstanding(assessment: Assessment, one: AtStep | ByNumber) -> tuple[str, ...]:
    """The groups that stand out, the strongest first, each comparison once, in a sentence each."""
    out = [g for g in one.groups if g.more is not None and not g.mirrored and g.characteristic not in NEVER_LEADING]
    return tuple(_standing_out(assessment, one, group) for group in sorted(out, key=lambda g: g.adjusted_p)[:_TOLD])


def _standing_out(assessment: Assessment, one: AtStep | ByNumber, group: GroupAt | GroupNumber) -> str:
    who = capital(_name(assessment, group.characteristic, group.group))
    went = step_words(assessment, one.step).went if isinstance(one, AtStep) else ""
    fact = _went_of(group.test, went) if isinstance(group, GroupAt) else number_of(group, one)
    return f"{who}: {fact}. {LEVELS[group.level]}. Chance would do this {how_often(group.adjusted_p)}, counting every group looked at."


def _went_of(test: StratifiedTest, went: str) -> str:
    return (
        f"{people(test.observed)} of {people(test.group_people)} {went}, in pools that can tell; about {whole(test.expected)} if it had fallen evenly "
        "there"
    )


def number_of(group: GroupNumber, one: AtStep | ByNumber) -> str:
    """What a group loses, how long it is protected or waits, beside what would be even."""
    test = group.test
    if isinstance(test, LogrankTest):
        return (
            f"{people(test.observed)} placed, where about {whole(test.expected)} would be expected for the time waited: {_half(test.median)}, "
            f"and of everyone else {_half(test.others_median)}"
        )
    if isinstance(one, ByNumber) and one.measure == "pay lost":
        return _pay_lost(group, test, one)
    return f"protected for {expected(test.mean_selected)} months on average, where {expected(test.expected_mean)} would be even"


def _pay_lost(group: GroupNumber, test: TrendTest, number: ByNumber) -> str:
    """How much more or less a group loses than everyone else; what it loses beside what would be even, where that and ranks do not point the same way;
    how often it loses more, where averages do not either."""
    gap = group.contrast.estimate if group.contrast else 0.0
    if not gap or not math.isfinite(gap) or (gap > 0) != group.more:
        if (test.mean_selected > test.expected_mean) != group.more:
            return f"lose {'more' if group.more else 'less'} than others of their pool in {_pairs(test, more=bool(group.more))} of pairs"
        return f"lose {pounds(test.mean_selected)} a year on average, where {pounds(test.expected_mean)} would be even"
    allowing = number.allowing_at(group.characteristic)
    alike = f", at the same {_allowing(allowing)}" if allowing else ""
    way = "more" if gap > 0 else "less"
    return f"lose {per_cent(abs(gap)).removeprefix('+')} {way} a year than everyone else in the same pools{alike}"


def _pairs(test: TrendTest, *, more: bool) -> str:
    return percent(test.probability_higher if more else 1 - test.probability_higher, 1)


def _allowing(names: Sequence[str]) -> str:
    return listed([_ALLOWED[name] for name in names])


def _half(days: float) -> str:
    """By when half of some people were placed."""
    return "fewer than half in the time seen" if math.isinf(days) else f"half within {plural(days, 'day', 'days')}"


def _said(assessment: Assessment, one: AtStep | ByNumber, ask: str) -> Bullets:
    """The groups that stand out, what to ask of them, and how many comparisons were made."""
    outstanding = _outstanding(assessment, one)
    return Bullets((*outstanding, *((f"To ask: {ask}",) if outstanding else ()), _chance(one)))


def _chance(one: AtStep | ByNumber) -> str:
    if not one.family:
        return "Nothing can be compared: no pool holds both a group and others, of whom some went through this and some did not."
    told = f"{plural(one.family, 'comparison was', 'comparisons were')} made"
    if isinstance(one, ByNumber):
        return f"{told}."
    unsure = sum(group.level == "cannot_say" for group in one.groups if not group.mirrored)
    return f"{told}; in {people(unsure)} of them the figures fit a large gap as well as none." if unsure else f"{told}."


def _name(assessment: Assessment, key: str, group: Group) -> str:
    return group_name(characteristic_of(assessment, key), group)


_Row = tuple[
    GroupAt | GroupNumber, tuple[str, ...], float
]  # a group, the cells between its name and p, and its p alone


def _table(
    assessment: Assessment, title: str, titles: tuple[str, ...], rows: Iterable[_Row], notes: tuple[str, ...]
) -> Table:
    """Every group that could be compared, with what can be said of chance."""
    told = tuple(rows)
    return Table(
        title=f"{title}: every group that could be compared",
        columns=heads("Group", *titles, "p, alone", "p, all comparisons", "Evidence", words=("Evidence",)),
        rows=tuple(
            (at.group.label, *cells, pvalue(p), pvalue(at.adjusted_p), LEVELS[at.level]) for at, cells, p in told
        ),
        sections=tuple(characteristic_of(assessment, at.characteristic).title for at, _, _ in told),
        notes=notes,
    )


def _step_table(assessment: Assessment, step: AtStep, words: StepWords) -> Table:
    went, stayed = capital(words.went), capital(words.not_went)
    gap = ("Expected", "More (+) or fewer (−)", "Odds ratio", "Interval")
    return _table(
        assessment,
        words.title,
        (went, stayed, f"{went}, share", "Others, share", *gap),
        ((group, _step_cells(group), group.test.midp) for group in step.groups),
        notes=(
            f"Of {words.there}, where the files say. The first figures count every pool; expected, and what follows it, those pools that can tell, inside which "
            "the group is compared with everyone else whose answer is known. Mid-p and its interval; Holm's method for all comparisons.",
            _TOGETHER,
        ),
    )


def _step_cells(group: GroupAt) -> tuple[str, ...]:
    test = group.test
    return (
        people(group.went),
        people(group.there - group.went),
        percent(group.went, group.there),
        percent(group.everyone_went - group.went, group.everyone - group.there),
        expected(test.expected),
        signed(test.excess),
        ratio(test.odds_ratio.estimate),
        interval(test.odds_ratio.midp_interval),
    )


def _amounts_table(assessment: Assessment, number: ByNumber) -> Table:
    paid = number.measure == "pay lost"
    shown = pounds if paid else expected
    beside = ("Difference", "Interval", "Left out of the difference") if paid else ("If even",)
    rows = (
        (
            group,
            (
                people(test.selected),
                shown(test.mean_selected),
                *(_pay_cells(group.contrast) if paid else (shown(test.expected_mean),)),
                percent(test.probability_higher, 1),
            ),
            test.pvalue,
        )
        for group in number.groups
        if isinstance(test := group.test, TrendTest)
    )
    return _table(
        assessment,
        _NUMBERS[number.measure][0],
        ("People", "On average", *beside, "Pairs in which the group has more"),
        rows,
        notes=(
            *(
                (_differences(number), f"{CLUSTERED} {DESCRIPTIVE}")
                if paid
                else ("If even: the average to expect of as many people of each pool, whoever they are.",)
            ),
            "Pairs: of somebody of the group and somebody else in the same pool; ties count half, and 50% is even. p rests on ranks "
            "within the pool (van Elteren), so that one very large amount does not decide it.",
            _TOGETHER,
            *((_AS_GIVEN,) if paid else ()),
        ),
    )


def _pay_cells(contrast: Contrast | None) -> tuple[str, ...]:
    return (*contrast_cells(contrast, per_cent), people(contrast.left_out) if contrast else "–")


def _differences(number: ByNumber) -> str:
    """What differences of pay compare."""
    allowing = f", allowing for {_allowing(number.allowing)}" if number.allowing else ""
    own = (
        " Groups of grade are not compared at the same grade, nor working patterns at the same hours."
        if allowing
        else ""
    )
    return (
        f"Difference: how much more the group loses than everyone else in the same pools{allowing} (ordinary least squares of logarithms). Left out "
        f"is who loses nothing or gains, and whose figures are not known.{own}"
    )


def _waits_table(assessment: Assessment, number: ByNumber) -> Table:
    titles = (
        "People",
        "Placed",
        "Expected",
        "Days until half placed",
        "The same of others",
        "Speed, of others 1",
        "Interval",
    )
    rows = (
        (
            group,
            (
                people(test.group_people),
                people(test.observed),
                expected(test.expected),
                _shown_days(test.median),
                _shown_days(test.others_median),
                *contrast_cells(group.contrast, ratio),
            ),
            test.pvalue,
        )
        for group in number.groups
        if isinstance(test := group.test, LogrankTest)
    )
    return _table(
        assessment,
        _NUMBERS[number.measure][0],
        titles,
        rows,
        notes=(
            "Log-rank test inside pools: of everyone waiting on each day on which somebody was placed, the group is expected to have its "
            "share. Who is still waiting, or left without a new post, counts up to that day. Days allow for these too, with all pools "
            "taken together (Kaplan and Meier); a dash means that half were never placed. If one group entered much later than another, "
            "it was also seen for less long.",
            "Speed: the ratio of hazards, how many of the group are placed a day for each that would be placed of as many others waiting in the same "
            f"pools (Cox's model, a baseline for each pool). {CLUSTERED} {DESCRIPTIVE}",
        ),
    )


def _shown_days(days: float) -> str:
    return "–" if not math.isfinite(days) else people(days)
