"""Takes a Workforce and some of its people; gives how many of each group they are, as far as so many stand behind a number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.intake.workforce import Workforce, codes_of

Mask = npt.NDArray[np.bool_]

FEWEST = 10
"""People that stand behind every number, and behind all numbers of a characteristic that are kept back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNumber:
    """How many of one group there are, ``of`` how many of that group. title: of the characteristic."""

    title: str
    group: str
    number: int
    of: int


def large_groups(workforce: Workforce, people: Mask, *, among: Mask) -> tuple[GroupNumber, ...]:
    """Count people by characteristic, keeping back every number that fewer than ten stand behind.

    Parameters
    ----------
    people: whom to count. among: those they are a part of.

    Returns
    -------
    The groups in the order of the pages. Where what is kept back of a characteristic comes to fewer than ten, which the whole
    would give away, the smallest number shown is kept back too.

    >>> from eia.intake.evidence import read_workforce
    >>> staff = read_workforce(("sex\\n" + "F\\n" * 12 + "M\\n" * 11).encode())
    >>> everyone = np.ones(23, dtype=bool)
    >>> [(each.group, each.number) for each in large_groups(staff, everyone, among=everyone)]
    [('Female', 12), ('Male', 11)]
    >>> large_groups(staff, np.arange(23) < 14, among=everyone)
    ()
    """
    return tuple(each for key in workforce.dimensions for each in _of(workforce, key, people, among))


def _of(workforce: Workforce, key: str, people: Mask, among: Mask) -> Iterator[GroupNumber]:
    dimension, codes = workforce.dimensions[key], codes_of(workforce.frame, key)
    counts, whole = (np.bincount(codes[who], minlength=len(dimension.groups)) for who in (people & among, among))
    shown = [code for code in np.argsort(-counts, kind="stable").tolist() if counts[code] >= FEWEST]
    while shown and 0 < counts.sum() - counts[shown].sum() < FEWEST:
        shown.pop()
    for code in sorted(shown):
        group = dimension.groups[code].label
        yield GroupNumber(
            title=dimension.characteristic.title, group=group, number=int(counts[code]), of=int(whole[code])
        )
