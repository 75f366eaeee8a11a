"""Takes a CountTable; gives its rows by characteristic, and which groups each of them counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from eia.case import Case
from eia.errors import Faults, inert, visible
from eia.intake.columns.identifiers import identifies
from eia.intake.counts.count_table import CountTable, Place
from eia.intake.counts.group_labels import ALL_MINORITIES, is_minority, published_groups
from eia.intake.counts.unknown_labels import ReadLabels, read_labels
from eia.intake.intake_record import Recoding
from eia.intake.questions import OpenQuestion
from eia.vocabulary.characteristics import MISSING, Characteristic, Group, characteristics
from eia.vocabulary.headers import column_of
from eia.vocabulary.synonyms import plain, row_words

_WIDE = frozenset(("marriage", "religion", "sexual_orientation"))
"""The characteristics whose groups hold several that tables print apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacteristicRows:
    """The rows of one characteristic. groups: its groups, the ways of not answering last. single: rows of one group each.
    blocks: which groups each row counts, by position; of totals several. twice: the group of each further row of one in the same pool, in other
    words: a way of not answering beside another of its kind, or a label of a wide group; such rows have places of their own behind the groups, until they are added up. questions,
    said: of labels that are not known."""

    characteristic: Characteristic
    groups: tuple[Group, ...]
    single: tuple[int, ...]
    blocks: Mapping[int, tuple[int, ...]]
    twice: tuple[int, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    said: tuple[Recoding, ...] = ()

    @property
    def everybody(self) -> tuple[int, ...]:
        """All groups, those that stand twice included."""
        return tuple(range(len(self.groups) + len(self.twice)))

    @property
    def answered(self) -> tuple[int, ...]:
        """The groups of those who answered, those that stand twice included."""
        return _answered(self.groups, self.twice)


def by_characteristic(table: CountTable, faults: Faults) -> Iterator[CharacteristicRows]:
    """The rows of every characteristic, however they name it. Rows of totals without a characteristic are totals of each.

    Faults: labels that are no groups of a characteristic whose groups are known beforehand.
    """
    totals = {row: None for row, name in enumerate(table.names) if plain(name) in row_words("total", "everyone")}
    known = characteristics_of(table.names, table.case)
    of_key: dict[str, list[int]] = {}
    for row, name in enumerate(table.names):
        if row not in totals:
            of_key.setdefault(known[name].key, []).append(row)
    for rows in of_key.values():
        yield _rows_of(table, known[table.names[rows[0]]], rows, totals, faults)


def _rows_of(
    table: CountTable, characteristic: Characteristic, rows: Sequence[int], totals: Iterable[int], faults: Faults
) -> CharacteristicRows:
    words = {row: plain(table.groups[row]) for row in rows}
    words |= dict.fromkeys(_totals_by_their_figures(table, characteristic, rows), "total")
    single = [row for row in rows if words[row] not in row_words("total", "total of those who answered")]
    cells = [table.groups[row] for row in single]
    characteristic = _as_combined(characteristic, cells, table.case)
    found = published_groups(characteristic.combined_from or characteristic.key, cells, table.case)
    unknown = [row for row, group in zip(single, found, strict=True) if not group]
    strange = [row for row in unknown if words[row] not in row_words("the rest")]
    group = {row: known for row, known in zip(single, found, strict=True) if known}
    read = read_labels(table, characteristic, strange, group) if characteristic.groups else ReadLabels(groups={})
    if characteristic.closed:
        faults.of_rows(
            table.raw, read.lost, column="group", code="unknown-group-label",
            what=f"Some groups of {characteristic.title} are not known.",
            allowed=", ".join([*characteristic.groups, *(missing.label for missing in MISSING), "Everyone else"]),
            do=f'Correct the label, or say what it stands for in the case: [categories.labels.{characteristic.key}] "the label" = "the group".',
        )  # fmt: skip
    group |= {row: read.groups.get(row, Group(visible(table.groups[row]))) for row in unknown}
    order = _ordered(group.values())
    together = [row for row in single if group[row] not in order]
    single = [row for row in single if row not in together]
    at, twice = _apart(table, {row: order.index(group[row]) for row in single}, order, characteristic)
    answered = _answered(order, twice)
    everybody = tuple(range(len(order) + len(twice)))
    blocks: dict[int, tuple[int, ...]] = {row: (place,) for row, place in at.items()}
    blocks |= dict.fromkeys(together, tuple(place for place, _ in enumerate(order) if is_minority(order[place].label)))
    blocks |= {row: everybody if words[row] in row_words("total") else answered for row in rows if row not in group}
    if not any(words[row] in row_words("total") for row in rows):
        blocks |= dict.fromkeys(totals, everybody)
    return CharacteristicRows(
        characteristic=characteristic, groups=order, single=tuple(single), blocks=blocks, twice=twice, questions=read.questions,
        said=(*read.said, *_added_up(order, twice)),
    )  # fmt: skip


def _answered(order: Sequence[Group], twice: Sequence[int]) -> tuple[int, ...]:
    """The places of those who answered."""
    return tuple(place for place, target in enumerate((*range(len(order)), *twice)) if order[target].kind == "answer")


def _apart(
    table: CountTable, at: Mapping[int, int], order: Sequence[Group], characteristic: Characteristic
) -> tuple[dict[int, int], tuple[int, ...]]:
    """The place of each row among the groups; of a further way of not answering in the same pool, such as “Undefined” beside “Not stated”,
    and of a further label of a wide group, such as “Divorced” beside “Single”, behind them. The second is the group of each of those."""
    found, twice = dict(at), list[int]()
    labels: dict[tuple[int, Place], set[str]] = {}
    for row, place in at.items():
        before = labels.setdefault((place, table.places[row]), set())
        word = plain(table.groups[row])
        if before and word not in before and (order[place].kind != "answer" or characteristic.key in _WIDE):
            behind = [len(order) + number for number, target in enumerate(twice) if target == place]
            if len(behind) < len(before):
                behind.append(len(order) + len(twice))
                twice.append(place)
            found[row] = behind[len(before) - 1]
        before.add(word)
    return found, tuple(twice)


def _added_up(order: Sequence[Group], twice: Sequence[int]) -> Iterator[Recoding]:
    for place in dict.fromkeys(twice):
        what = "labels" if order[place].kind == "answer" else "ways of not answering"
        yield Recoding(
            column="group",
            rule=f"several {what} are added up as “{order[place].label}”",
            rows=1 + twice.count(place),
        )


def _ordered(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The groups, the ways of not answering last; all minority ethnic groups together are no group of their own beside any of them."""
    answers = tuple(dict.fromkeys(one for one in groups if one.kind == "answer"))
    together = Group(ALL_MINORITIES)
    parted = together in answers and sum(is_minority(one.label) for one in answers) > 1
    return (*(one for one in answers if not (parted and one == together)), *MISSING)


def _totals_by_their_figures(table: CountTable, characteristic: Characteristic, rows: Sequence[int]) -> list[int]:
    """Rows whose label is no group that is known, and whose figures are the sums of all others of their pool: totals by another name."""
    if not (characteristic.closed and characteristic.groups):
        return []
    found = published_groups(characteristic.key, [table.groups[row] for row in rows], table.case)
    total = {row for row in rows if plain(table.groups[row]) in row_words("total", "total of those who answered")}
    known = [row for row, group in zip(rows, found, strict=True) if group]
    strange = [row for row, group in zip(rows, found, strict=True) if not group and row not in total]
    return [
        row for row in strange if _adds_up(table, row, [one for one in known if table.places[one] == table.places[row]])
    ]


def _adds_up(table: CountTable, row: int, others: Sequence[int]) -> bool:
    """Whether every figure of a row is exactly the sum of those of other rows."""
    if len(others) < 2:
        return False
    columns = [one for one in table.measures if not one.percentage and one.at(row)]
    stated = [[figure for each in (row, *others) for figure in one.at(each)[:1]] for one in columns]
    told = [[figure.low for figure in each if figure.exact] for each in stated]
    return bool(told) and all(len(each) == len(others) + 1 and each[0] == sum(each[1:]) > 0 for each in told)


def characteristics_of(names: Sequence[str], case: Case) -> dict[str, Characteristic]:
    """The characteristic that each name stands for; one that is not known is a characteristic of its own."""
    known, taken = _known(case), {*characteristics(), *case.characteristics}
    for name in dict.fromkeys(names):
        word = plain(name)
        if word not in known and (column := column_of(name, "people")) in characteristics():
            known[word] = characteristics()[column]
        if word not in known:
            shown = "" if identifies(name) else name
            stem = re.sub(r"[^a-z0-9]+", "_", plain(shown)).strip("_")[:30] or "unnamed"
            key = next(key for number in count(1) if (key := stem if number == 1 else f"{stem}_{number}") not in taken)
            known[word] = Characteristic(key=key, title=inert(shown) or "Unnamed")
            taken.add(key)
    return {name: known[plain(name)] for name in names}


def _known(case: Case) -> dict[str, Characteristic]:
    """Plain name -> characteristic: one of the case's, or one of ours, by key or title."""
    of_case = (Characteristic(key=key, title=extra.title) for key, extra in case.characteristics.items())
    every = (*of_case, *characteristics().values())
    return {plain(name): one for one in every for name in (one.key, one.title)}


def _as_combined(characteristic: Characteristic, cells: Sequence[str], case: Case) -> Characteristic:
    """The combined characteristic where every answer is one of its groups, for example White and Black."""
    found = set(published_groups(characteristic.key, cells, case))
    labels = {group.label for group in found if group and group.kind == "answer"}
    for whole in characteristics().values():
        if whole.combined_from == characteristic.key and None not in found and labels <= set(whole.groups):
            return whole
    return characteristic
