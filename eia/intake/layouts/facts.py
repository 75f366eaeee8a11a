"""Takes the tables of a page and the case; gives their facts in one frame: a row for each figure, with what it counts and of whom.

Columns: number (of the row), header (of the column), text (the cell), measure, percentage, pool, block (its table), and one column for each
characteristic or other column of labels: its label, TOTAL for all of them together, nothing where the table does not tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from eia.case import Case
from eia.intake.counts.measures import is_percentage
from eia.intake.counts.published_cells import figures, published_marks
from eia.intake.layouts.bases import bases_apart
from eia.intake.layouts.blocks import Block, FigureRow
from eia.intake.layouts.columns import FigureColumn, LabelColumn, figure_columns, label_columns
from eia.intake.layouts.terms import (
    PEOPLE,
    characteristic_called,
    characteristics_within,
    is_answer,
    is_base,
    is_count,
    is_moment,
    is_total_label,
    measure_called,
    measure_within,
    outcome_called,
    says_count,
    split_label,
    told_by_labels,
)
from eia.vocabulary.synonyms import is_missing, plain, row_words

TOTAL = "Total"
# in brackets, so that none is the name of a characteristic
POOL, OUTCOME, MEASURE, PERCENTAGE = "(pool)", "(outcome)", "(measure)", "(percentage)"
NUMBER, HEADER, TEXT, BLOCK = "(number)", "(header)", "(text)", "(block)"
_ALL = frozenset((POOL, OUTCOME, MEASURE, PERCENTAGE, NUMBER, HEADER, TEXT, BLOCK))
_SAME_ANSWERS = {"sex", "gender"}  # women and men are groups of both: only a heading tells which
OTHER = "other: "  # before the header of a column of labels that is no characteristic, so that it is no key of one


@dataclass(slots=True)
class Read:
    """What was read of one table: labels, figures: its columns. facts: a mapping each. unplaced: figures of which nothing says whom
    they count, unread: cells that are no figures, both by row and header. times: what it says of time. from_words: words that are
    not known, and taken for the names of pools. combined: the labels of each row, those left out below the first filled in.
    added_up: the words over which it was added up. left: the columns of which nothing is known, with their cells. title: the last above its headers."""

    labels: Sequence[LabelColumn]
    figures: Sequence[FigureColumn]
    facts: list[Mapping[str, object]] = field(default_factory=list)
    unplaced: list[tuple[int, str]] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    times: set[str] = field(default_factory=set)
    from_words: set[str] = field(default_factory=set)
    combined: list[tuple[str, ...]] = field(default_factory=list)
    added_up: str = ""
    left: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""


def read_block(block: Block, number: int, case: Case) -> Read:
    """The facts of one table. number: its own among those of the page."""
    bases = bases_apart(block)
    block = bases.block
    labels = label_columns(block, case)
    read = Read(labels, figure_columns(block, labels, case), title=block.titles[-1] if block.titles else "")
    headings = _Headings(case)
    for title in block.titles:
        headings.take_title(title)
    if any(
        column.measure for column in read.figures
    ):  # the headers say what is counted better than “Workforce profile” does
        headings.measure = "" if headings.measure == "whole" else headings.measure
    filled = _filled_down(block, [label for label in labels if label.role != "person"])
    across = dict.fromkeys((key for column in read.figures for key, _ in column.groups), TOTAL)
    groups = next((label for label in labels if label.role == "groups"), None) or _only_other(labels)
    counted = [column for column in read.figures if column.known or column.pool]
    read.left = {
        column.header: block.column(column.index)
        for column in read.figures
        if not (column in counted or column.speaks or column.percentage)
    }
    moments = {column.pool for column in counted if is_moment(column.pool)}
    read.times |= moments if len(moments) > 1 else set()
    runs = _runs(block, groups, case) if groups else {}
    if (
        groups
        and groups.role == "other"
        and across
        and not any(runs.values())
        and not any(row.headings for row in block.rows)
    ):
        groups = None  # the groups stand across the top, and these labels are of something else
    for position, row in enumerate(block.rows):
        headings.take([heading for _, heading in row.headings], own=groups is not None and not runs.get(position))
        cells = {label.index: text for label, text in filled[position].items()}
        read.combined.append(tuple(cells.values()))
        in_percent = any(is_percentage(text) for text in cells.values())
        a_base = any(is_base(text) for text in cells.values())
        common = dict(_of_row(read, cells, headings, groups, runs.get(position, ""), case))
        for column in counted:
            text = row.cells[column.index]
            if text and not (column.percentage and _counted_beside(row, column, counted)):
                share = (column.percentage or in_percent or (headings.percentage and not column.counts)) and not a_base
                _add(read, row, column, text, across | common, share, number, case)
        if base := bases.of_row.get(position):
            of_people = replace(counted[0], header=labels[0].header, measure=PEOPLE, groups=(), pool="")
            _add(read, row, of_people, base, common, False, number, case)
    for column in counted:
        if base := bases.of_column.get(column.index):
            _add_base(read, column, base)
    read.from_words |= headings.used
    return read


@dataclass(slots=True)
class _Headings:
    """What the headings in effect say of the rows below them: the characteristic, the pool, the measure, and whether they are percentages."""

    case: Case
    characteristic: str = ""
    pool: str = ""
    measure: str = ""
    percentage: bool = False
    used: set[str] = field(default_factory=set)

    def take_title(self, text: str) -> None:
        """A title above the headers: it may name one characteristic, and what is counted."""
        named = characteristics_within(text, self.case)
        if len(named) == 1:
            self.characteristic = named[0]
        self.measure = measure_within(text, self.case) or self.measure
        self.percentage = is_percentage(text) and not says_count(text)

    def take(self, texts: Sequence[str], *, own: bool) -> None:
        """Headings amid the rows: a characteristic, what is counted, or else the name of a pool; but the last, where nothing else
        says what the labels below are of (own), is a characteristic of its own."""
        for place, text in enumerate(texts, start=1):
            if is_percentage(text) or is_count(text):
                self.percentage = is_percentage(text) and not says_count(text)
            if key := characteristic_called(text, self.case):
                self.characteristic = key
            elif found := measure_called(text, self.case):
                self.measure = found
            elif len(named := characteristics_within(text, self.case)) == 1:
                self.characteristic = named[0]
            elif own and place == len(texts):
                self.characteristic = text
            else:
                self.pool, self.characteristic = text, ""
                self.used.add(text)


def _counted_beside(row: FigureRow, share: FigureColumn, columns: Sequence[FigureColumn]) -> bool:
    """Whether another column counts in this row what a percentage gives; one that says no more is of whatever is counted beside it."""
    return any(
        row.cells[one.index]
        for one in columns
        if not one.percentage and (share.measure == "" or one.measure == share.measure) and one.groups == share.groups
    )


def _only_other(labels: Sequence[LabelColumn]) -> LabelColumn | None:
    """The only column of labels, where nothing says what they are: labels of groups under headings, or as they come."""
    return labels[0] if len(labels) == 1 and labels[0].role == "other" else None


def _filled_down(block: Block, labels: Sequence[LabelColumn]) -> list[dict[LabelColumn, str]]:
    """The labels of each row, those left out below the first filled in: only from the left, as far as the first label that is given."""
    last: dict[LabelColumn, str] = {}
    filled = []
    for row in block.rows:
        here = {label: row.cells[label.index] for label in labels}
        if any(here.values()):
            for label in labels[:-1]:
                if here[label]:
                    break
                here[label] = last.get(label, "")
        last = here
        filled.append(here)
    return filled


def _runs(block: Block, groups: LabelColumn, case: Case) -> dict[int, str]:
    """The characteristic of each row by the labels that stand together with it, where no heading and no column names it."""
    found: dict[int, str] = {}
    run: list[int] = []

    def close() -> None:
        labels = [block.rows[at].cells[groups.index] for at in run]
        for start, end, key in _stretches(labels, case):
            found.update(dict.fromkeys(run[start:end], key))
        run.clear()

    for position, row in enumerate(block.rows):
        before = block.rows[position - 1] if position else None
        if before and (row.headings or row.number > before.number + 1 or is_total_label(before.cells[groups.index])):
            close()
        run.append(position)
    close()
    return found


def _stretches(labels: Sequence[str], case: Case) -> Iterator[tuple[int, int, str]]:
    """The characteristics that labels one below another are groups of, each as far down as it goes: women, men, disabled, not disabled."""
    start = 0
    while start < len(labels):
        ends = range(len(labels), start, -1)
        told = ((end, told_by_labels(labels[start:end], case)) for end in ends)
        end, key = next(
            ((end, key) for end, key in told if key and _none_of_another(labels[start:end], key, case)), (start + 1, "")
        )
        if start and not key:  # what goes with none goes with those above it, as “Other” and “Not stated” do
            start = end
            continue
        yield start, end, key
        start = end


def _none_of_another(labels: Sequence[str], key: str, case: Case) -> bool:
    """Whether each label is a group of the characteristic, or of none."""
    return all(is_answer(key, label, case) or not told_by_labels([label], case, least=1) for label in labels)


def _of_row(
    read: Read, cells: Mapping[int, str], headings: _Headings, groups: LabelColumn | None, run: str, case: Case
) -> Iterator[tuple[str, str]]:
    """What the labels of a row say of all its figures."""
    if headings.pool:
        yield POOL, headings.pool
    if headings.measure:
        yield MEASURE, headings.measure
    named = next((cells[label.index] for label in read.labels if label.role == "names"), "")
    told = [label for label in read.labels if label.role not in ("time", "person")]
    a_total = any(is_total_label(cells.get(label.index, "")) for label in told if label.role != "pool")
    blank = not any(cells.get(label.index, "") for label in told if label.role in ("characteristic", "groups"))
    for label in read.labels:
        text = cells.get(label.index, "")
        if label.role == "time":
            read.times.add(text)
        elif label.role == "pool" and text:
            yield POOL, TOTAL if is_total_label(text) else text
        elif label.role == "outcome":
            yield OUTCOME, text
        elif label is groups:
            yield from _of_group(text, named, headings, run, case)
        elif label.role == "characteristic" or label.role == "other":
            key = label.key or OTHER + label.header
            if not label.header and {key, headings.characteristic} == _SAME_ANSWERS:
                key = headings.characteristic
            together = is_total_label(text) or plain(text) in row_words("everyone") or (not text and (a_total or blank))
            yield key, TOTAL if together else text


def _of_group(text: str, named: str, headings: _Headings, run: str, case: Case) -> Iterator[tuple[str, str]]:
    """The characteristic and the group of a label under a heading, beside the name of its characteristic, or with it: “Sex: Female”."""
    key = (characteristic_called(named, case) or named) if named else ""
    if (
        not key
        and (itself := characteristic_called(text, case))
        and not is_answer(headings.characteristic or itself, text, case)
    ):
        headings.characteristic = itself  # a row that names a characteristic and has its total
        yield itself, TOTAL
        return
    key = key or headings.characteristic
    if not key:
        for one, other in split_label(text):
            for name, label in ((one, other), (other, one)):
                if (found := characteristic_called(name, case)) and (
                    is_answer(found, label, case) or is_missing(label)
                ):
                    yield found, label
                    return
        key = run
    if key:
        yield key, TOTAL if is_total_label(text) or plain(text) in row_words("everyone") or not text else text


def _add(
    read: Read,
    row: FigureRow,
    column: FigureColumn,
    text: str,
    common: Mapping[str, str],
    share: bool,
    number: int,
    case: Case,
) -> None:
    said = dict(common)
    outcome, headed = said.pop(OUTCOME, ""), said.pop(MEASURE, "")
    called = outcome_called(outcome, case)
    if outcome and not (called or is_total_label(outcome) or is_missing(outcome)):
        read.unplaced.append((row.number, column.header))
        return
    measure = column.measure or called or headed
    if column.pool and POOL not in said:
        said[POOL] = column.pool
        read.from_words.add(column.pool)
    said |= dict(column.groups)
    if not figures(text, marks=published_marks(case), percentage=share):
        read.unread.append((row.number, column.header))
        return
    if all(key.startswith(OTHER) for key in _dimensions(said)):
        read.unplaced.append((row.number, column.header))
        return
    read.facts.append(
        {
            **said,
            MEASURE: measure or PEOPLE,
            PERCENTAGE: share,
            NUMBER: row.number,
            HEADER: column.header,
            TEXT: text,
            BLOCK: number,
        }
    )


def _add_base(read: Read, column: FigureColumn, base: str) -> None:
    """The base in a header: the people of its group, or else the total of what the column counts, by each characteristic."""
    of_column = [fact for fact in read.facts if fact[HEADER] == column.header]
    for fact in of_column:
        keys = [key for key in _dimensions(map(str, fact)) if fact[key] != TOTAL]
        said = {key: fact[key] if key in dict(column.groups) else TOTAL for key in keys}
        measure = PEOPLE if column.groups else fact[MEASURE]
        one = {**fact, **said, MEASURE: measure, PERCENTAGE: False, TEXT: base}
        alike = [each for each in read.facts if {**each, NUMBER: 0} == {**one, NUMBER: 0}]
        if not alike:
            read.facts.append(one)


def _dimensions(fact: Iterable[str]) -> list[str]:
    return [key for key in fact if key not in _ALL]


def frame_of(reads: Iterable[Read]) -> pd.DataFrame:
    """The facts of all tables in one frame."""
    return pd.DataFrame([fact for read in reads for fact in read.facts])


def dimensions(frame: pd.DataFrame) -> list[str]:
    """The columns of a frame of facts that are characteristics, or other columns of labels."""
    return _dimensions(frame.columns)
