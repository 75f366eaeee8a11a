"""The law on the day before and on the day of each change, typed by hand and not read from the files it checks."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from eia.errors import EiaError
from eia.law.lookup import in_force, rule
from eia.law.records import Value

NI = "Northern Ireland"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("key", "changes_on", "before", "after"),
    [
        ("consultation_days_100", "2013-04-06", 90, 45),  # SI 2013/763
        ("hr1_days_100", "2013-04-06", 90, 45),  # SI 2013/763
        ("protective_award_days", "2026-04-06", 90, 180),  # Employment Rights Act 2025 s.30
        ("week_pay_cap", "2014-04-06", 450, 464),  # fourteen months after the rise before
        ("week_pay_cap", "2026-04-06", 719, 751),
    ],
)
def test_a_value_changes_on_its_day(key: str, changes_on: str, before: Value, after: Value) -> None:
    day_of = day(changes_on)
    assert rule(key, on=day_of - dt.timedelta(days=1)).value == before
    assert rule(key, on=day_of).value == after


@pytest.mark.parametrize(
    ("key", "begins_on", "where"),
    [
        ("indirect_discrimination", "2010-10-01", "Great Britain"),
        ("discrimination_arising_from_disability", "2010-10-01", "Great Britain"),
        ("pregnancy_discrimination", "2010-10-01", "Great Britain"),
        ("associative_indirect_discrimination", "2024-01-01", "Great Britain"),  # SI 2023/1425
        ("equality_duty", "2011-04-05", "Great Britain"),
        ("equality_duty_characteristics", "2011-04-05", "Great Britain"),
        ("specific_duties", "2011-09-10", "England"),  # SI 2011/2260
        ("assessment_duty", "2012-05-27", "Scotland"),  # SSI 2012/162
        ("assessment_duty", "2011-04-06", "Wales"),  # SI 2011/1064 (W.155)
        ("socio_economic_duty", "2018-04-01", "Scotland"),
        ("socio_economic_duty", "2021-03-31", "Wales"),
        ("northern_ireland_duty", "2000-01-01", NI),
        ("fixed_term_expiry_not_counted", "2013-04-06", "Great Britain"),  # SI 2013/763
        ("protective_award_uplift", "2025-01-20", "Great Britain"),  # SI 2024/1272
    ],
)
def test_a_rule_begins_on_its_day(key: str, begins_on: str, where: str) -> None:
    day_of = day(begins_on)
    assert in_force(key, on=day_of - dt.timedelta(days=1), where=where) is None
    assert in_force(key, on=day_of, where=where) is not None


def test_the_specific_duties_of_england_moved_to_new_regulations_on_31_march_2017() -> None:
    assert rule("specific_duties", on=day("2017-03-30"), where="England").provision == "SI 2011/2260"
    assert "SI 2017/353" in rule("specific_duties", on=day("2017-03-31"), where="England").provision


def test_form_hr1_goes_online_only_from_1_december_2025() -> None:
    assert "Secretary of State" in rule("hr1_recipient", on=day("2025-11-30")).value
    assert "Insolvency Service" in rule("hr1_recipient", on=day("2025-12-01")).value


def test_agency_workers_are_told_of_from_1_october_2011() -> None:
    before, after = (rule("consultation_information", on=day(on)).value for on in ("2011-09-30", "2011-10-01"))
    assert [told for told in after if told not in before] == ["agency workers: how many, where, and at what work"]


@pytest.mark.parametrize(
    ("key", "day_of", "where", "before", "after"),
    [
        ("counting_proposals", "2013-04-06", "Great Britain", "in those days, fixed terms", "leaves out fixed terms"),  # SI 2013/763
        ("fixed_term_expiry", "2013-04-06", "Great Britain", "for the redundancy payment.", "not counted for"),  # SI 2013/763
        ("pregnancy_discrimination", "2024-01-01", "Great Britain", "or the return.", "what is done after it"),  # SI 2023/1425
        ("disability", "2024-01-01", "Great Britain", "normal day-to-day activities.", "full participation in working life"),
        ("sex", "2016-05-02", NI, "women at a particular disadvantage", "persons of one sex"),  # SR 2016/191
    ],
)  # fmt: skip
def test_what_a_rule_says_changes_on_its_day(key: str, day_of: str, where: str, before: str, after: str) -> None:
    then, now = (str(rule(key, on=on, where=where).value) for on in (day(day_of) - dt.timedelta(days=1), day(day_of)))
    assert before in then
    assert before not in now
    assert after in now
    assert after not in then


def test_the_comparator_reaches_same_disadvantage_from_1_january_2024() -> None:
    assert "19A" not in rule("comparator", on=day("2023-12-31")).value
    assert "19A" in rule("comparator", on=day("2024-01-01")).value


GREAT_BRITAIN = (
    ("2009-02-01", 350, 10_500), ("2009-10-01", 380, 11_400), ("2011-02-01", 400, 12_000), ("2012-02-01", 430, 12_900),
    ("2013-02-01", 450, 13_500), ("2014-04-06", 464, 13_920), ("2015-04-06", 475, 14_250), ("2016-04-06", 479, 14_370),
    ("2017-04-06", 489, 14_670), ("2018-04-06", 508, 15_240), ("2019-04-06", 525, 15_750), ("2020-04-06", 538, 16_140),
    ("2021-04-06", 544, 16_320), ("2022-04-06", 571, 17_130), ("2023-04-06", 643, 19_290), ("2024-04-06", 700, 21_000),
    ("2025-04-06", 719, 21_570), ("2026-04-06", 751, 22_530),
)  # fmt: skip
NORTHERN_IRELAND = (
    ("2009-10-01", 380), ("2011-02-01", 400), ("2012-02-01", 430), ("2013-02-01", 450), ("2014-02-01", 470),
    ("2015-03-22", 490), ("2016-02-14", 500), ("2018-04-06", 530), ("2019-04-06", 547), ("2020-04-06", 560),
    ("2021-04-06", 566), ("2022-04-06", 594), ("2023-04-06", 669), ("2024-04-06", 729), ("2025-04-06", 749),
)  # fmt: skip


@pytest.mark.parametrize(("begins_on", "cap", "most"), GREAT_BRITAIN)
def test_every_weeks_pay_of_great_britain(begins_on: str, cap: int, most: int) -> None:
    assert rule("week_pay_cap", on=day(begins_on)).value == cap
    assert 30 * cap == most


@pytest.mark.parametrize(("begins_on", "cap"), NORTHERN_IRELAND)
def test_every_weeks_pay_of_northern_ireland(begins_on: str, cap: int) -> None:
    assert rule("week_pay_cap", on=day(begins_on), where=NI).value == cap


@pytest.mark.parametrize(("where", "values"), [("Great Britain", GREAT_BRITAIN), (NI, NORTHERN_IRELAND)])
def test_each_weeks_pay_holds_to_the_day_before_the_next(where: str, values: tuple[tuple[str, int]]) -> None:
    for (_, cap, *_), (next_on, *_) in pairwise(values):
        assert rule("week_pay_cap", on=day(next_on) - dt.timedelta(days=1), where=where).value == cap


@pytest.mark.parametrize(("where", "after"), [("Great Britain", "2027-04-06"), (NI, "2026-04-06")])
def test_a_weeks_pay_that_is_not_known_yet_is_not_guessed(where: str, after: str) -> None:
    with pytest.raises(EiaError) as caught:
        rule("week_pay_cap", on=day(after), where=where)
    assert [fault.code for fault in caught.value.faults] == ["law-not-recorded"]


def test_a_case_of_2012_has_the_law_of_2012_and_the_same_case_today_that_of_today() -> None:
    then, now = day("2012-03-01"), day("2026-11-22")
    assert [rule("week_pay_cap", on=on).value for on in (then, now)] == [430, 751]
    assert [rule("consultation_days_100", on=on).value for on in (then, now)] == [90, 45]
