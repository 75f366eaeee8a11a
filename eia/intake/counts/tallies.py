"""Takes a CountTable; gives a Tally for each characteristic: every count from its least to its most, as the figures together allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eia.errors import Fault, Faults, inert
from eia.intake.columns.categories import how_combined
from eia.intake.counts.characteristic_rows import CharacteristicRows, by_characteristic
from eia.intake.counts.count_table import CountTable
from eia.intake.counts.measures import SHARES
from eia.intake.counts.reconcile import Amounts, KnownBlock, Reconciled, Statement, reconcile
from eia.intake.counts.row_faults import RowFaults
from eia.intake.counts.statements import cells_held, statements, sums_of_findings
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding
from eia.vocabulary.characteristics import Characteristic, Group

_NAMED = 12  # figures that one message names

Ends = tuple[Amounts, Amounts]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMargins:
    """Sums of cells, each from its least to its most: they are often known where the cells are not.

    By place: the pools, no pool, all pools together, and everybody. group: of each group, (groups, pools + 3). everyone, and
    selected: those who answered, (pools + 3,). group_selected: of each group, in all pools together, (groups,). people: everybody,
    answered or not, in all pools together and in all, (2,).
    """

    group: Ends
    everyone: Ends
    selected: Ends
    group_selected: Ends
    people: Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One characteristic from the least to the most: arrays of shape (groups, pools + 1, outcomes), where the last pool is
    no pool and the outcomes are "retained" and then the stages of the case. margins: None where every cell is known."""

    characteristic: Characteristic
    groups: tuple[Group, ...]
    low: Amounts
    high: Amounts
    margins: CountMargins | None = None


def tallies(table: CountTable, faults: Faults) -> dict[str, Tally]:
    """The counts of every characteristic, by its key.

    Faults: rows that cannot be, labels that are not known, figures that cannot all be right, shares that do not add up.
    """
    wrong, found = Faults(), {}
    of_rows = RowFaults(table)
    for rows in by_characteristic(table, wrong):
        of_rows.check(rows)
        key = rows.characteristic.key
        if key in found:
            of_rows.add("repeated-row", *rows.single)
        found[key] = _tally(table, rows, of_rows, wrong)
    faults.extend(of_rows.faults())
    faults.extend(wrong)
    return found


def _tally(table: CountTable, rows: CharacteristicRows, of_rows: RowFaults, faults: Faults) -> Tally:
    held = cells_held(table, rows)
    stated = statements(table, rows, held)
    sums = sums_of_findings(table, rows)
    fitted = reconcile(stated, held, [block for blocks in sums.values() for block in blocks])
    if fitted.disagree:
        _add_disagreement(table.raw, fitted.disagree, faults)
    elif not np.isfinite(fitted.high).all():
        of_rows.check_limits(stated, fitted.high)
    scale = SHARES if table.are_shares else 1
    told = slice(len(table.outcomes))
    low, high = (np.where(np.isfinite(ends), ends, 0)[:, :, told] / scale for ends in (fitted.low, fitted.high))
    if table.are_shares and abs(low.sum() - 1) > 0.005:
        faults.add(Fault(code="shares-do-not-add-up", what=f"The shares of {rows.characteristic.title} do not add up to 1.",
                         file=table.raw.file, allowed="shares of all groups of a characteristic that add up to 1",
                         do="Correct the shares, or add the group left out."))  # fmt: skip
    exact = bool((low == high).all()) or table.are_shares
    return Tally(
        characteristic=rows.characteristic,
        groups=rows.groups,
        low=low,
        high=high,
        margins=None if exact else _margins(sums, fitted, len(rows.groups)),
    )


def _margins(sums: Mapping[str, Sequence[KnownBlock]], fitted: Reconciled, groups: int) -> CountMargins:
    """What was found of the sums, by their names."""
    cuts = np.cumsum([len(blocks) for blocks in sums.values()])[:-1]
    low, high = (np.split(ends, cuts) for ends in (fitted.margins_low, fitted.margins_high))
    ends = dict(zip(sums, zip(low, high, strict=True), strict=True))
    least, most = ends.pop("group")
    return CountMargins(group=(least.reshape(groups, -1), most.reshape(groups, -1)), **ends)


def recodings(table: CountTable, found: Mapping[str, Tally]) -> list[Recoding]:
    """What is to be said of how the counts were read: that everybody includes the people in pools, and how categories were combined."""
    said = []
    whole = next((one for one in table.measures if one.counts == "whole"), None)
    if whole is not None and found:
        tally = next(iter(found.values()))
        inside, everybody = (
            _between(tally.low[:, pools].sum(), tally.high[:, pools].sum()) for pools in (slice(-1), slice(None))
        )
        rule = (
            f"includes the people in pools, who are taken out of it before the two are compared ({inside} of {everybody} by "
            f"{tally.characteristic.title})"
        )
        said.append(Recoding(column=inert(whole.column.header), rule=rule, rows=len(table.places)))
    if (race := found.get("race_group")) is not None:
        people = {group.label: int(most) for group, most in zip(race.groups, race.high.sum(axis=(1, 2)), strict=True)}
        if told := how_combined({}, people, table.case):
            said.append(Recoding(column=race.characteristic.title, rule=told[0], rows=len(table.places)))
    return said


def _between(low: float, high: float) -> str:
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def _add_disagreement(raw: RawTable, wrong: Sequence[Statement], faults: Faults) -> None:
    stated = [(one.header, one.row) for one in wrong if one.row is not None]
    named = [f"“{inert(header)}” in row {raw.row_numbers(np.array([row]))[0]}" for header, row in stated[:_NAMED]]
    more = f" and {len(stated) - _NAMED} more" if len(stated) > _NAMED else ""
    faults.of_rows(
        raw, np.array(sorted({row for _, row in stated}), dtype=np.int64), code="figures-disagree",
        what=f"These figures cannot all be right: {', '.join(named)}{more}.", allowed="figures that some numbers of people agree with",
        do="Compare them with the original, and ask whoever published it. If people are left out of the table, add a row for "
        "them, such as Not recorded, with * as the figure; if figures were rounded, say so in the case: [counts] rounded_to = 5.",
    )  # fmt: skip
