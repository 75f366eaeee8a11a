"""Transfers, pensions and pay protection in words: figures are those worked out, and few people's are not told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from eia.case import Case, PayProtection, Pool
from eia.present.documents.model import Bullets, Paragraph, Table
from eia.present.sections.extras.subsequent_outcomes import TITLE as CAME_OF_IT
from eia.present.sections.terms.staying import other_work_section, protection_section, protection_told, transfer_section
from eia.process.staying.other_work import OtherWork
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


def test_a_policy_that_makes_up_everything_has_no_needless_noughts() -> None:
    whole = replace(policy(None, None), policy=PayProtection(months=12))
    assert "100% of lost pay" in protection_told(whole)


def test_who_loses_pay_is_counted_by_group_in_one_place_by_one_rule() -> None:
    blocks = tuple(protection_section(policy(30000, 30000)))
    assert not any(isinstance(block, Table) for block in blocks)
    assert any(isinstance(block, Paragraph) and CAME_OF_IT in block.text for block in blocks)


@pytest.mark.parametrize(("number", "told"), [(0, "No offer was"), (1, "1 offer was"), (3, "3 offers were")])
def test_offers_that_come_late_are_counted_in_words(number: int, told: str) -> None:
    found = OtherWork(offered=20, late=number, late_start=None, long_trial=number, refused=(), rules=())
    (items,) = [block.items for block in other_work_section(found) if isinstance(block, Bullets)]
    assert [item.startswith(told) for item in items[:2]] == [True, True]
    assert len(items) == 2 + (number > 0)
