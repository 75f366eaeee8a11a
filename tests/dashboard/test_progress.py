"""What takes longer than a moment says what is being done."""

from contextlib import contextmanager

import pytest
import streamlit

from eia.dashboard.keeping.progress import DOING
from eia.dashboard.session import BUSY
from eia.dashboard.site import PAGES


@pytest.fixture
def told(monkeypatch):
    """What is said to be done, in turn."""
    said = []

    @contextmanager
    def spinner(text, **_):
        said.append(text)
        yield

    monkeypatch.setattr(streamlit, "spinner", spinner)
    return said


def test_what_is_done_is_said_of_pages_that_there_are():
    assert set(DOING) <= set(PAGES)


@pytest.mark.slow
def test_opening_a_file_says_what_is_done(screen, told):
    screen().click("open_example")
    assert BUSY in told


def test_a_page_that_is_worked_out_says_what_is_done(screen, opened, told):
    screen(opened("meacham")).go("take_away")
    assert told[-1] == DOING["take_away"]
