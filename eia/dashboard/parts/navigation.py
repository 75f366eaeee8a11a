"""Takes the pages and the one that is open; shows the five places in a row, and under it the pages of the place that is open."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page

from eia.dashboard.keeping.bar import keep_bar
from eia.dashboard.parts.marks import needed_at
from eia.dashboard.session import Part, Session
from eia.dashboard.site import PAGES, PLACES, place_of
from eia.dashboard.widgets import panel_button

_BEGINS_AT: Mapping[str, Part] = {"pools": "Pools and stages", "pay": "Pay and terms", "process": "Consultation", "method": "Conventions"}  # fmt: skip
"""Where the settings of the proposal begin on a page, if not with what is proposed."""


def links(pages: Mapping[str, Page], open_page: str, visit: Session) -> None:
    """The links, the place that is open in bold, also where a page under it is; and the settings of the proposal, begun where they matter."""
    here = place_of(open_page)
    with st.container(horizontal=True, vertical_alignment="center", key="pages"):
        for place in PLACES:
            title = f"{PAGES[place][0]}{needed_at(place, visit)}"
            st.page_link(pages[place], label=f"**{title}**" if place == here else title)
        if visit.case is not None:
            panel_button(
                _BEGINS_AT.get(open_page, "What is proposed"), f"The proposal{needed_at('proposal', visit)}", "pages"
            )
            keep_bar(visit)
    if PLACES[here]:
        with st.container(horizontal=True, key="pages-under"):
            for name in PLACES[here]:
                st.page_link(pages[name])
