"""Takes a Case and its assessment; shows what happens to posts, pools and vacancies as widgets; gives it as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from eia.case import Case, Suitability
from eia.dashboard.choices.fields import day_of, given_only, must_fit, several
from eia.dashboard.session import choice
from eia.dashboard.widgets import heading, inert, notice, prose
from eia.findings.assessment import Assessment
from eia.present.sections.family_leave_priority import SINCE_WHEN, late_told, vacancy_name

FEW_POOLS = 12  # more of them stand folded away, or nothing below them is found


def pools_choices(case: Case, assessment: Assessment | None) -> dict[str, Any]:
    """How many posts are to go from each pool, and which pools go to another employer."""
    names = list(dict.fromkeys([*(assessment.cube.layout.pools if assessment else ()), *case.pools]))
    heading("Posts to go from each pool")
    if not names:
        prose("The pools appear here when the file has been read.")
        return {"pools": {}}
    moving = _transfers(case, names)
    staying = [name for name in names if name not in moving]
    prose(
        "Leave a pool empty where the number is not known. Where nobody has been chosen yet, give all of them or none."
    )
    to_go: dict[str, Any] = {}
    with st.expander(f"The pools ({len(staying)})", expanded=len(staying) <= FEW_POOLS):
        places = st.columns(3)
        for number, name in enumerate(staying):
            with places[number % 3]:
                given = case.pools[name].to_go if name in case.pools else None
                to_go[name] = st.number_input(inert(name), min_value=0, step=1, key=choice(f"pool {name}", given))
    numbers = {name: {"to_go": number} for name, number in to_go.items() if number is not None}
    return {"pools": numbers | {name: {"transfers_on": day} for name, day in moving.items()}}


def _transfers(case: Case, names: Sequence[str]) -> dict[str, str]:
    """The pools whose work goes to another employer, each with its day; one without a day is none yet."""
    before = {name: pool.transfers_on for name, pool in case.pools.items() if pool.transfers_on}
    prose(
        "Where the work of a pool goes to another employer with its people, name the pool and give the day. It is then no selection pool."
    )
    chosen = several("Pools whose work goes to another employer", names, "transfers", list(before))
    days = {name: day_of(inert(f"{name}: goes to the other employer on"), before.get(name)) for name in chosen}
    return {name: day for name, day in days.items() if day}


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
    prose("The usual order. Leave out a stage that does not happen here.", kind="soft")
    compulsory = st.selectbox("The stage at which people are chosen against their will", options, key=key)
    chosen = {"stages": {"order": order, "compulsory": compulsory}}
    must_fit(
        case,
        "Name each stage once, and not “retained”. The stage at which people are chosen is one of them, and so is every stage that a word for an "
        "outcome stands for.",
        **chosen,
    )
    return chosen


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
        first = day_of(SINCE_WHEN, case.priority.impracticable_from)
    with right:
        last = day_of("Contracts end", case.priority.contracts_end)
    if late := late_told(case):
        notice(late, "caution")
    chosen = {"priority": given_only({"impracticable_from": first, "contracts_end": last})}
    must_fit(case, "Contracts end on the first of these days, or after it.", **chosen)
    return chosen


def vacancies_choices(case: Case, assessment: Assessment | None) -> dict[str, Any]:
    """For which pools each vacancy is suitable, as the visitor answers."""
    placings = assessment.priority.vacancies if assessment and assessment.priority else None
    found = placings.each if placings else ()
    if assessment is None or not found:
        return {}
    heading("Which vacancies suit whom")
    prose(
        "Suitable and appropriate, on terms not substantially less favourable: that is your answer, never worked out. Leave a pool "
        "out of both where nobody has answered. Answers for single people are given on the page “Process”, or in the file of offers."
    )
    answered = {name for each in case.vacancies.values() for name in (*each.suitable_for, *each.not_suitable_for)}
    names = list(dict.fromkeys([*assessment.cube.layout.pools, *sorted(answered)]))
    answers: dict[str, Any] = {}
    for vacancy in found:
        before = case.vacancies.get(vacancy.reference, Suitability())
        with st.expander(inert(vacancy_name(vacancy.reference, vacancy.title))):
            given = {
                "suitable_for": several("Suits people from", names, f"suits {vacancy.reference}", before.suitable_for),
                "not_suitable_for": several(
                    "Does not suit people from", names, f"does not suit {vacancy.reference}", before.not_suitable_for
                ),
            }
            if kept := {name: value for name, value in given.items() if value}:
                answers[vacancy.reference] = kept
                must_fit(case, "Leave each pool in one of the two.", vacancies={vacancy.reference: kept})
    return {"vacancies": answers}
