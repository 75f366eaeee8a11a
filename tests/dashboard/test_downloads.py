"""The case that is saved, and how the dashboard is started."""

import tomllib

import pytest

from eia.case import case_text, changed, parse_case
from eia.dashboard import launch as launching
from eia.dashboard.launch import MAIN, SETTINGS
from eia.intake.examples import home


def test_the_saved_case_keeps_its_comments_and_is_the_case(opened):
    visit = opened("millbrook")
    text = case_text(changed(visit.case, title="Mine"), visit.case_file)
    assert parse_case(text).title == "Mine"
    assert "# a pool of one person" in text


def test_the_settings_keep_everything_on_this_machine():
    settings = tomllib.loads((MAIN.parent / ".streamlit" / "config.toml").read_text())
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"
    for section, keys in settings.items():
        assert all(SETTINGS[f"{section}.{key}"] == value for key, value in keys.items() if section != "theme")
    beside_app = home().parent / ".streamlit" / "config.toml"
    assert tomllib.loads(beside_app.read_text()) == settings


@pytest.mark.slow
def test_a_visit_begins_with_the_case_the_dashboard_was_started_with(screen, monkeypatch):
    case = home() / "millbrook" / "case.toml"
    monkeypatch.setattr(launching, "_served", [case])
    shown = screen()
    assert not shown.app.exception
    assert "Millbrook College" in shown.words
    assert "The answer" in shown.words
