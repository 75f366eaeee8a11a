"""Takes the headers of a table of counts, its columns and the case; gives the Measures: what each column of figures counts.

A header is known by name or as the case says; a header that is a word for an outcome counts the people with that outcome.
A column may give percentages beside another that gives counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eia.case import RETAINED, Case
from eia.errors import inert
from eia.intake.columns.cells import FileColumn
from eia.intake.counts.published_cells import Figure, figures, published_marks
from eia.intake.intake_record import Recoding
from eia.vocabulary.headers import column_headers, header_word, match
from eia.vocabulary.notes import without_notes
from eia.vocabulary.synonyms import outcomes, plain, yes_no

SELECTED = "selected"  # everyone chosen against their will, whatever became of them later
LABELS = ("characteristic", "group", "pool")
SHARES = 1_000_000_000  # a share of the whole workforce is held as so many of these
_PERCENT = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bpct\b|\bproportion\b|\brates?\b", re.IGNORECASE)
_BEFORE = re.compile(r"^(of|number of|no of|nr of|count of) | n$")
_TELLING = 8  # so many figures that are all multiples of 5 were rounded


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of figures: what it counts, an outcome or one of ours, and whether it gives percentages."""

    counts: str
    percentage: bool
    column: FileColumn
    stated: tuple[tuple[Figure, ...], ...]

    @property
    def outcome(self) -> tuple[str, bool]:
        """What columns have in common that together count one outcome: what they count, in people or as percentages."""
        return self.counts, self.percentage

    def at(self, row: int) -> tuple[Figure, ...]:
        """What the column states in a row."""
        return self.stated[self.column.text.codes[row]]


def is_counts_by_headers(found: Sequence[str], case: Case) -> bool:
    """Whether these are the headers of a table of counts: a characteristic, a group, and at least one column of figures.

    >>> is_counts_by_headers(["Characteristic", "Group", "People"], Case()), is_counts_by_headers(["reference", "sex"], Case())
    (True, False)
    """
    names = {name for name, _, _ in positions(found, case)}
    return {"characteristic", "group"} <= names and bool(names - set(LABELS))


def positions(found: Sequence[str], case: Case) -> list[tuple[str, bool, int]]:
    """What each header that is used stands for, whether it gives percentages, and where it is: first as the case says, then
    by name; a header that is a word for an outcome counts the people with that outcome."""
    own = column_headers("counts")
    said = {name: header for name, header in case.columns.items() if name in own}
    at = match(found, "counts", said=said, further=counted_outcomes(case), word=_word)
    positions = sorted((index, name) for name, indices in at.items() for index in indices)
    return [(name, is_percentage(found[index]), index) for index, name in positions]


def is_percentage(header: str) -> bool:
    """Whether a header says that its figures are percentages.

    >>> is_percentage("% selected"), is_percentage("Selection rate"), is_percentage("Separated")
    (True, True, False)
    """
    return bool(_PERCENT.search(header))


def without_percent(header: str) -> str:
    """A header without the words that say that it gives percentages.

    >>> without_percent("% selected"), without_percent("Selection rate")
    ('selected', 'Selection')
    """
    return " ".join(_PERCENT.sub(" ", header).split())


def _word(header: str) -> str:
    """A header as it is compared: without notes, and without what says that it counts, or gives percentages."""
    return _BEFORE.sub("", header_word(without_percent(without_notes(header))))


def counted_outcomes(case: Case) -> dict[str, str]:
    """Plain word -> what a column of that name counts, an outcome or everyone selected; the words of the case included."""
    known = {plain(outcome): outcome for outcome in (RETAINED, *case.stages.order)}
    common = {word: outcome for word, outcome in outcomes().items() if outcome in known.values()}
    words = {**known, **common, **{plain(word): outcome for word, outcome in case.outcomes.items()}}
    return {
        word: SELECTED if outcome == case.stages.compulsory else outcome
        for word, outcome in words.items()
        if word not in yes_no()  # an outcome in a cell only
    }


def measure(name: str, percentage: bool, column: FileColumn, case: Case) -> Measure:
    """A column of figures, read; cells that state nothing are a fault of the column."""
    if name == "share":
        stated = tuple(_share(cell) for cell in column.cells)
    else:
        marks = published_marks(case)
        stated = tuple(
            figures(cell, rounded_to=case.counts.rounded_to, marks=marks, percentage=percentage)
            for cell in column.cells
        )
    wrong = [index for index, cell in enumerate(column.cells) if cell and not stated[index]]
    allowed = (
        "shares from 0 to 1" if name == "share" else "whole numbers, 0 or more, percentages, or marks such as <5 and *"
    )
    column.blame(wrong, code="not-a-count", what=f"Some cells are not {allowed}.", allowed=allowed,
                 do='Correct these cells, or say what a mark stands for in the case: [counts] marks = { "-" = "0" }.')  # fmt: skip
    return Measure(name, percentage, column, stated)


def _share(cell: str) -> tuple[Figure, ...]:
    """A share as so many parts of SHARES; shares are amounts, not ranges."""
    number, percent = cell.removesuffix("%").rstrip(), cell.endswith("%")
    if not re.fullmatch(r"\d+(\.\d+)?", number, re.ASCII) or float(number) > (100 if percent else 1):
        return ()
    parts = round(float(number) * SHARES / (100 if percent else 1))
    return (Figure(parts, parts),)


def notes(measures: Sequence[Measure], case: Case) -> Iterator[Recoding]:
    """What was read as a range, and whether the figures look rounded."""
    rounded = case.counts.rounded_to
    for measure in measures:
        column, stated = measure.column, measure.stated
        if case.counts.percentages is None and any(figure.parts for each in stated for figure in each):
            rule = "percentages beside the counts: not used, since the table does not say what they are of"
            yield Recoding(column=inert(column.header), rule=rule, rows=len(column.text.codes))
            if measure.percentage:
                continue
            stated = tuple(tuple(figure for figure in each if not figure.parts) for each in stated)
        ranges = {i for i, each in enumerate(stated) if each and not all(f.exact for f in each)}
        if measure.counts == "share" or not ranges:
            continue
        plain_numbers = {i for i in ranges if column.cells[i].replace(",", "").isdecimal() and not measure.percentage}
        shares = {i for i in ranges - plain_numbers if any(figure.parts for figure in stated[i])}
        for indices, rule in (
            (plain_numbers, f"figures rounded to {rounded} read as ranges"),
            (shares, f"percentages read as ranges of people, of: {case.counts.percentages}"),
            *(({i}, f"“{inert(column.cells[i])}” read as {_meaning(stated[i][0])}") for i in sorted(ranges - plain_numbers - shares)),
        ):  # fmt: skip
            if indices:
                yield Recoding(column=inert(column.header), rule=rule, rows=len(column.rows_of(sorted(indices))))
    if rounded == 1 and all_multiples_of_5(measures):
        rule = "every figure is a multiple of 5; if they were rounded, say to what"
        yield Recoding(column="all", rule=rule, rows=len(measures[0].column.text.codes))


def all_multiples_of_5(measures: Sequence[Measure]) -> bool:
    """Whether there are enough figures to tell, and every one is a multiple of 5."""
    numbers = {f.low for m in measures for each in m.stated for f in each if f.exact and f.low and m.counts != "share"}
    return len(numbers) >= _TELLING and not any(number % 5 for number in numbers)


def _meaning(figure: Figure) -> str:
    return "any number" if figure.high is None else f"{figure.low} to {figure.high}"
