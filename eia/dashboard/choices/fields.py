"""Takes a label and what the case says; shows one field, and gives what it says now.

What is chosen stays when the visitor looks at another page, and goes when something else is opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from eia.case import Case, changed
from eia.dashboard.session import choice
from eia.dashboard.widgets import notice
from eia.errors import EiaError

NOT_GIVEN = "Not given"
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 1, 1)


def one_of(label: str, options: Sequence[str], before: str | None) -> str | None:
    """One of the options, or None where the visitor leaves it open."""
    answer = st.selectbox(label, [NOT_GIVEN, *options], key=choice(label, before or NOT_GIVEN))
    return None if answer == NOT_GIVEN else answer


def several(label: str, options: Sequence[str], key: str, before: Sequence[str]) -> list[str]:
    """Any of the options."""
    return st.multiselect(label, options, key=choice(key, list(before)))


def day_of(label: str, day: dt.date | None, *, key: str = "") -> str | None:
    """A day as a case has it, or None where the visitor leaves it open."""
    given = st.date_input(
        label, key=choice(key or label, day), format="DD/MM/YYYY", min_value=EARLIEST, max_value=LATEST
    )
    return given.isoformat() if isinstance(given, dt.date) else None


def given_only(values: Mapping[str, str | int | None]) -> dict[str, str | int]:
    """Those of the values that are given."""
    return {name: value for name, value in values.items() if value}


def must_fit(case: Case, wanted: str, **parts: Any) -> None:
    """Say below a field what it has to hold, where what it holds now would be refused."""
    try:
        changed(case, **parts)
    except EiaError:
        notice(wanted, "caution")
