"""Takes the assessment of the visit; lets another rule be tried, shows what it would do, and keeps it with the case."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st

from eia.case import Case, Scenario, changed
from eia.dashboard.session import Session, choice, session
from eia.dashboard.widgets import blocks, bullets, heading, inert, needed, notice, problem, prose, table
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.scenarios.baseline import Baseline
from eia.findings.scenarios.tried import Tried
from eia.present.sections.scenarios import (
    nothing_to_try,
    refused_blocks,
    tried_chart_block,
    tried_table,
    without_one_table,
)
from eia.present.text.scenarios import (
    COMPARES,
    EVIDENCE,
    REFUSED,
    change_told,
    robustness_told,
    rule_told,
    tried_told,
    without_told,
)
from eia.present.text.words import capital
from eia.scenarios.rule import Rule
from eia.vocabulary.synonyms import AbsenceKind, counts_absence

EVERYONE = (
    "Everyone selected is counted here. A number “within each pool” on The answer leaves out pools in which all or none are selected, so that it can "
    "be smaller."
)
AS_STATED, EQUAL, OWN = "As stated", "All equal", "My own"
MISSING = {"as now": "They stay as they are now", "pool mean": "They count as the mean of the pool", "not counted": "They are not counted"}  # fmt: skip
SELECTS = {"lowest": "The lowest", "highest": "The highest"}
STEP = re.compile(r"(\d+(?:\.\d+)?)\s*(?:days?)?\s*[=:]\s*(\d+(?:\.\d+)?)")


def main() -> None:
    """The page."""
    visit = session()
    assessment = needed("Try a change", visit)
    prose(COMPARES)
    changes = assessment.changes
    if changes is None:
        blocks(nothing_to_try())
    else:
        prose(EVERYONE, kind="soft")
        if told := without_told(changes):
            heading("What each criterion does")
            bullets(told)
        if made := without_one_table(changes):
            table(made)
    if assessment.baseline is None:
        notice("This is a saved assessment, which holds nobody. Open its files to try another change.", "information")
    else:
        trying(visit, assessment, assessment.baseline)
    if changes:
        kept(visit, changes.tried)
        blocks(refused_blocks(changes))
        with st.expander("Does the stated rule give these selections?"):
            bullets([*(rule_told(changes.check) if changes.check else ()), *robustness_told(changes.robustness)])
            if visit.sources is not None:
                how_scores_select(visit, assessment)
    with st.expander("What this page does not do, and why"):
        bullets([f"{what}. {why}" for what, why in REFUSED.items()])
        prose(EVIDENCE)


@st.fragment
def trying(visit: Session, assessment: Assessment, baseline: Baseline) -> None:
    """What to change, and what it would do."""
    heading("Try your own change")
    change = change_given(assessment, baseline)
    if not change:
        prose("Choose something to change. Everything else stays as it is.", kind="soft")
        return
    try:
        with st.spinner("Selecting anew by the changed rule", show_time=True):
            tried = visit.once(
                f"tried {sorted(change.items())!r}", lambda: assessment.scenario("Your change", **change)
            )
    except EiaError as error:
        problem(error)
        return
    result(tried)
    keep(visit, assessment.case, change)


def change_given(assessment: Assessment, baseline: Baseline) -> dict[str, Any]:
    """What is chosen, as keys of a scenario; nothing while nothing is."""
    criteria = baseline.rule.criteria
    change: dict[str, Any] = {}
    if criteria:
        change["without"] = st.multiselect("Leave out", criteria, key=choice("try without", []), format_func=inert)
        weights = st.radio(
            "Weights", (AS_STATED, EQUAL, OWN), key=choice("try weights", AS_STATED), horizontal=True,
        )  # fmt: skip
        if weights == EQUAL:
            change["weights"] = "equal"
        elif weights == OWN:
            change["weights"] = own_weights(baseline.rule)
    if baseline.workforce.absences is not None and assessment.case.scoring.points:
        change["absences_out"] = st.multiselect(
            "Leave out absences for", get_args(AbsenceKind), key=choice("try absences", []), format_func=capital
        )
    with st.expander("More changes"):
        change |= more_changes(baseline, criteria)
    return {key: value for key, value in change.items() if value}


def own_weights(rule: Rule) -> dict[str, float]:
    """A weight for each criterion, beginning with those stated."""
    given = {}
    for name, start, column in zip(rule.criteria, rule.weights_of_all, st.columns(len(rule.criteria)), strict=True):
        with column:
            given[name] = st.number_input(
                inert(name), min_value=0.0, max_value=1e6, key=choice(f"try weight {name}", start if start >= 0 else 1.0)
            )  # fmt: skip
    return given


def more_changes(baseline: Baseline, criteria: tuple[str, ...]) -> dict[str, Any]:
    """The changes that are rarer."""
    pools = [label for label, number in zip(baseline.rule.pools, _held(baseline), strict=True) if number]
    change: dict[str, Any] = {}
    if criteria:
        left, middle, right = st.columns(3)
        with left:
            of = st.selectbox("Cap or floor for", [None, *criteria], key=choice("try of", None), format_func=_or_none)
        with middle:
            least = st.number_input("Counts from, in marks", value=None, key=choice("try least", None))
        with right:
            most = st.number_input("Counts up to, in marks", value=None, key=choice("try most", None))
        if of is not None:
            change["least"] = {of: float(least)} if least is not None else {}
            change["most"] = {of: float(most)} if most is not None else {}
        missing = st.selectbox(
            "Missing scores", MISSING, key=choice("try missing", "as now"), format_func=MISSING.__getitem__
        )
        change["missing"] = missing if missing != "as now" else None
    if baseline.rule.service is not None:
        if st.checkbox("Where totals are equal, longer service stays", key=choice("try service", False)):
            change["tie_break"] = "service"
        if st.checkbox("Compare with last in, first out", key=choice("try lifo", False)):
            change["rule"] = "last in, first out"
    if "applied" in baseline.workforce.frame and st.checkbox("Accept volunteers first", key=choice("try first", False)):
        change["volunteers_first"] = True
    change["out_of_scope"] = st.multiselect("Pools not at risk", pools, key=choice("try out", []), format_func=inert)
    left, right = st.columns(2)
    with left:
        pool = st.selectbox("Another number to go from", [None, *pools], key=choice("try pool", None), format_func=_or_none)  # fmt: skip
    with right:
        number = st.number_input("So many", min_value=0, step=1, value=None, key=choice("try number", None))
    if pool is not None and number is not None:
        change["to_go"] = {pool: int(number)}
    return change


def _held(baseline: Baseline) -> list[int]:
    pool = baseline.rule.pool
    return [int((pool == code).sum()) for code in range(len(baseline.rule.pools))]


def _or_none(name: str | None) -> str:
    return "Nothing" if name is None else inert(name)


def result(tried: Tried) -> None:
    """What a change would do: the sentence, the picture, the table."""
    first, *rest = tried_told(tried)
    prose(first, kind="lead")
    bullets(rest)
    blocks(tried_chart_block(tried))
    with st.expander("Table of every group"):
        table(tried_table(tried))


def keep(visit: Session, case: Case, change: Mapping[str, Any]) -> None:
    """Keep the change with the case, so that documents carry it."""
    if visit.sources is None:
        return
    told = capital(change_told(Scenario.model_validate_json(json.dumps(change))))
    left, right = st.columns(2)
    with left:
        name = st.text_input("Name of this change", value=told[:100], key=f"try name {told}", max_chars=200)
    with right:
        reason = st.text_input("Why you try it", key=choice("try reason", ""), max_chars=500)
    prose(
        "A change that is kept stands in the draft and in the response, and in the case file when you save it.",
        kind="soft",
    )
    if st.button("Keep this change", key="keep-change") and name.strip():
        today = dt.datetime.now(dt.UTC).date().isoformat()
        apply(visit, {**_scenarios(case), name.strip(): {"reason": reason, "tried_on": today, **change}})


def kept(visit: Session, tried: tuple[Tried, ...]) -> None:
    """The changes that are kept, in the order in which they were made."""
    if not tried:
        return
    heading("Changes you have kept")
    for place, one in enumerate(tried):
        with st.expander(inert(one.name)):
            if one.scenario.reason:
                prose(f"Why it was tried: {one.scenario.reason}", kind="soft")
            result(one)
            if visit.sources is not None and visit.case and st.button("Take this change out", key=f"drop-{place}"):
                apply(visit, {name: given for name, given in _scenarios(visit.case).items() if name != one.name})


def how_scores_select(visit: Session, assessment: Assessment) -> None:
    """Whose totals are selected, and what days of absence are worth."""
    case = assessment.case
    selects = st.selectbox(
        "Whose totals are selected",
        SELECTS,
        key=choice("selects", case.scoring.selects),
        format_func=SELECTS.__getitem__,
    )
    points = {}
    for name in _of_absence(assessment):
        steps = case.scoring.points.get(name, ())
        text = st.text_area(
            f"What days of absence are worth for {inert(name)}: a line for each step, such as 3 days = 9",
            key=choice(f"points {name}", "\n".join(f"{days:g} days = {marks:g}" for days, marks in steps)),
            height=120,
        )
        points[name] = [[float(days), float(marks)] for days, marks in STEP.findall(text)]
        if len(points[name]) < sum(bool(line.strip()) for line in text.splitlines()):
            notice("Some of these lines are not days and marks, such as “3 days = 9”. They are left out.", "caution")
    if st.button("Apply", key="apply-scoring"):
        given = {"selects": selects, "points": {name: steps for name, steps in points.items() if steps}}
        _apply(visit, {"scoring": given})


def _of_absence(assessment: Assessment) -> tuple[str, ...]:
    baseline = assessment.baseline
    if baseline is None or baseline.workforce.absences is None:
        return ()
    return tuple(name for name in baseline.rule.criteria if counts_absence(name))


def apply(visit: Session, scenarios: Mapping[str, Any]) -> None:
    """Assess with these scenarios in the case."""
    _apply(visit, {"scenarios": dict(scenarios)})


def _apply(visit: Session, parts: Mapping[str, Any]) -> None:
    if visit.case is None:
        return
    try:
        visit.apply(changed(visit.case, **parts))
    except EiaError as error:
        visit.refuse(error)
    st.rerun()


def _scenarios(case: Case) -> dict[str, Any]:
    return {name: one.model_dump(mode="json", exclude_defaults=True) for name, one in case.scenarios.items()}


if __name__ == "__main__":
    main()
