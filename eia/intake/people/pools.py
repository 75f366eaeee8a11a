"""Takes the files of a workforce and of selections; gives the pool of everybody, and what is wrong with the pools."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import numpy as np
import pandas as pd

from eia import budget
from eia.case import Case, Pool
from eia.errors import EiaError, Fault, Faults, inert, quotable, visible
from eia.intake.columns.categories import categorical
from eia.intake.columns.cells import FileColumn
from eia.intake.files.text_columns import ONE_EACH, Weights
from eia.intake.intake_record import Recoding
from eia.intake.people.link import Joined
from eia.intake.people.people_file import PeopleFile
from eia.vocabulary.synonyms import is_unknown, plain, row_words, yes_no

ALL_STAFF = "All staff in the file"
ALL_AT_RISK = "Everyone at risk"
NO_POOL = -1


def pools_of(staff: PeopleFile, chosen: Joined | None, said: list[Recoding]) -> pd.Categorical | None:
    """Pools from the workforce file, else from the selections; None where neither names any."""
    own, theirs = staff.columns.get("pool"), chosen.file.columns.get("pool") if chosen else None
    for column in (own, theirs):
        if column is not None:
            _blame_alike(column)
    if chosen is None or theirs is None:
        return _at_risk_only(_pools(own) if own is not None else None, staff, said)
    listed = _pools(theirs)
    there = pd.Categorical.from_codes(chosen.spread(listed.codes, staff.rows, NO_POOL), dtype=listed.dtype)
    if own is None:
        return there
    pool = _pools(own)
    if rows := _differ(pool, there):
        rule = f"another pool named in {inert(chosen.file.raw.file)}: the pool of the workforce file counts"
        said.append(Recoding(column="pool", rule=rule, rows=rows))
    return pool


def says_at_risk(cell: str) -> bool:
    """Whether a cell of a column of who is at risk says yes."""
    return yes_no("in_scope").get(plain(cell), False)


def _at_risk_only(pool: pd.Categorical | None, staff: PeopleFile, said: list[Recoding]) -> pd.Categorical | None:
    """The pools without the people who are not at risk, where a column says who is; all of those in one pool where no column names any."""
    column = staff.columns.get("at_risk")
    if column is None:
        return pool
    yes = np.array([says_at_risk(cell) for cell in column.cells])[column.text.codes]
    said.append(
        Recoding(column=column.header, rule="people who are not at risk: in no pool", rows=staff.raw.weights.of(~yes))
    )
    if pool is None:
        return categorical((ALL_AT_RISK,), [0, NO_POOL], (~yes).astype(np.int8))
    codes = np.where(yes, pool.codes, NO_POOL)
    return pd.Categorical.from_codes(codes, dtype=pool.dtype).remove_unused_categories()


def without_transfers(
    pool: pd.Categorical, case: Case, said: list[Recoding], weights: Weights = ONE_EACH
) -> pd.Categorical:
    """The pools without those whose work goes to another employer: nobody in them is in a redundancy selection pool."""
    going = np.array([bool(case.pools.get(name, Pool()).transfers_on) for name in pool.categories] + [False])[
        pool.codes
    ]
    if not going.any():
        return pool
    said.append(
        Recoding(column="pool", rule="people whose work goes to another employer: in no pool", rows=weights.of(going))
    )
    codes = np.where(going, NO_POOL, pool.codes)
    return pd.Categorical.from_codes(codes, dtype=pool.dtype).remove_unused_categories()


def one_pool(rows: int) -> pd.Categorical:
    """Everybody in one pool, where no file names any."""
    return categorical((ALL_STAFF,), [0], np.zeros(rows, dtype=np.int8))


def _blame_alike(column: FileColumn) -> None:
    """Record as a fault the cells that name a pool as others do but for capitals and blanks: one pool, or two."""
    first: dict[str, str] = {}
    names = [visible(cell) for cell in column.cells]
    alike = [index for index, name in enumerate(names) if first.setdefault(folded(name), name) != name]
    column.blame(alike, code="pools-alike", what="Some pools are called the same but for capitals or blanks.",
                 allowed="each pool by one name, and different pools by different ones",
                 do="Write the pool the same way in every row, or give the pools names that differ.")  # fmt: skip


def folded(name: str) -> str:
    """A name without what does not tell pools apart: capitals, and how many blanks there are.

    >>> folded("Admin  officers ") == folded("ADMIN officers"), folded("Grade 7") == folded("Grade 7+")
    (True, False)
    """
    return " ".join(visible(name).casefold().split())


def _differ(pool: pd.Categorical, other: pd.Categorical) -> int:
    """How many people are said to be in another pool."""
    ours = pool.categories.get_indexer(other.categories)
    ours = np.append(np.where(ours < 0, len(pool.categories), ours), NO_POOL)  # the last for no pool
    return int(((other.codes != NO_POOL) & (ours[other.codes] != pool.codes)).sum())


def _pools(column: FileColumn) -> pd.Categorical:
    silent = [plain(value) not in row_words("no pool") and is_unknown(value) for value in column.cells]
    column.note([index for index, unknown in enumerate(silent) if unknown], "words for not known read as no pool")
    named = [
        "" if unknown or plain(value) in row_words("no pool") else visible(value)
        for value, unknown in zip(column.cells, silent, strict=True)
    ]
    if all(not name or plain(name) in yes_no("in_scope") for name in named):
        named = [ALL_AT_RISK if says_at_risk(name) else "" for name in named]
    place = {name: number for number, name in enumerate(sorted(set(named) - {""}))}
    return categorical(tuple(place), [place.get(name, NO_POOL) for name in named], column.text.codes)


def refuse_too_many(pools: Sequence[str], file: str) -> None:
    """Raise EiaError where there are more pools than are compared, before anything is worked out for them."""
    if len(pools) > budget.POOLS:
        raise EiaError(Fault(code="too-many-pools", what=f"The file names {len(pools):,} pools.", file=file, allowed=f"up to {budget.POOLS:,} pools",
                             do="Look whether the column of pools is another one, such as posts or references."))  # fmt: skip


def pool_faults(pool: pd.Categorical, case: Case, faults: Faults, *, file: str, weights: Weights = ONE_EACH) -> None:
    """Pools that the case names and nobody is in, more to go from a pool than there are people, and more pools than are compared."""
    labels = pool.categories.tolist()
    refuse_too_many(labels, file)
    sizes = weights.by(pool.codes + 1, len(labels) + 1)[1:]  # the first are in no pool
    for name, choice in case.pools.items():
        if name not in labels:
            alike = difflib.get_close_matches(name, labels, n=1, cutoff=0.5)
            near = quotable(alike[0], int(sizes[labels.index(alike[0])])) if alike else None
            faults.add(Fault(code="no-such-pool", what=f"The case names a pool that nobody is in: “{inert(name)}”.", file="case.toml",
                             allowed="the pools of the file, letter for letter",
                             do=f"Did you mean {near}?" if near else "Correct the name, or take the pool out of the case."))  # fmt: skip
        elif (choice.to_go or 0) > sizes[labels.index(name)]:
            faults.add(Fault(code="more-to-go-than-people", what=f"More posts are to go than there are people in the pool “{inert(name)}”.",
                             file="case.toml", allowed=f"at most {sizes[labels.index(name)]:,}", do="Correct to_go, or the pool."))  # fmt: skip
