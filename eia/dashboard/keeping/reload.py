"""Takes a visit; goes on with it where its page is loaded again in the same tab, for as long as this process keeps it.

A tab remembers a random key, and the browser lets no other tab read it. Where people sign in, nobody else goes on with it. A visit is kept as long as streamlit keeps a session that had it: for
``launch.HOURS_KEPT`` after its tab was closed, its lid shut or its connection lost.
"""

from __future__ import annotations

import secrets
from weakref import WeakValueDictionary

import streamlit as st

from eia.dashboard.serving.roles import person
from eia.dashboard.session import Session, go_on_with, session
from eia.dashboard.widgets import notice

LOST = "What was open in this tab is no longer kept. Open the files again, with the case file that you saved, and your choices are back."

_KEY, _ASKED, _LOST = "tab key", "tab asked", "tab lost"
_REMEMBER = """
export default function ({ data, setTriggerValue }) {
  const before = sessionStorage.getItem("eia");
  if (data.asking && before && before !== data.key) setTriggerValue("before", before);
  else sessionStorage.setItem("eia", data.key);
}
"""
_tab = st.components.v2.component("eia_tab", js=_REMEMBER)
_visits: WeakValueDictionary[str, Session] = WeakValueDictionary()


def go_on() -> None:
    """Keep this visit under a key that its tab remembers; where the tab remembers an earlier one, go on with that."""
    state = st.session_state
    key = state.setdefault(_KEY, secrets.token_hex(16))
    _visits[f"{person()} {key}"] = session()
    asking = _ASKED not in state
    told = _tab(key="tab", data={"key": key, "asking": asking}, on_before_change=_nothing)
    before = getattr(told, "before", None)  # without a browser there is nobody to tell it
    if asking and before:
        state[_ASKED] = True
        if earlier := _visits.get(f"{person()} {before}"):
            go_on_with(earlier)
        else:
            state[_LOST] = True
        st.rerun()
    if _LOST in state and session().case is None:
        notice(LOST, "caution")


def _nothing() -> None:
    """Only the value is wanted: a component gives one where somebody listens."""
