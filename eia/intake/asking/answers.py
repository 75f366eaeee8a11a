"""Takes a case and answers to open questions; gives the case with the answers in it, and the lines of a case file for each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from eia.case import Case, changed
from eia.errors import visible
from eia.intake.questions import OpenQuestion

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def answered(case: Case, answers: Iterable[tuple[OpenQuestion, str]]) -> Case:
    """The case with the answer to each question where its setting is; "" ignores the column that the question is about.

    Raises EiaError where an answer is none that a case may hold.
    """
    values: dict[str, Any] = case.model_dump(mode="json", exclude_none=True)
    parts = set()
    for question, answer in answers:
        *tables, key = _place(question, answer)
        if key == "ignored":
            values[key] = [*dict.fromkeys([*values[key], question.about])]
        else:
            table = values
            for name in tables:
                table = table.setdefault(name, {})
            table[key] = answer
        parts.add([*tables, key][0])
    return changed(case, **{part: values[part] for part in parts}) if parts else case


def guessed(case: Case, questions: Iterable[OpenQuestion]) -> Case:
    """The case with our guess at each question; a column that is not used meanwhile is left as it is."""
    return answered(case, ((question, question.guess) for question in questions if question.guess))


def case_line(question: OpenQuestion, answer: str) -> tuple[str, str]:
    """What answers a question in a case file: a heading, "" for the top of the file, and the line below it.

    >>> from eia.intake.questions import Choice
    >>> asked = OpenQuestion(kind="label", about="Hetero", seen=(), rows=9, guess="", reason="", choices=(), depends="",
    ...     setting=("categories", "labels", "sexual_orientation", "Hetero"))
    >>> case_line(asked, "not recorded")
    ('categories.labels.sexual_orientation', 'Hetero = "not recorded"')
    """
    *tables, key = _place(question, answer)
    if key == "ignored":
        return "", ignoring([question.about])
    value = answer if tables == ["dates"] else _text(answer)
    return ".".join(map(_key, tables)), f"{_key(key)} = {value}"


def ignoring(headers: Iterable[str]) -> str:
    """The line of a case file that leaves columns out."""
    return f"ignored = [{', '.join(map(_text, headers))}]"


def case_lines(question: OpenQuestion) -> tuple[str, ...]:
    """Every answer as a case file takes it: a heading, below it the line of each answer, and behind each what it means."""
    lines, above = [], "\0"
    for choice in question.choices:
        heading, line = case_line(question, choice.answer)
        if heading != above:
            lines.append(f"[{heading}]" if heading else "# at the top of the file:")
        lines.append(f"{line} # {visible(choice.words)}{' (our guess)' if choice.answer == question.guess else ''}")
        above = heading
    return tuple(lines)


def _place(question: OpenQuestion, answer: str) -> tuple[str, ...]:
    return question.setting if answer else ("ignored",)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
