"""Takes a CountTable; gives a Tally for each characteristic: every count from its least to its most, as the figures together allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from eia.errors import Fault, Faults, inert
from eia.intake.columns.categories import how_combined
from eia.intake.counts.characteristic_rows import CharacteristicRows, by_characteristic
from eia.intake.counts.count_table import CountTable
from eia.intake.counts.measures import SELECTED, SHARES, Measure, all_multiples_of_5
from eia.intake.counts.published_cells import Figure
from eia.intake.counts.reconcile import Amounts, KnownBlock, Reconciled, Statement, reconcile
from eia.intake.counts.row_faults import RowFaults
from eia.intake.intake_record import Recoding
from eia.intake.questions import OpenQuestion
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
    no pool and the outcomes are "retained" and then the stages of the case. margins: None where every cell is known. questions, said: of labels
    that are not known."""

    characteristic: Characteristic
    groups: tuple[Group, ...]
    low: Amounts
    high: Amounts
    margins: CountMargins | None = None
    questions: tuple[OpenQuestion, ...] = ()
    said: tuple[Recoding, ...] = ()


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
    held = _cells_held(table, rows)
    stated = _statements(table, rows, held)
    sums = _sums_of_findings(table, rows)
    fitted = reconcile(stated, held, [block for blocks in sums.values() for block in blocks])
    if fitted.disagree:
        _add_disagreements(table, fitted.disagree, faults)
    elif not np.isfinite(fitted.high).all():
        of_rows.check_limits(stated, fitted.high)
    scale = SHARES if table.are_shares else 1
    told = slice(len(table.outcomes))
    low, high = (np.where(np.isfinite(ends), ends, 0)[:, :, told] / scale for ends in (fitted.low, fitted.high))
    if table.are_shares and abs(low.sum() - 1) > 0.005:
        faults.add(Fault(code="shares-do-not-add-up", what=f"The shares of {rows.characteristic.title} do not add up to 1.",
                         file=table.raw.file, allowed="shares of all groups of a characteristic that add up to 1",
                         do="Correct the shares, or add the group left out."))  # fmt: skip
    low, high = _added_up(rows, low), _added_up(rows, high)
    exact = bool((low == high).all()) or table.are_shares
    return Tally(
        characteristic=rows.characteristic,
        groups=rows.groups,
        low=low,
        high=high,
        margins=None if exact else _margins(sums, fitted, rows),
        questions=rows.questions,
        said=rows.said,
    )


def _added_up(rows: CharacteristicRows, ends: Amounts) -> Amounts:
    """Ends by group, those of groups that stand twice added to the first."""
    added = ends[: len(rows.groups)].copy()
    np.add.at(added, list(rows.twice), ends[len(rows.groups) :])
    return added


def _margins(sums: Mapping[str, Sequence[KnownBlock]], fitted: Reconciled, rows: CharacteristicRows) -> CountMargins:
    """What was found of the sums, by their names."""
    cuts = np.cumsum([len(blocks) for blocks in sums.values()])[:-1]
    low, high = (np.split(ends, cuts) for ends in (fitted.margins_low, fitted.margins_high))
    ends = dict(zip(sums, zip(low, high, strict=True), strict=True))
    by_group = [_added_up(rows, one.reshape(len(rows.everybody), -1)) for one in ends.pop("group")]
    selected = [_added_up(rows, one) for one in ends.pop("group_selected")]
    return CountMargins(group=(by_group[0], by_group[1]), group_selected=(selected[0], selected[1]), **ends)


def recodings(table: CountTable, found: Mapping[str, Tally]) -> list[Recoding]:
    """What is to be said of how the counts were read: that everybody includes the people in pools, and how categories were combined."""
    said = [one for tally in found.values() for one in tally.said]
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


def _add_disagreements(table: CountTable, found: Sequence[Sequence[Statement]], faults: Faults) -> None:
    """A fault for each contradiction, so that all of them can be mended at once."""
    do = "Compare them with the original, and ask whoever published it. If people are left out of the table, add a row for them, such as Not recorded, with * as the figure"
    if table.case.counts.rounded_to == 1 and all_multiples_of_5(table.measures):
        do += "; every figure is a multiple of 5, so they were probably rounded: say so in the case: [counts] rounded_to = 5."
    else:
        do += "; if figures were rounded, say so in the case: [counts] rounded_to = 5."
    several = "Each row of this table stands for several people. " if table.raw.is_laid_out else ""
    for wrong in sorted(found, key=lambda wrong: min(one.row for one in wrong if one.row is not None)):
        stated = [(one.header, one.row) for one in wrong if one.row is not None]
        named = [
            f"“{inert(header)}” in row {table.raw.row_numbers(np.array([row]))[0]}" for header, row in stated[:_NAMED]
        ]
        more = f" and {len(stated) - _NAMED} more" if len(stated) > _NAMED else ""
        faults.of_rows(
            table.raw, np.array(sorted({row for _, row in stated}), dtype=np.int64), code="figures-disagree",
            what=f"{several}These figures cannot all be right: {', '.join(named)}{more}.",
            allowed="figures that some numbers of people agree with", do=do,
        )  # fmt: skip


