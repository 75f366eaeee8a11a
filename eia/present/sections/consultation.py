"""Takes the clock of collective consultation; gives its section of the report: words, a table of days, a timeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from eia.case import Case
from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.present.charts.specs import Timeline, TimelineRow
from eia.present.documents.model import (
    Block,
    Bullets,
    Edition,
    Facts,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Table,
    tabulated,
)
from eia.present.sections.law import amount, citation, warning
from eia.present.text.numbers import people
from eia.present.text.words import listed, plural
from eia.process.consultation_clock import Caution, ConsultationClock, Duty, Moment, OutOfOrder, out_of_order

HEADING = "The consultation clock"

_DUTIES: Mapping[Duty, str] = {
    "owed": "Collective consultation is owed, for at least {days} days before the first dismissal takes effect. That is a "
    "minimum and no forecast: consultation may have to last longer.",
    "too few": "Below {trigger} dismissals at one establishment the law sets no least period of collective consultation. "
    "Whether a dismissal is fair is another question, and is asked of every one.",
    "Crown": "{crown}",
    "not recorded": "What applies to Crown employment here is not recorded in this toolkit. Check the law itself.",
    "number not given": "Whether collective consultation is owed cannot be told: the number of dismissals proposed at one "
    "establishment has not been entered. It is never counted from the selections.",
    "day not given": "Whether collective consultation is owed cannot be told: the day of the proposal has not been entered.",
    "place not given": "Whether collective consultation is owed cannot be told: the jurisdiction has not been entered.",
}
MOMENTS: Mapping[Moment, str] = {
    "proposal": "Proposal made",
    "begins": "Consultation begins",
    "notice": "First notice of dismissal",
    "first dismissal": "First dismissal takes effect",
    "begin by for notice": "Consultation to begin by, for its period to run before notice",
    "begin by": "Consultation to begin by, for its period to run before the first dismissal",
    "HR1 by": "Form HR1 in by",
    "not before": "First dismissal not before",
}
_CAUTIONS: Mapping[Caution, str] = {
    "period too short": "The first dismissal, as entered, comes {days} before the least period has run.",
    "notice before consultation": "Notice, as entered, would be given before consultation begins.",
    "notice within the period": "Notice, as entered, would be given before the least period has run. Notice given before "
    "consultation has ended is open to challenge.",
    "dismissal before notice": "The first dismissal, as entered, would take effect before notice is given.",
}


_OUT_OF_ORDER: Mapping[OutOfOrder, str] = {
    "drafted after consultation began": "This assessment is dated {today}. Consultation opened on {begins}, before it. {earlier} Say "
    "whether this one can still change the proposal.",
    "selected during consultation": "The files already say who is selected. Consultation opened on {begins} and covers how people are selected. Say "
    "how it can still change that.",
    "on file before consultation": "The staff records of {extract} already say who is selected. Consultation opened on {begins}, after that, and covers "
    "how people are selected. Say how it could still change that.",
    "selected before consultation": "The files already say who is selected. Consultation opens on {begins} and covers how people are selected. Say "
    "how it can still change that.",
}

_NOT_ENTERED = (
    "Nothing of consultation has been entered, so whether collective consultation is owed, and by which days, cannot be told. It turns on "
    "the number of dismissals proposed at one establishment, volunteers who will be dismissed among them; that is never counted from "
    "the selections. Enter it under “The proposal”, or under [consultation] in the case file."
)


ASSESSES = re.compile(r"(impact|equality) (assessment|analysis)|\bEIA\b", re.IGNORECASE)
"""In the name of a paper that is an assessment such as this."""


def consultation(clock: ConsultationClock | None, case: Case) -> Iterator[Block]:
    """The section; where nothing was entered, what to enter, and nothing for the Crown."""
    if clock is None and case.employer.kind == "Crown":
        return
    yield Heading(HEADING, 2, "consultation")
    if clock is None:
        yield Paragraph(_NOT_ENTERED)
        return
    yield Paragraph(duty(clock), lead=True)
    yield Facts(
        (
            ("Dismissals proposed at one establishment, as entered", _known(clock.number)),
            ("Establishment", case.consultation.establishment or "Not given"),
            ("Posts to be lost in the pools of this case", _known(clock.to_go)),
        )
    )
    yield from cautions(clock)
    if clock.milestones:
        chart = timeline(clock)
        yield Figure(chart.title, chart, "consultation-timeline")
        yield days_table(clock)
    if clock.bands:
        yield _bands_table(clock)
    told = tuple(_told(clock))
    if told:
        yield Bullets(told)
    if clock.changes:
        yield _changes_table(clock)


def cautions(clock: ConsultationClock) -> Iterator[Notice]:
    """The days that do not fit each other."""
    yield from (
        Notice(_CAUTIONS[caution].format(days=plural(clock.short_by, "day", "days")), "caution")
        for caution in clock.cautions
    )


def came_early(assessment: Assessment) -> tuple[OutOfOrder, ...]:
    """What has come before what it should follow, as the days of the case show it."""
    today = assessment.run.when.date()
    in_main_file = any(one.column == "outcome" for one in assessment.evidence.intake.mapped)
    held = assessment.case.dates.extract if in_main_file else None  # selections of a file of their own can be younger
    return out_of_order(assessment.law.clock, assessment.case, chosen=assessment.cube.chosen, today=today, held=held)


def first_of_all(assessment: Assessment, edition: Edition = "confidential") -> Iterator[Block]:
    """The same in sentences, said before everything else."""
    begins, extract = assessment.case.consultation.begins, assessment.case.dates.extract
    known = {"today": assessment.run.when.date(), "begins": begins, "extract": extract}
    words = {name: written(day) for name, day in known.items() if day}
    words["earlier"] = _earlier(assessment.case, edition)
    yield from (Notice(_OUT_OF_ORDER[each].format(**words), "caution") for each in came_early(assessment))


def _earlier(case: Case, edition: Edition) -> str:
    """Which assessment came before consultation, as the record of decisions has it; its words are the case's own, and are not published."""
    begins = case.consultation.begins
    given = [
        paper
        for decision in case.decisions.values()
        if begins and decision.on and decision.on <= begins
        for paper in decision.given
        if ASSESSES.search(paper)
    ]
    if not given:
        return "Say which assessment was made before that."
    if edition == "publishable":
        return "The record of decisions names an earlier assessment."
    return f"The record of decisions names {listed([f'“{paper}”' for paper in dict.fromkeys(given)])}."


