"""Age and service are counted to each day that something needs them, from dates that nobody keeps."""

from __future__ import annotations

import datetime as dt

from made import case, refused

from eia.intake.evidence import read_workforce
from eia.intake.workforce import Workforce
from eia.process.severance import at_dismissal
from eia.process.severance_impact import severance_impact

EXTRACT, DISMISSAL = dt.date(2026, 9, 30), dt.date(2027, 3, 31)
PEOPLE = (
    b"sex,date of birth,start date,pool,outcome,grade\n"
    b"F,01/01/1986,01/01/2015,A,selected,x\n"
    b"M,01/06/1986,01/12/2024,A,selected,x\n"
)


def read(data: bytes = PEOPLE, **choices: object) -> Workforce:
    return read_workforce(data, case(dates={"extract": EXTRACT}, **choices), name="staff.csv")


def years(staff: Workforce) -> list[list[float]]:
    return [staff.frame[column].tolist() for column in ("age_years", "service_years")]


def test_age_and_service_are_counted_to_the_extract_and_to_the_first_dismissal() -> None:
    found = read(consultation={"first_dismissal": DISMISSAL})
    assert years(found) == [[40, 40], [11, 1]]
    assert years(at_dismissal(found)) == [[41, 40], [12, 2]]


def test_severance_is_worked_out_with_age_and_service_at_dismissal() -> None:
    chosen = case(dates={"extract": EXTRACT}, consultation={"first_dismissal": DISMISSAL})
    weeks = severance_impact(read_workforce(PEOPLE, chosen), chosen).parts["all"].total
    assert weeks == 12 + 2  # no whole year at 41 yet: one week a year; and the two years that give a right to anything


def test_without_a_first_dismissal_there_is_one_day_only() -> None:
    assert not {"age_at_dismissal", "service_at_dismissal"} & set(read().frame)


def test_a_year_from_the_29th_of_february_is_complete_on_the_1st_of_march() -> None:
    born = b"sex,date of birth,pool\nF,29/02/1984,A\n"
    for day, years in ((dt.date(2025, 2, 28), 40), (dt.date(2025, 3, 1), 41), (dt.date(2024, 2, 29), 40)):
        found = read_workforce(born, case(dates={"extract": day}), name="staff.csv")
        assert found.frame["age_years"].tolist() == [years]


def test_ages_given_as_numbers_stay_as_they_are() -> None:
    data = b"sex,age,service years,pool\nF,40,11,A\nM,40,1,A\n"
    found = read(data, consultation={"first_dismissal": DISMISSAL})
    assert not {"age_at_dismissal", "service_at_dismissal"} & set(found.frame)
    assert at_dismissal(found).frame["age_years"].equals(found.frame["age_years"])


def test_it_is_said_to_which_day_years_were_counted_and_no_date_is_kept() -> None:
    found = read(consultation={"first_dismissal": DISMISSAL})
    assert [done.rule for done in found.intake.recodings if "severance" in done.rule] == ["for severance terms counted to 31 March 2027 as well"] * 2  # fmt: skip
    assert "1986" not in repr(found)


def test_a_wrong_date_is_one_fault_whatever_the_number_of_days() -> None:
    error = refused(
        PEOPLE.replace(b"01/06/1986", b"soon"),
        case(dates={"extract": EXTRACT}, consultation={"first_dismissal": DISMISSAL}),
    )
    assert [fault.code for fault in error.faults] == ["not-a-date"]
