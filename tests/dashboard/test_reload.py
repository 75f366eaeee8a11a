"""A page that is loaded again in its tab goes on where it was; another tab does not, and what is no longer kept is said."""

import gc

import pytest
import streamlit as st

from eia.dashboard.keeping import reload
from eia.dashboard.keeping.reload import LOST
from eia.dashboard.session import Session


class Tab:
    """What a tab remembers, without a browser: it tells the key that it had before, once it is asked."""

    def __init__(self, before=None):
        self.before, self.key = before, None

    def __call__(self, *, data, **_):
        told = self.before if data["asking"] and self.before != data["key"] else None
        self.key = data["key"]
        return type("Told", (), {"before": told})


@pytest.fixture
def tab(monkeypatch):
    def made(before=None):
        one = Tab(before)
        monkeypatch.setattr(reload, "_tab", one)
        return one

    return made


def test_a_page_that_is_loaded_again_goes_on(screen, opened, tab):
    first = tab()
    before = screen(opened("millbrook"))
    before.visit.write({"Money": "A million."})
    tab(first.key)
    again = screen().go("take_away")
    assert not again.app.exception
    assert again.visit.case == before.visit.case
    assert len(again.visit.history) == 1
    assert "Nothing is open yet." not in again.words


def test_a_tab_is_told_its_page_before_it_tells_what_it_remembers(screen, opened, monkeypatch):
    told, navigation, remembers = [], st.navigation, Tab()
    monkeypatch.setattr(st, "navigation", lambda *given, **more: told.append("page") or navigation(*given, **more))
    monkeypatch.setattr(reload, "_tab", lambda **given: told.append("tab") or remembers(data=given["data"]))
    screen(opened("millbrook"))
    assert told[:2] == ["page", "tab"]


def test_a_copy_of_a_tab_goes_its_own_way(screen, opened, tab):
    first = tab()
    one = screen(opened("millbrook"))
    copied = tab(first.key)
    other = screen()
    other.visit.write({"Money": "A million."})
    assert copied.key != first.key
    assert one.visit.case.texts == {}


def test_another_tab_begins_anew(screen, opened, tab):
    tab()
    screen(opened("millbrook"))
    tab()
    assert screen().visit.case is None


@pytest.mark.slow
def test_what_is_no_longer_kept_is_said_until_something_is_opened(screen, tab):
    tab("a key of yesterday")
    shown = screen()
    assert LOST in shown.words
    assert LOST not in shown.click("open_example").words


def test_a_visit_is_kept_only_as_long_as_somebody_has_it():
    visit = Session()
    reload._visits["key"] = visit
    del visit
    gc.collect()
    assert "key" not in reload._visits
