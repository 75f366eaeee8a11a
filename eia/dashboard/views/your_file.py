"""Takes what was read; shows what was recognised and what was done to it, and lets the visitor put right what was not."""

import streamlit as st

from eia.case import Case, changed
from eia.dashboard.open_files import Sources, file_worth, holds_counts, outcome_words, sheets
from eia.dashboard.reading_choices import column_name, reading_choices
from eia.dashboard.session import Session, session
from eia.dashboard.widgets import facts, go, heading, link, problem, prose, table, top
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.intake.intake_record import Intake
from eia.intake.quality import Quality
from eia.present.documents.model import Table, heads
from eia.present.sections.extras.post_lists import differences_table, posts_told
from eia.present.tables.counts_quality import counts_quality_table, counts_quality_words
from eia.present.tables.data_quality import quality_table, quality_words
from eia.present.tables.findings_tables import intake_table
from eia.present.text.numbers import people


def main() -> None:
    """The page."""
    visit = session()
    top("Your file", visit)
    if visit.problem is not None:
        problem(visit.problem)
        if visit.sources is None:
            link("start", "Start: open another file")
    elif visit.case is None:
        prose("Nothing is open yet. Open a file or an example first, and this page will show how it was read.")
        link("start", "Go to Start")
    elif visit.assessment is None:
        link("check", "Check what we read: some questions come first")
    if visit.assessment is not None:
        read(visit.assessment)
        lists(visit.assessment)
        if visit.case is not None and visit.sources is not None:
            worth(visit, visit.case, visit.sources)
    if visit.case is not None and visit.sources is not None:
        mend(visit, visit.case, visit.sources)


def read(assessment: Assessment) -> None:
    """How the file was read."""
    summary = assessment.evidence
    given = (
        ("People in the file", summary.people),
        ("In pools", summary.in_pools),
        ("Pools", len(assessment.cube.layout.pools)),
    )
    heading("What is in it")
    facts((name, people(number)) for name, number in given if number is not None)
    heading("How it was read")
    left, right = st.columns(2, gap="large")
    with left:
        table(intake_table(assessment))
    with right:
        used("Columns that are used", "Header in the file", summary.intake)


def used(title: str, header: str, intake: Intake) -> None:
    """The columns that were recognised."""
    rows = tuple((one.header, column_name(one.column)) for one in intake.mapped)
    table(Table(title=title, columns=heads(header, "Taken for", words=("Taken for",)), rows=rows))


def lists(assessment: Assessment) -> None:
    """How the lists of posts were read, and which of their rows do not fit."""
    made = assessment.restructure
    if made is None:
        return
    heading("How the lists of posts were read")
    prose(*posts_told(made))
    left, right = st.columns(2, gap="large")
    with left:
        used("Columns of the lists that are used", "Header in the lists", made.intake)
    with right:
        if made.differences:
            table(differences_table(made))


def worth(visit: Session, case: Case, sources: Sources) -> None:
    """What the file is worth: what is missing, and how far people stand out, or how exact its counts are."""
    found = visit.once("quality", lambda: file_worth(case, sources))
    heading("What the file is worth")
    if isinstance(found, Quality):
        prose(*quality_words(found))
        table(quality_table(found))
    else:
        prose(*counts_quality_words(found))
        table(counts_quality_table(found))


def mend(visit: Session, case: Case, sources: Sources) -> None:
    """Choices about the file, for where a column or a word was not understood."""
    heading("Put right how it is read")
    prose("Fix the problems above here.")
    wanted = reading_choices(
        case,
        headers=visit.headers,
        sheets=visit.once("sheets", lambda: sheets(sources)),
        counts=holds_counts(case, sources),
        held_back=visit.reading.intake.held_back if visit.reading else (),
        unknown_outcomes=outcome_words(case, sources) if visit.problem else (),
        message=str(visit.problem) if visit.problem else "",
    )
    if st.button("Read the file again", type="primary", key="read_again"):
        try:
            visit.reread(changed(case, **wanted))
        except EiaError as error:
            visit.refuse(error)
        if visit.problem is None:
            go("answer" if visit.assessment else "check")
        st.rerun()


if __name__ == "__main__":
    main()
