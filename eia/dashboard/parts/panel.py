"""Takes the case of the visit; lets it be changed in a panel over the page, assesses it again, and gives it as a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import streamlit as st

from eia.case import Case, case_text, changed
from eia.dashboard.choices.analysis import analysis_choices
from eia.dashboard.choices.posts import pools_choices, priority_choices, stages_choices, vacancies_choices
from eia.dashboard.choices.proposal import consultation_choices, decisions_choices, documents_choices, proposal_choices
from eia.dashboard.choices.severance import pay_protection_choices, severance_choices
from eia.dashboard.session import Part, Session, close_panel, forget_entries, session
from eia.dashboard.widgets import go, notice, problem
from eia.errors import EiaError
from eia.present.parts.response.not_given import facts_to_give
from eia.present.text.words import listed

TITLE = "The proposal"


@st.dialog(TITLE, width=900, position="right", on_dismiss=close_panel)
def panel(part: Part) -> None:
    """The panel, begun with one of its parts."""
    visit = session()
    if visit.case is None:
        return
    fixed = visit.sources is None
    if fixed:
        notice(
            "This is a saved assessment: its choices are shown but fixed. Open its files to change them.", "information"
        )
    if visit.problem is not None:
        problem(visit.problem)
    if visit.assessment is not None and (missing := facts_to_give(visit.assessment)):
        notice(f"The documents ask for more than the case gives: {listed(missing)}.", "information")
    wanted = _choices(visit, visit.case, part)
    with st.container(horizontal=True, key="apply-bar"):
        apply = st.button("Apply and see the answer", type="primary", key="apply", disabled=fixed)
        entered = visit.case if fixed else _entered(visit.case, wanted)
        _save(visit, entered)
    if entered not in (None, visit.case):
        notice("This is not applied yet: no page and no document has it. Press “Apply and see the answer”.", "caution")
    if apply:
        try:
            visit.apply(changed(visit.case, **wanted))
        except EiaError as error:
            visit.refuse(error)
        if visit.problem is None:
            forget_entries()
            close_panel()
            go("answer")
        st.rerun()


def _choices(visit: Session, case: Case, part: Part) -> dict[str, Any]:
    """What every part says now; a part that is not looked at stays as it is."""
    of: dict[Part, tuple[Callable[[], dict[str, Any]], ...]] = {
        "What is proposed": (lambda: proposal_choices(case),),
        "Consultation": (lambda: consultation_choices(case),),
        "Papers and decisions": (lambda: documents_choices(case), lambda: decisions_choices(case)),
        "Pools and stages": (lambda: pools_choices(case, visit.assessment), lambda: stages_choices(case)),
        "Priority": (lambda: priority_choices(case), lambda: vacancies_choices(case, visit.assessment)),
        "Pay and terms": (lambda: severance_choices(case), lambda: pay_protection_choices(case)),
        "Conventions": (lambda: analysis_choices(case),),
    }
    wanted: dict[str, Any] = {}
    for shown, name in zip(st.tabs(list(get_args(Part)), default=part), get_args(Part), strict=True):
        with shown:
            for entered in of[name]:
                wanted |= entered()
    return wanted


def _entered(case: Case, wanted: dict[str, Any]) -> Case | None:
    """The case as it is entered here, applied or not; None where that is none."""
    try:
        return changed(case, **wanted)
    except EiaError:
        return None


def _save(visit: Session, entered: Case | None) -> None:
    """What is entered here as a file, so that nobody loses it who saves before it is applied."""
    st.download_button(
        "Save these choices (case.toml)",
        lambda: case_text(entered, visit.case_file) if entered else "",
        file_name="case.toml", mime="application/toml", on_click="ignore", key="save_case", disabled=entered is None,
        help="Open it again on Start beside the same files, and nothing has to be typed twice. It has what is entered here, applied or not.",
    )  # fmt: skip
