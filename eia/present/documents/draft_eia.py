"""Takes an Assessment; gives the draft equality impact assessment as a Document, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from eia.case import Question
from eia.counts.data_quality import counts_quality
from eia.findings.assessment import Assessment
from eia.findings.headlines import at_level, leading
from eia.present.charts.from_assessment import figure, rates, waterfall
from eia.present.documents.model import (
    Block,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Prompt,
    Table,
    heads,
)
from eia.present.sections.absences import absences_section
from eia.present.sections.consultation import first_of_all
from eia.present.sections.law_section import (
    asides,
    disability_told,
    document_name,
    law_annex,
    law_section,
)
from eia.present.sections.post_lists import posts_section
from eia.present.sections.process import process_sections
from eia.present.sections.scores import scores_tables, scores_told
from eia.present.sections.subsequent_outcomes import subsequent_outcomes_section
from eia.present.tables import findings_tables
from eia.present.tables.counts_quality import counts_quality_table, counts_quality_words
from eia.present.tables.supplementary_tables import supplementary_tables
from eia.present.text import narrative
from eia.present.text.grounds import could_show_table, driving_table, grounds_told, overall_told, unknown_table
from eia.present.text.mixed import as_told
from eia.present.text.numbers import people
from eia.present.text.open_questions import FIRST, questions_told
from eia.present.text.said_first import said_first
from eia.present.text.supplementary import supplementary_told
from eia.present.text.words import COMPARISONS, LEVELS, MEANINGS, OVERALL, PRACTICES, QUESTIONS, group_name, listed

_TOLD = 4
"""Clear gaps of which everything is told; the tables have every comparison."""


def document(assessment: Assessment) -> Document:
    """The whole report."""
    sections = (
        _one_page,
        _proposal,
        _in_scope,
        posts_section,
        _evidence,
        subsequent_outcomes_section,
        _shows,
        law_section,
        _gaps,
        _process,
        _for_people,
        _method,
        _glossary,
        _annex,
        law_annex,
        _record,
    )
    told = Document(
        title=f"Draft {document_name(assessment)}",
        subtitle=assessment.case.title,
        notice=narrative.CONFIDENTIAL,
        blocks=tuple(block for section in sections for block in section(assessment)),
    )
    return as_told(assessment, told)


def _one_page(assessment: Assessment) -> Iterator[Block]:
    yield Heading("On one page", 2, "one-page")
    yield from first_of_all(assessment)
    if first := questions_told(assessment.evidence.intake):
        yield Notice(FIRST, "caution")
        yield Bullets(first)
    yield Paragraph(assessment.case.proposal or "What is proposed has not been written into the case yet.", lead=True)
    yield Paragraph(
        "Who may see this: those entitled to the figures, and nobody else. Small counts can show who someone is."
    )
    yield from map(Paragraph, said_first(assessment))
    for question, answer in narrative.answers(assessment):
        yield Heading(question, 3)
        yield Paragraph(answer)
    yield from map(Paragraph, disability_told(assessment))
    yield Heading("Five questions to ask", 3)
    yield Bullets(narrative.questions_to_ask(assessment), ordered=True)
    told = narrative.cannot_tell(assessment)
    if told:
        yield Heading("What cannot be told", 3)
        yield Bullets(told)


def _proposal(assessment: Assessment) -> Iterator[Block]:
    case = assessment.case
    given = (
        ("Employer", case.employer.name),
        ("Kind of employer", case.employer.kind or ""),
        ("Jurisdiction", case.employer.jurisdiction or ""),
        ("Proposal made on", f"{case.dates.proposal:%d %B %Y}" if case.dates.proposal else ""),
        ("Workforce file drawn on", f"{case.dates.extract:%d %B %Y}" if case.dates.extract else ""),
        ("Stage", "Outcomes are given" if assessment.cube.chosen else "No outcomes are given yet"),
    )
    yield Heading("The proposal", 2, "proposal")
    yield Facts(tuple((name, value or "Not given") for name, value in given))
    yield Prompt(*narrative.PROMPTS[0])


def _in_scope(assessment: Assessment) -> Iterator[Block]:
    summary, cube = assessment.evidence, assessment.cube
    yield Heading("Who is in scope", 2, "in-scope")
    facts = [("Pools", people(len(cube.layout.pools)))]
    if summary.people is not None:
        facts = [("People in the file", people(summary.people)), ("In pools", people(summary.in_pools or 0)), *facts]
    if summary.fte is not None:
        facts.append(("Full-time equivalents in the file", people(round(summary.fte, 1))))
    facts += [(f"Outcome: {outcome}", people(count)) for outcome, count in summary.outcomes if count]
    yield Facts(tuple(facts))
    titles = [dimension.characteristic.title for dimension in cube.layout.dimensions.values()]
    protected = list(
        dict.fromkeys(d.characteristic.protected for d in cube.layout.dimensions.values() if d.characteristic.protected)
    )
    yield Paragraph(f"Assessed by: {listed(titles)}.")
    if protected:
        yield Paragraph(f"Protected characteristics among these: {listed(protected)}.")


def _evidence(assessment: Assessment) -> Iterator[Block]:
    yield Heading("The evidence", 2, "evidence")
    yield Paragraph(
        "What happens to people is stated first, as numbers of people. It is a fact about the proposal whatever any p is. "
        "Selected and retained shares are both shown."
    )
    yield from map(Paragraph, asides(assessment))
    for question in assessment.case.analysis.questions:
        yield from _question(assessment, question)
    yield Heading(OVERALL, 3, "overall")
    for finding in narrative.overall_leading(assessment):
        chart = waterfall(finding)
        if chart:
            yield Figure(chart.title, chart, f"overall-{finding.characteristic.key.replace('_', '-')}")
    table = findings_tables.split_table(assessment)
    if table.rows:
        yield table
    else:
        yield Paragraph(narrative.answers(assessment)[-1][1])


def _question(assessment: Assessment, question: Question) -> Iterator[Block]:
    yield Heading(QUESTIONS[question], 3, question)
    yield Paragraph(f"Practice examined: {PRACTICES[question]}. Compared: {COMPARISONS[question]}.")
    yield Paragraph(dict(narrative.answers(assessment))[QUESTIONS[question]], lead=True)
    told = narrative.statements(assessment, question)
    if told:
        yield Bullets(told)
    chart = figure(assessment, question)
    if chart:
        yield Figure(chart.title, chart, f"{question}-chart")
    shares = rates(assessment) if question == "selection" else None
    if shares:
        yield Figure(shares.title, shares, "selection-shares")
    if any(finding.stated or finding.test for finding in assessment.under(question)):
        yield findings_tables.question_table(assessment, question)
    if question == "selection":
        yield from behind(assessment)


def behind(assessment: Assessment) -> Iterator[Block]:
    """What stands behind who is selected within each pool: how far it holds, and what is to be seen beside it. Its headings are of level 4."""
    if overall := overall_told(assessment):
        yield Paragraph(overall)
    pools = assessment.cube.layout.pools
    for finding in (*at_level(assessment.under("selection"), "found"),)[:_TOLD]:
        if held := grounds_told(finding, pools):
            yield Heading(f"How far this holds: {group_name(finding.characteristic, finding.group)}", 4)
            yield Bullets(held)
    if told := supplementary_told(assessment):
        yield Heading("Beside it", 4)
        yield Bullets(told)
    if told := scores_told(assessment):
        yield Heading("The scores", 4)
        yield Bullets(told)
    yield from absences_section(assessment.absences)
    table = could_show_table(assessment)
    if table.rows:
        yield table


def _shows(assessment: Assessment) -> Iterator[Block]:
    yield Heading("What this shows, and what it does not", 2, "shows")
    yield Paragraph(narrative.NOT_THE_LAW)
    yield Facts(tuple((LEVELS[level], meaning) for level, meaning in MEANINGS.items()))
    if leading(assessment.under("scope"), 1):
        yield Paragraph(
            "That more of a group go because the jobs they do are cut restates the first two questions in other words. It "
            "justifies neither, and says nothing of who is selected within each pool."
        )


def _gaps(assessment: Assessment) -> Iterator[Block]:
    yield Heading("Gaps in the data", 2, "gaps")
    told = narrative.cannot_tell(assessment)
    if told:
        yield Bullets(told)
    if assessment.evidence.people is None:
        found = counts_quality(assessment.cube, assessment.case)
        yield Bullets(counts_quality_words(found))
        yield counts_quality_table(found)
    else:
        unknown = _unanswered_table(assessment)
        if unknown.rows:
            yield unknown
    yield findings_tables.intake_table(assessment)


def _unanswered_table(assessment: Assessment) -> Table:
    """How many people have no known answer, by characteristic."""
    rows = []
    for key, dimension in assessment.cube.layout.dimensions.items():
        counts = assessment.cube.tables[key].low.sum(axis=(1, 2))
        by_kind = dict.fromkeys(("declined", "not recorded", "not applicable"), 0)
        for group, count in zip(dimension.groups, counts.tolist(), strict=True):
            if group.kind in by_kind:
                by_kind[group.kind] += count
        if any(by_kind.values()):
            rows.append((dimension.characteristic.title, *(people(count) for count in by_kind.values())))
    return Table(
        title="People without a known answer, in the whole file",
        columns=heads("Characteristic", "Declined", "Not recorded", "Not applicable"),
        rows=tuple(rows),
    )


def _process(assessment: Assessment) -> Iterator[Block]:
    for section in process_sections(assessment):
        yield from section


def _for_people(_: Assessment) -> Iterator[Block]:
    yield Heading("What only people can write", 2, "for-people")
    yield Paragraph("No figure answers these. Each is part of an assessment that a decision can rest on.")
    for title, help_text in narrative.PROMPTS[1:]:
        yield Prompt(title, help_text)


def _method(assessment: Assessment) -> Iterator[Block]:
    yield Heading("Method", 2, "method")
    for text in narrative.method(assessment):
        yield Paragraph(text)


def _glossary(_: Assessment) -> Iterator[Block]:
    yield Heading("Words used", 2, "glossary")
    yield Facts(narrative.GLOSSARY)


def _annex(assessment: Assessment) -> Iterator[Block]:
    made = (findings_tables.exact_table, driving_table, unknown_table, findings_tables.one_by_one_table)
    tables = [
        table
        for table in (
            *(make(assessment) for make in made),
            *supplementary_tables(assessment),
            *scores_tables(assessment),
        )
        if table.rows
    ]
    if tables:
        yield Heading("Annex: further figures", 2, "annex")
        yield from tables


def _record(assessment: Assessment) -> Iterator[Block]:
    run = assessment.run
    yield Heading("How this was made", 2, "record")
    yield Facts(
        (
            ("Made by", f"eia {run.version}, {run.when:%d %B %Y %H:%M} UTC"),
            *((f"SHA-256 of {source.file}", source.sha256) for source in findings_tables.sources(assessment)),
            ("SHA-256 of the case", run.case_hash),
        )
    )
    yield Notice(
        "assessment.json beside this document holds every count and figure, and replays to the same text.",
        "information",
    )
