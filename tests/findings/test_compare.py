"""Assessments side by side: by key, never by text, and a finding that one of them lacks is said to be lacking."""

from __future__ import annotations

from made import assessed, assessed_counts, pools

from eia.findings.compare import SideBySide, compare, each_once
from eia.findings.record import from_json, to_json

BEFORE = pools(A=(18, 20, 2, 20), none=(0, 30, 0, 30))
AFTER = pools(A=(10, 20, 10, 20), none=(0, 30, 0, 30))


def women(found: tuple[SideBySide, ...]) -> SideBySide:
    return next(one for one in found if one.question == "selection" and one.group.label == "Female")


def test_the_same_assessment_differs_in_nothing() -> None:
    one = assessed(BEFORE)
    found = compare([one, from_json(to_json(one))])
    assert found
    assert not any(each.level_changed or each.moved for each in found)


def test_a_gap_that_goes_changes_its_level_and_moves_by_its_people() -> None:
    one = women(compare([assessed(BEFORE), assessed(AFTER)]))
    assert [state.level if state else None for state in one.states] == ["found", "cannot_say"]
    assert [state.gap if state else None for state in one.states] == [8.0, 0.0]
    assert (one.stands_out, one.level_changed, one.moved) == (True, True, 8.0)


def test_more_than_two_stand_side_by_side_and_the_ends_are_compared() -> None:
    one = women(compare([assessed(BEFORE), assessed(AFTER), assessed(BEFORE)]))
    assert len(one.states) == 3
    assert (one.level_changed, one.moved) == (False, 0.0)


def test_what_one_of_them_does_not_have_is_none() -> None:
    other = assessed_counts(
        b"characteristic,group,pool,in scope,selected\ndisability,Disabled,A,10,5\ndisability,Not disabled,A,10,2\n"
    )
    found = compare([assessed(BEFORE), other])
    assert women(found).states[1] is None
    assert women(found).moved == 0.0
    assert {one.characteristic.key for one in found} >= {"sex", "disability"}


def test_of_two_sides_of_one_gap_the_side_that_it_falls_on_in_any_version_is_kept() -> None:
    turned_a_little = pools(A=(9, 20, 11, 20), none=(0, 30, 0, 30))
    for versions in ([BEFORE, AFTER], [AFTER, BEFORE], [BEFORE, turned_a_little], [turned_a_little, BEFORE]):
        found = each_once(compare([assessed(data) for data in versions]))
        assert [one.group.label for one in found if one.question == "selection" and one.characteristic.key == "sex"] == ["Female"]  # fmt: skip
    turned = pools(A=(2, 20, 18, 20), none=(0, 30, 0, 30))
    found = each_once(compare([assessed(BEFORE), assessed(turned)]))
    assert [one.group.label for one in found if one.question == "selection" and one.characteristic.key == "sex"] == ["Male"]  # fmt: skip


def test_groups_that_do_not_mirror_each_other_are_all_kept() -> None:
    rows = b"religion,pool,selected\n" + b"Sikh,A,yes\nMuslim,A,no\nHindu,A,yes\nHindu,A,no\n" * 12
    found = compare([assessed(rows), assessed(rows)])
    assert each_once(found) == found
