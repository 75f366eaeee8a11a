"""Clear gaps at other steps than selection are named at the top of the answer, told with their figures there, and lead to every figure behind them."""

import pytest

from eia.dashboard.views.answer import OTHER_STEPS
from eia.present.sections.extras.clear_steps import clear_steps_in_short, clear_steps_told, steps_by_evidence
from eia.present.sections.extras.subsequent_outcomes import TITLE, subsequent_outcomes_parts, subsequent_outcomes_told


@pytest.fixture
def saltmarsh(screen, opened):
    return screen(opened("saltmarsh")).go("answer")


def test_each_is_told_with_its_figures_and_where_no_other_gap_is_clear_they_are_pointed_to(saltmarsh):
    told = clear_steps_told(saltmarsh.visit.assessment)
    assert len(told) == 6
    assert all(one in saltmarsh.words for one in told)
    saltmarsh.app.toggle(key="choice: matrix clear").set_value(True).run()
    assert f"See “{OTHER_STEPS}” below." in saltmarsh.words


def test_the_answers_in_words_have_every_step(saltmarsh):
    assert all(one in saltmarsh.words for one in subsequent_outcomes_told(saltmarsh.visit.assessment))


def test_the_headline_leads_to_the_figures(saltmarsh):
    shown = saltmarsh.click("came_of_it")
    assert not shown.app.exception
    assert shown.app.radio(key="choice: answer").value == TITLE


def test_steps_that_show_something_come_first_and_the_others_are_folded(saltmarsh):
    assessment = saltmarsh.visit.assessment
    telling, others = steps_by_evidence(assessment)
    assert sorted(map(title, (*telling, *others))) == sorted(map(title, subsequent_outcomes_parts(assessment)))
    assert {title(part) for part in telling[:2]} == {"Downgraded", "Pay cut"}
    shown = saltmarsh.click("came_of_it")
    assert {title(part) for part in others} <= {one.label for one in shown.app.expander}
    assert shown.unfolded <= 800


def test_without_such_gaps_nothing_is_satitle_them(screen, opened):
    shown = screen(opened("riverbank")).go("answer")
    assert clear_steps_in_short(shown.visit.assessment) == ""
    assert OTHER_STEPS not in shown.words


def title(part):
    return part[0].text
