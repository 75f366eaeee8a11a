"""Takes nothing; prints how long an assessment takes where pools are many and small: 25,000 people in 5,000 pools, and then the first page.

Run it as ``python benchmarks/many_pools.py``. The pools hold about five people each, so nearly all the work is of pools and not of people.
Processor seconds stand beside those by the clock: on a busy machine they are the ones to compare.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

POOLS, OUTSIDE = 5_000, 500
LABELS = {
    "sex": {"Female": 0.55, "Male": 0.45},
    "disability": {"No": 0.8, "Yes": 0.1, "Prefer not to say": 0.05, "": 0.05},
    "ethnicity": {
        "White British": 0.78,
        "Indian": 0.05,
        "Pakistani": 0.04,
        "Black African": 0.05,
        "White and Asian": 0.03,
        "": 0.05,
    },
    "religion": {"No religion": 0.45, "Christian": 0.35, "Muslim": 0.06, "Hindu": 0.04, "": 0.1},
    "sexual orientation": {"Heterosexual or straight": 0.82, "Gay or lesbian": 0.04, "Bisexual": 0.03, "": 0.11},
    "pregnancy or maternity": {"No": 0.97, "Yes": 0.03},
    "working pattern": {"Full-time": 0.75, "Part-time": 0.25},
    "contract": {"Permanent": 0.9, "Fixed-term": 0.1},
}

Result = TypeVar("Result")


def staff(pools: int = POOLS, outside: int = OUTSIDE) -> pd.DataFrame:
    """Make up a workforce: posts of one to fifteen people, most of them pools; in each about a fifth selected, and in most somebody."""
    import pandas as pd

    rng = np.random.default_rng(1)
    size = 1 + rng.poisson(4.0, pools + outside).clip(max=14)
    post = np.repeat(np.arange(size.size), size)
    chance = rng.permutation(post.size)
    place = np.empty(post.size, dtype=np.int64)
    order = np.lexsort((chance, post))
    place[order] = np.arange(post.size) - np.repeat(size.cumsum() - size, size)
    to_go = np.floor(size * 0.2 + rng.random(size.size)).astype(int)
    pooled = post < pools
    name = np.char.add("Post ", post.astype(str)).astype(object)
    made = {
        "pool": np.where(pooled, name, ""),
        "post": name,
        "department": np.char.add("Department ", (post % 200).astype(str)).astype(object),
        "grade": np.char.add("Grade ", (1 + post % 9).astype(str)).astype(object),
        "outcome": np.where(pooled, np.where(place < to_go[post], "selected", "retained"), ""),
        "age": rng.integers(18, 68, post.size).astype(str).astype(object),
    }
    for column, shares in LABELS.items():
        made[column] = np.array([*shares], dtype=object)[rng.choice(len(shares), post.size, p=[*shares.values()])]
    return pd.DataFrame(made)


def timed(what: str, work: Callable[[], Result]) -> Result:
    """Do it once, print how long it took by the clock and in processor seconds, and give what it gave."""
    start, used = time.perf_counter(), time.process_time()
    result = work()
    print(f"{what:<24} {time.perf_counter() - start:>7.2f} {time.process_time() - used:>7.2f}")
    return result


def main() -> None:
    """Print the table."""
    import eia

    frame = staff()
    eia.assess(frame.head(500), columns={"unit": "department"}).summary()  # reads what is read once
    print(f"{len(frame):,} people, {POOLS:,} pools; seconds, processor seconds")
    case = {"columns": {"unit": "department"}}
    read = timed("reading and checking", lambda: eia.read_workforce(frame, eia.Case(**case)))
    assessment = timed("assessing", lambda: eia.assess(read, case))
    timed("the summary", lambda: assessment.summary())


if __name__ == "__main__":
    main()