def duty(clock: ConsultationClock) -> str:
    """Whether collective consultation is owed, in a sentence or two."""
    days = amount(clock.band.days).split()[0] if clock.band and clock.band.days else ""
    trigger = clock.bands[1].low if clock.bands else ""
    return _DUTIES[clock.duty].format(days=days, trigger=trigger, crown=amount(clock.crown) if clock.crown else "")


def timeline(clock: ConsultationClock) -> Timeline:
    """The days of the clock as a chart."""
    rows = tuple(
        TimelineRow(label=MOMENTS[each.moment], day=each.day, text=written(each.day), entered=each.rule is None)
        for each in clock.milestones
    )
    return Timeline(
        title=HEADING, alt="; ".join(f"{row.label}: {row.text}" for row in rows) + ".", rows=rows,
        entered_label="As entered", rule_label="Follows from a rule",
    )  # fmt: skip


def days_table(clock: ConsultationClock) -> Table:
    """The days of the clock, each with where it comes from."""
    notes = [
        "Days are calendar days. The day itself is the first on which, or the last by which, the thing may happen."
    ]
    if clock.counted_from and not any(each.moment == "begins" for each in clock.milestones):
        notes.append(
            "The day consultation begins was not entered: the least period is counted from the day of the proposal, the "
            "earliest that it can be."
        )
    if any(each.moment == "begin by for notice" for each in clock.milestones):
        ended = next((each for each in clock.cited if each.key == "notice_during_consultation"), None)
        notes.append(
            "The period is counted back from notice too, since notice given before consultation has ended is open to challenge"
            + (f" ({citation(ended)})." if ended else ".")
        )
    if clock.recipient:
        notes.append(
            f"Form HR1 goes in before notice of dismissal is given. Where it goes: {amount(clock.recipient)}{warning(clock.recipient)}"
        )
    return tabulated(
        "Days of the consultation clock",
        clock.milestones,
        {
            "What": lambda each: MOMENTS[each.moment],
            "Day": lambda each: written(each.day),
            "Where it comes from": lambda each: (
                f"{amount(each.rule)}, {each.rule.provision}{warning(each.rule)}" if each.rule else "As entered"
            ),
        },
        words=None,
        notes=tuple(notes),
    )


