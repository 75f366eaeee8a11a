"""Each step compares those who went with those still there when it began, told again here from the words of the file."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from made import QUICK, Person, staff, workforces

from eia.counts.subsequent_steps import ACCEPTED, SubsequentStep, subsequent_steps
from eia.intake.evidence import read_workforce

STILL_THERE = {
    "slotted in": {"retained", "slotted in", "volunteer accepted", "selected", "redeployed", "dismissed"},
    "volunteer accepted": {"retained", "volunteer accepted", "selected", "redeployed", "dismissed"},
    "redeployed": {"selected", "redeployed", "dismissed"},
    "dismissed": {"selected", "dismissed"},
}


def steps_of(people: list[Person]) -> tuple[pd.DataFrame, dict[str, SubsequentStep]]:
    frame = read_workforce(staff(people), QUICK, name="staff.csv").frame
    return frame, {step.name: step for step in subsequent_steps(frame, QUICK.stages)}


@settings(deadline=None, max_examples=40)
@given(workforces())
def test_those_there_are_those_whom_no_earlier_stage_took(people: list[Person]) -> None:
    _, found = steps_of(people)
    assert "selected" not in found
    for name, there in STILL_THERE.items():
        went = [person["outcome"] == name for person in people]
        assert (name in found) == any(went)
        if name in found:
            assert found[name].went.tolist() == went
            assert found[name].there.tolist() == [bool(p["pool"]) and p["outcome"] in there for p in people]


@settings(deadline=None, max_examples=40)
@given(workforces(), st.lists(st.sampled_from(["yes", "no", "refused"]), min_size=40, max_size=40))
def test_those_who_applied_were_accepted_or_refused(people: list[Person], answers: list[str]) -> None:
    told = [
        {**person, "volunteered": "yes" if person["outcome"] == "volunteer accepted" else answer}
        for person, answer in zip(people, answers, strict=False)
    ]
    _, found = steps_of(told)
    if not any(person["outcome"] == "volunteer accepted" for person in told):
        assert ACCEPTED not in found
        return
    step = found[ACCEPTED]
    assert step.there.tolist() == [
        bool(p["pool"]) and p["volunteered"] != "no" and p["outcome"] != "slotted in" for p in told
    ]
    assert step.went.tolist() == [p["outcome"] == "volunteer accepted" for p in told]


@settings(deadline=None, max_examples=20)
@given(workforces())
def test_counts_of_a_step_are_its_people(people: list[Person]) -> None:
    frame, found = steps_of(people)
    sex, at = frame["sex"].cat.codes, frame["pool"].cat.codes
    pools, groups = int(at.max()) + 1, int(sex.max()) + 1
    for step in found.values():
        counted = step.counted(frame, "sex", groups=groups, pools=pools)
        assert counted.went is not None
        for group in range(groups):
            for pool in range(pools):
                here = (sex == group) & (at == pool)
                assert counted.there[group, pool] == np.sum(here & step.there)
                assert counted.went[group, pool] == np.sum(here & step.went)


def test_before_anybody_is_chosen_there_is_no_step() -> None:
    assert steps_of([{"sex": "Female", "pool": "A", "outcome": ""}])[1] == {}
