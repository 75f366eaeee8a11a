"""On how much of the weighting a clear gap rests: as many weightings as tried one by one would give, and shares only."""

from __future__ import annotations

import pytest

from eia import assess
from eia.case import Scenario
from eia.findings.scenarios.tried import try_scenario
from eia.intake.examples import MAIN, examples
from eia.scenarios.weightings import affordable, drawn_weights, looked_at


@pytest.mark.slow
def test_a_gap_stays_under_the_weightings_under_which_trying_each_finds_it() -> None:
    made = assess(examples()[MAIN], analysis={"draws": 1999})
    baseline, changes = made.baseline, made.changes
    assert baseline is not None
    assert changes is not None
    (disabled,) = changes.robustness
    assert (disabled.group.label, disabled.weightings) == ("Disabled", 2000)
    assert disabled.least <= disabled.median <= disabled.most
    rule = baseline.rule
    weights = drawn_weights(len(rule.criteria), affordable(len(looked_at(rule))), made.case.analysis.seed)
    stays = 0
    for row in weights[:8].tolist():
        change = Scenario(weights=dict(zip(rule.criteria, row, strict=True)))
        one = next(each for each in try_scenario(baseline, "", change).groups if each.group.label == "Disabled")
        assert disabled.least <= one.after.gap + 1e-9
        assert one.after.gap <= disabled.most + 1e-9
        stays += one.after.level == "found" and one.after.direction == "against"
    assert abs(stays / 8 - disabled.stays / 2000) < 0.5  # the eight are the first of the two thousand


def test_no_clear_gap_leaves_nothing_to_look_at() -> None:
    rows = "ref,sex,disability,pool,outcome\n" + "".join(f"{n},F,{'yes' if n % 2 else 'no'},P,{'selected' if n < 4 else 'retained'}\n" for n in range(8))  # fmt: skip
    scores = "ref,Skills (weight 2),Attendance (weight 1)\n" + "".join(f"{n},{n},{n % 3}\n" for n in range(8))
    made = assess(rows.encode(), scores=scores.encode())
    assert made.changes is not None
    assert made.changes.robustness == ()
