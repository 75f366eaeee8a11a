"""Clear gaps at other steps than selection stand on the first page, for those who fare worse by them."""

from __future__ import annotations

from functools import cache

from assessments import sample
from made import assessed, case

from eia.findings.assessment import Assessment
from eia.present.documents.draft import draft
from eia.present.documents.markdown import to_markdown
from eia.present.figures.exact import exact
from eia.present.sections.extras.clear_steps import clear_steps_in_short, clear_steps_told, clearest_of_each_step

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
    assert clearest_of_each_step(redeployed(15, 15)) == ()
    assert clear_steps_in_short(redeployed(15, 15)) == ""


def test_page_one_has_every_clear_gap_of_another_step() -> None:
    page, _ = to_markdown(draft(redeployed(3, 27)))
    assert "Women: 3 of 30 are redeployed." in page
    assert exact(sample("found")).later == ()
