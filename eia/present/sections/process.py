"""Takes an Assessment; gives the sections on how the proposal is gone about: what to ask, consultation, priority, severance."""

from __future__ import annotations

from eia.findings.assessment import Assessment
from eia.present.documents.model import Block
from eia.present.sections.checklist import questions
from eia.present.sections.consultation import consultation
from eia.present.sections.family_leave_priority import priority
from eia.present.sections.leaving import notice_section, pension_section
from eia.present.sections.papers import decisions_section, documents_section, hr1_section
from eia.present.sections.severance import severance
from eia.present.sections.staying import other_work_section, protection_section, transfer_section


def process_sections(assessment: Assessment) -> tuple[tuple[Block, ...], ...]:
    """Each section that the case says enough for, its heading first."""
    case, law, today = assessment.case, assessment.law, assessment.run.when.date()
    made = (
        questions(assessment),
        consultation(law.clock, case, today=today),
        hr1_section(law.form, today=today),
        documents_section(case),
        notice_section(assessment.notice, today=today),
        priority(assessment.priority, case, today=today),
        severance(law.limits, today=today),
        pension_section(assessment.pension, today=today),
        other_work_section(assessment.other_work, today=today),
        protection_section(assessment.protection),
        transfer_section(law.transfers, today=today),
        decisions_section(law.decisions, today=today),
    )
    return tuple(section for section in map(tuple, made) if section)
