"""Takes a Cube and the case; gives the rates of everyone leaving, volunteers included, out of everybody in a pool."""

from __future__ import annotations

from dataclasses import dataclass

from eia.case import Case
from eia.counts.cube import Cube
from eia.counts.stages import compulsory, leaving
from eia.stats.effect_sizes.rates import Rates, selection_rates
from eia.vocabulary.characteristics import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """One group among everyone leaving. characteristic: its key."""

    characteristic: str
    group: Group
    rates: Rates


def everyone_leaving(cube: Cube, case: Case) -> tuple[Leaving, ...]:
    """The rates of every answer of every characteristic; nothing where those who leave are those selected.

    How many volunteer is not fixed beforehand, so that these rates have intervals of their own.
    """
    told = []
    for key, dimension in cube.layout.dimensions.items():
        if cube.tables[key].are_ranges:
            continue
        stage, chosen = leaving(cube, key, case.stages), compulsory(cube, key, case.stages)
        if stage.went is None or chosen.went is None or (stage.went == chosen.went).all():
            continue
        there, went = stage.there[:, :-1].sum(axis=1), stage.went[:, :-1].sum(axis=1)
        answers = [place for place, group in enumerate(dimension.groups) if group.kind == "answer" and there[place]]
        told += [
            Leaving(
                characteristic=key,
                group=dimension.groups[place],
                rates=selection_rates(
                    group_selected=int(went[place]),
                    group_total=int(there[place]),
                    selected=int(went[answers].sum()),
                    total=int(there[answers].sum()),
                    level=case.analysis.level,
                ),
            )
            for place in answers
        ]
    return tuple(told)
