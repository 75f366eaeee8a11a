"""Takes a Cube, the case and, where there are people, their table; gives the findings with every other pool for comparison that the case names.

Who a practice applies to can be disputed: one panel may have chosen in two pools, or a reorganisation may concern one directorate and not the
whole employer. The case names such another pool for comparison, with its reason. It is judged as the default is, in a family of its own, stands
beside it and changes no level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import AnotherPool, Case, Pool
from eia.counts.cube import CharacteristicCounts, Cube, CubeAxes, count
from eia.counts.stages import choosing
from eia.errors import EiaError, Fault, inert
from eia.findings.core.comparisons import comparisons, counted_exactly
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults, permutation_results
from eia.findings.core.questions import findings
from eia.intake.workforce import Codes, Everybody, codes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeComparison:
    """The findings of one question with another pool for comparison. name: as the case calls it; choice: what the case says of it."""

    name: str
    choice: AnotherPool
    drawn: PermutationResults
    findings: tuple[Finding, ...]


def refuse_what_is_not_there(cube: Cube, case: Case) -> None:
    """Raise EiaError with every pool and unit that is named and not there, and every other pool for comparison that holds nobody in a pool."""
    if faults := [fault for name, choice in case.comparison.items() for fault in _faults(cube, name, choice)]:
        raise EiaError(faults)


def alternative_permutations(
    cube: Cube, case: Case, people: pd.DataFrame | None, everybody: Everybody | None = None
) -> tuple[PermutationResults, ...]:
    """What chance gives in each other pool for comparison, in the order of the case. people: None where there are counts alone. everybody: as an engine
    counted them."""
    drawn = []
    for name, choice in case.comparison.items():
        their_case, layout = _case(case, name, choice), _layout(cube.layout, name, choice)
        some = None if people is None else _people(people, cube.layout, layout, choice)
        counts = _counts(cube, layout, choice) if some is None or everybody is not None else count(some, layout)
        every = None if everybody is None else _everybody(everybody, cube.layout, layout, choice)
        chosen = None if some is None else choosing(some, layout, case.stages)
        compared = counted_exactly(comparisons(counts, their_case))
        drawn.append(permutation_results(compared, counts, their_case, some, chosen, everybody=every))
    return tuple(drawn)


def alternative_comparisons(
    cube: Cube, case: Case, drawn: Sequence[PermutationResults]
) -> tuple[AlternativeComparison, ...]:
    """Judge every other pool for comparison by the counts and by what was drawn for it."""
    judged = []
    for (name, choice), chance in zip(case.comparison.items(), drawn, strict=True):
        counts, their_case = _counts(cube, _layout(cube.layout, name, choice), choice), _case(case, name, choice)
        found = findings(comparisons(counts, their_case), counts, their_case, chance)
        judged.append(AlternativeComparison(name=name, choice=choice, drawn=chance, findings=found))
    return tuple(judged)


def _case(case: Case, name: str, choice: AnotherPool) -> Case:
    """The case with this one question. Numbers to go of pools taken as one are added up; those of a part of a pool are not known."""
    pools = {pool: given for pool, given in case.pools.items() if not choice.pools or pool in choice.pools}
    if choice.units:
        pools = {}
    elif _as_one(choice):
        numbers = [pools[pool].to_go if pool in pools else None for pool in choice.pools]
        known = [number for number in numbers if number is not None]
        pools = {name: Pool(to_go=sum(known))} if len(known) == len(numbers) else {}
    asked = case.analysis.model_copy(update={"questions": (choice.question,)})
    return case.model_copy(update={"pools": pools, "analysis": asked})


def _layout(layout: CubeAxes, name: str, choice: AnotherPool) -> CubeAxes:
    if _as_one(choice):
        return replace(layout, pools=(name,))
    return replace(layout, pools=tuple(pool for pool in layout.pools if not choice.pools or pool in choice.pools))


def _as_one(choice: AnotherPool) -> bool:
    """Whether the pools named are taken as one: only where people are chosen is there anything to choose among."""
    return choice.question == "selection" and bool(choice.pools)


def _people(people: pd.DataFrame, layout: CubeAxes, theirs: CubeAxes, choice: AnotherPool) -> pd.DataFrame:
    pool, unit = codes_of(people, "pool"), codes_of(people, "unit")
    kept = _kept(pool, unit, layout, choice)
    renumbered = _renumbered(pool[kept], layout, choice)
    return people[kept].assign(pool=pd.Categorical.from_codes(renumbered, categories=[*theirs.pools], ordered=True))


def _everybody(everybody: Everybody, layout: CubeAxes, theirs: CubeAxes, choice: AnotherPool) -> Everybody:
    places = everybody.places
    kept = _kept(codes_of(places, "pool"), codes_of(places, "unit"), layout, choice)
    return Everybody(
        places=_people(places, layout, theirs, choice),
        people=everybody.people[kept],
        groups={key: counts[:, kept] for key, counts in everybody.groups.items()},
    )


def _counts(cube: Cube, layout: CubeAxes, choice: AnotherPool) -> Cube:
    """The same of counts. A table of the whole workforce does not say who is in which unit, so that it is left out where units are named."""
    kept = _kept(cube.place_pool, cube.place_unit, cube.layout, choice)
    return Cube(
        layout=layout,
        place_pool=_renumbered(cube.place_pool[kept], cube.layout, choice),
        place_unit=cube.place_unit[kept],
        tables={
            key: CharacteristicCounts(t.low[:, kept], t.high[:, kept])
            for key, t in cube.tables.items()
            if not t.are_ranges
        },
        chosen=cube.chosen,
        whole_workforce=None if choice.units else cube.whole_workforce,
    )


def _kept(pool: Codes, unit: Codes, layout: CubeAxes, choice: AnotherPool) -> npt.NDArray[np.bool_]:
    """Who, or which places, belong to the other pool for comparison."""
    kept = np.ones(pool.shape, dtype=bool)
    if choice.pools:
        kept &= np.isin(pool, [layout.pools.index(name) for name in choice.pools])
    if choice.units:
        kept &= np.isin(unit, [layout.units.index(name) for name in choice.units])
    return kept


def _renumbered(pool: Codes, layout: CubeAxes, choice: AnotherPool) -> Codes:
    numbers = np.arange(-1, len(layout.pools), dtype=np.int32)  # the first for no pool
    if choice.pools:
        named = sorted(layout.pools.index(name) for name in choice.pools)
        numbers[1:] = -1
        numbers[1 + np.array(named)] = 0 if _as_one(choice) else np.arange(len(named))
    renumbered: Codes = numbers[pool + 1]
    return renumbered


def _faults(cube: Cube, name: str, choice: AnotherPool) -> Iterator[Fault]:
    where = f"comparison.{inert(name)}"
    for kind, named, there in (("pool", choice.pools, cube.layout.pools), ("unit", choice.units, cube.layout.units)):
        for one in named:
            if one not in there:
                yield Fault(code="no-such-part", what=f"Another pool for comparison names a {kind} that nobody is in: “{inert(one)}”.",
                            file="case.toml", column=where, allowed=f"the {kind}s of the file, letter for letter",
                            do="Correct the name, or take it out.")  # fmt: skip
    if not set(choice.pools) <= set(cube.layout.pools) or not set(choice.units) <= set(cube.layout.units):
        return
    kept = _kept(cube.place_pool, cube.place_unit, cube.layout, choice) & (cube.place_pool >= 0)
    if not any(table.high[:, kept].any() for table in cube.tables.values()):
        yield Fault(code="nobody-to-compare", what=f"Another pool for comparison, “{inert(name)}”, holds nobody who is in a pool.",
                    file="case.toml", column=where, allowed="pools and units that somebody at risk is in",
                    do="Name others, or take it out.")  # fmt: skip
