"""Takes an Assessment; gives what a letter of it lacks before it can be sent, and what the documents ask for beside that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from eia.case import Case
from eia.findings.assessment import Assessment
from eia.present.text.words import listed


def not_given(assessment: Assessment) -> tuple[str, ...]:
    """What the case does not give, as nouns."""
    return tuple(_not_given(assessment))


def not_given_told(assessment: Assessment) -> str:
    """The same in sentences of three at most, each short enough to be read once; nothing where nothing lacks."""
    lacks = not_given(assessment)
    threes = [listed(lacks[start : start + 3]) for start in range(0, len(lacks), 3)]
    return " ".join(
        f"{'Nor does it' if place else 'The case does not'} give {three}." for place, three in enumerate(threes)
    )


def facts_to_give(assessment: Assessment) -> tuple[str, ...]:
    """The same, and what is proposed: all that the documents ask the case for."""
    return (*not_given(assessment), *(() if assessment.case.proposal else ("what is proposed",)))


def untitled(assessment: Assessment) -> bool:
    """Whether nobody gave a title, so that the case has that of an empty case or the name of a file."""
    files = {PurePath(source.file).stem for source in assessment.evidence.intake.sources}
    return PurePath(assessment.case.title).stem in {Case().title, *files}


def _not_given(assessment: Assessment) -> Iterator[str]:
    """Whom the letter is to, what it is about, and what decides which law it can cite."""
    case = assessment.case
    if not case.employer.name:
        yield "the name of the employer"
    if untitled(assessment):
        yield "a title"
    if case.employer.kind is None:
        yield "the kind of employer"
    if case.employer.jurisdiction is None:
        yield "the country"
    if case.dates.proposal is None:
        yield "the day of the proposal"
    if case.consultation.begins is None:
        yield "the day consultation opens"
    by_number = case.employer.kind != "Crown"  # no number decides whether the Crown has to consult
    if by_number and case.consultation.number_proposed is None:
        yield "the number of dismissals"
