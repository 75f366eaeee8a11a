"""Takes a raw table of people and the case; gives the questions which of two columns is meant, where both are known by their headers and cells tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eia.case import Case
from eia.errors import inert
from eia.intake.columns.header_guesses import share_known
from eia.intake.files.raw_table import RawTable
from eia.intake.people.outcomes import known_outcomes
from eia.intake.questions import Choice, Kind, OpenQuestion
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.headers import match
from eia.vocabulary.synonyms import is_missing, plain, yes_no

_LEAST = 10
_HALF = 0.5
_KINDS: dict[str, Kind] = {"pool": "pool", "outcome": "outcome"}


def ask_twice(raw: RawTable, case: Case) -> Iterator[OpenQuestion]:
    """One question for each column of the model that two headers are known for, with our guess by their cells. Where cells do not tell, there is
    none, and the file is refused.

    >>> from eia.intake.files.raw_table import open_table
    >>> staff = open_table(b"Sex,Pool,Redundancy pool\\n" + b"F,Yes,Finance\\nM,Yes,IT\\n" * 5)
    >>> [(one.setting, one.guess) for one in ask_twice(staff, Case())]
    [(('columns', 'pool'), 'Redundancy pool')]
    """
    for column, found in match(raw.headers, "people", said=case.columns).items():
        at = [index for index in found if raw.headers[index] not in case.ignored]
        if len(at) < 2 or column not in (*_KINDS, *characteristics()):
            continue
        cells = {index: [row[index] for row in raw.sample] for index in at}
        if known := _told(column, cells, case):
            guess, reason = known
            headers = [inert(raw.headers[index]) for index in at]
            named = characteristics()[column].title if column in characteristics() else column
            yield OpenQuestion(
                kind=_KINDS.get(column, "twice"), about=inert(raw.headers[guess]) if column in _KINDS else named, seen=(), rows=0,
                guess=inert(raw.headers[guess]), reason=reason, setting=("columns", column), depends=f"what is counted as {named.lower()}",
                choices=tuple(Choice(answer=header, words=f"“{header}”") for header in headers),
            )  # fmt: skip


def _told(column: str, cells: dict[int, list[str]], case: Case) -> tuple[int, str] | None:
    """The column that its cells speak for, and why; None where they speak for none, or need no question."""
    first, *others = cells.values()
    if len(first) >= _LEAST and all(other == first for other in others):
        return next(iter(cells)), "both say the same, as far as we looked"
    if column in _KINDS:
        known = known_outcomes(case)
        fits = [index for index, each in cells.items() if (_names(each) if column == "pool" else _all_in(each, known))]
        why = "it names pools, and the other says yes or no" if column == "pool" else "its words are outcomes"
        return (fits[0], why) if len(fits) == 1 else None
    meant = [index for index, each in cells.items() if share_known(column, each, case) > _HALF]
    if len(meant) < 2 or column != "race":  # one alone is taken without a question: a code beside its meaning
        return None
    sizes = {index: len(set(cells[index])) for index in meant}
    most = max(sizes, key=lambda index: sizes[index])
    return (most, "it tells more groups apart") if list(sizes.values()).count(sizes[most]) == 1 else None


def _names(cells: Sequence[str]) -> bool:
    """Whether cells are more than yes and no."""
    filled = {plain(cell) for cell in cells if cell and not is_missing(cell)}
    return bool(filled) and not filled <= yes_no("in_scope").keys()


def _all_in(cells: Sequence[str], known: dict[str, str]) -> bool:
    filled = [plain(cell) for cell in cells if cell and not is_missing(cell)]
    return bool(filled) and all(cell in known for cell in filled)
