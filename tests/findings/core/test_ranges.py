"""Counts that are ranges: a level only where every table that fits gives it, and never the lower end for the count."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import QUICK, assessed_counts, case, counted

from eia.counts.from_count_table import from_count_table
from eia.findings.assessment import Assessment
from eia.findings.core.comparison_bounds import comparison_bounds
from eia.findings.core.comparisons import Comparison, comparisons
from eia.findings.core.finding import Finding
from eia.findings.record import from_json, to_json
from eia.stats.bounds.ranges import Range
from eia.stats.exact.stratified_test import stratified_test

HEAD = "characteristic,group,pool,people,selected\n"


def in_ranges(assessment: Assessment) -> tuple[Finding, ...]:
    return tuple(finding for finding in assessment.findings if finding.in_ranges)


def ranged(assessment: Assessment, label: str, question: str = "selection") -> Finding:
    return next(one for one in in_ranges(assessment) if (one.group.label, one.question) == (label, question))


def test_what_every_table_that_fits_shows_is_found() -> None:
    assessment = assessed_counts(f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,<5\n".encode())
    women, men = ranged(assessment, "Female"), ranged(assessment, "Male")
    assert (women.level, women.direction) == ("found", "against")
    assert (men.level, men.direction, men.adjusted_p) == ("found", "for", women.adjusted_p)


def test_what_some_tables_show_and_others_do_not_cannot_be_told() -> None:
    women = ranged(assessed_counts(f"{HEAD}Sex,F,A,40,9\nSex,M,A,40,<10\n".encode()), "Female")
    assert women.level == "cannot_say"
    assert women.bounds is not None
    assert women.bounds.midp.low <= 0.05 < women.bounds.midp.high


def test_a_group_known_in_all_makes_the_bounds_narrower_than_its_cells_do() -> None:
    test = ranged(assessed_counts(f"{HEAD}Sex,F,A,60,<5\nSex,M,A,60,20\n".encode()), "Female").bounds
    assert test is not None
    assert (test.people.low, test.people.high) == (120, 120)


def test_ranges_and_exact_counts_are_one_family() -> None:
    exact = "".join(f"Grade,{grade},A,20,{gone}\n" for grade, gone in ((1, 9), (2, 6), (3, 5)))
    assessment = assessed_counts(f"{HEAD}Sex,F,A,30,16\nSex,M,A,30,<5\n{exact}".encode())
    tested = [finding for finding in assessment.findings if finding.question == "selection" and finding.tested]
    assert {finding.family for finding in tested} == {4}
    women = ranged(assessment, "Female")
    assert women.bounds is not None
    assert women.adjusted_p >= women.bounds.midp.high


def test_before_anybody_is_chosen_ranges_say_nothing_of_who_goes() -> None:
    assessment = assessed_counts(b"characteristic,group,pool,people\nSex,F,A,60\nSex,M,A,<5\n")
    assert {one.question for one in in_ranges(assessment)} == {"scope", "spread"}
    assert {one.split for one in in_ranges(assessment)} == {None}


def test_an_assessment_of_ranges_replays_from_its_record() -> None:
    assessment = assessed_counts(f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,<5\nSex,F,B,9,*\nSex,M,B,8,2\n".encode())
    again = from_json(to_json(assessment))
    assert repr(again.findings) == repr(assessment.findings)
    assert to_json(again) == to_json(assessment)


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 12), st.integers(1, 4))
def test_no_table_that_fits_lies_outside_the_bounds(women: int, men: int, gone: int, hidden: int) -> None:
    gone = min(gone, women)
    data = f"{HEAD}Sex,F,A,{women},{gone}\nSex,M,A,{men},<{hidden + 1}\n".encode()
    assessment = assessed_counts(data)
    test = ranged(assessment, "Female").bounds if in_ranges(assessment) else None
    if test is None:
        return
    for other in range(min(hidden, men) + 1):
        fits = stratified_test(group_selected=[gone], group_total=[women], selected=[gone + other], total=[women + men])
        assert test.excess.low - 1e-9 <= fits.excess <= test.excess.high + 1e-9
        assert fits.midp <= test.midp.high + 1e-9
        assert test.interval.low <= fits.odds_ratio.midp_interval.low * (1 + 1e-9)


# ---- which jobs are at risk, which pools lose most, what it adds up to ----------------------------------------------


WHOLE = f"{HEAD}Sex,F,A,40,*\nSex,M,A,20,<5\nSex,Total,A,60,22\nSex,F,B,10,0\nSex,M,B,30,<5\nSex,F,,30,\nSex,M,,70,\n"


def test_scope_is_stated_from_the_least_to_the_most_and_needs_people_for_chance() -> None:
    assessment = assessed_counts(WHOLE.replace("F,,30", "F,,<40").encode())
    women = ranged(assessment, "Female", "scope")
    assert women.people.group_in_scope == Range(low=50, high=50)
    assert women.people.group_workforce == Range(low=50, high=89)
    assert women.excess is not None
    assert (women.excess.low, women.excess.high) == pytest.approx((50 - 100 * 89 / 209, 50 - 100 * 50 / 170))
    assert (women.level, women.reasons) == ("not_tested", ("needs people",))


def test_in_a_table_of_people_in_pools_alone_scope_is_not_stated() -> None:
    women = ranged(assessed_counts(f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,<5\n".encode()), "Female", "scope")
    assert (women.excess, women.reasons) == (None, ("no rest of the workforce",))
    assert women.split is not None
    assert women.split.scope == Range(low=0.0, high=0.0)


def test_spread_of_few_pools_cannot_be_told_from_chance_whichever_table_is_true() -> None:
    women = ranged(assessed_counts(WHOLE.encode()), "Female", "spread")
    assert (women.level, women.reasons) == ("cannot_say", ("few blocks",))
    assert women.excess is not None
    assert women.excess.low > 0


def test_spread_of_many_pools_needs_exact_counts() -> None:
    rows = "".join(f"Sex,F,P{k},9,<5\nSex,M,P{k},9,{k % 4}\n" for k in range(20))
    women = ranged(assessed_counts(f"{HEAD}{rows}".encode()), "Female", "spread")
    assert (women.level, women.reasons) == ("not_tested", ("needs exact counts",))


def test_one_pool_shares_nothing_out() -> None:
    women = ranged(assessed_counts(f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,<5\n".encode()), "Female", "spread")
    assert (women.excess, women.reasons) == (None, ("one pool",))


def test_numbers_to_go_state_spread_before_anybody_is_chosen() -> None:
    choices = case(pools={"A": {"to_go": 10}, "B": {"to_go": 0}})
    data = b"characteristic,group,pool,people\nSex,F,A,40\nSex,M,A,20\nSex,F,B,<5\nSex,M,B,30\nSex,Unknown,A,*\nSex,Total,A,62\n"
    women = ranged(assessed_counts(data, choices), "Female", "spread")
    assert women.excess is not None
    gone = 10 * 60 / 62
    least, most = sorted(gone * (40 / 60 - (40 + few) / (90 + few)) for few in (0, 4))
    assert (women.excess.low, women.excess.high) == pytest.approx((least, most))
    assert (women.split and women.split.selection, women.split and women.split.overall) == (None, None)


def test_who_did_not_answer_is_compared_with_all_who_did() -> None:
    rows = "Sex,F,A,30,5\nSex,M,A,30,5\nSex,Not recorded,A,20,15 to 18\n"
    unknown = ranged(assessed_counts(f"{HEAD}{rows}".encode()), "Not recorded")
    assert (unknown.level, unknown.direction) == ("found", "against")
    assert unknown.people.there == Range(low=80, high=80)


def test_a_whole_workforce_of_its_own_is_compared_with_ranges() -> None:
    data = f"{HEAD}Sex,F,A,40,5\nSex,M,A,<5,<5\n".encode()
    for whole, share in (
        (b"characteristic,group,people\nSex,F,60\nSex,M,60\n", 0.5),
        (b"characteristic,group,share\nSex,F,0.5\nSex,M,0.5\n", 0.5),
    ):
        women = ranged(assessed_counts(data, whole=whole), "Female", "scope")
        assert women.excess is not None
        assert (women.excess.low, women.excess.high) == pytest.approx((40 - 44 * share, 40 - 40 * share))


def test_a_clear_gap_that_some_tables_make_one_that_only_stands_out_is_neither() -> None:
    religions = "".join(
        f"Religion,{name},A,20,{gone}\n" for name, gone in (("Christian", 6), ("Muslim", 7), ("Hindu", 5))
    )
    women = ranged(assessed_counts(f"{HEAD}Sex,F,A,30,14\nSex,M,A,30,<8\n{religions}".encode()), "Female")
    assert women.bounds is not None
    assert women.bounds.midp.low <= 0.05 < women.adjusted_p
    assert (women.level, women.reasons) == ("cannot_say", ("counts are ranges",))


def test_later_outcomes_count_as_selected_where_counts_are_ranges() -> None:
    data = b"characteristic,group,pool,people,selected,dismissed\nSex,F,A,30,<10,6\nSex,M,A,40,<5,<3\n"
    women = ranged(assessed_counts(data), "Female")
    assert women.people.selected == Range(low=6, high=13)
    assert women.people.group_selected == Range(low=6, high=9)


@st.composite
def withheld(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A table, and the same with its small counts withheld."""
    true, shown = [HEAD], [HEAD]
    pools = draw(st.integers(2, 3))
    for group in ("Christian", "Muslim", "No religion"):
        for pool in range(pools):
            people = draw(st.integers(1, 14))
            gone = draw(st.integers(0, people))
            true.append(f"religion,{group},P{pool},{people},{gone}\n")
            shown.append(f"religion,{group},P{pool},{people},{'<4' if gone < 4 else gone}\n")
        rest = draw(st.integers(1, 20))
        true.append(f"religion,{group},,{rest},\n")
        shown.append(f"religion,{group},,{'<4' if rest < 4 else rest},\n")
    return "".join(true).encode(), "".join(shown).encode()


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(withheld())
def test_the_true_findings_lie_inside_those_of_ranges(tables: tuple[bytes, bytes]) -> None:
    true, shown = (assessed_counts(table, QUICK) for table in tables)
    exact = {(one.question, one.group.label): one for one in true.findings}
    for one in in_ranges(shown):
        finding = exact[one.question, one.group.label]
        pairs = [(one.excess, finding.excess)] if one.question == "scope" else []
        for part in ("scope", "spread", "selection", "overall"):
            pairs.append((getattr(one.split, part), getattr(finding.split, part)))
        for ends, value in pairs:
            assert ends.low - 1e-9 <= value <= ends.high + 1e-9
        if one.level not in ("not_tested", "cannot_say"):
            assert (one.level, one.direction) == (finding.level, finding.direction)


