"""Takes a checked table of counts; gives the same Cube that people would give, and adds a whole workforce to a Cube."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eia.case import RETAINED, Case
from eia.counts.cube import CharacteristicCounts, Cube, CubeAxes, WholeWorkforce
from eia.errors import EiaError, Fault
from eia.intake.counts.load_counts import CountedWorkforce
from eia.vocabulary.characteristics import Dimension


def from_count_table(counted: CountedWorkforce, case: Case) -> Cube:
    """Make the cube of a table of counts. Raises EiaError when it gives shares, which are of no number of people."""
    if counted.are_shares:
        raise EiaError(Fault(code="shares-only", what="The table gives shares and no numbers of people.",
                             file=counted.intake.sources[0].file, allowed="numbers of people in each group of each pool",
                             do="Use it as the whole workforce beside a table of counts: [files] whole_workforce in the case."))  # fmt: skip
    if any(pool.transfers_on for pool in case.pools.values()):
        raise EiaError(Fault(code="transfer-of-counts", what="A pool whose work goes to another employer is marked in a case with a table of counts.",
                             file="case.toml", column="pools", allowed="transfers_on beside a file of people",
                             do="Leave the rows of that pool out of the table, and take transfers_on out of the case."))  # fmt: skip
    tables = {
        key: CharacteristicCounts(tally.low.astype(np.int64), tally.high.astype(np.int64), tally.margins)
        for key, tally in counted.tallies.items()
    }
    pools = len(counted.pools)
    return Cube(
        layout=CubeAxes(
            pools=counted.pools,
            units=(),
            outcomes=(RETAINED, *case.stages.order),
            dimensions={
                key: Dimension(characteristic=tally.characteristic, groups=tally.groups)
                for key, tally in counted.tallies.items()
            },
        ),
        place_pool=np.append(np.arange(pools), -1).astype(np.int32),
        place_unit=np.full(pools + 1, -1, dtype=np.int32),
        tables=tables,
        chosen=counted.selections_given,
    )


def with_whole_workforce(cube: Cube, counted: CountedWorkforce) -> Cube:
    """Add what a table of its own says of the whole workforce.

    Raises EiaError where the table speaks of groups that the file does not have, or has fewer people than are in pools.
    """
    amounts, faults = {}, []
    file = counted.intake.sources[0].file
    for key, tally in counted.tallies.items():
        dimension = cube.layout.dimensions.get(key)
        if dimension is None:
            continue
        if (tally.low != tally.high).any():
            faults.append(Fault(code="whole-workforce-in-ranges", what=f"The whole workforce is not known exactly: {tally.characteristic.title}.",
                                file=file, allowed="exact numbers of people, or their shares", do="Ask for the exact numbers, or put the whole "
                                "workforce in a column beside the people in pools, where ranges can be read."))  # fmt: skip
            continue
        found = dict(zip(tally.groups, tally.low.sum(axis=(1, 2)), strict=True))
        unknown = [group for group in found if group not in dimension.groups and found[group]]
        if unknown:
            faults.append(Fault(code="unknown-group", what=f"The whole workforce has groups of {tally.characteristic.title} that the file does not have.",
                                file=file, allowed="groups by the same names as in the file", do="Use the same names in both."))  # fmt: skip
        whole = np.array([found.get(group, 0.0) for group in dimension.groups])
        held = np.array([group.kind == "answer" for group in dimension.groups]) & (
            cube.tables[key].low.sum(axis=(1, 2)) > 0
        )
        if counted.are_shares and (whole[held] == 0).any():
            faults.append(Fault(code="group-left-out", what=f"People in pools are of groups that have no share of the whole workforce: {tally.characteristic.title}.",
                                file=file, allowed="a share for every group that is in pools", do="Add the groups left out, or use the same names in both."))  # fmt: skip
        if not counted.are_shares and (whole < cube.tables[key].low.sum(axis=(1, 2))).any():
            faults.append(Fault(code="fewer-than-in-pools", what=f"The whole workforce has fewer people than the pools: {tally.characteristic.title}.",
                                file=file, allowed="everybody, those in pools included", do="Count everybody, or check which file is which."))  # fmt: skip
        amounts[key] = whole
    if faults:
        raise EiaError(faults)
    return replace(cube, whole_workforce=WholeWorkforce(amounts=amounts, are_shares=counted.are_shares))
