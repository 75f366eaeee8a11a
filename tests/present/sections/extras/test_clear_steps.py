"""Clear gaps at other steps than selection stand on the first page, for those who fare worse by them."""

from __future__ import annotations

from functools import cache

from assessments import example, sample
from made import assessed, case

from eia.findings.assessment import Assessment
from eia.present.documents.draft import draft
from eia.present.documents.markdown import to_markdown
from eia.present.documents.response import response
from eia.present.documents.speaking_note import speaking_note
from eia.present.figures.exact import exact
from eia.present.parts.response.asks import asks
from eia.present.sections.extras.clear_steps import (
    asked_of_steps,
    clear_steps,
    clear_steps_in_short,
    clear_steps_named,
    clear_steps_told,
    outstanding_steps,
)
from eia.present.sections.extras.subsequent_outcomes import subsequent_outcomes_told
from eia.present.text.numbers import how_often

PEOPLE = 60


@cache
def redeployed(women: int, men: int) -> Assessment:
    """A pool in which all of 30 women and 30 men are selected or retained by turns, and so many of those selected are redeployed."""
    rows = []
    for sex, kept in (("F", women), ("M", men)):
        outcomes = ["redeployed"] * kept + ["selected"] * (PEOPLE // 2 - kept) + ["retained"] * (PEOPLE // 2)
        rows += [f"{sex},A,{outcome}" for outcome in outcomes]
    return assessed("\n".join(["sex,pool,outcome", *rows]).encode(), case(analysis={"draws": 999}))


def test_those_who_are_offered_less_of_what_people_seek_are_told() -> None:
    (said,) = clear_steps_told(redeployed(3, 27))
    assert said.startswith("Women: 3 of 30 are redeployed.")
    assert clear_steps_in_short(redeployed(3, 27)).endswith("Redeployed: women.")


def test_nothing_is_said_where_a_step_falls_evenly() -> None:
    assert clear_steps_told(redeployed(15, 15)) == ()
    assert asked_of_steps(redeployed(15, 15)) == ()
    assert clear_steps_in_short(redeployed(15, 15)) == ""


def test_page_one_has_every_clear_gap_of_another_step() -> None:
    page, _ = to_markdown(draft(redeployed(3, 27)))
    assert "Women: 3 of 30 are redeployed." in page
    assert exact(sample("found")).later == ()


def test_pay_lost_and_pay_protection_count_like_any_step() -> None:
    told = [(gap.name, gap.who) for gap in clear_steps(example("saltmarsh"))]
    assert told[-2:] == [("pay lost", "part-time staff"), ("pay protection", "people aged under 25")]
    lost, protected = clear_steps_told(example("saltmarsh"))[-2:]
    assert "£1,654" in lost
    assert "£1,081" in lost  # beside what would be even
    assert ("12.0 months" in protected, "19.7" in protected) == (True, True)


def test_what_stands_out_begins_with_what_chance_would_give_least_often() -> None:
    found = outstanding_steps(example("saltmarsh"))
    assert [gap.alone for gap in found] == sorted(gap.alone for gap in found)
    assert found[0].name == "pay lost"


def test_how_often_chance_would_do_it_counts_every_group_whether_a_gap_is_clear_or_stands_out() -> None:
    made = example("saltmarsh")
    told = " ".join(subsequent_outcomes_told(made))
    for gap in (*clear_steps(made), *outstanding_steps(made)):
        assert gap.group.mirrored or how_often(gap.group.adjusted_p) in told
    assert (
        how_often(outstanding_steps(made)[0].alone) not in told
    )  # once in 625 times, rarer than a clear gap of once in 227


def test_where_other_steps_alone_are_clear_the_letter_and_the_draft_begin_with_them() -> None:
    made = example("saltmarsh")
    shown = exact(made)
    assert shown.later_first
    wanted = [place for place, ask in enumerate(asks(made, shown)) if clear_steps_named(made) in ask]
    unclear = [place for place, ask in enumerate(asks(made, shown)) if "White" in ask]
    assert max(wanted) < min(unclear)
    for document in (draft, response, speaking_note):
        page, _ = to_markdown(document(made))
        assert (
            0
            <= page.index("part-time staff" if document is speaking_note else "Part-time staff: ")
            < page.index("White: 39")
        )


def test_where_selection_has_a_clear_gap_it_comes_before_other_steps() -> None:
    assert not exact(example("riverbank")).later_first
