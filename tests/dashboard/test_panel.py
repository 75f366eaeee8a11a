"""What is entered in the panel is in the file that is saved from it, and is said not to be applied until it is."""

import pytest

from eia.case import parse_case

NOT_APPLIED = "This is not applied yet"


@pytest.fixture
def saved(monkeypatch):
    """What each button gives as a file, by its key."""
    given = {}

    def button(label, data, *_, key, **__):
        given[key] = data
        return False

    monkeypatch.setattr("streamlit.download_button", button)
    return given


@pytest.mark.slow
def test_what_is_saved_in_the_panel_is_what_is_entered_there(screen, opened, saved):
    shown = screen(opened("millbrook")).settings()
    shown.app.number_input(key="choice: headcount").set_value(321).run()
    assert parse_case(saved["save_case"]()).employer.headcount == 321
    assert shown.visit.case.employer.headcount != 321
    assert NOT_APPLIED in shown.words
    shown.click("apply").settings()
    assert parse_case(saved["save_case"]()) == shown.visit.case
    assert NOT_APPLIED not in shown.words


@pytest.mark.parametrize("name", ["riverbank", "millbrook", "saltmarsh", "dwp-2014"])
def test_nothing_is_said_of_a_panel_in_which_nothing_was_entered(screen, opened, name):
    assert NOT_APPLIED not in screen(opened(name)).settings().words


def test_the_panel_opens_over_the_page_that_asks_whether_all_was_read_rightly(screen, opened):
    shown = screen(opened("millbrook")).go("check").settings()
    assert not shown.app.exception
    assert shown.app.button(key="apply")
