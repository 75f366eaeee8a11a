"""Takes an Assessment; gives the sections on how the proposal is gone about: what to ask, consultation, priority, severance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eia.findings.assessment import Assessment
from eia.present.documents.model import Block
from eia.present.sections.checklist import questions
from eia.present.sections.consultation import consultation
from eia.present.sections.family_leave_priority import priority
from eia.present.sections.papers import decisions_section, documents_section, hr1_section
from eia.present.sections.terms.leaving import notice_section, pension_section
from eia.present.sections.terms.severance import severance
from eia.present.sections.terms.staying import other_work_section, protection_section, transfer_section

TERMS = frozenset({"notice", "severance", "pension", "protection"})
"""The sections on what people leave or stay with; the others are on how the proposal is gone about."""


def process_sections(assessment: Assessment) -> tuple[tuple[Block, ...], ...]:
    """Each section that the case says enough for, its heading first."""
    return tuple(_given(assessment).values())


def terms_sections(assessment: Assessment) -> tuple[tuple[Block, ...], ...]:
    """Those on notice, pay and pensions."""
    return tuple(section for name, section in _given(assessment).items() if name in TERMS)


def steps_sections(assessment: Assessment) -> tuple[tuple[Block, ...], ...]:
    """Those on the steps of the process: everything but the terms."""
    return tuple(section for name, section in _given(assessment).items() if name not in TERMS)


def _given(assessment: Assessment) -> Mapping[str, tuple[Block, ...]]:
    case, law = assessment.case, assessment.law
    made: Mapping[str, Iterable[Block]] = {
        "questions": questions(assessment),
        "consultation": consultation(law.clock, case),
        "form": hr1_section(law.form),
        "documents": documents_section(case),
        "notice": notice_section(assessment.notice),
        "priority": priority(assessment.priority, case),
        "severance": severance(law.limits, law.caps),
        "pension": pension_section(assessment.pension),
        "other work": other_work_section(assessment.other_work),
        "protection": protection_section(assessment.protection),
        "transfer": transfer_section(law.transfers),
        "decisions": decisions_section(law.decisions),
    }
    return {name: section for name, blocks in made.items() if (section := tuple(blocks))}
