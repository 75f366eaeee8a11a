"""Takes the headers of a file, its first rows and the case; gives which header is which column of the model, and why.

A header that is known is taken at its word. Where only the look of the cells, or a likeness of names, speaks for a column it
is asked about and not used: the answer is a line in the case, so that the next file of the kind loads without a question.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eia.case import Case
from eia.errors import Fault, Faults, inert
from eia.intake.columns.header_guesses import are_codes, guessed, share_known
from eia.intake.columns.identifiers import held_by_cells, held_by_header
from eia.intake.columns.printed_day import printed_day
from eia.intake.files.layout import letters
from eia.intake.files.raw_table import RawTable
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.headers import column_headers, column_of, match, said_at

_DO_WITHOUT = frozenset({"unit", "post", "post_reference", "service", "start_date", "round"})
_SAME = ({"age", "age_band", "date_of_birth"}, {"race", "race_group"}, {"fte", "fte_percent"}, {"sex", "gender"})
"""Columns one of which makes a question about another needless."""
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A header, and the column of the model that it stands for, or may stand for; "" for none.

    confidence: "said" in the case, "known" by its header, "asked", "identifier" or "unused". reason: in plain words.
    """

    header: str
    column: str
    confidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """Where each column of the model stands in the file, and what was made of every header, in the order of the file."""

    at: Mapping[str, int]
    matches: tuple[Match, ...]

    def of(self, *confidences: str) -> tuple[Match, ...]:
        """The matches of these kinds."""
        return tuple(match for match in self.matches if match.confidence in confidences)


def recognise(raw: RawTable, case: Case, *, wanted: Sequence[str] = (), beside: Sequence[str] = ()) -> Recognised:
    """Match headers to columns: first as the case says, then by name; of the others say what they may be.

    wanted: the only columns of interest; all of them when empty. beside: headers of the file that goes with this one,
    which may be where a header that the case names is found.

    Raises EiaError when the case names a header that the file does not have, or a column the model does not have; when
    two headers could be the same column, unless no figure rests on it, and it is then left unused; and when the file
    says who somebody is and the case refuses that.
    """
    faults = Faults()
    own = {key: extra.column for key, extra in case.characteristics.items()}
    named = {column: header for column, header in {**case.columns, **own}.items() if not wanted or column in wanted}
    known = {*column_headers("people"), *own}
    said = said_at(raw.headers, named)
    for column, header in named.items():
        if column not in known:
            faults.add(_unknown_column(column))
        elif column not in said and header not in beside:
            faults.add(_no_such_header(header, raw))
    at: dict[str, int] = {}
    for column, found in match(raw.headers, "people", said=named).items():
        indices = found if column in said else tuple(place for place in found if raw.headers[place] not in case.ignored)
        if not indices or (wanted and column not in wanted) or (len(indices) > 1 and column in _DO_WITHOUT):
            continue
        if len(indices) > 1 and column in characteristics():
            told = [place for place in indices if share_known(column, cells_of(raw, place), case) > _HALF]
            indices = tuple(told) if len(told) == 1 else indices  # a code beside its meaning
        at[column] = indices[0]
        if len(indices) > 1:
            faults.add(two_headers(raw, column, indices))
    if "post" not in at and "pool" in said and column_of(raw.headers[said["pool"]], "people") == "post":
        at["post"] = said["pool"]  # the job may be both: which post somebody holds, and with whom they are compared
    matches = tuple(_without_codes(raw, tuple(_matches(raw, case, at, said, wanted))))
    faults.extend(identifiers_refused(raw, case, [one.header for one in matches if one.confidence == "identifier"]))
    faults.raise_if_any()
    return Recognised(at, matches)


def _matches(
    raw: RawTable, case: Case, at: Mapping[str, int], said: Mapping[str, int], wanted: Sequence[str]
) -> Iterator[Match]:
    columns_at = {index: column for column, index in reversed(list(at.items()))}
    for index, header in enumerate(raw.headers):
        if column := columns_at.get(index, ""):
            confidence, reason = ("said", "as the case says") if column in said else ("known", "by its header")
        else:
            confidence, column, reason = _other(raw, index, case, at, wanted)
        shown = inert(header) or f"column {letters(index)}, without a header"
        yield Match(header=shown, column=column, confidence=confidence, reason=reason)


