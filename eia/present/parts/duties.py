"""Takes an Assessment; gives what the law of its place asks of such a document: which characteristics, which steps, and how a rule not checked is marked."""

from __future__ import annotations

from eia.findings.assessment import Assessment
from eia.findings.legal.applicable_law import Applicable
from eia.law.records import Rule
from eia.present.figures.model import Figures
from eia.present.sections.law import MARKED, citation

_ASKS = ("assessment_duty", "no_statutory_assessment", "engagement", "socio_economic_duty")
_NINE = ("Age", "Disability", "Gender reassignment", "Marriage and civil partnership", "Pregnancy and maternity", "Race",
         "Religion or belief", "Sex", "Sexual orientation")  # fmt: skip
_SECTION_75 = ("Religious belief", "Political opinion", "Race", "Age", "Marital status", "Sexual orientation", "Sex",
               "Disability", "Dependants")  # fmt: skip
_ALSO = {"Wales": ("Welsh language", "Socio-economic disadvantage"), "Scotland": ("Socio-economic disadvantage",)}


def asked_here(assessment: Assessment) -> str:
    """What the law of the place asks of an assessment, by the names of its rules; no full stop."""
    if told := [f"{rule.title} ({citation(rule)})" for rule in duties(assessment)]:
        return f"The law here: {'; '.join(told)}"
    return "No duty is cited here: either the employer is not given as one that an equality duty binds, or the place is not given"


def duties(assessment: Assessment) -> tuple[Rule, ...]:
    """The rules of the place that say what such an assessment must hold, the duty itself first; and what it asks of whoever decides."""
    law = assessment.law
    decides = law.decisions.rule if law.decisions else None
    general = law.applies.duties[:1]
    asked = tuple(rule for rule in law.applies.duties if rule.key in _ASKS and rule not in general)
    return (*general, *asked, *((decides,) if decides else ()))


def to_cover(law: Applicable) -> tuple[str, ...]:
    """The characteristics that an assessment of the place goes through: those of the Act, or the nine categories of Northern Ireland; and what
    the nation adds."""
    return (*(_SECTION_75 if law.northern_ireland else _NINE), *_ALSO.get(law.where, ()))


def aims(law: Applicable) -> str:
    """The aims of the duty that binds the employer, in a sentence; nothing where none is known to bind."""
    if not law.duties or law.bound in ("not bound", "not known"):
        return ""
    if law.northern_ireland:
        return (
            "The duty has two aims: to give equal opportunity, and to foster good relations."
            if law.bound == "bound"
            else ""
        )
    return "The duty has three aims: to end discrimination, to give equal opportunity, and to foster good relations."


def marked(figures: Figures) -> str:
    """What the mark behind a rule says."""
    return f"{MARKED.removesuffix('.')}{figures.see('C9')}."
