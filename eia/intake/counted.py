"""Takes a raw table of counts and the case; gives Counted: people in each group of each pool, and how many were selected.

Reps are often given counts, not people. One row is one group of one characteristic in one pool: ``characteristic, group,
pool, people, selected``. An empty pool means people in no pool; an empty ``selected`` everywhere means that nobody has
been chosen yet. A table of the whole workforce has ``characteristic, group`` and either ``people`` or ``share``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.errors import EiaError, Fault, inert, visible
from eia.intake.check import ALL_STAFF
from eia.intake.read import Cells, RawTable
from eia.intake.values import Column
from eia.intake.words import NO_POOL_WORDS, group_of, headers, plain
from eia.intake.workforce import Intake, Mapped, Source
from eia.law.characteristics import MISSING, Characteristic, Group, characteristics

Amounts = npt.NDArray[np.float64]

LARGEST_COUNT = 1_000_000_000  # more people than any employer has; above it a cell holds no count

_COLUMNS = {
    "characteristic": ("characteristic", "protected characteristic"),
    "group": ("group", "category"),
    "pool": ("pool", "stratum"),
    "people": ("people", "in scope", "number", "count", "headcount", "total"),
    "selected": ("selected", "to go", "number selected"),
    "share": ("share", "share of workforce"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The counts of one characteristic: arrays of shape (groups, pools + 1), the last entry being no pool."""

    characteristic: Characteristic
    groups: tuple[Group, ...]
    people: Amounts
    selected: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A checked table of counts. chosen: whether any number selected is given. are_shares: shares instead of people."""

    pools: tuple[str, ...]
    tallies: Mapping[str, Tally]
    chosen: bool
    are_shares: bool
    intake: Intake


def is_counts(found: Sequence[str]) -> bool:
    """Whether these are the headers of a table of counts.

    >>> is_counts(["Characteristic", "Group", "People"]), is_counts(["reference", "sex"])
    (True, False)
    """
    at = _positions(found)
    return {"characteristic", "group"} <= set(at) and bool({"people", "share"} & set(at))


def check_counts(raw: RawTable, case: Case) -> Counted:
    """Check a table of counts. Raises EiaError with every fault of it."""
    at = _positions(raw.headers)
    if not is_counts(raw.headers):
        raise EiaError(
            Fault(code="not-counts", what="This is not a table of counts.", file=raw.file, row=(1,),
                  allowed="the headers characteristic, group, pool, people, selected", do="Name the columns so.")
        )  # fmt: skip
    cells = raw.read(list(at.values()), None)
    columns = {name: Column(raw, index, cells.texts[index]) for name, index in at.items()}
    are_shares = "share" in at
    amounts = _amounts(columns["share" if are_shares else "people"], shares=are_shares, needed=True)
    chosen = "selected" in columns and any(columns["selected"].text.values)
    selected = _amounts(columns["selected"], shares=False, needed=False) if chosen else np.zeros(cells.rows)
    one_pool = "pool" not in columns
    pools, pool_codes = _pools(columns.get("pool"), cells.rows)
    faults = [fault for column in columns.values() for fault in column.faults]
    faults += _row_faults(raw, columns, amounts, selected, pool_codes, len(pools))
    tallies, repeated = _tallies(columns, case, amounts, selected, pool_codes, len(pools))
    faults += _repeated_fault(raw, repeated) if len(repeated) else []
    if are_shares and not faults:
        faults = [_shares_fault(raw, tally) for tally in tallies.values() if abs(tally.people.sum() - 1) > 0.005]
    if faults:
        raise EiaError(faults)
    return Counted(
        pools=pools, tallies=tallies, chosen=chosen, are_shares=are_shares, intake=_intake(raw, cells, at, one_pool)
    )


def _positions(found: Sequence[str]) -> dict[str, int]:
    plain_found = [plain(header) for header in found]
    matches = {
        name: next((plain_found.index(word) for word in words if word in plain_found), -1)
        for name, words in _COLUMNS.items()
    }
    return {name: index for name, index in matches.items() if index >= 0}


def _amounts(column: Column, *, shares: bool, needed: bool) -> Amounts:
    """Whole numbers, or shares, of every row; an empty cell is 0 where that is allowed."""
    parsed: list[float] = []
    wrong = []
    for index, cell in enumerate(column.text.values):
        value = 0.0 if not cell and not needed else _amount(cell)
        if not 0 <= value <= (1 if shares else LARGEST_COUNT) or (not shares and value % 1):
            wrong.append(index)
            value = 0.0
        parsed.append(value)
    allowed = "shares from 0 to 1" if shares else "whole numbers, 0 or more"
    column.blame(wrong, code="not-a-count", what=f"Some cells are not {allowed}.", allowed=allowed,
                 do="Correct these cells. Cells such as <5 or * cannot be read yet.")  # fmt: skip
    return np.array(parsed)[column.text.codes]


def _amount(cell: str) -> float:
    text = cell.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", cell) else cell
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else float("nan")


def _pools(column: Column | None, rows: int) -> tuple[tuple[str, ...], npt.NDArray[np.int64]]:
    """Pool labels in the order of the file, and each row's pool; the code after the last pool is no pool."""
    if column is None:
        return (ALL_STAFF,), np.zeros(rows, dtype=np.int64)
    labels = tuple(dict.fromkeys(visible(value) for value in column.text.values if plain(value) not in NO_POOL_WORDS))
    lookup = [labels.index(visible(v)) if plain(v) not in NO_POOL_WORDS else len(labels) for v in column.text.values]
    return labels, np.array(lookup, dtype=np.int64)[column.text.codes]


