"""Every criterion left out in turn: the same counts as trying it, side by side, in the order of the scores."""

from __future__ import annotations

import pytest
from pool_of_six import six

from eia.findings.assess import assess_evidence
from eia.intake.evidence import Evidence


def test_the_table_says_what_trying_each_says() -> None:
    staff, choices = six()
    made = assess_evidence(Evidence(main=staff), choices)
    assert made.changes is not None
    assert [(one.criterion, one.weight) for one in made.changes.without_one] == [
        ("Skills", 40), ("Attendance", 30), ("Flexibility", 20), ("Conduct", 10),
    ]  # fmt: skip
    for one in made.changes.without_one:
        tried = made.scenario(without=[one.criterion])
        assert one.others == tried.others
        for change, group in zip(one.groups, tried.groups, strict=True):
            assert change.selected == (group.before.selected, group.after.selected)
            assert change.gap == pytest.approx((group.before.gap, group.after.gap), abs=1e-9)


def test_one_criterion_alone_cannot_be_left_out() -> None:
    staff, choices = six({who: (mark,) for who, mark in zip("ABCDEF", range(6), strict=True)}, weights={"Skills": 1}, selected="AB")  # fmt: skip
    made = assess_evidence(Evidence(main=staff), choices)
    assert made.changes is not None
    assert made.changes.without_one == ()
