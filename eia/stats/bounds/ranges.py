"""Holds the Range: a figure known only from the least to the most that it can be. A figure is a number, or such a range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The smallest and the largest value a figure may have, both included; equal where it is known."""

    low: float
    high: float


Figure: TypeAlias = float | Range


def least(figure: Figure) -> float:
    """The smallest that a figure may be.

    >>> least(Range(low=1.0, high=3.0)), least(2.0)
    (1.0, 2.0)
    """
    return figure.low if isinstance(figure, Range) else figure


def most(figure: Figure) -> float:
    """The largest that a figure may be."""
    return figure.high if isinstance(figure, Range) else figure


def share(part: Figure, whole: Figure) -> Range:
    """Bound the share of a part in a whole of which somebody is there: each end goes with the end of everyone else that belongs to it.

    >>> share(Range(low=1.0, high=4.0), 8.0)
    Range(low=0.125, high=0.5)
    """
    low, high = least(part), most(part)
    return Range(low=low / max(most(whole), low), high=min(high / max(least(whole), high), 1.0))
