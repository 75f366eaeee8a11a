"""What is measured on the designs: how often intervals cover, and how often the toolkit and others say that something is there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from exact_laws import (
    Design,
    Floats,
    Ints,
    binomial_law,
    by_total,
    table_law,
    total_law,
)
from scipy.stats import chi2, chi2_contingency, fisher_exact

from eia.stats.effect_sizes import mantel_haenszel
from eia.stats.effect_sizes.rates import Rates, selection_rates
from eia.stats.results import Interval

ODDS_RATIOS = (1.0, 1.5, 3.0)
RANGE = np.exp(np.linspace(-np.log(4.0), np.log(4.0), 41))  # odds ratios from 1/4 to 4
RATES = np.arange(0.05, 1.0, 0.05)
SIDES = ((5, 5), (5, 20), (10, 10), (10, 40), (30, 30), (8, 60))
DRAWN = 20_000


@dataclass(frozen=True)
class Coverage:
    """How often an interval at 95% covers: on average, and at worst, over the values gone through."""

    average: float
    worst: float

    @classmethod
    def of(cls, shares: list[float]) -> Coverage:
        return cls(float(np.mean(shares)), float(min(shares)))


def covers(law: Floats, intervals: list[Interval], value: float) -> float:
    return float(law @ [value in interval for interval in intervals])


def odds_ratio_coverage(design: Design, odds_ratios: Floats = RANGE) -> dict[str, Coverage]:
    """The exact and the mid-p interval of the odds ratio."""
    kinds = {
        "exact": [test.odds_ratio.interval for test in by_total(design)],
        "mid-p": [test.odds_ratio.midp_interval for test in by_total(design)],
    }
    return {
        kind: Coverage.of([covers(total_law(design, psi), intervals, psi) for psi in odds_ratios])
        for kind, intervals in kinds.items()
    }


def mantel_haenszel_coverage(design: Design) -> dict[str, Coverage]:
    """Robins, Breslow and Greenland's interval; and, where all pools are even-handed, those of the rate ratio and difference.

    Away from an odds ratio of 1 pools with one odds ratio share no rate ratio and no difference that could be covered.
    """
    g, m, n = design.margins
    both = (g > 0) & (g < n)
    told = both & (m > 0) & (m < n)
    shares: dict[str, list[float]] = {"RBG": [], "Greenland-Robins": [], "Sato": []}
    for psi in ODDS_RATIOS:
        tables, law = table_law(design, psi)
        cells = [np.stack([x, g - x, m - x, n - g - m + x]).astype(float) for x in tables]
        kinds = {"RBG": ([mantel_haenszel.odds_ratio(*c[:, told], level=0.95, alpha=0.05) for c in cells], psi)}
        if psi == 1.0:
            kinds["Greenland-Robins"] = (
                [mantel_haenszel.rate_ratio(*c[:, both], level=0.95, alpha=0.05) for c in cells],
                1.0,
            )
            kinds["Sato"] = (
                [mantel_haenszel.rate_difference(*c[:, both], level=0.95, alpha=0.05) for c in cells],
                0.0,
            )
        for kind, (estimates, value) in kinds.items():
            shares[kind].append(covers(law, [estimate.interval for estimate in estimates], value))
    return {kind: Coverage.of(values) for kind, values in shares.items()}


@cache
def all_rates(group: int, others: int) -> list[list[Rates]]:
    """The rates of every pair of numbers selected."""
    return [
        [
            selection_rates(group_selected=x, group_total=group, selected=x + y, total=group + others)
            for y in range(others + 1)
        ]
        for x in range(group + 1)
    ]


def rates_coverage(group: int, others: int) -> dict[str, Coverage]:
    """The intervals of two rates, their difference and their ratio, each side selected person by person at its own rate."""
    rates = all_rates(group, others)
    shares: dict[str, list[float]] = {"Wilson": [], "Clopper-Pearson": [], "Newcombe": [], "Koopman": []}
    for one in RATES:
        law = binomial_law(group, one)
        shares["Wilson"].append(covers(law, [row[0].selection.interval for row in rates], one))
        shares["Clopper-Pearson"].append(covers(law, [row[0].selection.exact_interval for row in rates], one))
        for other in RATES:
            together = np.outer(law, binomial_law(others, other)).ravel()
            every = [pair for row in rates for pair in row]
            shares["Newcombe"].append(covers(together, [pair.difference.interval for pair in every], one - other))
            shares["Koopman"].append(covers(together, [pair.selection_ratio.interval for pair in every], one / other))
    return {kind: Coverage.of(values) for kind, values in shares.items()}


def says_so(design: Design, odds_ratio: float) -> dict[str, float]:
    """How often each method says at 5% that the group and the others are treated differently."""
    law, tests = total_law(design, odds_ratio), by_total(design)
    thrown_together = [pooled(design, int(design.least.sum()) + place) for place in range(len(tests))]
    tables, chances = table_law(design, odds_ratio, DRAWN)
    return {
        "exact": float(law @ [test.pvalue <= 0.05 for test in tests]),
        "mid-p": float(law @ [test.midp <= 0.05 for test in tests]),
        "CMH": float(law @ [test.cmh_pvalue <= 0.05 for test in tests]),
        "CMH, half a person added": float(chances @ repaired(design, tables)),
        "pooled chi-squared": float(
            law @ [chi2_contingency(t, correction=False).pvalue <= 0.05 for t in thrown_together]
        ),
        "pooled Fisher": float(law @ [fisher_exact(t).pvalue <= 0.05 for t in thrown_together]),
        "four-fifths rule": float(law @ [four_fifths(t) for t in thrown_together]),
    }


def pooled(design: Design, total: int) -> Ints:
    """The one table left when pools are thrown together: rows group and others, columns selected and retained."""
    group, selected, people = design.margins.sum(axis=1).tolist()
    return np.array([[total, group - total], [selected - total, people - group - selected + total]])


def four_fifths(table: Ints) -> bool:
    """Whether one side is retained at less than four fifths of the other side's rate."""
    group, others = table[:, 1] / table.sum(axis=1)
    return bool(min(group, others) < 0.8 * max(group, others))


def repaired(design: Design, x: Ints) -> Floats:
    """1 where the CMH test, with half a person added to every cell of a table with an empty one, gives p at or below 0.05."""
    g, m, n = design.margins
    cells = np.stack([x, g - x, m - x, n - g - m + x]).astype(float)
    a, b, c, d = cells + 0.5 * (cells == 0).any(axis=0)
    people = a + b + c + d
    excess = (a - (a + b) * (a + c) / people).sum(axis=1)
    variance = ((a + b) * (c + d) * (a + c) * (b + d) / (people**2 * (people - 1))).sum(axis=1)
    return (chi2.sf(excess**2 / variance, 1) <= 0.05).astype(float)
