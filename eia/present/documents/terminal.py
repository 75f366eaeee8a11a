"""Takes what was read, an Assessment, blocks of a document or rules of law; gives the lines that a terminal shows of them."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator

from eia.case import Case
from eia.counts.data_quality import counts_quality
from eia.counts.from_count_table import from_count_table
from eia.counts.stages import workforce_losing_posts
from eia.findings.assessment import Assessment
from eia.intake.counts.load_counts import CountedWorkforce
from eia.intake.evidence import Evidence
from eia.intake.extras.post_lists import PostLists
from eia.intake.intake_record import Intake
from eia.intake.quality import quality
from eia.intake.workforce import Workforce
from eia.law.open_points import OpenPoint
from eia.law.records import Rule
from eia.present.documents.model import Block, Bullets, Heading, Notice, Paragraph, Table, plain
from eia.present.sections import law
from eia.present.sections.extras import post_lists, subsequent_outcomes
from eia.present.sections.extras.five_questions import five_questions
from eia.present.tables.counts_quality import counts_quality_table, counts_quality_words
from eia.present.tables.data_quality import quality_table, quality_words
from eia.present.text.mixed import as_told
from eia.present.text.narrative import CONFIDENTIAL, answers, cannot_tell
from eia.present.text.open_questions import FIRST, files_told, number_told, question_lines, questions_told
from eia.process.restructure import restructure

WIDTH = 88
BULLET = "  - "


def wrapped(text: str, lead: str = "") -> str:
    """A text in lines of bearable length, without anything that a terminal would act on.

    >>> wrapped("Two\\x1b words", "  - ")
    '  - Two words'
    """
    return textwrap.fill(plain(text), WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))


def heading(text: str) -> str:
    """A heading on a line of its own, underlined."""
    return f"{text}\n{'=' * min(WIDTH, len(text))}"


def assessment_lines(assessment: Assessment) -> Iterator[str]:
    """The answers, the questions to ask and what cannot be told."""
    yield wrapped(CONFIDENTIAL)
    yield f"\n{heading(plain(assessment.case.title))}"
    yield from _bulleted(FIRST, questions_told(assessment.evidence.intake))
    for title, answer in as_told(assessment, answers(assessment)):
        yield f"\n{title}"
        yield wrapped(answer, "  ")
    yield from _bulleted(subsequent_outcomes.TITLE, subsequent_outcomes.subsequent_outcomes_told(assessment))
    if assessment.restructure is not None:
        yield from _bulleted(post_lists.HEADING, post_lists.posts_told(assessment.restructure))
    yield "\nFive questions to ask"
    for number, text in enumerate(as_told(assessment, five_questions(assessment)), start=1):
        yield wrapped(text, f"  {number}. ")
    yield from _bulleted("What cannot be told", as_told(assessment, cannot_tell(assessment)))
    yield ""


def _bulleted(title: str, texts: Iterable[str]) -> Iterator[str]:
    """Texts under a title; nothing where there are none."""
    lines = [wrapped(text, BULLET) for text in texts]
    yield from (f"\n{title}", *lines) if lines else ()


def block_lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Blocks of a document: a table as one paragraph a row, each cell with its heading."""
    for block in blocks:
        match block:
            case Heading():
                yield f"\n{heading(block.text)}"
            case Paragraph() | Notice():
                yield wrapped(block.text)
            case Bullets():
                yield from (wrapped(item, BULLET) for item in block.items)
            case Table():
                yield f"\n{block.title}"
                heads = [column.title for column in block.columns[1:]]
                for row in block.rows:
                    told = zip(heads, row[1:], strict=True)
                    cells = [f"{head}: {cell.removesuffix('.')}" for head, cell in told if cell != "–"]
                    yield wrapped(f"{row[0]}: {'; '.join(cells)}", "  ")
                yield from (wrapped(note, "  ") for note in block.notes)


