"""Takes the raw tables of people and the case; gives the questions about who is counted, and the rows that count.

Every question is asked before anything is read: each is about what a row, or a column that rows are counted by, stands for.
"""

from __future__ import annotations

from collections.abc import Iterable

from eia.case import Case
from eia.intake.asking.answers import guessed
from eia.intake.asking.columns import ask_at_risk, ask_pool_and_outcome, ask_reference
from eia.intake.asking.leavers import ask_leavers, without_leavers
from eia.intake.asking.outcome_words import ask_outcome_words
from eia.intake.asking.panel import ask_panel, latest_only
from eia.intake.asking.references import ask_assignments, ask_same_reference, ask_two_references
from eia.intake.asking.several_people import ask_several
from eia.intake.asking.sheet import ask_sheet
from eia.intake.asking.twice import ask_twice
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding
from eia.intake.questions import OpenQuestion


def who_is_counted(
    raw: RawTable, case: Case, selections: RawTable | None = None, *, joined: bool = False
) -> tuple[OpenQuestion, ...]:
    """What the case does not say of who is counted, and which of two columns is meant. joined: whether another file is joined by reference.

    Each question stands on our guesses at those before it.
    """
    asked: list[OpenQuestion] = [*ask_sheet(raw), *ask_twice(raw, case), *filter(None, [ask_several(raw, case)])]

    def now() -> Case:
        return guessed(case, asked)

    def also(questions: Iterable[OpenQuestion | None]) -> None:
        asked.extend(question for question in questions if question is not None)

    also([ask_two_references(raw, case, beside=selections, joined=joined)])
    if selections:
        also([ask_two_references(selections, now(), beside=raw, joined=True)])
    also([ask_reference(raw, now(), joined=joined)])
    also([ask_assignments(raw, now())])
    also([ask_same_reference(raw, now(), selections)])
    also([ask_panel(raw, now())])
    also(ask_pool_and_outcome(raw, now(), selections))
    also(ask_at_risk(raw, now(), selections))
    also([ask_leavers(latest_only(raw, now())[0], now(), selections)])
    also(ask_outcome_words(selections or raw, now()))
    return tuple(asked)


def rows_that_count(raw: RawTable, case: Case) -> tuple[RawTable, list[Recoding]]:
    """The rows that count, as the case says, and what was left out."""
    latest, earlier = latest_only(raw, case)
    there, gone = without_leavers(latest, case)
    return there, [*earlier, *gone]
