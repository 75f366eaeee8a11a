"""Takes a Case; shows who proposes what, the consultation, the papers and the decisions as widgets; gives them as plain values."""

from __future__ import annotations

from typing import Any, get_args

import streamlit as st

from eia.case import Case, Decision, EmployerKind, Jurisdiction
from eia.dashboard.choices.fields import day_of, given_only, must_fit, one_of
from eia.dashboard.session import ENTRY, choice
from eia.dashboard.widgets import heading, inert, prose
from eia.present.text.words import capital
from eia.process.checklist import documents
from eia.process.papers.documents import documents_asked_for


def extract_given(case: Case) -> str | None:
    """The day on which the file was drawn, from which ages and lengths of service are counted."""
    return day_of("Workforce file drawn on", case.dates.extract)


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
    must_fit(case, "Give the case a name: it stands on every document.", title=title)
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
        proposed = day_of("Proposal made on", case.dates.proposal)
        extract = extract_given(case)
        outcomes = day_of("Files say what came of people up to", case.dates.outcomes)
    with right:
        kind = one_of("Kind of employer", get_args(EmployerKind), case.employer.kind)
        jurisdiction = one_of("Jurisdiction", get_args(Jurisdiction), case.employer.jurisdiction)
    return {
        "title": title,
        "proposal": proposal,
        "employer": given_only({"name": name, "kind": kind, "jurisdiction": jurisdiction, "headcount": headcount}),
        "dates": given_only({"proposal": proposed, "extract": extract, "outcomes": outcomes}),
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
        begins = day_of("Consultation begins", given.begins)
    with right:
        notice_from = day_of("First notice of dismissal", given.notice_from)
        first_dismissal = day_of("First dismissal takes effect", given.first_dismissal)
        last_dismissal = day_of("Last dismissal takes effect", given.last_dismissal)
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
    entered = number_proposed | given_only({**texts, **days})
    must_fit(case, "The last dismissal is on the day of the first, or after it.", consultation=entered)
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
                asked = day_of(inert(f"{capital(name)}: asked for"), paper.asked)
            with right:
                received = day_of(inert(f"{capital(name)}: received"), paper.received)
            days[name] = given_only({"asked": asked, "received": received})
    return {"documents": {name: entered for name, entered in days.items() if entered}}


def decisions_choices(case: Case) -> dict[str, Any]:
    """Who decided what, and having read what."""
    heading("Who decided what")
    prose(
        "Each decision on the proposal, with what those who took it had read. A version is told by the hash at the end of each report; its "
        "first eight digits are enough. Take a decision out by emptying its name."
    )
    made: dict[str, Any] = {}
    for known in (*case.decisions, ""):
        with st.expander(inert(known) if known else "Add a decision"):
            made |= _decision(case, known, case.decisions.get(known))
    return {"decisions": made}


def _decision(case: Case, known: str, before: Decision | None) -> dict[str, dict[str, Any]]:
    """One decision by its name, as it says now; none where no name is given."""
    of = f"{ENTRY}decision {known}"

    def text(label: str, field: str, value: str) -> str:
        return st.text_input(label, key=choice(f"{of} {field}", value), max_chars=2000).strip()

    left, right = st.columns(2)
    with left:
        name = text("Decision", "name", known)
        by = text("Decided by", "by", before.by if before else "")
        on = day_of("Decided on", before.on if before else None, key=f"{of} on")
    with right:
        decided = text("What was decided", "decided", before.decided if before else "")
        read = text("Version read, by its hash", "read", (before.read or "") if before else "")
        papers = st.text_area(
            "Papers given, one a line",
            key=choice(f"{of} given", "\n".join(before.given if before else ())),
            height=80,
        )
    given = [line.strip() for line in papers.splitlines() if line.strip()]
    entered = given_only({"on": on, "decided": decided, "read": read.lower()})
    made: dict[str, dict[str, Any]] = {name: {"by": by} | entered | ({"given": given} if given else {})} if name else {}
    must_fit(
        case,
        "Say who decides. A version is told by eight of the digits 0 to 9 and a to f, or more, as reports print them.",
        decisions=made,
    )
    return made
