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

POOLS, OUTSIDE = 5_000, 3_000
LABELS = {
    "sex": ["Female", "Male"],
    "disability": ["No", "No", "No", "No", "No", "Yes", "Prefer not to say"],
    "ethnicity": ["White British"] * 12
    + ["Indian", "Pakistani", "Black African", "Black Caribbean", "White Irish", ""],
    "religion": ["No religion", "No religion", "Christian", "Christian", "Muslim", "Hindu", "Prefer not to say", ""],
    "sexual orientation": ["Heterosexual or straight"] * 8 + ["Gay or lesbian", "Bisexual", "Prefer not to say"],
    "gender reassignment": ["No"] * 40 + ["Yes"],
    "marital status": ["Single", "Married", "Married", "Civil partnership", "Divorced", ""],
    "pregnancy or maternity": ["No"] * 30 + ["Yes"],
    "working pattern": ["Full-time", "Full-time", "Part-time"],
    "contract": ["Permanent"] * 9 + ["Fixed-term"],
    "family leave": ["None"] * 30 + ["Maternity", "Shared parental"],
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
    for name_of, labels in LABELS.items():
        made[name_of] = np.array(labels, dtype=object)[rng.integers(0, len(labels), post.size)]
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
