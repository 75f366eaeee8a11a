"""Takes an Assessment; gives the technical annex as a Document of 10 to 15 pages, and every further table and chart."""

from __future__ import annotations

from eia.findings.assessment import Assessment
from eia.present.documents.model import Document, Table
from eia.present.parts.annex.record import data, jobs, later, law, methods, record
from eia.present.parts.annex.results import criteria, from_pools, how_sure, main_results
from eia.present.sections.extras.absences import absences_section
from eia.present.sections.extras.post_lists import post_tables
from eia.present.sections.extras.scores import scores_tables
from eia.present.sections.extras.subsequent_outcomes import subsequent_outcomes_section
from eia.present.sections.law import marked_once, sources_table
from eia.present.sections.law_section import routes_table, rules_used
from eia.present.sections.process import process_sections
from eia.present.sections.scenarios import scenarios_section
from eia.present.tables.findings_tables import exact_table, intake_table, question_table, split_table
from eia.present.tables.supplementary_tables import supplementary_tables
from eia.present.text.grounds import could_show_table, driving_table, unknown_table
from eia.present.text.mixed import as_told
from eia.present.text.narrative import CONFIDENTIAL

SECTIONS = (methods, data, jobs, main_results, how_sure, criteria, from_pools, later, law, record)


def annex(assessment: Assessment) -> Document:
    """The annex: parts C1 to C10, always all of them, so that other documents can cite them."""
    made = Document(
        title="Technical annex",
        subtitle=assessment.case.title,
        notice=CONFIDENTIAL,
        blocks=tuple(block for section in SECTIONS for block in section(assessment)),
    )
    return marked_once(as_told(assessment, made))


def annex_tables(assessment: Assessment) -> tuple[Table, ...]:
    """Every table in full: of the questions, what stands behind them, scores, posts, later stages, terms and the law."""
    sections = (
        *process_sections(assessment),
        tuple(absences_section(assessment.absences)),
        subsequent_outcomes_section(assessment),
        tuple(scenarios_section(assessment)),
    )
    made = (
        *(question_table(assessment, question) for question in assessment.case.analysis.questions),
        split_table(assessment),
        exact_table(assessment),
        could_show_table(assessment),
        unknown_table(assessment),
        driving_table(assessment),
        *supplementary_tables(assessment),
        *scores_tables(assessment),
        *post_tables(assessment),
        *(block for section in sections for block in section if isinstance(block, Table)),
        intake_table(assessment),
        routes_table(assessment),
        sources_table(rules_used(assessment)),
    )
    return as_told(assessment, tuple(table for table in made if table.rows))
