"""Takes a header and some cells below it; gives what they say of who somebody is: a name, a number, a way to reach them.

None of it is needed to assess a proposal, and all of it makes the file more dangerous to keep.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eia.vocabulary.headers import column_of
from eia.vocabulary.synonyms import is_missing

_LEAST = 5  # so many cells tell what a column holds
_MOST = 0.8  # so large a share of them
_PATTERNS = {
    "National Insurance numbers": re.compile(
        r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]", re.IGNORECASE
    ),
    "e-mail addresses": re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE),
    "postcodes": re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE),
    "telephone numbers": re.compile(r"(?:\+44 ?|0)(?:\(0\))?[1-9](?:[ ()-]?\d){8,9}"),
}
_NEVER_KEPT = ("National Insurance numbers", "e-mail addresses")
_WORDS_OF_A_NAME = re.compile(r"[A-Z][\w’'-]+(?:,? [A-Z][\w’'.-]*){1,3}")


def held_by_header(header: str) -> str:
    """What a column holds by its header; "" where that is nothing of this kind.

    >>> held_by_header("Surname"), held_by_header("N.I. Number"), held_by_header("Grade")
    ('names', 'National Insurance numbers', '')
    """
    return column_of(header, "identifiers")


def held_by_cells(cells: Sequence[str]) -> str:
    """What a column holds by what most of its cells look like; "" where that is nothing of this kind.

    >>> held_by_cells(["QQ 12 34 56 C"] * 5), held_by_cells(["AB123456C"] * 5), held_by_cells(["943 476 5919"] * 5)
    ('', 'National Insurance numbers', 'NHS numbers')
    """
    filled = [cell for cell in cells if cell and not is_missing(cell)]
    if len(filled) < _LEAST:
        return ""
    tests = {what: pattern.fullmatch for what, pattern in _PATTERNS.items()} | {"NHS numbers": _is_nhs_number}
    for what, looks_so in tests.items():
        if sum(map(bool, map(looks_so, filled))) >= _MOST * len(filled):
            return what
    distinct = len(set(filled)) >= _MOST * len(filled)
    names = sum(map(bool, map(_WORDS_OF_A_NAME.fullmatch, filled))) >= _MOST * len(filled)
    return "what look like names" if distinct and names and len(filled) >= 4 * _LEAST else ""


def never_kept(cell: str) -> bool:
    """Whether a single cell is of a kind that stands for one person wherever it is found.

    >>> never_kept("jo.smith@example.org"), never_kept("Post 12"), never_kept("LS1 4AB")
    (True, False, False)
    """
    return any(_PATTERNS[what].fullmatch(cell) for what in _NEVER_KEPT)


def _is_nhs_number(cell: str) -> bool:
    """Ten digits, the last of which checks the others: eleven less their weighted sum modulo eleven, with 11 as 0."""
    digits = (
        [int(mark) for mark in cell if mark.isdecimal()] if re.fullmatch(r"\d{3} ?\d{3} ?\d{4}", cell, re.ASCII) else []
    )
    if not digits:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == check % 11 and check != 10
