"""Riverbank Council is drawn as its sources say; what is planted is found, and where nothing is planted nothing is."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import numpy as np
import pytest
import riverbank_checks as checks
from statsmodels.stats.contingency_tables import StratifiedTable

from datasets.generator.absences import ATTENDANCE_POINTS, points
from datasets.generator.people import figures, silent_chance
from datasets.generator.riverbank import (
    COMMITTED_SEED,
    EXTRACT,
    PLANTED,
    POOLS,
    WEIGHTS,
    Effects,
    Riverbank,
    draw,
    make,
)

SEX, PART_TIME = ("Sex", "Female"), ("Basis", "Full Time")  # of two groups the first stands for both
FIXED_TERM, DISABLED = ("Contract Type", "Fixed-term"), ("Disability", "No")
BANDS = (30, 40, 50, 60, 65)


@pytest.fixture(scope="module")
def council() -> Riverbank:
    return make(COMMITTED_SEED, planted=True)


@pytest.fixture(scope="module")
def workforces() -> dict[str, np.ndarray]:
    """The people of twenty councils together, about 50,000."""
    drawn = [make(seed).workforce for seed in range(20)]
    return {name: np.concatenate([workforce[name] for workforce in drawn]) for name in drawn[0]}


@pytest.fixture(scope="module")
def orders() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(7)
    return checks.luck_of_posts(rng), checks.shuffled_pools(rng)


# What holds in every council


def test_same_seed_gives_the_same_council(council: Riverbank) -> None:
    again = make(COMMITTED_SEED, planted=True)
    assert all((again.workforce[name] == column).all() for name, column in council.workforce.items())
    assert again.to_go == council.to_go


def test_null_twin_has_the_same_people_in_the_same_posts(council: Riverbank) -> None:
    twin = make(COMMITTED_SEED)
    assert all((twin.workforce[name] == column).all() for name, column in council.workforce.items())
    assert twin.to_go != council.to_go


@pytest.mark.parametrize("planted", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_totals_agree(seed: int, planted: bool) -> None:
    council = make(seed, planted=planted)
    size = Counter(council.workforce["Position Title"].tolist())
    going = council.selections["Outcome"] == "Proposed for redundancy"
    assert len(set(council.workforce["Personal Reference"])) == len(council.workforce["Age"])
    assert len(size) == len(set(council.workforce["Position Reference"])) == checks.POSTS
    assert len(council.to_go) == POOLS
    assert Counter(council.selections["Pool"].tolist()) == {pool: size[pool] for pool in council.to_go}
    assert Counter(council.selections["Pool"][going].tolist()) == Counter(dict(council.to_go)) + Counter()
    assert max(size.values()) <= 40


def test_the_lowest_weighted_scores_of_each_pool_are_selected(council: Riverbank) -> None:
    """Adds the scores up from the tidy table, one person after the other, without the generator's arrays."""
    total: dict[tuple[str, str], float] = {}
    skills: dict[tuple[str, str], float] = {}
    table = council.scores
    for reference, pool, criterion, weight, score in zip(*(column.tolist() for column in table.values()), strict=True):
        total[pool, reference] = total.get((pool, reference), 0) + weight * score
        if criterion == "Skills and knowledge":
            skills[pool, reference] = score
    assert set(table["Criterion"]) == set(WEIGHTS)
    expected = set()
    for pool, to_go in council.to_go.items():
        people = [key for key in total if key[0] == pool]
        expected |= set(sorted(people, key=lambda key: (total[key], skills[key], -int(key[1])))[:to_go])
    going = council.selections["Outcome"] == "Proposed for redundancy"
    found = zip(council.selections["Pool"][going].tolist(), council.selections["Personal Reference"][going].tolist(),
                strict=True)  # fmt: skip
    assert set(found) == expected


def test_leave_records_are_of_the_people_on_leave_and_make_sense(council: Riverbank) -> None:
    staff = dict(zip(council.workforce["Personal Reference"].tolist(),
                     zip(*(council.workforce[name].tolist() for name in ("Sex", "Pregnancy or Maternity", "Family Leave")),
                         strict=True), strict=True))  # fmt: skip
    today = dt.date.fromisoformat(str(EXTRACT))
    listed = set()
    for row in zip(*(column.tolist() for column in council.leave.values()), strict=True):
        record = dict(zip(council.leave, row, strict=True))
        told, due, born, start, end = (
            dt.datetime.strptime(record[name], "%d/%m/%Y").date() if record[name] else None
            for name in (
                "Employer Told",
                "Expected Week of Childbirth",
                "Birth or Placement",
                "Leave Start",
                "Leave End",
            )
        )
        sex, pregnancy, leave = staff[record["Personal Reference"]]
        listed.add(record["Personal Reference"])
        if record["Leave Type"] in ("Pregnancy", "Maternity leave"):
            assert sex == "Female"
            assert told is not None
            assert due is not None
            assert told < due
            assert told < today
            assert due.weekday() == 6
        if record["Leave Type"] == "Pregnancy":
            assert pregnancy == "Yes"
            assert due is not None
            assert due > today
            assert start is None
        else:
            assert start is not None
            assert end is not None
            assert (leave == record["Leave Type"]) == (start <= today <= end)
            assert born is None or (today - born).days < 548
    away = {person for person, (_, pregnancy, leave) in staff.items()
            if pregnancy == "Yes" or leave != "Not on family leave"}  # fmt: skip
    assert away <= listed


