"""The process is told in facts of the case, and nothing is told that the case does not have."""

from __future__ import annotations

import datetime as dt

import pytest
from assessments import MAKERS, example, sample
from made import assessed, case, figures, pools

from eia.findings.publication import published
from eia.present.documents.model import Bullets
from eia.present.documents.response import response
from eia.present.documents.speaking_note import speaking_note
from eia.present.figures.exact import exact
from eia.present.figures.public import public
from eia.present.parts.response.process_facts import process_facts

FILE = pools(A=(2, 5, 1, 5))
OPENED = dt.date(2026, 10, 26)


def told(decision: dict[str, object]) -> tuple[str, ...]:
    assessment = assessed(
        FILE, case(consultation={"begins": OPENED}, decisions={"Criteria": {"by": "Cabinet"} | decision})
    )
    return process_facts(assessment, exact(assessment))


@pytest.mark.parametrize(
    ("on", "given", "numbers"),
    [
        (OPENED, ("a report",), None),
        (OPENED - dt.timedelta(days=9), ("a report",), None),
        (OPENED, (), ["26", "2026"]),
        (OPENED + dt.timedelta(days=20), ("a report",), ["15", "2026", "20"]),
    ],
    ids=["as it opened", "before", "no papers", "after it opened"],
)
def test_a_decision_is_told_where_it_came_after_consultation_opened_or_without_papers(on, given, numbers) -> None:
    facts = told({"on": on, "given": given})
    assert [figures(fact) for fact in facts] == ([] if numbers is None else [numbers])


def test_a_decision_without_a_day_is_told_only_for_want_of_papers() -> None:
    assert told({"given": ("a report",)}) == ()
    assert len(told({})) == 1


@pytest.mark.slow
def test_notice_owed_beyond_the_days_allowed_is_told_with_its_numbers() -> None:
    riverbank = example("riverbank")
    *_, notice = process_facts(riverbank, exact(riverbank))
    assert figures(notice) == ["8", "2027", "28", "151", "325"]
    assert "If all leave then" in notice  # the record has the first of either day alone


@pytest.mark.parametrize(("number", "told"), [(7, True), (4, True), (3, False), (None, False)])
def test_a_number_proposed_that_is_not_that_of_the_files_is_asked_about(number: int | None, told: bool) -> None:
    made = assessed(FILE, case(consultation={"number_proposed": number} if number is not None else {}))
    assert [figures(fact) for fact in process_facts(made, exact(made))] == ([[str(number), "3"]] if told else [])
    shown = public(made, published(made))
    assert process_facts(made, shown) == ()


@pytest.mark.slow
def test_an_edition_to_publish_has_no_number_of_people_that_was_not_published() -> None:
    riverbank = example("riverbank")
    assert not any("151" in fact for fact in process_facts(riverbank, public(riverbank, published(riverbank))))


@pytest.mark.slow
@pytest.mark.parametrize("made", [response, speaking_note])
def test_the_letter_and_the_note_have_the_facts(made) -> None:
    riverbank = example("riverbank")
    items = {item for block in made(riverbank).blocks if isinstance(block, Bullets) for item in block.items}
    facts = process_facts(riverbank, exact(riverbank))
    assert len(facts) >= 2
    assert items.issuperset(facts)


@pytest.mark.parametrize("name", [name for name in MAKERS if name not in ("millbrook", "meacham")])
def test_nothing_is_told_of_a_case_without_days_and_decisions(name: str) -> None:
    assert process_facts(sample(name), exact(sample(name))) == ()


@pytest.mark.parametrize(("days", "tense"), [(1, "was decided"), (20, "is to be decided")], ids=["past", "to come"])
def test_a_decision_that_is_still_to_come_is_told_so(days: int, tense: str) -> None:
    (fact,) = told({"on": OPENED + dt.timedelta(days=days)})
    assert tense in fact
