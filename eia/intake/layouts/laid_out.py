"""Takes a raw table and the case; gives it as a table of counts, a row a group, where it is one in any layout that people publish; else nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from eia.case import Case
from eia.errors import Fault, Faults, inert
from eia.intake.asking.answers import guessed
from eia.intake.counts.measures import LABELS, is_counts_by_headers, positions
from eia.intake.files.laid_out_rows import LaidOutRows
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding
from eia.intake.layouts.asked import (
    ask_outcome_columns,
    ask_pool_column,
    ask_pool_words,
    ask_unread_columns,
    pool_words,
)
from eia.intake.layouts.bases import states_base
from eia.intake.layouts.blocks import Block, blocks
from eia.intake.layouts.columns import (
    FigureColumn,
    figure_columns,
    label_columns,
    speaks_of_outcome,
    whole_is_everybody,
)
from eia.intake.layouts.facts import (
    BLOCK,
    HEADER,
    MEASURE,
    NUMBER,
    OTHER,
    PERCENTAGE,
    POOL,
    TEXT,
    TOTAL,
    Read,
    frame_of,
    read_block,
)  # fmt: skip
from eia.intake.layouts.margins import Contradiction, LongRow, long_rows
from eia.intake.layouts.terms import PEOPLE, are_ages, is_base, is_total_label, outcome_called, person_column
from eia.intake.questions import OpenQuestion
from eia.vocabulary.synonyms import plain, withheld_marks

_TABLE_NUMBER = re.compile(r"^(?:table|figure|chart|appendix|annex)\s*[\w.]*\s*[:.–-]?\s*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_CELL = {NUMBER, HEADER, TEXT, MEASURE, BLOCK}
_DENSE = 0.25
_MANY = 10
_FIRST_ROWS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsFile:
    """A file that is a table of counts. raw: its rows, one a group of a pool. at: what each column is, whether it gives
    percentages, and where it is. mapped: the header in the file of each. recodings: what was done to lay it out. questions: what the case does not say.
    case: the case with our guesses at them, by which it was read."""

    raw: RawTable
    case: Case
    at: tuple[tuple[str, bool, int], ...]
    mapped: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    recodings: tuple[Recoding, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()


def counts_file(raw: RawTable, case: Case) -> CountsFile | None:
    """The table of counts in a file; None where it is none.

    Raises EiaError where it is one, with every cell that no place was found for and every total that does not add up.
    """
    if is_counts_by_headers(raw.headers, case) and not _told_by_cells(raw, case):
        return _as_it_is(raw, case)
    if any(person_column(header) == "reference" for header in raw.headers):
        return None
    page = raw.page()
    found = blocks(page[:_FIRST_ROWS])  # most files of people are told by their first rows
    asked = [one for block in found for one in _ask_outcomes(block, case)]
    told = _tables(found, guessed(case, asked))
    if told and len(page) > _FIRST_ROWS:
        told = _tables(blocks(page), guessed(case, asked))
    return _laid_out(raw, told, list(dict.fromkeys(asked)), case) if told else None


def _ask_outcomes(block: Block, case: Case) -> list[OpenQuestion]:
    """The questions about words across the top of a table that speak of an outcome."""
    labels = label_columns(block, case)
    columns = figure_columns(block, labels, case)
    speaking: dict[str, list[str]] = {}
    for word in (cell for label in labels if label.role == "outcome" for cell in block.column(label.index)):
        if not outcome_called(word, case) and not is_total_label(word) and speaks_of_outcome(word, case):
            speaking.setdefault(word, ["1"])
    for column in columns:
        if column.speaks and column.speaks not in case.ignored:
            speaking.setdefault(column.speaks, []).extend(block.column(column.index))
    return ask_outcome_columns(speaking, {column.measure or PEOPLE for column in columns if column.known}, case)


def _tables(found: Sequence[Block], case: Case) -> list[Read]:
    """The tables of counts on a page; none where one of its tables is no counts."""
    reads = [read_block(block, number, case) for number, block in enumerate(found)]
    told = [(block, read) for block, read in zip(found, reads, strict=True) if read.facts]
    headers = [cell for block in found[:1] for row in block.headers[:1] for cell in row]
    if told and are_ages(headers, [str(fact[TEXT]) for _, read in told for fact in read.facts]):
        return []
    return reads if told and all(_is_counts(block, read) for block, read in told) else []


def _as_it_is(raw: RawTable, case: Case) -> CountsFile:
    """A table whose headers say what every column is, but for those that are asked about."""
    rest = _left_over(raw, case)
    counted = {name for name, _, _ in positions(raw.headers, case)}
    asked = ask_outcome_columns(rest, counted, case)
    case = guessed(case, asked)
    at = tuple(positions(raw.headers, case))
    if whole_is_everybody({name for name, _, _ in at} - set(LABELS), case):
        at = tuple((PEOPLE if name == "whole" else name, percentage, index) for name, percentage, index in at)
    used = {index for _, _, index in at}
    asked += ask_unread_columns(
        _left_over(raw, case, but={one.setting[-1] for one in asked}), {name for name, _, _ in at}, case
    )
    return CountsFile(
        raw=raw,
        case=case,
        questions=tuple(asked),
        at=at,
        mapped=tuple(
            (raw.headers[index], f"{name}, percentage" if percentage else name) for name, percentage, index in at
        ),
        unused=tuple(inert(header) for index, header in enumerate(raw.headers) if index not in used),
    )


def _left_over(raw: RawTable, case: Case, but: Set[str] = frozenset()) -> dict[str, list[str]]:
    """The columns whose headers are not known, with the cells of their first rows. but: headers that are asked about already."""
    used = {index for _, _, index in positions(raw.headers, case)}
    return {
        header: [row[index] for row in raw.sample]
        for index, header in enumerate(raw.headers)
        if header and index not in used and header not in case.ignored and header not in but
    }


def _told_by_cells(raw: RawTable, case: Case) -> bool:
    """Whether the cells of a column that is not known by its header say what is counted: outcomes, or measures, a row each; or a cell gives
    the base of percentages."""
    used = {index for _, _, index in positions(raw.headers, case)}
    if any(is_base(cell) or states_base(cell) for row in (raw.headers, *raw.sample) for cell in row):
        return True
    others = ({row[index] for row in raw.sample} for index in range(len(raw.headers)) if index not in used)
    return any(
        len(cells) > 1 and all(outcome_called(cell, case) or is_total_label(cell) for cell in cells) for cells in others
    )


def _is_counts(block: Block, read: Read) -> bool:
    """Whether the rows of a table are counts of people, and not people: no combination of labels stands twice, figures are
    told what they count, some of them are of more than one, and nothing is there that only single people have."""
    told = any(column.known for column in read.figures) or _a_row_each(block, read)
    if any(label.role == "person" for label in read.labels) or not told:
        return False
    cells = [str(fact[TEXT]) for fact in read.facts]
    if set(cells) <= {"0", "1"} or cells == [
        str(number) for number in range(1, len(cells) + 1)
    ]:  # yes and no; the number of a row
        return False
    if any(row.headings for row in block.rows) or any(label.role in ("names", "groups") for label in read.labels):
        return True
    labels, combined = read.labels, read.combined
    if len(set(combined)) < len(combined):
        return False
    sizes = [len(set(block.column(label.index))) for label in labels]
    alone = any(
        label.role == "other" and size > 0.9 * len(combined) for label, size in zip(read.labels, sizes, strict=True)
    )
    if len(labels) > 1 and len(combined) >= _MANY and alone:  # who a row is of
        return False
    return not _vague(read.figures) or len(combined) >= _DENSE * _product(sizes)


def _a_row_each(block: Block, read: Read) -> bool:
    """Whether a table has a row for each group of one characteristic and figures under words that are not known: “Directorate A”."""
    (label, *others) = read.labels or (None,)
    if label is None or others or label.role != "characteristic" or not all(column.pool for column in read.figures):
        return False
    return (
        len(read.figures) > 1 and len(read.combined) > 1 and len(set(block.column(label.index))) == len(read.combined)
    )


def _vague(figures: Sequence[FigureColumn]) -> bool:
    """Whether all that speaks for counts is a word that may be a mark or a sum of money."""
    return all(plain(column.header) in ("total", "totals", "value", "values") for column in figures if column.known)


def _product(sizes: Sequence[int]) -> int:
    product = 1
    for size in sizes:
        product *= size
    return product


def _laid_out(raw: RawTable, reads: Sequence[Read], asked: list[OpenQuestion], case: Case) -> CountsFile:
    case = guessed(case, asked)
    faults = Faults()
    faults.extend(_unplaced(raw, reads))
    faults.extend(_several_times(raw, reads))
    _name_pools(reads)
    asked += ask_pool_words(reads, case)
    _words_are_no_pools(reads, guessed(case, asked))
    facts = frame_of(reads)
    rows, wrong = long_rows(facts, case)
    faults.extend(_contradictions(raw, wrong))
    faults.raise_if_any()
    measured = list(
        dict.fromkeys(
            (str(name), bool(percent)) for name, percent in zip(facts[MEASURE], facts[PERCENTAGE], strict=True)
        )
    )
    headers = {
        one: _header(facts[(facts[MEASURE] == one[0]) & (facts[PERCENTAGE] == one[1])][HEADER]) for one in measured
    }
    pools = any(row.pool for row in rows)
    counted = {name for name, _ in measured}
    asked_of_pools = any(one.kind == "pool words" for one in asked)
    labels = ("characteristic", "group", *(("pool",) if pools else ()))
    cells = tuple(
        (row.characteristic, row.group, *((row.pool,) if pools else ()), *(row.cells.get(one, "") for one in measured))
        for row in rows
    )
    table = LaidOutRows(
        headers=(*labels, *(headers[one] for one in measured)), cells=cells, numbers=tuple(row.number for row in rows),
        sha256=raw.sha256, encoding=f"sheet “{inert(raw.sheet)}”" if raw.sheet else "text",
    )  # fmt: skip
    at = (
        *((name, False, index) for index, name in enumerate(labels)),
        *((name, percent, len(labels) + index) for index, (name, percent) in enumerate(measured)),
    )
    return CountsFile(
        raw=raw.laid_out(table),
        case=guessed(case, asked),
        at=at,
        mapped=tuple(_mapped(reads, headers)),
        unused=_unused(reads),
        recodings=tuple(_said(reads, rows)),
        questions=(
            *asked,
            *ask_unread_columns(
                {header: cells for read in reads for header, cells in read.left.items()}, counted, case
            ),
            *(() if pools or asked_of_pools else ask_pool_column(reads, counted, case)),
        ),
    )


def _name_pools(reads: Sequence[Read]) -> None:
    """Take the titles of tables for the names of pools where the tables tell the same groups, and nothing but their titles tells them apart."""
    reads = [read for read in reads if read.facts]
    told = [{(*sorted(set(fact) - _CELL), fact[MEASURE]) for fact in read.facts} for read in reads]
    titles = [_TABLE_NUMBER.sub("", read.title) for read in reads]
    again = any(one & other for place, one in enumerate(told) for other in told[:place])
    if (
        not again
        or any(POOL in fact for read in reads for fact in read.facts)
        or len({_DIGITS.sub("", title) for title in titles}) < len(titles)
    ):
        return
    for read, title in zip(reads, titles, strict=True):
        read.facts = [{**fact, POOL: title} for fact in read.facts]
        read.from_words.add(title)


def _words_are_no_pools(reads: Sequence[Read], case: Case) -> None:
    """Add up over the words across the top, or above rows, where the case does not say that they name the pools."""
    about = pool_words(reads)
    if not about or case.columns.get("pool") == about:
        return
    for read in reads:
        if not any(fact.get(POOL) in read.from_words for fact in read.facts):
            continue
        read.facts = [
            {**{key: said for key, said in fact.items() if key != POOL}, OTHER + about: fact.get(POOL, TOTAL)} for fact in read.facts
        ]  # fmt: skip
        read.added_up, read.from_words = about, set()


def _header(headers: Sequence[str]) -> str:
    found = [header for header in dict.fromkeys(headers) if header]
    return ", ".join(found[:3]) + (" and others" if len(found) > 3 else "")


def _unplaced(raw: RawTable, reads: Sequence[Read]) -> Iterator[Fault]:
    """Cells in columns of figures that are none."""
    at: dict[str, list[int]] = {}
    for number, header in dict.fromkeys(cell for read in reads for cell in read.unread):
        at.setdefault(header, []).append(number)
    for header, numbers in at.items():
        yield Fault(
            code="not-a-count", what="Some cells are not whole numbers, 0 or more, percentages, or marks such as <5 and *.", file=raw.file,
            column=header, row=tuple(numbers[:50]), rows=len(numbers), allowed="whole numbers, 0 or more, percentages, or marks such as <5 and *",
            do='Correct these cells, or say what a mark stands for in the case: [counts] marks = { "-" = "0" }.',
        )  # fmt: skip


def _several_times(raw: RawTable, reads: Sequence[Read]) -> Iterator[Fault]:
    for read in reads:
        if len(read.times - {""}) > 1:
            header = next((label.header for label in read.labels if label.role == "time"), "")
            yield Fault(
                code="several-times", what="The table counts the same people at several times.", file=raw.file, column=header,
                allowed="figures of one day", do="Keep the rows of one year, month or day, and leave the others out.",
            )  # fmt: skip


def _contradictions(raw: RawTable, wrong: Sequence[Contradiction]) -> Iterator[Fault]:
    for one in wrong:
        made = f"{one.low:,.0f}" if one.low == one.high else f"{one.low:,.0f} to {one.high:,.0f}"
        other = (
            f"row {one.other} says {made} of the same people"
            if one.other
            else f"the rows that it is a total of add up to {made}"
        )
        yield Fault(
            code="figures-disagree", file=raw.file, column=one.header, row=(one.number,),
            what=f"Each row of this table stands for several people, and its figures do not agree: row {one.number} says {one.text}, and {other}.",
            allowed="totals that their parts add up to",
            do="Compare them with the original, and ask whoever published it. A row may be missing, or not be counted in the total.",
        )  # fmt: skip


def _mapped(reads: Sequence[Read], headers: Mapping[tuple[str, bool], str]) -> Iterator[tuple[str, str]]:
    """What each header was taken for, each pair once."""
    found = [
        (label.header, label.key or {"names": "characteristic", "groups": "group"}.get(label.role, label.role))
        for read in reads for label in read.labels if label.header and label.role not in ("other", "time")
    ]  # fmt: skip
    found += [
        (header, f"{name}, percentage" if percent else name) for (name, percent), header in headers.items() if header
    ]
    yield from dict.fromkeys(found)


def _unused(reads: Sequence[Read]) -> tuple[str, ...]:
    """The headers of columns of which nothing was used."""
    used = {str(fact[HEADER]) for read in reads for fact in read.facts}
    figures = [column.header for read in reads for column in read.figures if column.header not in used]
    return tuple(dict.fromkeys(inert(header) for header in figures if header))


def _said(reads: Sequence[Read], rows: Sequence[LongRow]) -> Iterator[Recoding]:
    yield Recoding(
        column="all",
        rule="read as a table of counts: each row stands for several people",
        rows=len({fact[NUMBER] for read in reads for fact in read.facts}),
    )
    if pools := list(dict.fromkeys(word for read in reads for word in read.from_words)):
        named = ", ".join(f"“{inert(word)}”" for word in pools[:6]) + (
            f" and {len(pools) - 6} more" if len(pools) > 6 else ""
        )
        yield Recoding(
            column="all", rule=f"taken for the names of pools: {named}", rows=sum(row.pool in pools for row in rows)
        )
    for header in dict.fromkeys(
        label.header for read in reads for label in read.labels if label.role == "other" and label.header
    ):
        if any(OTHER + header in fact for read in reads for fact in read.facts):
            yield Recoding(
                column=inert(header),
                rule="its rows are added up: it is no characteristic that is known",
                rows=len(rows),
            )
    for words in dict.fromkeys(read.added_up for read in reads if read.added_up):
        yield Recoding(column="all", rule=f"figures under these words are added up: {words}", rows=len(rows))
    withheld = [
        str(fact[TEXT]) for read in reads for fact in read.facts if str(fact[TEXT]).casefold() in withheld_marks()
    ]
    for mark in dict.fromkeys(withheld):
        rule = f"“{inert(mark)}” read as any number that the totals allow"
        yield Recoding(column="all", rule=rule, rows=withheld.count(mark))
    lost = list(dict.fromkeys(cell for read in reads for cell in read.unplaced))
    if lost:
        cells = ", ".join(f"row {number}, {inert(header) or 'without a header'}" for number, header in lost[:12])
        more = f" and {len(lost) - 12} more" if len(lost) > 12 else ""
        yield Recoding(
            column="all",
            rule=f"figures left out, since nothing says whom they count: {cells}{more}",
            rows=len({n for n, _ in lost}),
        )
