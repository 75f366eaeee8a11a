"""Takes a header and some cells below it; gives what they say of who somebody is: a name, a number, a way to reach them.

None of it is needed to assess a proposal, and all of it makes the file more dangerous to keep.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eia.errors import MAX_QUOTED_LENGTH, MIN_ROWS_TO_QUOTE
from eia.vocabulary.headers import column_of
from eia.vocabulary.names import could_name_person, is_sentence, names_person
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
_FEWEST = 6  # characters that an identifier has
_LONGEST = 200  # so much of a cell is looked at: beyond it is no label
_APART = r"(?<![^\W_]){}(?![^\W_])"  # not within a word or number
_NI_INSIDE = re.compile(_APART.format(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d{2}){3}[ -]?[A-D]"), re.IGNORECASE)
_EMAIL_INSIDE = re.compile(r"[^\s@]@[\w-]{1,63}\.[\w.-]{0,60}[a-z]", re.IGNORECASE)
_POSTCODE_INSIDE = re.compile(_APART.format(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}"))
_TELEPHONE_INSIDE = re.compile(r"(?<!\d)(?:\+44 ?|0)(?:\(0\))?[1-9](?:[ ()-]?\d){8,9}(?!\d)")
_OF_BIRTH = re.compile(r"\b(?:dob|d\.o\.b|born|date of birth|birthday)\b", re.IGNORECASE)
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", re.ASCII)
_DAY = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}", re.ASCII)
_REFERENCE = re.compile(r"(?<!\d)\d{5,}(?!\d)", re.ASCII)
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
    """Whether a cell holds what stands for one person wherever it is found: a National Insurance number or an e-mail address.

    >>> never_kept("jo.smith@example.org"), never_kept("NI: AB 12 34 56 C"), never_kept("Post 12"), never_kept("LS1 4AB")
    (True, True, False, False)
    """
    text = cell[:_LONGEST]
    return len(text) >= _FEWEST and bool(_NI_INSIDE.search(text) or _EMAIL_INSIDE.search(text))


def says_who(label: str, rows: int) -> bool:
    """Whether a label, which so many rows share, looks as if it said who somebody is: by a name, a number or a way to reach them, or
    in a sentence. What could only be a name by its shape, or a reference, is taken for one where few rows share it.

    >>> says_who("Jo Smith (dob 3/4/71)", 30), says_who("Zebedee Quackenbush", 1), says_who("Zebedee Quackenbush", 30)
    (True, True, False)
    >>> says_who("Customer Services", 1), says_who("Pool 1", 1), says_who("20417733", 1)
    (False, False, True)
    """
    text = label[:_LONGEST].strip()
    if identifies(text) or is_sentence(text) or _DAY.fullmatch(text) or _OF_BIRTH.search(text):
        return True
    parts = re.split(r"[:;()\[\]/|]| - ", text)
    if len(parts) > 1 and any(names_person(part.strip()) for part in parts):
        return True
    return rows < MIN_ROWS_TO_QUOTE and (could_name_person(text) or is_reference(text))


def names_somebody(text: str) -> bool:
    """Whether a text that stands for a thing says who somebody is, however many share it; it may be a number.

    >>> names_somebody("Zebedee Quackenbush"), names_somebody("20417733"), names_somebody("V101")
    (True, False, False)
    """
    return says_who(text, MIN_ROWS_TO_QUOTE) or could_name_person(text[:_LONGEST])


def identifies(text: str) -> bool:
    """Whether a text holds a name of a person that is common, a number that others know a person by, or a way to reach one.

    >>> identifies("Jane Smith"), identifies("NHS 943 476 5919"), identifies("Job title"), identifies("31/03/2026")
    (True, True, False, False)
    """
    text = text[:_LONGEST].strip()
    if never_kept(text) or names_person(text) or _POSTCODE_INSIDE.search(text) or _TELEPHONE_INSIDE.search(text):
        return True
    if _OF_BIRTH.search(text) and _DAY.search(text):
        return True
    return any(map(_is_nhs_number, _TEN_DIGITS.findall(text)))


def is_reference(label: str) -> bool:
    """Whether a label holds a number of five digits or more, as references do.

    >>> is_reference("Case 20417733"), is_reference("Grade 7")
    (True, False)
    """
    return bool(_REFERENCE.search(label[:_LONGEST]))


def may_be_shown(label: str, rows: int) -> bool:
    """Whether a label may be printed: enough rows share it, it is short, and it does not look as if it said who somebody is.

    >>> may_be_shown("Manager", 12), may_be_shown("Manager", 2), may_be_shown("Mr Manager", 12)
    (True, False, False)
    """
    return rows >= MIN_ROWS_TO_QUOTE and len(label) <= MAX_QUOTED_LENGTH and not says_who(label, rows)


def _is_nhs_number(cell: str) -> bool:
    """Ten digits, the last of which checks the others: eleven less their weighted sum modulo eleven, with 11 as 0."""
    digits = (
        [int(mark) for mark in cell if mark.isdecimal()]
        if re.fullmatch(r"\d{3}[ -]?\d{3}[ -]?\d{4}", cell, re.ASCII)
        else []
    )
    if not digits:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == check % 11 and check != 10
