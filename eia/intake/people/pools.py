"""Takes the files of a workforce and of selections; gives the pool of everybody, and what is wrong with the pools."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.errors import Fault, inert, quotable, visible
from eia.intake.columns.cells import FileColumn
from eia.intake.people.link import spread_out
from eia.intake.people.people_file import PeopleFile
from eia.intake.workforce import NO_POOL, Labelled, Recoding
from eia.vocabulary.synonyms import NO_POOL_WORDS, plain

ALL_STAFF = "All staff in the file"


def pool_of(staff: PeopleFile, chosen: PeopleFile | None, places: npt.NDArray[np.int64] | None) -> Labelled | None:
    """Pools from the workforce file, else from the selections; None where neither names any."""
    column = staff.columns.get("pool")
    if column is not None:
        return _pool_labels(column)
    if chosen and "pool" in chosen.columns and places is not None:
        labelled = _pool_labels(chosen.columns["pool"])
        return Labelled(labels=labelled.labels, codes=spread_out(labelled.codes, places, staff.rows, NO_POOL))
    return None


def blame_alike(column: FileColumn) -> None:
    """Record as a fault the cells that name a pool as others do but for capitals and blanks: one pool, or two."""
    first: dict[str, str] = {}
    names = [visible(cell) for cell in column.text.values]
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


def pools_that_differ(pool: Labelled, chosen: PeopleFile, places: npt.NDArray[np.int64]) -> list[Recoding]:
    """People whom the selections put in another pool than the workforce file does; the workforce file counts."""
    if "pool" not in chosen.columns:
        return []
    other = _pool_labels(chosen.columns["pool"])
    ours = [pool.labels[code] if code >= 0 else "" for code in pool.codes[places].tolist()]
    theirs = [other.labels[code] if code >= 0 else "" for code in other.codes.tolist()]
    pairs = zip(ours, theirs, (places >= 0).tolist(), strict=True)
    rows = sum(known and bool(named) and named != counted for counted, named, known in pairs)
    rule = f"another pool named in {inert(chosen.raw.file)}: the pool of the workforce file counts"
    return [Recoding(column="pool", rule=rule, rows=rows)] if rows else []


def _pool_labels(column: FileColumn) -> Labelled:
    labels = tuple(sorted({visible(value) for value in column.text.values if plain(value) not in NO_POOL_WORDS}))
    place = {label: index for index, label in enumerate(labels)}
    lookup = np.array([place.get(visible(value), NO_POOL) for value in column.text.values], dtype=np.int32)
    return Labelled(labels=labels, codes=lookup[column.text.codes])


def pool_faults(pool: Labelled, case: Case) -> list[Fault]:
    """Pools that the case names and nobody is in, and more to go from a pool than there are people."""
    faults = []
    sizes = np.bincount(pool.codes[pool.codes >= 0], minlength=len(pool.labels))
    for name, choice in case.pools.items():
        if name not in pool.labels:
            near = _near(name, pool.labels, sizes)
            faults.append(
                Fault(code="no-such-pool", what=f"The case names a pool that nobody is in: “{inert(name)}”.", file="case.toml",
                      allowed="the pools of the file, letter for letter",
                      do=f"Did you mean {near}?" if near else "Correct the name, or take the pool out of the case.")
            )  # fmt: skip
        elif (choice.to_go or 0) > sizes[pool.labels.index(name)]:
            faults.append(
                Fault(code="more-to-go-than-people", what=f"More posts are to go than there are people in the pool “{inert(name)}”.",
                      file="case.toml", allowed=f"at most {sizes[pool.labels.index(name)]:,}", do="Correct to_go, or the pool.")
            )  # fmt: skip
    return faults


def _near(name: str, labels: Sequence[str], sizes: npt.NDArray[np.int64]) -> str | None:
    """The pool whose name is nearest, where it may be quoted."""
    near = difflib.get_close_matches(name, labels, n=1, cutoff=0.5)
    return quotable(near[0], int(sizes[labels.index(near[0])])) if near else None
