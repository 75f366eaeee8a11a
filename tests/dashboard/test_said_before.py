"""What has to be known before the answer is numbered, as many as the name of its place says; numbers of different people say whose they are."""

import re

import pytest

from eia.dashboard.parts.marks import needed_at
from eia.dashboard.views.answer import WITHIN
from eia.dashboard.views.try_change import EVERYONE
from eia.present.text.open_questions import questions_told
from eia.present.text.said_first import conventions_told, could_be_seen


@pytest.mark.parametrize("example", ["saltmarsh", "millbrook", "riverbank"])
def test_as_many_are_numbered_as_the_place_says(screen, opened, example):
    visit = opened(example)
    known = [*questions_told(visit.assessment.evidence.intake), *conventions_told(visit.assessment)]
    before = screen(visit).go("answer").markup.partition("eia-lead")[0]
    assert len(re.findall(r"<li>", before)) == len(known)
    assert needed_at("answer", visit) == (f" ({len(known)} to know)" if known else "")
    assert (f"{len(known)} to know first" in before) == bool(known)


def test_numbers_of_some_pools_and_of_all_say_so_where_both_are_met(screen, opened):
    shown = screen(opened("riverbank"))
    assert WITHIN in shown.go("answer").words
    assert EVERYONE in shown.go("try_change").words
    assert WITHIN not in screen(opened("meacham")).go("answer").words


def test_what_could_be_seen_stands_with_what_we_do_not_know_and_not_over_a_clear_gap(screen, opened):
    shown = screen(opened("millbrook")).go("answer")
    first, *_ = could_be_seen(shown.visit.assessment)
    before, _, after = shown.markup.partition("What we do not know")
    assert first in after
    assert first not in before
