"""Takes an Assessment and its Figures; gives the Figures of a response: the gaps that somebody chose for it first, then the others."""

from __future__ import annotations

from dataclasses import replace

from eia.findings.assessment import Assessment
from eia.findings.gaps import case_name, chosen, gaps
from eia.present.figures.exact import chance
from eia.present.figures.model import Figures


def led_by_the_chosen(assessment: Assessment, figures: Figures) -> Figures:
    """The same numbers in that order; and what is said of chance is said of all of these gaps."""
    if not figures.chosen:
        return figures
    others = tuple(gap for gap in figures.gaps if gap not in figures.chosen)
    named = {case_name(gap.finding): gap for gap in (*chosen(assessment), *gaps(assessment))}
    said = chance(tuple(named.values())) if figures.edition == "confidential" else figures.chance
    return replace(figures, gaps=(*figures.chosen, *others), chance=said)
