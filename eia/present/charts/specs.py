"""Takes tidy numbers and the words that go with them; gives chart specs: what a chart shows, and nothing of how.

Two modules draw them: ``paper`` for documents, ``plotly_figures`` for the screen. Both take their axes from ``axes``, their
marks from ``marks`` and their colours from ``looks``, so they cannot show different numbers.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

Level = Literal["found against", "found for", "stands_out", "cannot_say", "not_found", "not_tested"]
LEVEL_WORDS: Mapping[Level, str] = {
    "found against": "clear gap",
    "found for": "clear gap, in favour",
    "stands_out": "stands out",
    "cannot_say": "cannot say",
    "not_found": "no clear gap",
    "not_tested": "not tested",
}
"""What each level is called beside its mark."""
Stage = Literal["staff", "at_risk", "selected"]
STAGES: Mapping[Stage, str] = {
    "staff": "Of all staff",
    "at_risk": "Of people at risk",
    "selected": "Of people selected",
}
"""What the people at each stage are called beside the bars of a profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the rows of all charts have: a name, and the heading that they stand under, or none."""

    label: str
    group: str = ""


Row = TypeVar("Row", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A number line from ``low`` to ``high``; ``ticks`` are exact, ``labels`` are those ticks as words."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    log: bool = False

    def share(self, value: float) -> float:
        """How far along the axis a value lies: 0 at ``low``, 1 at ``high``.

        >>> Axis(low=0.1, high=10, ticks=(), labels=(), log=True).share(1)
        0.5
        """
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """What all charts have: a title, and an ``alt`` that says in a full sentence what the picture shows."""

    title: str
    alt: str

    def __post_init__(self) -> None:
        """Refuse a chart without words."""
        if not self.title.strip() or not self.alt.strip():
            raise ValueError("Every chart needs a title and a text alternative.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRow(Named):
    """One ratio with its interval. Any number may be 0, infinite or nan; ``note`` is the number as words.

    ``level`` is the evidence level. Consecutive rows of the same ``group`` stand under it as one heading.
    """

    estimate: float
    low: float
    high: float
    level: Level
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a level that has no mark."""
        if self.level not in get_args(Level):
            raise ValueError(f"Not an evidence level: {self.level!r}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest(Worded):
    """Ratios with their intervals on a log axis, one a row.

    ``reference`` is the ratio without any gap. ``band`` is the range of ratios too near it to matter in
    this case, shaded and explained by ``band_text``. ``below`` and ``above`` say what the two sides mean. ``shared``
    is the axis of another chart that this one is to be read beside; without it the chart has its own.
    """

    rows: tuple[ForestRow, ...]
    axis: str = "Odds ratio"
    reference: float = 1.0
    band: tuple[float, float] = (0.5, 2.0)
    band_text: str = "Shaded: differences smaller than the size this case treats as mattering"
    below: str = ""
    above: str = ""
    shared: Axis | None = None

    def __post_init__(self) -> None:
        """Refuse a chart without words, and a reference or band that a log axis cannot show."""
        Worded.__post_init__(self)
        if not 0 < self.band[0] <= self.reference <= self.band[1] < math.inf:
            raise ValueError("The band of a forest chart runs from above 0, round the reference, to a finite number.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcessRow(Named):
    """People above (positive) or below expectation; ``text`` is the value as words. nan shows the words alone."""

    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess(Worded):
    """Bars to both sides of nought: how many people more or fewer than expected."""

    rows: tuple[ExcessRow, ...]
    axis: str = "People more (+) or fewer (−) than expected"
    shared: Axis | None = None


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One part of a sum; ``text`` is the value as words."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall(Worded):
    """Parts that add to a total, each beginning where the last one ended. ``total_text`` is the total as words."""

    steps: tuple[WaterfallStep, ...]
    total_label: str
    total_text: str = ""
    axis: str = "People more (+) or fewer (−) than expected"

    def __post_init__(self) -> None:
        """Refuse a chart without words, and parts that are not numbers: then there is no sum to show."""
        Worded.__post_init__(self)
        if not all(math.isfinite(step.value) for step in self.steps):
            raise ValueError("Every step of a waterfall chart must be a finite number.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesRow(Named):
    """The rates of a group and of its comparator, from 0 to 1, with their words. nan shows the words alone."""

    group_rate: float
    comparator_rate: float
    group_text: str
    comparator_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesChart(Worded):
    """Two dots a row: the rate of the group and that of its comparator."""

    rows: tuple[RatesRow, ...]
    axis: str = "Share selected"
    group_label: str = "This group"
    comparator_label: str = "Everyone else in the same comparison"
    shared: Axis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow(Named):
    """People of a group as they are, and as they would be if the cuts fell evenly, with their words."""

    seen: float
    even: float
    seen_text: str
    even_text: str

    def __post_init__(self) -> None:
        """Refuse numbers that a bar cannot show."""
        if not all(math.isfinite(number) and number >= 0 for number in (self.seen, self.even)):
            raise ValueError("Both numbers of a pair must be finite, and not below nought.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs(Worded):
    """Two bars a row: how many people there are, and how many there would be if the cuts fell evenly."""

    rows: tuple[PairRow, ...]
    axis: str = "People"
    seen_label: str = "Selected"
    even_label: str = "If the cuts fell evenly"
    shared: Axis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow(Named):
    """A group among the people of each stage: how many of how many, with the words of each share."""

    parts: tuple[tuple[float, float], ...]
    texts: tuple[str, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """What part of the people at each stage they are, from 0 to 1; 0 of nobody."""
        return tuple(part / whole if whole else 0.0 for part, whole in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile(Worded):
    """A bar for each stage a row: what part of the people at that stage a group is."""

    rows: tuple[ProfileRow, ...]
    stages: tuple[Stage, ...]
    axis: str = "Share of those whose answer is known"
    shared: Axis | None = None

    def __post_init__(self) -> None:
        """Refuse a chart without words, and rows that have not a share of their own at each stage."""
        Worded.__post_init__(self)
        if any({len(row.parts), len(row.texts)} != {len(self.stages)} for row in self.rows):
            raise ValueError("Every row of a profile has a share, and its words, at each stage.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow(Named):
    """One day and its words; ``entered`` is whether somebody gave the day, or it follows from a rule."""

    day: dt.date
    text: str
    entered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline(Worded):
    """Days on an axis of dates, one a row, in their order."""

    rows: tuple[TimelineRow, ...]
    axis: str = "Date"
    entered_label: str = "As entered"
    rule_label: str = "Follows from a rule"


Chart = Forest | Excess | Waterfall | RatesChart | Pairs | Profile | Timeline


def headed(rows: Iterable[Row]) -> tuple[str | Row, ...]:
    """Give the rows with the heading of each run of the same group before it.

    >>> rows = [ExcessRow(label=label, value=0, text="0", group="Sex") for label in ("Women", "Men")]
    >>> [line if isinstance(line, str) else line.label for line in headed(rows)]
    ['Sex', 'Women', 'Men']
    """
    lines: list[str | Row] = []
    current = ""
    for row in rows:
        if row.group != current and row.group:
            lines.append(row.group)
        current = row.group
        lines.append(row)
    return tuple(lines)
