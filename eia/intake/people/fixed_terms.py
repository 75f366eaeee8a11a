"""Takes the contracts of everybody and their years of service; gives the same without fixed terms of four years or more.

Somebody on successive fixed-term contracts for four years may be a permanent employee in law, but other conditions decide
as well (Fixed-term Employees (Prevention of Less Favourable Treatment) Regulations 2002, SI 2002/2034, regulation 8). So
nobody is recoded: the comparison is made with and without them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from eia.intake.columns.cells import Numbers
from eia.vocabulary.characteristics import NOT_APPLICABLE, Characteristic

YEARS = 4
SHORT = Characteristic(
    key="contract_short",
    title=f"Contract (fixed terms of {YEARS} years or more left out)",
    groups=("Fixed-term", "Permanent"),
    others="Permanent",
)


def without_long_fixed_terms(contract: pd.Categorical, service: Numbers) -> tuple[pd.Categorical, int]:
    """The contracts, with those on fixed terms who have four completed years of service set aside as not applicable, and how
    many they are."""
    fixed, aside = map(contract.categories.get_loc, ("Fixed-term", NOT_APPLICABLE.label))
    long = (contract.codes == fixed) & (np.nan_to_num(service, nan=0) >= YEARS)
    codes = np.where(long, np.int8(aside), contract.codes)
    return pd.Categorical.from_codes(codes, dtype=contract.dtype), int(long.sum())
