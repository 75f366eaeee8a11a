"""Takes a visit; gives what stands behind the name of a place while something there needs the user: in words, so that no eye has to know a sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from eia.dashboard.session import Session
from eia.present.documents.response import TO_WRITE
from eia.present.parts.response.not_given import facts_to_give
from eia.present.text.open_questions import questions_told
from eia.present.text.said_first import conventions_told


def needed_at(place: str, visit: Session) -> str:
    """The mark of a place, or of "proposal"; nothing where nothing there needs anybody."""
    told = _MARKS[place](visit) if place in _MARKS and visit.case is not None else ""
    return f" ({told})" if told else ""


def _check(visit: Session) -> str:
    if visit.problem is not None:
        return "to put right"
    return _counted(len(visit.reading.intake.questions) if visit.reading else 0, "to answer")


def _answer(visit: Session) -> str:
    """What has to be known before the answer is read: questions that are open, and conventions of this case."""
    if (assessment := visit.assessment) is None:
        return ""
    first = visit.once("first", lambda: (*questions_told(assessment.evidence.intake), *conventions_told(assessment)))
    return _counted(len(first), "to know")


def _take_away(visit: Session) -> str:
    """Whether the response still has a place of those that every response has; how many a document has in all, only it can tell."""
    assert visit.case is not None  # noqa: S101 - the caller has looked
    return "" if visit.assessment is None or visit.case.texts.keys() >= {*TO_WRITE} else "to write"


def _proposal(visit: Session) -> str:
    return _counted(len(facts_to_give(visit.assessment)) if visit.assessment else 0, "to give")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number else ""


_MARKS: Mapping[str, Callable[[Session], str]] = {
    "check": _check,
    "answer": _answer,
    "take_away": _take_away,
    "proposal": _proposal,
}
