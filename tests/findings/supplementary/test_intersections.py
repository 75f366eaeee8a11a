"""Overlaps of groups: those of enough people are searched, and one is shown only where it goes further than each of its groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import by_hand
import pytest
from made import assessed, case, staff

from eia.case import Case
from eia.findings.supplementary.intersections import FEWEST, Intersection, Intersections

QUICK = case(analysis={"draws": 999})
KINDS = ("sex", "disability", "religion")
RELIGIONS = ("Christian", "Muslim", "No religion")

Row = Mapping[str, str]


def council(goes: Callable[[str, str, int], bool], *, each: int = 6, pools: str = "ABCD") -> list[Row]:
    """Pools in each of which every pair of sex and disability has so many people; religions in turn, some unknown."""
    return [
        {"reference": f"{pool}{sex}{disabled}{n}", "sex": sex, "disability": disabled,
         "religion": ("Christian", "Muslim", "No religion", "")[n % 4], "pool": pool,
         "outcome": "selected" if goes(sex, disabled, n) else "retained"}
        for pool in pools for sex in ("Female", "Male") for disabled in ("Disabled", "Not disabled") for n in range(each)
    ]  # fmt: skip


def searched(rows: Sequence[Row], choices: Case = QUICK) -> Intersections:
    found = assessed(staff(rows), choices).further.intersections
    assert found is not None
    return found


def tables(
    rows: Sequence[Row], parts: Mapping[str, str], strata: Callable[[Row], object] = lambda row: row["pool"]
) -> list[by_hand.Pool]:
    """The table of an overlap in every stratum that can tell anything, among those who answered all of it."""
    known = [row for row in rows if all(row[key] for key in parts)]
    cells: dict[object, Counter[str]] = {}
    for row in known:
        inside, gone = all(row[key] == group for key, group in parts.items()), row["outcome"] == "selected"
        cells.setdefault(strata(row), Counter()).update({"x": inside and gone, "g": inside, "m": gone, "n": 1})
    pools = [(cell["x"], cell["g"], cell["m"], cell["n"]) for cell in cells.values()]
    return [pool for pool in pools if 0 < pool[1] < pool[3] and 0 < pool[2] < pool[3]]


def disabled_women_go(sex: str, disabled: str, n: int) -> bool:
    return (sex, disabled) == ("Female", "Disabled") or n == 0


def above(pools: Sequence[by_hand.Pool]) -> float:
    """People selected above expectation."""
    return sum(pool[0] for pool in pools) - float(by_hand.expected(pools))


def parts_of(overlap: Intersection) -> dict[str, str]:
    return {key: group.label for key, group in overlap.parts}


def test_disabled_women_are_shown_with_the_figures_of_their_tables() -> None:
    rows = council(disabled_women_go)
    shown = {frozenset(parts_of(overlap).items()): overlap for overlap in searched(rows).reported}
    women = shown[frozenset({("sex", "Female"), ("disability", "Disabled")})]
    pools = tables(rows, parts_of(women))
    assert (women.test.observed, women.test.group_people) == (24, 24)
    assert women.test.expected == pytest.approx(float(by_hand.expected(pools)))
    assert women.test.midp == pytest.approx(float(by_hand.midp(pools)))
    assert women.adjusted_p <= 0.05
    for key, within in zip(parts_of(women), women.within, strict=True):
        finer = tables(rows, parts_of(women), lambda row, key=key: (row["pool"], row[key]))
        assert within == pytest.approx(float(by_hand.midp(finer)))


def test_where_all_disabled_people_go_no_overlap_goes_further_and_none_is_shown() -> None:
    found = searched(council(lambda _, disabled, n: disabled == "Disabled" or n == 0))
    assert found.searched > 0
    assert found.reported == ()


def test_an_overlap_that_turns_the_other_way_within_a_group_of_its_own_is_not_shown() -> None:
    """Women go, and disabled women less often than other women: that they go more often than all others says nothing of overlaps."""
    share = {
        ("Female", "Disabled"): 7,
        ("Female", "Not disabled"): 10,
        ("Male", "Disabled"): 1,
        ("Male", "Not disabled"): 1,
    }
    rows = council(lambda sex, disabled, n: n % 10 < share[sex, disabled], each=20)
    women = {"sex": "Female", "disability": "Disabled"}
    alone = tables(rows, women)
    among_women = tables(rows, women, lambda row: (row["pool"], row["sex"]))
    assert above(alone) > 0 > above(among_women)
    assert by_hand.midp(among_women) < 0.001
    assert women not in [parts_of(overlap) for overlap in searched(rows).reported]
    others = {"sex": "Female", "disability": "Not disabled"}  # these go further than each of their groups does
    assert others in [parts_of(overlap) for overlap in searched(rows).reported]


def test_every_overlap_of_ten_people_in_pools_that_can_tell_is_searched_and_no_other() -> None:
    rows = council(lambda sex, _, n: n < 2 + (sex == "Male"), each=5, pools="AB") + council(
        lambda *_: True, each=3, pools="C"
    )
    answers = {key: sorted({row[key] for row in rows} - {""}) for key in KINDS}
    enough = 0
    for place, first in enumerate(KINDS):
        for second in KINDS[place + 1 :]:
            for one in answers[first]:
                for other in answers[second]:
                    people = sum(pool[1] for pool in tables(rows, {first: one, second: other}))
                    enough += people >= FEWEST
    assert searched(rows).searched == enough > 0


def test_nothing_is_searched_where_overlaps_are_small() -> None:
    found = searched(council(lambda _sex, _disabled, n: n == 0, each=2, pools="A"))
    assert (found.searched, found.reported, found.draws) == (0, (), 0)


def test_three_at_a_time_are_searched_where_the_case_names_them() -> None:
    rows = council(disabled_women_go, each=12)
    three = case(analysis={"draws": 999, "overlaps_of_three": (("sex", "disability", "religion"),)})
    more = sum(
        sum(pool[1] for pool in tables(rows, {"sex": sex, "disability": disabled, "religion": religion})) >= FEWEST
        for sex in ("Female", "Male")
        for disabled in ("Disabled", "Not disabled")
        for religion in RELIGIONS
    )
    assert searched(rows, three).searched == searched(rows).searched + more
    assert more > 0
