"""The publishable figures name only who may be named, say no number that is not published, and say of a clear gap that it is there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import QUICK, assessed, table

from eia.findings.assessment import Assessment
from eia.findings.publication import published
from eia.present.documents.draft import draft
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Answer
from eia.present.figures.exact import exact
from eia.present.figures.model import Figures
from eia.present.figures.public import NOT_NAMED, percent, public


def of_disabled(
    gone: int, there: int, *, header: str = "disability", yes: str = "Disabled", no: str = "Not disabled"
) -> Assessment:
    """So many of these selected in a pool where 30 of 150 others are, and as many more staff at no risk."""
    rows = [(yes, "A", "selected")] * gone + [(yes, "A", "retained")] * (there - gone)
    rows += [(no, "A", "selected")] * 30 + [(no, "A", "retained")] * 120 + [(no, "", "")] * 150 + [(yes, "", "")] * 40
    return assessed(table(rows, [header, "pool", "outcome"]), QUICK)


def shown(assessment: Assessment) -> Figures:
    return public(assessment, published(assessment))


def test_a_gap_whose_numbers_are_published_is_told_with_them() -> None:
    (gap,) = shown(of_disabled(25, 40)).gaps
    assert (gap.evidence, gap.step, gap.seen) == (2, "selection", "25 of 40")
    assert gap.pair
    assert gap.pair.seen == 25


def test_nothing_is_told_of_a_clear_gap_whose_numbers_are_withheld() -> None:
    figures = shown(of_disabled(12, 14))
    assert figures.gaps == ()
    (row,) = [row for row in figures.rows if row.title == "Disability"]
    assert (row.selected, row.even, row.evidence) == ("[c]", "[c]", "Not published")


@pytest.mark.parametrize(
    "assessment",
    [
        pytest.param(of_disabled(14, 14), id="all of them"),
        pytest.param(of_disabled(0, 14), id="none of them"),
        pytest.param(of_disabled(8, 9), id="fewer than ten"),
        pytest.param(of_disabled(3, 14), id="no clear gap, and withheld"),
        pytest.param(
            of_disabled(25, 40, header="sexual orientation", yes="Gay or lesbian", no="Straight or heterosexual"),
            id="sensitive",
        ),
    ],
)
def test_of_others_nothing_is_said_and_the_silence_is_the_same(assessment: Assessment) -> None:
    figures = shown(assessment)
    assert figures.gaps == ()
    (row,) = [
        row
        for row in figures.rows
        if row.title in ("Disability", "Sexual orientation") and row.group != "Not in the file"
    ]
    assert (row.group, row.at_risk, row.selected, row.even, row.evidence) == (NOT_NAMED, "[c]", "[c]", "[c]", NOT_NAMED)


@pytest.mark.parametrize(("gone", "there", "named"), [(25, 40, 1), (12, 14, 0), (3, 14, 0), (8, 9, 0)])
def test_that_a_group_was_chosen_for_the_response_publishes_nothing_of_it(gone: int, there: int, named: int) -> None:
    assessment = of_disabled(gone, there)
    response = assessment.case.response.model_copy(update={"findings": ("disability: Disabled",)})
    figures = shown(replace(assessment, case=assessment.case.model_copy(update={"response": response})))
    assert len(figures.chosen) == named
    assert replace(figures, chosen=()) == shown(assessment)


def test_a_percentage_is_of_more_than_22_people() -> None:
    assert percent(10, 20) == ""
    assert percent(10, 25) == "40%"


def test_numbers_are_rounded_and_the_exact_ones_are_not_told() -> None:
    assessment = of_disabled(26, 42)
    assert (exact(assessment).at_risk, shown(assessment).at_risk) == ("192", "190")
    assert "192" not in to_markdown(draft(assessment, shown(assessment)))[0]


AGES = ("Under 30", "30 to 39", "40 to 49", "50 and over")


def of_ages(*gone: int) -> Assessment:
    """So many selected of 40 people of each of four age groups in one pool, and as many more of each at no risk."""
    rows = [
        (age, "A", "selected" if n < many else "retained")
        for age, many in zip(AGES, gone, strict=True)
        for n in range(40)
    ]
    rows += [(age, "", "") for age in AGES for _ in range(40)]
    return assessed(table(rows, ["age band", "pool", "outcome"]), QUICK)


@pytest.mark.parametrize("gone", [(12, 13, 17, 18), (6, 14, 22, 23), (10, 10, 19, 18), (5, 5, 30, 5), (18, 20, 10, 12)])
def test_both_editions_name_the_same_groups_or_the_published_one_says_that_some_are_left_out(
    gone: tuple[int, ...],
) -> None:
    assessment = of_ages(*gone)
    inside, outside = ([(gap.step, gap.who) for gap in made.gaps] for made in (exact(assessment), shown(assessment)))
    assert set(outside) <= set(inside)
    assert outside == inside or shown(assessment).unnamed
    assert {gap.level for gap in shown(assessment).gaps} <= {gap.level for gap in exact(assessment).gaps}


def test_that_some_groups_are_not_named_is_said_in_the_section_on_evidence() -> None:
    assessment = of_disabled(12, 14)
    said = to_markdown(draft(assessment, shown(assessment)))[0].split("## 4 ")[1].split("## 5 ")[0]
    assert shown(assessment).unnamed in said
    assert shown(assessment).unnamed


def with_unknown(unknown: int, volunteers: int = 0) -> Assessment:
    """25 of 40 disabled people and 30 of 150 others selected in a pool, and so many people whose answer is not known, a third of them selected."""
    rows = [("Disabled", "A", "selected")] * 25 + [("Disabled", "A", "retained")] * 15
    rows += [("Not disabled", "A", "selected")] * 30 + [("Not disabled", "A", "retained")] * 120
    rows += (
        [("", "A", "retained" if n % 3 else "selected") for n in range(unknown)]
        + [("Not disabled", "", "")] * 150
        + [("Disabled", "", "")] * 40
    )
    rows += [("Disabled", "A", "volunteer accepted")] * volunteers
    return assessed(table(rows, ["disability", "pool", "outcome"]), QUICK)


@pytest.mark.parametrize("volunteers", [0, 12])
def test_a_bar_is_of_the_same_people_in_both_editions_and_rounded_in_one(volunteers: int) -> None:
    assessment = with_unknown(0, volunteers)
    (inside,), (outside,) = exact(assessment).gaps, shown(assessment).gaps
    assert inside.pair
    assert outside.pair
    assert abs(inside.pair.seen - outside.pair.seen) < 5
    assert abs(inside.pair.even - outside.pair.even) <= 2.5


def test_a_bar_that_would_be_of_other_people_than_in_the_confidential_edition_is_left_out() -> None:
    (outside,) = shown(with_unknown(60)).gaps
    assert (outside.pair, outside.beside) == (None, ())
    assert outside.numbers


def test_somebody_is_asked_to_try_to_find_people_before_it_is_published() -> None:
    assessment = of_disabled(25, 40)
    asked = [block.title for block in draft(assessment, shown(assessment)).blocks if isinstance(block, Answer)]
    assert "Could anybody be found?" in asked
    assert "Could anybody be found?" not in [
        block.title for block in draft(assessment).blocks if isinstance(block, Answer)
    ]


def test_each_edition_says_which_it_is() -> None:
    assessment = of_disabled(25, 40)
    assert draft(assessment).edition == "confidential"
    assert draft(assessment, shown(assessment)).edition == "publishable"
    assert draft(assessment).notice != draft(assessment, shown(assessment)).notice


def test_there_is_no_annex_to_refer_to() -> None:
    assessment = of_disabled(25, 40)
    assert "annex" not in to_markdown(draft(assessment, shown(assessment)))[0].lower()
