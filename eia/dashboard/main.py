"""Takes a browser's visit; gives the page asked for. The script that streamlit runs, again at every touch."""

import streamlit as st

from eia.dashboard.keeping.progress import doing
from eia.dashboard.keeping.reload import go_on
from eia.dashboard.launch import launched
from eia.dashboard.parts.navigation import links
from eia.dashboard.parts.panel import panel
from eia.dashboard.serving.door import let_in
from eia.dashboard.serving.publishable_only import OWN, publishable_only
from eia.dashboard.serving.roles import may_see_small_groups
from eia.dashboard.session import panel_open, remember_choices, session
from eia.dashboard.site import HERE, PAGES
from eia.no_dumps import no_dumps

no_dumps()
st.set_page_config(page_title="Equality impact assessment", page_icon="⚖️", layout="wide")
st.html(HERE / "style.css")
if not launched():  # streamlit was given other settings, and nothing is closed
    st.error("The dashboard does not open this way. Start it with `eia app`, or with `python app.py`.")
    st.stop()
let_in()
remember_choices()
landing = "answer" if session().begun else "start"
pages = {name: st.Page(path, title=title, url_path=name) for name, (title, path) in PAGES.items()}
first = st.Page(
    PAGES[landing][1], title=PAGES[landing][0], url_path="first", default=True
)  # at no name: each page keeps its own as well
page = st.navigation([*pages.values(), first], position="hidden")
go_on()  # a tab that tells what it remembers before it was told its page would open the first one
name = next((name for name, one in pages.items() if one is page), landing)
links(pages, name, session())
if part := panel_open():
    panel(part)
if name in OWN or may_see_small_groups():
    with doing(name):
        page.run()
else:
    publishable_only(session())
