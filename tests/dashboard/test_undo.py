"""Every choice can be taken back, and what is taken back is named first."""

import pytest

from eia.case import Case, changed
from eia.dashboard.keeping.undo import PARTS, last_choice, what_changed
from eia.dashboard.session import STEPS


def label(shown):
    return next((button.label for button in shown.app.button if button.key == "undo"), None)


def test_every_part_of_a_case_has_a_name_by_which_a_change_is_taken_back():
    assert list(PARTS) == [name for name in Case.model_fields if name != "format"]


def test_many_parts_are_counted_and_not_listed():
    other = changed(Case(), title="x", proposal="y", pools={"A": {"to_go": 1}})
    assert what_changed(Case(), other) == "3 choices"


def test_answers_on_how_a_file_is_read_are_taken_back_as_the_one_thing_that_they_are():
    read = changed(
        Case(), columns={"sex": "M/F"}, outcomes={"VR": "volunteer accepted"}, dates={"extract": "2026-05-14"}
    )
    assert what_changed(Case(), read) == "how the file is read"


def test_there_is_nothing_to_undo_before_anything_is_chosen(screen, opened):
    assert label(screen()) is None
    assert label(screen(opened("millbrook")).settings()) is None


@pytest.mark.slow
def test_a_choice_is_taken_back_with_what_was_entered(screen, opened):
    shown = screen(opened("millbrook")).settings()
    before = shown.visit.case
    shown.app.text_input(key="choice: title").input("Another").run()
    shown.click("apply")
    assert shown.visit.case.title == "Another"
    assert PARTS["title"] in label(shown)
    shown.click("undo")
    assert not shown.app.exception
    assert shown.visit.case == shown.visit.assessment.case == before
    assert label(shown) is None
    assert shown.settings().app.text_input(key="choice: title").value == before.title


@pytest.mark.slow
def test_a_choice_that_did_not_fit_is_taken_back_with_its_faults(screen, opened):
    shown = screen(opened("millbrook")).go("answer")
    visit, before = shown.visit, shown.visit.case
    visit.apply(changed(before, columns={"sex": "No such header"}))
    assert visit.problem is not None
    shown.app.run()
    shown.click("undo")
    assert not shown.app.exception
    assert (visit.problem, visit.case) == (None, before)


def test_what_was_written_is_taken_back_without_assessing_again(opened, monkeypatch):
    visit = opened("millbrook")
    monkeypatch.setattr(type(visit), "_assess", lambda *_: pytest.fail("assessed again"))
    visit.write({"Money": "A million."})
    hashed = visit.assessment.run.case_hash
    assert hashed == visit.case.hash
    assert last_choice(visit) == PARTS["texts"]
    visit.undo()
    assert visit.case.texts == visit.assessment.case.texts == {}
    assert visit.assessment.run.case_hash != hashed


@pytest.mark.slow
def test_answers_for_single_people_are_taken_back(screen, opened):
    visit = opened("riverbank")
    visit.answer({("V101", 3): True})
    assert visit.sources.answers
    assert last_choice(visit) == "answers on vacancies"
    shown = screen(visit)
    shown.click("undo")
    assert not shown.visit.sources.answers


def test_only_so_many_choices_are_remembered(opened):
    visit = opened("meacham")
    for number in range(STEPS + 3):
        visit.write({"Money": f"{number} million."})
    assert len(visit.history) == STEPS


@pytest.mark.slow
def test_opening_something_else_leaves_nothing_to_undo(screen, opened):
    shown = screen(opened("millbrook"))
    shown.visit.write({"Money": "A million."})
    shown.click("open_example")
    assert label(shown) is None
