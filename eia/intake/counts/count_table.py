"""Takes the columns of a table of counts and the case; gives a Tally for each characteristic, and what is wrong with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from eia.case import RETAINED, Case
from eia.errors import Fault, inert, visible
from eia.intake.columns.categories import groups_of, how_combined
from eia.intake.columns.cells import FileColumn
from eia.intake.counts.characteristic_names import as_combined, characteristics_of
from eia.intake.counts.count_bounds import CountMargins, Tally
from eia.intake.counts.measures import SELECTED, SHARES, Measure
from eia.intake.counts.published_cells import Figure
from eia.intake.counts.reconcile import Amounts, KnownBlock, Reconciled, Statement, reconcile
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding
from eia.intake.people.pools import ALL_STAFF, folded
from eia.vocabulary.characteristics import MISSING, Characteristic, Group
from eia.vocabulary.synonyms import NO_POOL_WORDS, plain

Held = npt.NDArray[np.bool_]

_TOTAL = frozenset({"total", "totals", "all", "overall", "all pools", "all groups", "grand total"})
_TOTAL_ANSWERED = frozenset({"total known", "total answered", "all who answered", "all known"})
_EVERYONE = frozenset({"whole workforce", "all staff", "everyone", "whole department"})
_THE_REST = frozenset(
    {
        "everyone else",
        "everybody else",
        "all others",
        "all other",
        "all other staff",
        "other staff",
        "others",
        "the rest",
    }
)
_NAMED = 12  # figures that one message names


class CountTable:
    """The rows of a table of counts, and what each of them counts. Faults are gathered, not raised."""

    def __init__(
        self, raw: RawTable, case: Case, labels: Mapping[str, FileColumn], measures: Sequence[Measure], rows: int
    ) -> None:
        """Take the file, its columns of labels by name, its columns of figures, and how many rows there are."""
        self.raw, self.case, self.measures, self.rows = raw, case, measures, rows
        self.faults: list[Fault] = []
        self.wrong: dict[str, set[int]] = {}
        self.said: list[Recoding] = []
        self.are_shares = any(measure.counts == "share" for measure in measures)
        self.outcomes = (RETAINED, *case.stages.order)
        self.compulsory = self.outcomes.index(case.stages.compulsory)
        told = [m for m in measures if m.counts in (*self.outcomes, SELECTED) and any(m.column.cells)]
        self.chosen = bool(told)
        self.used = self._outcomes_used(told)
        self.parts = self._parts_of_outcomes(told)
        self.names = _filled_down(_texts(labels["characteristic"]), _texts(labels["group"]))
        self.groups = _texts(labels["group"])
        self.one_pool = "pool" not in labels and not any(m.counts in ("whole", "rest") for m in measures)
        places = _texts(labels["pool"]) if "pool" in labels else [self._only_pool()] * rows
        self.pools = tuple(dict.fromkeys(visible(place) for place in places if not self._no_pool(place, places)))
        self.places = [self._pools_of(place) for place in places]
        self._check_names(places)

    def _check_names(self, places: Sequence[str]) -> None:
        """Rows whose pool is called as that of other rows but for capitals and blanks: one pool, or two."""
        first: dict[str, str] = {}
        for row, place in enumerate(places):
            if isinstance(self.places[row], int) and first.setdefault(folded(place), visible(place)) != visible(place):
                self._wrong("pools-alike", row)

    def _only_pool(self) -> str:
        """What the one pool is called where none is named: beside everybody else, as its column of people is."""
        people = next((measure for measure in self.measures if measure.counts == "people"), None)
        return ALL_STAFF if self.one_pool or people is None else inert(people.column.header)

    def _outcomes_used(self, told: Sequence[Measure]) -> tuple[int, ...]:
        """Codes of the outcomes that the table tells apart; everybody is retained where it tells none."""
        named = {self.compulsory if m.counts == SELECTED else self.outcomes.index(m.counts) for m in told}
        return tuple(sorted({0, *named}))

    def _parts_of_outcomes(self, told: Sequence[Measure]) -> dict[Measure, int]:
        """Columns that only together count the people of one outcome, such as two marks that both mean retained: each has a
        code of its own, beyond those of the outcomes."""
        shared = [m for m in told if sum(other.outcome == m.outcome for other in told) > 1]
        return {one: len(self.outcomes) + number for number, one in enumerate(shared)}

    def _no_pool(self, place: str, places: Sequence[str]) -> bool:
        """Whether a cell of the pool column names no pool: it is empty, or it is a total of the other pools."""
        word = plain(place)
        return word in NO_POOL_WORDS or (word in _TOTAL | _EVERYONE and len({plain(other) for other in places}) > 1)

    def _pools_of(self, place: str) -> str | int:
        """The pool of a cell by its number, one more than the last for no pool; or the word for several."""
        if visible(place) in self.pools:
            return self.pools.index(visible(place))
        word = plain(place)
        return "everyone" if word in _EVERYONE else "total" if word in _TOTAL else len(self.pools)

    def tallies(self) -> dict[str, Tally]:
        """The counts of every characteristic, however its rows name it."""
        totals = {row: None for row, name in enumerate(self.names) if plain(name) in _TOTAL | _EVERYONE}
        known = characteristics_of(self.names, self.case)
        of_key: dict[str, list[int]] = {}
        for row in range(self.rows):
            if row not in totals:
                of_key.setdefault(known[self.names[row]].key, []).append(row)
        tallies: dict[str, Tally] = {}
        for rows in of_key.values():
            tally = self._tally(known[self.names[rows[0]]], rows, totals)
            if tally.characteristic.key in tallies:
                self._wrong("repeated-row", *rows)
            tallies[tally.characteristic.key] = tally
        return tallies

    def _tally(self, characteristic: Characteristic, rows: list[int], totals: Iterable[int]) -> Tally:
        words = {row: plain(self.groups[row]) for row in rows}
        single = [row for row in rows if words[row] not in _TOTAL | _TOTAL_ANSWERED]
        characteristic = as_combined(characteristic, [self.groups[row] for row in single], self.case)
        vocabulary = characteristic.combined_from or characteristic.key
        found = groups_of(vocabulary, [self.groups[row] for row in single], self.case)
        self._check_labels(characteristic, single, found)
        group = {row: known or Group(visible(self.groups[row])) for row, known in zip(single, found, strict=True)}
        order = (*dict.fromkeys(one for one in group.values() if one.kind == "answer"), *MISSING)
        blocks: dict[int, tuple[int, ...]] = {row: (order.index(group[row]),) for row in single}
        everybody = tuple(range(len(order)))
        answered = tuple(index for index, one in enumerate(order) if one.kind == "answer")
        blocks |= {row: everybody if words[row] in _TOTAL else answered for row in rows if row not in group}
        if not any(words[row] in _TOTAL for row in rows):
            blocks |= dict.fromkeys(totals, everybody)
        self._check_rows(single, blocks)
        held = self._held(single, blocks, len(order))
        statements = [one for row in blocks for one in self._statements(row, blocks[row], held, everybody, answered)]
        statements += self._made_of_parts(len(order))
        sums = self._sums(len(order), answered)
        fitted = reconcile(statements, held, [block for blocks in sums.values() for block in blocks])
        if fitted.disagree:
            self.faults.append(_disagreement(self.raw, fitted.disagree))
        elif not np.isfinite(fitted.high).all():
            self._wrong("nothing-limits", *self._unlimited(statements, fitted.high))
        scale = SHARES if self.are_shares else 1
        told = slice(len(self.outcomes))
        low, high = (np.where(np.isfinite(ends), ends, 0)[:, :, told] / scale for ends in (fitted.low, fitted.high))
        if self.are_shares and abs(low.sum() - 1) > 0.005:
            self.faults.append(_shares_fault(self.raw, characteristic))
        self._note_overlap(characteristic, low, high)
        self._note_how_combined(characteristic, order, high)
        exact = bool((low == high).all()) or self.are_shares
        margins = None if exact else _margins(sums, fitted, len(order))
        return Tally(characteristic=characteristic, groups=order, low=low, high=high, margins=margins)

    def _check_labels(self, characteristic: Characteristic, rows: list[int], found: Sequence[Group | None]) -> None:
        """Labels that are no groups of a characteristic whose groups are known beforehand, and not a word for everyone else."""
        strange = [
            row
            for row, known in zip(rows, found, strict=True)
            if known is None and plain(self.groups[row]) not in _THE_REST
        ]
        if characteristic.closed and characteristic.groups and strange:
            at = np.array(strange, dtype=np.int64)
            self.faults.append(
                Fault(code="unknown-group-label", what=f"Some groups of {characteristic.title} are not known.", file=self.raw.file,
                      column="group", row=self.raw.row_numbers(at), rows=len(strange),
                      allowed=", ".join([*characteristic.groups, *(missing.label for missing in MISSING), "Everyone else"]),
                      do=f'Correct the label, or say what it stands for in the case: [categories.labels.{characteristic.key}] "the label" = "the group".')
            )  # fmt: skip

    def _sums(self, groups: int, answered: tuple[int, ...]) -> dict[str, list[KnownBlock]]:
        """The sums that a finding rests on, as ``Margins`` names them."""
        pools = tuple(range(len(self.pools)))
        outside = len(pools)
        places = [*((place,) for place in (*pools, outside)), pools, (*pools, outside)]
        selected = self._codes(SELECTED)
        return {
            "group": [KnownBlock((group,), place, self.used) for group in range(groups) for place in places],
            "everyone": [KnownBlock(answered, place, self.used) for place in places],
            "selected": [KnownBlock(answered, place, selected) for place in places],
            "group_selected": [KnownBlock((group,), pools, selected) for group in range(groups)],
            "people": [KnownBlock(tuple(range(groups)), place, self.used) for place in places[-2:]],
        }

    def _check_rows(self, single: list[int], blocks: Mapping[int, tuple[int, ...]]) -> None:
        """Faults that one row shows by itself, and rows that repeat another."""
        seen: set[tuple[tuple[int, ...], str | int]] = set()
        outside = len(self.pools)
        for row in blocks:
            if (key := (blocks[row], self.places[row])) in seen:
                self._wrong("repeated-row", row)
            seen.add(key)
        people, selected = self._counting("people"), self._counting(SELECTED)
        needed = people and not any(m.counts in set(self.outcomes) - {SELECTED} or m.percentage for m in self.measures)
        given = selected is not None and any(selected.column.cells)
        for row in single:
            there = people.at(row) if people else ()
            gone = selected.at(row) if selected else ()
            most = there[0].high if there and not there[0].parts else None
            if needed and people and not people.column.cells[people.column.text.codes[row]]:
                self._wrong("no-people-given", row)
            if gone and not gone[0].parts and most is not None and gone[0].low > most:
                self._wrong("selected-exceed-people", row)
            if gone and gone[0].low > 0 and self.places[row] == outside:
                self._wrong("selected-without-pool", row)
            if given and not gone and isinstance(self.places[row], int) and self.places[row] != outside and most != 0:
                self._wrong("no-selected-given", row)

    def _wrong(self, code: str, *rows: int) -> None:
        self.wrong.setdefault(code, set()).update(rows)

    def _counting(self, name: str) -> Measure | None:
        return next((m for m in self.measures if m.counts == name and not m.percentage), None)

    def _held(self, single: list[int], blocks: Mapping[int, tuple[int, ...]], groups: int) -> Held:
        """The cells that the table speaks of: those with a row, and no pool where the whole workforce is given."""
        outside = len(self.pools)
        held = np.zeros((groups, outside + 1, len(self.outcomes) + len(self.parts)), dtype=bool)
        for row in single:
            place = self.places[row]
            if isinstance(place, int):
                held[blocks[row], place] = True
        beyond = any(m.at(row) for m in self.measures if m.counts in ("whole", "rest") for row in blocks)
        if beyond or (not held[:, outside].any() and any(self.places[row] == "everyone" for row in blocks)):
            held[[index for row in single for index in blocks[row]], outside] = True
        told_apart = np.isin(np.arange(held.shape[2]), (*self.used, *self.parts.values()))
        held &= told_apart
        held[:, outside, 1:] = False
        return held

    def _statements(
        self,
        row: int,
        groups: tuple[int, ...],
        held: Held,
        everybody: tuple[int, ...],
        answered: tuple[int, ...],
    ) -> Iterator[Statement]:
        """Everything that a row states."""
        for one in self.measures:
            outcomes = (self.parts[one],) if one in self.parts else self._codes(one.counts)
            counted = KnownBlock(groups, self._pools(one, row, held), outcomes)
            kinds = (
                answered if self.case.counts.percentages == "answered" and set(groups) <= set(answered) else everybody
            )
            for figure in one.at(row):
                base = self._base(one, counted, kinds) if figure.parts else None
                if figure.parts and self.case.counts.percentages is None:
                    self._ask_for_base(one)
                    continue
                yield Statement(counts=counted, figure=figure, base=base, row=row, header=one.column.header)

    def _made_of_parts(self, groups: int) -> Iterator[Statement]:
        """That an outcome with several columns is all of what they count: one part in one of them together."""
        for group, pool, outcome in product(range(groups), range(len(self.pools)), {m.outcome for m in self.parts}):
            whole = KnownBlock((group,), (pool,), self._codes(outcome[0]))
            parts = KnownBlock((group,), (pool,), tuple(code for m, code in self.parts.items() if m.outcome == outcome))
            yield Statement(counts=whole, figure=Figure(1, 1, 1), base=parts, row=None, header="")

    def _pools(self, measure: Measure, row: int, held: Held) -> tuple[int, ...]:
        outside = len(self.pools)
        place = self.places[row]
        if measure.counts == "whole" or place == "everyone":
            return tuple(range(outside + 1))
        if measure.counts == "rest":
            return (outside,)
        if isinstance(place, int):
            return (place,)
        return tuple(pool for pool in range(outside + 1) if held[:, pool].any())

    def _codes(self, name: str) -> tuple[int, ...]:
        """Codes of the outcomes that a column of this name counts: everyone selected, one outcome, or everybody."""
        if name == SELECTED:
            return tuple(code for code in self.used if code >= self.compulsory)
        return (self.outcomes.index(name),) if name in self.outcomes else self.used

    def _base(self, measure: Measure, counted: KnownBlock, kinds: tuple[int, ...]) -> KnownBlock:
        """What a percentage is of. Only of those with an outcome can a percentage be of the people of the same group."""
        of = self.case.counts.percentages
        if measure.counts not in (*self.outcomes, SELECTED) or of in ("column", "answered"):
            return KnownBlock(kinds, counted.pools, counted.outcomes)
        return KnownBlock(counted.groups if of == "group" else kinds, counted.pools, self.used)

    def _ask_for_base(self, measure: Measure) -> None:
        fault = Fault(
            code="percentages-without-base", what="The table gives percentages and does not say what they are of.", file=self.raw.file,
            column=measure.column.header,
            allowed='"group" (of the people in the same group), "column" (of everyone in the same column), "answered" (of those '
            'of them who answered) or "everyone" (of everyone in the same pool)',
            do='Ask, and say it in the case: [counts] percentages = "group".',
        )  # fmt: skip
        if fault not in self.faults:
            self.faults.append(fault)

    def _unlimited(self, statements: Sequence[Statement], high: Amounts) -> list[int]:
        """Rows that count a cell which nothing limits."""
        return [
            one.row
            for one in statements
            if one.row is not None
            and np.isinf(high[np.ix_(one.counts.groups, one.counts.pools, one.counts.outcomes)]).any()
        ]

    def row_faults(self) -> list[Fault]:
        """One fault for each thing that is wrong with some rows."""
        checks = (
            ("repeated-row", "rows", "The same group stands twice in the same pool, perhaps in other words.",
             "Add these rows up, or remove one."),
            ("pools-alike", "rows", "Some pools are called the same but for capitals or blanks.",
             "Write the pool the same way in every row, or give the pools names that differ."),
            ("no-people-given", "rows", "Some rows do not say how many people there are.", "Fill these cells in, or write * where it was withheld."),
            ("selected-exceed-people", "rows", "More people are selected than there are.", "Correct these rows."),
            ("selected-without-pool", "rows", "People are selected who are in no pool.", "Fill in the pool of these rows."),
            ("no-selected-given", "rows", "Some groups in a pool have no number selected, while others have one.",
             "Fill these cells in, with 0 where nobody is selected."),
            ("nothing-limits", "rows", "Nothing says how many people some rows can be: they give a percentage of an unknown number, or a withheld "
             "figure without a total.", "Add a row with the group Total and the number of people."),
        )  # fmt: skip
        faults = []
        for code, _, what, do in checks:
            if code in self.wrong:
                rows = np.array(sorted(self.wrong[code]), dtype=np.int64)
                faults.append(
                    Fault(code=code, what=what, file=self.raw.file, row=self.raw.row_numbers(rows), rows=len(rows),
                          allowed="for each group of each pool one row, and no more selected than people", do=do)
                )  # fmt: skip
        return faults

    def _note_overlap(self, characteristic: Characteristic, low: Amounts, high: Amounts) -> None:
        whole = next((m for m in self.measures if m.counts == "whole"), None)
        if whole is None or any(said.column == inert(whole.column.header) for said in self.said):
            return
        inside, everybody = (_between(low[:, pools].sum(), high[:, pools].sum()) for pools in (slice(-1), slice(None)))
        rule = f"includes the people in pools, who are taken out of it before the two are compared ({inside} of {everybody} by {characteristic.title})"
        self.said.append(Recoding(column=inert(whole.column.header), rule=rule, rows=self.rows))

    def _note_how_combined(self, characteristic: Characteristic, groups: Sequence[Group], high: Amounts) -> None:
        people = {group.label: int(most) for group, most in zip(groups, high.sum(axis=(1, 2)), strict=True)}
        told = how_combined({}, people, self.case) if characteristic.key == "race_group" else None
        if told:
            self.said.append(Recoding(column=characteristic.title, rule=told[0], rows=self.rows))


def _margins(sums: Mapping[str, Sequence[KnownBlock]], fitted: Reconciled, groups: int) -> CountMargins:
    """What was found of the sums, by their names."""
    cuts = np.cumsum([len(blocks) for blocks in sums.values()])[:-1]
    low, high = (np.split(ends, cuts) for ends in (fitted.margins_low, fitted.margins_high))
    ends = dict(zip(sums, zip(low, high, strict=True), strict=True))
    least, most = ends.pop("group")
    return CountMargins(group=(least.reshape(groups, -1), most.reshape(groups, -1)), **ends)


def _between(low: float, high: float) -> str:
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def _texts(column: FileColumn) -> list[str]:
    return [column.cells[code] for code in column.text.codes]


def _filled_down(names: list[str], groups: list[str]) -> list[str]:
    """Names with those left out below the first, as published tables leave them out. A row without a group names nothing."""
    result: list[str] = []
    for name, group in zip(names, groups, strict=True):
        result.append(result[-1] if not name and group and result else name)
    return result


def _disagreement(raw: RawTable, wrong: Sequence[Statement]) -> Fault:
    stated = [(one.header, one.row) for one in wrong if one.row is not None]
    named = [f"“{inert(header)}” in row {raw.row_numbers(np.array([row]))[0]}" for header, row in stated[:_NAMED]]
    more = f" and {len(stated) - _NAMED} more" if len(stated) > _NAMED else ""
    rows = np.array(sorted({row for _, row in stated}), dtype=np.int64)
    return Fault(
        code="figures-disagree", what=f"These figures cannot all be right: {', '.join(named)}{more}.", file=raw.file,
        row=raw.row_numbers(rows), rows=len(rows), allowed="figures that some numbers of people agree with",
        do="Compare them with the original, and ask whoever published it. If people are left out of the table, add a row for "
        "them, such as Not recorded, with * as the figure; if figures were rounded, say so in the case: [counts] rounded_to = 5.",
    )  # fmt: skip


def _shares_fault(raw: RawTable, characteristic: Characteristic) -> Fault:
    return Fault(
        code="shares-do-not-add-up", what=f"The shares of {characteristic.title} do not add up to 1.", file=raw.file,
        allowed="shares of all groups of a characteristic that add up to 1", do="Correct the shares, or add the group left out.",
    )  # fmt: skip