def days_by_person(council: Riverbank, *, without: str = "") -> np.ndarray:
    """Working days lost by each person in a pool, in the order of the selections."""
    lost: Counter[str] = Counter()
    for reference, reason, days in zip(*(column.tolist() for column in council.absences.values()), strict=True):
        lost[reference] += 0 if reason == without else days
    assert set(lost) <= set(council.selections["Personal Reference"].tolist())
    return np.array([lost[reference] for reference in council.selections["Personal Reference"].tolist()])


def attendance(council: Riverbank) -> np.ndarray:
    return council.scores["Score"][council.scores["Criterion"] == "Attendance"]


def test_the_scale_of_attendance_only_falls() -> None:
    start, worth = np.array(ATTENDANCE_POINTS).T
    assert (np.diff(start) > 0).all()
    assert (np.diff(worth) < 0).all()
    assert (start[0], worth[0], worth[-1]) == (0, 10, 0)


@pytest.mark.parametrize("seed", [COMMITTED_SEED, 1, 2])
def test_everybodys_days_of_absence_come_to_their_mark(seed: int) -> None:
    council = make(seed, planted=True)
    assert points(days_by_person(council)).tolist() == attendance(council).tolist()
    assert (council.absences["Working Days Lost"] > 0).all()


def test_days_put_down_to_disability_are_most_of_the_marks_that_disabled_people_lose(council: Riverbank) -> None:
    recorded = dict(
        zip(*(council.workforce[name].tolist() for name in ("Personal Reference", "Disability")), strict=True)
    )
    answer = np.array([recorded[reference] for reference in council.selections["Personal Reference"].tolist()])
    lost = 10 - attendance(council)
    apart = 10 - points(days_by_person(council, without="Disability-related sickness"))
    disabled, others = answer == "Yes", answer == "No"
    assert apart[disabled].sum() < lost[disabled].sum() / 2
    assert (apart[others] == lost[others]).all()
    assert abs(apart[disabled].mean() - lost[others].mean()) < 0.5


# Near the sources


def assert_near(found: np.ndarray | float, expected: np.ndarray | float, people: np.ndarray | float) -> None:
    """Within 4.5 standard errors of a share of that many people: one false alarm in 150,000 looks."""
    error = np.sqrt(np.asarray(expected) * (1 - np.asarray(expected)) / people)
    assert (np.abs(np.asarray(found) - expected) <= 4.5 * error).all()


@pytest.mark.parametrize("sex", ["Female", "Male"])
def test_part_time_working_is_as_common_as_in_the_council_report(workforces: dict[str, np.ndarray], sex: str) -> None:
    those = workforces["Sex"] == sex
    share = figures()["local_government"]["part_time"][sex]
    assert_near((workforces["Basis"][those] == "Part Time").mean(), share, those.sum())


@pytest.mark.parametrize("sex", ["Female", "Male"])
@pytest.mark.parametrize(("grade", "numbers"), [(0, range(1, 5)), (1, range(5, 8)), (2, range(8, 11))])
def test_ages_are_those_of_the_civil_service_given_sex_and_grade(
    workforces: dict[str, np.ndarray], sex: str, grade: int, numbers: range
) -> None:
    those = (workforces["Sex"] == sex) & np.isin(workforces["Grade"], [f"Grade {number}" for number in numbers])
    found = np.bincount(np.digitize(workforces["Age"][those], BANDS), minlength=6) / those.sum()
    published = np.array(figures()["civil_service"]["age"][sex][grade])
    assert_near(found, published / published.sum(), those.sum())


@pytest.mark.parametrize("band", range(6))
def test_disability_given_age_is_that_of_the_civil_service(workforces: dict[str, np.ndarray], band: int) -> None:
    lowest = np.isin(workforces["Grade"], ["Grade 1", "Grade 2", "Grade 3", "Grade 4"])
    those = lowest & (np.digitize(workforces["Age"], BANDS) == band) & np.isin(workforces["Disability"], ["Yes", "No"])
    disabled, others = figures()["civil_service"]["disability"]["AA/AO"][band]
    assert_near((workforces["Disability"][those] == "Yes").mean(), disabled / (disabled + others), those.sum())


@pytest.mark.parametrize("band", range(6))
def test_ethnicity_is_unknown_as_often_as_in_the_civil_service(workforces: dict[str, np.ndarray], band: int) -> None:
    those = np.digitize(workforces["Age"], BANDS) == band
    unknown = figures()["civil_service"]["missing"]["unknown_by_age"][band]
    assert_near((workforces["Ethnic Origin"][those] == "").mean(), unknown, those.sum())


