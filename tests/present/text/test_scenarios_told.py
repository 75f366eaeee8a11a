"""What a change would do, in sentences: whole people, gaps that open said as plainly as those that go, and no verdict."""

from __future__ import annotations

import re

import pytest
from assessments import example
from hypothesis import given, settings
from hypothesis import strategies as st
from pool_of_six import MARKS, TOTALS, six

from eia.case import Scenario
from eia.errors import EiaError
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.intake.evidence import Evidence
from eia.intake.examples import MAIN, examples
from eia.present.documents.html import to_html
from eia.present.sections.scenarios import (
    alternatives,
    changes_page,
    shown,
    tried_chart,
    tried_table,
    without_one_table,
)
from eia.present.text.scenarios import REFUSED, change_told, headline, leading, left_open, tried_told, without_told


@pytest.fixture(scope="module")
def riverbank() -> Assessment:
    from eia import assess

    return assess(examples()[MAIN])


def test_the_most_useful_sentence_is_the_first(riverbank: Assessment) -> None:
    said = headline(riverbank.scenario(without=["Attendance"]))
    assert re.findall(r"\d+", said) == ["43", "80", "8"]
    assert "opens no other" not in said  # of eight groups nothing can be said
    assert "we cannot say if that is a gap" in said


def test_a_gap_that_opens_is_named(riverbank: Assessment) -> None:
    tried = riverbank.scenario(rule="last in, first out")
    opened = [one for one in tried.groups if one.effect == "opened" and one.after.direction == "against"]
    assert opened
    assert "opens a clear gap against" in headline(tried)


def test_a_gap_in_favour_of_a_group_opens_too(riverbank: Assessment) -> None:
    tried = riverbank.scenario(weights="equal")
    assert [(one.group.label, one.after.direction) for one in tried.groups if one.effect == "opened"] == [
        ("Under 25", "for")
    ]
    assert "opens none" not in headline(tried)
    assert "Unusually few people aged under 25" in headline(tried)


def test_a_gap_of_which_nothing_can_be_said_any_more_is_not_gone(riverbank: Assessment) -> None:
    tried = riverbank.scenario(out_of_scope=list(riverbank.baseline.rule.pools[2:]))
    disabled = next(one for one in tried.groups if one.group.label == "Disabled")
    assert (disabled.before.level, disabled.after.level, disabled.effect) == ("found", "cannot_say", "cannot say")
    assert "removes" not in headline(tried)
    assert "no longer say" in headline(tried)


def test_where_fewer_go_nobody_is_said_to_go_instead(riverbank: Assessment) -> None:
    rule = riverbank.baseline.rule
    tried = riverbank.scenario(to_go=dict.fromkeys(rule.pools[3:], 0))
    told = " ".join(tried_told(tried))
    assert (tried.others, tried.selected) == (313, 12)
    assert "313 of the 325 people selected now would not be, and no others would" in told
    assert "would be different people" not in told
    assert rule.pools[5] not in told  # a sentence of sixty pools is not read


def test_a_gap_that_moves_because_others_are_expected_is_told() -> None:
    marks = {f"{pool}{n}": (n if pool == "a" else 50 + n,) for pool in "ab" for n in range(10)}
    pools = {who: who[0] for who in marks}
    disabled = {who: "White" if who[0] == "a" else "Asian" for who in marks}
    staff, choices = six(
        marks, weights={"Skills": 1}, pools=pools, selected=["a0", "a1", "a2", "a3", "a4"], ethnicity=disabled
    )  # type: ignore[arg-type]
    tried = assess_evidence(Evidence(main=staff), choices).scenario(merged={"All": ["a", "b"]})
    assert tried.others == 0
    white = next(one for one in leading(tried) if one.group.label == "White")
    assert (white.before.gap, white.after.gap) == (0, 2.5)
    assert "no gap" not in headline(tried)


def test_too_few_people_is_not_told_as_no_gap() -> None:
    staff, choices = six()
    said = headline(assess_evidence(Evidence(main=staff), choices).scenario(without=["Attendance"]))
    assert "cannot say" in said
    assert "opens none" not in said


def test_totals_that_marks_do_not_give_are_said_with_the_change() -> None:
    staff, choices = six(totals={**TOTALS, "A": 700, "C": 100}, selected="CD")
    told = tried_told(assess_evidence(Evidence(main=staff), choices).scenario(without=["Conduct"]))
    assert any(one.startswith("For 2 people the stated total") for one in told)


def test_what_the_table_of_criteria_cannot_tell_is_noted_under_it() -> None:
    staff, choices = six({**MARKS, "B": MARKS["D"], "C": (None, 9, 6, 6)})
    changes = assess_evidence(Evidence(main=staff), choices).changes
    assert changes is not None
    assert [re.findall(r"\d+", note) for note in left_open(changes.without_one)] == [["2"], ["1"]]


