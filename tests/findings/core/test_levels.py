"""Every evidence level is reached by a case made for it, for the reason that holds; the family counts what was compared."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from made import QUICK, Person, assessed, assessed_counts, case, counts_of, one, pools, staff, table, workforces

from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.stats.multiplicity import holm


def test_a_disparity_is_found_against_the_group_that_goes_and_for_the_other() -> None:
    found = assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20)))
    women, men = one(found, "selection", "Female"), one(found, "selection", "Male")
    assert (women.level, women.direction, women.reasons) == ("found", "against", ())
    assert (men.level, men.direction, men.reasons) == ("found", "for", ())
    assert women.test is not None
    assert women.test.odds_ratio.midp_interval.low > 1
    assert women.adjusted_p <= 0.05


def test_what_is_clear_among_the_groups_of_its_characteristic_and_not_among_all_stands_out() -> None:
    rows = []
    for place, religion in enumerate(("Christian", "Muslim", "Hindu")):
        gone = 7 if place == 0 else 2
        rows += [
            [religion, "FM"[i % 2], "NY"[i % 3 == 0], "A", "selected" if i < gone else "retained"] for i in range(9)
        ]
    names = ["religion", "sex", "disability", "pool", "outcome"]
    finding = one(assessed(table(rows, names)), "selection", "Christian", "religion")
    assert finding.test is not None
    assert finding.own_p <= 0.05 < finding.adjusted_p
    assert (finding.level, finding.direction) == ("stands_out", "against")
    assert 0.05 < finding.standing_out < 0.3


def test_one_group_of_many_of_its_characteristic_that_is_unusual_alone_neither_stands_out_nor_is_no_gap() -> None:
    religions = ("Christian", "Muslim", "Hindu", "Sikh", "Jewish", "Buddhist", "No religion", "Jedi")
    rows = []
    for place, religion in enumerate(religions):
        gone = 6 if place == 0 else 2
        rows += [[religion, "A", "selected" if i < gone else "retained"] for i in range(8)]
    finding = one(assessed(table(rows, ["religion", "pool", "outcome"])), "selection", "Christian", "religion")
    assert finding.test is not None
    assert finding.test.midp <= 0.05 < finding.own_p
    assert finding.level == "cannot_say"
    assert "small p" in finding.reasons


def test_a_wide_interval_cannot_tell() -> None:
    finding = one(assessed(pools(A=(2, 5, 1, 5))), "selection", "Female")
    assert (finding.level, finding.direction, finding.reasons) == ("cannot_say", None, ("interval too wide",))


def test_pools_that_differ_cannot_tell() -> None:
    finding = one(assessed(pools(A=(300, 500, 200, 500), B=(200, 500, 300, 500))), "selection", "Female")
    assert (finding.level, finding.reasons) == ("cannot_say", ("pools differ",))


def test_an_interval_inside_what_would_matter_is_not_found() -> None:
    finding = one(assessed(pools(A=(100, 500, 100, 500))), "selection", "Female")
    assert (finding.level, finding.direction, finding.reasons) == ("not_found", None, ())


def test_what_matters_is_the_choice_of_the_case() -> None:
    data = pools(A=(100, 500, 100, 500))
    narrow = assessed(data, case(analysis={"matters": 1.2}))
    assert one(narrow, "selection", "Female").reasons == ("interval too wide",)


def test_what_counts_as_found_is_the_choice_of_the_case() -> None:
    data = pools(A=(9, 20, 2, 20))
    assert one(assessed(data), "selection", "Female").level == "found"
    strict = assessed(data, case(analysis={"level": 0.99, "alpha": 0.01}))
    assert one(strict, "selection", "Female").level != "found"


@pytest.mark.parametrize(
    ("pool_counts", "women", "men"),
    [
        ({"A": (4, 4, 4, 4)}, "everyone goes", "everyone goes"),
        ({"A": (0, 4, 0, 4)}, "nobody goes", "nobody goes"),
        ({"A": (2, 4, 0, 0)}, "nobody to compare", None),
        ({"A": (4, 4, 4, 4), "B": (0, 4, 0, 4)}, "nobody to compare", "nobody to compare"),
        ({"A": (0, 4, 0, 4), "B": (0, 0, 3, 3)}, "nobody goes", "nobody to compare"),
        ({"A": (4, 4, 4, 4), "B": (0, 0, 0, 3)}, "everyone goes", "nobody to compare"),
        ({"A": (4, 4, 4, 4), "B": (0, 0, 1, 3)}, "everyone goes", "nobody to compare"),
        ({"A": (0, 4, 0, 4), "B": (0, 0, 1, 3)}, "nobody goes", "nobody to compare"),
        ({"A": (1, 4, 0, 0), "B": (0, 0, 1, 3)}, "nobody to compare", "nobody to compare"),
    ],
)
def test_why_selection_is_not_tested_is_what_happened_in_the_pools_of_the_group(
    pool_counts: dict[str, tuple[int, int, int, int]], women: str, men: str | None
) -> None:
    found = assessed(pools(**pool_counts))
    for group, reason in (("Female", women), ("Male", men)):
        if reason is not None:
            finding = one(found, "selection", group)
            assert (finding.level, finding.direction, finding.reasons) == ("not_tested", None, (reason,))
            assert math.isnan(finding.adjusted_p)


def test_before_anybody_is_chosen_selection_says_so_and_where_everyone_is_to_go_that() -> None:
    data = pools(chosen=False, A=(0, 5, 0, 5), B=(0, 0, 0, 5))
    closed = assessed(data, case(pools={"A": {"to_go": 10}, "B": {"to_go": 5}}))
    assert {finding.reasons for finding in closed.findings if finding.question == "selection"} == {("everyone goes",)}
    some = assessed(data, case(pools={"A": {"to_go": 10}, "B": {"to_go": 1}}))
    assert one(some, "selection", "Male").reasons == ("nobody chosen yet",)
    assert one(assessed(data), "spread", "Female").reasons == ("number to go not known",)


def test_numbers_to_go_for_some_pools_only_are_a_fault_while_nobody_is_chosen() -> None:
    choices = case(pools={"A": {"to_go": 1}})
    with pytest.raises(EiaError) as caught:
        assessed(pools(chosen=False, A=(0, 5, 0, 5), B=(0, 5, 0, 5)), choices)
    assert [fault.code for fault in caught.value.faults] == ["to-go-missing"]
    assert assessed(pools(A=(1, 5, 1, 5), B=(0, 5, 0, 5)), choices).findings


def test_with_only_people_in_pools_scope_is_not_tested_and_spread_is() -> None:
    found = assessed(pools(A=(1, 6, 1, 4), B=(2, 3, 2, 7)))
    assert one(found, "scope", "Female").reasons == ("no rest of the workforce",)
    assert one(found, "scope", "Female").drawn_one_by_one is None
    assert one(found, "spread", "Female").permuted is not None


def test_with_one_pool_nothing_is_shared_out() -> None:
    assert one(assessed(pools(A=(1, 5, 1, 5), none=(0, 3, 0, 3))), "spread", "Female").reasons == ("one pool",)


def test_nobody_of_known_answer_in_a_pool_is_said() -> None:
    found = assessed(b"sex,disability,pool,outcome\nF,,A,selected\nM,,A,retained\nF,yes,,\nM,no,,\n")
    assert one(found, "scope", "Disabled", "disability").reasons == ("nobody in a pool",)


def test_a_characteristic_that_the_whole_workforce_lacks_is_said() -> None:
    pooled = b"characteristic,group,pool,people,selected\nsex,F,A,5,2\nsex,M,A,5,2\ngrade,1,A,5,2\ngrade,2,A,5,2\n"
    found = assessed_counts(pooled, whole=b"characteristic,group,share\nsex,Male,0.6\nsex,Female,0.4\n")
    assert one(found, "scope", "1", "grade").reasons == ("whole workforce not given",)
    assert one(found, "scope", "Female").reasons == ("needs people",)


def test_only_the_questions_asked_are_answered() -> None:
    for question in ("scope", "spread", "selection"):
        found = assessed(pools(A=(1, 5, 1, 5), B=(2, 5, 0, 5)), case(analysis={"questions": (question,)}))
        assert {finding.question for finding in found.findings} == {question}


# ------------------------------------------------------------------------------------------------------------ families


def family(assessment: Assessment) -> list[Finding]:
    return [finding for finding in assessment.findings if finding.question == "selection"]


def test_a_two_valued_characteristic_counts_once_and_its_partner_has_the_same_p() -> None:
    women, men = family(assessed(pools(A=(6, 10, 2, 10))))
    assert (women.mirrored, men.mirrored) == (False, True)
    assert women.family == men.family == 1
    assert women.adjusted_p == men.adjusted_p


def test_alone_in_its_family_a_comparison_of_people_has_the_exact_p_of_its_midp_within_the_error_of_drawing() -> None:
    women = one(assessed(pools(A=(6, 10, 2, 10))), "selection", "Female")
    as_far = sum(math.comb(10, x) * math.comb(10, 8 - x) for x in range(9) if abs(x - 4) >= 2) / math.comb(20, 8)
    assert women.adjusted_p == pytest.approx(as_far, abs=5 * math.sqrt(as_far * (1 - as_far) / 10_000))


def test_alone_in_its_family_a_comparison_of_counts_has_its_midp() -> None:
    counts = b"characteristic,group,pool,people,selected\nsex,Female,A,10,6\nsex,Male,A,10,2\n"
    women = one(assessed_counts(counts), "selection", "Female")
    assert women.test is not None
    assert women.adjusted_p == women.test.midp


def test_what_cannot_be_tested_does_not_count() -> None:
    rows = [
        ["F", "Yes", "A", "selected"],
        ["M", "Yes", "A", "retained"],
        ["F", "Yes", "A", "retained"],
        ["M", "Yes", "A", "selected"],
    ]
    findings = family(assessed(table(rows, ["sex", "disability", "pool", "outcome"])))
    assert {finding.family for finding in findings if finding.characteristic.key == "sex"} == {1}
    assert [finding.level for finding in findings if finding.characteristic.key == "disability"] == ["not_tested"]


def check_family(findings: list[Finding]) -> list[Finding]:
    """That every comparison counts once, and that what mirrors another has its p. Gives those that count."""
    tested = [finding for finding in findings if finding.tested]
    once = [finding for finding in tested if not finding.mirrored]
    assert {finding.family for finding in tested} <= {len(once)}
    for finding in tested:
        if finding.mirrored:
            partner, second = (
                f for f in tested if f.characteristic == finding.characteristic and f.group.kind == "answer"
            )
            assert finding is second
            assert finding.tested.midp == pytest.approx(partner.tested.midp, abs=1e-9)
            assert finding.adjusted_p == partner.adjusted_p
    return once


@settings(deadline=None, max_examples=15)
@given(workforces(least=4, most=40))
def test_of_people_every_comparison_counts_once_and_adjusting_keeps_their_order(
    people: list[Person],
) -> None:
    once = check_family(family(assessed(staff(people), QUICK)))
    assert all(1 / 1000 <= finding.adjusted_p <= 1 for finding in once)
    for more, less in itertools.permutations(once, 2):
        if more.tested.midp / weight(more) < less.tested.midp / weight(less) * (1 - 1e-6):
            assert more.adjusted_p <= less.adjusted_p


def weight(finding: Finding) -> float:
    """Ten for the core of the family, written down again here; one for every other group."""
    core = {
        "sex",
        "disability",
        "race_group",
        "working_pattern",
        "contract",
        "contract_short",
        "pregnancy_maternity",
        "family_leave",
    }
    return 10.0 if finding.characteristic.key in core and finding.group.kind == "answer" else 1.0


@settings(deadline=None, max_examples=15)
@given(workforces(least=4, most=40, outcomes=("retained", "selected")))
def test_of_counts_adjusted_p_is_holm_over_every_comparison_made_once(people: list[Person]) -> None:
    once = check_family(family(assessed_counts(counts_of(people))))
    expected = holm([finding.tested.midp for finding in once], [weight(finding) for finding in once])
    assert [finding.adjusted_p for finding in once] == pytest.approx(expected.tolist(), abs=1e-12)


@settings(deadline=None, max_examples=15)
@given(workforces(least=4, most=40))
def test_the_first_level_that_holds_is_given(people: list[Person]) -> None:
    for finding in family(assessed(staff(people), QUICK)):
        test = finding.test
        assert test is not None
        limits = test.odds_ratio.midp_interval
        if not test.informative_pools:
            expected = "not_tested"
        elif finding.adjusted_p <= 0.05 and not limits.low <= 1 <= limits.high:
            expected = "found"
        elif finding.own_p <= 0.05:
            expected = "stands_out"
        else:
            assert finding.equivalence is not None
            narrower = finding.equivalence
            wide = narrower.low < 0.5 or narrower.high > 2
            doubtful = wide or finding.pools_differ <= 0.05 or test.midp <= 0.05
            expected = "cannot_say" if doubtful else "not_found"
        assert finding.level == expected
        if finding.level in ("found", "stands_out"):
            assert finding.direction == ("against" if test.excess > 0 else "for")


def test_combined_and_detailed_answers_are_not_compared_twice_where_they_are_the_same() -> None:
    rows = [[group, "A", "selected" if i % 2 else "retained"] for group in ("White", "Black") for i in range(6)]
    keys = {finding.characteristic.key for finding in assessed(table(rows, ["ethnicity", "pool", "outcome"])).findings}
    assert keys == {"race_group"}


def many_pools(first: int, second: int, others: int) -> bytes:
    """Two pools of 20 women and 20 men of whom half go, with so many women; and others, of which a fifth go, women as often as men or nearly."""
    counts = {"First": (first, 20, 20 - first, 20), "Second": (second, 20, 20 - second, 20)}
    counts |= {f"Pool {n}": (1 + (1, 0, 1, 2, 1)[n % 5], 10, 3 - (1, 0, 1, 2, 1)[n % 5], 10) for n in range(others)}
    return pools(**counts)


@pytest.mark.parametrize("others", [0, 40, 80, 200])
def test_pools_that_cancel_one_another_never_come_out_as_not_found(others: int) -> None:
    women = one(assessed(many_pools(18, 2, others), QUICK), "selection", "Female")
    assert women.test is not None
    assert abs(women.test.excess) < 1
    assert women.level == "cannot_say"
    assert "pools differ" in women.reasons


def test_many_pools_that_agree_are_not_said_to_differ() -> None:
    women = one(assessed(many_pools(10, 10, 80), QUICK), "selection", "Female")
    assert (women.level, women.reasons) == ("not_found", ())
