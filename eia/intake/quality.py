"""Takes a checked Workforce and the case; gives what the file is worth: what is missing and where, and how far people stand out.

Counts only. Whether non-declaration goes with being chosen is tested with everything else, where *declined* and *not recorded*
are groups of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.intake.workforce import Workforce, codes_of, labels_of, outcomes_of
from eia.vocabulary.characteristics import Dimension

FEWEST_OF_A_POOL = 10  # pools of fewer people are left out of the range: one person would be a tenth of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How many of these people gave no answer."""

    missing: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The answers missing of one characteristic, *not applicable* left aside.

    declined, not_recorded: people of each kind. outside, inside: of the people outside and inside the pools. selected,
    retained: of the people in pools; None while nobody has been chosen. least, most: of the two pools with the smallest and
    the largest share, pools of fewer than ten people left out; None where there are not two.
    """

    characteristic: str
    declined: int
    not_recorded: int
    outside: Part
    inside: Part
    selected: Part | None
    retained: Part | None
    least: Part | None
    most: Part | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingOut:
    """How far people can be told apart by their answers and their pool together, those in pools alone where an engine holds the others.

    unique: people who share theirs with nobody. few: people who share theirs with fewer than nine others. without: for
    each characteristic how many would be unique if the file did not have it, the most telling first.
    """

    people: int
    unique: int
    few: int
    without: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What the file is worth. stated: the headcount that the case states, or None."""

    rows: int
    people: int
    stated: int | None
    missing: tuple[Missing, ...]
    standing_out: StandingOut


def quality(workforce: Workforce, case: Case) -> Quality:
    """Count what is missing and who stands out.

    >>> from eia.intake.evidence import read_workforce
    >>> found = quality(read_workforce(b"sex,grade\\nF,A\\nF,A\\nM,A\\n,B\\n"), Case())
    >>> found.missing[0].not_recorded, found.standing_out.unique, dict(found.standing_out.without)
    (1, 2, {'Sex': 1, 'Grade': 2})
    """
    return Quality(
        rows=workforce.intake.sources[0].rows,
        people=workforce.people,
        stated=case.employer.headcount,
        missing=tuple(_missing(dimension, workforce) for dimension in workforce.dimensions.values()),
        standing_out=_standing_out(workforce),
    )


def _missing(dimension: Dimension, workforce: Workforce) -> Missing:
    kinds = np.array([group.kind for group in dimension.groups])
    key, (places, _) = dimension.characteristic.key, workforce.by_place
    declined, not_recorded = (_of(workforce, key, kinds == kind) for kind in ("declined", "not recorded"))
    asked, gone = _of(workforce, key, kinds != "not applicable"), declined + not_recorded
    pool, outcome = codes_of(places, "pool"), outcomes_of(places)
    in_pool = pool >= 0
    went = None if outcome is None else outcome > 0
    pools = sorted(_pools(gone, asked, pool), key=lambda part: part.missing / part.people)
    return Missing(
        characteristic=dimension.characteristic.title,
        declined=int(declined.sum()),
        not_recorded=int(not_recorded.sum()),
        outside=_part(gone, asked, ~in_pool),
        inside=_part(gone, asked, in_pool),
        selected=None if went is None else _part(gone, asked, in_pool & went),
        retained=None if went is None else _part(gone, asked, in_pool & ~went),
        least=pools[0] if len(pools) > 1 else None,
        most=pools[-1] if len(pools) > 1 else None,
    )


def _of(workforce: Workforce, key: str, groups: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """How many people of some groups of a characteristic are in each place; of people, who are one each, whether they are of them."""
    if workforce.everybody is not None:
        return np.asarray(workforce.everybody.groups[key][groups].sum(axis=0))
    return groups[codes_of(workforce.frame, key)].astype(np.int64)


def _part(gone: npt.NDArray[np.int64], asked: npt.NDArray[np.int64], among: npt.NDArray[np.bool_]) -> Part:
    return Part(missing=int(gone[among].sum()), people=int(asked[among].sum()))


def _pools(gone: npt.NDArray[np.int64], asked: npt.NDArray[np.int64], pool: npt.NDArray[np.int32]) -> Iterator[Part]:
    inside = pool >= 0
    people, missing = (np.bincount(pool[inside], weights=each[inside]).astype(np.int64) for each in (asked, gone))
    for held, size in zip(missing.tolist(), people.tolist(), strict=True):
        if size >= FEWEST_OF_A_POOL:
            yield Part(missing=held, people=size)


def _standing_out(workforce: Workforce) -> StandingOut:
    """Who shares answers with how many: equal answers have equal sums of random weights, and different ones do not, but once
    in a file of a thousand million people."""
    rng = np.random.default_rng(1)
    people = workforce.frame
    codes = {each.characteristic.title: codes_of(people, key) for key, each in workforce.dimensions.items()}
    weights = {
        title: rng.integers(1, 1 << 63, int(held.max(initial=0)) + 1, dtype=np.uint64)[held]
        for title, held in codes.items()
    }
    pool = rng.integers(1, 1 << 63, len(labels_of(people, "pool")) + 1, dtype=np.uint64)[codes_of(people, "pool")]
    total = pool + sum(weights.values(), np.uint64(0))
    sharing = _sharing(total)
    without = {title: int(np.count_nonzero(_sharing(total - weight) == 1)) for title, weight in weights.items()}
    return StandingOut(
        people=len(people),
        unique=int(np.count_nonzero(sharing == 1)),
        few=int(np.count_nonzero(sharing < 10)),
        without=dict(sorted(without.items(), key=lambda item: item[1])),
    )


def _sharing(sums: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """For each person how many have the same sum, themselves included."""
    _, place, count = np.unique(sums, return_inverse=True, return_counts=True)
    return np.asarray(count[place], dtype=np.int64)
