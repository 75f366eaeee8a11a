"""Takes a table of a page and the case; gives what each of its columns is: of labels, or of figures and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from eia.case import Case
from eia.intake.asking.outcome_words import outcome_by_words
from eia.intake.counts.measures import SELECTED, is_percentage, without_percent
from eia.intake.layouts.blocks import Block, is_figure
from eia.intake.layouts.terms import (
    PEOPLE,
    characteristic_called,
    is_answer,
    is_count,
    is_outcome_header,
    is_pool_header,
    is_time,
    is_total_label,
    measure_called,
    outcome_called,
    person_column,
    split_label,
    told_by_labels,
    without_count,
)
from eia.vocabulary.headers import header_words
from eia.vocabulary.synonyms import is_missing, plain, row_words, yes_no

_NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_SIGNED = re.compile(r"[-+−–][\d,]+(?:\.\d+)?%?")
_ROUNDING = 0.005
_MOST_FTE = 2  # of one person

LabelRole = Literal["characteristic", "names", "groups", "pool", "outcome", "time", "person", "other"]


@dataclass(frozen=True, slots=True)
class LabelColumn:
    """A column of labels. role: what they are; of "characteristic" its key. header: as it stands."""

    index: int
    role: LabelRole
    key: str
    header: str


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of figures. measure: what it counts; "" where its headers say only that people are counted, or nothing.
    groups: the label of each characteristic that its headers name. pool: the header that is no word known, or "". speaks: the
    same where its words speak of an outcome, so that it names no pool. total: whether its headers say that it counts all columns of
    a kind. known: whether any of its headers is known. counts: whether one says that it counts, so that a title of percentages is not of it."""

    index: int
    header: str
    measure: str
    percentage: bool
    groups: tuple[tuple[str, str], ...]
    pool: str
    speaks: str
    total: bool
    known: bool
    counts: bool


def label_columns(block: Block, case: Case) -> list[LabelColumn]:
    """The columns of labels, from left to right."""
    found = []
    for index in block.filled:
        header, cells = block.title_of(index), [cell for cell in block.column(index) if cell]
        figures = sum(map(is_figure, cells))
        role, key = _by_header(header, case)
        of_groups = role == "characteristic" and is_answer(key, header, case)
        if 2 * figures >= len(cells) and (role == "other" or of_groups or measure_called(header, case)):
            continue
        if cells and all(map(_SIGNED.fullmatch, cells)):
            continue
        if role == "person" and _fte_of_many(header, cells):
            continue
        if role == "other":
            role, key = _by_cells(cells, case)
        elif (
            role == "names"
            and not any(characteristic_called(cell, case) for cell in cells)
            and (told := told_by_labels(cells, case))
        ):
            role, key = "characteristic", told
        elif (
            role == "characteristic"
            and cells
            and all(outcome_called(cell, case) and not is_answer(key, cell, case) for cell in cells)
        ):
            role, key = "outcome", ""  # it names what stands across the top
        elif role == "outcome" and not all(
            outcome_called(cell, case) or speaks_of_outcome(cell, case) or is_total_label(cell) or is_missing(cell)
            for cell in cells
        ):
            role = "other"
        if role == "other" and len(block.rows) > 1 and len(set(cells)) == 1 and len(cells) == len(block.rows):
            continue  # the same in every row: it tells nothing apart
        found.append(LabelColumn(index, role, key, header))
    return found


def _fte_of_many(header: str, cells: Sequence[str]) -> bool:
    """Whether a column gives the full-time work of several people in one cell: it counts no people, and is of no one person."""
    numbers = [float(cell.replace(",", "")) for cell in cells if _NUMBER.fullmatch(cell)]
    return person_column(header) == "fte" and any(number > _MOST_FTE for number in numbers)


def _by_header(header: str, case: Case) -> tuple[LabelRole, str]:
    said = next((name for name, theirs in case.columns.items() if theirs == header), "")
    counted = said or header_words("counts").get(plain(header), "")
    if counted == "characteristic":
        return "names", ""
    if said == "pool" or (not said and is_pool_header(header)):
        return "pool", ""
    if said == "outcome" or (not said and is_outcome_header(header)):
        return "outcome", ""
    if is_time(header):
        return "time", ""
    if key := said or characteristic_called(header, case):
        return ("groups", "") if key == "group" else ("characteristic", key)
    if counted == "group":
        return "groups", ""
    return ("person", "") if person_column(header) else ("other", "")


def _by_cells(cells: Sequence[str], case: Case) -> tuple[LabelRole, str]:
    labels = [cell for cell in dict.fromkeys(cells) if not is_total_label(cell) and not is_missing(cell)]
    if labels and all(characteristic_called(label, case) for label in labels):
        return "names", ""
    if key := told_by_labels(labels, case):
        return "characteristic", key
    said = [bool(outcome_called(label, case)) for label in labels]
    if (
        len(set(filter(None, cells))) > 1
        and any(said)
        and all(known or speaks_of_outcome(label, case) for known, label in zip(said, labels, strict=True))
    ):
        return "outcome", ""
    return "other", ""


