"""Takes the assessment of the visit; shows which law its comparisons speak to, every rule with its source."""

from eia.dashboard.session import session
from eia.dashboard.widgets import blocks, needed
from eia.present.sections.law import law_section


def main() -> None:
    """The page."""
    blocks(law_section(needed("The law", session())))


if __name__ == "__main__":
    main()
