"""Takes a raw table of people and the one beside it; gives the questions about references that are known: which of two columns counts, what tells
assignments apart, and whether two files that write them differently mean the same people."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.errors import inert
from eia.intake.columns.known_table import keys_as_said
from eia.intake.files.raw_table import RawTable
from eia.intake.files.references import Keys
from eia.intake.people.join_causes import join_cause
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.headers import match
from eia.vocabulary.synonyms import is_missing

_OF_THE_PERSON = (
    "sex",
    "gender",
    "date_of_birth",
    "race",
    "race_group",
    "religion",
    "sexual_orientation",
    "nationality",
)
"""Columns in which two rows of one person say the same."""
_MOST_POSTS = 5  # so many rows of one person on average; more are a series of numbers
_FEW, _HALF = 0.1, 0.5
_WITHOUT = {
    "zeros": "zeros in front", "letters": "letters in front", "decimals": "“.0” at the end", "capitals": "capitals",
    "marks": "blanks, hyphens and other marks",
}  # fmt: skip

Groups = npt.NDArray[np.int64]


def ask_two_references(raw: RawTable, case: Case, *, beside: RawTable | None, joined: bool) -> OpenQuestion | None:
    """The question which of several columns, all known for it, is the reference. beside: the file joined to this one.

    >>> from eia.intake.files.raw_table import open_table
    >>> staff = open_table(b"Employee No,Assignment Number,Sex\\n1,1-1,F\\n1,1-2,F\\n2,2-1,M\\n")
    >>> ask_two_references(staff, Case(), beside=None, joined=False).guess
    'Employee No'
    """
    at = _references(raw, case)
    if len(at) < 2:
        return None
    keys = {index: _keys(raw, index, case) for index in at}
    if not all(keys.values()):
        return None
    theirs = [_keys(beside, index, case) for index in _references(beside, case)] if beside else []
    guess, reason = _likeliest(
        raw, case, {index: key for index, key in keys.items() if key}, [key for key in theirs if key]
    )
    alike = not joined and reason == _ALIKE
    return OpenQuestion(
        kind="twice" if alike else "reference", about="reference" if alike else inert(raw.headers[guess]), seen=(), rows=0,
        guess=inert(raw.headers[guess]), reason=reason, setting=("columns", "reference"), depends="which rows are the same person",
        choices=tuple(Choice(answer=header, words=f"“{header}” says who is the same person") for header in (inert(raw.headers[index]) for index in at)),
    )  # fmt: skip


_ALIKE = "both tell the same people apart"


def _likeliest(raw: RawTable, case: Case, keys: dict[int, Keys], theirs: list[Keys]) -> tuple[int, str]:
    """The column that joins the other file best; or else that whose repeated rows are alike, as posts of one person are; or else that
    which tells most rows apart."""
    joins = {
        index: max((int((one.positions_in(key) >= 0).sum()) for one in theirs), default=0)
        for index, key in keys.items()
    }
    best = max(joins, key=lambda index: joins[index])
    if any(joins[index] < joins[best] for index in joins):
        return best, "the references of the other file stand in it"
    apart = {index: len(np.unique(key.codes())) for index, key in keys.items()}
    filled = [index for index, key in keys.items() if not len(key.blank())] or list(keys)
    if len({*apart.values()}) == 1 and len(filled) == len(keys):
        return filled[0], _ALIKE
    for index in sorted(filled, key=lambda index: apart[index]):
        differ = _share_that_differs(raw, case, keys[index].codes())
        if len(keys[index].repeated) and differ is not None and differ <= _FEW:
            return index, "rows that share it are alike, as posts of one person are"
    return max(filled, key=lambda index: apart[index]), "it tells most rows apart"


def ask_assignments(raw: RawTable, case: Case) -> OpenQuestion | None:
    """The question whether references that differ only in a number or letter at their end are posts of one person. Not asked where most of
    these rows differ in what a person does not change, or where long series of numbers run: those are people.

    >>> from eia.intake.files.raw_table import open_table
    >>> staff = open_table(b"Ref,Sex\\n12345678-1,F\\n12345678-2,F\\n12345679-1,M\\n")
    >>> ask_assignments(staff, Case()).guess
    'posts'
    """
    at = _references(raw, case)
    if case.people.suffix or len(at) != 1 or (keys := _keys(raw, at[0], case)) is None:
        return None
    base = keys.written("suffix")
    rows = base.repeated
    if not len(rows):
        return None
    own, of = keys.codes(), base.codes()
    several = np.bincount(np.unique(np.stack([of[rows], own[rows]]), axis=1)[0], minlength=int(of.max()) + 1) > 1
    people, concerned = int(several.sum()), several[of]
    if not people or int(concerned.sum()) > _MOST_POSTS * people:
        return None
    differ = _share_that_differs(raw, case, np.where(concerned, of, -1 - np.arange(len(of))))
    if differ is not None and differ > _HALF:
        return None
    return _assignments(inert(raw.headers[at[0]]), int(concerned.sum()), people, differ)


def _assignments(header: str, rows: int, people: int, differ: float | None) -> OpenQuestion:
    posts = differ is None or differ <= _FEW
    if differ is None:
        reason = "assignments are numbered so, and nothing in the file speaks against it"
    elif posts:
        reason = "assignments are numbered so, and these rows say the same of the person"
    else:
        reason = f"{differ:.0%} of these rows say something else of the person than the row before"
    return OpenQuestion(
        kind="assignments", about=header, seen=(), rows=rows, guess="posts" if posts else "people", reason=reason,
        choices=(Choice(answer="posts", words=f"They are posts of one person: {people:,} people, each counted once"),
                 Choice(answer="people", words=f"They are different people: {rows:,} of them")),
        setting=("people", "suffix"), depends="whether somebody with several posts is counted once",
    )  # fmt: skip


def ask_same_reference(raw: RawTable, case: Case, selections: RawTable | None) -> OpenQuestion | None:
    """The question whether references that the other file writes in another way name the same people. Not asked where that would make one
    of two people of the workforce."""
    ours, theirs = _references(raw, case), _references(selections, case) if selections else ()
    if case.people.same_without or selections is None or len(ours) != 1 or len(theirs) != 1:
        return None
    staff, chosen = _keys(raw, ours[0], case), _keys(selections, theirs[0], case)
    cause = join_cause(chosen, staff) if staff is not None and chosen is not None else None
    if staff is None or cause is None or cause.rule is None or (cause.rule == "suffix" and case.people.suffix):
        return None
    if cause.rule != "suffix" and len(np.unique(staff.written(cause.rule).codes())) < len(np.unique(staff.codes())):
        return None
    header, of_posts = inert(selections.headers[theirs[0]]), cause.rule == "suffix"
    same, other = ("posts", "people") if of_posts else (cause.rule, "nothing")
    without = "the number or letter at the end" if of_posts else _WITHOUT[cause.rule]
    return OpenQuestion(
        kind="same reference", about=header, seen=(), rows=cause.joins, guess=same,
        reason=f"{cause.what}, and without them {cause.joins:,} more rows are found",
        choices=(Choice(answer=same, words=f"They name the same people, whatever the {without}" if of_posts else f"They name the same people: {without} make no difference"),
                 Choice(answer=other, words="They name different people")),
        setting=("people", "suffix" if of_posts else "same_without"), depends="who counts as selected",
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------------ what is looked at


def _references(raw: RawTable, case: Case) -> tuple[int, ...]:
    at = match(raw.headers, "people", said=case.columns).get("reference", ())
    if not at and len(raw.headers) == 1:  # a bare list is of references, whatever its header
        return (0,)
    return tuple(index for index in at if raw.headers[index] not in case.ignored)


def _keys(raw: RawTable, index: int, case: Case) -> Keys | None:
    return keys_as_said(raw.without_totals().read([], index).keys, case)


def _share_that_differs(raw: RawTable, case: Case, codes: Groups) -> float | None:
    """Of the rows that share a code with one before, the share that says something else of the person than it; None where no column tells."""
    at = match(raw.headers, "people", said=case.columns)
    told = [at[name][0] for name in _OF_THE_PERSON if name in at]
    _, first, group = np.unique(codes, return_index=True, return_inverse=True)
    again = np.flatnonzero(first[group] != np.arange(len(codes)))
    if not told or not len(again):
        return None
    texts = raw.without_totals().read(told, None).texts
    differ = np.zeros(len(again), dtype=bool)
    for index in told:
        column = texts[index].array
        known = np.array([not is_missing(cell) for cell in column.categories])[column.codes]
        before = first[group[again]]
        differ |= (column.codes[again] != column.codes[before]) & known[again] & known[before]
    return float(differ.mean())