def _row_faults(
    raw: RawTable,
    columns: Mapping[str, Column],
    amounts: Amounts,
    selected: Amounts,
    pools: npt.NDArray[np.int64],
    outside: int,
) -> list[Fault]:
    given = columns.get("selected")
    blank = (
        np.array([not cell for cell in given.text.values])[given.text.codes] if given else np.zeros(len(pools), bool)
    )
    unsaid = blank & (pools != outside) & (amounts > 0) & (not blank.all())
    checks = (
        ("selected-exceed-people", np.flatnonzero(selected > amounts), "More people are selected than there are.", "Correct these rows."),
        ("selected-without-pool", np.flatnonzero((selected > 0) & (pools == outside)), "People are selected who are in no pool.",
         "Fill in the pool of these rows."),
        ("no-selected-given", np.flatnonzero(unsaid), "Some groups in a pool have no number selected, while others have one.",
         "Fill these cells in, with 0 where nobody is selected."),
    )  # fmt: skip
    return [
        Fault(code=code, what=what, file=raw.file, row=raw.row_numbers(rows), rows=len(rows),
              allowed="for each group of each pool one row, and no more selected than people", do=do)
        for code, rows, what, do in checks
        if len(rows)
    ]  # fmt: skip


def _repeated_fault(raw: RawTable, rows: npt.NDArray[np.int64]) -> list[Fault]:
    return [
        Fault(code="repeated-row", what="The same group stands twice in the same pool, perhaps in other words.", file=raw.file,
              row=raw.row_numbers(rows), rows=len(rows), allowed="for each group of each pool one row",
              do="Add these rows up, or remove one.")
    ]  # fmt: skip


def _tallies(
    columns: Mapping[str, Column],
    case: Case,
    amounts: Amounts,
    selected: Amounts,
    pools: npt.NDArray[np.int64],
    outside: int,
) -> tuple[dict[str, Tally], npt.NDArray[np.int64]]:
    """The counts of every characteristic, however its rows name it, and the rows that repeat another."""
    text = columns["characteristic"].text
    named = _characteristics(text.values, case)
    tallies: dict[str, Tally] = {}
    repeated: list[npt.NDArray[np.int64]] = []
    for key in dict.fromkeys(characteristic.key for characteristic in named):
        same = [index for index, characteristic in enumerate(named) if characteristic.key == key]
        rows = text.rows_of(same)
        cells = [columns["group"].text.values[code] for code in columns["group"].text.codes[rows]]
        characteristic = _combined(named[same[0]], cells)
        vocabulary = characteristic.combined_from or characteristic.key
        groups = [group_of(vocabulary, cell) or Group(visible(cell)) for cell in cells]
        order = (*dict.fromkeys(group for group in groups if group.kind == "answer"), *MISSING)
        cell = np.array([order.index(group) for group in groups]) * (outside + 1) + pools[rows]
        repeated.append(np.delete(rows, np.unique(cell, return_index=True)[1]))
        if characteristic.key in tallies:
            repeated.append(rows)
        people, gone = (
            np.bincount(cell, given[rows], len(order) * (outside + 1)).astype(float).reshape(len(order), -1)
            for given in (amounts, selected)
        )
        tallies[characteristic.key] = Tally(characteristic=characteristic, groups=order, people=people, selected=gone)
    return tallies, np.sort(np.concatenate(repeated))


def _characteristics(names: Sequence[str], case: Case) -> list[Characteristic]:
    """The characteristic that each name stands for; one that is not known is a characteristic of its own."""
    own: dict[str, Characteristic] = {}
    taken = {*characteristics(), *case.characteristics}
    result = []
    for name in names:
        word = plain(name)
        known = _known(word, case) or own.get(word)
        if known is None:
            stem = re.sub(r"[^a-z0-9]+", "_", word).strip("_")[:30] or "unnamed"
            key = next(key for number in count(1) if (key := stem if number == 1 else f"{stem}_{number}") not in taken)
            known = own[word] = Characteristic(key=key, title=inert(name) or "Unnamed")
            taken.add(key)
        result.append(known)
    return result


def _known(word: str, case: Case) -> Characteristic | None:
    """The characteristic that a name stands for: one of ours by key, title or header, or one of the case's."""
    for key, known in characteristics().items():
        if word in (plain(key), plain(known.title)) or headers().get(word) == key:
            return known
    for key, extra in case.characteristics.items():
        if word in (plain(key), plain(extra.title)):
            return Characteristic(key=key, title=extra.title)
    return None


def _combined(characteristic: Characteristic, cells: Sequence[str]) -> Characteristic:
    """The combined characteristic where every answer is one of its groups, for example White and Black."""
    found = {group_of(characteristic.key, cell) for cell in cells}
    labels = {group.label for group in found if group and group.kind == "answer"}
    for whole in characteristics().values():
        if whole.combined_from == characteristic.key and None not in found and labels <= set(whole.groups):
            return whole
    return characteristic


def _shares_fault(raw: RawTable, tally: Tally) -> Fault:
    return Fault(
        code="shares-do-not-add-up", what=f"The shares of {tally.characteristic.title} do not add up to 1.", file=raw.file,
        allowed="shares of all groups of a characteristic that add up to 1", do="Correct the shares, or add the group left out.",
    )  # fmt: skip


def _intake(raw: RawTable, cells: Cells, at: Mapping[str, int], one_pool: bool) -> Intake:
    source = Source(file=raw.file, sha256=raw.sha256, encoding=cells.encoding, rows=cells.rows)
    mapped = tuple(Mapped(inert(raw.headers[index]), name) for name, index in at.items())
    unused = tuple(inert(header) for index, header in enumerate(raw.headers) if index not in at.values())
    return Intake(sources=(source,), mapped=mapped, unused=unused, one_pool=one_pool)
