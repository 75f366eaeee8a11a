"""Takes the headers of a table and its first rows; gives which headers are cells of somebody, as where a file has no line of headers.

A header of published tables may be a year, a date or a band of ages: only what its own column holds too, or what says who somebody
is, speaks against a header.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eia.intake.columns.identifiers import identifies
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.headers import column_of
from eia.vocabulary.names import could_name_person, names_person
from eia.vocabulary.synonyms import is_missing, known_words, plain

_LEAST, _MOSTLY = 5, 0.8  # so many different cells are names by their shape
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]+")
_OF_FEW_DIGITS = re.compile(r"\d{1,4}", re.ASCII)


def cells_as_headers(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Which headers are cells: they say who somebody is, or are of the kind that stands below them in at least half of the rows.

    >>> rows = [("Ann Lee", "100002", "Not disabled", "Pool 1"), ("Amir Khan", "100003", "Disabled", "Pool 2")]
    >>> sorted(cells_as_headers(["Jane Smith", "100001", "Disabled", "Pool 1"], rows))
    [0, 1, 2, 3]
    >>> sorted(cells_as_headers(["Name", "Employee No", "Disabled", "Pool"], rows)), cells_as_headers(["2019"], [("204",)])
    ([2], frozenset())
    """
    columns = [[row[index] for row in rows if row[index]] for index in range(len(headers))]
    return frozenset(index for index, header in enumerate(headers) if header and _is_cell(header, columns[index]))


def is_somebodys(header: str) -> bool:
    """Whether a header that is a cell is one that few people share: it holds a name, or a number.

    >>> is_somebodys("Jane Smith"), is_somebodys("100001"), is_somebodys("Affected")
    (True, True, False)
    """
    return identifies(header) or could_name_person(header) or bool(_DIGITS.search(header))


def is_reference_alone(header: str) -> bool:
    """Whether the only header of a table is a reference, or says who somebody is.

    >>> is_reference_alone("A1002"), is_reference_alone("Table 1")
    (True, False)
    """
    return identifies(header) or (bool(_DIGITS.search(header)) and " " not in header)


def _is_cell(header: str, cells: Sequence[str]) -> bool:
    """Whether a header says who somebody is, is one of the cells below it, or, where it is no header that is known, is of their kind."""
    if identifies(header) or (header in cells and not is_missing(header)):
        return True
    if not cells or column_of(header, "people"):
        return False
    half, word = len(cells) / 2, plain(header)
    if could_name_person(header):
        distinct = len(set(cells)) >= max(_LEAST, _MOSTLY * len(cells))
        return sum(map(could_name_person, cells) if distinct else map(names_person, cells)) >= half
    if _DIGITS.search(header) and not _OF_FEW_DIGITS.fullmatch(header):
        shape = _shape(header)
        return sum(_shape(cell) == shape for cell in cells) >= half
    given = {plain(cell) for cell in set(cells)}
    return any(
        word in words and words[word] in {words.get(cell) for cell in given}
        for words in map(known_words, characteristics())
    )


def _shape(cell: str) -> str:
    """A cell with every run of digits as one, and of letters as they are: “Pool 1” and “Pool 12” are alike."""
    digits = _DIGITS.sub("9", cell[:80])
    return digits if " " in digits else _LETTERS.sub("a", digits)