def figure_columns(block: Block, labels: Sequence[LabelColumn], case: Case) -> list[FigureColumn]:
    """The columns of figures, from left to right."""
    taken = {label.index for label in labels}
    paths = {
        index: block.path(index) for index in block.filled
        if index not in taken and person_column(block.title_of(index)) != "fte" and any(map(is_figure, block.column(index)))
    }  # fmt: skip
    of_path = _alike({index: list(_single(path, case)) for index, path in paths.items()})
    of_word = _groups_named([word for words in of_path.values() for word in words], case)
    of_column = _with_neighbours(of_path, of_word, case)
    counted = {measure_called(word, case) for words in of_path.values() for word in words} - {""}
    alone = whole_is_everybody(counted, case)
    found = [_column(index, block.title_of(index), of_path[index], of_column[index], alone, case) for index in paths]
    found = [replace(one, percentage=one.percentage or _adds_to_100(block.column(one.index))) for one in found]
    if counted & {PEOPLE, "rest"} and not any(
        column.groups for column in found
    ):  # “Total” or “Headcount” beside those at risk is everybody
        found = [
            replace(one, measure="whole") if (one.total or one.counts) and not (one.measure or one.percentage) else one
            for one in found
        ]
    named = [column for column in found if column.pool and not column.known]
    others = [column for column in found if not column.pool and not column.total]
    if len(named) > 1 and not others and len(labels) == 1:  # nothing but words not known across the top: a pool each
        return found
    return [replace(column, pool="") if column in named else column for column in found]


def whole_is_everybody(counted: Set[str], case: Case) -> bool:
    """Whether “All staff” is everybody that a table counts: beside no part of them, or beside those alone who are selected from them."""
    return counted <= {"whole", SELECTED, *case.stages.order}


def _adds_to_100(cells: Sequence[str]) -> bool:
    """Whether figures with decimals are percentages that do not say so: none is above 100, and they add up to 100 once or several times."""
    figures = [float(cell) for cell in cells if _DECIMAL.fullmatch(cell)]
    together = sum(figures) / 100
    return (
        any("." in cell for cell in cells if _DECIMAL.fullmatch(cell))
        and max(figures) <= 100
        and round(together) >= 1
        and abs(together - round(together)) < _ROUNDING
    )


def _alike(of_path: dict[int, list[str]]) -> dict[int, list[str]]:
    """The words of the headers of all columns, where those of some were taken apart: “Hispanic women” beside “White women” is two too,
    although only one of them is known."""
    parts = {word for words in of_path.values() if len(words) > 1 for word in words}

    def apart(word: str) -> Sequence[str]:
        halves = split_label(word) if word not in parts else []
        return next((pair for pair in halves if (pair[0] in parts) != (pair[1] in parts)), (word,))

    return {index: [part for word in words for part in apart(word)] for index, words in of_path.items()}


def _single(path: Sequence[str], case: Case) -> Iterator[str]:
    """The words of the headers of a column, those that say two things taken apart: “Women selected”, “Finance - at risk”."""
    for header in path:
        if _says_one(header, case):
            yield header
            continue
        if pair := next((pair for pair in split_label(header) if _is_group_and_outcome(pair, case)), None):
            yield from pair
            continue
        halves = ((one, other) for one, other in split_label(header) if _what(one, case) and _what(other, case))
        tail = (
            (one, other) for one, other in split_label(header) if bool(_what(one, case)) != bool(_what(other, case))
        )
        found = next(halves, None)
        if not found and not speaks_of_outcome(header, case):
            found = next((pair for pair in tail if _tells(pair, case)), None)
        yield from found or (header,)


def _says_one(header: str, case: Case) -> bool:
    return bool(_what(header, case)) or is_percentage(header)


def _is_group_and_outcome(pair: tuple[str, str], case: Case) -> bool:
    """Whether one of two is a group, and the other speaks of an outcome that is not known: “Women losing posts”."""
    kinds = [_what(word, case) or ("speaks" if speaks_of_outcome(word, case) else "") for word in pair]
    return sorted(kinds) == ["group", "speaks"]


def _tells(pair: tuple[str, str], case: Case) -> bool:
    """Whether one of two is what is counted, so that the other is what it is counted of, and not words about an outcome: “to be”."""
    counts = [bool(measure_called(one, case) or is_count(one)) for one in pair]
    status = row_words("of a status")
    return any(counts) and not any(
        set(without_count(one).split()) <= status for one, does in zip(pair, counts, strict=True) if not does
    )


