"""Markup and links in names of pools, units and groups are text on every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import table
from streamlit.testing.v1 import AppTest

import eia.dashboard
from eia.case import Case
from eia.dashboard import launch
from eia.dashboard.open_files import Sources
from eia.dashboard.session import Session
from eia.dashboard.site import PAGES
from eia.dashboard.widgets import inert
from eia.intake.evidence import Upload
from eia.present.documents.annex import annex as document
from eia.present.documents.markdown import to_markdown

MARKUP = "[x](http://evil.example) <b>*a*</b> $y$ :red[z] #"
AS_MARKDOWN = ("checkbox", "radio", "selectbox", "multiselect", "number_input", "text_input", "expander", "button", "caption", "markdown",
               "date_input", "toggle", "download_button", "page_link", "file_uploader", "metric", "expandable")  # fmt: skip


@pytest.fixture(autouse=True)
def _behind_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_served", [None])


def visit() -> Session:
    rows = [
        [
            "F" if n % 2 else "M",
            MARKUP if n % 3 else "Clerks",
            MARKUP,
            MARKUP if n % 4 else "EO",
            "selected" if n % 5 == 0 else "retained",
        ]
        for n in range(60)
    ]
    made = Session()
    data = table(rows, ["sex", "pool", "unit", "grade", "outcome"])
    made.open_files(Case(title=MARKUP), Sources(uploads={"main": Upload(name="staff.csv", content=data)}))
    made.apply(made.case)
    return made


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_markup_in_names_as_text(page: str) -> None:
    app = AppTest.from_file(str(Path(eia.dashboard.__file__).parent / "main.py"), default_timeout=60)
    app.session_state["eia"] = visit()
    app.run()
    app.switch_page(f"views/{page}.py").run()
    assert not app.exception
    html = "\n".join(element.proto.body for element in app.get("html"))
    assert "&lt;b&gt;*a*" in html  # the title of the case, if nothing else
    assert "<b>*a*" not in html
    assert 'href="http://evil' not in html
    for kind in AS_MARKDOWN:
        for element in app.get(kind):
            proto = element.proto
            for text in (getattr(proto, "label", ""), getattr(proto, "help", ""), getattr(proto, "body", "")):
                assert "[x](http" not in text
                assert ":red[z]" not in text
            if kind == "radio":
                assert not any(MARKUP in option for option in proto.options)


def test_one_function_makes_every_mark_inert() -> None:
    assert not any(f" {mark}" in f" {inert(MARKUP)}" for mark in ("[x]", "<b>", "$y$", ":red[", "#"))


def test_the_markdown_report_shows_markup_in_names_as_text() -> None:
    made = visit()
    assert made.assessment is not None
    text, _ = to_markdown(document(made.assessment))
    assert "[x](http" not in text
    assert "<b>" not in text
    assert "://evil" not in text
