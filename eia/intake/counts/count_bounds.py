"""Holds what a checked table of counts says: Counted, a Tally for each characteristic, and what is known of sums by pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from eia.intake.counts.reconcile import Amounts
from eia.intake.intake_record import Intake
from eia.vocabulary.characteristics import Characteristic, Group

Ends = tuple[Amounts, Amounts]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMargins:
    """Sums of cells, each from its least to its most: they are often known where the cells are not.

    By place: the pools, no pool, all pools together, and everybody. group: of each group, (groups, pools + 3). everyone, and
    selected: those who answered, (pools + 3,). group_selected: of each group, in all pools together, (groups,). people: everybody,
    answered or not, in all pools together and in all, (2,).
    """

    group: Ends
    everyone: Ends
    selected: Ends
    group_selected: Ends
    people: Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One characteristic from the least to the most: arrays of shape (groups, pools + 1, outcomes), where the last pool is
    no pool and the outcomes are "retained" and then the stages of the case. margins: None where every cell is known."""

    characteristic: Characteristic
    groups: tuple[Group, ...]
    low: Amounts
    high: Amounts
    margins: CountMargins | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedWorkforce:
    """A checked table of counts. chosen: whether any number selected is given. are_shares: shares instead of people."""

    pools: tuple[str, ...]
    tallies: Mapping[str, Tally]
    chosen: bool
    are_shares: bool
    intake: Intake
