"""Takes a file of people; gives everybody's age and service in completed years, on each day that something needs them.

Comparisons count to the day of the extract, severance terms to the first dismissal. Dates themselves are kept by nobody.
"""

from __future__ import annotations

from eia.case import Case
from eia.errors import Fault, Faults
from eia.intake.columns.cells import FileColumn, Numbers, numbers, years_until
from eia.intake.intake_record import Recoding
from eia.intake.people.people_file import PeopleFile

_READ = (("age", "date_of_birth", 14, 100), ("service", "start_date", 0, 70))


def years_of(file: PeopleFile, case: Case, faults: Faults, said: list[Recoding]) -> dict[str, Numbers]:
    """Age and service, each under its name in a table of people, as far as the file tells them: from a column of numbers, or else
    from dates where the case gives a day to count to, which ages need. Beside them those on the day of the first dismissal,
    where dates tell them and it is another day. What is wrong with the dates is said once."""
    day, dismissal = case.dates.extract or case.dates.proposal, case.consultation.first_dismissal
    found: dict[str, Numbers] = {}
    for name, dated, low, high in _READ:
        if name in file.columns:
            found[f"{name}_years"] = numbers(file.columns[name], low=low, high=high)
            continue
        column = file.columns.get(dated)
        if column is None:
            continue
        if day is not None:
            found[f"{name}_years"] = years_until(column, day, low=low, high=high)
        elif name == "age":
            faults.add(Fault(code="no-date-to-count-to", what="There is no day to count ages on.", file="case.toml", column="dates.extract",
                             allowed="the day on which the file was drawn", do="Add it: [dates] extract = 2026-09-30."))  # fmt: skip
        else:
            rule = "not read: the case gives no day ([dates] extract) to count service to"
            said.append(Recoding(column=column.header, rule=rule, rows=file.rows))
        if dismissal is not None and dismissal != day:
            anew = FileColumn(file.raw, file.at.at[dated], column.text)
            found[f"{name}_at_dismissal"] = years_until(anew, dismissal, low=low, high=high)
            rule = f"for severance terms counted to {dismissal:%d %B %Y} as well"
            said.append(Recoding(column=column.header, rule=rule, rows=file.rows))
    return found
