"""Takes the references of two files that should be the same and are not; gives the cause, where both were the same once.

Spreadsheets take a reference for a number: zeros in front are lost, a long one becomes 1E+11, another ends in .0.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from eia.intake.files.references import Keys, Rewriting

_EXPONENT = r"^[0-9](\.[0-9]+)?[Ee]\+[0-9]+$"
_CAUSES: dict[Rewriting, tuple[str, str, str]] = {  # how it looks, what to say, what to do
    "zeros": (r"^0", "zeros in front", "Format the column as text and restore the zeros, or take them off in both files."),
    "decimals": (r"\.0+$", "“.0” at the end of references", "Save the column as text or as whole numbers, without “.0”."),
    "capitals": (r"[a-z]", "small letters", "Write the references in the same capitals in both files."),
    "suffix": (r"[0-9] *[-_/. (] *[0-9A-Za-z]{1,3}[)]?$|[0-9][A-Za-z]$", "a number or letter at the end of references, as of assignments,",
               'Write the references without it, or say what it stands for: [people] suffix = "posts" or "people".'),
    "letters": (r"^[A-Za-z]", "letters in front", "Write the references the same way in both files."),
    "marks": (r"[^0-9A-Za-z]", "blanks, hyphens or other marks in references", "Write the references the same way in both files."),
}  # fmt: skip
_ALONG: tuple[Rewriting, ...] = ("zeros", "decimals", "capitals", "letters", "marks")
"""What references may differ in at once."""


@dataclass(frozen=True, slots=True)
class JoinCause:
    """Why references are not found: what to say of it, what to do, and the rule by which both files write the same; None where that is
    lost. joins: how many more rows are found by it."""

    what: str
    do: str
    rule: Rewriting | None = None
    joins: int = 0


def join_cause(theirs: Keys, ours: Keys) -> JoinCause | None:
    """Why references of one file are not in the other: what most of those that are not found differ in; None where that is not it.

    >>> import pyarrow
    >>> lost, whole = (Keys(pyarrow.chunked_array([pyarrow.array(refs)])) for refs in ([b"7", b"12"], [b"007", b"012"]))
    >>> join_cause(lost, whole).what
    'one file has zeros in front that the other has not: the workforce file in 2 rows, the other in 0'
    """
    found = theirs.positions_in(ours) >= 0
    lost = np.flatnonzero(~found)
    if not len(lost):
        return None
    with suppress(ValueError):  # bytes that are no text: nothing is told of them
        for rule, (pattern, what, do) in _CAUSES.items():
            again = theirs.written(rule).positions_in(ours.written(rule)) >= 0
            if 2 * int((again & ~found).sum()) > len(lost):
                rows = ours.rows_like(pattern), theirs.rows_like(pattern)
                return JoinCause(
                    f"one file has {what} that the other has not: the workforce file in {rows[0]:,} rows, the other in {rows[1]:,}",
                    do, rule, int((again & ~found).sum()),
                )  # fmt: skip
        for one, other in combinations(_ALONG, 2):
            both = [keys.written(one).written(other) for keys in (theirs, ours)]
            if 2 * int(((both[0].positions_in(both[1]) >= 0) & ~found).sum()) > len(lost):
                return JoinCause(
                    f"the files differ in {_CAUSES[one][1]}, and in {_CAUSES[other][1]}",
                    "Write the references the same way in both files, as text.",
                )
        for keys, name in ((theirs, "the file beside the workforce"), (ours, "the workforce file")):
            if rows_like := keys.rows_like(_EXPONENT):
                return JoinCause(
                    f"a spreadsheet has turned references of {name} into numbers such as 1E+11, in {rows_like:,} rows: their digits are lost",
                    "Export the file again with the references as text.",
                )  # fmt: skip
    return None
