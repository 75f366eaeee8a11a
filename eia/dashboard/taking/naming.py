"""Takes what the case names for the response; shows it with a button to take each out, and puts a group in from its story."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from eia.case import MOST_NAMED, Case
from eia.dashboard.session import Session
from eia.dashboard.widgets import heading, inert, prose
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.findings.gaps import can_be_named, case_name, chosen_in_vain


def on_story(visit: Session, assessment: Assessment, finding: Finding) -> None:
    """The button that puts the group of a finding among those that the response names first, or takes it out again."""
    name, named = case_name(finding), assessment.case.response.findings
    if name in named:
        prose("The response names this group first.", kind="soft")
        if st.button("Take out of the response", key="out of response"):
            _keep(visit, [one for one in named if one != name])
    elif name not in can_be_named(assessment):
        prose(
            "The response cannot name a gap of this group: there is none against it of one person or more.", kind="soft"
        )
    elif len(named) == MOST_NAMED:
        prose(
            "The response names as many chosen groups as it has room for. Take one out on the page “Take away” first.",
            kind="soft",
        )
    elif st.button("Add to the response", key="to response"):
        _keep(visit, [*named, name])


def named_first(visit: Session, case: Case, assessment: Assessment) -> None:
    """The groups that the response names because somebody chose them, and which of them have no gap in these figures."""
    if not (named := case.response.findings):
        return
    heading("Named first, because you chose it")
    in_vain = chosen_in_vain(assessment)
    for number, name in enumerate(named):
        with st.container(horizontal=True, vertical_alignment="center"):
            prose(f"{name}. These figures have no such gap." if name in in_vain else name)
            if st.button(f"Take out: {inert(name)}", key=f"out {number}"):
                _keep(visit, [one for one in named if one != name])


def _keep(visit: Session, names: Sequence[str]) -> None:
    visit.lead_with(names)
    st.rerun()
