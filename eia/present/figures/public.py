"""Takes an Assessment and what of it is Published; gives the Figures of its publishable edition.

Every number is one that is published, or made of such. Of the findings it takes only what :func:`signals` lets be said: the step that made a
gap, the level and the direction, of groups that may be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eia.counts.disclosure.published import WITHHELD, Published, PublishedMeasure, PublishedRow, PublishedTable
from eia.counts.disclosure.rules import SENSITIVE, TO, TOLD_OTHERWISE
from eia.findings.assessment import Assessment
from eia.findings.gaps import Signal, signals
from eia.findings.headlines import FIRST_PAGE_PEOPLE, MUCH_MISSING, NEVER_LEADING
from eia.present.figures.gap_told import CLEAR, pair_row, percent_of
from eia.present.figures.impacts import NO_DATA, absent, evidence_word, leads, without_figures
from eia.present.figures.model import Figures, ShownGap, ShownRow
from eia.present.figures.unknowns import WITH_NUMBERS, limits_told, not_known
from eia.present.text.numbers import people
from eia.present.text.open_questions import GUESSED
from eia.present.text.said_first import conventions_told
from eia.present.text.words import SOURCES, capital, group_beside, group_name
from eia.vocabulary.characteristics import characteristics

_UNKNOWN = ("declined", "not recorded")
LEAST_BASE = 22.5
"""A percentage is printed of so many people or more."""
NOT_NAMED = "Not published"
UNNAMED = "Exact numbers may name other groups in this section: some are withheld, and rounding can hide a gap or make one look larger."
NOTICE = "MAY BE PUBLISHED, once a person has read it through. {title}. [c]: withheld, so that nobody can be picked out. That is not a finding."


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a published table, beside the row of everyone."""

    table: PublishedTable
    row: PublishedRow

    def of(self, measure: PublishedMeasure, *, everyone: bool = False) -> int | None:
        """A number as it is published; None where it is withheld, or not there."""
        row = self.table.rows[0] if everyone else self.row
        return row.values[self.table.measures.index(measure)] if measure in self.table.measures else None

    def cell(self, measure: PublishedMeasure) -> str:
        """The same as a table shows it."""
        if measure not in self.table.measures:
            return NO_DATA
        return WITHHELD if (number := self.of(measure)) is None else people(number)

    @property
    def shown(self) -> bool:
        """Whether the numbers that a gap is told with are published."""
        return self.of("selected" if "selected" in self.table.measures else "at risk") is not None

    def answered(self, measure: PublishedMeasure) -> int | None:
        """Everyone whose answer is known, made of published numbers; None where one of these is withheld."""
        unknown = [_Line(self.table, row).of(measure) for row in self.table.rows if row.kind in _UNKNOWN]
        everyone, missing = self.of(measure, everyone=True), [number for number in unknown if number is not None]
        return None if everyone is None or len(missing) < len(unknown) else everyone - sum(missing)

    @property
    def even_on_all(self) -> int | None:
        """How many of those whose answer is known would be selected if the cuts fell evenly on all of them, made of published numbers and rounded like
        them."""
        share, whole, gone = self.of("workforce"), self.answered("workforce"), self.answered("selected")
        if share is None or not whole or gone is None:
            return None
        return int(share * gone / whole / TO + 0.5) * TO

    def seen_and_even(self, signal: Signal) -> tuple[int, int] | None:
        """Those selected and those expected under the step of the gap; nothing where either is withheld."""
        seen, even = self.of("selected"), self.of("if even") if signal.step == "selection" else self.even_on_all
        return None if seen is None or even is None else (seen, even)

    def more(self, signal: Signal) -> int:
        """How many more there are than expected, by the published numbers."""
        seen, even = self.seen_and_even(signal) or (0, 0)
        return seen - even


_Told = tuple[Signal, _Line]


def public(assessment: Assessment, published: Published) -> Figures:
    """Everything that a document may say to anybody."""
    told = _told(assessment, published)
    everyone = _Line(published.tables[0], published.tables[0].rows[0]) if published.tables else None
    return Figures(
        edition="publishable",
        notice=NOTICE.format(title=published.rules.title),
        guesses=(GUESSED,) if any(one.changes_who_is_counted for one in assessment.evidence.intake.questions) else (),
        first=tuple(conventions_told(assessment)),
        staff=_number(everyone, "workforce"),
        at_risk=_number(everyone, "at risk"),
        selected=_number(everyone, "selected"),
        pools=len(assessment.cube.layout.pools),
        gaps=tuple(_gap(*one, told) for one in _leading(told, published.rules.base)),
        chosen=tuple(_gap(*one, told) for one in _chosen(assessment, told, published.rules.base)),
        unnamed=UNNAMED if _less_than_exact(published) else "",
        no_gap="No group that can be shown here has a clear gap.",
        chance="Chance would rarely give gaps as large as the clear ones." if any(one.evidence == 2 for one, _ in told) else "",
        levels={},
        rows=tuple(_rows(assessment, published, told)),
        rows_note="[c] and “Not published”: too few people, or numbers that would give others away. Neither says that all is well.",
        unknowns=tuple(dict.fromkeys(_unknowns(assessment, published, told))),
        missing=tuple(_missing(published)),
        reading=tuple(_reading(published)),
        priority="Anyone who is pregnant, on family leave or lately back must be offered any suitable vacancy first." if assessment.priority else "",
    )  # fmt: skip


