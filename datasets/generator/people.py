"""Takes posts and a stream of random numbers; gives the people in them, as they are and as the records show them.

The draws follow the published figures in figures.toml: age given sex and grade; ethnicity and disability given age and
grade; part-time working given sex, grade and age; unanswered questions given age and length of service, clustered in
people. What is assumed, for want of a source, stands apart in that file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Table = dict[str, NDArray[Any]]

SEXES = np.array(["Female", "Male"])
ETHNICITIES = ("White", "Mixed", "Asian or Asian British", "Black or Black British", "Other ethnic group")
AGE_FROM = np.array([18, 30, 40, 50, 60, 65])
AGE_TO = np.array([29, 39, 49, 59, 64, 71])

NOT_RECORDED = ""
DECLINED = "Prefer not to say"
NOT_APPLICABLE = "Not applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """The posts of an employer, one array entry each.

    size: people in the post. grade: 0 to 3, an index into the grades of figures.toml. female, fixed_term: the chance
    that someone in the post is a woman, has a fixed-term contract.
    """

    size: Ints
    grade: Ints
    female: Floats
    fixed_term: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The people in the posts, one array entry each.

    post: index of their post. disabled: whether they are disabled, recorded or not. returned: back from maternity
    leave with a child under 18 months. service: years. recorded: what the records say, by model column.
    """

    post: Ints
    disabled: Bools
    returned: Bools
    service: Floats
    recorded: Table


@cache
def figures() -> Mapping[str, Any]:
    """Everything in figures.toml."""
    return tomllib.loads(Path(__file__).with_name("figures.toml").read_text(encoding="utf-8"))


def pick(rng: Generator, options: Sequence[str] | NDArray[Any], weights: ArrayLike) -> NDArray[Any]:
    """Draw one of the options for each row of weights, in proportion to the weights."""
    edges = np.cumsum(np.asarray(weights, dtype=float), axis=1)
    draws = rng.random(len(edges))[:, None] * edges[:, -1:]
    chosen: NDArray[Any] = np.asarray(options)[(draws >= edges).sum(axis=1)]
    return chosen


def draw_people(rng: Generator, posts: Posts) -> People:
    """Fill the posts with people."""
    civil_service, assumed = figures()["civil_service"], figures()["assumed"]
    grades = figures()["grades"]
    post = np.repeat(np.arange(len(posts.size)), posts.size)
    everyone = len(post)
    grade = posts.grade[post]
    sex = (rng.random(everyone) >= posts.female[post]).astype(int)  # 0 women, 1 men, as in SEXES
    age_counts = np.array([civil_service["age"][name] for name in SEXES])
    band = pick(rng, np.arange(len(AGE_FROM)), age_counts[sex, grade])
    age = AGE_FROM[band] + (rng.random(everyone) * (AGE_TO - AGE_FROM + 1)[band]).astype(int)
    ethnicity_counts = np.array([civil_service["ethnicity"][name] for name in grades])
    disability_counts = np.array([civil_service["disability"][name] for name in grades])
    disability = pick(rng, ["Yes", "No"], disability_counts[grade, band])
    part_time = rng.random(everyone) < part_time_chance(sex, grade, band)
    fixed_term = rng.random(everyone) < posts.fixed_term[post]
    service = draw_service(rng, age, fixed_term)
    answers = {
        "disability": disability,
        "ethnicity": pick(rng, ETHNICITIES, ethnicity_counts[grade, band]),
        "religion": pick(rng, list(assumed["religion"]), rows(assumed["religion"].values(), everyone)),
        "sexual orientation": draw_orientation(rng, band),
        "gender reassignment": np.where(rng.random(everyone) < assumed["trans"], "Yes", "No"),
        "marital status": pick(rng, assumed["marital"]["options"], np.array(assumed["marital"]["people"])[band]),
    }
    family = draw_family(rng, sex, age)
    flexible = np.array([assumed["flexible"][name] for name in SEXES])
    recorded = {
        "sex": SEXES[sex],
        "age": age,
        **leave_unanswered(rng, answers, band, service),
        "pregnancy or maternity": family["pregnancy or maternity"],
        "family leave": family["family leave"],
        "working pattern": np.where(part_time, "Part-time", "Full-time"),
        "fte": draw_fte(rng, part_time),
        "contract": np.where(fixed_term, "Fixed-term", "Permanent"),
        "flexible working": pick(rng, assumed["flexible"]["options"], flexible[sex]),
    }
    return People(
        post=post, disabled=disability == "Yes", returned=family["returned"], service=service, recorded=recorded
    )


def rows(weights: Any, count: int) -> Floats:
    """Repeat one row of weights for everyone."""
    return np.broadcast_to(np.array(list(weights), dtype=float), (count, len(weights)))


def part_time_chance(sex: Ints, grade: Ints, band: Ints) -> Floats:
    """Chance of working part time: odds by grade and by age multiplied, scaled to a council's share of each sex."""
    published = figures()["civil_service"]["part_time"]
    by_grade = np.array([published["grade"][name] for name in SEXES])[sex, grade]
    by_age = np.array([published["age"][name] for name in SEXES])[sex, band]
    log_odds = np.log(by_grade / (1 - by_grade)) + np.log(by_age / (1 - by_age))
    chance = np.empty(len(sex))
    for code, name in enumerate(SEXES):
        those = sex == code
        chance[those] = scaled_to(figures()["local_government"]["part_time"][name], log_odds[those])
    return chance


