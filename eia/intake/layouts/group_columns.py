"""Takes a table of people and the case; gives the table with one column made of those that are a group each, or are named as one group and say
yes or no, and the question about each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from eia.case import Case
from eia.errors import inert
from eia.intake.columns.categories import groups_of
from eia.intake.columns.identifiers import held_by_header
from eia.intake.files.raw_table import MadeColumn, RawTable
from eia.intake.files.text_columns import categorical
from eia.intake.intake_record import Recoding
from eia.intake.layouts.terms import characteristic_called, is_answer, told_by_labels
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.headers import as_written, column_of, header_word
from eia.vocabulary.synonyms import plain

SEVERAL, UNCLEAR = "several marked, not known which", "marked unclearly, not known which"
"""What stands for a row that says yes in several columns, or something else in one: it reads like a way of not answering, and is asked about."""
_THE_REST = "Everyone else"
_YES = frozenset(("1", "1.0", "y", "yes", "true", "t", "x", "✓", "✔"))
_NO = frozenset(("", "0", "0.0", "n", "no", "false", "f", "-"))
_AROUND = frozenset(("is", "ind", "indicator", "flag", "yn", "y", "n", "or", "yes", "no", "the", "a"))
_OTHERWISE = {  # of two groups: whoever is not of the one is of the other
    ("sex", "Female"): "Male", ("sex", "Male"): "Female", ("contract", "Fixed-term"): "Permanent", ("contract", "Permanent"): "Fixed-term",
    ("working_pattern", "Part-time"): "Full-time", ("working_pattern", "Full-time"): "Part-time",
    ("disability", "Disabled"): "Not disabled", ("disability", "Not disabled"): "Disabled",
    ("marriage", "Married or in a civil partnership"): "Neither",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Flags:
    """Columns that say yes or no and are a group each, or one such column. key: their characteristic. labels: the group of each. rest: the
    group of whoever has yes in none; "" where that is not known."""

    key: str
    columns: tuple[int, ...]
    labels: tuple[str, ...]
    rest: str = ""

    def header(self, raw: RawTable) -> str:
        """What the column made of them is called."""
        names = ", ".join(raw.headers[index] for index in self.columns)
        return inert(f"{names}: {self.labels[0]} or {self.rest}" if self.rest else names)

    def made(self, columns: Sequence[pd.Categorical]) -> pd.Categorical:
        """The group of each row."""
        yes = np.stack(
            [np.array([_says(cell, _YES) for cell in one.categories], dtype=bool)[one.codes] for one in columns]
        )
        no = np.stack(
            [np.array([_says(cell, _NO) for cell in one.categories], dtype=bool)[one.codes] for one in columns]
        )
        labels = [*dict.fromkeys((*self.labels, self.rest, SEVERAL, UNCLEAR))]
        place = np.array([labels.index(label) for label in self.labels])
        found = np.where(yes.sum(axis=0) == 1, place[yes.argmax(axis=0)], labels.index(self.rest))
        found = np.where(yes.sum(axis=0) > 1, labels.index(SEVERAL), found)
        found = np.where((yes | no).all(axis=0), found, labels.index(UNCLEAR))
        return categorical(found, labels).remove_unused_categories()


def with_group_columns(raw: RawTable, case: Case) -> tuple[RawTable, list[OpenQuestion], list[Recoding]]:
    """The table with a column for each characteristic that has only columns of its groups, what is asked about it and what is said.

    >>> from eia.intake.files.raw_table import open_table
    >>> staff = open_table(b"Ref,White,Asian,Black,Pool\\nA1,1,0,0,P\\nA2,0,1,0,P\\nA3,0,0,1,P\\n", name="staff.csv")
    >>> made, (asked,), _ = with_group_columns(staff, Case())
    >>> asked.guess, made.read([5], None).texts[5].tolist()
    ('White, Asian, Black', ['White', 'Asian', 'Black'])
    """
    asked: list[OpenQuestion] = []
    said: list[Recoding] = []
    for flags in _found(raw, case):
        header = flags.header(raw)
        if header in case.ignored or all(raw.headers[index] in case.ignored for index in flags.columns):
            continue
        made = raw.with_column(header, MadeColumn(flags.columns, flags.made))
        column = made.read([len(raw.headers)], None).texts[len(raw.headers)].array
        rows = len(column)
        if case.columns.get(_column(flags.key)) != header:
            asked.append(_question(raw, flags, header, rows))
        how = (
            f"yes read as “{flags.labels[0]}”, no as “{flags.rest}”"
            if flags.rest
            else f"read as one from {len(flags.columns)} columns, a group each"
        )
        said.append(Recoding(column=header, rule=how, rows=rows))
        for label, why in (
            (SEVERAL, "yes in more than one of these columns"),
            (UNCLEAR, "neither yes nor no in one of these columns"),
        ):
            if doubtful := int((column == label).sum()):
                said.append(
                    Recoding(
                        column=header,
                        rule=f"{why}: in none of the groups until it is said what they are",
                        rows=doubtful,
                    )
                )
        raw = made
    return raw, asked, said


def _question(raw: RawTable, flags: _Flags, header: str, rows: int) -> OpenQuestion:
    title, names = characteristics()[flags.key].title, tuple(inert(raw.headers[index]) for index in flags.columns)
    one = f"Those with yes in “{names[0]}” are “{flags.labels[0]}”, those with no “{flags.rest}”"
    return OpenQuestion(
        kind="group columns", about=header, seen=names, rows=rows, guess=header, setting=("columns", _column(flags.key)), depends=f"whether {title} is assessed, and in which groups",
        reason=f"{'it' if flags.rest else 'each'} is named as a group of {title} and says yes or no, and {title} has no column of its own",
        choices=(Choice(answer=header, words=one if flags.rest else f"Each is one group of {title}: whoever has yes in none is not recorded"), Choice(answer="", words="Leave them out")),
    )  # fmt: skip


def _found(raw: RawTable, case: Case) -> Iterator[_Flags]:
    """The columns of each characteristic that has no column of its own."""
    may_be = [
        index
        for index in range(len(raw.headers))
        if {row[index].strip().casefold() for row in raw.sample} <= _YES | _NO
    ]
    flags = [index for index in may_be if _is_flag(raw, index)]
    named = {index: told for index in may_be if (told := _group_named(raw.headers[index], case))}
    for key in dict.fromkeys(key for key, _ in named.values()):
        own = {index: label for index, (of, label) in named.items() if of == key}
        if not _tell(raw, own):
            continue
        whole = _several(raw, key, own, flags) if len(own) > 1 else _one(key, *own.popitem(), case)
        said = case.columns.get(_column(key))
        if said == whole.header(raw) or (
            said is None and not any(characteristic_called(header, case) == key for header in raw.headers)
        ):
            yield whole


def _column(key: str) -> str:
    return "age_band" if key == "age" else key


def _several(raw: RawTable, key: str, own: Mapping[int, str], flags: Sequence[int]) -> _Flags:
    """The columns of a characteristic, with those amid them that make each row say yes once."""
    others = [index for index in flags if index not in own and min(own) < index <= max(own) + 1]
    columns = sorted([*own, *others]) if _one_each(raw, [*own, *others]) else [*own]
    return _Flags(
        key, tuple(columns), tuple(own.get(index) or _without_name(raw.headers[index], key) for index in columns)
    )


def _one(key: str, column: int, label: str, case: Case) -> _Flags:
    """The only column of a characteristic: whoever has no is of the other of two groups, or else of everyone else."""
    group = groups_of(key, [label], case)[0]
    rest = _OTHERWISE.get((key, group.label), _THE_REST) if group else _THE_REST
    return _Flags(key, (column,), (group.label if group else label,), rest)


def _group_named(header: str, case: Case) -> tuple[str, str] | None:
    """The characteristic, and its group, that a header names; None where it names none, or is known for something else."""
    if column_of(header, "people") or column_of(header, "asked") or held_by_header(header):
        return None
    for key, label in _after_a_name(header):
        if is_answer(key, label, case):
            return key, label
    bare = " ".join(word for word in header_word(header).split() if word not in _AROUND)
    said = (as_written(header),) if bare == header_word(header) else (bare, as_written(header))
    for label in filter(None, said):
        if key := told_by_labels([label], case, least=1):
            return key, label
    return None


def _after_a_name(header: str) -> Iterator[tuple[str, str]]:
    """A header that begins with the name of a characteristic, as in Ethnicity_White: the characteristic and what stands behind it."""
    words, written = header_word(header).split(), re.split(r"[\W_]+", as_written(header).strip())
    for at in range(len(words) - 1, 0, -1):
        key = column_of(" ".join(words[:at]), "people")
        if key in characteristics():
            label = " ".join(written[at - len(words) :])
            yield key, label if plain(label) == " ".join(words[at:]) else " ".join(words[at:])


def _without_name(header: str, key: str) -> str:
    return next((label for of, label in _after_a_name(header) if of == key), as_written(header))


def _says(cell: str, words: frozenset[str]) -> bool:
    return cell.strip().casefold() in words


def _is_flag(raw: RawTable, index: int) -> bool:
    """Whether a column says yes of some of the first people and no of others."""
    return _tell(raw, (index,))


def _tell(raw: RawTable, columns: Collection[int]) -> bool:
    """Whether these columns together say yes somewhere in the first rows, and no somewhere."""
    cells = {row[index].strip().casefold() for row in raw.sample for index in columns}
    return bool(cells & _YES) and bool(cells & _NO)


def _one_each(raw: RawTable, columns: list[int]) -> bool:
    """Whether each of the first rows says yes in one of these columns only."""
    return all(sum(_says(row[index], _YES) for index in columns) == 1 for row in raw.sample)
