"""Takes an Assessment; gives how many people each pool holds when people are selected, and how many of them are. No prose."""

from __future__ import annotations

from dataclasses import dataclass

from eia.counts.stages import compulsory
from eia.findings.assessment import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSize:
    """One pool. at_risk: people still there when people are selected; selected: of them, None while nobody has been."""

    name: str
    at_risk: int
    selected: int | None


def pool_sizes(assessment: Assessment) -> tuple[PoolSize, ...]:
    """Every pool, the largest first; none where counts are ranges."""
    cube = assessment.cube
    exact = next((key for key, table in cube.tables.items() if not table.are_ranges), None)
    if exact is None:
        return ()
    stage = compulsory(cube, exact, assessment.case.stages)
    there = stage.there.sum(axis=0).tolist()
    went = [None] * len(there) if stage.went is None else stage.went.sum(axis=0).tolist()
    made = (
        PoolSize(name=name, at_risk=number, selected=gone)
        for name, number, gone in zip(cube.layout.pools, there, went, strict=False)
    )
    return tuple(sorted(made, key=lambda pool: (-pool.at_risk, pool.name)))
