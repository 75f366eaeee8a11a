"""Takes counts and levels from a caller; gives checked arrays, or one error naming every fault."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from eia.errors import EiaError, Fault

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LARGEST_COUNT = 2**40
"""More people than have ever lived; below it every product of two counts is still an exact float or nearly so."""

ROUNDING = 1e-9
"""A computed number of people may exceed its whole by so much."""

AtMost = tuple[str, str]
"""Two names of arrays: the first may nowhere exceed the second."""


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one EiaError that names every fault; nothing where there is none."""
    if found := tuple(faults):
        raise EiaError(found)


def counts(arrays: dict[str, ArrayLike], *, dimensions: int = 1, at_most: Sequence[AtMost] = ()) -> dict[str, Ints]:
    """Check named arrays of whole people, all of one shape.

    Parameters
    ----------
    arrays: name -> array of counts. Integers, or floats that are whole numbers.
    dimensions: how many axes every array must have.
    at_most: pairs of names; the first may nowhere be larger than the second.

    Returns
    -------
    The same names, as ``int64`` arrays of one shape.

    Raises
    ------
    EiaError
        naming every array that is not made of counts, or not of the shape of the first, or anywhere larger than
        what contains it.

    >>> counts({"selected": [1, 2], "total": [3, 4]}, at_most=[("selected", "total")])["selected"]
    array([1, 2])
    """
    refuse(fault for name, array in arrays.items() for fault in _not_counts(name, array, dimensions))
    checked = {name: np.asarray(array).astype(np.int64) for name, array in arrays.items()}
    first = next(iter(checked))
    refuse(
        Fault(
            code="counts-of-different-shape",
            what=f"{name} has shape {array.shape}, {first} has shape {checked[first].shape}.",
            allowed="One entry a pool in every array.",
            do="Give every array the same pools in the same order.",
        )
        for name, array in checked.items()
        if array.shape != checked[first].shape
    )
    refuse(fault for part, whole in at_most for fault in _exceeds(part, checked[part], whole, checked[whole]))
    return checked


def strata(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    dimensions: int = 1,
    **others: ArrayLike,
) -> tuple[Ints, ...]:
    """Check the four margins of pools, as the stratified test takes them, and other counts of the same shape; give them back in that order.

    Raises EiaError where a count is not a whole number from 0, or a part is larger than its whole.
    """
    checked = counts(
        {"group_selected": group_selected, "group_total": group_total, "selected": selected, "total": total, **others},
        dimensions=dimensions,
        at_most=[
            ("group_selected", "group_total"),
            ("group_selected", "selected"),
            ("group_total", "total"),
            ("selected", "total"),
        ],
    )
    outside(*list(checked.values())[:4])
    return tuple(checked.values())


def strata_of_groups(
    *, group_selected: ArrayLike, group_total: ArrayLike, selected: ArrayLike, total: ArrayLike
) -> tuple[Ints, ...]:
    """As :func:`strata` for many groups, (groups, pools); ``selected`` and ``total`` may be (pools,), where all groups share them."""
    shape, shared = np.shape(group_total), [np.asarray(selected), np.asarray(total)]
    for_each = [np.broadcast_to(one, shape) if one.ndim == 1 and shape[1:] == one.shape else one for one in shared]
    return strata(
        group_selected=group_selected, group_total=group_total, selected=for_each[0], total=for_each[1], dimensions=2
    )


def outside(group_selected: Ints, group_total: Ints, selected: Ints, total: Ints) -> None:
    """Check that those selected outside the group are no more than the people there are; raise EiaError otherwise."""
    refuse(_exceeds("selected outside the group", selected - group_selected, "people there", total - group_total))


