"""Takes an Assessment and its Figures; gives its charts to send, each with its finding, and all of them as files by name."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.gaps import gaps, of_step
from eia.law.lookup import written
from eia.present.attachments.card import Attachment, card
from eia.present.attachments.changes import change_charts
from eia.present.attachments.numbers import numbers
from eia.present.attachments.profiles import pools_by_size, profile
from eia.present.charts.drawings import parts
from eia.present.charts.from_assessment import ages, described, waterfall
from eia.present.charts.specs import Chart, Excess, Forest, Pairs, Timeline, Waterfall
from eia.present.charts.svg import picture
from eia.present.documents.model import MARKS, Table, TableColumn
from eia.present.figures.exact import exact
from eia.present.figures.model import Figures, ShownGap, names
from eia.present.formats.zipped import zipped
from eia.present.parts.impact import gaps_chart
from eia.present.parts.page_one import NAMED
from eia.present.sections.consultation import timeline
from eia.present.tables.csv_text import to_csv
from eia.present.text.mixed import as_told
from eia.present.text.words import IF_EVEN, SOURCES, capital, plural

FOLDER, BUNDLE = "charts", "charts.zip"
_QUESTION_NAMES: dict[Question, str] = {
    "scope": "at-risk-by-group", "spread": "cuts-by-group", "selection": "selected-within-pools-by-group",
}  # fmt: skip
_COUNTED: dict[Question, str] = {
    "scope": "People in pools, more or fewer than if the posts had been chosen evenly",
    "spread": "People to be selected, more or fewer than if every pool lost the same share",
    "selection": "Odds of being selected, against everyone else in the same pools, with the interval that chance leaves open",
}


class _Told(NamedTuple):
    """A chart and its words, before they are those of one case. about: the row that the finding is about; a part without it says only what is counted."""

    name: str
    finding: str
    counted: str
    chart: Chart | None
    about: str = ""


def to_attach(assessment: Assessment, figures: Figures | None = None) -> tuple[Attachment, ...]:
    """Every chart to send, with exact figures where none are given: the groups with the clearest gaps; each of these by itself; the days of
    consultation; and, for those entitled to the figures, where each gap comes from, and every group under each question. A long chart is in parts."""
    shown = figures or exact(assessment)
    base, source = _base(shown), _source(assessment)
    made = tuple(
        Attachment(
            name=name if number == 1 else f"{name}-{number}",
            finding=finding if len(cut) == 1 else f"{finding if _has(part, about) else counted} ({number} of {len(cut)})",
            counted=f"{counted}. {base}",
            source=source,
            chart=part,
            edition=shown.edition,
        )
        for name, finding, counted, chart, about in _told(assessment, shown) if chart
        for cut in [parts(chart)]
        for number, part in enumerate(cut, start=1)
    )  # fmt: skip
    return as_told(assessment, made)


def _has(part: Chart, row: str) -> bool:
    """Whether a part of a chart has a row; every part, where no row is named."""
    return not row or isinstance(part, Timeline | Waterfall) or any(one.label == row for one in part.rows)


def attached_tables(attachments: tuple[Attachment, ...]) -> tuple[Table, ...]:
    """The numbers behind each chart."""
    return tuple(numbers(each.chart, each.finding) for each in attachments)


def attached_files(attachments: tuple[Attachment, ...]) -> dict[str, bytes]:
    """Each as a picture (PNG), a drawing (SVG) and its numbers (CSV), and all of them in one zip, by file name."""
    files: dict[str, bytes] = {}
    drawings = [card(each) for each in attachments]
    with ThreadPoolExecutor() as painters:  # typst draws outside of Python's lock, one picture a core
        pictures = painters.map(picture, drawings, [each.alt for each in attachments])
        painted = tuple(zip(attachments, drawings, pictures, strict=True))
    for each, drawing, painting in painted:
        table, stem = numbers(each.chart, each.finding), f"{FOLDER}/{each.name}"
        files |= {
            f"{stem}.png": painting,
            f"{stem}.svg": drawing.encode(),
            f"{stem}.csv": to_csv(_marked(table, MARKS[each.edition])),
        }
    return {**files, BUNDLE: zipped(files)} if files else {}


def _told(assessment: Assessment, figures: Figures) -> Iterator[_Told]:
    found = figures.gaps[:NAMED]
    if drawn := [gap for gap in found if gap.pair]:
        more = f"More {names(drawn)} are selected than if the cuts fell evenly"
        yield _Told("selected-beside-even", more, "People selected, by group", gaps_chart(found))
    for gap in found:
        yield from _of_gap(gap)
    if figures.edition == "confidential":
        yield from _in_full(assessment, found)
    clock = assessment.law.clock
    if clock and clock.milestones:
        chart = timeline(clock)
        first, last = (written(chart.rows[place].day) for place in (0, -1))
        days = f"The days of consultation, from {first} to {last}"
        yield _Told("consultation-days", days, "Days as entered, and those that follow from a rule", chart)


def _of_everybody(assessment: Assessment) -> Iterator[_Told]:
    """From the workforce to those selected; ages; pools, where exact counts may be seen; changes of the rule."""
    if made := profile(assessment):
        leading = next((gap.finding.group.label for gap in gaps(assessment)), "")
        counted = "Share of each group, of people whose answer is known"
        yield _Told("profile-by-group", made.title, counted, made, leading)
    if curve := ages(assessment):
        counted = "Share selected of people at risk of each age"
        yield _Told("share-selected-by-age", curve.title, counted, curve)
    if pools := pools_by_size(assessment):
        most = max(pools.rows, key=lambda row: row.seen / row.even)
        yield _Told("pools-by-size", pools.title, "People in each pool of 10 people or more", pools, most.label)
    for told in change_charts(assessment):
        yield _Told(*told)


def _of_gap(gap: ShownGap) -> Iterator[_Told]:
    """The groups of its characteristic."""
    if gap.pair and len(gap.beside) > 1:  # one bar by itself compares nothing
        evenly = IF_EVEN["selection"] if gap.step == "selection" else "if the cuts fell evenly"
        shown = f"{gap.pair.seen_text} {gap.who} are selected, against {gap.pair.even_text} {evenly}"
        alt = "; ".join(f"{row.label}: {row.seen_text} against {row.even_text}" for row in gap.beside) + "."
        chart = Pairs(title=shown, alt=alt, rows=gap.beside, axis="People selected")
        yield _Told(f"selected-by-{_stem(gap)}", shown, f"People selected, by {gap.characteristic.title.lower()}", chart)  # fmt: skip


def _in_full(assessment: Assessment, found: tuple[ShownGap, ...]) -> Iterator[_Told]:
    """What each gap adds up from, every group under each question, and everybody."""
    counted = "People selected, more or fewer than if the cuts fell evenly"
    for shown, gap in zip(found, gaps(assessment), strict=False):
        source = f"{capital(shown.who)}: the gap comes from {SOURCES[shown.step]}"
        yield _Told(f"where-the-gap-comes-from-{_stem(shown)}", source, counted, waterfall(gap.finding))
    for question in assessment.case.analysis.questions:
        yield from _of_question(assessment, found, question)
    yield from _of_everybody(assessment)


def _stem(gap: ShownGap) -> str:
    return gap.characteristic.key.replace("_", "-")


def _of_question(assessment: Assessment, found: tuple[ShownGap, ...], question: Question) -> Iterator[_Told]:
    """Every group under a question; each part of a long chart has the finding of its own groups."""
    drawn = described(assessment, question)
    cut = parts(drawn) if drawn else ()
    clear = [gap for gap in of_step(found, question) if gap.evidence == 2]
    source = SOURCES[question]
    for number, part in enumerate(cut, start=1):
        shown = {(row.group, row.label) for row in part.rows} if isinstance(part, Forest | Excess) else set()
        here = [gap for gap in clear if (gap.characteristic.title, gap.group.label) in shown]
        told = (
            f"A clear gap for {names(here)} comes from {source}"
            if here
            else f"No group here has a clear gap that comes from {source}"
        )
        if len(cut) > 1:
            told += f" ({number} of {len(cut)})"
        name = _QUESTION_NAMES[question]
        yield _Told(name if number == 1 else f"{name}-{number}", told, _COUNTED[question], part)


def _base(figures: Figures) -> str:
    """Of how many people the file speaks."""
    parts_of = [
        f"{number} {words}"
        for number, words in (
            (figures.staff, "staff"),
            (figures.at_risk, "at risk"),
            (figures.selected, "to be selected"),
        )
        if number is not None
    ]
    return f"{', '.join([*parts_of, plural(figures.pools, 'pool', 'pools')])}."


def _source(assessment: Assessment) -> str:
    case, run = assessment.case, assessment.run
    records = (
        f"staff records of {written(case.dates.extract)}" if case.dates.extract else "staff records, day not given"
    )
    return f"Source: {records}. Made on {written(run.when.date())} for {case.title}, case {run.case_hash[:12]}."


def _marked(table: Table, mark: str) -> Table:
    """The table with the mark in every row, as its last column."""
    return Table(
        table.title, (*table.columns, TableColumn("May be seen by")), tuple((*row, mark) for row in table.rows)
    )
