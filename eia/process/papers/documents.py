"""Takes a Case; gives the documents worth asking for, each with the day it was asked for and the day it came."""

from __future__ import annotations

from eia.case import Case, Paper

WORTH_ASKING_FOR: tuple[str, ...] = (
    "redeployment policy", "pay protection policy", "selection and interview procedure", "voluntary exit terms", "pension discretions policy",
    "managing change policy", "appeals procedure", "timetable of meetings and adverts", "job descriptions and person specifications",
    "minutes of consultation meetings",
)  # fmt: skip
"""What unions' guides tell representatives to ask for before consultation begins. No rule of law lists them."""


def documents_asked_for(case: Case) -> tuple[tuple[str, Paper], ...]:
    """Every document worth asking for, and whatever else the case names, with what the case says of it.

    >>> import datetime as dt
    >>> case = Case(documents={"job plans": Paper(asked=dt.date(2026, 11, 24))})
    >>> len(documents_asked_for(case)), documents_asked_for(case)[-1][0]
    (11, 'job plans')
    """
    names = dict.fromkeys((*WORTH_ASKING_FOR, *case.documents))
    return tuple((name, case.documents.get(name, Paper())) for name in names)


def still_to_ask_for(case: Case) -> tuple[str, ...]:
    """Of these, the ones that were neither asked for nor came.

    >>> import datetime as dt
    >>> len(still_to_ask_for(Case())), len(still_to_ask_for(Case(documents={"appeals procedure": Paper(asked=dt.date(2026, 11, 24))})))
    (10, 9)
    """
    return tuple(name for name, paper in documents_asked_for(case) if not (paper.asked or paper.received))
