"""The frames of an assessment: always the same columns and types, numbers that fit together, and no fewer cautions than the report."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import pytest
from assessments import MAKERS, sample
from made import assessed, assessed_counts, case, pools

import eia
from eia.case import QUESTIONS
from eia.errors import EiaError
from eia.findings.core.finding import Direction, Level

FLOATS = ["people", "selected", "rate", "comparator_people", "comparator_selected", "comparator_rate", "expected", "excess", "odds_ratio", "ci_low", "ci_high", "p_midp", "p_exact", "p_adjusted"]  # fmt: skip
TYPES = dict.fromkeys(FLOATS, "float64") | {
    "family": "int64",
    "level": "category",
    "direction": "category",
    "reasons": "str",
}
RANGES = b"characteristic,group,pool,people,selected\nsex,F,A,50,22\nsex,M,A,50,<5\ndisability,Yes,A,10-20,5\ndisability,No,A,70,20\n"


def ranges() -> eia.Assessment:
    return assessed_counts(RANGES)


@pytest.mark.parametrize("question", [None, *QUESTIONS])
@pytest.mark.parametrize("name", [*MAKERS, "ranges"])
def test_the_columns_and_their_types_are_always_the_same(name: str, question: str | None) -> None:
    assessment = ranges() if name == "ranges" else sample(name)
    if question not in (None, *assessment.case.analysis.questions):
        return
    frame = assessment.findings_frame(question)
    assert {column: str(kind) for column, kind in frame.dtypes.items()} == TYPES
    assert list(frame.index.names) == ["question", "characteristic", "group"]
    assert {str(kind) for kind in frame.index.dtypes} == {"str"}
    assert tuple(frame["level"].cat.categories) == get_args(Level)
    assert tuple(frame["direction"].cat.categories) == get_args(Direction)


def test_a_frame_of_nothing_has_the_same_types() -> None:
    empty = sample("one question").findings_frame("selection").iloc[:0]
    assert ranges().findings_frame().iloc[:0].dtypes.equals(empty.dtypes)


@pytest.mark.parametrize("name", MAKERS)
def test_there_is_a_row_for_every_finding_in_the_order_of_the_pages(name: str) -> None:
    assessment = sample(name)
    rows = assessment.findings_frame().index.tolist()
    assert rows == [(f.question, f.characteristic.key, f.group.label) for f in assessment.findings]


@pytest.mark.parametrize("name", MAKERS)
def test_selected_less_expected_is_the_excess_of_the_finding(name: str) -> None:
    assessment = sample(name)
    frame = assessment.findings_frame()
    for row, finding in zip(frame.itertuples(), assessment.findings, strict=False):
        if finding.stated or finding.tested:
            assert row.excess == pytest.approx(finding.excess, abs=1e-9)
            assert row.selected - row.expected == pytest.approx(row.excess, abs=1e-9)
        else:
            assert pd.isna(row.excess)


def test_rates_are_of_the_group_and_of_everyone_else() -> None:
    row = (
        assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), none=(0, 20, 0, 60)))
        .findings_frame()
        .loc[("selection", "sex", "Female")]
    )
    assert (row["people"], row["selected"], row["comparator_people"], row["comparator_selected"]) == (40, 22, 40, 5)
    assert (row["rate"], row["comparator_rate"], row["expected"]) == (22 / 40, 5 / 40, 13.5)


def test_scope_compares_people_in_a_pool_with_the_rest_of_the_workforce() -> None:
    people = pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), none=(0, 20, 0, 60))
    row = assessed(people).findings_frame("scope").loc[("scope", "sex", "Female")]
    assert (row["people"], row["selected"], row["comparator_people"], row["comparator_selected"]) == (60, 40, 100, 40)
    assert row["expected"] == pytest.approx(80 * 60 / 160)


def test_spread_compares_people_to_go_with_equal_shares() -> None:
    choices = case(pools={"A": {"to_go": 6}, "B": {"to_go": 2}})
    row = (
        assessed(pools(chosen=False, A=(0, 15, 0, 5), B=(0, 5, 0, 15)), choices)
        .findings_frame("spread")
        .loc[("spread", "sex", "Female")]
    )
    assert (row["people"], row["selected"], row["expected"], row["excess"]) == (20, 5, 4, 1)


def test_the_odds_ratio_of_shares_lies_within_its_limits() -> None:
    frame = sample("millbrook").findings_frame()
    tested = frame[frame["ci_low"].notna() & (frame.index.get_level_values("question") != "selection")]
    assert len(tested) > 50
    assert (
        (tested["ci_low"] <= tested["odds_ratio"] * (1 + 1e-9))
        & (tested["odds_ratio"] <= tested["ci_high"] * (1 + 1e-9))
    ).all()


def test_no_exact_p_stands_under_questions_where_posts_and_not_people_go() -> None:
    frame = sample("millbrook").findings_frame()
    assert frame.loc[["scope", "spread"], "p_exact"].isna().all()
    assert frame.loc["selection", "p_exact"].notna().any()


def test_a_count_that_is_a_range_is_no_number_and_says_so() -> None:
    frame = ranges().findings_frame("selection")
    assert pd.isna(frame.loc[("selection", "sex", "Male"), "selected"])
    assert frame["reasons"].str.contains("counts are ranges").all()
    assert any("ranges" in note for note in frame.attrs["notes"])


def test_reasons_carry_every_caution_of_the_report() -> None:
    assessment = sample("millbrook")
    frame = assessment.findings_frame()
    for row, finding in zip(frame.itertuples(), assessment.findings, strict=True):
        said = row.reasons.split("; ")
        assert {*finding.reasons, *finding.cautions} <= {*said}
        assert (finding.people.left_out > 0) == any(reason.startswith("answers not known: ") for reason in said)


def test_a_disparity_found_where_the_pools_differ_says_so() -> None:
    data = pools(A=(30, 40, 2, 40), B=(11, 40, 10, 40))
    row = assessed(data).findings_frame("selection").loc[("selection", "sex", "Female")]
    assert (row["level"], row["direction"], row["reasons"]) == ("found", "against", "pools differ")


def test_a_disparity_that_missing_answers_could_turn_says_so() -> None:
    rows = (
        ["F,A,selected"] * 12
        + ["F,A,retained"] * 8
        + ["M,A,selected"] * 2
        + ["M,A,retained"] * 18
        + [",A,selected"] * 14
        + [",A,retained"] * 14
    )
    frame = assessed("\n".join(["sex,pool,outcome", *rows]).encode()).findings_frame("selection")
    assert "missing answers could turn it" in frame.loc[("selection", "sex", "Female"), "reasons"]


def test_a_frame_is_a_copy() -> None:
    assessment = sample("found")
    findings, counts = assessment.findings_frame(), assessment.counts_frame()
    findings["people"], counts["low"] = 0.0, 0
    assert assessment.findings_frame()["people"].sum() > 0
    assert assessment.counts_frame()["low"].sum() > 0


def test_a_question_or_a_characteristic_is_taken_out_without_a_warning() -> None:
    frame = sample("millbrook").findings_frame()
    assert frame.loc["selection"].index.names == ["characteristic", "group"]
    assert frame.loc[("selection", "disability")].index.tolist()[:2] == ["Disabled", "Not disabled"]


def test_counts_have_a_row_a_cell_and_add_up_to_everybody() -> None:
    assessment = sample("millbrook")
    frame = assessment.counts_frame()
    assert list(frame.columns) == ["characteristic", "group", "unit", "pool", "outcome", "low", "high"]
    assert (frame.groupby("characteristic", observed=True)["low"].sum() == 310).all()
    selected = frame[(frame["characteristic"] == "disability") & (frame["group"] == "Disabled") & frame["pool"].notna()]
    assert selected["low"].sum() == 25
    assert (frame["low"] == frame["high"]).all()


def test_counts_of_nobody_chosen_have_no_outcome() -> None:
    frame = sample("nobody chosen").counts_frame()
    assert frame["outcome"].isna().all()
    assert frame["low"].sum() == 100


def test_groups_have_everybody_in_them_and_both_rates() -> None:
    frame = sample("stages").by_group("disability")
    assert frame["people"].sum() == sample("stages").evidence.people
    assert (frame["in_scope"] == frame["earlier"] + frame["selected"] + frame["retained"]).all()
    held = frame[frame["selected"] + frame["retained"] > 0]
    assert (held["selection_rate"] + held["retention_rate"] == 1).all()
    assert frame.loc["Not recorded", "kind"] == "not recorded"


def test_groups_are_found_by_key_or_title_and_say_how_many_did_not_answer() -> None:
    frame = sample("stages").by_group("Disability")
    pd.testing.assert_frame_equal(frame, sample("stages").by_group("disability"))
    assert "answers of 20 of these 42 people" in frame.attrs["notes"][0]


def test_at_risk_are_those_in_a_pool_where_somebody_goes() -> None:
    frame = assessed(pools(A=(2, 5, 1, 5), B=(0, 7, 0, 9), none=(0, 3, 0, 3))).by_group("sex")
    assert frame.loc["Female", ["people", "in_scope", "at_risk", "selected", "retained"]].tolist() == [15, 12, 5, 2, 10]


def test_groups_of_counts_that_are_ranges_have_only_what_is_sure() -> None:
    frame = ranges().by_group("sex")
    assert frame.loc["Female", "selected"] == 22
    assert pd.isna(frame.loc["Male", "selected"])


@pytest.mark.parametrize(
    ("question", "characteristic", "group", "allowed"),
    [
        ("slection", "sex", "Female", "scope, spread, selection"),
        ("selection", "gendre", "Female", "sex"),
        ("selection", "sex", "Femail", "Female, Male"),
    ],
)
def test_a_finding_that_is_not_there_says_what_there_is(
    question: str, characteristic: str, group: str, allowed: str
) -> None:
    with pytest.raises(EiaError) as refused:
        sample("found").finding(question, characteristic, group)
    assert refused.value.faults[0].code == "not-in-the-assessment"
    assert refused.value.faults[0].allowed == allowed


def test_a_group_of_fewer_than_five_people_is_not_named_in_the_error() -> None:
    rows = ["Jedi,A,selected"] * 2 + ["Christian,A,selected"] * 5 + ["Christian,A,retained"] * 5
    made = assessed("\n".join(["religion,pool,outcome", *rows]).encode())
    with pytest.raises(EiaError) as refused:
        made.finding("selection", "religion", "Sikh")
    assert "Christian" in str(refused.value)
    assert "Jedi" not in str(refused.value)


def test_a_question_not_asked_is_refused() -> None:
    for show in (sample("one question").findings_frame, sample("one question").plot):
        with pytest.raises(EiaError):
            show("scope")
