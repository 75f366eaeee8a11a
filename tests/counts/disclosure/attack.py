"""Somebody who has the files that were published, the rules, and the totals that an employer has to disclose; and who knows nothing else.

Written apart from the package's own audit: another solver, another programme, and read from the CSV file as a reader would.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

COLUMNS = ("In the workforce", "At risk", "Selected", "Not selected")
PARTS = {COLUMNS[0]: (0, 1, 2), COLUMNS[1]: (0, 1), COLUMNS[2]: (0,), COLUMNS[3]: (1,)}
REST = "not at risk"
OFF = {"default": 4, "hesa": 2, "ofqual": 2, "below-5": 0}  # how far a printed number can lie from the count

Printed = Mapping[tuple[str, str], Mapping[str, int | None]]


@dataclass(frozen=True)
class Truth:
    """Counts of a characteristic: (groups, units, 3), selected, not selected and not at risk; labels; which groups are answers."""

    groups: tuple[str, ...]
    units: tuple[str, ...]
    counts: np.ndarray
    answers: tuple[bool, ...]


def read(content: bytes) -> dict[str, dict[tuple[str, str], dict[str, int | None]]]:
    """By characteristic, then by group and unit: what is printed in each column; None where it is withheld."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    start = next(place for place, line in enumerate(lines) if line[:1] == ["Characteristic"])
    head = lines[start]
    found: dict[str, dict[tuple[str, str], dict[str, int | None]]] = {}
    for line in lines[start + 1 :]:
        cells = {
            name: int(cell) if cell not in ("[c]", "[z]") else None
            for name, cell in zip(head[3:], line[3:], strict=True)
        }
        found.setdefault(line[0], {})[line[2], line[1]] = cells
    return found


def narrowed(
    truth: Truth,
    printed: Printed,
    *,
    off: int,
    group: int,
    side: int,
    before: tuple[tuple[Printed, int], ...] = (),
    alone: int | None = None,
) -> list[tuple[str, str, str]]:
    """The group, unit and column of every number that has to be hidden and can be narrowed: it cannot be 0 any more, or not its threshold,
    though the totals alone leave that open. alone: the count that the attacker is the only person in, who looks at their own group and unit."""
    counts = truth.counts
    groups, units, _ = counts.shape
    places = {
        "All": list(range(units)),
        **({unit: [place] for place, unit in enumerate(truth.units)} if units > 1 else {}),
    }
    members = {label: [place] for place, label in enumerate(truth.groups)}
    members["All who answered"] = [place for place, answer in enumerate(truth.answers) if answer]

    def row(label: str, unit: str, column: str) -> np.ndarray:
        which = np.zeros(counts.shape)
        which[np.ix_(members[label], places[unit], PARTS.get(column, (2,)))] = 1
        return which.ravel()

    rules = [(np.tile(np.eye(units * 3), groups), counts.sum(axis=0).ravel(), counts.sum(axis=0).ravel())]
    for figures, error in ((printed, off), *before):
        for (label, unit), cells in figures.items():
            for column, number in cells.items():
                if label in members and unit in places and column in PARTS and number is not None:
                    which = row(label, unit, column)
                    if (
                        figures is printed or abs(which @ counts.ravel() - number) <= error
                    ):  # an earlier one may be of other people
                        rules.append((which[None], np.array([number - error]), np.array([number + error])))
    matrix, low, high = (np.concatenate(each) for each in zip(*rules, strict=True))
    known, total = LinearConstraint(matrix, low, high), LinearConstraint(*rules[0])
    least, most = np.zeros(counts.size), np.full(counts.size, np.inf)
    if alone is not None:
        least[alone] = most[alone] = 1
        mine, here, _ = np.unravel_index(alone, counts.shape)

    def ends(which: np.ndarray, rules: LinearConstraint) -> tuple[float, float]:
        low, high = (milp(sign * which, constraints=rules, bounds=Bounds(least, most)).fun for sign in (1, -1))
        assert None not in (low, high), "what is printed contradicts itself"
        return low, -high

    found = []
    for label in truth.groups:
        for unit in places:
            for column in (*COLUMNS, REST):
                which = row(label, unit, column)
                n = which @ counts.ravel()
                limit = group if column in COLUMNS[:2] else side
                if n >= limit or (column == REST and n == 0) or groups == 1:
                    continue
                if alone is not None and (which[alone] or (members[label] != [mine] and places[unit] != [here])):
                    continue
                smallest, largest = ends(which, known)
                open_low, open_high = ends(which, total)
                if smallest > open_low + 1e-4 or largest < min(limit, open_high) - 1e-4:
                    found.append((label, unit, column))
    return found
