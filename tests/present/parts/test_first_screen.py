"""The first screen says what page one says, in one sentence and three numbers."""

from __future__ import annotations

import pytest
from assessments import MAKERS, sample

from eia.findings.gaps import gaps, totals
from eia.present.figures.gap_told import who
from eia.present.parts.first_screen import by_chance, large_numbers, verdict


@pytest.mark.parametrize("name", MAKERS)
def test_the_verdict_is_one_short_sentence_and_names_the_groups_that_page_one_names(name: str) -> None:
    said, found = verdict(sample(name)), gaps(sample(name))
    assert len(said.split()) <= 40 or name == "hostile"
    strongest = max((gap.evidence for gap in found), default=0)
    named = [gap for gap in found if not strongest or gap.evidence == strongest][:4]
    assert all(who(gap).casefold() in said.casefold() for gap in named)


@pytest.mark.parametrize("name", MAKERS)
def test_how_often_chance_would_do_it_is_said_where_a_gap_is_clear_or_stands_out(name: str) -> None:
    said = by_chance(sample(name))
    assert bool(said) == any(gap.evidence for gap in gaps(sample(name)))
    assert "more often than not" not in said
    assert len(said.split()) <= 20


@pytest.mark.parametrize("name", MAKERS)
def test_three_numbers_are_told(name: str) -> None:
    selected, clearest, unknown = large_numbers(sample(name))
    going = totals(sample(name)).going
    assert selected.number == ("?" if going is None else f"{going:,}")
    assert (clearest.number == "0") == (not gaps(sample(name)))
    assert unknown.number.replace(",", "").isdecimal()


def test_the_clearest_gap_is_that_of_the_chart_beside_it() -> None:
    _, clearest, _ = large_numbers(sample("found"))
    assert (clearest.number, "women" in clearest.says) == ("8", True)
