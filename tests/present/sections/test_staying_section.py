"""Transfers, pensions and pay protection in words: figures are those worked out, and few people's are not told."""

from __future__ import annotations

import datetime as dt

from eia.case import Case, PayProtection, Pool
from eia.present.documents.model import Bullets, Paragraph
from eia.present.sections.staying import protection_section, protection_told, transfer_section
from eia.process.staying.pay_protection import ProtectedPay
from eia.process.staying.transfer import transfers

DAY = dt.date(2027, 4, 1)


def policy(lost: float | None, protected: float | None) -> ProtectedPay:
    return ProtectedPay(
        policy=PayProtection(months=24, share=0.5), downgraded=True, people=12, lost=lost, protected=protected,
        losing=(), told=0, shorter=0, shorter_groups=(),
    )  # fmt: skip


def test_what_the_policy_makes_up_is_told_in_pounds_only_where_there_are_amounts() -> None:
    told = protection_told(policy(30000, 30000))
    assert all(word in told for word in ("50", "24 months", "12 people", "£30,000"))
    assert "£" not in protection_told(policy(None, None))
    assert not tuple(protection_section(None))


def test_each_rule_of_a_transfer_is_told_once_a_day() -> None:
    found = transfers(Case(pools={"B": Pool(transfers_on=DAY)}))
    blocks = tuple(transfer_section(found))
    assert any(isinstance(block, Paragraph) and "“B”" in block.text for block in blocks)
    (told,) = [block.items for block in blocks if isinstance(block, Bullets)]
    assert len(told) == len(set(told)) == len(found[0].rules)
    assert not tuple(transfer_section(()))
