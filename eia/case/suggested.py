"""Takes the text of a case file and lines that it may want; gives the text with these under their headings, as comments: nothing is chosen yet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, get_args

from eia.case.model import Case
from eia.case.proposal import EmployerKind, Jurisdiction

READY, OTHER = "# ", "## "


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What a case file may want under one heading; "" is its top. lines: words, and lines to choose from. ready: the line that can be taken as it is."""

    heading: str
    lines: tuple[str, ...]
    ready: str = ""


def with_suggested(text: str, suggested: Iterable[Suggested]) -> str:
    """The text of a case file with what is suggested as comments, each heading once. A ready line has one mark, and can be taken beside every other
    ready line; where it cannot, and on all others, there are two marks. What stands there already is not put in again.

    >>> print(with_suggested("format = 1", [Suggested(heading="dates", lines=("When was it drawn?",), ready="extract = 2026-05-14")]), end="")
    format = 1
    <BLANKLINE>
    [dates]
    ## When was it drawn?
    # extract = 2026-05-14
    """
    marked = taken = text.removesuffix("\n").split("\n")  # and at no other mark, which a text may hold
    there = {*marked}
    for one in suggested:
        words = [line for line in (f"{OTHER}{line}" for line in one.lines) if line not in there]
        blocks = [(words, words)] if words else []
        if one.ready and not there.intersection((READY + one.ready, OTHER + one.ready)):
            for_later = [*words, OTHER + one.ready]
            blocks = [([*words, READY + one.ready], [*words, one.ready]), (for_later, for_later)]
        at = _place(marked, one.heading)
        for block, if_taken in blocks:
            now, then = _put(marked, at, one.heading, block), _put(taken, at, one.heading, if_taken)
            if _said(now) == _said(marked) and _said(then) is not None:
                marked, taken = now, then
                break
    return "\n".join([*marked, ""])


def for_a_letter(case: Case) -> Iterator[Suggested]:
    """What a letter to the employer needs and the case does not give, with a word each on what to put there."""
    files = {PurePath(file).stem for file in (case.files.workforce, case.files.counts) if file}
    if case.title in {Case().title, *files}:
        yield Suggested(heading="", lines=("For a letter: make the title what the proposal is called.",))
    for heading, wanted in _LETTER.items():
        part = getattr(case, heading)
        if lines := tuple(f"{key} = # {words}" for key, words in wanted.items() if getattr(part, key) in (None, "")):
            yield Suggested(heading=heading, lines=("For a letter, take the marks away and fill in:", *lines))


def _one_of(words: Iterable[str]) -> str:
    return "one of " + ", ".join(f'"{word}"' for word in words)


_LETTER = {
    "employer": {
        "name": 'as its letters have it, such as "Wexford Council"',
        "kind": f"{_one_of(get_args(EmployerKind))}: decides which duties bind",
        "jurisdiction": f"{_one_of(get_args(Jurisdiction))}: where the people work",
    },
    "dates": {"proposal": "the day on which the posts were proposed to go, such as 2026-05-18"},
    "consultation": {
        "begins": "the day on which consultation opens, such as 2026-06-01",
        "number_proposed": "dismissals proposed at one establishment within 90 days, as the employer gives them, such as 45",
        "notice_from": "the first day of notice of dismissal, such as 2026-07-20",
    },
}
"""Heading -> key -> what to put there."""


def _place(lines: list[str], heading: str) -> int | None:
    """Before which line something goes: below its heading and the comments there, or below the last line of the top; None where the heading is new."""
    begins = f"[{heading}]" if heading else "["
    starts = [number for number, line in enumerate(lines) if line.lstrip().startswith(begins)]
    if not heading:
        at = starts[0] if starts else len(lines)
        while at and not lines[at - 1].strip():
            at -= 1
        return at
    if not starts:
        return None
    at = starts[0] + 1
    while at < len(lines) and lines[at].startswith("#"):
        at += 1
    return at


def _put(lines: list[str], at: int | None, heading: str, block: list[str]) -> list[str]:
    return [*lines, "", f"[{heading}]", *block] if at is None else [*lines[:at], *block, *lines[at:]]


def _said(lines: list[str]) -> Any:
    """What the lines of a case file say, without parts that say nothing; None where they are no case file."""
    try:
        return _filled(tomllib.loads("\n".join(lines)))
    except ValueError:
        return None


def _filled(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    held = {key: _filled(each) for key, each in value.items()}
    return {key: each for key, each in held.items() if each != {}}
