"""Takes a seed; gives Riverbank Council: its people, its proposed redundancies, and whether anything is wrong with them.

Three practices decide who goes, each with a stream of random numbers of its own: which posts are put in pools, how the
cuts are spread over the pools, and who is chosen inside a pool. In each a disadvantage can be planted. With none
planted (a *null twin*) the same seed gives the same people in the same posts, and all three practices are blind.
"""

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

from .absences import absence_records
from .leave import VACANCIES, leave_records, uk_dates
from .people import Bools, Floats, Ints, People, Posts, Table, draw_people

COMMITTED_SEED = 2030
EXTRACT = np.datetime64("2026-10-31")
POOLS = 60
EXTERNALLY_FUNDED = 0.25  # share of posts; with the two shares below about 10% of staff are on fixed-term contracts
FIXED_TERM = (0.01, 0.40)  # in other posts, in externally funded posts
SHARE_TO_GO = (0.15, 0.25)  # of a pool, when nothing is planted
WEIGHTS = {"Skills and knowledge": 40, "Attendance": 30, "Flexibility": 20, "Conduct": 10}
AVERAGE_SCORE = {"Skills and knowledge": 6.2, "Attendance": 7.4, "Flexibility": 6.0, "Conduct": 8.0}
OPEN_PART_TIME = 0.35  # of the full-time posts that stay
NEW_POSTS = (  # title, service, grade, posts: all full-time, none open to part-time work
    ("Support Hub Adviser", "Customer Contact", 6, 12),
    ("Support Hub Coordinator", "Customer Contact", 8, 4),
    ("Digital Support Officer", "Digital Services", 7, 8),
)
SCORE_SPREAD = {"Skills and knowledge": 1.4, "Attendance": 1.4, "Flexibility": 1.6, "Conduct": 1.2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """How strong each planted disadvantage is; 0 is none.

    scope: added to the log odds that a post is put in a pool, times the share of its people who are women working part
    time. spread: added to the share of a pool that is to go, times the share of its people on fixed-term contracts.
    selection: marks taken off the attendance score of a disabled person.
    """

    scope: float = 0.0
    spread: float = 0.0
    selection: float = 0.0


NOTHING = Effects()
PLANTED = Effects(scope=7.0, spread=1.5, selection=3.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Riverbank:
    """Riverbank Council as tables, one array a column, and as ``to_go``: posts to go by pool."""

    workforce: Table
    selections: Table
    scores: Table
    absences: Table
    leave: Table
    posts: Table
    vacancies: Table
    to_go: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The council's posts as it describes them, one array entry each."""

    title: NDArray[Any]
    service: NDArray[Any]
    directorate: NDArray[Any]
    location: NDArray[Any]
    grade: Ints  # 1 to 11
    female: Floats  # usual share of women in this kind of work

    @property
    def name(self) -> NDArray[Any]:
        """Title and service: no two posts share it."""
        return np.array([f"{title} ({service})" for title, service in zip(self.title, self.service, strict=True)])


def make(seed: int, *, planted: bool = False) -> Riverbank:
    """Draw the council and its proposal, with the disadvantages planted or, by default, a null twin."""
    return draw(seed, PLANTED if planted else NOTHING)


def draw(seed: int, effects: Effects) -> Riverbank:
    """Draw the council and its proposal, with disadvantages of the given strengths."""
    for_people, for_scope, for_spread, for_scores, for_records, for_lists, for_absences = np.random.default_rng(
        seed
    ).spawn(7)
    council = structure()
    posts = draw_posts(for_people, council)
    people = draw_people(for_people, posts)
    in_scope = posts_in_scope(for_scope, people, len(posts.size), effects.scope)
    to_go = posts_to_go(for_spread, people, posts, in_scope, effects.spread)
    scores = draw_scores(for_scores, people, effects.selection)
    reference = np.array([f"{number}" for number in 100_000 + for_records.permutation(len(people.post) * 3)])
    reference = reference[: len(people.post)]
    selected = lowest_scores(people, in_scope, to_go, scores, reference)
    order = np.argsort(reference)
    pooled = order[in_scope[people.post[order]]]
    pool = council.name[people.post]
    return Riverbank(
        workforce=workforce_table(for_records, council, people, reference, order),
        selections={
            "Personal Reference": reference[pooled],
            "Pool": pool[pooled],
            "Outcome": np.where(selected, "Proposed for redundancy", "Post retained")[pooled],
        },
        scores={
            "Personal Reference": np.repeat(reference[pooled], len(WEIGHTS)),
            "Pool": np.repeat(pool[pooled], len(WEIGHTS)),
            "Criterion": np.tile(list(WEIGHTS), len(pooled)),
            "Weight": np.tile(list(WEIGHTS.values()), len(pooled)),
            "Score": scores[pooled].ravel(),
        },
        absences=absence_records(for_absences, people, scores[:, list(WEIGHTS).index("Attendance")], pooled, reference),
        leave=leave_records(for_records, people, reference, EXTRACT),
        posts=posts_table(for_lists, council, people, in_scope, to_go, selected),
        vacancies=VACANCIES,
        to_go={str(council.name[post]): int(to_go[post]) for post in np.flatnonzero(in_scope)},
    )


@cache
def structure() -> Structure:
    """The posts of council.toml: for every service the titles of its kind of work, support posts and a manager."""
    council = tomllib.loads(Path(__file__).with_name("council.toml").read_text(encoding="utf-8"))
    posts = [
        (title, service, directorate, place["location"], grade, family["female"])
        for directorate, place in council["directorates"].items()
        for service, work in place["services"]
        for family in (council["management"], council["work"][work], council["every_service"])
        for title, grade in family["titles"]
    ]
    title, service, directorate, location, grade, female = (np.array(column) for column in zip(*posts, strict=True))
    return Structure(
        title=title, service=service, directorate=directorate, location=location, grade=grade, female=female
    )


def draw_posts(rng: Generator, council: Structure) -> Posts:
    """How many people each post has and of what kind: fewer at the top, women and men unevenly between posts."""
    usual_size = np.select([council.grade <= 4, council.grade <= 7, council.grade <= 9], [12.0, 7.5, 5.0], 1.6)
    size = np.clip(np.round(usual_size * rng.lognormal(0, 0.7, len(usual_size))), 1, 40).astype(int)
    funded = rng.random(len(size)) < EXTERNALLY_FUNDED
    return Posts(
        size=size,
        grade=np.searchsorted([4, 7, 10], council.grade),  # council grades 1-4, 5-7, 8-10 and above
        female=rng.beta(10 * council.female, 10 * (1 - council.female)),
        fixed_term=np.where(funded, FIXED_TERM[1], FIXED_TERM[0]),
    )


def share_of_post(people: People, which: Bools, posts: int) -> Floats:
    """Share of the people in each post for whom ``which`` is true."""
    return np.bincount(people.post, weights=which, minlength=posts) / np.bincount(people.post, minlength=posts)


def posts_in_scope(rng: Generator, people: People, posts: int, effect: float) -> Bools:
    """Choose the posts that are put in pools: the larger the likelier, as a post of one person rarely makes a pool; with an effect, rather
    those of women working part time."""
    part_time_women = (people.recorded["sex"] == "Female") & (people.recorded["working pattern"] == "Part-time")
    larger = np.log(np.bincount(people.post, minlength=posts))
    urge = larger + effect * share_of_post(people, part_time_women, posts) + rng.gumbel(size=posts)
    return np.argsort(np.argsort(-urge)) < POOLS


def posts_to_go(rng: Generator, people: People, posts: Posts, in_scope: Bools, effect: float) -> Ints:
    """Spread the cuts over the pools; with an effect, more where more people are on fixed-term contracts."""
    fixed_term = share_of_post(people, people.recorded["contract"] == "Fixed-term", len(posts.size))
    share = np.minimum(rng.uniform(*SHARE_TO_GO, len(posts.size)) + effect * fixed_term, 1)
    whole = np.floor(share * posts.size + rng.random(len(posts.size))).astype(int)  # rounded up or down by chance
    return np.where(in_scope, np.minimum(whole, posts.size), 0)


def draw_scores(rng: Generator, people: People, effect: float) -> Floats:
    """Score everyone on every criterion, 0 to 10; with an effect, disabled people lower on attendance."""
    scores = rng.normal(list(AVERAGE_SCORE.values()), list(SCORE_SPREAD.values()), (len(people.post), len(WEIGHTS)))
    scores[:, list(WEIGHTS).index("Attendance")] -= effect * people.disabled
    return np.asarray(np.clip(np.round(scores * 2) / 2, 0, 10))  # half marks


def lowest_scores(people: People, in_scope: Bools, to_go: Ints, scores: Floats, reference: NDArray[Any]) -> Bools:
    """Select in each pool the lowest weighted scores: of equal ones the lower in skills, then the higher reference."""
    total = scores @ np.array(list(WEIGHTS.values()))
    tie_break = -reference.astype(int)
    ranked = np.lexsort((tie_break, scores[:, 0], total, people.post))
    first = np.searchsorted(people.post[ranked], people.post[ranked])
    selected = np.empty(len(ranked), dtype=bool)
    selected[ranked] = np.arange(len(ranked)) - first < to_go[people.post[ranked]]
    return selected & in_scope[people.post]


def workforce_table(rng: Generator, council: Structure, people: People, reference: NDArray[Any], order: Ints) -> Table:
    """The workforce as the council's HR system prints it, in order of reference."""
    recorded, post = people.recorded, people.post
    started = EXTRACT - np.round(people.service * 365.25).astype("timedelta64[D]")
    team = np.array(["Team A", "Team B", "Team C"])[rng.integers(0, 3, len(post))]
    columns: Table = {
        "Personal Reference": reference,
        "Position Reference": np.array([f"P{number:04d}" for number in 1001 + post]),
        "Position Title": council.name[post],
        "Directorate": council.directorate[post],
        "Service": council.service[post],
        "Team": team,
        "Location": council.location[post],
        "Grade": np.array([f"Grade {grade}" for grade in council.grade[post]]),
        "FTE": recorded["fte"],
        "Contracted Hours": np.round(37 * recorded["fte"], 2),
        "Basis": np.char.replace(recorded["working pattern"], "-time", " Time"),
        "Contract Type": recorded["contract"],
        "Continuous Service Date": uk_dates(started),
        "Sex": recorded["sex"],
        "Age": recorded["age"],
        "Ethnic Origin": recorded["ethnicity"],
        "Disability": recorded["disability"],
        "Religion or Belief": recorded["religion"],
        "Sexual Orientation": recorded["sexual orientation"],
        "Gender Identity Differs From Birth": recorded["gender reassignment"],
        "Marital Status": recorded["marital status"],
        "Pregnancy or Maternity": recorded["pregnancy or maternity"],
        "Family Leave": recorded["family leave"],
        "Flexible Working": recorded["flexible working"],
    }
    return {header: column[order] for header, column in columns.items()}


def posts_table(
    rng: Generator, council: Structure, people: People, in_scope: Bools, to_go: Ints, selected: Bools
) -> Table:
    """The posts now and as proposed, a row for each post and its hours: those of the people selected go, a few new ones come.

    A pool in which nobody is to go is slotted into its own posts; in the others its people are ring-fenced to what is left.
    """
    alike, row, now = np.unique(
        np.stack([people.post, np.round(100 * people.recorded["fte"])]), axis=1, return_inverse=True, return_counts=True
    )
    post, fte = alike[0].astype(int), alike[1] / 100
    left = now - np.bincount(row.reshape(-1), weights=selected, minlength=len(now)).astype(int)
    opened = np.where((fte < 1) | (rng.random(len(fte)) < OPEN_PART_TIME), "Yes", "No")
    number = np.array([f"P{1001 + each:04d}" for each in post])
    competing, settled = in_scope[post] & (to_go[post] > 0), in_scope[post] & (to_go[post] == 0)
    pool, nothing = np.where(in_scope[post], council.name[post], ""), np.full(len(post), "")
    fence = np.where(competing, council.name[post], "")
    alike_in_both = {
        "Position Reference": number,
        "Position Title": council.name[post],
        "Service": council.service[post],
        "Location": council.location[post],
        "Grade": np.array([f"Grade {grade}" for grade in council.grade[post]]),
        "FTE Each": fte,
        "Ring-fence": fence,
    }
    current = alike_in_both | {
        "List": np.full(len(post), "Current"), "Number of Posts": now, "Pool": pool,
        "Slotted Into": np.where(settled, number, ""), "Open Part-time or Job Share": nothing,
    }  # fmt: skip
    proposed = alike_in_both | {
        "List": np.full(len(post), "Proposed"), "Number of Posts": left, "Pool": nothing, "Slotted Into": nothing,
        "Open Part-time or Job Share": opened,
    }  # fmt: skip
    kept = {header: column[left > 0] for header, column in proposed.items()}
    order = ("List", *list(alike_in_both)[:5], "Number of Posts", "FTE Each", "Open Part-time or Job Share", "Pool",
             "Ring-fence", "Slotted Into")  # fmt: skip
    new = new_posts(council)
    return {header: np.concatenate([current[header], kept[header], new[header]]) for header in order}


def new_posts(council: Structure) -> Table:
    """The new posts among those proposed."""
    title, service, grade, posts = zip(*NEW_POSTS, strict=True)
    where = dict(zip(council.service.tolist(), council.location.tolist(), strict=True))
    empty = np.full(len(title), "")
    return {
        "List": np.full(len(title), "Proposed"),
        "Position Reference": np.array([f"P{2001 + place}" for place in range(len(title))]),
        "Position Title": np.array([f"{name} ({place})" for name, place in zip(title, service, strict=True)]),
        "Service": np.array(service),
        "Location": np.array([where[place] for place in service]),
        "Grade": np.array([f"Grade {each}" for each in grade]),
        "Number of Posts": np.array(posts),
        "FTE Each": np.ones(len(title)),
        "Open Part-time or Job Share": np.full(len(title), "No"),
        "Pool": empty,
        "Ring-fence": empty,
        "Slotted Into": empty,
    }


def case_text(council: Riverbank) -> str:
    """The case file: the council's head of it, with the pools and the posts to go from each."""
    head = Path(__file__).with_name("riverbank.case.toml").read_text(encoding="utf-8")
    total, pools = sum(council.to_go.values()), len(council.to_go)
    lines = (f'"{pool}" = {{ to_go = {to_go} }}\n' for pool, to_go in council.to_go.items())
    return head.replace("{to_go}", str(total)).replace("{pools}", str(pools)) + "".join(lines)