def _less_than_exact(published: Published) -> bool:
    """Whether any number is withheld or rounded, as anybody can see."""
    return published.rules.base > 1 or any(None in row.values for table in published.tables for row in table.rows)


def _told(assessment: Assessment, published: Published) -> list[_Told]:
    """The groups that can lead a row and whose numbers are published. A word on any other, such as “clear gap”, could give its numbers away."""
    allowed = signals(assessment, published.rules.group)
    return [
        (signal, line)
        for table in published.tables if not table.unit
        for row in table.rows if row.kind == "answer"
        for signal in [allowed.get((table.key, row.label))]
        for line in [_Line(table, row)]
        if signal and line.shown and leads(signal.characteristic, signal.group, signal.routes)
    ]  # fmt: skip


def _leading(told: list[_Told], base: int) -> list[_Told]:
    """The groups with a clear gap, those that stand out, and those with a gap that is larger than rounding could make it: one of each characteristic.
    They follow from what is published alone: leaving out a group that exact numbers do not name would tell of these."""
    first: dict[str, _Told] = {}
    for signal, line in sorted(_speaking(told, base), key=lambda one: (-one[0].evidence, -one[1].more(one[0]))):
        first.setdefault(signal.characteristic.protected or signal.characteristic.key, (signal, line))
    return list(first.values())


def _speaking(told: list[_Told], base: int) -> list[_Told]:
    least = FIRST_PAGE_PEOPLE + (TO if base > 1 else 0)
    return [one for one in told if one[0].evidence or one[1].more(one[0]) >= least]


def _chosen(assessment: Assessment, told: list[_Told], base: int) -> list[_Told]:
    """Of the groups that the case names for the response, those that could lead it anyway: that one was chosen must say nothing of numbers withheld."""
    there = {
        f"{signal.characteristic.key}: {signal.group.label}": (signal, line) for signal, line in _speaking(told, base)
    }
    return [there[name] for name in assessment.case.response.findings if name in there]


def _gap(signal: Signal, line: _Line, told: list[_Told]) -> ShownGap:
    pair = line.seen_and_even(signal)
    name = capital(group_name(signal.characteristic, signal.group))
    level, _ = signal.levels.get(signal.step, ("not_tested", None))
    beside = [
        (other.group.label, both)
        for other, at in told
        if other.characteristic == signal.characteristic
        for both in [at.seen_and_even(signal)]
        if both
    ]
    drawn = pair is not None and (signal.step != "selection" or _everybody_answered(line))
    base = line.of("at risk") if signal.step == "selection" else line.answered("selected")
    return ShownGap(
        characteristic=signal.characteristic, group=signal.group, step=signal.step, level=level, evidence=signal.evidence, routes=signal.routes,
        numbers=f"{name}: {_in_numbers(signal, line)}", source=f"The gap comes from {SOURCES[signal.step]}.", clear=CLEAR[level],
        seen=f"{people(pair[0])} of {people(base)}" if pair and base else WITHHELD,
        even=f"about {people(pair[1])}" if pair else WITHHELD,
        pair=pair_row(name, *pair) if drawn and pair else None,
        beside=tuple(pair_row(label, *both) for label, both in beside) if drawn else (),
    )  # fmt: skip


def _everybody_answered(line: _Line) -> bool:
    """Whether what is published as even within each pool is of the same people as in the confidential edition, which leaves out those whose answer is not
    known. Otherwise a bar of it would be another number, and not the same one rounded."""
    return all(_Line(line.table, row).of("at risk") == 0 for row in line.table.rows if row.kind in _UNKNOWN)


def _in_numbers(signal: Signal, line: _Line) -> str:
    pair, at_risk, gone = line.seen_and_even(signal), line.of("at risk"), line.answered("selected")
    if "selected" not in line.table.measures:
        everybody = line.of("at risk", everyone=True)
        return f"{people(at_risk)} of the {people(everybody)} people at risk.{_shares(line, 'at risk')}" if at_risk and everybody else _WITHHELD  # fmt: skip
    if pair is None:
        return _WITHHELD
    if signal.step == "selection" and at_risk:
        share = percent(pair[0], at_risk)
        of_all = percent(line.of("selected", everyone=True), line.of("at risk", everyone=True))
        shares = f" That is {share}, against {of_all} of everybody there." if share and of_all else ""
        return f"{people(pair[0])} of the {people(at_risk)} who could be selected are.{shares} If the cuts fell evenly within each pool, counting everybody there, about {people(pair[1])} would be."  # fmt: skip
    return f"{people(pair[0])} of the {people(gone or 0)} people selected.{_shares(line, 'selected')} If the cuts fell evenly, about {people(pair[1])} would be."  # fmt: skip


