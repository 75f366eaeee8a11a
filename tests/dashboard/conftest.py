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

    def settings(self, part: str = "What is proposed") -> "Screen":
        """Open the settings of the proposal over the page."""
        self.app.session_state["panel"] = part
        self.app.run()
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
        """What can be read on the page, markup taken out; last the names of what is folded away."""
        folded = "\n".join(re.sub(r"\\(.)", r"\1", one.label) for one in self.app.expander)
        return f"{html.unescape(re.sub(r'<[^>]+>', ' ', self.markup))}\n{folded}"

    @property
    def unfolded(self) -> int:
        """Words that stand on the page with nothing opened, tables left aside."""

        def words(block) -> int:
            if getattr(block, "type", "") == "expander":
                return 0
            if hasattr(block, "children"):
                return sum(map(words, block.children.values()))
            body = block.proto.body if getattr(block, "type", "") == "html" else ""
            if body.lstrip().startswith("/*") or "<style" in body:
                return 0
            return len(re.sub(r"<[^>]+>", " ", re.sub(r"<table.*?</table>", "", body, flags=re.DOTALL)).split())

        return words(self.app.main)

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
