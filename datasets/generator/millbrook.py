"""Takes a seed; gives Millbrook College: about 300 invented people, 13 pools and every outcome a case can have."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .people import DECLINED, NOT_RECORDED, Posts, Table, draw_people, pick, rows

COMMITTED_SEED = 255  # every kind of answer occurs with this one
GRADES = np.array(["Support", "Main", "Senior", "Management"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Millbrook:
    """Millbrook College as tables, one array a column."""

    workforce: Table
    selections: Table


@cache
def college() -> Mapping[str, Any]:
    """Everything in college.toml."""
    return tomllib.loads(Path(__file__).with_name("college.toml").read_text(encoding="utf-8"))


def make(seed: int) -> Millbrook:
    """Draw the college, and by lot what happens to the people in its pools."""
    for_people, for_outcomes, for_records = np.random.default_rng(seed).spawn(3)
    posts = {name: np.array([post.get(name, "") for post in college()["posts"]]) for name in college()["posts"][1]}
    people = draw_people(
        for_people,
        Posts(
            size=posts["size"],
            grade=posts["grade"],
            female=posts["female"],
            fixed_term=np.full(len(posts["size"]), college()["assumed"]["fixed_term"]),
        ),
    )
    pool = posts["pool"][people.post]
    outcome = draw_outcomes(for_outcomes, pool)
    number = for_records.permutation(len(pool))
    order = np.argsort(number)
    reference = np.array([f"M{1 + n:03d}" for n in number])
    recorded = {name: as_printed(for_records, column) for name, column in people.recorded.items()}
    recorded |= further_answers(for_records, recorded["ethnicity"])
    workforce: Table = {
        "reference": reference,
        "post": posts["title"][people.post],
        "pool": pool,
        "unit": posts["unit"][people.post],
        "grade": GRADES[posts["grade"][people.post]],
        "fte": recorded["fte"],
        "sex": recorded["sex"],
        "age": recorded["age"],
        "disability": recorded["disability"],
        "ethnicity": recorded["ethnicity"],
        "nationality": recorded["nationality"],
        "religion": recorded["religion"],
        "sexual orientation": recorded["sexual orientation"],
        "gender reassignment": recorded["gender reassignment"],
        "marital status": recorded["marital status"],
        "pregnancy or maternity": recorded["pregnancy or maternity"],
        "working pattern": recorded["working pattern"],
        "contract": recorded["contract"],
        "family leave": recorded["family leave"],
        "flexible working": recorded["flexible working"],
        "service years": people.service,
        "Carer": recorded["Carer"],
    }
    pooled = order[pool[order] != ""]
    return Millbrook(
        workforce={header: column[order] for header, column in workforce.items()},
        selections={"reference": reference[pooled], "outcome": outcome[pooled]},
    )


def draw_outcomes(rng: Generator, pool: NDArray[Any]) -> NDArray[Any]:
    """Deal the outcomes of each pool to its people by lot."""
    outcome = np.full(len(pool), "retained", dtype="<U18")
    for name, numbers in college()["pools"].items():
        dealt = np.repeat(list(numbers), list(numbers.values()))
        outcome[rng.permutation(np.flatnonzero(pool == name))[: len(dealt)]] = dealt
    return outcome


def as_printed(rng: Generator, column: NDArray[Any]) -> NDArray[Any]:
    """Print some of the answers that are not recorded as "Not known", as a second system would."""
    if column.dtype.kind != "U":
        return column
    not_known = (column == NOT_RECORDED) & (rng.random(len(column)) < college()["assumed"]["not_known"])
    return np.where(not_known, "Not known", column)


def further_answers(rng: Generator, ethnicity: NDArray[Any]) -> Table:
    """Nationality, known for everyone, and caring responsibilities, from the same form as ethnicity."""
    assumed = college()["assumed"]
    nationality = pick(rng, list(assumed["nationality"]), rows(assumed["nationality"].values(), len(ethnicity)))
    carer = np.where(rng.random(len(ethnicity)) < assumed["carer"], "Yes", "No")
    unanswered = np.isin(ethnicity, [NOT_RECORDED, "Not known", DECLINED])
    return {"nationality": nationality, "Carer": np.where(unanswered, ethnicity, carer)}
