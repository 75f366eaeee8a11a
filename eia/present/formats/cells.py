"""Takes a finished cell; gives the number that it is, and how a spreadsheet shows that number just so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eia.present.documents.model import plain
from eia.present.text.numbers import MINUS

_NUMBER = re.compile(rf"(?P<sign>[+{MINUS}-]?)(?P<whole>\d{{1,3}}(?:,\d{{3}})+|\d+)(?P<rest>\.\d+)?(?P<percent>%?)")


@dataclass(frozen=True, slots=True)
class Number:
    """A cell that is a number: its value, and the format that shows it as it was written."""

    value: float
    shown: str


def number(cell: str) -> Number | None:
    """Give the number that a cell is; None where it is words, a range or a mark such as "<5".

    >>> number("1,234"), number("12.5%")
    (Number(value=1234.0, shown='#,##0'), Number(value=0.125, shown='#,##0.0%'))
    >>> number("−3.0").value, number("+3").shown, number("4 to 9"), number("<0.001")
    (-3.0, '+#,##0;−#,##0;0', None, None)
    """
    found = _NUMBER.fullmatch(plain(cell))
    if found is None:
        return None
    decimals, percent = len(found["rest"] or ".") - 1, found["percent"]
    value = float(f"{found['whole'].replace(',', '')}{found['rest'] or ''}")
    value = round(value / 100, decimals + 2) if percent else value
    places = f".{'0' * decimals}" if decimals else ""
    shown = f"#,##0{places}{percent}"
    if not found["sign"]:
        return Number(value, shown)
    signs = "+" if found["sign"] == "+" else ""
    return Number(value if signs else -value, f"{signs}{shown};{MINUS}{shown};0{places}{percent}")