def scaled_to(share: float, log_odds: Floats) -> Floats:
    """Chances with these log odds, up to a constant found by bisection so that they average to the share."""
    low, high = -20.0, 20.0
    for _ in range(50):
        middle = (low + high) / 2
        chance = 1 / (1 + np.exp(-(log_odds + middle)))
        low, high = (middle, high) if chance.mean() < share else (low, middle)
    return np.asarray(chance)


def draw_service(rng: Generator, age: Ints, fixed_term: Bools) -> Floats:
    """Years of service: about a third of the years since 17; at most four on a fixed-term contract."""
    since_17 = (age - 17).astype(float)
    permanent = since_17 * rng.beta(1, 2, len(age))
    temporary = np.minimum(since_17, 4) * rng.random(len(age))
    return np.asarray(np.round(np.where(fixed_term, temporary, permanent), 1))


def draw_fte(rng: Generator, part_time: Bools) -> Floats:
    """Full-time equivalent: 1, or one of the usual part-time fractions."""
    hours = figures()["assumed"]["part_time_fte"]
    fraction = pick(rng, np.array(hours["fte"]), rows(hours["share"], len(part_time)))
    return np.where(part_time, fraction, 1.0)


def draw_orientation(rng: Generator, band: Ints) -> NDArray[Any]:
    """Sexual orientation given age; the publisher gives one figure for all but heterosexual people."""
    straight, other = np.array(figures()["civil_service"]["sexual_orientation"]["people"]).T
    split = figures()["assumed"]["orientation_split"]
    weights = np.column_stack([straight, *(other * share for share in split.values())])
    return pick(rng, ["Heterosexual", *split], weights[band])


def draw_family(rng: Generator, sex: Ints, age: Ints) -> Table:
    """Pregnancy, maternity and other family leave now, and who is back from maternity leave."""
    share = figures()["assumed"]["family"]
    could = (sex == 0) & (age < 45)
    edges = np.cumsum([share["pregnant"], share["maternity"], share["returned"]])
    state = np.where(could, np.searchsorted(edges, rng.random(len(sex)), side="right"), len(edges))
    other = np.where((state == len(edges)) & (age < 50), rng.random(len(sex)), 1.0)
    leave = np.full(len(sex), "Not on family leave", dtype="<U21")
    leave[state == 1] = "Maternity leave"
    leave[other < share["adoption"] + share["shared_parental"]] = "Shared parental leave"
    leave[other < share["adoption"]] = "Adoption leave"
    pregnancy = np.where(state <= 1, "Yes", "No")
    return {
        "pregnancy or maternity": np.where(sex == 0, pregnancy, NOT_APPLICABLE),
        "family leave": leave,
        "returned": state == 2,
    }


def leave_unanswered(rng: Generator, answers: Table, band: Ints, service: Floats) -> Table:
    """Take answers away as they are missing in life: some people answer next to nothing, others skip or refuse one.

    Someone silent on ethnicity mostly answers nothing at all, or else skips each question with such a chance that the
    published share of the silent has unknown disability too.
    """
    missing, assumed = figures()["civil_service"]["missing"], figures()["assumed"]
    skipped = {"ethnicity": 0.0, "disability": missing["skipped_one"], "sexual orientation": missing["skipped_one"]}
    skipped |= assumed["skipped_one"]
    refused = missing["refused"] | assumed["refused"]
    answers_nothing = assumed["answers_nothing"]
    skips_each = (missing["both_unknown"] - answers_nothing) / (1 - answers_nothing)
    silent = rng.random(len(band)) < silent_chance(band, service)
    nothing = silent & (rng.random(len(band)) < answers_nothing)
    recorded: Table = {}
    for name, values in answers.items():
        skips = rng.random(len(band)) < np.where(silent, skips_each, skipped[name])
        declines = rng.random(len(band)) < refused[name]
        blank = silent if name == "ethnicity" else nothing | skips
        recorded[name] = np.where(blank, NOT_RECORDED, np.where(declines, DECLINED, values))
    return recorded


def silent_chance(band: Ints, service: Floats) -> Floats:
    """Chance of unknown ethnicity: the published share of each age, higher in the first year of service."""
    missing = figures()["civil_service"]["missing"]
    unknown = np.array(missing["unknown_by_age"])
    new = service < 1
    people = np.maximum(np.bincount(band, minlength=len(unknown)), 1)
    new_share = np.bincount(band, weights=new, minlength=len(unknown)) / people
    # entrants are unknown 2.5 times as often as everyone; part of that is age, so no age goes above 0.7
    new_unknown = np.minimum(unknown * missing["entrants"]["new"] / missing["entrants"]["everyone"], 0.7)
    settled_unknown = np.maximum(unknown - new_share * new_unknown, 0) / np.maximum(1 - new_share, 1e-9)
    return np.asarray(np.where(new, new_unknown[band], settled_unknown[band]))
