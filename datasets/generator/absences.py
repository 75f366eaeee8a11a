"""Takes people and their marks for attendance; gives the absences behind the marks, a row a spell, and the scale between the two."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .people import Bools, Floats, Ints, People, Table

ATTENDANCE_POINTS: tuple[tuple[int, float], ...] = ((0, 10.0), *((1 + 2 * step, 9.5 - step / 2) for step in range(20)))
"""From so many days absent in twelve months: points for attendance. Half a point less every second day; from 39 days none."""

MOST_DAYS = 60  # of anybody; only those with no points have more than 38
DISABILITY_DAYS = (14, 3)  # about the 3.5 points that attendance takes from disabled people
STRIKE_DAYS, STRIKERS = 2, 0.2
DEPENDANT_DAYS, WITH_DEPENDANTS = 3, {"Female": 0.16, "Male": 0.08}
PREGNANCY_DAYS = (2, 9)
SICKNESS = {  # the other reasons, and how common each is
    "Cold or flu": 30,
    "Stomach upset": 18,
    "Back or joint pain": 18,
    "Stress or anxiety": 14,
    "Operation or hospital treatment": 10,
    "Headache or migraine": 10,
}


def points(days: Ints) -> Floats:
    """The points for so many days absent.

    >>> points(np.array([0, 1, 2, 3, 38, 39, 60])).tolist()
    [10.0, 9.5, 9.5, 9.0, 0.5, 0.0, 0.0]
    """
    start, worth = np.array(ATTENDANCE_POINTS).T
    return np.asarray(worth[np.searchsorted(start, days, side="right") - 1])


def absence_records(rng: Generator, people: People, marks: Floats, who: Ints, reference: NDArray[Any]) -> Table:
    """The spells of these people in the twelve months that were marked, in working days, in order of reference.

    Each person's days come to the mark, whatever their reasons. Of people recorded as disabled the first days are put down to
    disability, then those of pregnancy, of a strike and of dependants; what is left is sickness, in one to three spells.
    """
    left = days_behind(rng, marks[who])
    spells: list[tuple[NDArray[Any], Ints]] = []
    for kind, wanted in wanted_days(rng, people, who).items():
        taken = np.minimum(left, wanted)
        spells.append((np.full(len(who), kind), taken))
        left = left - taken
    first, second = (rng.integers(0, left + 1) for _ in range(2))
    cuts = np.sort([np.zeros_like(left), first, second, left], axis=0)
    share = np.array(list(SICKNESS.values())) / sum(SICKNESS.values())
    spells += [(rng.choice(list(SICKNESS), len(who), p=share), days) for days in np.diff(cuts, axis=0)]
    person = np.tile(who, len(spells))
    reason, days = (np.concatenate(column) for column in zip(*spells, strict=True))
    order = np.lexsort((np.arange(len(person)), reference[person]))
    order = order[days[order] > 0]
    return {
        "Personal Reference": reference[person][order],
        "Reason for Absence": reason[order],
        "Working Days Lost": days[order],
    }


def days_behind(rng: Generator, marks: Floats) -> Ints:
    """Days absent that give these marks: any of those with the same points."""
    start, worth = np.array(ATTENDANCE_POINTS).T
    band = len(worth) - 1 - np.searchsorted(worth[::-1], marks)
    upto = np.append(start[1:], MOST_DAYS + 1)
    return np.asarray(rng.integers(start[band], upto[band]))


def wanted_days(rng: Generator, people: People, who: Ints) -> dict[str, Ints]:
    """Days for each reason that is told apart, as far as somebody is absent for so long."""
    recorded = {name: people.recorded[name][who] for name in ("disability", "sex", "pregnancy or maternity")}
    everyone = len(who)
    disabled: Bools = recorded["disability"] == "Yes"
    expecting: Bools = (recorded["pregnancy or maternity"] == "Yes") | people.returned[who]
    caring = rng.random(everyone) < np.where(recorded["sex"] == "Female", *WITH_DEPENDANTS.values())
    striking = rng.random(everyone) < STRIKERS
    return {
        "Disability-related sickness": disabled
        * np.maximum(np.round(rng.normal(*DISABILITY_DAYS, everyone)), 0).astype(int),
        "Pregnancy-related sickness": expecting * rng.integers(*PREGNANCY_DAYS, everyone),
        "Strike": striking * rng.integers(1, STRIKE_DAYS + 1, everyone),
        "Emergency with a dependant": caring * rng.integers(1, DEPENDANT_DAYS + 1, everyone),
    }
