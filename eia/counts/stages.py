"""Takes a Cube and the stages of the case; gives, for one characteristic, who was there when a stage began and who went.

A stage compares those who went with those still there when it began. People who left at an earlier stage (slotted in,
volunteers) are in neither; people whose outcome is the compulsory stage or a later one (redeployed, dismissed) had been
selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import RETAINED, SLOTTED_IN, STAYING, Stages
from eia.counts.cube import Counts, Cube, CubeAxes
from eia.errors import EiaError, Fault
from eia.intake.workforce import Codes, Workforce, codes_of, numbers_of, outcomes_of

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One characteristic at one stage; each array has the shape (groups, pools + 1), the last entry being no pool.

    there: people still there when the stage began. went: those of them who went; None while nobody has been chosen.
    earlier: people who had gone by then.
    """

    there: Counts
    went: Counts | None
    earlier: Counts


def compulsory(cube: Cube, characteristic: str, stages: Stages) -> Stage:
    """The stage at which people are chosen against their will."""
    counts = _exact(cube, characteristic)
    at = 1 + stages.order.index(stages.compulsory)
    earlier = counts[:, :, 1:at].sum(axis=2)
    went = counts[:, :, at:].sum(axis=2)
    return Stage(there=counts.sum(axis=2) - earlier, went=went if cube.chosen else None, earlier=earlier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """The people from among whom some were chosen, those in a pool and still there when choosing began, and who was.

    They are in an order that the rows of the file have no part in: sorted otherwise, the same file draws the same selections.
    The index of ``people`` tells where each stands in the frame that they are from.
    """

    people: pd.DataFrame
    selected: npt.NDArray[np.bool_]


def choosing(people: pd.DataFrame, axes: CubeAxes, stages: Stages) -> Choosing | None:
    """Who was chosen among whom at the compulsory stage; None while nobody has been chosen."""
    outcome = outcomes_of(people)
    if outcome is None:
        return None
    among, went = there_when_chosen(outcome, codes_of(people, "pool"), stages)
    there = np.flatnonzero(among)
    selected = went[there]
    order = np.argsort(_key(people.iloc[there], axes, selected), kind="stable")
    return Choosing(people=people.iloc[there[order]], selected=selected[order])


def there_when_chosen(outcome: Codes | None, pool: Codes, stages: Stages) -> tuple[Flags, Flags]:
    """Who is in a pool and was still there when choosing began, and who of them was chosen: (people,) each. While nobody has been chosen all
    in a pool are there.

    >>> from eia.case import RETAINED, SLOTTED_IN, STAYING, Stages
    >>> there, went = there_when_chosen(np.array([0, 2, 3, 0], dtype=np.int32), np.array([0, 0, 0, -1], dtype=np.int32), Stages())
    >>> there.tolist(), went.tolist()
    ([True, False, True, False], [False, False, True, False])
    """
    if outcome is None:
        return pool >= 0, np.zeros(len(pool), dtype=np.bool_)
    at = 1 + stages.order.index(stages.compulsory)
    there = (pool >= 0) & ((outcome == 0) | (outcome >= at))
    return there, there & (outcome >= at)


def _key(people: pd.DataFrame, axes: CubeAxes, selected: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """A number that depends on what is known of each person and nothing else. Numbers so large wrap round; people of
    one number may differ, and do so almost never."""
    years = [numbers_of(people, column) for column in ("age_years", "service_years")]
    # parts of a year count too
    columns = [np.nan_to_num(each, nan=-1.0).view(np.int32) for each in years if each is not None]
    if "round" in people:
        columns.append(codes_of(people, "round") + np.int32(1))
    key = selected.astype(np.int64)
    for column in (*columns, *(codes_of(people, name) for name in (*axes.dimensions, "pool"))):
        key = key * np.int64(6364136223846793005) + column.astype(np.int64)
    return key


def losing_posts(cube: Cube, characteristic: str, stages: Stages) -> Stage:
    """Everyone whose post goes, out of everybody: volunteers, and those selected whether or not they are redeployed."""
    return _but(cube, characteristic, stages, kept=(RETAINED, SLOTTED_IN))


def leaving(cube: Cube, characteristic: str, stages: Stages) -> Stage:
    """Everyone who does not stay in work, by choice or not, out of everybody: volunteers included, slotted in and redeployed not."""
    return _but(cube, characteristic, stages, kept=STAYING)


def _but(cube: Cube, characteristic: str, stages: Stages, *, kept: Sequence[str]) -> Stage:
    """Everyone but those with one of these outcomes."""
    counts = _exact(cube, characteristic)
    there = counts.sum(axis=2)
    stay = [place for place, outcome in enumerate((RETAINED, *stages.order)) if outcome in kept]
    went = there - counts[:, :, stay].sum(axis=2)
    return Stage(there=there, went=went if cube.chosen else None, earlier=there * 0)


def all_losing_posts(outcomes: Iterable[tuple[str, int]]) -> int:
    """How many lose or give up their post, of so many people by outcome: all who are neither retained nor slotted in.

    >>> all_losing_posts([("retained", 373), ("slotted in", 5), ("volunteer accepted", 7), ("selected", 35)])
    42
    """
    return sum(number for outcome, number in outcomes if outcome not in (RETAINED, SLOTTED_IN))


def workforce_losing_posts(workforce: Workforce) -> int:
    """The same of a file of people; 0 while nobody has been chosen."""
    people = workforce.frame
    return all_losing_posts(people["outcome"].value_counts().items()) if "outcome" in people else 0


def _exact(cube: Cube, characteristic: str) -> Counts:
    """The counts of one characteristic by pool. Refuses ranges: their lower ends would pass for the counts."""
    table = cube.by_pool(characteristic)
    if (table.low != table.high).any():
        raise EiaError(Fault(code="counts-are-ranges", what="Some counts are ranges, of which no stage can be counted.",
                             allowed="exact counts", do="Ask for the exact counts."))  # fmt: skip
    return table.low
