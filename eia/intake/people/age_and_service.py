"""Takes a file of people; gives everybody's age and service in completed years, on each day that something needs them.

Comparisons count to the day of the extract, severance terms to the first dismissal. Dates themselves are kept by nobody.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from eia.case import Case
from eia.errors import Fault, Faults, rows_named
from eia.intake.columns.age_groups import are_bands
from eia.intake.columns.cells import FileColumn, Numbers, numbers, years_until
from eia.intake.columns.printed_day import printed_day
from eia.intake.intake_record import Recoding
from eia.intake.people.people_file import PeopleFile
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.headers import column_of

_READ = (("age", "date_of_birth", 14, 100), ("service", "start_date", 0, 70))


def years_of(
    file: PeopleFile, case: Case, faults: Faults, said: list[Recoding], asked: list[OpenQuestion]
) -> dict[str, Numbers]:
    """Age and service, each under its name in a table of people, as far as the file tells them: from a column of numbers, or else
    from dates where the case or a title of the table gives a day to count to, which ages need. Beside them those on the day of the first dismissal,
    where dates tell them and it is another day. What is wrong with the dates is said once."""
    day, dismissal = case.dates.extract or case.dates.proposal, case.consultation.first_dismissal
    printed = printed_day(file.raw.around) if day is None else None
    found: dict[str, Numbers] = {}
    for name, dated, low, high in _READ:
        own = file.columns.get(name)
        is_date = (
            own is not None and column_of(own.header, "people") == dated
        )  # the case names it: dates count, not ages
        if own is not None and not is_date and not (name == "age" and are_bands(own.cells)):
            found[f"{name}_years"] = numbers(own, low=low, high=high)
            if name == "age":
                _compare_with_births(
                    file, found["age_years"], day or printed, said, [] if "age" in case.columns else asked
                )
            continue
        column = own if is_date else file.columns.get(dated)
        if column is None:
            continue
        if until := day or printed:
            found[f"{name}_years"] = years_until(column, until, low=low, high=high)
            if printed:
                said.append(
                    Recoding(
                        column=column.header,
                        rule=f"counted to {printed:%d %B %Y}, the day that the file gives",
                        rows=file.people,
                    )
                )
                _ask_day(printed, file, asked)
        elif name == "age":
            faults.add(Fault(code="no-date-to-count-to", what="There is no day to count ages on.", file="case.toml", column="dates.extract",
                             allowed="the day on which the file was drawn", do="Add it: [dates] extract = 2026-09-30."))  # fmt: skip
        else:
            rule = "not read: there is no day to count service to; give the day on which the file was drawn"
            said.append(Recoding(column=column.header, rule=rule, rows=file.people))
        if dismissal is not None and dismissal != day:
            anew = FileColumn(file.raw, file.at.at[name if is_date else dated], column.text)
            found[f"{name}_at_dismissal"] = years_until(anew, dismissal, low=low, high=high)
            rule = f"for severance terms counted to {dismissal:%d %B %Y} as well"
            said.append(Recoding(column=column.header, rule=rule, rows=file.people))
    return found


def _ask_day(printed: dt.date, file: PeopleFile, asked: list[OpenQuestion]) -> None:
    """Ask whether the day printed beside the table is that of the extract, once."""
    if not any(question.kind == "extract date" for question in asked):
        asked.append(OpenQuestion(
            kind="extract date", about=f"{printed:%d %B %Y}", seen=(), rows=file.people, guess=printed.isoformat(),
            reason="it stands beside the table", choices=(Choice(answer=printed.isoformat(), words=f"{printed:%d %B %Y}"),),
            setting=("dates", "extract"), depends="the day to which ages and service are counted",
        ))  # fmt: skip


def _compare_with_births(
    file: PeopleFile, ages: Numbers, day: dt.date | None, said: list[Recoding], asked: list[OpenQuestion]
) -> None:
    """Where a file gives ages and dates of birth, say that ages count, and ask where the two differ by more than a year: the file may
    have been drawn some months from the day."""
    column = file.columns.get("date_of_birth")
    if column is None:
        return
    if day is None:
        said.append(Recoding(column=column.header, rule="not used: the column of ages counts", rows=file.people))
        return
    quiet = FileColumn(
        file.raw, file.at.at["date_of_birth"], column.text
    )  # what is wrong with dates that do not count stops nobody
    differ = np.flatnonzero(np.abs(years_until(quiet, day, low=0, high=120) - ages) > 1)
    rows = file.raw.how_many(differ)
    rule = f"not used: the column of ages counts; they differ by more than a year in {rows:,} rows"
    said.append(Recoding(column=column.header, rule=rule, rows=rows))
    if rows:
        header = file.columns["age"].header
        asked.append(OpenQuestion(
            kind="age or birth", about=column.header, seen=(), rows=rows, guess=header,
            reason=f"ages need no date to count to; the two differ by more than a year ({rows_named(file.raw.row_numbers(differ), rows)})",
            choices=(Choice(answer=header, words="Ages count"), Choice(answer=column.header, words="Dates of birth count")),
            setting=("columns", "age"), depends="who is in which group of ages",
        ))  # fmt: skip