def test_every_pair_of_ends_is_in_order() -> None:
    assessment = assessed_counts(f"{HEAD}Sex,F,A,60,40\nSex,M,A,60,<5\nSex,F,B,9,*\nSex,M,B,8,2\n".encode())
    test = ranged(assessment, "Female").bounds
    assert test is not None
    ends = [(r.low, r.high) for r in (test.excess, test.odds_ratio, test.midp, test.pvalue_greater, test.group_rate)]
    assert all(low <= high for low, high in itertools.chain(ends, [(test.interval.low, test.interval.high)]))


@settings(deadline=None, max_examples=25)
@given(withheld())
def test_an_exact_count_is_a_range_whose_ends_are_equal(tables: tuple[bytes, bytes]) -> None:
    cube = from_count_table(counted(tables[0]), QUICK)
    for exact, bounds in zip(comparisons(cube, QUICK), comparison_bounds(cube, "religion", QUICK, None), strict=True):
        assert isinstance(exact, Comparison)
        assert (exact.group_of, exact.chosen, exact.can_tell) == (bounds.group_of, bounds.chosen, bounds.can_tell)
        figures = [
            (getattr(bounds.people(), name), getattr(exact.people(), name))
            for name in (
                "group_workforce",
                "workforce",
                "group_in_scope",
                "there",
                "group_selected",
                "left_out",
                "scope_excess",
            )
        ]
        figures += [
            (getattr(bounds.split(), part), getattr(exact.split(), part))
            for part in ("scope", "spread", "selection", "overall")
        ]
        for ends, figure in figures:
            assert (ends.low, ends.high) == pytest.approx((figure, figure), abs=1e-9)
