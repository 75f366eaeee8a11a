"""Takes a Case; shows its choices as widgets, and gives what they say now as plain values for a new Case to be checked.

What is chosen stays when the visitor looks at another page, and goes when something else is opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, get_args

import streamlit as st

from eia.case import (
    QUESTIONS,
    SCHEMES,
    Case,
    EmployerKind,
    Jurisdiction,
    OwnTerms,
    PayBasis,
    PensionScheme,
    Suitability,
    adjusters,
)
from eia.dashboard.session import choice
from eia.dashboard.widgets import heading, inert, notice, prose
from eia.findings.assessment import Assessment
from eia.present.sections.family_leave_priority import SINCE_WHEN, late_told, vacancy_name
from eia.present.text import words
from eia.present.text.words import capital
from eia.process.checklist import documents
from eia.process.papers.documents import documents_asked_for

NOT_GIVEN = "Not given"
LEVELS = {0.90: 0.10, 0.95: 0.05, 0.99: 0.01}  # each with the alpha that belongs to it
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
FEW_POOLS = 12  # more of them stand folded away, or nothing below them is found
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 1, 1)


def extract_given(case: Case) -> str | None:
    """The day on which the file was drawn, from which ages and lengths of service are counted."""
    return _date("Workforce file drawn on", case.dates.extract)


def headcount_given(case: Case) -> int | None:
    """How many people the employer says it employed on that day."""
    return st.number_input(
        "People employed when the file was drawn, as the employer states it",
        min_value=1, step=1, key=choice("headcount", case.employer.headcount),
    )  # fmt: skip


def proposal_choices(case: Case) -> dict[str, Any]:
    """Who proposes what, and when."""
    heading("What is proposed")
    title = st.text_input("Name of this case", key=choice("title", case.title), max_chars=200)
    proposal = st.text_area(
        "What the employer proposes, in a few sentences",
        key=choice("proposal", case.proposal),
        max_chars=2000,
        height=120,
    )
    left, right = st.columns(2)
    with left:
        name = st.text_input("Employer", key=choice("employer", case.employer.name))
        headcount = headcount_given(case)
        proposed = _date("Proposal made on", case.dates.proposal)
        extract = extract_given(case)
        outcomes = _date("Files say what came of people up to", case.dates.outcomes)
    with right:
        kind = one_of("Kind of employer", get_args(EmployerKind), case.employer.kind)
        jurisdiction = one_of("Jurisdiction", get_args(Jurisdiction), case.employer.jurisdiction)
    return {
        "title": title,
        "proposal": proposal,
        "employer": _given({"name": name, "kind": kind, "jurisdiction": jurisdiction, "headcount": headcount}),
        "dates": _given({"proposal": proposed, "extract": extract, "outcomes": outcomes}),
    }


def consultation_choices(case: Case) -> dict[str, Any]:
    """What the employer says of collective consultation."""
    heading("Collective consultation")
    prose(
        "As the employer gives them, on form HR1 or in the letter that opens consultation. The number is never counted from "
        "the selections: it takes in volunteers who will be dismissed, at one establishment, within 90 days."
    )
    given = case.consultation
    left, right = st.columns(2)
    with left:
        number = st.number_input(
            "Dismissals proposed at one establishment", min_value=0, step=1, key=choice("number", given.number_proposed)
        )
        establishment = st.text_input("Establishment", key=choice("establishment", given.establishment))
        begins = _date("Consultation begins", given.begins)
    with right:
        notice_from = _date("First notice of dismissal", given.notice_from)
        first_dismissal = _date("First dismissal takes effect", given.first_dismissal)
        last_dismissal = _date("Last dismissal takes effect", given.last_dismissal)
        representatives = st.text_input(
            "Representatives consulted", key=choice("representatives", given.representatives)
        )
    reason = st.text_area(
        "Reason given for the redundancies", key=choice("reason", given.reason), max_chars=2000, height=80
    )
    method = st.text_area(
        "Method of selection, as the employer gives it",
        key=choice("method", given.selection_method),
        max_chars=2000,
        height=80,
    )
    listed = [name for name, _ in documents(case)]
    received = st.multiselect("Received in writing", listed, key=choice("received", list(given.received)))
    days = {
        "begins": begins,
        "notice_from": notice_from,
        "first_dismissal": first_dismissal,
        "last_dismissal": last_dismissal,
    }
    texts = {
        "establishment": establishment,
        "reason": reason,
        "selection_method": method,
        "representatives": representatives,
    }
    number_proposed = {} if number is None else {"number_proposed": number}
    entered = number_proposed | _given({**texts, **days})
    return {"consultation": entered | ({"received": received} if received else {})}


def documents_choices(case: Case) -> dict[str, Any]:
    """Which documents were asked for and have come, and when."""
    heading("Documents asked for")
    prose("The employer's own policies and papers. Give the day you asked for each, and the day it came.")
    days: dict[str, dict[str, str | int]] = {}
    every = documents_asked_for(case)
    with st.expander(f"The documents ({len(every)})", expanded=bool(case.documents)):
        for name, paper in every:
            left, right = st.columns(2)
            with left:
                asked = _date(inert(f"{capital(name)}: asked for"), paper.asked)
            with right:
                received = _date(inert(f"{capital(name)}: received"), paper.received)
            days[name] = _given({"asked": asked, "received": received})
    return {"documents": {name: entered for name, entered in days.items() if entered}}


def priority_choices(case: Case) -> dict[str, Any]:
    """The days between which priority for vacancies is looked at."""
    heading("Priority for suitable vacancies")
    prose(
        "Who is pregnant, on family leave or lately back from it has a right to be offered a suitable vacancy, in the days between "
        "redundancy making the old job impracticable and the end of the contract. Where a post is itself proposed for deletion, the first of "
        "these is the day from which that is proposed. It is not the day of notice or dismissal."
    )
    left, right = st.columns(2)
    with left:
        first = _date(SINCE_WHEN, case.priority.impracticable_from)
    with right:
        last = _date("Contracts end", case.priority.contracts_end)
    if late := late_told(case):
        notice(late, "caution")
    return {"priority": _given({"impracticable_from": first, "contracts_end": last})}


def vacancies_choices(case: Case, assessment: Assessment | None) -> dict[str, Any]:
    """For which pools each vacancy is suitable, as the visitor answers."""
    placings = assessment.priority.vacancies if assessment and assessment.priority else None
    found = placings.each if placings else ()
    if assessment is None or not found:
        return {}
    heading("Which vacancies suit whom")
    prose(
        "Suitable and appropriate, on terms not substantially less favourable: that is your answer, never worked out. Leave a pool "
        "out of both where nobody has answered. Answers for single people are given on the page “Priority”, or in the file of offers."
    )
    answered = {name for each in case.vacancies.values() for name in (*each.suitable_for, *each.not_suitable_for)}
    names = list(dict.fromkeys([*assessment.cube.layout.pools, *sorted(answered)]))
    answers: dict[str, Any] = {}
    for vacancy in found:
        before = case.vacancies.get(vacancy.reference, Suitability())
        with st.expander(inert(vacancy_name(vacancy.reference, vacancy.title))):
            given = {
                "suitable_for": _several("Suits people from", names, f"suits {vacancy.reference}", before.suitable_for),
                "not_suitable_for": _several(
                    "Does not suit people from", names, f"does not suit {vacancy.reference}", before.not_suitable_for
                ),
            }
        if kept := {name: value for name, value in given.items() if value}:
            answers[vacancy.reference] = kept
    return {"vacancies": answers}


def severance_choices(case: Case) -> dict[str, Any]:
    """Which severance terms are looked at, and the employer's own ones."""
    heading("Severance terms")
    prose(
        "What they would pay, and to whom, is worked out on the page “The draft”, where the file gives length of service."
    )
    own: dict[str, Any] = {}
    for known in (*case.terms, ""):
        with st.expander(inert(f"The employer's own terms: {known}" if known else "Add terms of the employer's own")):
            own |= _own_terms(known, case.terms.get(known, OwnTerms()))
    schemes = list(dict.fromkeys([*SCHEMES, *own, case.severance.terms]))
    left, right = st.columns(2)
    with left:
        looked_at = st.selectbox("Terms to look at", schemes, key=choice("terms", case.severance.terms))
        pay = st.selectbox(
            "What the column of pay means",
            get_args(PayBasis),
            key=choice("pay", case.severance.pay),
            format_func=_PAY.__getitem__,
        )
    with right:
        instead = one_of("Instead of, where a change is proposed", schemes, case.severance.instead_of)
        pension_age = st.number_input(
            "Pension age, from which civil service terms pay less",
            min_value=50,
            max_value=75,
            step=1,
            key=choice("pension age", case.severance.pension_age),
        )
        pension_scheme = one_of(
            "Pension scheme that pays on redundancy", get_args(PensionScheme), case.severance.pension_scheme
        )
    chosen = {
        "terms": looked_at,
        "pay": pay,
        "instead_of": instead,
        "pension_age": pension_age,
        "pension_scheme": pension_scheme,
    }
    return {"severance": _given(chosen), "terms": own}


