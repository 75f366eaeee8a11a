"""Takes the contracts of everybody and their years of service; gives the same without fixed terms of four years or more.

Somebody on successive fixed-term contracts for four years may be a permanent employee in law, but other conditions decide
as well (Fixed-term Employees (Prevention of Less Favourable Treatment) Regulations 2002, SI 2002/2034, regulation 8). So
nobody is recoded: the comparison is made with and without them.
"""

from __future__ import annotations

import numpy as np

from eia.intake.workforce import Answers, Numbers
from eia.vocabulary.characteristics import NOT_APPLICABLE, Characteristic, Group

YEARS = 4
_FIXED_TERM = Group("Fixed-term")
_SHORT = Characteristic(
    key="contract_short",
    title=f"Contract (fixed terms of {YEARS} years or more left out)",
    groups=("Fixed-term", "Permanent"),
    others="Permanent",
)


def without_long_fixed_terms(contract: Answers, service: Numbers) -> tuple[Answers, int] | None:
    """The contracts, with those on fixed terms who have four completed years of service set aside as not applicable, and how
    many they are; None where there are none."""
    long = (contract.codes == contract.groups.index(_FIXED_TERM)) & (np.nan_to_num(service, nan=0) >= YEARS)
    if not long.any():
        return None
    aside = contract.groups.index(NOT_APPLICABLE)
    codes = np.where(long, np.int32(aside), contract.codes)
    return Answers(characteristic=_SHORT, groups=contract.groups, codes=codes), int(long.sum())
