"""Takes a CountTable; gives the question what its percentages are of, where the case does not say and the figures can show it; else a fault.

Percentages beside counts of the same people are not needed, and nothing is asked of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eia.errors import Fault, Faults, inert
from eia.intake.counts.count_table import CountTable, Place
from eia.intake.counts.measures import SELECTED, Measure
from eia.intake.counts.published_cells import Figure
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.synonyms import is_missing, plain, row_words

_CHOICES = (
    Choice(answer="group", words="Of the people of the same group"),
    Choice(answer="column", words="Of everyone in the same column"),
    Choice(answer="answered", words="Of those in the same column who answered"),
    Choice(answer="everyone", words="Of everyone in the same pool"),
)
_REASONS = {
    "group": "they do not add up to 100, and the table gives the people of each group",
    "column": "they add up to 100, and the table gives how many that is",
    "answered": "those who answered add up to 100, and the table gives how many that is",
}


def ask_base(table: CountTable, faults: Faults) -> tuple[OpenQuestion, ...]:
    """Ask what the percentages are of that stand alone. Faults: percentages of a number of people that is nowhere given."""
    if table.case.counts.percentages is not None:
        return ()
    alone = {one: rows for one in table.measures if (rows := _alone(table, one))}
    if not alone:
        return ()
    meant = {one: set(_bases(table, one, rows)) for one, rows in alone.items()}
    bases = set().union(*meant.values())
    if len(bases) == 1 and "" not in bases:
        (guess,) = bases
        return (
            OpenQuestion(
                kind="percentages", about=", ".join(inert(one.column.header) for one in alone), seen=(), rows=sum(map(len, alone.values())),
                guess=guess, reason=_REASONS[guess], choices=_CHOICES, setting=("counts", "percentages"),
                depends="how many people each percentage stands for",
            ),
        )  # fmt: skip
    for one in alone:
        whose = (
            "how many people there are" if one.counts not in (*table.outcomes, SELECTED) else "how many are selected"
        )
        faults.add(Fault(
            code="percentages-without-base", file=table.raw.file, column=one.column.header,
            what="The table gives percentages, and neither says what they are of nor gives the number of people that would show it.",
            allowed='"group" (of the people in the same group), "column" (of everyone in the same column), "answered" (of those '
            'of them who answered) or "everyone" (of everyone in the same pool)',
            do=f"Ask for counts; or ask what they are of and {whose}, in each group or in all. Add the number as a row with the group Total, or as a "
            'column of people, and say it in the case: [counts] percentages = "group".',
        ))  # fmt: skip
    return ()


def _alone(table: CountTable, one: Measure) -> list[int]:
    """The rows in which a column gives a percentage and nothing counts the same people."""
    same = [other for other in table.measures if other.counts == one.counts]
    return [
        row for row in range(len(table.places))
        if _share(one, row) and not any(not figure.parts for other in same for figure in other.at(row))
    ]  # fmt: skip


def _share(one: Measure, row: int) -> Figure | None:
    return next((figure for figure in one.at(row) if figure.parts), None)


def _bases(table: CountTable, one: Measure, rows: Sequence[int]) -> Iterator[str]:
    """What the figures show the percentages of each characteristic in each pool to be of; "" where they do not."""
    single = [row for row in rows if not _is_total(table, row)]
    for name, place in dict.fromkeys((table.names[row], table.places[row]) for row in single):
        here = [row for row in single if (table.names[row], table.places[row]) == (name, place)]
        answered = [row for row in here if not is_missing(table.groups[row])]
        of_outcome = one.counts in (*table.outcomes, SELECTED)
        adds = "column" if _adds_up(one, here) else "answered" if _adds_up(one, answered) else ""
        if adds:
            yield adds if _total_given(table, one, name, place) else ""
        else:
            yield "group" if of_outcome and all(_people_given(table, row) for row in here) else ""


def _adds_up(one: Measure, rows: Sequence[int]) -> bool:
    """Whether these percentages can add up to 100."""
    shares = [share for row in rows if (share := _share(one, row))]
    low, high = (
        sum((share.low if end == "low" else share.high or 0) / share.parts for share in shares)
        for end in ("low", "high")
    )
    return len(shares) > 1 and low <= 1 <= high


def _is_total(table: CountTable, row: int) -> bool:
    totals = row_words("total", "everyone", "total of those who answered")
    return plain(table.groups[row]) in totals or plain(table.names[row]) in totals


def _total_given(table: CountTable, one: Measure, name: str, place: Place) -> bool:
    """Whether a row of totals counts in people what the column gives percentages of."""
    of_all = row_words("total", "everyone")
    return any(
        not figure.parts and figure.high is not None
        for row in range(len(table.places))
        if _is_total(table, row) and table.places[row] == place and (table.names[row] == name or plain(table.names[row]) in of_all)
        for other in table.measures if other.counts == one.counts for figure in other.at(row)
    )  # fmt: skip


def _people_given(table: CountTable, row: int) -> bool:
    people = table.counting("people")
    return people is not None and any(not figure.parts and figure.high is not None for figure in people.at(row))
