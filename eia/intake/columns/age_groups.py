"""Takes the distinct cells of a column of age bands; gives the band of each by name, in the order of the ages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from eia.vocabulary.synonyms import is_missing, without_notes

_YEARS = r"\s*(?:years?|yrs?|y)?(?:\s*old)?"
_LEAD = r"(?:aged?|ages)?\s*"
_BETWEEN = re.compile(
    rf"{_LEAD}(\d{{1,2}}){_YEARS}\s*(?:-|–|—|to|_|and under|up to|until)\s*(\d{{1,3}}){_YEARS}", re.IGNORECASE
)
_BELOW = re.compile(
    rf"{_LEAD}(?:(?:under|below|less than|younger than|<)\s*(\d{{1,2}}){_YEARS}|(?:up to|<=|≤)\s*(\d{{1,2}}){_YEARS}"
    rf"|(\d{{1,2}}){_YEARS}\s*(?:and|or|&)\s*(?:under|below|younger))", re.IGNORECASE,
)  # fmt: skip
_ABOVE = re.compile(
    rf"{_LEAD}(?:(\d{{1,2}}){_YEARS}\s*(?:\+|plus|(?:and|or|&)\s*(?:over|above|older|more))|(?:>=|≥|at least)\s*(\d{{1,2}}){_YEARS}"
    rf"|(?:over|above|older than|more than|>)\s*(\d{{1,2}}){_YEARS})", re.IGNORECASE,
)  # fmt: skip
_DECADE = re.compile(r"(\d0)'?’?s", re.IGNORECASE)


def band_of(cell: str) -> tuple[int, int] | None:
    """The least and the greatest age of a band; None for a cell that is none.

    >>> band_of("16-24"), band_of("Under 25"), band_of("65+"), band_of("40s"), band_of("Grade 7")
    ((16, 24), (0, 24), (65, 150), (40, 49), None)
    """
    text = without_notes(cell).strip()
    if between := _BETWEEN.fullmatch(text):
        low, high = int(between[1]), int(between[2])
        return (low, high) if low < high <= 120 else None
    if below := _BELOW.fullmatch(text):
        return 0, int(below[1]) - 1 if below[1] else int(below[2] or below[3])
    if above := _ABOVE.fullmatch(text):
        return int(above[1] or above[2] or 0) or int(above[3]) + 1, 150
    if decade := _DECADE.fullmatch(text):
        return int(decade[1]), int(decade[1]) + 9
    return None


def age_groups(cells: Sequence[str]) -> list[tuple[tuple[int, int], str] | None]:
    """The band of each cell: its ages and its name, as bands worked out from ages are named; None for a cell that is none.

    >>> [band and band[1] for band in age_groups(["65 and over", "16 - 24 years", "<16", "x"])]
    ['65 and over', '16 to 24', 'Under 16', None]
    """
    return [band and (band, _name(*band)) for band in map(band_of, cells)]


def are_bands(cells: Sequence[str]) -> bool:
    """Whether a column holds bands of ages rather than ages: more of its cells are bands than are anything else.

    >>> are_bands(["16-24", "25+", ""]), are_bands(["34", "25+", "41"])
    (True, False)
    """
    bands = sum(band_of(cell) is not None for cell in cells)
    return 2 * bands > sum(not is_missing(cell) for cell in cells)


def _name(low: int, high: int) -> str:
    if low == 0:
        return f"Under {high + 1}"
    return f"{low} and over" if high == 150 else f"{low} to {high}"