def amounts(name: str, array: ArrayLike, *, whole: str, wholes: Ints) -> Floats:
    """Check numbers of people that need not be whole, one for each entry of what contains them, from 0 to it; as floats.

    >>> amounts("selected", [0.5, 2], whole="people", wholes=np.array([3, 2]))
    array([0.5, 2. ])
    """
    values = np.asarray(array)
    what = None
    if values.shape != wholes.shape:
        what = f"{name} has shape {values.shape}, {whole} has shape {wholes.shape}."
    elif values.size and values.dtype.kind not in "iuf":
        what = f"{name} is not made of numbers."
    elif not np.all(np.isfinite(values)) or np.any(values < 0):
        what = f"{name} holds numbers that are missing, infinite or negative."
    if what:
        allowed = f"Numbers from 0, one for each entry of {whole}."
        raise EiaError(Fault(code="not-amounts", what=what, allowed=allowed, do="Give numbers of people."))
    refuse(_exceeds(name, values.astype(np.float64) - ROUNDING, whole, wholes))
    return values.astype(np.float64)


def not_of_people(
    people: int, arrays: dict[str, tuple[str, NDArray[Any]]], *, allowed: str, from_0: Container[str] = ()
) -> list[Fault]:
    """Find the arrays that are not one entry a person, of the kinds of number allowed in each (numpy's letters); infinity never is.

    from_0: names of arrays in which no number may be missing, or below 0.

    >>> [fault.what for fault in not_of_people(2, {"selected": ("b", np.array([True]))}, allowed="True or False.")]
    ['selected is not one entry for each of 2 people, of the right kind.']
    """
    return [
        Fault(
            code="not-of-people",
            what=f"{name} is not one entry for each of {people:,} people, of the right kind.",
            allowed=allowed,
            do="Give every array the same people in the same order.",
        )
        for name, (kinds, array) in arrays.items()
        if array.shape != (people,)
        or array.dtype.kind not in kinds
        or np.any(np.isinf(array))
        or (name in from_0 and not np.all(array >= 0))
    ]


def count(name: str, number: int) -> int:
    """Check one count of people; as :func:`counts`."""
    return int(counts({name: number}, dimensions=0)[name])


def error_rate(level: float) -> float:
    """Give 1 - level for a level of confidence strictly between 0 and 1; raise EiaError for any other number.

    The difference is rounded to 15 decimals, so that a level of 0.95 means 0.05 and not the 0.05000000000000004 of
    binary arithmetic: a p-value of exactly 0.05 and an interval at 95% then agree.

    >>> error_rate(0.95)
    0.05
    """
    between(0.0, level, 1.0, code="level-out-of-range", what="The level of confidence", do="Give a level such as 0.95.")
    return round(1.0 - level, 15)


def between(low: float, number: float, high: float, *, code: str, what: str, do: str) -> None:
    """Check that a number lies strictly between two others; raise EiaError otherwise."""
    if not low < number < high:
        allowed = f"A number between {low:g} and {high:g}, both excluded."
        raise EiaError(Fault(code=code, what=f"{what} is {number!r}.", allowed=allowed, do=do))


def _not_counts(name: str, array: ArrayLike, dimensions: int) -> Iterable[Fault]:
    values = np.asarray(array)
    allowed = f"Whole numbers from 0 to {LARGEST_COUNT:,}, in {dimensions} dimension{'s' * (dimensions != 1)}."
    what = None
    if values.ndim != dimensions:
        what = f"{name} has {values.ndim} dimensions."
    elif values.size and values.dtype.kind not in "iuf":
        what = f"{name} is not made of numbers."
    elif values.dtype.kind == "f" and not np.all(np.isfinite(values) & (values == np.floor(values))):
        what = f"{name} holds numbers that are missing, infinite or not whole."
    elif values.size and values.min() < 0:
        what = f"{name} holds negative numbers."
    elif values.size and values.max() > LARGEST_COUNT:
        what = f"{name} holds numbers that are too large to be people."
    if what:
        yield Fault(code="not-counts", what=what, allowed=allowed, do="Give counts of people.")


def _exceeds(part: str, parts: Ints | Floats, whole: str, wholes: Ints) -> Iterable[Fault]:
    wrong = np.flatnonzero(parts > wholes)
    if wrong.size:
        yield Fault(
            code="part-larger-than-whole",
            what=f"{part} is larger than {whole} in {wrong.size} of {parts.size} entries, first in entry {wrong[0]}.",
            allowed=f"{part} is at most {whole} everywhere.",
            do="Check that the counts are of the same people, and that the pools are in the same order.",
        )