def test_answers_go_missing_together(workforces: dict[str, np.ndarray]) -> None:
    silent, answered = workforces["Ethnic Origin"] == "", workforces["Ethnic Origin"] == "White"
    missing = figures()["civil_service"]["missing"]
    assert_near((workforces["Disability"][silent] == "").mean(), missing["both_unknown"], silent.sum())
    assert_near((workforces["Disability"][answered] == "").mean(), missing["skipped_one"], answered.sum())


def test_newcomers_answer_less_often_and_no_age_group_more_or_less_for_it() -> None:
    band, service = np.repeat([0, 4], 1000), np.tile([0.5, 2, 5, 9], 500)
    chance = silent_chance(band, service)
    unknown = np.array(figures()["civil_service"]["missing"]["unknown_by_age"])
    assert [chance[band == code].mean() for code in (0, 4)] == pytest.approx(unknown[[0, 4]])
    assert chance[service < 1].min() > chance[service >= 1].max()


def test_fixed_term_contracts_are_as_common_as_in_local_government(workforces: dict[str, np.ndarray]) -> None:
    share = figures()["local_government"]["temporary"]["share"]
    assert (workforces["Contract Type"] == "Fixed-term").mean() == pytest.approx(share, abs=0.015)  # whole posts vary


def test_women_are_most_of_the_council_and_few_of_its_highways(workforces: dict[str, np.ndarray]) -> None:
    women = workforces["Sex"] == "Female"
    assert 0.66 < women.mean() < 0.76
    assert women[workforces["Service"] == "Highways"].mean() < 0.4  # its office included
    assert women[workforces["Service"] == "Home Care"].mean() > 0.8


# What is planted is found, and where nothing is planted nothing is


def test_own_mantel_haenszel_test_agrees_with_statsmodels(council: Riverbank) -> None:
    tables = checks.tables_within_pools(council, checks.comparisons(council.workforce)[DISABLED])
    informative = tables[(tables.sum(axis=1).min(axis=1) > 0) & (tables.sum(axis=2).min(axis=1) > 0)]
    oracle = StratifiedTable(list(informative.astype(float))).test_null_odds(correction=True)
    assert checks.cochran_mantel_haenszel(tables) == pytest.approx(oracle.pvalue, rel=1e-6)


def found(pvalues: dict[checks.Key, float]) -> set[checks.Key]:
    return {key for key, p in pvalues.items() if p <= 0.05}


def test_committed_council_shows_what_is_planted_and_nothing_else(
    council: Riverbank, orders: tuple[np.ndarray, np.ndarray]
) -> None:
    assert found(checks.in_scope(council, orders[0])) == {SEX, PART_TIME}
    assert found(checks.spread(council, orders[1])) == {FIXED_TERM}
    assert found(checks.within_pools(council)) == {DISABLED}


def test_null_twin_of_the_committed_council_shows_nothing(orders: tuple[np.ndarray, np.ndarray]) -> None:
    twin = make(COMMITTED_SEED)
    assert not found(checks.in_scope(twin, orders[0]))
    assert not found(checks.spread(twin, orders[1]))
    assert not found(checks.within_pools(twin))


def test_each_effect_alone_stays_in_its_own_question(orders: tuple[np.ndarray, np.ndarray]) -> None:
    only_scope, only_spread, only_selection = (
        draw(5, effects)
        for effects in (
            Effects(scope=PLANTED.scope),
            Effects(spread=PLANTED.spread),
            Effects(selection=PLANTED.selection),
        )
    )
    assert {SEX, PART_TIME} <= found(checks.in_scope(only_scope, orders[0]))
    assert FIXED_TERM in found(checks.spread(only_spread, orders[1]))
    assert DISABLED in found(checks.within_pools(only_selection))
    assert not found(checks.within_pools(only_scope)) | found(checks.within_pools(only_spread))
    assert not found(checks.spread(only_scope, orders[1])) | found(checks.spread(only_selection, orders[1]))


@pytest.mark.simulation
def test_planted_effects_are_found_with_power_above_99_percent(orders: tuple[np.ndarray, np.ndarray]) -> None:
    seeds = range(200)
    hits: Counter[str] = Counter()
    for seed in seeds:
        council = make(seed, planted=True)
        hits["scope"] += found(checks.in_scope(council, orders[0])) >= {SEX, PART_TIME}
        hits["spread"] += FIXED_TERM in found(checks.spread(council, orders[1]))
        hits["selection"] += DISABLED in found(checks.within_pools(council))
    assert min(hits["scope"], hits["spread"], hits["selection"]) > 0.99 * len(seeds)


@pytest.mark.simulation
def test_null_twins_raise_a_false_alarm_in_about_one_of_twenty_at_most(orders: tuple[np.ndarray, np.ndarray]) -> None:
    """At most 18 of 200: were the rate 5%, more would come up about once in a hundred runs."""
    seeds = range(200)
    alarms: Counter[str] = Counter()
    for seed in seeds:
        twin = make(seed)
        alarms["scope"] += bool(found(checks.in_scope(twin, orders[0])))
        alarms["spread"] += bool(found(checks.spread(twin, orders[1])))
        alarms["selection"] += bool(found(checks.within_pools(twin)))
    assert max(alarms["scope"], alarms["spread"], alarms["selection"]) <= 18
