"""Takes the assessment of the visit; shows how the proposal is gone about: consultation, what to ask for, severance pay."""

from eia.dashboard.session import session
from eia.dashboard.widgets import blocks, law_link, link, needed, prose
from eia.present.documents.model import Heading
from eia.present.sections.consultation import first_of_all
from eia.present.sections.family_leave_priority import HEADING as PRIORITY
from eia.present.sections.law_section import time_limits
from eia.present.sections.process import process_sections


def main() -> None:
    """The page."""
    assessment = needed("Consultation", session())
    blocks(first_of_all(assessment))
    for section in process_sections(assessment):
        if Heading(PRIORITY, 2, "priority") not in section:  # it has a page of its own
            blocks(section)
    prose(time_limits(assessment))
    law_link()
    link("priority", "Priority: who has priority for suitable vacancies, around family leave")
    link("proposal", "The proposal: dates, numbers, and what has come in writing")


if __name__ == "__main__":
    main()
