"""Takes Cells; gives everything that has to stay possible, whatever is shown: that a protected cell is nobody, or as many as the rules ask.

To outsiders, and to whoever is alone in a count and so knows a count of 1: they may not learn what the others around them are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from eia.counts.disclosure.attacker import NEAR, Attacker, Ranges
from eia.counts.disclosure.cells import Cells, Flags, Sums

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Needs:
    """What has to stay possible, one an entry: that a cell is at least (``up``) or at most ``bound``, to the one who is in count ``insider``, or
    where that is -1 to somebody outside."""

    cell: Places
    insider: Places
    up: Flags
    bound: Sums

    def served_by(self, table: Sums, cells: Cells) -> Flags:
        """Which of them a possible table of counts, or each of several, one a row, shows to be possible."""
        n = (table @ cells.sums.T)[..., self.cell]
        theirs = (self.insider < 0) | (np.abs(table[..., self.insider] - 1) < NEAR)
        return theirs & np.where(self.up, n >= self.bound - NEAR, n <= self.bound + NEAR)

    def together(self) -> Iterator[list[int]]:
        """Insiders to be at once, and last each of them alone: what is possible to several together is so to each. Any two of them are apart once,
        so that each can be asked of what is possible for the count of the other."""
        alone = np.unique(self.insider[self.insider >= 0])
        number = np.arange(len(alone))
        yield [-1]
        if len(alone) > 2:
            yield alone.tolist()
            for bit in range(int(number[-1]).bit_length()):
                yield from (alone[(number >> bit) % 2 == side].tolist() for side in (0, 1))
        yield from ([int(one)] for one in alone)

    def of(self, insiders: list[int]) -> Places:
        """The places of what some insiders need."""
        return np.flatnonzero(np.isin(self.insider, insiders))

    def only(self, which: Flags) -> Needs:
        """Some of them."""
        return Needs(cell=self.cell[which], insider=self.insider[which], up=self.up[which], bound=self.bound[which])

    def tables(self, places: Places, attacker: Attacker, cells: Cells) -> list[Sums]:
        """Possible tables that show some of these needs to be possible, many at a time: until no more come of it."""
        found: list[Sums] = []
        for up in (False, True):
            left = places[self.up[places] == up]
            while len(left):
                which = self.cell[left]
                caps = dict(zip(which.tolist(), self.bound[left].tolist(), strict=True)) if up else {}
                table = attacker.extreme(cells.sums[which].sum(axis=0) * (-1.0 if up else 1.0), caps)
                served = None if table is None else self.served_by(table, cells)
                if table is None or served is None or not served[left].any():
                    break
                found.append(table)
                left = left[~served[left]]
        return found

    def ask(self, place: int) -> tuple[float | None, float | None]:
        """The least and the most that the cell of one need has to be able to be, whichever is asked."""
        bound = float(self.bound[place])
        return (bound, None) if self.up[place] else (None, bound)


def needs(cells: Cells, before: Ranges | None = None) -> Needs:
    """Everything that has to stay possible. before: what was published already; what that has given away cannot be kept any more.

    >>> from eia.counts.disclosure.cells import GroupCounts, cells_of
    >>> from eia.counts.disclosure.rules import rules_called
    >>> from eia.vocabulary.characteristics import Group
    >>> both = GroupCounts(key="sex", groups=(Group("Female"), Group("Male")), areas=("",), chosen=True,
    ...                    counts=np.array([[[20, 30, 50]], [[1, 40, 60]]]))
    >>> all_of_them = needs(cells_of(both, rules_called("default")))
    >>> all_of_them.bound.tolist(), all_of_them.insider.tolist()
    ([0.0, 5.0], [-1, -1])
    """
    protected = np.flatnonzero(cells.protected)
    alone = np.flatnonzero(cells.table.counts.ravel() == 1)
    columns = len(cells.known)
    kinds = cells.sums.reshape(len(cells.sums), -1, columns).max(axis=1)  # which totals a cell is a part of
    outside = len(cells.table.groups) - cells.sums.reshape(len(cells.sums), -1, columns).max(axis=2).sum(axis=1)
    found = []
    for insider in (-1, *alone):
        others = protected if insider < 0 else protected[_around(cells, int(insider))[protected]]
        shared = np.zeros(len(others)) if insider < 0 else kinds[others, insider % columns]
        # of two groups, whoever is alone in one knows the other from the total
        rest = shared * (outside[others] == 1) * (cells.known[insider % columns] - 1)
        found.append(np.stack([others, np.full(len(others), insider), np.zeros(len(others)), rest]))
        found.append(
            np.stack(
                [
                    others,
                    np.full(len(others), insider),
                    np.ones(len(others)),
                    np.minimum(cells.limit[others], cells.most[others] - shared),
                ]
            )
        )
    cell, of, up, bound = np.concatenate(found, axis=1)
    made = Needs(cell=cell.astype(np.int64), insider=of.astype(np.int64), up=up > 0, bound=bound)
    return made if before is None else _still_to_keep(made, cells, before)


def _around(cells: Cells, insider: int) -> Flags:
    """The cells around a person: those of the same group or the same area, but for those that they are in themselves."""
    group, area, _ = np.unravel_index(insider, cells.table.counts.shape)
    area += len(cells.areas) > 1  # the first is all of them together
    near: Flags = (cells.at[:, 0] == group) | (cells.at[:, 1] == area)
    outside: Flags = cells.sums[:, insider] == 0
    return np.logical_and(near, outside)


def _still_to_keep(asked: Needs, cells: Cells, before: Ranges) -> Needs:
    """The same as far as they are possible to whoever knows what was published before and sees nothing new."""
    nothing = Ranges(low=np.full(len(cells.n), -np.inf), high=np.full(len(cells.n), np.inf))
    blind, bound = Attacker(cells, nothing, before=before), asked.bound.copy()
    for insider in np.unique(asked.insider):
        blind.be(int(insider))
        for place in np.flatnonzero(asked.insider == insider):
            which, up = cells.sums[asked.cell[place]], asked.up[place]
            end = float(which @ blind.extreme(-which if up else which, {}))
            bound[place] = min(bound[place], end) if up else max(bound[place], end)
    return replace(asked, bound=bound)
