"""Takes a visit to a shared installation; shows how to sign in, or why it goes no further, and lets the others in."""

from __future__ import annotations

import streamlit as st

from eia.dashboard.launch import launched_shared
from eia.dashboard.serving.departures import here, visits
from eia.dashboard.serving.roles import may_open, signed_in
from eia.dashboard.widgets import heading, prose


def let_in() -> None:
    """Go on with the page, where this is nobody's but one's own or somebody has signed in who may; else end it here."""
    shared = launched_shared()
    if shared is None:
        return
    if not signed_in():
        heading("Equality impact assessment", 1)
        prose(
            "Sign in to open a file. What you open stays in the memory of this server. It goes half a minute after you close the page."
        )
        if st.button("Sign in", key="sign_in", type="primary"):
            st.login()
    elif not may_open():
        heading("Your account may not open this", 1)
        prose("Ask whoever runs this tool to give you a role that may.")
        st.button("Sign out", key="sign_out", on_click=st.logout)
    elif not here() and visits() >= shared.limits.visits:
        heading("Everybody’s place is taken", 1)
        prose("As many people as this server has room for are here. Load this page again in a few minutes.")
    else:
        st.button("Sign out", key="sign_out", type="tertiary", on_click=st.logout)
        return
    st.stop()