def test_each_criterion_that_moves_a_gap_has_a_sentence_and_all_have_a_row(riverbank: Assessment) -> None:
    assert riverbank.changes is not None
    assert len(without_told(riverbank.changes)) == 2  # Skills and Attendance; the others move it by less than a person
    table = without_one_table(riverbank.changes)
    assert table is not None
    assert [row[0] for row in table.rows] == [one.criterion for one in riverbank.changes.without_one]


def test_every_scenario_of_the_case_is_an_alternative_with_what_it_does(riverbank: Assessment) -> None:
    told = alternatives(riverbank.changes)
    assert [name for name, *_ in told] == list(riverbank.case.scenarios)
    assert "43 instead of 80" in told[0][1]
    assert alternatives(None) == ()


def test_the_chart_and_the_table_show_the_same_groups_but_those_of_fewer_than_five(riverbank: Assessment) -> None:
    tried = riverbank.scenario(without=["Attendance"])
    chart, table = tried_chart(tried), tried_table(tried)
    assert chart is not None
    large = [one for one in shown(tried) if min(one.before.at_risk, one.after.at_risk) >= 5]
    assert len(chart.rows) == len(large) < len(table.rows)


WORDS = ("unlawful", "compliant", "proved", "best rule", "least discriminatory", "should choose")
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "without": st.lists(st.sampled_from(["Skills", "Attendance", "Flexibility", "Conduct"]), max_size=3).map(tuple),
        "weights": st.just("equal")
        | st.dictionaries(st.sampled_from(["Skills", "Attendance"]), st.floats(0, 100), min_size=1),
        "most": st.dictionaries(st.sampled_from(["Skills", "Attendance"]), st.floats(0, 10), max_size=1),
        "missing": st.sampled_from(["as now", "pool mean", "not counted"]),
        "tie_break": st.sampled_from([None, "service"]),
        "to_go": st.dictionaries(st.just("P"), st.integers(0, 6), max_size=1),
        "volunteers_first": st.booleans(),
    },
)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(CHANGES)
def test_every_change_can_be_told_or_is_refused_in_a_sentence(change: dict[str, object]) -> None:
    staff, choices = six()
    made = assess_evidence(Evidence(main=staff), choices.model_copy(update={"analysis": choices.analysis.model_copy(update={"draws": 999})}))  # fmt: skip
    scenario = Scenario(**change)  # type: ignore[arg-type]
    assert change_told(scenario)
    given = scenario.model_dump(mode="json", exclude_defaults=True)
    if not given:
        return
    try:
        tried = made.scenario(**given)
    except EiaError as refused:
        faults = refused.faults
    else:
        faults = ()
    assert all(fault.what and fault.do for fault in faults)
    if faults:
        return
    told = " ".join(tried_told(tried)).lower()
    assert "nan" not in told.split()
    assert not any(word in told for word in WORDS)
    assert len(tried_told(tried)[0].split()) <= 65


def test_more_changes_than_a_sentence_has_room_for_are_counted_first_and_listed_after() -> None:
    staff, choices = six()
    made = assess_evidence(Evidence(main=staff), choices)
    change = {"without": ["Skills"], "most": {"Attendance": 2}, "missing": "not counted", "to_go": {"P": 2}}
    first, second, *_ = tried_told(made.scenario(**change))
    assert first.startswith("With 4 changes together")
    assert "counting up to 2" in second


def test_names_of_criteria_and_reasons_are_inert_on_the_page() -> None:
    staff, choices = six(weights={"<script>alert(1)</script>": 40, "=cmd()": 30, "Flexibility": 20, "Conduct": 10})
    made = assess_evidence(Evidence(main=staff), choices)
    tried = made.scenario(without=["=cmd()"], reason="<img src=x>")
    page = to_html(changes_page(made, [tried]))
    assert "<script>alert" not in page
    assert "<img" not in page


def test_what_is_not_done_is_said_with_its_reason() -> None:
    assert len(REFUSED) == 6
    assert all(why.endswith(".") for why in REFUSED.values())


@pytest.mark.slow
def test_groups_of_whom_more_would_go_and_nothing_can_be_said_are_counted_beside_a_gap_that_goes() -> None:
    tried = example("riverbank").scenario(without=["Attendance"])
    more = {
        (one.characteristic, one.group.label): one.after.selected - one.before.selected
        for one in tried.groups if one.effect == "wider" and one.after.level == "cannot_say" and one.after.gap >= 1
    }  # fmt: skip
    assert more["pregnancy_maternity", "Pregnant or on maternity leave"] == 1
    first, *rest = tried_told(tried)
    assert "opens no other" not in first
    counted = {key for key, people in more.items() if people > 0 and key[0] != "contract_short"}
    assert re.findall(r"\d+", first)[-1] == str(len(counted))
    assert not any("if that is a gap" in said for said in rest)
