"""The clock of collective consultation: worked cases typed by hand, one a line of ``clock_cases.csv``."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.case import Case, Consultation, Dates, Employer, Pool
from eia.process.consultation_clock import ConsultationClock, Milestone, Moment, consultation_clock, out_of_order

with (Path(__file__).parent / "clock_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def of(row: dict[str, str]) -> ConsultationClock:
    """The clock of a line."""
    made = consultation_clock(
        Case(
            employer=Employer(kind=row["kind"], jurisdiction=row["where"] or None),
            dates=Dates(proposal=day(row["proposal"])),
            consultation=Consultation(
                number_proposed=int(row["number"]) if row["number"] else None,
                begins=day(row["begins"]),
                notice_from=day(row["notice_from"]),
                first_dismissal=day(row["first_dismissal"]),
            ),
        )
    )
    assert made
    return made


def simple(number: int, **days: dt.date) -> ConsultationClock:
    """The clock of so many dismissals proposed in England on 22 November 2026."""
    made = consultation_clock(
        Case(
            employer=Employer(jurisdiction="England"),
            dates=Dates(proposal=dt.date(2026, 11, 22)),
            consultation=Consultation(number_proposed=number, **days),
        )
    )
    assert made
    return made


def at(made: ConsultationClock, moment: Moment) -> Milestone | None:
    return next((each for each in made.milestones if each.moment == moment), None)


@pytest.mark.parametrize("row", CASES, ids=[row["why"] for row in CASES])
def test_a_worked_case_comes_out(row: dict[str, str]) -> None:
    made = of(row)
    assert made.duty == row["duty"]
    assert (made.band.days.value if made.band and made.band.days else "") == (int(row["days"]) if row["days"] else "")
    for moment, column in (("not before", "not_before"), ("begin by", "begin_by"), ("HR1 by", "hr1_by")):
        found = at(made, moment)
        assert (found.day if found else None) == day(row[column]), moment
    assert (made.award.value if made.award else None) == (int(row["award"]) if row["award"] else None)
    assert "; ".join(made.cautions) == row["cautions"]


def test_each_worked_case_names_its_rule() -> None:
    assert all(row["rule"] and row["why"] for row in CASES)
    assert len({row["why"] for row in CASES}) == len(CASES)


def test_nothing_entered_makes_no_clock() -> None:
    assert consultation_clock(Case(dates=Dates(proposal=dt.date(2026, 11, 22)), pools={"A": Pool(to_go=300)})) is None


def test_the_number_is_never_taken_from_the_pools() -> None:
    made = consultation_clock(
        Case(
            employer=Employer(jurisdiction="England"),
            dates=Dates(proposal=dt.date(2026, 11, 22)),
            consultation=Consultation(number_proposed=19),
            pools={"A": Pool(to_go=300), "B": Pool()},
        )
    )
    assert made
    assert (made.duty, made.to_go) == ("too few", 300)


@given(number=st.integers(0, 10**6), proposed=st.dates(dt.date(2010, 10, 1), dt.date(2026, 6, 30)))
def test_the_bands_hold_every_number_once(number: int, proposed: dt.date) -> None:
    made = consultation_clock(
        Case(
            employer=Employer(jurisdiction="Wales"),
            dates=Dates(proposal=proposed),
            consultation=Consultation(number_proposed=number),
        )
    )
    assert made
    holding = [band for band in made.bands if band.low <= number and (band.high is None or number <= band.high)]
    assert holding == [made.band]


@given(st.integers(20, 500), st.dates(dt.date(2026, 11, 22), dt.date(2027, 6, 30)))
def test_a_first_dismissal_is_early_by_what_is_left_of_the_period(number: int, first: dt.date) -> None:
    made = simple(number, first_dismissal=first)
    earliest = at(made, "not before")
    assert earliest
    assert made.short_by == max((earliest.day - first).days, 0)
    assert ("period too short" in made.cautions) == (first < earliest.day)


def test_days_stand_in_their_order() -> None:
    made = simple(30, begins=dt.date(2026, 12, 1), first_dismissal=dt.date(2027, 3, 1), notice_from=dt.date(2027, 1, 4))
    assert [each.moment for each in made.milestones] == [
        "proposal", "begins", "begin by for notice", "not before", "HR1 by", "notice", "begin by", "first dismissal",
    ]  # fmt: skip


def test_the_period_is_counted_back_from_notice_as_well_as_from_the_dismissal() -> None:
    made = simple(325, notice_from=dt.date(2027, 1, 11), first_dismissal=dt.date(2027, 2, 8))
    days = {moment: at(made, moment) for moment in ("begin by for notice", "begin by")}
    assert {moment: found.day if found else None for moment, found in days.items()} == {
        "begin by for notice": dt.date(2026, 11, 27), "begin by": dt.date(2026, 12, 25),
    }  # fmt: skip
    assert at(simple(325, first_dismissal=dt.date(2027, 2, 8)), "begin by for notice") is None


@pytest.mark.parametrize(
    ("today", "chosen", "number", "found"),
    [
        ("2026-11-22", True, 325, ("selected before consultation",)),
        ("2026-11-23", True, 325, ("selected during consultation",)),
        ("2026-11-24", True, 325, ("drafted after consultation began", "selected during consultation")),
        ("2026-11-24", False, 325, ("drafted after consultation began",)),
        ("2027-01-10", True, 325, ("drafted after consultation began", "selected during consultation")),
        ("2027-01-11", True, 325, ("drafted after consultation began",)),  # notice is given: consultation may be over
        ("2026-11-24", True, 19, ("drafted after consultation began",)),  # none is owed on the method
    ],
)
def test_what_comes_before_what_it_should_follow_is_seen_only_where_the_days_show_it(
    today: str, chosen: bool, number: int, found: tuple[str, ...]
) -> None:
    entered = Consultation(number_proposed=number, begins=dt.date(2026, 11, 23), notice_from=dt.date(2027, 1, 11))
    case = Case(
        employer=Employer(jurisdiction="England"), dates=Dates(proposal=dt.date(2026, 11, 16)), consultation=entered
    )
    made = consultation_clock(case)
    assert out_of_order(made, case, chosen=chosen, today=dt.date.fromisoformat(today)) == found
    without = case.model_copy(update={"consultation": Consultation(number_proposed=number)})
    assert out_of_order(consultation_clock(without), without, chosen=chosen, today=dt.date.fromisoformat(today)) == ()


@pytest.mark.parametrize(
    ("held", "found"),
    [("2026-11-20", "on file before consultation"), ("2026-11-23", None), (None, None)],
    ids=["a file from before", "a file of the day", "a file of no day"],
)
def test_a_selection_that_stands_in_a_file_from_before_consultation_came_before_it_however_late_it_is(
    held, found
) -> None:
    entered = Consultation(number_proposed=325, begins=dt.date(2026, 11, 23), notice_from=dt.date(2027, 1, 11))
    case = Case(
        employer=Employer(jurisdiction="England"), dates=Dates(proposal=dt.date(2026, 11, 16)), consultation=entered
    )
    seen = out_of_order(consultation_clock(case), case, chosen=True, today=dt.date(2027, 3, 1), held=day(held or ""))
    assert seen == ("drafted after consultation began", *([found] if found else []))


def test_a_day_entered_has_no_rule_and_a_day_worked_out_has_one() -> None:
    made = simple(30, first_dismissal=dt.date(2027, 3, 1))
    entered = {"proposal", "begins", "notice", "first dismissal"}
    assert all((each.rule is None) == (each.moment in entered) for each in made.milestones)


def test_a_proposal_of_november_2026_straddles_the_first_of_january() -> None:
    changes = simple(30).changes
    coming = {each.key: each.from_ for each in changes}
    assert coming["unfair_dismissal_service"] == coming["compensatory_award_cap"] == dt.date(2027, 1, 1)
    assert next(each for each in changes if each.key == "restricted_variation").confidence == "unchecked"


def test_the_award_with_its_uplift_reaches_225_days() -> None:
    assert simple(30).most_award == 225


def test_the_crown_has_no_protective_award_and_no_form() -> None:
    made = of({**CASES[0], "kind": "Crown", "proposal": "2026-11-22"})
    assert made.award is None
    assert made.recipient is None
    assert made.crown
    assert made.bargaining
    assert "unfair_dismissal_service" in {each.key for each in made.changes}
    assert not {each.area for each in made.changes} & {"consultation", "redundancy_pay"}
