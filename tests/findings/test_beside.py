"""What stands beside the findings is worked out when it is first asked for, and is the same in whatever order that is."""

from __future__ import annotations

from dataclasses import fields

import pytest

from eia.errors import EiaError
from eia.findings.beside import Recorded
from eia.findings.record import from_json, to_json
from eia.findings.supplementary.look_further import LookFurther, Supplementary
from tests.made import QUICK, assessed, case, pools

PEOPLE = pools(A=(5, 10, 2, 10), B=(4, 8, 1, 8))


def test_nothing_beside_is_worked_out_before_it_is_asked_for() -> None:
    further = assessed(PEOPLE, QUICK).further
    assert isinstance(further, LookFurther)
    names = {part.name for part in fields(Supplementary)}
    assert not names & set(vars(further))
    assert further.omnibus_tests is further.omnibus_tests
    assert names & set(vars(further)) == {"omnibus_tests"}


def test_the_record_is_the_same_in_whatever_order_parts_are_asked_for() -> None:
    first, second = (assessed(PEOPLE, QUICK) for _ in range(2))
    for part in reversed(fields(Supplementary)):
        getattr(second.further, part.name)
    assert first.further.all() == second.further.all()
    assert first.changes == second.changes
    assert [one.findings for one in first.otherwise] == [one.findings for one in second.otherwise]


def test_a_record_holds_all_of_it() -> None:
    told = assessed(PEOPLE, QUICK)
    again = from_json(to_json(told))
    assert isinstance(again.beside, Recorded)
    assert again.further.leaving == told.further.leaving


def test_a_pool_for_comparison_that_is_not_there_is_refused_at_once() -> None:
    named = {"other": {"question": "selection", "pools": ("Nowhere",), "reason": "One panel chose."}}
    with pytest.raises(EiaError) as refused:
        assessed(PEOPLE, case(comparison=named))
    assert refused.value.faults[0].code
