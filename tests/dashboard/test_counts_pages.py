"""A table of counts some of which are withheld: what it is worth stands on one page, the ranges on another."""

from __future__ import annotations

import pytest

from eia.case import Case
from eia.dashboard.open_files import Sources
from eia.dashboard.session import Session
from eia.dashboard.site import PAGES
from eia.intake.evidence import Upload

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
    visit.open_files(Case(title="Counts"), Sources(main=Upload(name="counts.csv", content=COUNTS)))
    return visit


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_counts_that_are_all_ranges(screen, page):
    assert not screen(opened()).go(page).app.exception


def test_your_file_says_what_the_table_is_worth(screen):
    words = screen(opened()).go("your_file").words
    assert "The table counts 202 by sex" in words
    assert "are known as ranges only" in words


def test_the_answer_and_the_figures_are_from_the_least_to_the_most(screen):
    assert "whose counts are ranges" in screen(opened()).go("answer").words
    assert "from the least to the most over all tables that fit" in screen(opened()).go("figures").words
