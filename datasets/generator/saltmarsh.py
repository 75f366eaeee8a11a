"""Takes a seed; gives Saltmarsh Agency after selection: about 250 invented people, who was offered other work, and who lost grade and pay."""

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

from .leave import days, uk_dates
from .people import Bools, Ints, People, Posts, Table, draw_people

COMMITTED_SEED = 7
OFFERS_FROM, CONTRACTS_END, LAST_YEAR = (np.datetime64(day) for day in ("2026-07-20", "2026-09-30", "2025-03-03"))
LATE = 3  # offers made after the contracts end, of work that starts over four weeks after that
LONG_TRIALS = 2
NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saltmarsh:
    """Saltmarsh Agency as tables, one array a column."""

    workforce: Table
    selections: Table
    absences: Table
    other_work: Table
    new_posts: Table


@cache
def agency() -> Mapping[str, Any]:
    """Everything in saltmarsh.toml."""
    return tomllib.loads(Path(__file__).with_name("saltmarsh.toml").read_text(encoding="utf-8"))


def make(seed: int) -> Saltmarsh:
    """Draw the agency, by lot what happens to the people in its pools, and who of those who stay is downgraded."""
    for_people, for_outcomes, for_offers, for_posts, for_absences = np.random.default_rng(seed).spawn(5)
    posts = {name: np.array([post.get(name, "") for post in agency()["posts"]]) for name in agency()["posts"][0]}
    fixed_term = np.full(len(posts["size"]), agency()["assumed"]["fixed_term"])
    people = draw_people(
        for_people, Posts(size=posts["size"], grade=posts["grade"], female=posts["female"], fixed_term=fixed_term)
    )
    grade, pool = posts["grade"][people.post], posts["pool"][people.post]
    reference = np.array([f"S{number:03d}" for number in 1 + np.arange(len(pool))])
    outcome, applied = draw_outcomes(for_outcomes, pool)
    answer, other_work = draw_offers(for_offers, np.flatnonzero(outcome == "selected"), reference)
    competing = np.flatnonzero(np.isin(pool, list(agency()["pools"])))
    stays = np.flatnonzero(
        np.isin(pool, list(agency()["pools"])) & (np.isin(outcome, ["retained", "slotted in"]) | (answer == "accepted"))
    )
    return Saltmarsh(
        workforce=workforce_table(people, posts, reference, pool, grade),
        selections={
            "reference": reference[competing],
            "outcome": outcome[competing],
            "volunteered": applied[competing],
        },
        absences=draw_absences(for_absences, people, competing, reference),
        other_work=other_work,
        new_posts=draw_new_posts(for_posts, people, grade, stays, reference),
    )


def workforce_table(people: People, posts: Table, reference: NDArray[Any], pool: NDArray[Any], grade: Ints) -> Table:
    """Everybody, as the agency's HR system prints them."""
    recorded, grades = people.recorded, agency()["grades"]
    kept = ("fte", "sex", "age", "disability", "ethnicity", "religion", "sexual orientation", "gender reassignment", "marital status",
            "pregnancy or maternity", "working pattern", "contract", "family leave", "flexible working")  # fmt: skip
    return {
        "reference": reference,
        "post": posts["title"][people.post],
        "pool": pool,
        "unit": posts["unit"][people.post],
        "grade": np.array(grades["title"])[grade],
        "Full-time salary": np.array(grades["pay"])[grade],
        "service years": people.service,
    } | {name: recorded[name] for name in kept}


