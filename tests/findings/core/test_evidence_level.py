"""The evidence level is the first that holds, at and on either side of every line."""

from __future__ import annotations

import math

import pytest

from eia.case import Analysis
from eia.findings.core.evidence_level import judge
from eia.findings.core.finding import Reason
from eia.stats.results import Interval


def judged(
    pvalue: float,
    adjusted_p: float,
    low: float,
    high: float,
    *doubts: Reason,
    excess: float = 1.0,
    matters: float = 2.0,
) -> tuple[str, str | None, tuple[str, ...]]:
    return judge(
        pvalue=pvalue,
        adjusted_p=adjusted_p,
        odds_ratio=Interval(low=low, high=high, level=0.95, method="exact"),
        excess=excess,
        conventions=Analysis(matters=matters),
        doubts=doubts,
    )


@pytest.mark.parametrize(
    ("pvalue", "adjusted_p", "low", "high", "level"),
    [
        (0.01, 0.05, 1.1, 9.0, "found"),
        (0.01, 0.05, 0.1, 0.9, "found"),
        (0.01, math.nextafter(0.05, 1), 1.1, 9.0, "could be chance"),
        (0.05, 0.9, 1.0, 9.0, "could be chance"),
        (0.01, 0.04, 1.0, 9.0, "could be chance"),  # found needs an interval that excludes 1
        (0.01, 0.04, 0.9, 1.0, "could be chance"),
        (math.nextafter(0.05, 1), 0.9, 0.5, 2.0, "not found"),
        (0.5, 0.9, 0.5, math.nextafter(2.0, 3), "cannot tell"),
        (0.5, 0.9, math.nextafter(0.5, 0), 2.0, "cannot tell"),
        (0.5, 0.9, 0.0, math.inf, "cannot tell"),
    ],
)
def test_the_first_level_that_holds_is_given(
    pvalue: float, adjusted_p: float, low: float, high: float, level: str
) -> None:
    assert judged(pvalue, adjusted_p, low, high)[0] == level


@pytest.mark.parametrize(("adjusted_p", "level"), [(0.01, "found"), (0.9, "could be chance")])
def test_a_direction_is_that_of_the_people_above_expectation(adjusted_p: float, level: str) -> None:
    assert judged(0.01, adjusted_p, 1.1, 9.0, excess=3.0) == (level, "against", ())
    assert judged(0.01, adjusted_p, 0.1, 0.9, excess=-3.0) == (level, "for", ())


def test_where_nothing_is_said_no_direction_is_given() -> None:
    assert judged(0.5, 0.9, 0.6, 1.9)[1:] == (None, ())
    assert judged(0.5, 0.9, 0.1, 9.0)[1:] == (None, ("interval too wide",))


def test_a_doubt_stands_in_the_way_of_not_found_and_of_nothing_else() -> None:
    assert judged(0.5, 0.9, 0.6, 1.9, "pools differ") == ("cannot tell", None, ("pools differ",))
    assert judged(0.5, 0.9, 0.1, 9.0, "pools differ")[2] == ("interval too wide", "pools differ")
    assert judged(0.01, 0.01, 1.1, 9.0, "pools differ") == ("found", "against", ())
    assert judged(0.01, 0.9, 1.1, 9.0, "pools differ") == ("could be chance", "against", ())


def test_what_would_matter_is_the_choice_of_the_case() -> None:
    assert judged(0.5, 0.9, 0.6, 1.6)[0] == "not found"
    assert judged(0.5, 0.9, 0.6, 1.6, matters=1.5)[0] == "cannot tell"
    assert judged(0.5, 0.9, 0.3, 2.9, matters=3.5)[0] == "not found"


def test_a_p_that_there_is_not_finds_nothing() -> None:
    assert judged(0.5, math.nan, 0.6, 1.9)[0] == "not found"
    assert judged(0.01, math.nan, 1.1, 1.9)[0] == "could be chance"
