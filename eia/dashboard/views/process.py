"""Takes the assessment of the visit; shows how the proposal is gone about: the clock, what to ask for and what came, priority, decisions."""

from eia.dashboard.parts.priority_rows import priority_rows
from eia.dashboard.session import session
from eia.dashboard.widgets import blocks, folded, heading, law_link, link, needed, prose
from eia.present.sections.consultation import first_of_all
from eia.present.sections.law_section import time_limits
from eia.present.sections.process import steps_sections


def main() -> None:
    """The page."""
    visit = session()
    assessment = needed("Process", visit)
    blocks(first_of_all(assessment))
    prose(time_limits(assessment))
    law_link()
    for section in steps_sections(assessment):
        folded(section)
    heading("Priority, row by row")
    if assessment.priority is None:
        prose(
            "Who is pregnant, on family leave or lately back from it can have priority for suitable vacancies. This page shows who, "
            "once a file of leave is open beside the workforce."
        )
        link("start", "Start: open a file of leave")
    else:
        priority_rows(visit)


if __name__ == "__main__":
    main()
