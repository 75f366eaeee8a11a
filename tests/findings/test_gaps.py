"""A first page names the groups with a gap, each once, with the step that made it; totals are counted once for every document."""

from __future__ import annotations

import pytest
from assessments import MAKERS, sample
from hypothesis import given, settings
from hypothesis import strategies as st
from made import QUICK, assessed, assessed_counts, case, one, pools, table

from eia.findings.gaps import can_be_named, case_name, chosen, chosen_in_vain, gaps, of_step, totals
from eia.findings.headlines import FIRST_PAGE_PEOPLE

SCOPE = pools(A=(0, 30, 0, 4), B=(20, 20, 2, 2), none=(0, 10, 0, 60))


def test_a_gap_that_selection_made_carries_the_finding_of_selection() -> None:
    (gap,) = gaps(assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20)), QUICK))
    assert (gap.step, gap.evidence, gap.finding.group.label) == ("selection", 2, "Female")
    assert gap.finding.question == "selection"
    assert gap.people == pytest.approx(8.5)  # 22 selected, 13.5 if even


def test_a_gap_that_the_choice_of_jobs_made_is_of_that_step() -> None:
    (gap,) = gaps(assessed(SCOPE, QUICK))
    assert (gap.step, gap.finding.group.label) == ("scope", "Female")
    assert gap.people == pytest.approx(22 * (1 - 60 / 126) - 2)


def test_a_clear_gap_decides_the_step_and_not_the_larger_part() -> None:
    made = assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), none=(0, 5, 0, 200)), QUICK)
    women = one(made, "selection", "Female")
    assert women.split.scope > women.split.selection
    (gap,) = gaps(made)
    assert (gap.step, gap.evidence) == ("selection", 2)
    assert gap.people == pytest.approx(women.split.overall)


@pytest.mark.parametrize(("women", "named"), [(24, 0), (30, 1)])
def test_without_evidence_a_group_is_named_from_a_gap_of_five_people_on(women: int, named: int) -> None:
    choices = case(analysis={"draws": 999, "questions": ("scope",)})
    found = gaps(assessed(pools(A=(women, women, 10, 10), none=(0, 40, 0, 40)), choices))
    assert len(found) == named
    assert all(gap.people >= FIRST_PAGE_PEOPLE or gap.evidence for gap in found)


@pytest.mark.parametrize("name", MAKERS)
def test_gaps_are_of_one_group_a_characteristic_the_clearest_first(name: str) -> None:
    found = gaps(sample(name))
    of = [gap.finding.characteristic.protected or gap.finding.characteristic.key for gap in found]
    assert len(of) == len(set(of))
    assert [gap.evidence for gap in found] == sorted((gap.evidence for gap in found), reverse=True)
    assert [gap for step in ("scope", "spread", "selection") for gap in of_step(found, step)] or not found  # type: ignore[arg-type]


def test_any_group_of_whom_more_go_can_be_named_and_no_other() -> None:
    made = assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20)), QUICK)
    assert set(can_be_named(made)) == {"sex: Female"}


def test_the_gaps_that_a_case_names_stand_in_its_order_and_a_name_of_none_is_told() -> None:
    choices = case(analysis={"draws": 999}, response={"findings": ("sex: Male", "sex: Female", "sex: Femal")})
    made = assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20)), choices)
    assert [case_name(gap.finding) for gap in chosen(made)] == ["sex: Female"]
    assert chosen_in_vain(made) == ("sex: Male", "sex: Femal")


def test_before_selection_the_numbers_to_go_are_those_of_the_case() -> None:
    made = totals(sample("nobody chosen"))
    assert (made.staff, made.at_risk, made.pools, made.selected, made.leave) == (100, 40, 2, 8, 8)
    assert totals(sample("nothing known but pools")).leave is None


OUTCOMES = ("retained", "slotted in", "volunteer accepted", "selected", "redeployed", "dismissed")


@settings(max_examples=15)
@given(st.lists(st.sampled_from(OUTCOMES), min_size=2, max_size=30))
def test_whoever_is_at_risk_leaves_or_stays_and_volunteers_are_not_selected(outcomes: list[str]) -> None:
    rows = [["FM"[n % 2], "A", outcome] for n, outcome in enumerate((*outcomes, "retained", "selected"))]
    made = totals(assessed(table(rows, ["sex", "pool", "outcome"]), QUICK))
    count = {outcome: sum(row[2] == outcome for row in rows) for outcome in OUTCOMES}
    assert made.selected == count["selected"] + count["redeployed"] + count["dismissed"]
    assert made.leave == made.selected + count["volunteer accepted"] - count["redeployed"]
    assert made.stay == count["retained"] + count["slotted in"] + count["redeployed"]
    assert (made.volunteers, made.redeployed) == (count["volunteer accepted"], count["redeployed"])


def test_counts_have_no_staff_and_ranges_no_number_leaving() -> None:
    made = totals(sample("counts"))
    assert (made.staff, made.at_risk, made.selected, made.stay) == (None, None, 37, None)
    hidden = assessed_counts(b"characteristic,group,pool,people,selected\nsex,F,A,40,<5\nsex,M,A,20,12\n")
    assert (totals(hidden).selected, totals(hidden).leave) == (None, None)
