"""The first screen says what page one says, in one sentence and three numbers."""

from __future__ import annotations

import pytest
from assessments import MAKERS, example, sample
from made import QUICK, assessed, table

from eia.findings.gaps import gaps, totals
from eia.present.figures.gap_told import who
from eia.present.figures.unknowns import silent_groups
from eia.present.parts.first_screen import answer_chart, large_numbers, verdicts
from eia.present.sections.extras.clear_steps import clear_steps_in_short


@pytest.mark.parametrize("name", MAKERS)
def test_the_verdict_is_one_short_sentence_and_names_the_groups_that_page_one_names(name: str) -> None:
    said, found = verdicts(sample(name))[0].says, gaps(sample(name))
    assert len(said.split()) <= 40 or name == "hostile"
    strongest = max((gap.evidence for gap in found), default=0)
    named = [gap for gap in found if not strongest or gap.evidence == strongest][:4]
    assert all(who(gap).casefold() in said.casefold() for gap in named)


@pytest.mark.parametrize("name", MAKERS)
def test_how_often_chance_would_do_it_is_said_where_a_gap_is_clear_or_stands_out(name: str) -> None:
    made = verdicts(sample(name))
    for one, gap in zip(made, gaps(sample(name)), strict=False):
        assert bool(one.chance) == bool(gap.evidence)
    assert all("more often than not" not in one.chance for one in made)


def test_clear_gaps_of_other_steps_come_before_what_only_stands_out_and_have_the_number_and_the_chart() -> None:
    saltmarsh = example("saltmarsh")
    assert [gap.evidence for gap in gaps(saltmarsh)] == [1, 0]
    first, second = verdicts(saltmarsh)
    assert first.says == clear_steps_in_short(saltmarsh)
    assert "37 times" in first.chance
    assert who(gaps(saltmarsh)[0]) in second.says[:1].lower() + second.says[1:]
    assert "some group stands out" in second.chance
    assert large_numbers(saltmarsh)[1].number == "15"  # 41 part-time staff downgraded, 26 if even
    chart = answer_chart(saltmarsh)
    assert chart is not None
    assert [(row.label.partition(" (")[0], row.seen) for row in chart.rows] == [
        ("Part-time staff", 41), ("Women", 38), ("People recorded as White", 39), ("Women", 33),
    ]  # fmt: skip


def test_clear_gaps_of_the_three_questions_come_first() -> None:
    made = assessed(
        table(
            [[sex, "A", outcome] for sex, kept, lost, moved in (("F", 5, 5, 30), ("M", 30, 9, 1))
             for outcome in ["retained"] * kept + ["dismissed"] * lost + ["selected"] * moved],
            ["sex", "pool", "outcome"],
        ),
        QUICK,
    )  # fmt: skip
    assert clear_steps_in_short(made)
    assert [gap.evidence for gap in gaps(made)] == [2]
    assert verdicts(made)[0].says == "There is a clear gap against women."
    assert verdicts(made)[1].says == clear_steps_in_short(made)


def test_where_no_gap_is_told_what_cannot_be_said_and_what_stands_out_elsewhere_are() -> None:
    millbrook = sample("millbrook")
    assert gaps(millbrook) == ()
    first, second = verdicts(millbrook)
    assert first.says.startswith("For 58 of 61 groups we cannot say")
    assert second.says.startswith("Women: 1 of 56")
    assert "once in 106 times" in second.chance
    assert [one.number for one in large_numbers(millbrook)] == ["44", "58"]


@pytest.mark.parametrize("name", MAKERS)
def test_numbers_are_told_once_each_and_no_nought_stands_for_what_cannot_be_said(name: str) -> None:
    made = large_numbers(sample(name))
    leave = totals(sample(name)).leave
    assert made[0].number == ("?" if leave is None else f"{leave:,}")
    assert len(set(made)) == len(made)
    if not gaps(sample(name)) and silent_groups(sample(name)):
        assert "0" not in [one.number for one in made[1:]]


def test_the_clearest_gap_is_that_of_the_chart_beside_it() -> None:
    _, clearest, *_ = large_numbers(sample("found"))
    assert (clearest.number, "women" in clearest.says) == ("8", True)