def draw_outcomes(rng: Generator, pool: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Deal the outcomes of each pool to its people by lot, and who applied for voluntary exit and was refused among the others."""
    outcome = np.full(len(pool), "retained", dtype="<U18")
    for name, numbers in agency()["pools"].items():
        dealt = np.repeat(list(numbers), list(numbers.values()))
        outcome[rng.permutation(np.flatnonzero(pool == name))[: len(dealt)]] = dealt
    applied = np.where(outcome == "volunteer accepted", "accepted", "no")
    others = np.flatnonzero(np.isin(pool, list(agency()["pools"])) & np.isin(outcome, ["retained", "selected"]))
    applied[rng.permutation(others)[: agency()["assumed"]["refused_volunteers"]]] = "refused"
    return outcome, applied


def draw_offers(rng: Generator, selected: Ints, reference: NDArray[Any]) -> tuple[NDArray[Any], Table]:
    """Deal answers to offers of other work to those selected by lot, with their days; and what everybody's answer is, "" for none."""
    became = agency()["other_work"]
    stayed, left, refused = became["accepted"], became["left after trial"], became["refused"]
    asked = rng.permutation(selected)[: stayed + left + sum(refused.values())]
    said = np.repeat(["accepted", "left after trial", "refused"], [stayed, left, sum(refused.values())])
    answer, reason = np.full(len(reference), "", dtype="<U16"), np.full(len(reference), "", dtype="<U16")
    answer[asked], reason[asked[stayed + left :]] = said, np.repeat(list(refused), list(refused.values()))
    offered, starts, trial = (np.full(len(reference), NEVER) for _ in range(3))
    offered[asked] = OFFERS_FROM + days(rng.integers(0, 60, len(asked)))
    starts[asked] = CONTRACTS_END + days(np.full(len(asked), 5))
    offered[asked[-LATE:]], starts[asked[-LATE:]] = (
        CONTRACTS_END + days(np.array([9])),
        CONTRACTS_END + days(np.array([33])),
    )
    tried = asked[: stayed + left]
    trial[tried] = starts[tried] + days(np.where(np.arange(len(tried)) < LONG_TRIALS, 41, 27))
    return answer, {
        "reference": reference[selected],
        "outcome": np.where(answer == "accepted", "redeployed", "dismissed")[selected],
        "other work offered on": uk_dates(offered)[selected],
        "other work starts": uk_dates(starts)[selected],
        "trial period ended": uk_dates(trial)[selected],
        "answer to other work": answer[selected],
        "reason for refusing other work": reason[selected],
    }


def draw_new_posts(rng: Generator, people: People, grade: Ints, stays: Ints, reference: NDArray[Any]) -> Table:
    """Who of those who stay is downgraded: part-time staff far likelier. What it loses them a year, and for how long that is made up."""
    assumed, recorded = agency()["assumed"], people.recorded
    chance = np.where(
        recorded["working pattern"][stays] == "Part-time", *map(assumed["downgraded"].get, ("Part-time", "Full-time"))
    )
    down: Bools = rng.random(len(stays)) < chance
    lost = np.round(np.array(agency()["grades"]["step_down"])[grade[stays]] * recorded["fte"][stays]).astype(int)
    months = assumed["protected_months"]
    protected = np.where(people.service[stays] >= months["long_from_service"], months["long"], months["short"])
    return {
        "reference": reference[stays],
        "downgraded": np.where(down, "Yes", "No"),
        "pay lost": np.where(down, lost, 0),
        "pay protection months": np.where(down, protected.astype(str), ""),
    }


def draw_absences(rng: Generator, people: People, who: Ints, reference: NDArray[Any]) -> Table:
    """A year's spells of absence of these people, with their first and last day."""
    recorded = {name: people.recorded[name][who] for name in ("disability", "pregnancy or maternity")}
    reasons = {
        "Sickness": rng.poisson(1.1, len(who)),
        "Disability related sickness": (recorded["disability"] == "Yes") * rng.poisson(1.5, len(who)),
        "Pregnancy related sickness": (recorded["pregnancy or maternity"] == "Yes") * rng.poisson(2.0, len(who)),
        "Time off for dependants": rng.binomial(1, 0.15, len(who)),
    }
    person = np.concatenate([np.repeat(who, spells) for spells in reasons.values()])
    reason = np.repeat(list(reasons), [spells.sum() for spells in reasons.values()])
    first = LAST_YEAR + days(rng.integers(0, 350, len(person)))
    last = first + days(np.where(reason == "Time off for dependants", 0, rng.geometric(0.2, len(person)) - 1))
    order = np.lexsort((first, person))
    return {
        "reference": reference[person][order],
        "absence reason": reason[order],
        "first day": uk_dates(first)[order],
        "last day": uk_dates(last)[order],
    }
