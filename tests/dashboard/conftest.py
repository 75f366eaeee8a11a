"""Opens the dashboard without a browser, as streamlit's own test harness runs it."""

import html
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import eia.dashboard
from eia.dashboard import launch
from eia.dashboard.session import Session
from eia.intake.examples import examples

MAIN = Path(eia.dashboard.__file__).parent / "main.py"


class Screen:
    """A visit to the dashboard."""

    def __init__(self, visit: Session | None = None) -> None:
        self.app = AppTest.from_file(str(MAIN), default_timeout=60)
        if visit is not None:
            self.app.session_state["eia"] = visit
        self.app.run()

    def go(self, page: str) -> "Screen":
        self.app.switch_page(f"views/{page}.py").run()
        return self

    def click(self, key: str) -> "Screen":
        self.app.button(key=key).click().run()
        return self

    @property
    def visit(self) -> Session:
        return self.app.session_state["eia"]

    @property
    def markup(self) -> str:
        return "\n".join(element.proto.body for element in self.app.get("html"))

    @property
    def words(self) -> str:
        """What can be read on the page, markup taken out."""
        return html.unescape(re.sub(r"<[^>]+>", " ", self.markup))

    @property
    def charts(self) -> list[str]:
        return [element.proto.spec for element in self.app.get("plotly_chart")]


@pytest.fixture(autouse=True)
def _whole_messages(monkeypatch):
    monkeypatch.setenv("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full")


@pytest.fixture(autouse=True)
def _behind_the_gate(monkeypatch):
    monkeypatch.setattr(launch, "_served", [None])


@pytest.fixture
def screen():
    return Screen


@cache
def _opened_once(name: str) -> Session:
    visit = Session()
    visit.open_case(examples()[name])
    return visit


@pytest.fixture
def opened():
    """A visit in which an example is open already: assessed once, and each time another visit, with choices of its own."""
    return lambda name: replace(_opened_once(name), choices={}, made={}, history=[])
