"""Questions to put to the employer: every one has words, and the groups that put some first stand once, with their figures."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from assessments import MAKERS, example, sample

from eia.findings.headlines import leading_overall
from eia.present.documents.model import Bullets, Document, Paragraph
from eia.present.sections.checklist import _QUESTIONS, questions
from eia.present.sections.extras.clear_steps import asked_of_steps
from eia.present.sections.extras.subsequent_outcomes import _STEPS
from eia.present.text.words import more_or_fewer
from eia.process.checklist import ItemKey

FIGURE = r"about [\d,]+ (?:more|fewer)\b"


def test_every_question_has_its_words() -> None:
    assert set(_QUESTIONS) == set(get_args(ItemKey))
    assert all(text.endswith("?") for text in _QUESTIONS.values())


@pytest.mark.parametrize("name", MAKERS)
def test_every_kind_of_assessment_has_its_questions_each_once(name: str) -> None:
    blocks = tuple(questions(sample(name)))
    asked, *answered = [block.items for block in blocks if isinstance(block, Bullets)]
    assert len(asked) + sum(map(len, answered)) == len(_QUESTIONS)
    assert Document(title="T", subtitle="", notice="", blocks=blocks)


@pytest.mark.parametrize("name", MAKERS)
def test_the_figures_are_those_of_the_assessment(name: str) -> None:
    given = {more_or_fewer(finding.in_all or 0.0) for finding in leading_overall(sample(name).findings, most=99)}
    introduction = next(block.text for block in questions(sample(name)) if isinstance(block, Paragraph))
    assert set(re.findall(FIGURE, introduction)) <= given


@pytest.mark.parametrize("name", MAKERS)
def test_no_question_carries_the_figure_of_all_steps_together(name: str) -> None:
    asked = next(block.items for block in questions(sample(name)) if isinstance(block, Bullets))
    assert not [text for text in asked if re.search(FIGURE, text)]


def test_a_figure_stands_with_the_question_about_its_own_step_and_group() -> None:
    made = example("saltmarsh")
    asked = next(block.items for block in questions(made) if isinstance(block, Bullets))
    assert asked[: len(asked_of_steps(made))] == asked_of_steps(made)
    assert any(_STEPS["downgraded"].ask in text and "41 of 63" in text for text in asked)
    (adjustments,) = [text for text in asked if _QUESTIONS["adjustments"] in text]
    assert "White" not in adjustments
