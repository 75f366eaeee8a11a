"""Takes the record of reading; gives what stands before any answer: what was guessed, what was not read or used, and numbers that do not fit."""

from __future__ import annotations

from collections.abc import Iterator

from eia.intake.asking.answers import case_lines
from eia.intake.asking.in_words import asked_in_words, guess_in_words
from eia.intake.intake_record import Intake
from eia.intake.questions import Choice, OpenQuestion
from eia.present.text.words import plural

FIRST = "Before the answer: how the file was read"
GUESSED = "Nobody has confirmed how people were counted. These are our guesses."
_NAMED = 6


def questions_told(intake: Intake) -> tuple[str, ...]:
    """What a reader has to know before any answer; nothing where nothing is open."""
    counted = [one for one in intake.questions if one.changes_who_is_counted]
    columns = [one for one in intake.questions if one.kind == "column" and not one.guess]
    others = [one for one in intake.questions if one not in counted and one not in columns]
    told = ([GUESSED] if counted else []) + [_told(one) for one in counted]
    return (*told, *_not_used(columns), *map(_told, others))


def question_lines(intake: Intake) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every open question: the question with our guess and why, and the lines of a case file that answer it."""
    for one in intake.questions:
        seen = f" Seen: {', '.join(one.seen)}." if one.seen else ""
        rows = f" ({plural(one.rows, 'row', 'rows')})" if one.rows else ""
        text = f"{asked_in_words(one)}{rows}{seen} We take: {guess_in_words(one)}. Why: {one.reason}. It decides {one.depends}."
        yield text, case_lines(one)


def files_told(intake: Intake) -> Iterator[tuple[str, str]]:
    """Of every file how many rows were read; and what of it was left out, or not read, where anything was."""
    for source in intake.sources:
        yield f"{source.file}: {source.rows:,} rows, {source.encoding}", source.remarks


def number_told(proposed: int | None, leaving: int) -> str:
    """That the redundancies entered are not as many as lose their posts by the files; nothing where they are, or where either number is not known.

    >>> number_told(45, 42), number_told(42, 42), number_told(None, 42), number_told(45, 0)
    ('45 redundancies are entered. By the files 42 people lose their posts, volunteers included. Ask the employer why.', '', '', '')
    """
    if not proposed or not leaving or proposed == leaving:
        return ""
    entered, leave = (
        plural(proposed, "redundancy is", "redundancies are"),
        plural(leaving, "person loses a post", "people lose their posts"),
    )
    return f"{entered} entered. By the files {leave}, volunteers included. Ask the employer why."


def _told(question: OpenQuestion) -> str:
    rows = f" ({plural(question.rows, 'row', 'rows')})" if question.rows else ""
    why = (
        f" Why: {question.reason}." if question.kind in ("rare labels", "held names") else ""
    )  # it names the rows that nothing else shows
    return f"{asked_in_words(question)}{rows} We took: {guess_in_words(question)}.{why}"


def _not_used(columns: list[OpenQuestion]) -> Iterator[str]:
    """Columns that only look like something, in one sentence, and what each may be."""
    named = [f"“{choice.answer}” ({_may_be(choice)})" for one in columns for choice in one.choices if choice.answer]
    if named:
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        verb = "was" if len(named) == 1 else "were"
        yield f"{plural(len(named), 'column', 'columns')} {verb} not used: {', '.join(named[:_NAMED])}{more}."


def _may_be(choice: Choice) -> str:
    return choice.words.removeprefix(f"“{choice.answer}” ").replace("is the", "may be the", 1)
