"""Takes a file of people; gives everybody's age and service in completed years, on each day that something needs them.

Comparisons count to the day of the extract, severance terms to the first dismissal. Dates themselves are kept by nobody.
"""

from __future__ import annotations

import datetime as dt

from eia.case import Case
from eia.errors import Fault
from eia.intake.columns.cells import FileColumn, numbers, years_until
from eia.intake.people.people_file import PeopleFile
from eia.intake.workforce import Numbers, Recoding

_AGES, _SERVICE = (14, 100), (0, 70)


def age_of(file: PeopleFile, case: Case, faults: list[Fault]) -> Numbers | None:
    """Ages from a column of numbers, or else from dates of birth, for which the case has to give a day to count to."""
    if "date_of_birth" in file.columns and "age" not in file.columns and _day(case) is None:
        faults.append(
            Fault(code="no-date-to-count-to", what="There is no day to count ages on.", file="case.toml", column="dates.extract",
                  allowed="the day on which the file was drawn", do="Add it: [dates] extract = 2026-09-30.")
        )  # fmt: skip
        return None
    return _years(file, "age", "date_of_birth", *_AGES, case)


def service_of(file: PeopleFile, case: Case, recodings: list[Recoding]) -> Numbers | None:
    """Years of service from a column of numbers, or else from start dates where the case gives a day to count to."""
    started = file.columns.get("start_date")
    if started and "service" not in file.columns and _day(case) is None:
        rule = "not read: the case gives no day ([dates] extract) to count service to"
        recodings.append(Recoding(column=started.header, rule=rule, rows=file.rows))
        return None
    return _years(file, "service", "start_date", *_SERVICE, case)


def years_at_dismissal(
    file: PeopleFile, case: Case, recodings: list[Recoding]
) -> tuple[Numbers | None, Numbers | None]:
    """Age and service on the day of the first dismissal, from dates; None where the file gives no dates or the case no such day,
    or they have been counted to it anyway. What is wrong with the dates has been said by then."""
    day = case.consultation.first_dismissal
    if day is None or day == _day(case):
        return None, None
    found: list[Numbers | None] = []
    for direct, dated, limits in (("age", "date_of_birth", _AGES), ("service", "start_date", _SERVICE)):
        column = file.columns.get(dated) if direct not in file.columns else None
        found.append(None)
        if column is not None:
            anew = FileColumn(file.raw, file.at.at[dated], column.text)
            found[-1] = years_until(anew, day, low=limits[0], high=limits[1])
            rule = f"for severance terms counted to {day:%d %B %Y} as well"
            recodings.append(Recoding(column=column.header, rule=rule, rows=file.rows))
    return found[0], found[1]


def _years(file: PeopleFile, direct: str, dated: str, low: int, high: int, case: Case) -> Numbers | None:
    day = _day(case)
    if direct in file.columns:
        return numbers(file.columns[direct], low=low, high=high)
    if dated in file.columns and day is not None:
        return years_until(file.columns[dated], day, low=low, high=high)
    return None


def _day(case: Case) -> dt.date | None:
    return case.dates.extract or case.dates.proposal
