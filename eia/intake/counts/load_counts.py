"""Takes a raw table of counts and the case; gives Counted: people in each group of each pool, and how many were selected.

Reps are often given counts, not people. One row is one group of one characteristic in one pool: ``characteristic, group,
pool, people, selected``. Published tables say it in other ways, all of which are read: a column for each outcome, a
column for the whole department that the people in scope are part of, rows of totals, percentages, and marks in place of
small counts. Whatever is not known exactly becomes a range, as narrow as the rest of the table makes it.

A table of the whole workforce has ``characteristic, group`` and either ``people`` or ``share``.
"""

from __future__ import annotations

from collections.abc import Sequence

from eia.case import Case
from eia.errors import EiaError, Fault, inert
from eia.intake.columns.cells import file_columns
from eia.intake.counts.count_bounds import CountedWorkforce
from eia.intake.counts.count_table import CountTable
from eia.intake.counts.measures import LABELS, headers_twice, is_counts, measure, notes, positions
from eia.intake.files.raw_table import RawTable
from eia.intake.files.text_columns import Cells
from eia.intake.intake_record import Intake, Mapped, Recoding, Source


def load_counts(raw: RawTable, case: Case) -> CountedWorkforce:
    """Check a table of counts.

    Raises EiaError with every fault of it: cells that are no figures, percentages of nobody knows what, rows given twice,
    figures that cannot all be right.
    """
    at = positions(raw.headers, case)
    if not is_counts(raw.headers, case):
        raise EiaError(
            Fault(code="not-counts", what="This is not a table of counts.", file=raw.file, row=(1,),
                  allowed="the headers characteristic, group, pool, people, selected", do="Name the columns so.")
        )  # fmt: skip
    if twice := headers_twice(raw, at):
        raise EiaError(twice)
    cells = raw.read([index for _, _, index in at], None)
    columns = file_columns(raw, cells, {index: index for _, _, index in at})
    labels = {name: columns[index] for name, _, index in at if name in LABELS}
    measures = [measure(name, percentage, columns[index], case) for name, percentage, index in at if name not in labels]
    table = CountTable(raw, case, labels, measures, cells.rows)
    tallies = table.tallies()
    faults = [*(fault for measure in measures for fault in measure.column.faults), *table.row_faults(), *table.faults]
    if faults:
        raise EiaError(faults)
    return CountedWorkforce(
        pools=table.pools,
        tallies=tallies,
        chosen=table.chosen,
        are_shares=table.are_shares,
        intake=_intake(raw, cells, at, (*table.said, *notes(measures, case)), one_pool=table.one_pool),
    )


def _intake(
    raw: RawTable, cells: Cells, at: Sequence[tuple[str, bool, int]], done: tuple[Recoding, ...], *, one_pool: bool
) -> Intake:
    used = {index for _, _, index in at}
    return Intake(
        sources=(
            Source(
                file=raw.file,
                sha256=raw.sha256,
                encoding=cells.encoding,
                rows=cells.rows,
                remarks="; ".join(raw.remarks),
            ),
        ),
        mapped=tuple(
            Mapped(inert(raw.headers[index]), f"{name}, percentage" if percentage else name)
            for name, percentage, index in at
        ),
        unused=tuple(inert(header) for index, header in enumerate(raw.headers) if index not in used),
        recodings=done,
        one_pool=one_pool,
    )
