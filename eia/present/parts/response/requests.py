"""Takes an Assessment and its Figures; gives what a union asks for in writing, numbered, each with its route and whether it was asked for and came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.law.records import Rule
from eia.present.documents.model import Table, tabulated
from eia.present.figures.model import Figures
from eia.present.sections.law import warning
from eia.present.text.words import capital
from eia.process.papers.documents import documents_asked_for, still_to_ask_for

GOOD_PRACTICE = "Good practice"


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to send: what, by which route it is asked for, and the days on which it was asked for and came."""

    what: str
    route: str
    asked: dt.date | None = None
    came: str = ""


def requests(assessment: Assessment, figures: Figures) -> tuple[Request, ...]:
    """Everything asked for: what the law lists first, then what the gaps raise, then policies and papers."""
    return tuple(_requests(assessment, figures))


def _requests(assessment: Assessment, figures: Figures) -> Iterator[Request]:
    papers = assessment.law.papers
    for name, came in papers.documents:
        yield Request(capital(name), _route(papers.duty), came="Yes" if came else "")
    owed = _route(next(iter(assessment.law.applies.duties), None))
    steps = {gap.step for gap in figures.gaps}
    if "selection" in steps or not assessment.cube.chosen:
        yield Request("Scores by criterion and by group, as counts; guidance and training for those who scored", owed)
        yield Request("Rules on absence: what is left out, and which adjustments were made", owed)
    if assessment.mixed:
        yield Request("Which pool each job is in; people in each pool and people selected, by group, as counts", owed)
    if steps & {"scope", "spread"} or not steps:
        yield Request("Papers on how pools were drawn, and which others were looked at", owed)
    yield Request("Your own assessment, with its date and whoever read it", owed)
    yield Request("Alternatives that were looked at, with figures and reasons", owed)
    if assessment.law.form:
        yield Request("A copy of form HR1", _route(assessment.law.form.contents))
    for name, paper in documents_asked_for(assessment.case):
        if paper.asked or paper.received:
            yield Request(capital(name), GOOD_PRACTICE, paper.asked, written(paper.received) if paper.received else "")
    if rest := still_to_ask_for(assessment.case):
        yield Request(capital("; ".join(rest)), GOOD_PRACTICE)


def _route(rule: Rule | None) -> str:
    """Where the rule stands, its instrument left to the table of the law."""
    return f"{rule.provision}{warning(rule)}" if rule else GOOD_PRACTICE


def on_record(told: tuple[Request, ...]) -> bool:
    """Whether the case has anything of what was asked for and what came."""
    return any(one.asked or one.came for one in told)


def requests_table(told: tuple[Request, ...]) -> Table:
    """The requests, numbered; with what was asked for before and what has come, where the case has anything of that."""
    known: Mapping[str, Callable[[tuple[int, Request]], str]] = {
        "Asked before": lambda one: written(one[1].asked) if one[1].asked else "–",
        "Received": lambda one: one[1].came or "–",
    }
    return tabulated(
        "What we ask for",
        tuple(enumerate(told, start=1)),
        {
            "Please send us": lambda one: f"{one[0]}. {one[1].what}",
            "Law named above": lambda one: one[1].route,
            **(known if on_record(told) else {}),
        },
        words=None,
    )
