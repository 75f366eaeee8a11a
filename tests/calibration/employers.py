"""Takes a design, a size and a seed; gives an employer with its proposal as a table of people, and what the toolkit says of it.

Shares no code with the toolkit or the bundled examples. Nothing is wrong in a proposal but what its design plants. Posts are sex-typed, and
so are departments; most posts are of one to five people and some are large. A pool is one post, or several that stand next to each other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from eia.case import Case
from eia.case.analysis import Analysis
from eia.counts.cube import count, cube_axes
from eia.counts.stages import choosing
from eia.findings.core.comparisons import comparisons, counted_exactly
from eia.findings.core.permutation_results import permutation_results
from eia.findings.core.questions import findings
from eia.intake.evidence import read_workforce

Size = Literal["S", "M", "L"]
SIZES: dict[Size, tuple[int, int]] = {"S": (60, 3), "M": (300, 12), "L": (2_500, 60)}
"""People, about, and pools. Where a pool is one post these are all the people employed; where it is several, those in pools, and about as
many again are in none."""

Into = Literal["random posts", "large posts", "size-following", "whole departments"]
Shares = Literal["even", "follows size", "women's pools", "size hides women's pools"]
Pools = Literal["one post", "several posts"]
Question = Literal["scope", "spread", "selection"]
QUESTIONS: tuple[Question, ...] = ("scope", "spread", "selection")
LARGE = 6
"""People in a post that counts as a large one."""

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What decides who goes. All three practices are even-handed by default.

    into: which posts are put in pools. pools: what a pool is. shares: what the pools' shares to go depend on; more, less: the two shares where they depend on
    women. against: the column and the answer of those who are likelier to be selected within a pool, at odds of odds_ratio. asked: the
    questions put to the toolkit.
    """

    name: str
    into: Into = "random posts"
    pools: Pools = "several posts"
    shares: Shares = "even"
    more: float = 0.3
    less: float = 0.1
    against: tuple[str, tuple[str, ...]] | None = None
    odds_ratio: float = 3.0
    asked: tuple[Question, ...] = QUESTIONS


WOMEN, DISABLED, BLACK = ("sex", ("Female",)), ("disability", ("Yes",)), ("ethnicity", ("Black African", "Black Caribbean"))  # fmt: skip

NULL = (
    Design(name="random posts"),
    Design(name="large posts", into="large posts", asked=("scope",)),
    Design(name="size-following posts", into="size-following", asked=("scope",)),
    Design(name="whole departments", into="whole departments"),
    Design(name="shares to go follow size", shares="follows size", asked=("spread", "selection")),
)
SPREAD = (
    Design(name="women's pools lose 35%, others 15%", shares="women's pools", more=0.35, less=0.15, asked=("spread",)),
    Design(name="women's pools lose 50%, others 10%", shares="women's pools", more=0.50, less=0.10, asked=("spread",)),
)
HIDDEN = Design(name="larger pools lose more and hold more women, whose pools lose less at each size",
                shares="size hides women's pools", asked=("spread",))  # fmt: skip
SELECTION = (
    Design(name="odds ratio 3, women", against=WOMEN, asked=("selection",)),
    Design(name="odds ratio 3, disabled people", against=DISABLED, asked=("selection",)),
    Design(name="odds ratio 3, Black people", against=BLACK, asked=("selection",)),
)


