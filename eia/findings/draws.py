"""Takes the case and how many pools or posts there are; gives how many arrangements or selections are drawn: as the case says, or fewer."""

from __future__ import annotations

from eia import budget
from eia.case import Case


def draws_of(case: Case, places: int) -> int:
    """As many as the case says; where there are many pools or posts fewer, so that thousands of them take seconds, but never below 1,999.

    With so many pools what is drawn is nearly normal, and p at 0.05 has a Monte Carlo error of 0.005 at most.

    >>> draws_of(Case(), 60), draws_of(Case(), 2_000), draws_of(Case(), 100_000)
    (10000, 5000, 1999)
    """
    return min(case.analysis.draws, max(budget.LEAST_DRAWS, budget.PLACES_TIMES_DRAWS // max(places, 1)))
