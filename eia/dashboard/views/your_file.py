"""Takes what was read; shows what was recognised and what was done to it, and lets the visitor put right what was not."""

import streamlit as st

from eia.case import Case
from eia.dashboard.choices import column_name, columns_chosen, extract_chosen, outcomes_chosen, sheet_chosen
from eia.dashboard.opened import Sources, changed, file_quality, sheets
from eia.dashboard.session import Session, session
from eia.dashboard.widgets import facts, go, heading, link, problem, prose, table, top
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.present.document import Column, Table
from eia.present.format import people
from eia.present.posts_words import differences_table, posts_told
from eia.present.quality import quality_table, quality_words
from eia.present.tables import intake_table


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
    if visit.assessment is not None:
        read(visit.assessment)
        lists(visit.assessment)
        ask(visit.assessment)
        if visit.case is not None and visit.sources is not None:
            worth(visit, visit.case, visit.sources)
    counts = visit.assessment is not None and visit.assessment.summary.people is None
    if visit.case is not None and visit.sources is not None and not counts:
        mend(visit)


def read(assessment: Assessment) -> None:
    """How the file was read."""
    summary = assessment.summary
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
        rows = [(one.header, column_name(one.column)) for one in summary.intake.mapped]
        heads = (Column("Header in the file"), Column("Taken for"))
        table(Table(title="Columns that are used", columns=heads, rows=tuple(rows)))


def lists(assessment: Assessment) -> None:
    """How the lists of posts were read, and which of their rows do not fit."""
    made = assessment.restructure
    if made is None:
        return
    heading("How the lists of posts were read")
    prose(*posts_told(made))
    left, right = st.columns(2, gap="large")
    with left:
        rows = tuple((one.header, column_name(one.column)) for one in made.intake.mapped)
        heads = (Column("Header in the lists"), Column("Taken for"))
        table(Table(title="Columns of the lists that are used", columns=heads, rows=rows))
    with right:
        if made.differences:
            table(differences_table(made))


def worth(visit: Session, case: Case, sources: Sources) -> None:
    """What the file is worth: what is missing, and how far people stand out."""
    found = visit.once("quality", lambda: file_quality(case, sources))
    if found is not None:
        heading("What the file is worth")
        for sentence in quality_words(found):
            prose(sentence)
        table(quality_table(found))


def ask(assessment: Assessment) -> None:
    """Headers that may be a column of the model, and are not used until the visitor says so."""
    if assessment.summary.intake.asked:
        heading("Is this what it looks like?")
        for asked in assessment.summary.intake.asked:
            prose(
                f"“{asked.header}” may be {column_name(asked.column)}: {asked.reason}. It is not used. If it is, choose it below."
            )


def mend(visit: Session) -> None:
    """Choices about the file, for where a column or a word was not understood."""
    assert visit.case is not None and visit.sources is not None  # noqa: S101, PT018 - asked by the caller
    heading("Put right what was not understood")
    prose(
        "What a message tells you to say in the case can be chosen here. Leave a column on “found by its header” unless a "
        "message, or the table above, shows that it was taken wrongly."
    )
    sources = visit.sources
    sheet = sheet_chosen(visit.case, visit.once("sheets", lambda: sheets(sources)))
    with st.expander("Which column is which", expanded=visit.assessment is None):
        columns = columns_chosen(visit.case, visit.headers)
    with st.expander("What the words in the outcome column mean", expanded=visit.assessment is None):
        outcomes = outcomes_chosen(visit.case)
    extract = extract_chosen(visit.case)
    if st.button("Read the file again", type="primary", key="read_again"):
        dates = visit.case.dates.model_dump(mode="json") | {"extract": extract}
        try:
            files = visit.case.files.model_dump(exclude_none=True) | ({"sheet": sheet} if sheet else {})
            visit.reread(changed(visit.case, files=files, columns=columns, outcomes=outcomes, dates=dates))
        except EiaError as error:
            visit.refuse(error)
        if visit.problem is None:
            go("answer")
        st.rerun()


if __name__ == "__main__":
    main()