def _own_terms(known: str, terms: OwnTerms) -> dict[str, dict[str, Any]]:
    """Terms of the employer's own by name, as they say now; none where no name is given."""
    name = st.text_input("Name", key=choice(f"own {known} name", known), max_chars=200).strip()
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
                key=choice(f"own {known} {field}", getattr(terms, field)),
            )
            if value is not None:
                given[field] = value
    return {name: given} if name else {}


def pools_choices(case: Case, assessment: Assessment | None) -> dict[str, Any]:
    """How many posts are to go from each pool."""
    names = list(dict.fromkeys([*(assessment.cube.layout.pools if assessment else ()), *case.pools]))
    heading("Posts to go from each pool")
    if not names:
        prose("The pools appear here when the file has been read.")
        return {"pools": {}}
    prose(
        "Leave a pool empty where the number is not known. Where nobody has been chosen yet, give all of them or none."
    )
    to_go: dict[str, Any] = {}
    with st.expander(f"The pools ({len(names)})", expanded=len(names) <= FEW_POOLS):
        places = st.columns(3)
        for number, name in enumerate(names):
            with places[number % 3]:
                given = case.pools[name].to_go if name in case.pools else None
                to_go[name] = st.number_input(inert(name), min_value=0, step=1, key=choice(f"pool {name}", given))
    leaving = {name: pool.transfers_on.isoformat() for name, pool in case.pools.items() if pool.transfers_on}
    numbers = {name: {"to_go": number} for name, number in to_go.items() if number is not None}
    return {"pools": numbers | {name: {"transfers_on": day} for name, day in leaving.items()}}


