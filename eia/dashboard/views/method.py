"""Takes the assessment of the visit; shows how sure its figures are, how they were made, and which law they speak to, every rule with its source."""

import streamlit as st

from eia.dashboard.session import session
from eia.dashboard.widgets import blocks, bullets, facts, folded, heading, inert, link, needed, prose, table
from eia.present.documents.model import Table
from eia.present.parts.behind import behind
from eia.present.sections.law_section import law_annex, law_section
from eia.present.tables.supplementary_tables import age_table, supplementary_tables
from eia.present.text.grounds import unknown_table
from eia.present.text.narrative import GLOSSARY, cannot_tell, method
from eia.present.text.words import QUESTIONS


def main() -> None:
    """The page."""
    assessment = needed("Data and method", session())
    if limits := cannot_tell(assessment):
        heading("What cannot be told")
        bullets(limits)
    link("your_file", "Your file: how it was read, and what it is worth")
    if made := tuple(behind(assessment)):
        heading(QUESTIONS["selection"])
        blocks([block for block in made if not isinstance(block, Table)], raised=1)
    beside = [block for block in made if isinstance(block, Table)]
    beside += [unknown_table(assessment), *supplementary_tables(assessment)]
    told = [one for one in beside if one.rows and one.title != age_table(assessment).title]
    if told:
        heading("Further tables")
    for one in told:
        with st.expander(inert(one.title)):
            table(one)
    heading("The method and the law")
    with st.expander("How the figures were made"):
        prose(*method(assessment))
        facts(GLOSSARY)
    folded([*law_section(assessment), *law_annex(assessment)])


if __name__ == "__main__":
    main()
