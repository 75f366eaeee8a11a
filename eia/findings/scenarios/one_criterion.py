"""Takes a Baseline; gives what leaving out each criterion alone would do: counts by group, all criteria side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eia.case import Scenario
from eia.counts.cube import Cube, count, cube_axes
from eia.findings.core.comparisons import comparisons, counted_exactly
from eia.findings.core.family import CORE
from eia.findings.scenarios.baseline import Baseline
from eia.scenarios.try_rule import try_rule
from eia.vocabulary.characteristics import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class CountChange:
    """One group of known answers. characteristic: its key. selected, gap: before and after; a gap is people above what is expected if each pool lost as many whoever they are."""

    characteristic: str
    title: str
    group: Group
    selected: tuple[int, int]
    gap: tuple[float, float]
    core: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutOne:
    """One criterion left out, its weight, nan where it differs by pool or is not known. others: of those selected, how many would not be. tied: people of equal totals at a line.
    not_placed: people in pools without a total, who stay as they are."""

    criterion: str
    weight: float
    others: int
    tied: int
    not_placed: int
    groups: tuple[CountChange, ...]


def without_one(baseline: Baseline) -> tuple[WithoutOne, ...]:
    """Each criterion left out in turn; nothing where there are fewer than two, or no weights.

    Raises EiaError where nobody can be selected by the rule.
    """
    rule = baseline.rule
    if len(rule.criteria) < 2:
        return ()
    before = _selected(baseline.counted.cube, baseline)
    table = []
    for name, weight in zip(rule.criteria, rule.weights_of_all, strict=True):
        changed = try_rule(rule, baseline.workforce, baseline.case, Scenario(without=(name,)))
        made = changed.workforce
        after = _selected(count(made.frame, cube_axes(made, baseline.case)), baseline)
        table.append(
            WithoutOne(
                criterion=name,
                weight=weight,
                others=changed.others,
                tied=int(changed.tied.sum()),
                not_placed=changed.not_placed,
                groups=tuple(_changes(before, after)),
            )
        )
    return tuple(table)


_Counts = Mapping[tuple[str, str], tuple[Group, str, int, float]]


def _selected(cube: Cube, baseline: Baseline) -> _Counts:
    """Of every group with a known answer in a pool: how many are selected, and how many above what is expected."""
    found = {}
    for one in counted_exactly(comparisons(cube, baseline.case)):
        split, kind = one.split(), one.dimension.characteristic
        if one.group_of.kind == "answer" and one.group[:-1].any() and split and split.selection is not None:
            found[kind.key, one.group_of.label] = (one.group_of, kind.title, split.group_selected or 0, split.selection)
    return found


def _changes(before: _Counts, after: _Counts) -> Iterator[CountChange]:
    for (key, label), (group, title, selected, gap) in before.items():
        _, _, then, gap_then = after[key, label]
        yield CountChange(
            characteristic=key,
            title=title,
            group=group,
            selected=(selected, then),
            gap=(gap, gap_then),
            core=key in CORE,
        )
