"""Takes an Assessment; gives parts C1 to C3 and C8 to C10 of the annex: method, data, jobs, later stages, law, and the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from eia.counts.data_quality import counts_quality
from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.present.documents.model import Block, Bullets, Facts, Heading, Paragraph, Table
from eia.present.figures.exact import exact
from eia.present.figures.unknowns import EVIDENCE, TOO_FEW
from eia.present.parts.closing import missing_table
from eia.present.parts.response.law_here import rules_cited
from eia.present.sections.consultation import HEADING as CLOCK
from eia.present.sections.consultation import cautions, days_table, duty
from eia.present.sections.extras.absences import absences_section
from eia.present.sections.extras.post_lists import changes_table, fences_table, posts_told
from eia.present.sections.extras.subsequent_outcomes import subsequent_outcomes_parts
from eia.present.sections.law import CHECK, checked_told, open_point, rules_table
from eia.present.sections.law_section import asides, law_section, points_open, rules_used
from eia.present.sections.papers import decisions_section, documents_kept, hr1_section
from eia.present.sections.terms.leaving import notice_section, pension_section
from eia.present.sections.terms.severance import severance
from eia.present.sections.terms.staying import other_work_section, protection_section, transfer_section
from eia.present.tables.counts_quality import counts_quality_table, counts_quality_words
from eia.present.tables.findings_tables import intake_table
from eia.present.text.narrative import GLOSSARY, NOT_THE_LAW, method
from eia.present.text.numbers import people
from eia.present.text.words import LEVELS, MEANINGS, capital, plural

_LEAST = 20
"""People in a ring-fence that has a row of its own."""
_LONG, _WIDE = 8, 10
"""Rows and columns of a table of a section beyond which it is left to the workbook."""


def methods(assessment: Assessment) -> Iterator[Block]:
    """C1: the questions, the comparison, the tests and the conventions, which were fixed before any result."""
    yield Heading("C1 Statement of method", 2, "c1")
    yield from map(Paragraph, method(assessment))
    yield Paragraph(NOT_THE_LAW)
    yield Bullets((EVIDENCE, TOO_FEW, *asides(assessment)))
    yield Facts(tuple(dict.fromkeys((*GLOSSARY, *((LEVELS[level], meaning) for level, meaning in MEANINGS.items())))))


def data(assessment: Assessment) -> Iterator[Block]:
    """C2: what was read, what was done to it, and what is missing."""
    yield Heading("C2 Data", 2, "c2")
    extract = assessment.case.dates.extract
    yield Paragraph(
        f"The staff records were drawn on {written(extract)}."
        if extract
        else "The day of the staff records was not given."
    )
    yield intake_table(assessment)
    missing = missing_table(exact(assessment))
    if missing.rows:
        yield missing
    if assessment.evidence.people is None:
        found = counts_quality(assessment.cube, assessment.case)
        yield Bullets(counts_quality_words(found))
        yield counts_quality_table(found)
    if any(key in assessment.cube.layout.dimensions for key in ("sex", "race", "race_group", "ethnicity")):
        yield Paragraph(
            "Columns say what was recorded about people, often by themselves and years ago. They are evidence of sex or ethnicity, and not proof."
        )


def jobs(assessment: Assessment) -> Iterator[Block]:
    """C3: jobs now and proposed; ring-fences of ten people or more."""
    yield Heading("C3 Jobs", 2, "c3")
    summary, made = assessment.evidence, assessment.restructure
    facts = [("Pools", people(len(assessment.cube.layout.pools)))]
    if summary.people is not None:
        facts += [("People in the file", people(summary.people)), ("At risk", people(summary.in_pools or 0))]
    facts += [(f"Outcome: {name}", people(count)) for name, count in summary.outcomes if count]
    yield Facts(tuple(facts))
    if made is None:
        yield Paragraph("No lists of jobs now and proposed were given.")
        return
    yield Bullets(posts_told(made))
    yield changes_table(made)
    fences = fences_table(made, _LEAST)
    if fences.rows:
        small = len(made.ring_fences) - len(fences.rows)
        yield replace(
            fences,
            notes=(*fences.notes, f"{small} smaller ring-fences are in the workbook.") if small else fences.notes,
        )


def later(assessment: Assessment) -> Iterator[Block]:
    """C8: what happens after people are selected, and on which terms they leave or stay."""
    yield Heading("C8 Later stages and terms", 2, "c8")
    made = (
        *subsequent_outcomes_parts(assessment),
        absences_section(assessment.absences),
        notice_section(assessment.notice),
        severance(assessment.law.limits, assessment.law.caps),
        pension_section(assessment.pension),
        protection_section(assessment.protection),
        other_work_section(assessment.other_work),
        transfer_section(assessment.law.transfers),
    )
    blocks = [block for section in made for block in _under(section)]
    if found := assessment.priority:
        blocks.append(
            Paragraph(
                f"{people(found.with_priority)} people have priority for suitable vacancies because of pregnancy or family leave."
                + (f" Of {people(found.unsure)} more we cannot say." if found.unsure else "")
                + " Vacancy by vacancy: the workbook."
            )
        )
    yield from blocks or [Paragraph("The case has nothing on later stages or terms.")]


def law(assessment: Assessment) -> Iterator[Block]:
    """C9: the law that decides something here; the clock; every rule in a line; what to check, once."""
    yield Heading("C9 The law", 2, "c9")
    yield from _under(law_section(assessment))
    yield from _clock(assessment)
    rules = rules_cited(assessment, exact(assessment))
    yield rules_table(rules)
    yield Heading(CHECK, 3)
    checked = checked_told(rules_used(assessment), today=assessment.run.when.date())
    yield Bullets((checked, *map(open_point, points_open(assessment))))


def _clock(assessment: Assessment) -> Iterator[Block]:
    """Whether consultation is owed, what does not fit, and its days. What changes with the number, and with the day, is in the workbook."""
    clock = assessment.law.clock
    if clock:
        yield Heading(CLOCK, 3)
        yield Paragraph(duty(clock))
        yield from cautions(clock)
        if clock.milestones:
            yield days_table(clock)


def record(assessment: Assessment) -> Iterator[Block]:
    """C10: version, files, who decided what, form HR1 and what was asked for and came, and how to run this again."""
    run = assessment.run
    yield Heading("C10 Record", 2, "c10")
    yield Facts(
        (
            ("Made by", f"eia {run.version}, {run.when:%d %B %Y %H:%M} UTC"),
            *((f"SHA-256 of {source.file}", source.sha256) for source in assessment.sources),
            ("SHA-256 of the case", run.case_hash),
            *(
                (("Named first in the response", "; ".join(chosen)),)
                if (chosen := assessment.case.response.findings)
                else ()
            ),
        )
    )
    yield from _under(decisions_section(assessment.law.decisions))
    yield from _under(hr1_section(assessment.law.form))
    yield from _under(documents_kept(assessment.case))
    yield Paragraph(
        "To run this again: open assessment.json with the same version. It holds every count and gives the same text."
    )


def _under(blocks: Iterable[Block]) -> Iterator[Block]:
    """A section that stands by itself elsewhere, as a part of another: its headings below it, its long and wide tables left to the workbook."""
    for block in blocks:
        if isinstance(block, Heading):
            yield replace(block, level=3, key="")
        elif isinstance(block, Table) and (len(block.rows) > _LONG or len(block.columns) > _WIDE):
            yield Paragraph(f"{capital(block.title)}: {plural(len(block.rows), 'row', 'rows')}, in the workbook.")
        else:
            yield block
