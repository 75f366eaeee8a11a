"""The checklist: what the data answer is not asked, what bears on the groups hit hardest is asked first."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest

from eia.case import Case, Consultation, Dates, Employer
from eia.process.checklist import _ABOUT, ITEMS, ItemKey, checklist, papers

TODAY = dt.date(2026, 11, 22)


def asked(above: dict[str, float] | None = None, held: tuple[str, ...] = ()) -> list[ItemKey]:
    return [item.key for item in checklist(held=held, above=above or {}).ask]


def test_every_question_stands_on_the_list_once() -> None:
    assert sorted(ITEMS) == sorted(get_args(ItemKey))
    assert len(set(ITEMS)) == len(ITEMS)


def test_without_data_everything_is_asked_in_the_order_of_the_list() -> None:
    assert tuple(asked()) == ITEMS


@pytest.mark.parametrize(
    ("held", "answered"),
    [
        (("rest of the workforce",), "proportions"),
        (("grade", "contract", "working_pattern", "extract date"), "raw numbers"),
        (("dismissals",), "leavers"),
        (("rounds",), "earlier rounds"),
    ],
)
def test_what_the_data_answer_is_not_asked(held: tuple[str, ...], answered: ItemKey) -> None:
    made = checklist(held=held, above={})
    assert [item.key for item in made.answered] == [answered]
    assert answered not in [item.key for item in made.ask]


def test_what_is_missing_is_named() -> None:
    made = checklist(held=("grade", "contract"), above={})
    (item,) = [item for item in made.ask if item.key == "raw numbers"]
    assert item.missing == ("working_pattern", "extract date")


@pytest.mark.parametrize("characteristic", sorted({each for about in _ABOUT.values() for each in about}))
def test_questions_on_the_group_hit_hardest_come_first(characteristic: str) -> None:
    made = checklist(held=(), above=dict.fromkeys([(characteristic, "selection"), (characteristic, "scope")], 5.0))
    about = [item.about for item in made.ask]
    first = about.index(None)
    assert first > 0
    assert set(about[:first]) == {characteristic}
    assert set(about[first:]) == {None}


def test_a_question_on_two_groups_goes_with_the_one_further_above() -> None:
    made = checklist(held=(), above={("sex", "scope"): 3.0, ("working_pattern", "scope"): 8.0})
    assert made.ask[0].about == "working_pattern"


def test_a_question_is_about_no_gap_that_another_step_made() -> None:
    made = checklist(held=(), above={("sex", "scope"): 40.0, ("disability", "selection"): 20.0})
    about = {item.key: item.about for item in made.ask}
    assert (about["scoring"], about["service points"]) == (None, None)  # who scored did not choose the jobs
    assert (about["attendance"], about["flexible posts"]) == ("disability", "sex")


def of(kind: Any = "other body", where: Any = "England", number: int | None = 30, received: tuple[str, ...] = (),
       proposal: dt.date | None = TODAY):  # fmt: skip
    case = Case(
        employer=Employer(kind=kind, jurisdiction=where),
        dates=Dates(proposal=proposal),
        consultation=Consultation(number_proposed=number, received=received),
    )
    return papers(case)


def test_what_must_be_given_in_writing_is_ticked_as_it_comes() -> None:
    made = of(received=("the reasons",))
    assert made.duty
    assert dict(made.documents)["the reasons"]
    assert [came for _, came in made.documents].count(True) == 1


def test_whatever_else_came_is_kept() -> None:
    assert of(received=("A letter",)).documents[-1] == ("A letter", True)


def test_agency_workers_are_on_the_list_from_october_2011() -> None:
    def lists(day: dt.date) -> int:
        return sum("agency" in name for name, _ in of(proposal=day).documents)

    assert (lists(dt.date(2011, 9, 30)), lists(dt.date(2011, 10, 1))) == (0, 1)


@pytest.mark.parametrize(("kind", "number"), [("Crown", 300), ("other body", 19)])
def test_where_the_duty_does_not_bind_bargaining_is_the_way(kind: str, number: int) -> None:
    made = of(kind, number=number)
    assert made.duty is None
    assert made.bargaining


def test_nothing_entered_of_consultation_leaves_the_crown_out_all_the_same() -> None:
    case = Case(employer=Employer(kind="Crown"), dates=Dates(proposal=TODAY))
    made = papers(case)
    assert (made.duty, made.documents) == (None, ())


def test_without_a_day_no_rule_is_cited() -> None:
    made = of(proposal=None)
    assert (made.documents, made.duty, made.bargaining, made.union) == ((), None, None, None)
