"""Counts that are ranges: a level only where every table that fits gives it, and never the lower end for the count."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from made import assessed_counts

from eia.findings.assessment import Assessment
from eia.findings.ranged import RangedFinding
from eia.findings.record import from_json, to_json
from eia.stats.stratified import stratified_test

HEAD = "characteristic,group,pool,people,selected\n"


def ranged(assessment: Assessment, label: str) -> RangedFinding:
    return next(one for one in assessment.ranged if one.group.label == label)


def test_what_every_table_that_fits_shows_is_found() -> None:
    assessment = assessed_counts(f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,<5\n".encode())
    women, men = ranged(assessment, "Female"), ranged(assessment, "Male")
    assert (women.level, women.direction) == ("found", "against")
    assert (men.level, men.direction, men.adjusted_p) == ("found", "for", women.adjusted_p)


def test_what_some_tables_show_and_others_do_not_cannot_be_told() -> None:
    women = ranged(assessed_counts(f"{HEAD}Sex,F,A,40,9\nSex,M,A,40,<10\n".encode()), "Female")
    assert women.level == "cannot tell"
    assert women.test is not None
    assert women.test.midp.low <= 0.05 < women.test.midp.high


def test_a_group_known_in_all_makes_the_bounds_narrower_than_its_cells_do() -> None:
    test = ranged(assessed_counts(f"{HEAD}Sex,F,A,60,<5\nSex,M,A,60,20\n".encode()), "Female").test
    assert test is not None
    assert (test.people.low, test.people.high) == (120, 120)


def test_ranges_and_exact_counts_are_one_family() -> None:
    exact = "".join(f"Grade,{grade},A,20,{gone}\n" for grade, gone in ((1, 9), (2, 6), (3, 5)))
    assessment = assessed_counts(f"{HEAD}Sex,F,A,30,16\nSex,M,A,30,<5\n{exact}".encode())
    tested = [finding for finding in assessment.findings if finding.question == "selection" and finding.tested]
    assert {finding.family for finding in tested} == {4}
    women = ranged(assessment, "Female")
    assert women.test is not None
    assert women.adjusted_p >= women.test.midp.high


def test_before_anybody_is_chosen_ranges_say_nothing_of_who_goes() -> None:
    assert not assessed_counts(b"characteristic,group,pool,people\nSex,F,A,60\nSex,M,A,<5\n").ranged


def test_an_assessment_of_ranges_replays_from_its_record() -> None:
    assessment = assessed_counts(f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,<5\nSex,F,B,9,*\nSex,M,B,8,2\n".encode())
    again = from_json(to_json(assessment))
    assert repr(again.ranged) == repr(assessment.ranged)
    assert to_json(again) == to_json(assessment)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 12), st.integers(1, 4))
def test_no_table_that_fits_lies_outside_the_bounds(women: int, men: int, gone: int, hidden: int) -> None:
    gone = min(gone, women)
    data = f"{HEAD}Sex,F,A,{women},{gone}\nSex,M,A,{men},<{hidden + 1}\n".encode()
    assessment = assessed_counts(data)
    test = ranged(assessment, "Female").test if assessment.ranged else None
    if test is None:
        return
    for other in range(min(hidden, men) + 1):
        fits = stratified_test(group_selected=[gone], group_total=[women], selected=[gone + other], total=[women + men])
        assert test.excess.low - 1e-9 <= fits.excess <= test.excess.high + 1e-9
        assert fits.midp <= test.midp.high + 1e-9
        assert test.interval.low <= fits.odds_ratio.midp_interval.low * (1 + 1e-9)


def test_every_pair_of_ends_is_in_order() -> None:
    assessment = assessed_counts(f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,<5\nSex,F,B,9,*\nSex,M,B,8,2\n".encode())
    test = ranged(assessment, "Female").test
    assert test is not None
    ends = [(r.low, r.high) for r in (test.excess, test.odds_ratio, test.midp, test.pvalue_greater, test.group_rate)]
    assert all(low <= high for low, high in itertools.chain(ends, [(test.interval.low, test.interval.high)]))
