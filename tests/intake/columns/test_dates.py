"""A date is read as the whole column writes dates; what could be read two ways is said, and what stands for no date is none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import case, refused

from eia.intake.columns import dates
from eia.intake.columns.dates import read_dates
from eia.intake.evidence import read_workforce

DAY = dt.date(2026, 9, 30)
WANTED = dt.date(1980, 12, 31)
EXTRACT = case(dates={"extract": DAY})


@pytest.mark.parametrize(
    "cell",
    [
        "31/12/1980", "31.12.1980", "31-12-1980", "1980-12-31", "1980-12-31 00:00:00", "1980-12-31T09:30:00.000Z", "19801231",
        "31-DEC-1980", "31-Dec-80", "31 Dec 1980", "31 December 1980", "31st December, 1980", "31Dec1980", "31/12/80", "29586",
        "29586.0", "31/12/1980 00:00", "1980-12-31T00:00:00+01:00", "1980-12-31 00:00:00+00:00", "1980-12-31T00:00:00.000+0000", "31/12/1980 12:00:00 AM",
        "1980-12-31 14:30 GMT", "1980-12-31T09:30:00Z", "1980-12-31T00:00:00+01:00[Europe/London]", "Dec 31, 1980", "December 31st 1980", "Wed 31 Dec 1980",
        "Wed, 31 Dec 1980 00:00:00 GMT", "1980/12/31", "31 Dec 1980, 09:30", "31/12/1980 9.30am",
    ],
)  # fmt: skip
def test_every_usual_way_to_write_a_date_is_read(cell: str) -> None:
    assert read_dates([cell], DAY).dates == (WANTED,)


@pytest.mark.parametrize(
    "cell",
    ["1980", "80", "31/13/1980", "30/02/1980", "December 1980", "31/12.1980", "31 Dezember 1980", "1.5", "12345678"],
)
def test_what_is_no_date_is_none_and_is_said(cell: str) -> None:
    read = read_dates([cell], DAY)
    assert read.dates == (None,)
    assert read.wrong == (0,)


@pytest.mark.parametrize(
    "cell", ["31-DEC-4712", "31/12/9999", "31.12.9999", "99991231", "31-12-4712", "2999-12-31", "01/01/1900", "N/A", "Not known", "-", "#N/A"]
)  # fmt: skip
def test_the_end_of_time_and_the_first_of_1900_are_no_dates(cell: str) -> None:
    read = read_dates([cell], DAY)
    assert read.dates == (None,)
    assert read.wrong == ()
    assert read.rules == {dates.NO_DATE: (0,)}


@pytest.mark.parametrize(
    ("cell", "day"),
    [("1981-04-30T23:00:00Z", (1981, 5, 1)), ("1981-04-30 23:00:00+00:00", (1981, 5, 1)), ("1981-01-30T23:00:00Z", (1981, 1, 30)), ("1970-01-30T23:00:00Z", (1970, 1, 31)),
     ("1981-04-30T23:00:00", (1981, 4, 30))],
)  # fmt: skip
def test_the_last_hour_in_greenwich_is_the_next_day_in_a_summer_of_london(cell: str, day: tuple[int, int, int]) -> None:
    read = read_dates([cell], DAY)
    assert read.dates == (dt.date(*day),)
    assert (dates.IN_LONDON in read.rules) == cell.endswith(("Z", "+00:00"))


def test_the_whole_column_decides_which_way_round_a_date_is() -> None:
    assert read_dates(["04/05/1980", "13/05/1980"], DAY).dates[0] == dt.date(1980, 5, 4)
    assert read_dates(["04/05/1980", "05/13/1980"], DAY).dates[0] == dt.date(1980, 4, 5)
    assert dates.MONTH_FIRST in read_dates(["04/05/1980", "05/13/1980"], DAY).rules


def test_a_column_that_contradicts_itself_is_day_first_and_the_others_are_faults() -> None:
    read = read_dates(["04/05/1980", "13/05/1980", "05/13/1980"], DAY)
    assert read.wrong == (2,)
    assert read.dates[0] == dt.date(1980, 5, 4)


def test_that_nothing_decides_is_said_for_the_dates_that_it_matters_for() -> None:
    assert read_dates(["04/05/1980", "04/04/1980", "1980-12-31"], DAY).rules == {dates.DAY_FIRST: (0,)}
    assert read_dates(["04/05/1980", "31/12/1980"], DAY).rules == {}


def test_a_year_of_two_digits_is_the_last_that_can_be() -> None:
    read = read_dates(["30/09/26", "01/10/26", "31/12/80"], DAY)
    assert read.dates == (dt.date(2026, 9, 30), dt.date(1926, 10, 1), WANTED)
    assert read.rules == {dates.TWO_DIGITS: (0, 1, 2)}


@settings(deadline=None)
@given(st.dates(dt.date(1930, 1, 1), dt.date(2026, 9, 30)))
def test_a_date_comes_back_from_every_form(date: dt.date) -> None:
    forms = [date.isoformat(), f"{date:%d.%m.%Y}", f"{date:%d-%b-%y}", f"{date:%Y%m%d}", str((date - dates.EPOCH).days)]
    assert set(read_dates([*forms, "31/12/1999"], DAY).dates) == {date, dt.date(1999, 12, 31)}


def test_how_dates_were_read_is_recorded_with_its_rows() -> None:
    read = read_workforce(b"dob,pool\n04/05/80,A\n04/05/80,A\n01/01/1900,A\n,A\n", EXTRACT)
    recorded = [(done.rule, done.rows) for done in read.intake.recodings if done.column == "dob"]
    assert set(recorded) == {(dates.TWO_DIGITS, 2), (dates.DAY_FIRST, 2), (dates.NO_DATE, 1)}
    assert read.frame["age_years"][0] == 46


@pytest.mark.parametrize(
    ("cells", "fte"),
    [("1;0,5", 1.5), ("100%;50 %", 1.5), ("1.00;N/A", 1.0), ("1;-", 1.0), ("1;#N/A", 1.0), ("1;Not known", 1.0)],
)
def test_numbers_are_read_as_people_write_them(cells: str, fte: float) -> None:
    one, other = cells.split(";")
    assert read_workforce(f"sex;fte\nF;{one}\nM;{other}\n".encode()).fte == fte


def test_a_column_of_percentages_of_full_time_is_read_as_such() -> None:
    assert read_workforce(b"Gender Key,Capacity util. level\n1,100.00\n2,60.00\n").fte == pytest.approx(1.6)
    error = refused(b"sex,fte percent\nF,100\nM,1000\n")
    assert [(fault.code, fault.allowed) for fault in error.faults] == [
        ("out-of-range", "numbers from 0 to 200, or an empty cell")
    ]


def test_thousands_have_commas() -> None:
    error = refused(b'sex,fte\nF,"1,000"\nM,"1,00"\n')
    assert [(fault.code, fault.row) for fault in error.faults] == [("out-of-range", (2,))]