def reading_lines(evidence: Evidence, case: Case) -> Iterator[str]:
    """What was recognised in the files, what has to be asked, and what the data are worth."""
    yield from _files(evidence.main.intake)
    yield from _whole(evidence.main)
    leave = workforce_losing_posts(evidence.main) if isinstance(evidence.main, Workforce) else 0
    if differs := number_told(case.consultation.number_proposed, leave):
        yield wrapped(differs, "  ! ")
    yield from _questions(evidence.main.intake)
    yield from _columns(evidence.main.intake)
    if evidence.structure is not None:
        yield from _posts(evidence.structure, evidence.main, case)
    yield from _quality(evidence.main, case)


def _files(intake: Intake) -> Iterator[str]:
    for file, left_out in files_told(intake):
        yield wrapped(file)
        if left_out:
            yield wrapped(left_out, "  ")


def _whole(evidence: Workforce | CountedWorkforce) -> Iterator[str]:
    """How many people there are, and by what they can be assessed."""
    if isinstance(evidence, Workforce):
        in_pools = evidence.in_pools
        one_pool = evidence.intake.one_pool
        where = "no pools named: all are treated as one" if one_pool else f"{in_pools:,} of them in pools"
        posts = f" in {evidence.posts:,} posts" if evidence.posts > evidence.people else ""
        yield f"{evidence.people:,} people{posts}, {where}"
        names = [dimension.characteristic.title for dimension in evidence.dimensions.values()]
    else:
        names = [tally.characteristic.title for tally in evidence.tallies.values()]
    yield wrapped(f"Can be assessed by: {', '.join(names)}")


def _questions(intake: Intake) -> Iterator[str]:
    """What is still open, and how to answer it."""
    for question, lines in question_lines(intake):
        yield wrapped(question, "  ? ")
        yield from (f"      {plain(line)}" for line in lines)  # unbroken: they are there to be copied


def _columns(intake: Intake) -> Iterator[str]:
    """What was recognised, recoded, held back and left."""
    for mapped in intake.mapped:
        yield wrapped(f"“{mapped.header}” is read as {mapped.column.replace('_', ' ')}", "  ")
    for done in intake.recodings:
        yield wrapped(f"“{done.column}”: {done.rule} ({done.rows:,} rows)", "  ")
    for held in intake.held_back:
        labels = " ".join(held.labels)
        yield wrapped(f"{held.characteristic} is not assessed: {held.reason} {labels} ({held.rows:,} rows)", "  ")
    if intake.unused:
        yield wrapped(f"Not used and not kept: {', '.join(intake.unused)}")


def _posts(structure: PostLists, evidence: Workforce | CountedWorkforce, case: Case) -> Iterator[str]:
    """How the lists of posts were read, what they come to, and which of their rows do not fit."""
    made = restructure(structure, evidence if isinstance(evidence, Workforce) else None, case)
    yield f"\n{post_lists.HEADING}"
    yield from _files(made.intake)
    yield from _columns(made.intake)
    yield from map(wrapped, post_lists.posts_told(made))
    for what, where, people in post_lists.differences_table(made).rows:
        yield wrapped(f"{what} ({where}; people: {people})", "  ! ")
    yield ""


def _quality(evidence: Workforce | CountedWorkforce, case: Case) -> Iterator[str]:
    """What a file of people, or a table of counts, is worth; nothing where it holds shares alone."""
    if isinstance(evidence, Workforce):
        found = quality(evidence, case)
        table, words = quality_table(found), quality_words(found)
    elif not evidence.are_shares:
        counted = counts_quality(from_count_table(evidence, case), case)
        table, words = counts_quality_table(counted), counts_quality_words(counted)
    else:
        return
    yield from block_lines([table])
    yield ""
    yield from map(wrapped, words)


def law_lines(rules: Iterable[Rule], points: Iterable[OpenPoint]) -> Iterator[str]:
    """Every rule by key, and what is open about them."""
    for rule in rules:
        yield wrapped(f"{rule.key}: {rule.title}, {rule.extent}")
    yield f"\n{law.CHECK}"
    yield from (wrapped(law.open_point(point), BULLET) for point in points)


def rule_lines(rules: Iterable[Rule], *, today: dt.date) -> Iterator[str]:
    """Everything that is held of rules."""
    for rule in rules:
        yield heading(rule.title)
        yield from (wrapped(f"{name}: {value}", "  ") for name, value in law.about(rule, today=today))
        yield ""
