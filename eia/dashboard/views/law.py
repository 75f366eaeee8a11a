"""Takes the assessment of the visit; shows which law its comparisons speak to, every rule with its source."""

from eia.dashboard.session import session
from eia.dashboard.widgets import blocks, needed
from eia.present.sections.law_section import law_annex, law_section


def main() -> None:
    """The page."""
    assessment = needed("The law", session())
    blocks(law_section(assessment))
    blocks(law_annex(assessment))


if __name__ == "__main__":
    main()
