"""Takes a Riverbank Council; gives, by methods of its own and none of eia's, what each of the three practices shows."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from datasets.generator.riverbank import POOLS, Riverbank, structure

CHARACTERISTICS = (
    "Sex", "Ethnic Origin", "Disability", "Religion or Belief", "Sexual Orientation",
    "Gender Identity Differs From Birth", "Marital Status", "Pregnancy or Maternity", "Family Leave",
    "Flexible Working", "Basis", "Contract Type",
)  # fmt: skip
NO_ANSWER = ("", "Prefer not to say", "Not applicable")
AGE_BANDS = (25, 35, 45, 55, 65)
SHUFFLES = 9_999
POSTS = len(structure().title)

Key = tuple[str, str]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


class Comparison(NamedTuple):
    """One group against everyone else who answered: who answered, and who of the workforce is in the group."""

    known: Bools
    group: Bools


def comparisons(workforce: dict[str, NDArray[Any]]) -> dict[Key, Comparison]:
    """Every group of every characteristic; of two groups the first only; unanswered ones against all who answered."""
    found: dict[Key, Comparison] = {}
    for name in CHARACTERISTICS:
        values = workforce[name]
        known = ~np.isin(values, NO_ANSWER)
        groups = np.unique(values[known]).tolist()
        for group in groups if len(groups) > 2 else groups[:1]:
            found[name, group] = Comparison(known, (values == group))
        for group in NO_ANSWER[:2]:
            if (values == group).any():
                found[name, group] = Comparison(known | (values == group), values == group)
    band = np.digitize(workforce["Age"], AGE_BANDS)
    for code in range(len(AGE_BANDS) + 1):
        found["Age", str(code)] = Comparison(np.ones(len(band), dtype=bool), band == code)
    return found


def holm(pvalues: dict[Key, float]) -> dict[Key, float]:
    """Holm's adjusted p-values."""
    adjusted, largest = {}, 0.0
    for rank, (key, p) in enumerate(sorted(pvalues.items(), key=lambda item: item[1])):
        largest = max(largest, min(1.0, p * (len(pvalues) - rank)))
        adjusted[key] = largest
    return adjusted


def tables_within_pools(council: Riverbank, comparison: Comparison) -> NDArray[np.int64]:
    """A 2 by 2 table a pool: group and others by selected and retained."""
    place = np.searchsorted(council.workforce["Personal Reference"], council.selections["Personal Reference"])
    known, group = comparison.known[place], comparison.group[place]
    pools, pool = np.unique(council.selections["Pool"], return_inverse=True)
    selected = council.selections["Outcome"] == "Proposed for redundancy"
    cell = 4 * pool + 2 * ~group + ~selected
    return np.bincount(cell[known], minlength=4 * len(pools)).reshape(-1, 2, 2)


def cochran_mantel_haenszel(tables: NDArray[np.int64]) -> float | None:
    """p-value with continuity correction; None where no pool carries information."""
    people = tables.sum(axis=(1, 2)).astype(float)
    tables, people = tables[people > 1], people[people > 1]
    group, selected = tables.sum(axis=2)[:, 0], tables.sum(axis=1)[:, 0]
    expected = group * selected / people
    variance = expected * (people - group) * (people - selected) / people / (people - 1)
    if not variance.sum():
        return None
    gap = max(abs((tables[:, 0, 0] - expected).sum()) - 0.5, 0)
    return float(chdtrc(1, gap**2 / variance.sum()))


def within_pools(council: Riverbank) -> dict[Key, float]:
    """Adjusted p of every comparison of selected and retained people inside the same pool."""
    pvalues = {
        key: cochran_mantel_haenszel(tables_within_pools(council, comparison))
        for key, comparison in comparisons(council.workforce).items()
    }
    return holm({key: p for key, p in pvalues.items() if p is not None})


def in_scope(council: Riverbank, luck: Floats) -> dict[Key, float]:
    """Adjusted p of every comparison of people in pools and people outside, when whole posts are drawn again, the larger the likelier."""
    titles, post = np.unique(council.workforce["Position Title"], return_inverse=True)
    pooled = np.isin(titles, list(council.to_go)).astype(float)
    drawn = np.zeros_like(luck)
    chosen = np.argpartition(-np.log(np.bincount(post)) - luck, POOLS - 1, axis=1)[:, :POOLS]
    np.put_along_axis(drawn, chosen, 1.0, axis=1)
    return _shuffled(council, post, pooled, drawn)


def spread(council: Riverbank, order: NDArray[np.int64]) -> dict[Key, float]:
    """Adjusted p of every comparison of pools with a high share to go and a low one, when the shares are shuffled."""
    pools = np.array(sorted(council.to_go))
    place = np.searchsorted(pools, council.workforce["Position Title"])
    place = np.where(np.isin(council.workforce["Position Title"], pools), place, len(pools))
    size = np.bincount(place)[: len(pools)]
    share = np.append(np.array([council.to_go[pool] for pool in pools]) / size, 0)  # nobody outside pools goes
    shuffled = np.column_stack([share[order], np.zeros(len(order))])
    return _shuffled(council, place, share, shuffled)


def luck_of_posts(rng: np.random.Generator) -> Floats:
    """What chance adds to the urge to put each post in a pool: one row a draw."""
    return rng.gumbel(size=(SHUFFLES, POSTS))


def shuffled_pools(rng: np.random.Generator) -> NDArray[np.int64]:
    """Orders of the pools, drawn by lot: one row a draw."""
    return np.argsort(rng.random((SHUFFLES, POOLS)), axis=1)


def _shuffled(council: Riverbank, place: NDArray[Any], weight: Floats, shuffles: Floats) -> dict[Key, float]:
    """Compare the group's share of all weight with its share when the weights are shuffled over the places."""
    found = comparisons(council.workforce)
    group = np.column_stack([np.bincount(place[c.known & c.group], minlength=len(weight)) for c in found.values()])
    known = np.column_stack([np.bincount(place[c.known], minlength=len(weight)) for c in found.values()])
    observed = (weight @ group) / (weight @ known)
    drawn = (shuffles @ group) / (shuffles @ known)
    higher = (1 + (drawn >= observed - 1e-12).sum(axis=0)) / (1 + len(shuffles))
    lower = (1 + (drawn <= observed + 1e-12).sum(axis=0)) / (1 + len(shuffles))
    return holm(dict(zip(found, np.minimum(1, 2 * np.minimum(higher, lower)).tolist(), strict=True)))
