"""The number of comparisons made is the number counted by hand; and how firm a finding is rests on what its family asks of it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from made import QUICK, assessed, assessed_counts, case, counts_of, one, pools, staff

from eia.findings.assessment import Assessment
from eia.present.text.grounds import overall_told
from eia.present.text.narrative import method

ODD = ("Christian", "Muslim", "No religion")


def people(*, chosen: bool = True, ages: bool = True) -> bytes:
    """Forty people of two pools, ten of each to go: two sexes, three religions, one unknown, ages from 20 to 59."""
    rows = []
    for number in range(40):
        someone = {
            "reference": f"P{number}", "sex": "FM"[number % 2], "religion": "" if number == 7 else ODD[number % 3],
            "pool": "AB"[number // 20],
        }  # fmt: skip
        if ages:
            someone["age"] = str(20 + number % 20 * 2)
        someone["outcome"] = ("selected" if number % 20 < 10 else "retained") if chosen else ""
        rows.append(someone)
    return staff(rows)


def sizes(assessment: Assessment) -> set[int]:
    return {finding.family for finding in assessment.under("selection") if finding.family}


BY_HAND = 1 + 3 + 1 + 5  # women or men; three religions; nothing recorded of religion; five age bands


def test_age_adds_its_bands_and_one_trend_to_the_family() -> None:
    assert sizes(assessed(people(ages=False), QUICK)) == {BY_HAND - 5}
    assert sizes(assessed(people(), QUICK)) == {BY_HAND + 1}


def test_the_number_is_the_same_before_anybody_is_chosen_and_after() -> None:
    to_go = case(pools={"A": {"to_go": 10}, "B": {"to_go": 10}}, analysis={"draws": 999})
    assert sizes(assessed(people(chosen=False), to_go)) == {BY_HAND + 1}
    assert sizes(assessed(people(chosen=False, ages=False), to_go)) == {BY_HAND - 5}


def test_counts_have_no_trend() -> None:
    rows = [
        {"sex": "FM"[n % 2], "disability": "", "religion": ODD[n % 3], "pool": "A", "outcome": "selected" if n < 9 else "retained"}
        for n in range(30)
    ]  # fmt: skip
    assert sizes(assessed_counts(counts_of(rows))) == {1 + 3}


def test_every_page_says_the_same_number_and_drawing_rests_on_it() -> None:
    assessment = assessed(people(), QUICK)
    said = " ".join([*method(assessment), overall_told(assessment)])
    assert set(re.findall(r"(\d+) comparisons", said)) == {str(BY_HAND + 1)}
    assert assessment.drawn.selection is not None
    assert np.isfinite(assessment.drawn.selection.adjusted_pvalues).sum() == BY_HAND + 1


def test_where_nobody_of_a_group_can_tell_it_is_no_comparison() -> None:
    closed = assessed(pools(A=(4, 4, 4, 4), B=(2, 5, 1, 5)), QUICK)
    assert sizes(closed) == {1}
    assert sizes(assessed(pools(A=(4, 4, 4, 4)), QUICK)) == set()


# ------------------------------------------------------------------------------------------------------- how firm it is


def two_that_stand_out() -> Assessment:
    """One pool of 60, 15 to go. Disabled people stand out far, women clearly; and five religions that do not."""
    rows = []
    for number in range(60):
        gone = number < 15
        sex = "F" if (number < 13 if gone else number % 3 == 0) else "M"
        rows.append({"reference": f"P{number}", "sex": sex, "disability": "Yes" if number < 12 or number == 40 else "No",
                     "religion": ("Christian", "Muslim", "Hindu", "Sikh", "No religion")[number % 5], "pool": "A",
                     "outcome": "selected" if gone else "retained"})  # fmt: skip
    return assessed(staff(rows), QUICK)


def test_a_second_finding_is_asked_less_since_the_first_is_found_without_it() -> None:
    assessment = two_that_stand_out()
    drawn = assessment.drawn.selection
    women, disabled = one(assessment, "selection", "Female"), one(assessment, "selection", "Disabled", "disability")
    assert drawn is not None
    assert {women.level, disabled.level} == {"found"}
    for finding in (women, disabled):
        assert finding.grounds is not None
        assert finding.grounds.fragility is not None
        assert finding.grounds.could_show.alpha in drawn.first_criticals
        assert finding.grounds.fragility.alpha in drawn.criticals
        assert finding.grounds.fragility.alpha <= 0.05


@pytest.mark.parametrize("alpha", [0.01, 0.05])
def test_in_counts_exchanges_are_those_after_which_holms_method_turns(alpha: float) -> None:
    """Both characteristics in one pool of 40, 12 to go: the exchanges are gone through, and the whole family judged again."""
    rows = [
        {"sex": "F" if n < 11 or n in (20, 25, 30) else "M", "disability": "Disabled" if n in (0, 1, 2, 3, 13, 14, 15) else "Not disabled",
         "religion": "", "pool": "A", "outcome": "selected" if n < 12 else "retained"}
        for n in range(40)
    ]  # fmt: skip
    strict = case(analysis={"level": 1 - alpha, "alpha": alpha})

    def women(moved: int) -> tuple[bool, int | None, int]:
        changed = [dict(row) for row in rows]
        gone = [row for row in changed if row["outcome"] == "selected" and row["sex"] == "F"]
        kept = [row for row in changed if row["outcome"] == "retained" and row["sex"] == "M"]
        for one_of, other in list(zip(gone, kept, strict=False))[:moved]:
            one_of["sex"], other["sex"] = "M", "F"  # as if they had changed places: nothing else about the pool moves
        finding = one(assessed_counts(counts_of(changed), strict), "selection", "Female")
        assert finding.grounds is not None
        firm = finding.grounds.fragility
        assert firm is not None
        return finding.level == "found", firm.exchanges, firm.direction

    found, exchanges, direction = women(0)
    assert found
    assert exchanges is not None
    assert direction == -1
    assert [women(moved)[0] for moved in range(exchanges + 1)] == [True] * exchanges + [False]