def in_both(design: Design) -> tuple[Design, Design]:
    """The design with pools of one post, and with pools of several."""
    return replace(design, pools="one post"), replace(design, pools="several posts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the toolkit says of one group under one question."""

    question: str
    characteristic: str
    group: str
    level: str
    direction: str | None
    pools_differ: bool


@cache
def judged(design: Design, size: Size, seed: int, draws: int = 999) -> tuple[Said, ...]:
    """Draw an employer, and say what the toolkit finds from its table on. What stands beside findings is left out."""
    case = Case(analysis=Analysis(questions=design.asked, draws=draws), columns={"unit": "unit", "post": "post"})
    read = read_workforce(employer(design, size, seed), case)
    people, axes = read.frame, cube_axes(read, case)
    cube, chosen = count(people, axes), choosing(people, axes, case.stages)
    compared = comparisons(cube, case)
    drawn = permutation_results(counted_exactly(compared), cube, case, people, chosen)
    return tuple(
        Said(
            question=finding.question,
            characteristic=finding.characteristic.key,
            group=finding.group.label,
            level=finding.level,
            direction=finding.direction,
            pools_differ="pools differ" in (*finding.reasons, *finding.cautions),
        )
        for finding in findings(compared, cube, case, drawn, with_grounds=False)
    )


def employer(design: Design, size: Size, seed: int) -> pd.DataFrame:
    """Everyone employed, with their post, pool and outcome; the answers of some are missing.

    >>> employer(NULL[0], "S", 1)["pool"].nunique()  # that of nobody among them
    4
    """
    people, pools = SIZES[size]
    employed = people if design.pools == "one post" else 2 * people
    for_posts, for_pools, for_people, for_shares, for_choice = np.random.default_rng(seed).spawn(5)
    posts = _posts(for_posts, employed, pools)
    pool = _pools(for_pools, posts, design, people, pools)
    held = _people(for_people, posts, _typed(for_people, posts, pool, design))
    place = pool[held["post"].to_numpy()]
    to_go = _to_go(for_shares, place, (held["sex"] == "Female").to_numpy(), design)
    selected = _selected(for_choice, held, place, to_go, design)
    outcome = np.where(selected, "selected", "retained")
    named = {
        "post": _named("Post", held["post"].to_numpy()),
        "unit": _named("Department", posts.unit[held["post"].to_numpy()]),
        "pool": np.where(place < 0, "", _named("Pool", place)),
        "outcome": np.where(place < 0, "", outcome),
    }
    return held.assign(**named).sample(frac=1, random_state=seed, ignore_index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Posts:
    """One entry a post, a department's posts standing together."""

    size: Ints
    unit: Ints
    grade: Ints
    temporary: Floats  # share of people on fixed terms
    minority: Floats  # share of people not White, alike in a department


def _posts(rng: Generator, people: int, pools: int) -> _Posts:
    """Posts for so many people, in about twice as many departments as there are pools."""
    size = np.clip(rng.lognormal(1.0, 1.1, people), 1, max(30, people // 80)).astype(int)
    size = size[: int(np.searchsorted(size.cumsum(), people)) + 1]
    units = 2 * pools
    unit = np.sort(rng.choice(units, size.size, p=rng.dirichlet(np.full(units, 4.0))))
    return _Posts(
        size=size,
        unit=unit,
        grade=rng.choice(7, size.size, p=[0.15, 0.2, 0.2, 0.18, 0.14, 0.08, 0.05]),
        temporary=np.where(rng.random(size.size) < 0.2, 0.4, 0.02),
        minority=rng.beta(2.0, 8.0, units)[unit],
    )


def _pools(rng: Generator, posts: _Posts, design: Design, people: int, pools: int) -> Ints:
    """The pool of every post, or -1: posts in a random order until enough are in. With sizes that are followed, a post twice as large is
    twice as likely to come next; of whole departments all posts come together."""
    wait = rng.exponential(size=posts.size.size)
    if design.into == "size-following":
        wait = wait / posts.size
    elif design.into == "large posts":
        wait = np.where(posts.size >= LARGE, wait, np.inf)
    elif design.into == "whole departments":
        wait = rng.permutation(posts.unit.max() + 1)[posts.unit].astype(float)
    order = np.argsort(wait, kind="stable")
    order = order[np.isfinite(wait[order])]
    enough = pools - 1 if design.pools == "one post" else int(np.searchsorted(posts.size[order].cumsum(), people))
    taken = np.flatnonzero(wait <= wait[order[min(enough, order.size - 1)]])
    cuts = np.arange(1, taken.size)
    if design.pools == "several posts":
        cuts = np.sort(rng.choice(cuts, min(pools, taken.size) - 1, replace=False))
    pool = np.full(posts.size.size, -1)
    pool[taken] = np.searchsorted(cuts, np.arange(taken.size), side="right")
    return pool


def _typed(rng: Generator, posts: _Posts, pool: Ints, design: Design) -> Floats:
    """The usual share of women in every post; higher in the larger pools only where the design says so."""
    usual = rng.beta(2.5, 2.5, posts.unit.max() + 1)[posts.unit]
    if design.shares == "size hides women's pools":
        usual = np.where(pool < 0, usual, 0.6 * usual + 0.4 * _larger(pool[pool >= 0], posts.size[pool >= 0])[pool])
    return rng.beta(0.1 + 5.0 * usual, 0.1 + 5.0 * (1.0 - usual))


def _larger(pool: Ints, people: Ints | None = None) -> Flags:
    """Which pools are of the larger half, by the people in them."""
    size = np.bincount(pool, weights=people)
    return np.asarray(size > np.median(size))


def _people(rng: Generator, posts: _Posts, female: Floats) -> pd.DataFrame:
    """Everyone's post and answers."""
    post = np.repeat(np.arange(posts.size.size), posts.size)
    woman = rng.random(post.size) < female[post]
    minority = rng.random(post.size) < posts.minority[post]
    groups = ["Indian", "Pakistani", "Black African", "Black Caribbean", "White and Asian", "Arab"]
    return pd.DataFrame({
        "post": post,
        "sex": np.where(woman, "Female", "Male"),
        "ethnicity": _missing(rng, np.where(minority, _drawn(rng, post.size, groups, [0.24, 0.16, 0.26, 0.14, 0.12, 0.08]), "White British")),
        "disability": _missing(rng, np.where(rng.random(post.size) < 0.1, "Yes", "No"), 0.1),
        "age": np.clip(rng.normal(36.0 + 2.0 * posts.grade[post], 11.0), 18, 70).astype(int).astype(str),
        "working pattern": np.where(rng.random(post.size) < np.where(woman, 0.35, 0.1), "Part-time", "Full-time"),
        "contract": np.where(rng.random(post.size) < posts.temporary[post], "Fixed-term", "Permanent"),
        "religion": _missing(rng, _drawn(rng, post.size, ["No religion", "Christian", "Muslim", "Hindu", "Sikh"], [0.47, 0.4, 0.07, 0.04, 0.02]), 0.1),
        "sexual orientation": _missing(rng, _drawn(rng, post.size, ["Heterosexual or straight", "Gay or lesbian", "Bisexual"], [0.94, 0.035, 0.025]), 0.1),
        "grade": _named("Grade", posts.grade[post]),
    })  # fmt: skip


def _drawn(rng: Generator, people: int, answers: list[str], shares: list[float]) -> NDArray[Any]:
    return np.array(answers, dtype=object)[rng.choice(len(answers), people, p=shares)]


def _missing(rng: Generator, answer: NDArray[Any], share: float = 0.04) -> NDArray[Any]:
    """Some decline, and as many are not recorded."""
    chance = rng.random(answer.size)
    return np.select([chance < share, chance < 2 * share], ["Prefer not to say", ""], answer)


def _named(what: str, number: Ints) -> NDArray[Any]:
    return np.char.add(f"{what} ", (number + 1).astype(str)).astype(object)


def _to_go(rng: Generator, place: Ints, woman: Flags, design: Design) -> Ints:
    """How many go from every pool: its share of it, rounded up or down by chance. By default shares lie between 10 and 30%."""
    size = np.bincount(place[place >= 0])
    pools = size.size
    women = np.bincount(place[(place >= 0) & woman], minlength=pools) / size
    larger = _larger(place[place >= 0])
    share = rng.uniform(design.less, design.more, pools)
    if design.shares == "follows size":
        share = np.where(larger, 0.3, 0.12) + rng.uniform(-0.04, 0.04, pools)
    elif design.shares == "women's pools":
        share = np.where(women > np.median(women), design.more, design.less)
    elif design.shares == "size hides women's pools":
        among_alike = women > np.where(larger, np.median(women[larger]), np.median(women[~larger]))
        share = np.where(larger, 0.45, 0.15) - 0.1 * among_alike
    return np.floor(share * size + rng.random(pools)).astype(int)


def _selected(rng: Generator, people: pd.DataFrame, place: Ints, to_go: Ints, design: Design) -> Flags:
    """Choose within every pool one after another, each time with chances in proportion to the odds."""
    weight = np.ones(place.size)
    if design.against:
        column, answers = design.against
        weight = np.where(people[column].isin(answers), design.odds_ratio, 1.0)
    wait = rng.exponential(size=place.size) / weight
    order = np.lexsort((wait, place))
    rank = np.empty(place.size, dtype=int)
    rank[order] = np.arange(place.size) - np.searchsorted(place[order], place[order])
    return np.asarray((place >= 0) & (rank < to_go[place]))
