"""A pool of six with four criteria, worked out on paper: two go.

    skills x 40   attendance x 30   flexibility x 20   conduct x 10   total
A        5              2                 5                5          410   selected
B        6              8                 5                5          630
C        4              9                 6                6          610
D        7              1                 7                7          520   selected
E        5              7                 5                8          590
F        6              6                 6                6          600
"""

from __future__ import annotations

from typing import Any

from made import case, table

from eia.case import Case
from eia.intake.files.raw_table import open_table
from eia.intake.people.load import load_people
from eia.intake.workforce import Workforce

CRITERIA = {"Skills": 40, "Attendance": 30, "Flexibility": 20, "Conduct": 10}
MARKS: dict[str, tuple[float | None, ...]] = {
    "A": (5, 2, 5, 5), "B": (6, 8, 5, 5), "C": (4, 9, 6, 6), "D": (7, 1, 7, 7), "E": (5, 7, 5, 8), "F": (6, 6, 6, 6),
}  # fmt: skip
TOTALS = {"A": 410, "B": 630, "C": 610, "D": 520, "E": 590, "F": 600}
SERVICE = {"A": 10, "B": 1, "C": 2, "D": 9, "E": 3, "F": 4}
DISABLED = "AD"


def six(
    marks: dict[str, tuple[float | None, ...]] = MARKS,
    *,
    selected: str | None = "AD",
    weights: dict[str, float] | None = None,
    pools: dict[str, str] | None = None,
    totals: dict[str, float] | None = None,
    absences: list[tuple[str, float, str]] = [],  # noqa: B006 - not changed
    choices: Case | None = None,
    **columns: dict[str, str],
) -> tuple[Workforce, Case]:
    """The people as read from files, and the case. ``columns`` are further ones of the file of people: header -> cell by person."""
    weights = CRITERIA if weights is None else weights
    made = choices or case()
    people = [
        [
            who,
            "yes" if who in DISABLED else "no",
            (pools or {}).get(who, "P"),
            str(SERVICE.get(who, 5)),
            *([] if selected is None else ["selected" if who in selected else "retained"]),
            *(cells.get(who, "") for cells in columns.values()),
        ]
        for who in marks
    ]
    headers = ["ref", "disability", "pool", "length of service", *([] if selected is None else ["outcome"]), *columns]
    given = [
        [who, *("" if mark is None else f"{mark:g}" for mark in row), *([f"{totals[who]:g}"] if totals else [])]
        for who, row in marks.items()
    ]
    heads = [f"{name} (weight {weight:g})" if weight else name for name, weight in weights.items()]
    staff = load_people(
        open_table(table(people, headers), name="staff.csv"), made,
        scores=open_table(table(given, ["ref", *heads, *(["Total"] if totals else [])]), name="scores.csv"),
        absences=open_table(table([[who, f"{days:g}", reason] for who, days, reason in absences], ["ref", "days", "reason"]), name="absences.csv") if absences else None,
    )  # fmt: skip
    return staff, made


def names(flags: Any, marks: dict[str, Any] = MARKS) -> str:
    """Who is flagged, by name."""
    return "".join(who for who, flag in zip(marks, flags, strict=True) if flag)
