"""Whoever did not sign in sees how to; whoever signed in sees what their role may see, and no more."""

from __future__ import annotations

import pytest

from eia.dashboard import launch
from eia.dashboard.serving import departures, roles
from eia.dashboard.serving.installation import Installation
from eia.dashboard.serving.publishable_only import OWN
from eia.dashboard.site import PAGES
from eia.present.documents.model import Document

START = "Who is hit, could it be chance"


@pytest.fixture
def as_person(monkeypatch, tmp_path):
    """Has somebody come with these claims of the sign-in service."""
    (tmp_path / "secret").write_text("0" * 32)
    settings = {
        "format": 1, "address": "https://eia.example.org",
        "sign_in": {"metadata": "https://login.example.org/a", "client_id": "eia", "client_secret_file": "secret", "cookie_secret_file": "secret",
                    "may_open": ["eia", "eia-full"], "confidential": ["eia-full"], "roles_claim": "groups"},
        "limits": {"visits": 2},
    }  # fmt: skip
    monkeypatch.setattr(launch, "_shared", [Installation.model_validate(settings, context=tmp_path)])

    def come(**claims):
        monkeypatch.setattr(roles, "_claims", lambda: claims)

    return come


@pytest.mark.parametrize(
    "claims", [{}, {"is_logged_in": False, "sub": "a"}, {"is_logged_in": True}, {"is_logged_in": "yes", "sub": "a"}]
)
@pytest.mark.parametrize("page", ["start", "answer"])
def test_nothing_is_shown_before_somebody_signs_in(screen, opened, as_person, claims, page):
    as_person(groups=["eia-full"], **claims)
    shown = screen(opened("millbrook")).go(page)
    assert [button.key for button in shown.app.button] == ["sign_in"]
    assert START not in shown.words
    assert "CONFIDENTIAL" not in shown.words
    assert not shown.app.exception


@pytest.mark.parametrize("groups", [[], ["other"], None, "eia-other", [["eia"]]])
def test_a_role_that_may_not_open_it_is_told_so(screen, as_person, groups):
    as_person(is_logged_in=True, sub="a", groups=groups)
    shown = screen()
    assert [button.key for button in shown.app.button] == ["sign_out"]
    assert START not in shown.words


@pytest.mark.parametrize("page", [page for page in PAGES if page not in OWN])
def test_a_role_without_small_groups_sees_what_may_be_published_alone(screen, opened, as_person, page):
    as_person(is_logged_in=True, sub="a", groups=["eia"])
    shown = screen(opened("millbrook")).go(page)
    assert not shown.app.exception
    assert {"sign_out", "publish"} <= {button.key for button in shown.app.button}
    assert not shown.app.selectbox
    assert "CONFIDENTIAL" not in shown.words
    assert not shown.charts


def test_the_documents_that_may_be_published_can_be_taken(screen, opened, as_person):
    as_person(is_logged_in=True, sub="a", groups=["eia"])
    shown = screen(opened("millbrook")).go("answer").click("publish")
    assert not shown.app.exception
    labels = [button.label for button in shown.app.get("download_button")]
    assert any("Draft" in label for label in labels)
    assert not any("Annex" in label or "Saved assessment" in label for label in labels)
    assert all(made.edition == "publishable" for made in shown.visit.made.values() if isinstance(made, Document))


@pytest.mark.parametrize("groups", ["eia-full", ["other", "eia-full"]])
def test_a_role_with_small_groups_sees_all(screen, opened, as_person, groups):
    as_person(is_logged_in=True, sub="a", groups=groups)
    shown = screen(opened("millbrook")).go("answer")
    assert not shown.app.exception
    assert "CONFIDENTIAL" in shown.words


def test_there_is_room_for_so_many_and_no_more(screen, as_person, monkeypatch):
    as_person(is_logged_in=True, sub="a", groups=["eia"])
    monkeypatch.setattr(departures, "_left", {"one": None})
    assert START in screen().words
    monkeypatch.setattr(departures, "_left", {"one": None, "other": None})
    assert START not in screen().words


def test_on_a_computer_of_ones_own_nobody_signs_in(screen):
    shown = screen()
    assert START in shown.words
    assert "sign_out" not in [button.key for button in shown.app.button]
    assert roles.person() == ""
