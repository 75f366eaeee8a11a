"""Takes what is known of the version before; gives what changed since: gaps that opened, went or moved, and groups that are new or gone."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.compare import SideBySide, Since, each_once
from eia.law.lookup import written
from eia.present.documents.model import Block, Bullets, Heading, Paragraph
from eia.present.sections.comparison import MOVED, than_expected
from eia.present.text.numbers import people
from eia.present.text.words import LEVELS, QUESTIONS, capital, group_name, listed
from eia.stats.bounds.ranges import most

_MOST = 12
"""Changes told; the others are counted."""


def changed(since: Since | None) -> Iterator[Block]:
    """What changed, in sentences; nothing where there is no version before, or nothing changed that matters."""
    told = changes_told(since) if since else ()
    if since is None or not told:
        return
    yield Heading(f"What changed since the version of {written(since.when.date())}", 3)
    yield Bullets(told[:_MOST])
    if len(told) > _MOST:
        yield Paragraph(f"{people(len(told) - _MOST)} more changes: put both versions side by side with eia compare.")


def changes_told(since: Since) -> tuple[str, ...]:
    """One change a text, those of the evidence first."""
    levels = [
        f"{_named(one)} {_levels(one)} {_people(one)} {QUESTIONS[one.question]}" for one in each_once(since.levels)
    ]
    moved = [f"{_named(one)} {_people(one)} {QUESTIONS[one.question]}" for one in each_once(since.changed) if one not in since.levels and _moved(one)]  # fmt: skip
    groups = [
        f"{said} {listed([group_name(*each) for each in which])}."
        for said, which in (("New in these figures:", since.new), ("No longer in these figures:", since.gone))
        if which
    ]
    return (*levels, *moved, *groups)


def _moved(one: SideBySide) -> bool:
    """Whether a gap that is told moved by as many people as are told of."""
    gaps = [abs(most(state.gap)) for state in one.states if state is not None and state.gap is not None]
    return one.moved >= MOVED and (one.stands_out or max(gaps) >= MOVED)


def _named(one: SideBySide) -> str:
    return f"{capital(group_name(one.characteristic, one.group))}:"


def _levels(one: SideBySide) -> str:
    then, now = (LEVELS[state.level].lower() for state in one.states if state is not None)
    return f"{now} now, {then} before." if then != now else f"{now}, the other way round than before."


def _people(one: SideBySide) -> str:
    then, now = (than_expected(state.gap) for state in one.states if state is not None)
    return f"Now {now}; before, {then}."
