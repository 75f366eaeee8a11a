"""A table of counts some of which are withheld: what it is worth stands on one page, the ranges on another."""

from __future__ import annotations

import pytest
from made import figures

from eia.case import QUESTIONS, Case
from eia.counts.data_quality import counts_quality
from eia.dashboard.open_files import Sources
from eia.dashboard.session import Session
from eia.dashboard.site import PAGES
from eia.intake.evidence import Upload
from eia.present.tables.counts_quality import counts_quality_words
from eia.present.text.narrative import answers, statements

COUNTS = b"""characteristic,group,pool,people,selected
Sex,F,A,40,<5
Sex,M,A,20,12
Sex,F,B,12,*
Sex,M,B,30,<5
Sex,F,,30,
Sex,M,,70,
"""


def opened() -> Session:
    visit = Session()
    visit.open_files(Case(title="Counts"), Sources(uploads={"main": Upload(name="counts.csv", content=COUNTS)}))
    return visit


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_counts_that_are_all_ranges(screen, page):
    assert not screen(opened()).go(page).app.exception


def test_your_file_says_what_the_table_is_worth(screen):
    words = screen(opened()).go("your_file").words
    evidence = opened().assessment
    told = counts_quality_words(counts_quality(evidence.cube, evidence.case))
    assert "202" in figures(told[0])
    assert all(sentence in words for sentence in told)


def test_the_answer_and_the_figures_are_from_the_least_to_the_most(screen):
    told = [text for question in QUESTIONS for text in statements(opened().assessment, question)]
    assert told
    assert any(text in screen(opened()).go("pools").words for text in told)
    assert any(text in screen(opened()).go("answer").words for _, text in answers(opened().assessment))
