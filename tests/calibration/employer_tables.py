"""Takes how many employers to draw; gives what the toolkit says of them, counted: false alarms, and what it sees of what is planted."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial

from employers import HIDDEN, NULL, QUESTIONS, SELECTION, SPREAD, Design, Question, Said, Size, in_both, judged

FIRST = 4_000
PLANTED = {design.name: ("sex", "Female") for design in SPREAD} | {
    HIDDEN.name: ("sex", "Male"),  # within each size it is men's pools that lose more
    **dict(
        zip((design.name for design in SELECTION), (("sex", "Female"), ("disability", "Disabled"),
            ("race_group", "Black or Black British")), strict=True),
    ),
}  # fmt: skip
"""Who is at a disadvantage by each planted design: the characteristic and the group."""

Employers = Sequence[tuple[Said, ...]]


def drawn(design: Design, size: Size, number: int, pool: Executor | None = None) -> Employers:
    """What is said of so many employers, each of a seed of its own."""
    work: Callable[[int], tuple[Said, ...]] = partial(judged, design, size)
    seeds = range(FIRST, FIRST + number)
    return list(pool.map(work, seeds, chunksize=5) if pool else map(work, seeds))


def share(employers: Employers, holds: Callable[[Said], bool]) -> float:
    """The share of employers of whom something is said that holds."""
    return sum(any(map(holds, said)) for said in employers) / len(employers)


def false_alarms(employers: Employers, question: Question) -> float:
    """The share of even-handed employers with anything found under a question."""
    return share(employers, lambda said: said.question == question and said.level == "found")


def at_most(number: int, level: float = 0.05) -> float:
    """A share that one employer in twenty, or fewer, stays below in so many drawn: 5% and two standard errors."""
    return level + 2.0 * math.sqrt(level * (1.0 - level) / number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Shares of employers in which a planted disadvantage is found; in which its direction is given without its being found; in which
    the wrong direction is given, found or not; and in which that is found."""

    found: float
    pointed_at: float
    wrong: float
    wrong_found: float


def seen(employers: Employers, design: Design) -> Seen:
    """How far what a design plants is seen."""
    (question,), planted = design.asked, PLANTED[design.name]

    def said_of(direction: str, levels: Callable[[str], bool]) -> float:
        return share(
            employers,
            lambda said: (
                (said.question, said.characteristic, said.group, said.direction) == (question, *planted, direction)
                and levels(said.level)
            ),
        )

    return Seen(
        found=said_of("against", lambda level: level == "found"),
        pointed_at=said_of("against", lambda level: level != "found"),
        wrong=said_of("for", lambda level: True),
        wrong_found=said_of("for", lambda level: level == "found"),
    )


def employers(number: int, pool: Executor | None = None) -> Iterator[str]:
    """The two tables: of so many employers of each design in sizes S and M, and a third as many in L."""
    yield "### Employers of known designs"
    yield ""
    yield "S, M and L have 3, 12 and 60 pools. Where each is one post, as small as posts are, 60, 300 and 2,500 people are employed; where each is"
    yield "several posts, so many are in pools, and as many again in none."
    yield ""
    yield f"{number} employers a design, {number // 3} in L (seeds {FIRST} on). Nothing wrong: per cent of employers with anything found,"
    yield f"{_percent(at_most(number))} being 5 and two standard errors, {_percent(at_most(number // 3))} in L; and per cent in which any group's pools are said to differ."
    yield ""
    yield from _table(("nothing wrong", "a pool is", "size", *QUESTIONS, "pools differ"), _null(number, pool))
    yield "Planted: per cent of employers in which the disadvantage is found; in which its direction is given and it is not found; in which the wrong"
    yield "direction is given, and in brackets found."
    yield ""
    yield from _table(
        ("planted", "a pool is", "size", "of whom", "found", "direction alone", "wrong direction"),
        _planted(number, pool),
    )


def _null(number: int, pool: Executor | None) -> Iterator[Sequence[str]]:
    for design in _both(NULL):
        for size, of_size in _numbers(number, ("S", "M", "L")):
            given = drawn(design, size, of_size, pool)
            shares = (_percent(false_alarms(given, each)) if each in design.asked else "–" for each in QUESTIONS)
            differ = _percent(share(given, lambda said: said.pools_differ)) if "selection" in design.asked else "–"
            yield design.name, design.pools, size, *shares, differ


def _planted(number: int, pool: Executor | None) -> Iterator[Sequence[str]]:
    for design in _both((*SPREAD, HIDDEN, *SELECTION)):
        for size, of_size in _numbers(number, ("M", "L")):
            told = seen(drawn(design, size, of_size, pool), design)
            wrong = f"{_percent(told.wrong)} ({_percent(told.wrong_found)})"
            yield (
                design.name,
                design.pools,
                size,
                PLANTED[design.name][1],
                _percent(told.found),
                _percent(told.pointed_at),
                wrong,
            )


def _both(designs: Iterable[Design]) -> Iterator[Design]:
    return itertools.chain.from_iterable(map(in_both, designs))


def _numbers(number: int, sizes: Iterable[Size]) -> Iterator[tuple[Size, int]]:
    return ((size, number // 3 if size == "L" else number) for size in sizes)


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|---" * len(head) + "|"
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""
