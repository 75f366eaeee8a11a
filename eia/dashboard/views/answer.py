"""Takes the assessment of the visit; shows its answers, what to ask, and one group's story."""

from collections.abc import Mapping

import streamlit as st

from eia.dashboard.choices.analysis import characteristics_of
from eia.dashboard.session import session
from eia.dashboard.widgets import bullets, chart, heading, link, needed, notice, prose
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.present.charts.from_assessment import waterfall
from eia.present.sections.law_section import disability_told
from eia.present.text.evidence import statement
from eia.present.text.grounds import grounds_told
from eia.present.text.narrative import NOT_THE_LAW, answers, cannot_tell, overall_leading, questions_to_ask
from eia.present.text.open_questions import FIRST, questions_told
from eia.present.text.said_first import said_first
from eia.present.text.words import adds_up


def main() -> None:
    """The page."""
    assessment = needed("The answer", session())
    if first := questions_told(assessment.evidence.intake):
        notice(FIRST, "caution")
        bullets(first)
        link("check", "Check what we read")
    if conventions := said_first(assessment):
        prose(*conventions)
    places = st.columns(2, gap="large") + st.columns(2, gap="large")
    for (question, answer), place in zip(answers(assessment), places, strict=False):
        with place:
            heading(question)
            prose(answer)
    if told := disability_told(assessment):
        prose(*told)
    left, right = st.columns(2, gap="large")
    with left:
        heading("Five questions to ask")
        bullets(questions_to_ask(assessment), ordered=True)
    with right:
        heading("What cannot be told")
        bullets(cannot_tell(assessment))
        prose(NOT_THE_LAW, kind="soft")
    story(assessment)
    heading("Next")
    link("figures", "See the charts and tables of every group")
    link("how_far", "See how far the figures hold")
    link("law", "See which law they speak to")
    link("process", "See what consultation is owed, and what else to ask")
    link("take_away", "Save the draft assessment, its charts and tables")


@st.fragment
def story(assessment: Assessment) -> None:
    """Everything that is said of one group."""
    hit, every = overall_leading(assessment, 1), characteristics_of(assessment)
    if not every:
        return
    heading("One group's story")
    left, right = st.columns(2)
    with left:
        start = every.index(hit[0].characteristic.title) if hit else 0
        characteristic = st.selectbox("Characteristic", every, index=start, key="story characteristic")
    found = _groups(assessment, characteristic)
    with right:
        labels = list(found)
        start = labels.index(hit[0].group.label) if hit and hit[0].group.label in labels else 0
        group = st.selectbox("Group", labels, index=start, key=f"story group {characteristic}")
    bullets([statement(finding) for finding in found[group]])
    first = found[group][0]
    prose(adds_up(first))
    if spec := waterfall(first):
        chart(spec, "story")
    if told := [line for finding in found[group] for line in grounds_told(finding, assessment.cube.layout.pools)]:
        with st.expander("How far this holds, and what could have been seen"):
            bullets(told)


def _groups(assessment: Assessment, characteristic: str) -> Mapping[str, tuple[Finding, ...]]:
    """The groups of a characteristic by label, each with its findings under every question asked."""
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in assessment.findings:
        if finding.characteristic.title == characteristic:
            found[finding.group.label] = (*found.get(finding.group.label, ()), finding)
    return found


if __name__ == "__main__":
    main()