def _what(word: str, case: Case) -> str:
    if measure_called(word, case):
        return "measure"
    if is_total_label(word) or is_count(word):
        return "count"
    return "group" if told_by_labels([word], case, least=1) and not speaks_of_outcome(word, case) else ""


def _groups_named(words: Sequence[str], case: Case) -> dict[str, str]:
    """Word of a header -> the characteristic that it is a group of. Words that could be of several go with the one of which most are."""
    left = [word for word in dict.fromkeys(words) if not _counts(word, case)]
    found: dict[str, str] = {}
    while left:
        by_key = {
            key: [word for word in left if is_answer(key, word, case)]
            for key in {told_by_labels([word], case, least=1) for word in left} - {""}
        }
        # “Separated” is a group beside “Married” alone; by itself it speaks of an outcome
        by_key = {
            key: theirs for key, theirs in by_key.items() if not all(speaks_of_outcome(word, case) for word in theirs)
        }
        if not by_key:
            break
        key, most = max(by_key.items(), key=lambda item: len(item[1]))
        found |= dict.fromkeys(most, key)
        left = [word for word in left if word not in most]
    return found


def _with_neighbours(
    of_path: Mapping[int, Sequence[str]], of_word: Mapping[str, str], case: Case
) -> dict[int, dict[str, str]]:
    """The characteristic of each word of each column. “Other” and “Not stated” go with the groups of the columns before them, and
    a word that is not known with those in the same row of headers, where most of them are groups of one characteristic."""
    rows = range(max(map(len, of_path.values()), default=0))
    mostly = [_most_of([words[row] for words in of_path.values() if len(words) > row], of_word, case) for row in rows]
    found: dict[int, dict[str, str]] = {}
    key = ""
    for index, words in of_path.items():
        here = {word: of_word[word] for word in words if word in of_word}
        named = [one for word in words if word not in here and (one := characteristic_called(word, case))]
        key = next(iter(named), next(iter(here.values()), key))
        for row, word in enumerate(words):
            if word in here or _counts(word, case):
                continue
            vague = (
                is_missing(word) or plain(word) in row_words("several meanings", "the rest") or plain(word) in yes_no()
            )
            if key and (vague or (named and is_answer(key, word, case))):
                here[word] = key
            elif mostly[row] and not characteristic_called(word, case):
                here[word] = mostly[row]
        found[index] = here
    return found


def _most_of(words: Sequence[str], of_word: Mapping[str, str], case: Case) -> str:
    """The characteristic that most of these words are groups of, and two at least; else ""."""
    groups = [word for word in dict.fromkeys(words) if not _counts(word, case)]
    keys = [of_word[word] for word in groups if word in of_word]
    most = max(dict.fromkeys(keys), key=keys.count, default="")
    return most if keys.count(most) >= max(2, len(groups) / 2) else ""


def _counts(word: str, case: Case) -> bool:
    """Whether a word says what is counted, and not of whom."""
    return bool(measure_called(word, case)) or is_count(word) or is_total_label(word) or is_percentage(word)


def _column(
    index: int, header: str, words: Sequence[str], of_word: Mapping[str, str], alone: bool, case: Case
) -> FigureColumn:
    measures = [found for word in words if (found := measure_called(word, case))]
    groups = tuple((of_word[word], word) for word in words if word in of_word)
    total = any(is_total_label(word) or plain(word) in row_words("everyone") for word in words)
    if alone:
        measures = [measure for measure in measures if measure != "whole"]
    strange = [
        word for word in words
        if not measure_called(word, case) and not is_count(word) and not is_total_label(word) and word not in of_word
        and (not is_percentage(word) or speaks_of_outcome(without_percent(word), case)) and not characteristic_called(word, case)
    ]  # fmt: skip
    speaks = next((word for word in strange if speaks_of_outcome(word, case)), "")
    names = [word for word in strange if word != speaks]
    read = not speaks and not any(word in case.ignored for word in (header, *words))
    return FigureColumn(
        index=index,
        header=header,
        measure=measures[-1] if measures else "",
        percentage=any(is_percentage(word) for word in words),
        groups=groups,
        pool=names[0] if names and read else "",
        speaks=speaks,
        total=total,
        counts=any(is_count(word) for word in words),
        known=read
        and bool(measures or groups or total or any(is_count(word) or is_percentage(word) for word in words)),
    )


def speaks_of_outcome(word: str, case: Case) -> str:
    """The outcome that a header speaks for, though it is not known: “Losing post”; "" where it speaks for none.

    >>> speaks_of_outcome("No. at risk of leaving", Case()), speaks_of_outcome("Directorate A", Case())
    ('selected', '')
    """
    return outcome_by_words(without_count(without_percent(word)), case)