def stages_choices(case: Case) -> dict[str, Any]:
    """The stages in their order, and the one where people are chosen against their will."""
    heading("Stages")
    text = st.text_area(
        "Stages in the order in which they happen, one a line; everyone else is retained",
        key=choice("stages", "\n".join(case.stages.order)), height=150,
    )  # fmt: skip
    order = [line.strip() for line in text.splitlines() if line.strip()]
    key = choice("compulsory", case.stages.compulsory)
    options = list(dict.fromkeys([*order, st.session_state[key]]))
    compulsory = st.selectbox("The stage at which people are chosen against their will", options, key=key)
    return {"stages": {"order": order, "compulsory": compulsory}}


def analysis_choices(case: Case) -> dict[str, Any]:
    """Which questions are asked, and the conventions."""
    heading("Questions and conventions")
    prose("These are conventions of the analysis, not law. Change them only for a reason that you can write down.")
    asked = [
        question
        for question in QUESTIONS
        if st.checkbox(words.QUESTIONS[question], key=choice(f"ask {question}", question in case.analysis.questions))
    ]
    levels = LEVELS | {case.analysis.level: case.analysis.alpha}
    left, right = st.columns(2)
    with left:
        level = st.selectbox(
            "Level of intervals, and the p that goes with it", list(levels), key=choice("level", case.analysis.level),
            format_func=lambda level: f"{level:g} and {levels[level]:g}",
        )  # fmt: skip
    with right:
        matters = st.number_input(
            "Odds ratio from which a gap would matter",
            min_value=1.1, max_value=3.0, step=0.1, key=choice("matters", case.analysis.matters),
        )  # fmt: skip
    bands = st.text_input(
        "Age bands: the lowest age of every band but the first, with commas between",
        key=choice("bands", ", ".join(str(edge) for edge in case.analysis.age_bands)),
    )
    edges = [int(edge) if edge.strip().isdecimal() else edge.strip() for edge in bands.split(",")]
    allowing = st.multiselect(
        "Show gaps also allowing for (named before looking; scores and whatever else people are chosen by are not offered)",
        adjusters(), key=choice("allowing for", list(case.analysis.adjust_for)), format_func=words.adjuster_name,
    )  # fmt: skip
    conventions = {"questions": asked, "level": level, "alpha": levels[level], "matters": matters, "age_bands": edges}
    return {"analysis": case.analysis.model_dump(mode="json") | conventions | {"adjust_for": allowing}}


def one_of(label: str, options: Sequence[str], before: str | None) -> str | None:
    """One of the options, or None where the visitor leaves it open."""
    answer = st.selectbox(label, [NOT_GIVEN, *options], key=choice(label, before or NOT_GIVEN))
    return None if answer == NOT_GIVEN else answer


def _several(label: str, options: Sequence[str], key: str, before: Sequence[str]) -> list[str]:
    return st.multiselect(label, options, key=choice(key, list(before)))


def _date(label: str, day: dt.date | None) -> str | None:
    given = st.date_input(label, key=choice(label, day), format="DD/MM/YYYY", min_value=EARLIEST, max_value=LATEST)
    return given.isoformat() if isinstance(given, dt.date) else None


def _given(values: Mapping[str, str | int | None]) -> dict[str, str | int]:
    return {name: value for name, value in values.items() if value}


def characteristics_of(assessment: Assessment) -> tuple[str, ...]:
    """The titles of the characteristics that can be looked at, in the order of the assessment."""
    return tuple(dict.fromkeys(finding.characteristic.title for finding in assessment.findings))
