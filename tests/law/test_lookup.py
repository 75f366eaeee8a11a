"""A rule is asked for by day and place: the day before and the day of a change differ, and nothing is guessed outside."""

from __future__ import annotations

import datetime as dt

import pytest

from eia.errors import EiaError
from eia.law.lookup import in_force, rule, standing


def test_before_the_first_day_there_is_an_error_and_no_guess() -> None:
    with pytest.raises(EiaError, match="30 September 2010") as caught:
        rule("consultation_days_100", on=dt.date(2010, 9, 30))
    assert [fault.code for fault in caught.value.faults] == ["law-not-recorded"]


def test_a_place_where_it_is_not_law_is_named() -> None:
    with pytest.raises(EiaError, match="for Northern Ireland"):
        rule("associative_indirect_discrimination", on=dt.date(2026, 1, 1), where="Northern Ireland")
    assert in_force("associative_indirect_discrimination", on=dt.date(2026, 1, 1), where="Northern Ireland") is None


def test_a_key_that_is_not_known_gives_the_nearest() -> None:
    for ask in (rule, in_force):
        with pytest.raises(EiaError, match="consultation_days_100"):
            ask("consultation_day_100", on=dt.date(2026, 1, 1))


@pytest.mark.parametrize("nation", ["England", "Wales", "Scotland"])
def test_a_rule_of_great_britain_is_one_of_each_nation(nation: str) -> None:
    assert rule("consultation_days_100", on=dt.date(2026, 1, 1), where=nation).value == 45


def test_no_rule_of_great_britain_is_one_of_the_united_kingdom() -> None:
    assert in_force("associative_indirect_discrimination", on=dt.date(2026, 1, 1), where="United Kingdom") is None


def test_a_key_of_which_nothing_stands_any_more_says_how_long_anything_did() -> None:
    with pytest.raises(EiaError, match="5 April 2027 or earlier"):
        standing("week_pay_cap", on=dt.date(2027, 4, 6))
    with pytest.raises(EiaError, match="5 April 2026 or earlier"):
        standing("week_pay_cap", on=dt.date(2027, 4, 6), where="Northern Ireland")
