"""Takes the headers of a file and the case; gives which header is which column of the model, and the headers not used."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eia.case import Case
from eia.errors import EiaError, Fault, inert
from eia.intake.layout import as_written
from eia.intake.words import columns, headers, plain

_DO_WITHOUT = frozenset({"unit", "post", "post_reference", "service", "start_date"})


@dataclass(frozen=True, slots=True)
class Recognised:
    """Where each column of the model stands in the file, and the headers that stand for none."""

    at: Mapping[str, int]
    unused: tuple[str, ...]


def recognise(
    found: Sequence[str], case: Case, *, file: str, wanted: Sequence[str] = (), beside: Sequence[str] = ()
) -> Recognised:
    """Match headers to columns: first as the case says, then by name.

    wanted: the only columns of interest; all of them when empty. beside: headers of the file that goes with this one,
    which may be where a header that the case names is found.

    Raises EiaError when the case names a header that the file does not have, or a column the model does not have, and
    when two headers could be the same column; a column that no figure rests on is then left unused.
    """
    faults: list[Fault] = []
    further = {key: extra.column for key, extra in case.characteristics.items()}
    named = {column: header for column, header in {**case.columns, **further}.items() if not wanted or column in wanted}
    at: dict[str, int] = {}
    for column, header in named.items():
        if column not in columns() and column not in further:
            faults.append(_unknown_column(column))
        elif header in found:
            at[column] = found.index(header)
        elif header not in beside:
            faults.append(_no_such_header(header, found, file))
    by_name: dict[str, list[int]] = {}
    for index, header in enumerate(found):
        column = headers().get(plain(as_written(header)), "")
        if column and column not in at and index not in at.values() and (not wanted or column in wanted):
            by_name.setdefault(column, []).append(index)
    for column, indices in by_name.items():
        if len(indices) == 1 or column not in _DO_WITHOUT:
            at[column] = indices[0]
        if len(indices) > 1 and column not in _DO_WITHOUT:
            faults.append(_two_headers(column, [found[index] for index in indices], file))
    if faults:
        raise EiaError(faults)
    unused = tuple(inert(header) for index, header in enumerate(found) if index not in at.values())
    return Recognised(at, unused)


def _unknown_column(column: str) -> Fault:
    near = difflib.get_close_matches(column, columns(), n=1, cutoff=0.5)
    return Fault(
        code="case-unknown-column", what=f"The case names a column that is not known: columns.{inert(column)}.",
        file="case.toml", allowed=", ".join(columns()),
        do=f"Did you mean “{near[0]}”?" if near else "To add a characteristic of your own use [characteristics.name].",
    )  # fmt: skip


def _no_such_header(header: str, found: Sequence[str], file: str) -> Fault:
    near = difflib.get_close_matches(header, found, n=1, cutoff=0.5)
    return Fault(
        code="no-such-header", what=f"The case names a header that the file does not have: “{inert(header)}”.", file=file,
        row=(1,), allowed="the headers of the file, letter for letter",
        do=f"Did you mean “{inert(near[0])}”?" if near else "Copy the header from the file into [columns] of the case.",
    )  # fmt: skip


def _two_headers(column: str, found: Sequence[str], file: str) -> Fault:
    names = ", ".join(f"“{inert(header)}”" for header in found)
    return Fault(
        code="two-headers", what=f"More than one column could be the {column.replace('_', ' ')}: {names}.", file=file,
        row=(1,), allowed="one", do=f'Say which in the case: [columns] {column} = "the right header".',
    )  # fmt: skip
