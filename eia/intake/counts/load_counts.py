"""Takes a table of counts found in a file, and the case; gives a CountedWorkforce: people in each group of each pool, and how many were selected.

Reps are often given counts, not people. One row is one group of one characteristic in one pool: ``characteristic, group,
pool, people, selected``. Published tables say it in other ways, all of which are read: a column for each outcome, a
column for the whole department that the people in scope are part of, rows of totals, percentages, and marks in place of
small counts. Whatever is not known exactly becomes a range, as narrow as the rest of the table makes it.

A table of the whole workforce has ``characteristic, group`` and either ``people`` or ``share``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from eia import budget
from eia.case import AS_WRITTEN, Case
from eia.errors import EiaError, Fault, Faults, inert
from eia.intake.asking.answers import guessed
from eia.intake.asking.sheet import ask_sheet
from eia.intake.columns.cells import FileColumn
from eia.intake.columns.headers import two_headers
from eia.intake.columns.held_names import by_row
from eia.intake.columns.identifiers import identifies
from eia.intake.columns.known_table import read_columns
from eia.intake.counts.count_table import CountTable, count_table
from eia.intake.counts.measures import LABELS, SELECTED, measure, notes
from eia.intake.counts.percentage_base import ask_base
from eia.intake.counts.tallies import Tally, recodings, tallies
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Intake, Mapped
from eia.intake.layouts.laid_out import CountsFile, counts_file
from eia.intake.people.pools import refuse_too_many
from eia.vocabulary.headers import column_headers


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedWorkforce:
    """A checked table of counts. selections_given: whether any number selected is. are_shares: shares instead of people."""

    pools: tuple[str, ...]
    tallies: Mapping[str, Tally]
    selections_given: bool
    are_shares: bool
    intake: Intake


def load_counts(raw: RawTable, case: Case) -> CountedWorkforce:
    """Check a table of counts. Raises EiaError where the file holds none, and as :func:`read_counts` does."""
    file = counts_file(raw, case)
    if file is None:
        raise EiaError(Fault(code="not-counts", what="This is not a table of counts.", file=raw.file, row=(1,),
                             allowed="the headers characteristic, group, pool, people, selected", do="Name the columns so."))  # fmt: skip
    return read_counts(file)


def read_counts(file: CountsFile) -> CountedWorkforce:
    """Check a table of counts that was found in a file.

    Raises EiaError with every fault of it: cells that are no figures, percentages of nobody knows what, rows given twice,
    figures that cannot all be right.
    """
    raw, at, case = file.raw, file.at, file.case
    faults = Faults()
    for name, percentage in dict.fromkeys((name, percentage) for name, percentage, _ in at):
        same = [index for other, percent, index in at if (other, percent) == (name, percentage)]
        if len(same) > 1 and name in column_headers("counts").keys() - {SELECTED}:  # several may count the same outcome
            faults.add(two_headers(raw, name, same))
    faults.raise_if_any()
    read = read_columns(raw, {str(index): index for _, _, index in at}, case)
    labels = {name: _without_names(name, read.columns[str(index)], case) for name, _, index in at if name in LABELS}
    figures = [(name, percentage, read.columns[str(index)]) for name, percentage, index in at if name not in labels]
    measures = [measure(*each, case) for each in figures]
    table = count_table(raw, case, labels, measures, read.rows)
    _refuse_many(table)
    base = ask_base(table, faults)
    table = replace(table, case=guessed(case, base))
    refuse_too_many(table.pools, raw.file)
    for one in measures:
        faults.extend(one.column.faults)
    found = tallies(table, faults)
    faults.raise_if_any()
    return CountedWorkforce(
        pools=table.pools,
        tallies=found,
        selections_given=table.selections_given,
        are_shares=table.are_shares,
        intake=Intake(
            sources=(read.source,),
            mapped=tuple(Mapped(inert(header), column) for header, column in file.mapped),
            unused=file.unused,
            recodings=(*file.recodings, *recodings(table, found), *notes(measures, table.case)),
            one_pool="pool" not in labels,
            questions=(
                *ask_sheet(file.raw),
                *file.questions,
                *base,
                *(one for tally in found.values() for one in tally.questions),
            ),
        ),
    )


def _refuse_many(table: CountTable) -> None:
    """Refuse a table of more groups or characteristics than any has: each is compared with the others."""
    for what, labels, most in (("groups", table.groups, budget.GROUPS_COUNTED), ("characteristics", table.names, budget.CHARACTERISTICS_COUNTED)):  # fmt: skip
        if (found := len(set(labels))) > most:
            raise EiaError(Fault(code="too-many-groups", what=f"The table has {found:,} different {what}.", file=table.raw.file,
                                 allowed=f"up to {most:,}", do="Keep those that the assessment needs."))  # fmt: skip


def _without_names(name: str, column: FileColumn, case: Case) -> FileColumn:
    """A column of pools without what looks like the name of a person; published names of places and teams stay."""
    if name != "pool" or case.categories.others.get("pool", "") == AS_WRITTEN:
        return column
    return column.called(by_row("pool", column, [index for index, cell in enumerate(column.cells) if identifies(cell)]))
