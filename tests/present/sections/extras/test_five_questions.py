"""The five questions put what is clear first, whichever step it is of, and each step once."""

from __future__ import annotations

import pytest
from assessments import example

from eia.present.sections.extras.clear_steps import asked_of_steps, clear_steps_told
from eia.present.sections.extras.five_questions import five_questions


@pytest.mark.slow
def test_a_clear_gap_at_another_step_comes_before_what_nothing_can_be_said_of() -> None:
    made = example("saltmarsh")
    told, asked = asked_of_steps(made), five_questions(made)
    assert 0 < len(told) < len(clear_steps_told(made))
    assert asked[: len(told)] == told
    assert [question.count("?") > 0 for question in told] == [True] * len(told)
    assert len(asked) == 5


@pytest.mark.slow
def test_where_no_other_step_has_a_clear_gap_the_questions_are_of_the_three_questions() -> None:
    made = example("riverbank")
    assert asked_of_steps(made) == ()
    assert "disabled" in five_questions(made)[0]
