"""Takes an Assessment; gives the sections on how the proposal is gone about: what to ask, consultation, priority, severance."""

from __future__ import annotations

from eia.findings.assessment import Assessment
from eia.present.documents.model import Block
from eia.present.sections.checklist import questions
from eia.present.sections.consultation import consultation
from eia.present.sections.family_leave_priority import priority
from eia.present.sections.papers import decisions_section, documents_section, hr1_section
from eia.present.sections.terms.leaving import notice_section, pension_section
from eia.present.sections.terms.severance import severance
from eia.present.sections.terms.staying import other_work_section, protection_section, transfer_section


def process_sections(assessment: Assessment) -> tuple[tuple[Block, ...], ...]:
    """Each section that the case says enough for, its heading first."""
    case, law = assessment.case, assessment.law
    made = (
        questions(assessment),
        consultation(law.clock, case),
        hr1_section(law.form),
        documents_section(case),
        notice_section(assessment.notice),
        priority(assessment.priority, case),
        severance(law.limits, law.caps),
        pension_section(assessment.pension),
        other_work_section(assessment.other_work),
        protection_section(assessment.protection),
        transfer_section(law.transfers),
        decisions_section(law.decisions),
    )
    return tuple(section for section in map(tuple, made) if section)
