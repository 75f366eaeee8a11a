"""Takes the assessment of the visit; shows what the scores and the absences behind them say, and what to ask where there are none."""

import streamlit as st

from eia.dashboard.session import session
from eia.dashboard.widgets import blocks, bullets, heading, inert, link, needed, prose, table
from eia.present.sections.extras.absences import absences_section
from eia.present.sections.extras.scores import scores_tables, scores_told


def main() -> None:
    """The page."""
    assessment = needed("Scores", session())
    told = scores_told(assessment)
    if told:
        heading("What the scores show")
        bullets(told)
    else:
        prose(
            "No file of scores is open. With one, this page shows how each criterion marks each group, and who was selected out of order."
        )
        link("start", "Start: open a file of scores")
    for one in scores_tables(assessment):
        with st.expander(inert(one.title)):
            table(one)
    blocks(absences_section(assessment.absences), raised=2)
    if told:
        link("try_change", "Try a change: leave a criterion out, or weigh it otherwise")


if __name__ == "__main__":
    main()