def _bands_table(clock: ConsultationClock) -> Table:
    return tabulated(
        "What changes with the number proposed at one establishment",
        clock.bands,
        {
            "Dismissals proposed": lambda band: f"{band.low} to {band.high}" if band.high else f"{band.low} or more",
            "Least consultation": lambda band: amount(band.days) if band.days else "None",
            "Form HR1 before the first dismissal": lambda band: amount(band.hr1) if band.hr1 else "Not sent",
            "Applies to": lambda band: "This case" if band == clock.band else "",
        },
        words=None,
        notes=(
            "A number just below a step is worth asking about: who is counted, at which establishment, and from which day.",
        ),
    )


def _told(clock: ConsultationClock) -> Iterator[str]:
    if clock.to_go and clock.number is not None and clock.to_go != clock.number:
        yield (
            f"The number entered is {people(clock.number)}; the pools of this case lose {people(clock.to_go)}. The two need "
            "not agree, since the law counts by establishment and counts volunteers, but the difference should be explained."
        )
    if clock.award:
        under_way = any(each.moment == "proposal" and each.day < clock.award.from_ for each in clock.milestones)
        yield (
            f"If the duty is breached, a tribunal can award each person affected up to {amount(clock.award)}{warning(clock.award)}. That is a ceiling, "
            "not a forecast: what is just and equitable for how serious the breach was."
            + (f" It was another one when this was proposed. {clock.award.note}" if under_way else "")
        )
    if clock.award_uplift and clock.most_award:
        yield (
            f"Where people are dismissed to be re-engaged on other terms, breach of the Code can raise that by up to "
            f"{amount(clock.award_uplift)}, to {clock.most_award:g} days. The Code does not apply to redundancies alone."
        )
    if clock.duty in ("too few", "Crown") and clock.bargaining:
        yield f"{amount(clock.bargaining)} ({citation(clock.bargaining)})"


def _changes_table(clock: ConsultationClock) -> Table:
    return tabulated(
        "Rules that change for dismissals in the year after the proposal",
        clock.changes,
        {
            "From": lambda each: written(each.from_),
            "Rule": lambda each: each.title + warning(each),
            "What it says then": amount,
        },
        words=None,
        notes=(
            "Each person falls under the rule of the day on which that person's dismissal takes effect.",
            *_straddling(clock),
        ),
    )


def _straddling(clock: ConsultationClock) -> Iterator[str]:
    """On which side of the changes the first dismissal falls, where a day of it is known."""
    days = {each.moment: each.day for each in clock.milestones}
    first = days.get("first dismissal") or days.get("not before")
    if first is None:
        return
    known = "is entered as" if "first dismissal" in days else "can take effect no earlier than"
    begun = sum(each.from_ <= first for each in clock.changes)
    yield f"The first dismissal {known} {written(first)}: " + (
        "all of these days have come by then."
        if begun == len(clock.changes)
        else "none of these days has come by then."
        if begun == 0
        else "some of these days have come by then, and others not."
    )


def _known(number: int | None) -> str:
    return "Not given" if number is None else people(number)
