"""Which limit on a week's pay applies to whom, where people leave on both sides of a change."""

from __future__ import annotations

import datetime as dt

import pytest

from eia.case import Case, Consultation, Dates, Employer, Priority
from eia.present.sections.terms.severance import caps_told
from eia.process.week_pay_caps import Caps, week_pay_caps


def caps(first: str, last: str, *, kind: str = "public authority", where: str = "England") -> Caps | None:
    return week_pay_caps(
        Case(
            employer=Employer(kind=kind, jurisdiction=where),  # type: ignore[arg-type]
            dates=Dates(proposal=dt.date(2025, 12, 1)),
            consultation=Consultation(first_dismissal=dt.date.fromisoformat(first)),
            priority=Priority(contracts_end=dt.date.fromisoformat(last)),
        )
    )


@pytest.mark.parametrize(
    ("first", "last", "limits", "after"),
    [
        ("2026-02-02", "2026-04-05", [719], None),
        ("2026-02-02", "2026-04-06", [719, 751], None),
        ("2026-04-06", "2027-04-05", [751], None),
        ("2027-02-08", "2027-04-06", [751], dt.date(2027, 4, 6)),
        ("2026-02-02", "2027-05-09", [719, 751], dt.date(2027, 4, 6)),
    ],
)
def test_every_limit_that_the_dismissals_run_over_is_there(
    first: str, last: str, limits: list[int], after: dt.date | None
) -> None:
    made = caps(first, last)
    assert made
    assert ([each.value for each in made.limits], made.after) == (limits, after)
    told = caps_told(made)
    assert all(f"£{limit} a week" in told for limit in limits) == (len(limits) > 1 or after is not None)
    assert "ss.145 and 153" in told


def test_there_is_none_for_the_crown_and_none_that_is_not_recorded() -> None:
    assert caps("2026-02-02", "2026-04-06", kind="Crown") is None
    assert caps("2026-05-02", "2026-06-06", where="Northern Ireland") is None
    assert caps_told(None) == ""
