"""Takes the assessment of the visit; shows what people would leave or stay with: notice, severance pay, pensions, pay protection."""

from eia.dashboard.session import session
from eia.dashboard.widgets import folded, law_link, link, needed, prose
from eia.present.sections.process import terms_sections


def main() -> None:
    """The page."""
    assessment = needed("Pay and terms", session())
    made = terms_sections(assessment)
    if not made:
        prose("Nothing can be said of notice, pay or pensions yet. The proposal has the days and the terms to enter.")
    for section in made:
        folded(section)
    link("take_away", "Take away: what severance terms would pay, where the file gives length of service")
    law_link()


if __name__ == "__main__":
    main()
