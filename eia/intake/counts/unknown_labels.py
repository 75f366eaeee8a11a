"""Takes the labels of a characteristic in a table of counts that are not known; gives the group that each is read as, and what has to be asked of them.

They are read as those of a file of people are. A label that few people share is not shown: its rows are named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eia.case import AS_WRITTEN
from eia.errors import MIN_ROWS_TO_QUOTE, rows_named, visible
from eia.intake.columns.identifiers import identifies, may_be_shown
from eia.intake.counts.count_table import CountTable
from eia.intake.intake_record import Recoding
from eia.intake.people.labels import Guess, answers_to_choose, as_told, likely_group
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.characteristics import NOT_RECORDED, Characteristic, Group, group_called
from eia.vocabulary.names import could_name_person, is_nation
from eia.vocabulary.synonyms import bag


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLabels:
    """groups: of each row with a label that is not known. questions: what is to be asked. said: what was made of them. lost: the rows of a
    closed characteristic in none of its groups, where they are too many to be left out."""

    groups: Mapping[int, Group]
    questions: tuple[OpenQuestion, ...] = ()
    said: tuple[Recoding, ...] = ()
    lost: tuple[int, ...] = ()


def read_labels(
    table: CountTable, characteristic: Characteristic, unknown: Sequence[int], known: Mapping[int, Group]
) -> ReadLabels:
    """Read them. unknown: their rows. known: the group of each row whose label is known."""
    guesses = {row: _guess(table, characteristic, row, unknown, known) for row in unknown}
    told = table.case.categories.others.get(characteristic.key, "")
    if told:
        guesses = {
            row: as_told(guess, told, table.groups[row]) if _shown(table, row) is None else guess
            for row, guess in guesses.items()
        }
    guesses |= {row: _by_row(table, row) for row, guess in guesses.items() if _names_somebody(table, row, guess, told)}
    lost = [row for row, guess in guesses.items() if guess.kind == "label" and guess.group == NOT_RECORDED]
    answered = [row for row, group in known.items() if group.kind == "answer"]
    if characteristic.closed and not told and 2 * _people(table, lost) >= _people(table, answered):
        return ReadLabels(groups={row: guess.group for row, guess in guesses.items()}, lost=tuple(lost))
    asked = {row: guess for row, guess in guesses.items() if guess.reason}
    return ReadLabels(
        groups={row: guess.group for row, guess in guesses.items()},
        questions=tuple(_questions(table, characteristic, asked)),
        said=tuple(_said(table, guesses)),
    )


def _guess(
    table: CountTable, characteristic: Characteristic, row: int, unknown: Sequence[int], known: Mapping[int, Group]
) -> Guess:
    """What a label may be; never a group that has a row of its own in the same pool, and one that is written like another is that."""
    label, there = (
        table.groups[row],
        {group for other, group in known.items() if table.places[other] == table.places[row]},
    )
    alike = next((table.groups[other] for other in unknown if bag(table.groups[other]) == bag(label)), label)
    if not characteristic.closed and alike != label and all(
        table.groups[other] != alike for other in unknown if table.places[other] == table.places[row]
    ):  # fmt: skip
        return Guess(
            visible(alike),
            group_called(visible(alike)),
            "near labels",
            "it differs from another label in how it is written only",
        )
    guess = likely_group(characteristic, label, likely=True)
    if guess.group.kind != "answer" or guess.group not in there:
        return guess
    own = NOT_RECORDED if characteristic.closed else group_called(visible(label))
    return Guess(
        own.kind if characteristic.closed else own.label,
        own,
        "label",
        f"it has a row of its own beside “{guess.group.label}”",
    )


def _names_somebody(table: CountTable, row: int, guess: Guess, told: str) -> bool:
    """Whether a label that would be a group of its own looks like somebody's name, or says how to reach them. Published groups of few people
    keep their names."""
    label = visible(table.groups[row])
    if guess.group.label != label or told == AS_WRITTEN or is_nation(label):
        return False
    return identifies(label) or (_people(table, [row]) < MIN_ROWS_TO_QUOTE and could_name_person(label))


def _by_row(table: CountTable, row: int) -> Guess:
    """A group called by the first row that has its label."""
    (number,) = table.raw.row_numbers(np.array([table.groups.index(table.groups[row])], dtype=np.int64))
    own = group_called(f"Group of row {number}")
    return Guess(own.label, own, "label", "it looks like the name of a person")


def _people(table: CountTable, rows: Sequence[int]) -> int:
    """How many people, at least, the first column of figures states in these rows."""
    measure = table.counting("people") or table.measures[0]
    return sum(figure.low for row in rows for figure in measure.at(row)[:1])


def _shown(table: CountTable, row: int) -> str | None:
    """The label of a row, where enough people share it for it to be shown."""
    label = table.groups[row]
    same = [other for other, group in enumerate(table.groups) if group == label]
    return visible(label) if may_be_shown(label, _people(table, same)) else None


def _questions(table: CountTable, characteristic: Characteristic, asked: Mapping[int, Guess]) -> list[OpenQuestion]:
    """A question for each label that may be shown, and one for all others."""
    depends = f"who is counted in which group of {characteristic.title}"
    found: dict[str, OpenQuestion] = {}
    for row, guess in asked.items():
        if (label := _shown(table, row)) and label not in found:
            rows = sum(table.groups[other] == table.groups[row] for other in asked)
            near = (Choice(answer=guess.answer, words=guess.answer),) if guess.kind == "near labels" else ()
            found[label] = OpenQuestion(
                kind=guess.kind, about=label, seen=(label,), rows=rows, guess=guess.answer, reason=guess.reason,
                choices=(*near, *answers_to_choose(characteristic, own=label)), setting=("categories", "labels", characteristic.key, label), depends=depends,
            )  # fmt: skip
    rare = [row for row in asked if _shown(table, row) is None]
    if rare:
        reasons = "; ".join(dict.fromkeys(asked[row].reason for row in rare))
        found[""] = OpenQuestion(
            kind="rare labels", about=characteristic.title, seen=(), rows=len(rare), guess="likeliest", reason=f"{reasons} ({_named(table, rare)})",
            choices=(Choice(answer="likeliest", words="each as what it most likely is"), *answers_to_choose(characteristic, own="")),
            setting=("categories", "others", characteristic.key), depends=depends,
        )  # fmt: skip
    return list(found.values())


def _said(table: CountTable, guesses: Mapping[int, Guess]) -> list[Recoding]:
    """What each label was read as, so that no misspelling passes for a group unseen."""
    of_group: dict[str, list[int]] = {}
    for row, guess in guesses.items():
        of_group.setdefault(guess.group.label, []).append(row)
    return [
        Recoding(
            column="group", rule=f"labels not recognised: read as “{group}” ({_named(table, rows)})", rows=len(rows)
        )
        for group, rows in of_group.items()
        if any(group != visible(table.groups[row]) for row in rows)
    ]


def _named(table: CountTable, rows: Sequence[int]) -> str:
    return rows_named(table.raw.row_numbers(np.array(rows, dtype=np.int64)), len(rows))
