"""Takes the assessment of the visit; shows how far who is selected within each pool holds, and what is to be seen beside it."""

import streamlit as st

from eia.dashboard.session import session
from eia.dashboard.widgets import blocks, bullets, heading, inert, needed, table
from eia.present.parts.behind import behind
from eia.present.sections.extras.scores import scores_tables
from eia.present.tables.supplementary_tables import supplementary_tables
from eia.present.text.grounds import driving_table, unknown_table
from eia.present.text.narrative import cannot_tell
from eia.present.text.words import QUESTIONS


def main() -> None:
    """The page."""
    assessment = needed("How far it holds", session())
    if limits := cannot_tell(assessment):
        heading("What cannot be told")
        bullets(limits)
    if made := tuple(behind(assessment)):
        heading(QUESTIONS["selection"])
        blocks(made, raised=1)
    made_tables = (
        driving_table(assessment), unknown_table(assessment), *supplementary_tables(assessment), *scores_tables(assessment),
    )  # fmt: skip
    if any(one.rows for one in made_tables):
        heading("Further tables")
    for one in made_tables:
        if one.rows:
            with st.expander(inert(one.title)):
                table(one)


if __name__ == "__main__":
    main()