_WITHHELD = "more than if the cuts fell evenly. We have not published the numbers, because they could identify someone."


def _shares(line: _Line, measure: PublishedMeasure) -> str:
    """The group's share of staff, and of those at risk or selected."""
    of_staff = percent(line.of("workforce"), line.answered("workforce"))
    of_these = percent(line.of(measure), line.answered(measure))
    return f" They are {of_staff} of staff, and {of_these} of those {measure}." if of_staff and of_these else ""


def percent(part: int | None, of: int | None) -> str:
    """A share in whole per cent of published numbers; nothing of few people, or where either is withheld.

    >>> percent(10, 40), percent(10, 20), percent(None, 40)
    ('25%', '', '')
    """
    return percent_of(part, of) if part is not None and of is not None and of > LEAST_BASE else ""


def _rows(assessment: Assessment, published: Published, told: list[_Told]) -> Iterator[ShownRow]:
    """A row for each characteristic: of the groups that are told, the one that says most."""
    titles: dict[str, list[_Told]] = {}
    for table in published.tables:
        of = characteristics().get(table.key)
        if not table.unit and table.key not in NEVER_LEADING:
            titles.setdefault((of and of.protected) or table.title, [])
    for dimension in assessment.cube.layout.dimensions.values():
        if dimension.characteristic.key in SENSITIVE - set(TOLD_OTHERWISE):
            titles.setdefault(dimension.characteristic.protected or dimension.characteristic.title, [])
    for signal, line in told:
        titles[signal.characteristic.protected or signal.characteristic.title].append((signal, line))
    for title, groups in titles.items():
        yield _row(title, groups)
    missing = (*published.not_asked, *absent(assessment.law.applies, titles))
    yield from (without_figures(title) for title in dict.fromkeys(missing) if title not in titles)


def _row(title: str, groups: list[_Told]) -> ShownRow:
    if not groups:
        return ShownRow(title=title, key="", group=NOT_NAMED, at_risk=WITHHELD, selected=WITHHELD, even=WITHHELD, evidence=NOT_NAMED)  # fmt: skip
    signal, line = max(groups, key=lambda one: (one[0].evidence, one[1].more(one[0])))
    even = line.even_on_all if line.shown else None
    return ShownRow(
        title=title, key=signal.characteristic.key, group=capital(group_beside(signal.characteristic, signal.group)),
        at_risk=line.cell("at risk"), selected=line.cell("selected"), even=WITHHELD if even is None else people(even),
        evidence=evidence_word(signal.levels),
    )  # fmt: skip


def _unknowns(assessment: Assessment, published: Published, told: list[_Told]) -> Iterator[str]:
    leading = _leading(told, published.rules.base)
    for _, line in [one for one in leading if one[0].evidence] or leading[:2]:
        everybody = line.of("at risk", everyone=True)
        kinds = [_Line(line.table, row).of("at risk") for row in line.table.rows if row.kind in _UNKNOWN]
        missing = sum(number or 0 for number in kinds)
        if everybody and missing >= MUCH_MISSING * everybody:
            yield f"{not_known(line.table.title, missing, everybody)} The gap could be larger or smaller than the figures show."
    yield "Small groups are not shown here, and for some groups we cannot say whether there is a gap. That does not mean there is none."
    yield from limits_told(assessment, but=WITH_NUMBERS)


def _missing(published: Published) -> Iterator[tuple[str, ...]]:
    """Answers not known, of the whole workforce."""
    for table in published.tables:
        cells = {
            row.kind: _Line(table, row).cell("workforce")
            for row in table.rows
            if row.kind in ("declined", "not recorded", "total")
        }
        if not table.unit and len(cells) > 1:
            yield capital(table.title), cells.get("declined", "0"), cells.get("not recorded", "0"), cells["total"]


def _reading(published: Published) -> Iterator[str]:
    rules = published.rules
    if rules.base > 1:
        yield f"Numbers are rounded to multiples of {rules.base}, so they may not add up. Percentages are made of rounded numbers. Rounding can change which group a row tells of."
    yield "At risk here is whoever could be selected: nobody who left a pool before that, as a volunteer or otherwise."
    yield "[c] is a number that is withheld: too few people, or another number could be worked out from it. It is not a finding."
    yield from rules.relaxed


def _number(line: _Line | None, measure: PublishedMeasure) -> str | None:
    number = line.of(measure, everyone=True) if line else None
    return None if number is None else people(number)
