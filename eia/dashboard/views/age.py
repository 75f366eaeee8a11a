"""Takes the assessment of the visit; shows what age does: the trend, each question by bands of age, and the ages at which rules change."""

import streamlit as st

from eia.dashboard.choices.analysis import with_findings_of
from eia.dashboard.session import session
from eia.dashboard.widgets import bullets, chart, heading, inert, needed, prose, table
from eia.findings.assessment import Assessment
from eia.present.charts.from_assessment import figure
from eia.present.tables.findings_tables import question_table
from eia.present.tables.supplementary_tables import age_table
from eia.present.text.supplementary import age_told
from eia.present.text.words import QUESTIONS


def main() -> None:
    """The page."""
    assessment = needed("Age", session())
    titles = {one.characteristic.title for one in assessment.findings if one.characteristic.protected == "Age"}
    of_age = with_findings_of(assessment, titles)
    if not of_age.findings:
        prose("Nobody's age is in the file, nor a date of birth.")
        return
    if told := tuple(age_told(assessment)):
        bullets(told)
    by_band(of_age)
    ages = age_table(assessment)
    if ages.rows:
        with st.expander(inert(ages.title)):
            table(ages)


def by_band(of_age: Assessment) -> None:
    """The chart of each question, with its table."""
    for question in of_age.case.analysis.questions:
        heading(QUESTIONS[question])
        if spec := figure(of_age, question):
            chart(spec, f"{question}-age")
        else:
            prose("There is no chart: nothing could be tested, or no gap is as large as one person.", kind="soft")
        with st.expander("The same as a table"):
            table(question_table(of_age, question))


if __name__ == "__main__":
    main()