def _other(raw: RawTable, index: int, case: Case, at: Mapping[str, int], wanted: Sequence[str]) -> tuple[str, str, str]:
    """What may be made of a header that is not known: confidence, column and reason."""
    header, cells = raw.headers[index], cells_of(raw, index)
    if held := held_by_header(header) or held_by_cells(cells):
        return "identifier", "", f"holds {held}"
    if header in case.ignored or not header:
        return "unused", "", "as the case says" if header else "it has no header"
    column, reason = guessed(header, cells, case, case.dates.extract or case.dates.proposal or printed_day(raw.around))
    if column and not _there(column, at) and (not wanted or column in wanted):
        return "asked", column, reason
    return "unused", "", "it is not known"


def _there(column: str, at: Mapping[str, int]) -> bool:
    """Whether a column is there, or another that tells the same."""
    same = next((group for group in _SAME if column in group), {column})
    return any(other in at for other in same)


def _without_codes(raw: RawTable, matches: Sequence[Match]) -> Iterator[Match]:
    """Codes are asked about after labels: not where another header that is asked about says in words what they stand for."""
    in_words = {
        one.column: one.header
        for index, one in enumerate(matches)
        if one.confidence == "asked" and not are_codes(cells_of(raw, index))
    }
    for index, one in enumerate(matches):
        if one.confidence == "asked" and one.column in in_words and are_codes(cells_of(raw, index)):
            reason = f"“{in_words[one.column]}” says it in words"
            yield Match(header=one.header, column="", confidence="unused", reason=reason)
        else:
            yield one


def cells_of(raw: RawTable, index: int) -> list[str]:
    """The first cells of a column."""
    return [row[index] for row in raw.sample]


def _unknown_column(column: str) -> Fault:
    known = column_headers("people")
    near = difflib.get_close_matches(column, known, n=1, cutoff=0.5)
    return Fault(
        code="case-unknown-column", what=f"The case names a column that is not known: columns.{inert(column)}.",
        file="case.toml", allowed=", ".join(known),
        do=f"Did you mean “{near[0]}”?" if near else "To add a characteristic of your own use [characteristics.name].",
    )  # fmt: skip


def _no_such_header(header: str, raw: RawTable) -> Fault:
    near = difflib.get_close_matches(header, raw.headers, n=1, cutoff=0.5)
    return Fault(
        code="no-such-header", what=f"The case names a header that the file does not have: “{inert(header)}”.", file=raw.file,
        row=(raw.header_row,), allowed="the headers of the file, letter for letter",
        do=f"Did you mean “{inert(near[0])}”?" if near else "Copy the header from the file into [columns] of the case.",
    )  # fmt: skip


def two_headers(raw: RawTable, column: str, indices: Sequence[int], *, of: str = "") -> Fault:
    """The fault of a file in which more than one header could be a column. of: what the table is of, where only its own headers
    are known and the case cannot say which."""
    names = ", ".join(f"“{inert(raw.headers[index])}”" for index in indices)
    return Fault(
        code="two-headers", what=f"More than one column could be the {column.replace('_', ' ')}{of and f' of {of}'}: {names}.", file=raw.file,
        row=(raw.header_row,), allowed="one",
        do="Rename or remove the others." if of else f'Say which in the case: [columns] {column} = "the right header".',
    )  # fmt: skip


def identifiers_refused(raw: RawTable, case: Case, found: Sequence[str]) -> Iterator[Fault]:
    """The fault of a file some of whose headers say who somebody is, where the case refuses that."""
    names = ", ".join(f"“{header}”" for header in found)
    if found and case.privacy.identifiers == "refuse":
        yield Fault(
            code="identifiers", what=f"Columns say who somebody is: {names}.", file=raw.file, row=(raw.header_row,),
            allowed="no names, addresses or numbers that others know a person by",
            do='Take these columns out of the file; or have them dropped: [privacy] identifiers = "drop".',
        )  # fmt: skip
