"""Takes the assessment of the visit; shows the figures behind one answer at a time: in words, as a chart, and of every group."""

from collections.abc import Sequence

import streamlit as st

from eia.case import Question
from eia.dashboard.choices.analysis import characteristics_of, with_findings_of
from eia.dashboard.session import choice, session
from eia.dashboard.widgets import blocks, bullets, chart, facts, heading, inert, needed, prose, table
from eia.findings.assessment import Assessment
from eia.findings.headlines import at_level, leading
from eia.present.charts.from_assessment import figure, waterfall
from eia.present.documents.model import Block, Heading, Table
from eia.present.sections.extras.clear_steps import steps_by_evidence
from eia.present.sections.extras.post_lists import HEADING as POSTS
from eia.present.sections.extras.post_lists import posts_section
from eia.present.sections.extras.subsequent_outcomes import INTRODUCTION
from eia.present.sections.extras.subsequent_outcomes import TITLE as CAME_OF_IT
from eia.present.sections.law_section import asides
from eia.present.tables.findings_tables import question_table, split_table
from eia.present.text.alternative_comparators import alternatives_tables
from eia.present.text.grounds import driving_table
from eia.present.text.mixed import as_told
from eia.present.text.narrative import answers, overall_leading, statements
from eia.present.text.words import COMPARISONS, LEVELS, MEANINGS, OVERALL, QUESTIONS, adds_up

TOLD = "Those the answers speak of"
EVERY = "Every characteristic"
TOLD_FIRST = 4  # sentences shown at once; the others are folded away
FEW = 4  # so many characteristics are shown together from the start


def main() -> None:
    """The page."""
    assessment = needed("Pools", session())
    for aside in asides(assessment):
        prose(aside, kind="soft")
    evidence(assessment)
    for one in (driving_table(assessment), *alternatives_tables(assessment)):
        if one.rows:
            with st.expander(inert(one.title)):
                table(one)
    with st.expander("What the words for evidence mean"):
        facts((LEVELS[level], meaning) for level, meaning in MEANINGS.items())


@st.fragment
def evidence(assessment: Assessment) -> None:
    """The figures behind the answer that is chosen, one at a time: all of them together are too long to find anything in."""
    asked = {QUESTIONS[question]: question for question in assessment.case.analysis.questions}
    posts, (telling, others) = tuple(posts_section(assessment)), steps_by_evidence(assessment)
    beside = {POSTS: bool(posts), CAME_OF_IT: bool(telling or others)}
    titles = [*asked, OVERALL, *(title for title, given in beside.items() if given)]
    told = dict(zip(titles, as_told(assessment, titles), strict=True))
    answer = st.radio(
        "Which answer",
        titles,
        horizontal=True,
        key=choice("answer", titles[0]),
        format_func=lambda title: inert(told[title]),
    )
    if answer == POSTS:
        blocks(posts)
        return
    heading(answer)
    if answer == CAME_OF_IT:
        what_happened_next(telling, others)
    elif answer == OVERALL:
        adding_up(assessment)
    else:
        one_question(assessment, asked[answer])


def what_happened_next(telling: Sequence[Sequence[Block]], others: Sequence[Sequence[Block]]) -> None:
    """The steps in which a group shows something, each with its table folded under it; the others are folded whole."""
    prose(INTRODUCTION, kind="soft")
    for part in telling:
        blocks(block for block in part if not isinstance(block, Table))
        for made in part:
            if isinstance(made, Table):
                with st.expander(inert(made.title)):
                    table(made)
    if telling and others:
        heading("Steps at which no group stands out", 3)
    for part in others:
        title, *inside = part
        assert isinstance(title, Heading)  # noqa: S101 - so each part begins
        with st.expander(inert(title.text)):
            blocks(inside)


def one_question(assessment: Assessment, question: Question) -> None:
    """The figures of one question, the chart for the characteristics chosen."""
    prose(f"Compared: {COMPARISONS[question]}.", kind="soft")
    if told := statements(assessment, question):
        bullets(told[:TOLD_FIRST])
        if further := told[TOLD_FIRST:]:
            with st.expander("More in words"):
                bullets(further)
    else:
        prose(dict(answers(assessment))[QUESTIONS[question]])
    every = characteristics_of(assessment)
    look_at = st.selectbox("Show in the chart", [TOLD, EVERY, *every], key=choice("shown", TOLD))
    shown: Sequence[str] = {TOLD: _told_of(assessment, question), EVERY: every}.get(look_at, (look_at,))
    if spec := figure(with_findings_of(assessment, shown), question):
        chart(spec, question)
    with st.expander("Table of every group"):
        table(question_table(assessment, question))


def _told_of(assessment: Assessment, question: Question) -> tuple[str, ...]:
    """The characteristics that the answer to a question speaks of; every one where there are few, or none stands out."""
    every = characteristics_of(assessment)
    findings = assessment.under(question)
    told = (*leading(findings), *at_level(findings, "found"), *at_level(findings, "stands_out"))
    named = {finding.characteristic.title for finding in told}
    return tuple(title for title in every if title in named) if named and len(every) > FEW else every


def adding_up(assessment: Assessment) -> None:
    """How the totals of those hit hardest come about, in words and as charts."""
    leading = overall_leading(assessment)
    if not leading:
        prose(dict(answers(assessment))[OVERALL])
    for finding in leading:
        prose(adds_up(finding))
        if spec := waterfall(finding):
            chart(spec, f"leading-{finding.characteristic.key}")
    split = split_table(assessment)
    if split.rows:
        with st.expander("Table of every group"):
            table(split)


if __name__ == "__main__":
    main()
