"""Takes the assessment of the visit; shows its answer on one screen: the verdict, three numbers, a chart and the evidence group by group."""

import streamlit as st

from eia.dashboard.parts.matrix import matrix
from eia.dashboard.session import choice, choose, session
from eia.dashboard.widgets import (
    bullets,
    chart_and_table,
    go,
    heading,
    large,
    link,
    needed,
    notice,
    open_group,
    prose,
    table,
)
from eia.findings.assessment import Assessment
from eia.present.figures.gap_told import shown_gaps
from eia.present.figures.unknowns import unknowns
from eia.present.parts.first_screen import answer_chart, large_numbers, verdicts
from eia.present.sections.extras.clear_steps import clear_steps, clear_steps_told, outstanding_steps, told_at_step
from eia.present.sections.extras.five_questions import five_questions
from eia.present.sections.extras.subsequent_outcomes import TITLE as CAME_OF_IT
from eia.present.sections.extras.subsequent_outcomes import subsequent_outcomes_told
from eia.present.sections.law_section import disability_told
from eia.present.tables.chart_table import chart_table
from eia.present.tables.evidence_matrix import ABOUT, evidence_matrix
from eia.present.text.narrative import CONFIDENTIAL, NOT_THE_LAW, answers, cannot_tell
from eia.present.text.open_questions import FIRST, questions_told
from eia.present.text.said_first import conventions_told, could_be_seen

PROTECTED, EVERY = "Protected characteristics", "All"
WITHIN = "The chart and Try a change count everyone selected. A sentence on a gap within pools leaves out pools in which all or none are selected."
OTHER_STEPS = "Clear gaps at other steps"


def main() -> None:
    """The page."""
    visit = session()
    assessment = needed("The answer", visit, in_short=True)
    above(assessment)
    with st.container(key="verdict"):
        for one in verdicts(assessment):
            prose(one.says, kind="lead" if one.leads else "")
            if one.chance:
                prose(one.chance)
    if clear_steps(assessment) and st.button(f"{CAME_OF_IT}: the figures", key="came_of_it", type="tertiary"):
        choose("answer", CAME_OF_IT)
        go("pools")
    spec = answer_chart(assessment)
    if spec is None:
        large(large_numbers(assessment))
    else:
        left, right = st.columns([2, 5], gap="medium")
        with left:
            large(large_numbers(assessment))
        with right:
            with st.container(key="wide-gaps"):
                chart_and_table(spec, "gaps")
            with st.container(key="narrow-gaps"):  # a narrow screen has no room for names beside bars
                table(chart_table(spec))
    evidence(assessment)
    if any(gap.pair and gap.step == "selection" for gap in shown_gaps(assessment)):
        prose(WITHIN, kind="soft")
    if later := clear_steps_told(assessment):
        heading(OTHER_STEPS)
        bullets(later)
    if unclear := outstanding_steps(assessment):
        with st.expander("What stands out at other steps, and is not yet clear"):
            bullets([told_at_step(assessment, gap) for gap in unclear])
    left, right = st.columns(2, gap="large")
    with left:
        heading("Five questions to ask")
        bullets(five_questions(assessment), ordered=True)
    with right:
        heading("What we do not know")
        bullets(
            (*unknowns(assessment), *could_be_seen(assessment)) or ("Every answer that this needs is in the file.",)
        )
        with st.expander("What cannot be told, in full"):
            bullets(cannot_tell(assessment))
    with st.expander("The answers in words"):
        for question, answer in answers(assessment):
            heading(question, 3)
            prose(answer)
        if told := subsequent_outcomes_told(assessment):
            heading(CAME_OF_IT, 3)
            bullets(told)
        if told := disability_told(assessment):
            prose(*told)
    notice(CONFIDENTIAL, "confidential")
    prose(NOT_THE_LAW, kind="soft")


def above(assessment: Assessment) -> None:
    """What may have been misread, and conventions of this case: numbered, as many as the name of this place says."""
    asked, told = questions_told(assessment.evidence.intake), tuple(conventions_told(assessment))
    if asked:
        notice(FIRST, "caution")
    if asked or told:
        with st.container(key="to-know"):
            prose(f"{len(asked) + len(told)} to know first:", kind="soft")
            bullets((*asked, *told), ordered=True)
    if asked:
        link("check", "Check what we read")


@st.fragment
def evidence(assessment: Assessment) -> None:
    """The matrix, with what of it is shown; a press on a group opens its story."""
    made = session().once("matrix", lambda: evidence_matrix(assessment))
    with st.container(horizontal=True, vertical_alignment="center", key="matrix-filters"):
        heading("The evidence, group by group")
        shown = st.segmented_control(
            "Which groups are shown", [PROTECTED, EVERY], key=choice("matrix of", PROTECTED), required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        clear = st.toggle("Clear gaps only", key=choice("matrix clear", False))
    chosen = made.only(protected=shown == PROTECTED, clear=clear)
    if not chosen.rows:
        prose(no_rows(assessment) if clear else "No protected characteristic is in the file.")
    elif address := matrix(chosen, "matrix"):
        open_group(address)
    prose(ABOUT, kind="soft")


def no_rows(assessment: Assessment) -> str:
    """Why no group is left when only clear gaps are shown, and where those of other steps stand."""
    said = "No group shows a clear gap in how people are selected."
    return f"{said} See “{OTHER_STEPS}” below." if clear_steps_told(assessment) else said


if __name__ == "__main__":
    main()
