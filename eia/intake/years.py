"""Takes a file of people; gives everybody's age and service in completed years, on the day that the case gives."""

from __future__ import annotations

import datetime as dt

from eia.case import Case
from eia.errors import Fault
from eia.intake.people_file import PeopleFile
from eia.intake.values import numbers, years_until
from eia.intake.workforce import Numbers, Recoding


def age_of(file: PeopleFile, case: Case, faults: list[Fault]) -> Numbers | None:
    """Ages from a column of numbers, or else from dates of birth, for which the case has to give a day to count to."""
    if "date_of_birth" in file.columns and "age" not in file.columns and _day(case) is None:
        faults.append(
            Fault(code="no-date-to-count-to", what="There is no day to count ages on.", file="case.toml", column="dates.extract",
                  allowed="the day on which the file was drawn", do="Add it: [dates] extract = 2026-09-30.")
        )  # fmt: skip
        return None
    return _years(file, "age", "date_of_birth", 14, 100, case)


def service_of(file: PeopleFile, case: Case, recodings: list[Recoding]) -> Numbers | None:
    """Years of service from a column of numbers, or else from start dates where the case gives a day to count to."""
    started = file.columns.get("start_date")
    if started and "service" not in file.columns and _day(case) is None:
        rule = "not read: the case gives no day ([dates] extract) to count service to"
        recodings.append(Recoding(column=started.header, rule=rule, rows=file.rows))
        return None
    return _years(file, "service", "start_date", 0, 70, case)


def _years(file: PeopleFile, direct: str, dated: str, low: int, high: int, case: Case) -> Numbers | None:
    day = _day(case)
    if direct in file.columns:
        return numbers(file.columns[direct], low=low, high=high)
    if dated in file.columns and day is not None:
        return years_until(file.columns[dated], day, low=low, high=high)
    return None


def _day(case: Case) -> dt.date | None:
    return case.dates.extract or case.dates.proposal
