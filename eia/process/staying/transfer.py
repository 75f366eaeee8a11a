"""Takes a Case; gives the pools whose work goes to another employer, and the rules of a transfer on that day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from eia.case import Case
from eia.law.lookup import in_force
from eia.law.records import Rule
from eia.process.severance import place

_ALWAYS = (
    "transfer_dismissal", "transfer_consultation", "transfer_direct_consultation", "transfer_redundancy_consultation",
)  # fmt: skip
_PUBLIC = ("transfer_public_reorganisation",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Pools whose work goes to another employer on one day, and the rules of a transfer as they stand then."""

    on: dt.date
    pools: tuple[str, ...]
    rules: tuple[Rule, ...]


def transfers(case: Case) -> tuple[Transfer, ...]:
    """The transfers of a case, the first of them first.

    >>> from eia.case import Pool
    >>> day = dt.date(2027, 4, 1)
    >>> [each.pools for each in transfers(Case(pools={"Catering": Pool(transfers_on=day), "Library": Pool(to_go=2)}))]
    [('Catering',)]
    """
    days = sorted({pool.transfers_on for pool in case.pools.values() if pool.transfers_on})
    keys = _ALWAYS + (_PUBLIC if case.employer.kind in ("public authority", "Crown") else ())
    return tuple(
        Transfer(
            on=day,
            pools=tuple(name for name, pool in case.pools.items() if pool.transfers_on == day),
            rules=tuple(rule for key in keys if (rule := in_force(key, on=day, where=place(case)))),
        )
        for day in days
    )
