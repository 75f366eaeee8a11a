"""The evidence level is the first that holds, at and on either side of every line."""

from __future__ import annotations

import math

import pytest

from eia.case import Analysis
from eia.findings.core.evidence_level import judge
from eia.findings.core.finding import Reason
from eia.stats.results import Interval

INSIDE = (0.6, 1.9)


def judged(
    pvalue: float,
    adjusted_p: float,
    *doubts: Reason,
    own_p: float | None = None,
    odds: tuple[float, float] = (0.1, 9.0),
    narrower: tuple[float, float] = INSIDE,
    excess: float = 1.0,
    alpha: float = 0.05,
    matters: float = 2.0,
) -> tuple[str, str | None, tuple[str, ...]]:
    return judge(
        pvalue=pvalue,
        adjusted_p=adjusted_p,
        own_p=pvalue if own_p is None else own_p,
        odds_ratio=Interval(low=odds[0], high=odds[1], level=0.95, method="exact"),
        equivalence=Interval(low=narrower[0], high=narrower[1], level=0.9, method="exact"),
        excess=excess,
        conventions=Analysis(matters=matters, alpha=alpha, level=1 - alpha),
        doubts=doubts,
    )


@pytest.mark.parametrize(
    ("pvalue", "adjusted_p", "odds", "level"),
    [
        (0.01, 0.05, (1.1, 9.0), "found"),
        (0.01, 0.05, (0.1, 0.9), "found"),
        (0.01, math.nextafter(0.05, 1), (1.1, 9.0), "stands_out"),
        (0.05, 0.9, (1.0, 9.0), "stands_out"),
        (0.01, 0.04, (1.0, 9.0), "stands_out"),  # found needs an interval that excludes 1
        (0.01, 0.04, (0.9, 1.0), "stands_out"),
        (math.nextafter(0.05, 1), 0.9, (0.9, 9.0), "not_found"),
    ],
)
def test_the_first_level_that_holds_is_given(
    pvalue: float, adjusted_p: float, odds: tuple[float, float], level: str
) -> None:
    assert judged(pvalue, adjusted_p, odds=odds)[0] == level


@pytest.mark.parametrize(
    ("narrower", "level"),
    [
        ((0.5, 2.0), "not_found"),
        ((0.5, math.nextafter(2.0, 3)), "cannot_say"),
        ((math.nextafter(0.5, 0), 2.0), "cannot_say"),
        ((0.0, math.inf), "cannot_say"),
    ],
)
def test_no_clear_gap_is_said_where_the_narrower_interval_lies_within_what_matters(
    narrower: tuple[float, float], level: str
) -> None:
    assert judged(0.5, 0.9, odds=(0.01, 99.0), narrower=narrower)[0] == level


@pytest.mark.parametrize(("adjusted_p", "level"), [(0.01, "found"), (0.9, "stands_out")])
def test_a_direction_is_that_of_the_people_above_expectation(adjusted_p: float, level: str) -> None:
    assert judged(0.01, adjusted_p, odds=(1.1, 9.0), excess=3.0) == (level, "against", ())
    assert judged(0.01, adjusted_p, odds=(0.1, 0.9), excess=-3.0) == (level, "for", ())


def test_where_nothing_is_said_no_direction_is_given() -> None:
    assert judged(0.5, 0.9)[1:] == (None, ())
    assert judged(0.5, 0.9, narrower=(0.1, 9.0))[1:] == (None, ("interval too wide",))


def test_a_doubt_stands_in_the_way_of_no_clear_gap_and_of_nothing_else() -> None:
    assert judged(0.5, 0.9, "pools differ") == ("cannot_say", None, ("pools differ",))
    assert judged(0.5, 0.9, "pools differ", narrower=(0.1, 9.0))[2] == ("interval too wide", "pools differ")
    assert judged(0.01, 0.01, "pools differ", odds=(1.1, 9.0)) == ("found", "against", ())
    assert judged(0.01, 0.9, "pools differ", odds=(1.1, 9.0)) == ("stands_out", "against", ())


def test_what_would_matter_is_the_choice_of_the_case() -> None:
    assert judged(0.5, 0.9, narrower=(0.6, 1.6))[0] == "not_found"
    assert judged(0.5, 0.9, narrower=(0.6, 1.6), matters=1.5)[0] == "cannot_say"
    assert judged(0.5, 0.9, narrower=(0.35, 2.9), matters=3.0)[0] == "not_found"


def test_one_that_does_not_stand_out_among_its_own_is_called_neither_clear_nor_no_gap_while_its_own_p_is_small() -> (
    None
):
    assert judged(0.03, 0.9, own_p=0.12) == ("cannot_say", None, ("small p",))
    assert judged(0.06, 0.9, own_p=0.12) == ("not_found", None, ())


@pytest.mark.parametrize("pvalue", [0.0001, 0.002, 0.02, 0.05])
def test_however_strict_the_conventions_nothing_is_called_no_clear_gap_at_a_small_p(pvalue: float) -> None:
    strict = {"alpha": 0.01, "matters": 3.0, "odds": (1.0, 2.0), "narrower": (1.0, 2.0)}
    assert judged(pvalue, 0.9, own_p=0.9, **strict)[0] == "cannot_say"
    assert judged(pvalue, 0.9, **strict)[0] == "stands_out"


def test_a_p_that_there_is_not_finds_nothing() -> None:
    assert judged(0.5, math.nan)[0] == "not_found"
    assert judged(0.01, math.nan, odds=(1.1, 1.9))[0] == "stands_out"
