"""What a change does to every group: held against the assessment before it, and against the pool of six on paper after it."""

from __future__ import annotations

import json

import numpy as np
import pytest
from made import WHEN, case
from pool_of_six import MARKS, six

from eia import assess
from eia.case import Scenario
from eia.errors import EiaError
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.findings.record import from_json, to_json
from eia.findings.scenarios.tried import Tried
from eia.intake.evidence import Evidence
from eia.intake.examples import MAIN, examples


def assessed(**given: object) -> Assessment:
    staff, choices = six(**given)  # type: ignore[arg-type]
    return assess_evidence(Evidence(main=staff), choices, when=WHEN)


@pytest.fixture(scope="module")
def riverbank() -> Assessment:
    return assess(examples()[MAIN], when=WHEN)


def of(tried: Tried, characteristic: str, group: str) -> object:
    return next(
        (one.before.selected, one.after.selected)
        for one in tried.groups
        if (one.characteristic, one.group.label) == (characteristic, group)
    )


def test_the_pool_of_six_without_attendance_selects_one_disabled_person_and_not_two() -> None:
    tried = assessed().scenario(without=["Attendance"])
    assert (tried.others, tried.selected_before, tried.selected) == (1, 2, 2)
    assert of(tried, "disability", "Disabled") == (2, 1)
    assert of(tried, "disability", "Not disabled") == (0, 1)
    disabled = tried.groups[0]
    assert (disabled.before.expected, disabled.after.expected) == pytest.approx((2 / 3, 2 / 3))
    assert disabled.after.gap == pytest.approx(1 / 3)


@pytest.mark.slow
def test_the_stated_rule_finds_after_it_what_the_assessment_found(riverbank: Assessment) -> None:
    tried = riverbank.scenario("as stated", reason="to see that nothing changes")
    assert tried.others == 0
    for one in tried.groups:
        found = riverbank.finding("selection", one.characteristic, one.group.label)
        assert one.before == one.after
        assert (one.before.level, one.before.direction) == (found.level, found.direction)
        assert one.before.gap == pytest.approx(found.split.selection, abs=1e-9)
        assert one.before.overall == pytest.approx(found.split.overall, abs=1e-9)


def test_without_attendance_the_gap_planted_for_disabled_people_is_gone_and_none_opens(riverbank: Assessment) -> None:
    tried = riverbank.scenario(without=["Attendance"])
    assert of(tried, "disability", "Disabled") == (80, 43)
    effects = {(one.characteristic, one.group.label): one.effect for one in tried.groups}
    assert effects["disability", "Disabled"] == "gone"
    assert "opened" not in effects.values()
    assert tried.others == 80


def test_the_other_criteria_leave_that_gap_where_it_is(riverbank: Assessment) -> None:
    for name in ("Skills and knowledge", "Flexibility", "Conduct"):
        tried = riverbank.scenario(without=[name])
        disabled = next(one for one in tried.groups if one.group.label == "Disabled")
        assert disabled.after.level == "found", name


def test_the_range_over_ties_holds_every_way_to_decide_them() -> None:
    tied = {**MARKS, "C": MARKS["D"]}  # C and D equal: one of them goes
    tried = assessed(marks=tied, selected="AC").scenario(weights={"Attendance": 15})
    disabled = next(one for one in tried.groups if one.group.label == "Disabled")
    assert (tried.tied, disabled.least, disabled.most) == (0, 1, 1)  # nothing changes hands in a pool of the same order
    tried = assessed(marks=tied, selected="AC").scenario(without=["Conduct"], least={"Attendance": 3})
    disabled = next(one for one in tried.groups if one.group.label == "Disabled")
    assert disabled.least <= disabled.after.selected <= disabled.most


def test_counts_hold_together_in_every_characteristic(riverbank: Assessment) -> None:
    tried = riverbank.scenario(without=["Attendance"])
    by = {}
    for one in tried.groups:
        by.setdefault(one.characteristic, []).append(one)
    sex = by["sex"]  # known of everybody
    assert sum(one.after.selected for one in sex) == tried.selected == 325
    assert sum(one.after.gap for one in sex) == pytest.approx(0, abs=1e-9)


def test_other_pools_are_judged_by_draws_of_their_own(riverbank: Assessment) -> None:
    tried = riverbank.scenario(to_go={"Cleaner (School Cleaning)": 5})
    assert tried.selected == 325 - 23
    assert tried.pools_changed == 1


@pytest.mark.slow
def test_a_record_holds_what_changes_would_do_and_nobody(riverbank: Assessment) -> None:
    record = to_json(riverbank)
    again = from_json(record)
    assert again.changes == riverbank.changes
    assert again.baseline is None
    assert to_json(again) == record
    with pytest.raises(EiaError, match="from a record"):
        again.scenario(without=["Attendance"])
    assert "baseline" not in json.loads(record)


def test_counts_alone_cannot_be_tried() -> None:
    counted = assess(b"characteristic,group,in scope,selected\nsex,Female,10,5\nsex,Male,10,2\n")
    with pytest.raises(EiaError, match="counts alone"):
        counted.scenario(without=["Attendance"])


def test_a_scenario_of_the_case_is_tried_by_its_name_and_one_that_cannot_be_is_said() -> None:
    choices = case(scenarios={"No attendance": {"without": ("Attendance",)}, "No luck": {"without": ("Luck",)}})
    made = assessed(choices=choices)
    assert made.changes is not None
    assert [one.name for one in made.changes.tried] == ["No attendance"]
    assert [(one.name, "Luck" in one.what) for one in made.changes.refused] == [("No luck", True)]
    assert made.scenario("No attendance") == made.changes.tried[0]
    with pytest.raises(EiaError, match="no scenario"):
        made.scenario("Another")


def test_nothing_tried_shows_or_holds_a_person(riverbank: Assessment) -> None:
    tried = riverbank.scenario(without=["Attendance"])
    held = [getattr(tried, name) for name in Tried.__dataclass_fields__]
    assert not any(isinstance(each, np.ndarray) for each in held)
    assert repr(riverbank.baseline).startswith("<eia.findings.scenarios.baseline.Baseline object")


def test_no_key_of_a_scenario_takes_a_characteristic() -> None:
    assert not {"sex", "disability", "characteristic", "group", "people", "names"} & set(Scenario.model_fields)
