"""Other work: who is offered it and refuses it are steps like any other, and its days are held against the law's."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from eia.case import Case, Dates, Priority
from eia.errors import EiaError
from eia.findings.assess import assess
from eia.findings.record import from_json, to_json
from eia.intake.evidence import read_workforce
from eia.law.lookup import in_force, rule
from eia.process.staying.other_work import OtherWork, other_work_offered

DAY = dt.date(2026, 11, 22)
ENDS = dt.date(2027, 5, 9)
HEADERS = "sex,pool,outcome,other work offered on,other work starts,trial period ended,answer to other work,reason for refusing other work\n"


def counted(*rows: str, ends: dt.date | None = ENDS) -> OtherWork:
    case = Case(dates=Dates(proposal=DAY), priority=Priority(contracts_end=ends))
    found = other_work_offered(read_workforce((HEADERS + "\n".join(rows)).encode(), case), case)
    assert found
    return found


def offer(offered: str = "2027-05-01", starts: str = "", ended: str = "", said: str = "", why: str = "") -> str:
    return f"F,A,selected,{offered},{starts},{ended},{said},{why}"


@pytest.mark.parametrize(("offered", "late"), [("2027-05-09", 0), ("2027-05-10", 1)])
def test_an_offer_comes_before_the_contract_has_ended(offered: str, late: int) -> None:
    assert counted(offer(offered), "M,A,retained,,,,,").late == late


@pytest.mark.parametrize(("starts", "late"), [("2027-06-06", 0), ("2027-06-07", 1)])
def test_the_work_starts_within_four_weeks(starts: str, late: int) -> None:
    assert counted(offer(starts=starts), "M,A,retained,,,,,").late_start == late


@pytest.mark.parametrize(("ended", "long"), [("2027-06-06", 0), ("2027-06-07", 1)])
def test_a_trial_lasts_four_weeks(ended: str, long: int) -> None:
    assert counted(offer(starts="2027-05-10", ended=ended), "M,A,retained,,,,,").long_trial == long


def test_without_the_end_of_contracts_nothing_is_late() -> None:
    found = counted(offer(), "M,A,retained,,,,,", ends=None)
    assert (found.offered, found.late, found.late_start) == (1, None, None)


def test_a_reason_is_told_where_ten_people_give_it() -> None:
    rows = [offer(said="refused", why="travel")] * 10 + [offer(said="refused", why="childcare")] * 9
    assert counted(*rows, "M,A,retained,,,,,").refused == (("place or travel", 10),)


def test_a_reason_in_words_of_its_own_is_refused() -> None:
    with pytest.raises(EiaError):
        counted(offer(said="refused", why="it is too far from the nursery"), "M,A,retained,,,,,")


def test_the_steps_ask_the_same_questions_of_offers_refusals_and_trials() -> None:
    rows = [offer(said=said) for said in ("accepted", "refused", "refused", "left after trial")]
    rows += ["M,A,selected,,,,,", "M,A,selected,2027-05-01,,,,", "M,A,retained,2027-05-01,,,,"]
    made = assess((HEADERS + "\n".join(rows)).encode(), dates={"proposal": "2026-11-22"})
    steps = {step.step: (step.there, step.went) for step in made.further.subsequent_outcomes.steps}
    assert steps["other work offered"] == (6, 5)
    assert steps["other work refused"] == (4, 2)
    assert steps["left after trial"] == (2, 1)
    assert made.other_work
    assert from_json(to_json(made)).other_work == made.other_work


@pytest.mark.parametrize(
    "key", ["other_work_starts_weeks", "trial_period_weeks", "trial_period_longer", "suitable_offer_refused"]
)
def test_the_rules_are_from_memory_and_say_so(key: str) -> None:
    assert rule(key, on=DAY).confidence == "unchecked"
    assert in_force(key, on=dt.date(2006, 9, 30)) is None
    assert in_force(key, on=DAY, where="Northern Ireland") is None


def test_no_offers_no_counts() -> None:
    choices: dict[str, Any] = {"dates": {"proposal": DAY}}
    case = Case.model_validate(choices)
    assert other_work_offered(read_workforce(b"sex,pool,outcome\nF,A,selected\nM,A,retained\n", case), case) is None
