"""Takes people; gives the leave records of those who are pregnant, on family leave or lately back from it; and vacancies."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .people import People, Table

KINDS = np.array(["Pregnancy", "Maternity leave", "Adoption leave", "Shared parental leave"])
NEVER = np.datetime64("NaT", "D")
VACANCIES: Table = {  # written down, not drawn: what a council might have while its proposal is carried out
    "Vacancy": np.array(["V101", "V102", "V103", "V104", "V105", "V106"]),
    "Title": np.array(["Catering Assistant", "Family Support Worker", "Business Support Officer", "Care Worker",
                       "Benefits Assessor", "Team Leader"]),
    "Posts": np.array(["2", "1", "1", "4", "1", "1"]),
    "Opens": np.array(["01/02/2027", "22/02/2027", "15/02/2027", "08/03/2027", "12/04/2027", "17/05/2027"]),
    "Closes": np.array(["31/03/2027", "19/03/2027", "12/03/2027", "", "30/04/2027", "11/06/2027"]),
    "Service": np.array(["School Catering", "Family Help", "Planning", "Home Care", "Revenues and Benefits", "Libraries and Museums"]),
    "Grade": np.array(["Grade 2", "Grade 6", "Grade 5", "Grade 3", "Grade 5", "Grade 7"]),
    "Hours": np.array(["18.5", "37", "37", "30", "37", "37"]),
    "Location": np.array(["Several schools", "Family Hub", "Lock Lane Depot", "In the community", "Civic Centre", "Market Hall"]),
}  # fmt: skip


def uk_dates(dates: NDArray[np.datetime64]) -> NDArray[Any]:
    """Write dates as dd/mm/yyyy, and a missing date as an empty text.

    >>> uk_dates(np.array(["2026-10-31", "NaT"], dtype="datetime64[D]")).tolist()
    ['31/10/2026', '']
    """
    texts = ["" if text == "NaT" else "/".join(reversed(text.split("-"))) for text in dates.astype(str).tolist()]
    return np.array(texts, dtype="<U10")


def leave_records(rng: Generator, people: People, reference: NDArray[Any], today: np.datetime64) -> Table:
    """One row for each pregnancy or leave that may give priority for other posts, in order of reference.

    People back from maternity leave have a child under 18 months. A due date is the Sunday on which the expected week
    of childbirth begins; the leave of those still away ends on the date they have given.
    """
    pregnant = (people.recorded["pregnancy or maternity"] == "Yes") & ~on(people, "Maternity leave")
    conditions = [pregnant, on(people, "Maternity leave"), people.returned]
    conditions += [on(people, "Adoption leave"), on(people, "Shared parental leave")]
    kind = np.select(conditions, [0, 1, 2, 3, 4], -1)
    who = np.flatnonzero(kind >= 0)
    who = who[np.argsort(reference[who])]
    kind, count = kind[who], len(who)
    weeks = np.select([kind == 0, kind <= 2], [0, rng.integers(39, 53, count)], rng.integers(16, 27, count))
    start = today - days(np.select([kind == 1, kind == 2], [270, 150], 100) * rng.random(count))
    start = np.where(kind == 2, start - days(7 * weeks), start)  # back already: that long ago the leave ended
    due = np.where(kind == 0, today + days(20 + 130 * rng.random(count)), start + days(np.full(count, 28)))
    due = due - ((due.astype(int) + 4) % 7)
    told = due - days(155 + 60 * rng.random(count))
    born = np.minimum(due + days(rng.integers(-7, 15, count)), today)
    parent = np.where(kind <= 2, born, start - days(np.full(count, 14)))
    due_after_today = (kind == 0) | (due > today)
    away = kind > 0
    return {
        "Personal Reference": reference[who],
        "Leave Type": KINDS[np.array([0, 1, 1, 2, 3])[kind]],
        "Employer Told": uk_dates(np.where(kind <= 2, told, NEVER)),
        "Expected Week of Childbirth": uk_dates(np.where(kind <= 2, due, NEVER)),
        "Birth or Placement": uk_dates(np.where((kind <= 2) & due_after_today, NEVER, parent)),
        "Leave Start": uk_dates(np.where(away, start, NEVER)),
        "Leave End": uk_dates(np.where(away, start + days(7 * weeks - 1), NEVER)),
        "Longest Run in Weeks": np.where(away, weeks.astype(str), ""),
    }


def on(people: People, leave: str) -> NDArray[np.bool_]:
    """Who is on this kind of leave."""
    return np.asarray(people.recorded["family leave"] == leave)


def days(count: NDArray[Any]) -> NDArray[np.timedelta64]:
    """Whole days."""
    return count.astype(int).astype("timedelta64[D]")
