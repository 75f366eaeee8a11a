"""Takes the assessment of the visit; shows its answers, what to ask, and each question's chart and table."""

import streamlit as st

from eia.dashboard.chosen import about, groups, standing_out, titles
from eia.dashboard.session import choice, session
from eia.dashboard.widgets import bullets, chart, facts, heading, link, needed, prose, section, table
from eia.findings.assessment import Assessment
from eia.findings.finding import Finding
from eia.present.came_of_it import INTRODUCTION, TITLE, came_of_it_parts
from eia.present.figures import figure, waterfall
from eia.present.further import further_tables, further_told
from eia.present.grounds import could_show_table, driving_table, grounds_told, overall_told, unknown_table
from eia.present.law_words import asides, law_section
from eia.present.narrative import (
    NOT_THE_LAW,
    answers,
    cannot_tell,
    overall_leading,
    questions_to_ask,
    statements,
)
from eia.present.posts_words import posts_section
from eia.present.process_sections import process_sections
from eia.present.ranged import ranged_table, ranged_told
from eia.present.scores_words import scores_tables, scores_told
from eia.present.tables import question_table, split_table
from eia.present.words import LEVELS, MEANINGS, OVERALL, QUESTIONS, adds_up, statement

TOLD = "Those the answers speak of"
EVERY = "Every characteristic"


def main() -> None:
    """The page."""
    assessment = needed("The answer", session())
    places = st.columns(2, gap="large") + st.columns(2, gap="large")
    for (question, answer), place in zip(answers(assessment), places, strict=False):
        with place:
            heading(question)
            hit = overall_leading(assessment) if question == OVERALL else ()
            prose(*(adds_up(finding) for finding in hit) if hit else (answer,))
    left, right = st.columns(2, gap="large")
    with left:
        heading("Five questions to ask")
        bullets(questions_to_ask(assessment), ordered=True)
    with right:
        heading("What cannot be told")
        bullets(cannot_tell(assessment))
        prose(NOT_THE_LAW, kind="soft")
    evidence(assessment)
    came_of_it(assessment)
    story(assessment)
    if lists := tuple(posts_section(assessment)):
        heading("The posts")
        section(lists)
    heading("The law")
    section(law_section(assessment))
    for made in process_sections(assessment):
        section(made)
    heading("Next")
    link("draft", "Save the draft assessment, its charts and tables")
    link("proposal", "Change what the proposal says")


@st.fragment
def evidence(assessment: Assessment) -> None:
    """The chart and table of every question, for the characteristics chosen."""
    heading("The figures behind it")
    for aside in asides(assessment):
        prose(aside, kind="soft")
    every = titles(assessment)
    look_at = st.selectbox("Show in the charts", [TOLD, EVERY, *every], key=choice("shown", TOLD))
    for question in assessment.case.analysis.questions:
        chosen = {TOLD: standing_out(assessment, question), EVERY: every}.get(look_at, (look_at,))
        heading(QUESTIONS[question], 3)
        bullets(statements(assessment, question))
        if spec := figure(about(assessment, chosen), question):
            chart(spec, question)
        with st.expander(f"Table of every group: {QUESTIONS[question]}"):
            table(question_table(assessment, question))
        if question == "selection" and assessment.ranged:
            bullets(ranged_told(assessment))
            with st.expander(ranged_table(assessment).title):
                table(ranged_table(assessment))
        if question == "selection":
            beside(assessment)
    heading(OVERALL, 3)
    for finding in overall_leading(assessment):
        adding_up(finding, "leading")
    split = split_table(assessment)
    if split.rows:
        with st.expander(f"Table of every group: {OVERALL}"):
            table(split)
    with st.expander("What the words for evidence mean"):
        facts((LEVELS[level], meaning) for level, meaning in MEANINGS.items())


def beside(assessment: Assessment) -> None:
    """What stands beside who goes within a job: all comparisons together, age, overlaps, and how far the figures hold."""
    if overall := overall_told(assessment):
        prose(overall)
    if told := further_told(assessment):
        bullets(told)
    if scored := scores_told(assessment):
        prose("The scores:")
        bullets(scored)
    made = (could_show_table, driving_table, unknown_table)
    for spec in (*(make(assessment) for make in made), *further_tables(assessment), *scores_tables(assessment)):
        if spec.rows:
            with st.expander(spec.title):
                table(spec)


def came_of_it(assessment: Assessment) -> None:
    """What came before and after selection, a step at a time; nothing where the files say nothing of it."""
    if parts := came_of_it_parts(assessment):
        heading(TITLE)
        prose(INTRODUCTION)
        for part in parts:
            section(part)


def adding_up(finding: Finding, where: str) -> None:
    """How one group's total comes about, in words and as a chart."""
    prose(adds_up(finding))
    if spec := waterfall(finding):
        chart(spec, f"{where}-{finding.characteristic.key}")


@st.fragment
def story(assessment: Assessment) -> None:
    """Everything that is said of one group."""
    heading("One group's story")
    hit = overall_leading(assessment, 1)
    every = titles(assessment)
    left, right = st.columns(2)
    with left:
        start = every.index(hit[0].characteristic.title) if hit else 0
        characteristic = st.selectbox("Characteristic", every, index=start, key="story characteristic")
    found = groups(assessment, characteristic)
    with right:
        labels = list(found)
        start = labels.index(hit[0].group.label) if hit and hit[0].group.label in labels else 0
        group = st.selectbox("Group", labels, index=start, key=f"story group {characteristic}")
    bullets([statement(finding, assessment.case.analysis) for finding in found[group]])
    if told := [line for finding in found[group] for line in grounds_told(finding, assessment.cube.layout.pools)]:
        heading("How far this holds, and what could have been seen", 3)
        bullets(told)
    adding_up(found[group][0], "story")


if __name__ == "__main__":
    main()