# ------------------------------------------------------------------------------------------------ what the rows state


def _cells_held(table: CountTable, rows: CharacteristicRows) -> npt.NDArray[np.bool_]:
    """The cells that the table speaks of, by group, pool and outcome: those with a row, and no pool where the whole workforce is given."""
    outside, places = table.outside, table.places
    held = np.zeros((len(rows.everybody), outside + 1, len(table.outcomes) + len(table.parts)), dtype=bool)
    for row in rows.single:
        place = places[row]
        if isinstance(place, int):
            held[rows.blocks[row], place] = True
    beyond = any(one.at(row) for one in table.measures if one.counts in ("whole", "rest") for row in rows.blocks)
    if beyond or (not held[:, outside].any() and any(places[row] == "everyone" for row in rows.blocks)):
        held[[index for row in rows.single for index in rows.blocks[row]], outside] = True
    held &= np.isin(np.arange(held.shape[2]), (*table.used, *table.parts.values()))
    held[:, outside, 1:] = False
    return held


def _statements(table: CountTable, rows: CharacteristicRows, held: npt.NDArray[np.bool_]) -> list[Statement]:
    """Everything that the rows state; percentages only where the case says what they are of."""
    return [
        *(one for row in rows.blocks for one in _of_row(table, rows, row, held)),
        *_made_of_parts(table, len(rows.everybody)),
    ]


def _of_row(table: CountTable, rows: CharacteristicRows, row: int, held: npt.NDArray[np.bool_]) -> Iterator[Statement]:
    groups, base_of = rows.blocks[row], table.case.counts.percentages
    kinds = rows.answered if base_of == "answered" and set(groups) <= set(rows.answered) else rows.everybody
    for one in table.measures:
        outcomes = (table.parts[one],) if one in table.parts else table.codes(one.counts)
        counted = KnownBlock(groups, _pools(table, one, row, held), outcomes)
        for figure in one.at(row):
            if figure.parts and base_of is None:
                continue
            base = _base(table, one, counted, kinds) if figure.parts else None
            yield Statement(counts=counted, figure=figure, base=base, row=row, header=one.column.header)


def _made_of_parts(table: CountTable, groups: int) -> Iterator[Statement]:
    """That an outcome with several columns is all of what they count: one part in one of them together."""
    for group, pool, outcome in product(range(groups), range(table.outside), {one.outcome for one in table.parts}):
        whole = KnownBlock((group,), (pool,), table.codes(outcome[0]))
        of = KnownBlock((group,), (pool,), tuple(code for one, code in table.parts.items() if one.outcome == outcome))
        yield Statement(counts=whole, figure=Figure(1, 1, 1), base=of, row=None, header="")


def _pools(table: CountTable, measure: Measure, row: int, held: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    place, outside = table.places[row], table.outside
    if measure.counts == "whole" or place == "everyone":
        return tuple(range(outside + 1))
    if measure.counts == "rest":
        return (outside,)
    if isinstance(place, int):
        return (place,)
    return tuple(pool for pool in range(outside + 1) if held[:, pool].any())


def _base(table: CountTable, measure: Measure, counted: KnownBlock, kinds: tuple[int, ...]) -> KnownBlock:
    """What a percentage is of. Only of those with an outcome can a percentage be of the people of the same group."""
    of = table.case.counts.percentages
    if measure.counts not in (*table.outcomes, SELECTED) or of in ("column", "answered"):
        return KnownBlock(kinds, counted.pools, counted.outcomes)
    return KnownBlock(counted.groups if of == "group" else kinds, counted.pools, table.used)


def _sums_of_findings(table: CountTable, rows: CharacteristicRows) -> Mapping[str, tuple[KnownBlock, ...]]:
    """The sums that a finding rests on, as ``CountMargins`` names them."""
    pools, used = tuple(range(table.outside)), table.used
    places = (*((place,) for place in (*pools, table.outside)), pools, (*pools, table.outside))
    selected = table.codes(SELECTED)
    return {
        "group": tuple(KnownBlock((group,), place, used) for group in rows.everybody for place in places),
        "everyone": tuple(KnownBlock(rows.answered, place, used) for place in places),
        "selected": tuple(KnownBlock(rows.answered, place, selected) for place in places),
        "group_selected": tuple(KnownBlock((group,), pools, selected) for group in rows.everybody),
        "people": tuple(KnownBlock(rows.everybody, place, used) for place in places[-2:]),
    }
