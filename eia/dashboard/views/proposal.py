"""Takes the case of the visit; lets it be changed, assesses it again, and gives it as a file."""

import streamlit as st

from eia.case import case_text, changed
from eia.dashboard.choices.analysis import analysis_choices
from eia.dashboard.choices.posts import pools_choices, priority_choices, stages_choices, vacancies_choices
from eia.dashboard.choices.proposal import consultation_choices, decisions_choices, documents_choices, proposal_choices
from eia.dashboard.choices.severance import pay_protection_choices, severance_choices
from eia.dashboard.session import Session, forget_entries, session
from eia.dashboard.widgets import go, link, notice, problem, prose, top
from eia.errors import EiaError


def main() -> None:
    """The page."""
    visit = session()
    top("The proposal", visit)
    if visit.case is None:
        if visit.problem is not None:
            problem(visit.problem)
        prose("Nothing is open yet. Open a file or an example first, and say here what is proposed.")
        link("start", "Go to Start")
        return
    if visit.problem is not None:
        problem(visit.problem)
    fixed = visit.sources is None
    if fixed:
        notice(
            "This is a saved assessment: its choices are shown but fixed. Open its files to change them.", "information"
        )
    wanted = (
        proposal_choices(visit.case)
        | consultation_choices(visit.case)
        | documents_choices(visit.case)
        | decisions_choices(visit.case)
        | pools_choices(visit.case, visit.assessment)
        | stages_choices(visit.case)
        | priority_choices(visit.case)
        | vacancies_choices(visit.case, visit.assessment)
        | severance_choices(visit.case)
        | pay_protection_choices(visit.case)
        | analysis_choices(visit.case)
    )
    if visit.problem is not None:
        problem(visit.problem)
    with st.container(horizontal=True, key="apply-bar"):
        apply = st.button("Apply and see the answer", type="primary", key="apply", disabled=fixed)
        save(visit)
    if apply:
        try:
            visit.apply(changed(visit.case, **wanted))
        except EiaError as error:
            visit.refuse(error)
        if visit.problem is None:
            forget_entries()
            go("answer")
        st.rerun()


def save(visit: Session) -> None:
    """The case as a file."""
    st.download_button(
        "Save these choices (case.toml)",
        lambda: case_text(visit.case, visit.case_file) if visit.case else "",
        file_name="case.toml", mime="application/toml", on_click="ignore", key="save_case",
        help="Open it again on Start beside the same files, and nothing has to be typed twice. Applied choices only.",
    )  # fmt: skip


if __name__ == "__main__":
    main()
