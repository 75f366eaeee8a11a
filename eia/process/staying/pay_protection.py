"""Takes a Workforce and a Case; gives what the employer's pay protection would do for those downgraded who lose pay, by group."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eia.case import Case, PayProtection
from eia.intake.workforce import Workforce, numbers_of
from eia.process.leaving.large_groups import FEWEST, GroupNumber, large_groups


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedPay:
    """The policy over everybody who stays in work, downgraded and on less pay.

    policy: as the case gives it. downgraded: whether those counted are the downgraded; else they are all who lose pay, since no file says
    who is downgraded. people: so many of them lose pay. lost: pounds a year they lose; protected: pounds that the policy makes up,
    over all its months; None for both where fewer than ten lose pay. losing: by group. shorter: of those whose months of protection the
    file gives, how many get fewer than the policy says; told: how many these are; shorter_groups: by group.
    """

    policy: PayProtection
    downgraded: bool
    people: int
    lost: float | None
    protected: float | None
    losing: tuple[GroupNumber, ...]
    told: int
    shorter: int
    shorter_groups: tuple[GroupNumber, ...]


def protected_pay(workforce: Workforce, case: Case) -> ProtectedPay | None:
    """Apply the policy; None where the case gives none, or no file says who loses pay.

    >>> from eia.intake.evidence import read_workforce
    >>> rows = "F,A,redeployed,1200\\n" * 10 + "M,A,retained,\\n" * 10
    >>> case = Case(pay_protection=PayProtection(months=24, share=0.5))
    >>> staff = read_workforce(("sex,pool,outcome,pay lost\\n" + rows).encode(), case)
    >>> made = protected_pay(staff, case)
    >>> made.people, made.lost, made.protected
    (10, 12000.0, 12000.0)
    """
    policy, lost = case.pay_protection, numbers_of(workforce.frame, "pay_lost")
    if policy.months is None or lost is None:
        return None
    stays = ~np.isnan(lost)
    losing = stays & (lost > 0)
    if downgraded := "downgraded" in workforce.frame:
        losing &= workforce.frame["downgraded"].fillna(False).to_numpy(dtype=np.bool_)
    months = numbers_of(workforce.frame, "protected_months")
    told = losing & ~np.isnan(months) if months is not None else np.zeros_like(losing)
    shorter = told & (months < policy.months) if months is not None else told
    total = float(lost[losing].sum(dtype=np.float64)) if losing.sum() >= FEWEST else None
    return ProtectedPay(
        policy=policy,
        downgraded=downgraded,
        people=int(losing.sum()),
        lost=total,
        protected=None if total is None else total * policy.share * policy.months / 12,
        losing=large_groups(workforce, losing, among=stays),
        told=int(told.sum()),
        shorter=int(shorter.sum()),
        shorter_groups=large_groups(workforce, shorter, among=told),
    )
