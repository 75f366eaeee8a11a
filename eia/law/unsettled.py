"""Takes nothing; gives what is not settled or was not found about the law, to be shown as "check before relying on this".

Nothing here is a value, and no computation reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """One point that is open: what it is about, what is known, and the keys of the rules that it bears on, if any."""

    title: str
    says: str
    keys: tuple[str, ...]


@cache
def open_points() -> tuple[OpenPoint, ...]:
    """Every open point, in the order of the file.

    >>> [point.title for point in open_points() if "protective_award_days" in point.keys]
    ['The protective award of 180 days']
    """
    import yaml

    entries = yaml.safe_load(files("eia.law").joinpath("unsettled.yaml").read_text(encoding="utf-8"))
    return tuple(OpenPoint(title=each["title"], says=each["says"], keys=tuple(each["keys"])) for each in entries)
