"""Takes words; gives how wide they are on paper, and the words cut or broken to a width.

Measured with a table of widths and not with the fonts that happen to be installed: the same on every machine.
"""

from __future__ import annotations

import unicodedata
from itertools import accumulate

from eia.present.documents.model import plain

SIZE = 12.0  # of the letters, in points

_WIDE = {  # of the common sans fonts, in thousandths of the letter size
    222: "ijl'‘’",
    278: " !,./:;\\ft[]I|·",
    333: '()-r`“”"',
    389: "*^",
    500: "JckvxyzsL",
    556: "0123456789abdeghnopqu?$#_–£…TFZ",
    584: "+<=>~−×≤≥",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    889: "%",
    1000: "W@—←→",
}
_WIDTHS = {character: width for width, characters in _WIDE.items() for character in characters}


def width_of(words: str, *, bold: bool = False) -> float:
    """How wide words are, near enough to set columns: letters the table does not know count as broad ones."""
    thousandths = sum(_WIDTHS.get(character) or _unlisted(character) for character in words)
    return thousandths * SIZE / 1000 * (1.07 if bold else 1.0)


def _unlisted(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 1000 if unicodedata.east_asian_width(character) in "WF" else 640


def shortened(words: str, width: float) -> str:
    """The words, or as many letters of them as fit, with an ellipsis."""
    words = plain(words)
    if width_of(words) <= width:
        return words
    ends = accumulate(width_of(letter) for letter in words)
    fitting = sum(end <= width - width_of("…") for end in ends)
    return words[:fitting].rstrip() + "…"


def wrapped(words: str, width: float, most: int = 4) -> tuple[str, ...]:
    """The words on as many lines of a width as they take; cut with an ellipsis where they would go on after so many.

    >>> wrapped("Married or in a civil partnership", 100)
    ('Married or in a', 'civil partnership')
    """
    lines = [""]
    for word in plain(words).split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return tuple(shortened(line, width) for line in kept if line) or ("",)
