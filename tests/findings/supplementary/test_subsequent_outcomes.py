"""What came of it: each step is the exact test of its own people, a family of its own, and changes nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from made import QUICK, Person, assessed, assessed_counts, case, counts_of, staff, workforces, write

from eia.case import read_case
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.findings.record import from_json, to_json
from eia.findings.supplementary.subsequent_outcomes import AtStep, ByNumber, GroupAt, GroupNumber, SubsequentOutcomes
from eia.intake.evidence import read_evidence
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.multiplicity import holm
from eia.stats.permutation.logrank import LogrankTest
from eia.stats.permutation.trend import TrendTest

POOLS = ("Clerks", "Cleaners", "Cooks", "Drivers")


def redeployed(seed: int, *, women: float, men: float) -> list[Person]:
    """Forty people selected in each pool, of whom women and men are redeployed at these rates and lose 900 or 100 pounds a year."""
    rng = np.random.default_rng(seed)
    people = []
    for number in range(160):
        sex = "Female" if rng.random() < 0.5 else "Male"
        goes_on = rng.random() < (women if sex == "Female" else men)
        lost = str((900 if sex == "Female" else 100) + int(rng.integers(50))) if goes_on else ""
        people.append({"reference": f"P{number}", "sex": sex, "pool": POOLS[number % 4],
                       "outcome": "redeployed" if goes_on else "selected", "pay lost": lost})  # fmt: skip
        people.append({"reference": f"Q{number}", "sex": "Male" if number % 3 else "Female", "pool": POOLS[number % 4],
                       "outcome": "retained", "pay lost": ""})  # fmt: skip
    return people


def step(assessment: Assessment, name: str) -> AtStep:
    return next(one for one in assessment.further.subsequent_outcomes.steps if one.step == name)


def number(assessment: Assessment, measure: str) -> ByNumber:
    return next(one for one in assessment.further.subsequent_outcomes.numbers if one.measure == measure)


def group(one: AtStep, label: str) -> GroupAt:
    return next(each for each in one.groups if each.group.label == label)


def by_number(one: ByNumber, label: str) -> GroupNumber:
    return next(each for each in one.groups if each.group.label == label)


@pytest.mark.parametrize("seed", range(3))
def test_who_is_redeployed_is_tested_among_those_selected_inside_pools(seed: int) -> None:
    people = redeployed(seed, women=0.3, men=0.7)
    women = group(step(assessed(staff(people), QUICK), "redeployed"), "Female")

    def counted(*outcomes: str, sex: tuple[str, ...] = ("Female", "Male")) -> list[int]:
        return [
            sum(p["pool"] == pool and p["outcome"] in outcomes and p["sex"] in sex for p in people) for pool in POOLS
        ]

    test = stratified_test(
        group_selected=counted("redeployed", sex=("Female",)),
        group_total=counted("redeployed", "selected", sex=("Female",)),
        selected=counted("redeployed"),
        total=counted("redeployed", "selected"),
    )
    assert (women.test.observed, women.test.midp) == (test.observed, pytest.approx(test.midp))
    assert (women.went, women.there) == (sum(counted("redeployed", sex=("Female",))), test.group_people)
    assert (women.level, women.more) == ("found", False)


def test_what_is_even_at_selection_can_be_uneven_afterwards_and_does_not_change_it() -> None:
    people = redeployed(1, women=0.3, men=0.7)
    ours = assessed(staff(people), QUICK)
    plain = assessed(staff([{k: v for k, v in p.items() if k != "pay lost"} for p in people]), QUICK)
    assert ours.findings == plain.findings
    assert step(ours, "redeployed") == step(plain, "redeployed")


def test_pools_that_pull_in_opposite_directions_at_a_step_cannot_be_told_by_their_sum() -> None:
    moved = {("Clerks", "Female"): 45, ("Clerks", "Male"): 15, ("Cleaners", "Female"): 15, ("Cleaners", "Male"): 45}
    people = [
        {"reference": f"{pool}{sex}{n}", "sex": sex, "pool": pool,
         "outcome": "retained" if n >= 60 else "redeployed" if n < times else "selected"}
        for (pool, sex), times in moved.items() for n in range(80)
    ]  # fmt: skip
    women = group(step(assessed(staff(people), QUICK), "redeployed"), "Female")
    assert (women.test.observed, women.test.expected) == (60, pytest.approx(60))
    assert 0.5 < women.test.odds_ratio.midp_interval.low < women.test.odds_ratio.midp_interval.high < 2
    assert (women.level, women.more) == ("cannot_say", None)


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(workforces(least=10, most=40))
def test_each_step_is_a_family_of_its_own_with_each_comparison_once(people: list[Person]) -> None:
    for one in assessed(staff(people), QUICK).further.subsequent_outcomes.steps:
        once = [each for each in one.groups if not each.mirrored]
        assert len(once) == one.family
        adjusted = holm([each.test.midp for each in once])
        assert [each.adjusted_p for each in once] == pytest.approx(adjusted.tolist())
        for each in one.groups:
            assert each.test.informative_pools
            assert (each.level == "found") <= (each.adjusted_p <= 0.05)
            assert each.went <= each.there <= one.there


def test_pay_lost_is_compared_inside_pools_as_a_number() -> None:
    people = redeployed(2, women=0.5, men=0.5)
    lost = number(assessed(staff(people), QUICK), "pay lost")
    amounts = [float(p["pay lost"]) for p in people if p["pay lost"]]
    assert (lost.people, lost.total, lost.median) == (len(amounts), sum(amounts), float(np.median(amounts)))
    women = by_number(lost, "Female")
    assert isinstance(women.test, TrendTest)
    assert women.test.mean_selected == pytest.approx(
        np.mean([float(p["pay lost"]) for p in people if p["pay lost"] and p["sex"] == "Female"])
    )
    assert women.test.probability_higher == 1.0
    assert (women.level, women.more) == ("found", True)
    assert by_number(lost, "Male").mirrored


def test_pay_lost_differs_by_so_many_per_cent_inside_pools_allowing_for_what_the_file_has() -> None:
    rng = np.random.default_rng(5)
    rows = []
    for person in redeployed(5, women=0.5, men=0.5):
        service, hours = int(rng.integers(1, 30)), float(rng.choice([0.5, 1.0]))
        amount = (
            1000
            * 1.02**service
            * hours
            * (1.3 if person["sex"] == "Female" else 1)
            * (1 + POOLS.index(str(person["pool"])))
        )
        lost = f"{amount:.4f}" if person["pay lost"] else ""
        rows.append(person | {"service years": str(service), "fte": f"{hours:g}", "pay lost": lost})
    paid = number(assessed(staff(rows), QUICK), "pay lost")
    women = by_number(paid, "Female").contrast
    assert paid.allowing == paid.allowing_at("sex") == ("service", "hours")
    assert paid.allowing_at("working_pattern") == ("service",)
    assert women
    assert women.estimate == pytest.approx(30, abs=0.1)
    assert (women.clusters, women.reliable, women.left_out) == (4, False, 0)
    part_time = [each.contrast for each in paid.groups if each.characteristic == "working_pattern"]
    assert all(
        each and each.no_interval is None for each in part_time
    )  # not compared at the same hours, which would leave nothing


def test_who_loses_nothing_is_left_out_of_the_difference_and_counted() -> None:
    rows = redeployed(2, women=0.5, men=0.5)
    staying = [place for place, row in enumerate(rows) if row["pay lost"]][:7]
    changed = [row | {"pay lost": "0"} if place in staying else row for place, row in enumerate(rows)]
    women = by_number(number(assessed(staff(changed), QUICK), "pay lost"), "Female").contrast
    assert women
    assert women.left_out == 7


def waited(folder: Path, seed: int) -> Assessment:
    """Women wait three times as long as men for a new post, and more of them still wait."""
    rng = np.random.default_rng(seed)
    rows = redeployed(seed, women=0.45, men=0.85)
    later = ["reference,entered redeployment pool,left redeployment pool"]
    for person in rows:
        if person["outcome"] == "redeployed":
            days = int(rng.integers(5, 20)) * (3 if person["sex"] == "Female" else 1)
            later.append(
                f"{person['reference']},2026-10-01,2026-{10 + (days > 30):02d}-{1 + days - 31 * (days > 30):02d}"
            )
        elif person["outcome"] == "selected":
            later.append(f"{person['reference']},2026-10-01,")
    write(folder, "staff.csv", staff(rows))
    write(folder, "later.csv", "\n".join(later) + "\n")
    toml = 'format = 1\n[dates]\noutcomes = 2026-12-01\n[files]\nworkforce = "staff.csv"\nlater = ["later.csv"]\n[analysis]\ndraws = 999\n'
    path = write(folder, "case.toml", toml)
    choices = read_case(path)
    return assess_evidence(read_evidence(choices, folder=folder), choices)


@pytest.mark.parametrize("seed", range(3))
def test_who_waits_longer_for_a_new_post_is_found(tmp_path: Path, seed: int) -> None:
    wait = number(waited(tmp_path, seed), "days in the redeployment pool")
    women = by_number(wait, "Female")
    assert isinstance(women.test, LogrankTest)
    assert wait.placed is not None
    assert 0 < wait.placed < wait.people
    assert women.test.observed < women.test.expected
    assert women.test.median > women.test.others_median
    assert (women.level, women.more) == ("found", True)
    assert women.contrast
    assert women.contrast.estimate < 1
    assert women.contrast.interval
    assert women.contrast.interval.high < 1


def test_a_record_of_every_step_replays(tmp_path: Path) -> None:
    text = to_json(waited(tmp_path, 1))
    again = from_json(text)
    assert to_json(again) == text
    assert {one.measure for one in again.further.subsequent_outcomes.numbers} == {
        "pay lost",
        "days in the redeployment pool",
    }


def test_counts_and_cases_that_do_not_ask_who_goes_have_none_of_it() -> None:
    people = redeployed(1, women=0.5, men=0.5)
    plain = [{**p, "outcome": "selected", "disability": "", "religion": ""} for p in people]
    assert assessed_counts(counts_of(plain)).further.subsequent_outcomes == SubsequentOutcomes()
    not_asked = case(analysis={"draws": 999, "questions": ("spread",)})
    assert assessed(staff(people), not_asked).further.subsequent_outcomes == SubsequentOutcomes()


@pytest.mark.simulation
def test_with_nothing_planted_steps_raise_no_more_alarms_than_promised() -> None:
    runs, alarms = 120, 0
    for seed in range(runs):
        shuffled = redeployed(seed, women=0.5, men=0.5)
        even = [{**p, "pay lost": p["pay lost"][-2:] and str(500 + int(p["pay lost"][-2:]))} for p in shuffled]
        told = assessed(staff(even), QUICK).further.subsequent_outcomes
        levels = [each.level for one in (*told.steps, *told.numbers) for each in one.groups]
        alarms += "found" in levels
    families = 3  # redeployed, pay cut and pay lost; everyone loses pay, so that pay cut can show nothing
    assert alarms <= runs * 0.05 * families + 2 * (runs * 0.05 * families) ** 0.5
