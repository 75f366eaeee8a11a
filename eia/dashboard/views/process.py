"""Takes the assessment of the visit; shows how the proposal is gone about: consultation, what to ask for, severance pay."""

from eia.dashboard.session import session
from eia.dashboard.widgets import blocks, link, needed
from eia.present.process_sections import process_sections


def main() -> None:
    """The page."""
    assessment = needed("Consultation", session())
    for section in process_sections(assessment):
        blocks(section)
    link("proposal", "The proposal: dates, numbers, and what has come in writing")


if __name__ == "__main__":
    main()
