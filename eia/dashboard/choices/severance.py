"""Takes a Case; shows its severance terms and pay protection as widgets; gives them as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st

from eia.case import SCHEMES, Case, OwnTerms, PayBasis, PensionScheme
from eia.dashboard.choices.fields import given_only, must_fit, one_of
from eia.dashboard.session import ENTRY, choice
from eia.dashboard.widgets import heading, inert, prose

_PAY: Mapping[PayBasis, str] = {
    "actual": "What is paid for the hours worked",
    "full-time": "What full-time hours would be paid",
}
_OWN: Mapping[str, str] = {
    "weeks_a_year": "Weeks of pay for each year; empty for the statutory weeks by age",
    "week_limit": "The most of a week's pay that counts, in pounds; empty for the statutory limit, 0 for none",
    "year_multiple": "Each year's weeks, multiplied by",
    "total_multiple": "The total, multiplied by",
    "most_years": "Years of service that count, at most",
    "most_weeks": "Weeks in all, at most; empty for no limit",
    "service": "Years of service before anything is paid",
}


def severance_choices(case: Case) -> dict[str, Any]:
    """Which severance terms are looked at, and the employer's own ones."""
    heading("Severance terms")
    prose(
        "What they would pay, and to whom, is worked out on the page “Take away”, where the file gives length of service."
    )
    own: dict[str, Any] = {}
    for known in (*case.terms, ""):
        with st.expander(inert(f"The employer's own terms: {known}" if known else "Add terms of the employer's own")):
            own |= _own_terms(case, known, case.terms.get(known, OwnTerms()))
    schemes = list(dict.fromkeys([*SCHEMES, *own, case.severance.terms]))
    left, right = st.columns(2)
    with left:
        looked_at = st.selectbox("Terms to look at", schemes, key=choice("terms", case.severance.terms))
        prose("The statutory ones, because nobody with two years of service may be paid less.", kind="soft")
        pay = st.selectbox(
            "What the column of pay means",
            get_args(PayBasis),
            key=choice("pay", case.severance.pay),
            format_func=_PAY.__getitem__,
        )
        prose("What is paid, because that is what most exports hold.", kind="soft")
    with right:
        instead = one_of("Instead of, where a change is proposed", schemes, case.severance.instead_of)
        prose("Not given, because most proposals leave the terms as they are.", kind="soft")
        pension_age = st.number_input(
            "Pension age, from which civil service terms pay less",
            min_value=50,
            max_value=75,
            step=1,
            key=choice("pension age", case.severance.pension_age),
        )
        prose("Empty, because it stands in the rules of the scheme and not in the file.", kind="soft")
        pension_scheme = one_of(
            "Pension scheme that pays on redundancy", get_args(PensionScheme), case.severance.pension_scheme
        )
        prose(
            "Not given, because a pension is looked at only once somebody says that people are in the scheme.",
            kind="soft",
        )
    chosen = {
        "terms": looked_at,
        "pay": pay,
        "instead_of": instead,
        "pension_age": pension_age,
        "pension_scheme": pension_scheme,
    }
    return {"severance": given_only(chosen), "terms": own}


def _own_terms(case: Case, known: str, terms: OwnTerms) -> dict[str, dict[str, Any]]:
    """Terms of the employer's own by name, as they say now; none where no name is given."""
    of = f"{ENTRY}own terms {known}"
    name = st.text_input("Name", key=choice(f"{of} name", known), max_chars=200).strip()
    places = st.columns(2)
    given: dict[str, Any] = {}
    for number, (field, label) in enumerate(_OWN.items()):
        with places[number % 2]:
            whole = field in ("most_years", "service")
            value = st.number_input(
                label,
                min_value=0 if whole else 0.0,
                step=1 if whole else 0.5,
                value=None,
                key=choice(f"{of} {field}", getattr(terms, field)),
            )
            if value is not None:
                given[field] = value
    made = {name: given} if name else {}
    must_fit(
        case,
        "Give the terms a name that no other terms have. Weeks and multiples are above 0, with at most 52 weeks a year and a multiple of 20; years of "
        "service that count are 1 to 60.",
        terms=case.model_dump(mode="json", exclude_none=True)["terms"] | made,
    )
    return made


def pay_protection_choices(case: Case) -> dict[str, Any]:
    """The employer's policy on pay protection."""
    heading("Pay protection")
    prose(
        "The employer's policy for people who stay on less pay. It is applied where the files say who loses how much. Leave the months "
        "empty where there is none, or where it is not known."
    )
    policy = case.pay_protection
    left, right = st.columns(2)
    with left:
        months = st.number_input(
            "Months for which lost pay is made up",
            min_value=1,
            max_value=120,
            step=1,
            value=None,
            key=choice("protected months", policy.months),
        )
        prose("Empty, because nobody should count on a policy that nobody has seen.", kind="soft")
    with right:
        share = st.number_input(
            "Share of the lost pay that is made up, in per cent",
            min_value=1.0, max_value=100.0, step=5.0, value=None, key=choice("protected share", round(100 * policy.share, 4)),
        )  # fmt: skip
        prose("100, because a policy that names no share makes up all of it.", kind="soft")
    if months is None:
        return {"pay_protection": {}}
    return {"pay_protection": {"months": months} | ({} if share is None else {"share": share / 100})}
