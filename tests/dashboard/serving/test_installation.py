"""The settings of a shared installation: nothing starts without sign-in or past encryption, and every fault is told at once."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from eia.dashboard.serving.installation import Limits, read_installation
from eia.errors import EiaError

SECRET = "canary-of-the-client-secret"  # noqa: S105
EVERYWHERE = "0.0.0.0"  # noqa: S104
SETTINGS = """format = 1
address = "https://eia.example.org/tool/"
listen = "0.0.0.0"
https_header = "X-Forwarded-Proto"

[sign_in]
metadata = "https://login.example.org/.well-known/openid-configuration"
client_id = "eia"
client_secret_file = "client"
cookie_secret_file = "cookie"
confidential = ["eia-full"]
"""


@pytest.fixture
def told(tmp_path, monkeypatch):
    """The settings read, or the faults in them, with the keys that they are of."""
    (tmp_path / "client").write_text(f"{SECRET}\n")
    (tmp_path / "cookie").write_text("0" * 32)
    (tmp_path / "short").write_text("short")
    (tmp_path / "empty").write_text("\n")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)

    def read(text: str = SETTINGS):
        (tmp_path / "shared.toml").write_text(text)
        return read_installation(tmp_path / "shared.toml")

    return read


def faults(read, text: str) -> dict[str, str | None]:
    with pytest.raises(EiaError) as caught:
        read(text)
    assert SECRET not in str(caught.value)
    return {fault.code: fault.column for fault in caught.value.faults}


def test_settings_without_fault_are_taken(told):
    made = told()
    assert (made.host, made.origin, made.path) == ("eia.example.org", "https://eia.example.org", "tool")
    assert made.secrets["auth"]["client_secret"] == SECRET
    assert made.secrets["auth"]["redirect_uri"] == "https://eia.example.org/tool/oauth2callback"
    assert made.settings["server.maxUploadSize"] == made.limits.upload_megabytes


def test_the_settings_of_the_guide_are_taken(told, tmp_path):
    text = (Path(__file__).parents[3] / "docs/guide/shared-installation.md").read_text(encoding="utf-8")
    (tmp_path / "client_secret").write_text(SECRET)
    (tmp_path / "cookie_secret").write_text("0" * 64)
    made = told(text.partition("```text\n")[2].partition("```")[0])
    assert made.sign_in.confidential == ("eia-full",)
    assert made.limits.upload_megabytes == Limits().upload_megabytes
    assert made.limits.worker_megabytes == Limits().worker_megabytes
    assert made.limits.visits == Limits().visits


def test_it_does_not_start_without_sign_in(told):
    assert faults(told, SETTINGS.partition("[sign_in]")[0]) == {"shared-no-sign-in": "sign_in"}


def test_it_does_not_listen_to_a_network_without_encryption_in_front(told):
    assert faults(told, SETTINGS.replace("https_header", "# https_header")) == {"shared-no-tls": "https_header"}
    assert told(SETTINGS.replace("https_header", "# ").replace(EVERYWHERE, "127.0.0.1")).listen == "127.0.0.1"


@pytest.mark.parametrize("address", ["http://eia.example.org", "eia.example.org", "ftp://eia.example.org", "https://", "https://a@eia.example.org",
                                     "https://eia.example.org/?a=b", "https://eia.example.org:99999", "https://[", ""])  # fmt: skip
def test_people_open_it_over_an_encrypted_connection_alone(told, address):
    assert faults(told, SETTINGS.replace("https://eia.example.org/tool/", address)) == {"shared-address": "address"}


def test_it_can_be_tried_on_one_computer_without_encryption(told):
    made = told(
        SETTINGS.replace("https://eia.example.org/tool/", "http://localhost:8501").replace(EVERYWHERE, "127.0.0.1")
    )
    assert made.origin == "http://localhost:8501"


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('"client"', '"nowhere"', "shared-secret-file"),
        ('"client"', '"empty"', "shared-secret-empty"),
        ('"cookie"', '"short"', "shared-secret-short"),
        ("https://login", "http://login", "shared-provider"),
        (EVERYWHERE, "everywhere", "shared-listen"),
        ("confidential", "confidental", "shared-unknown-key"),
        ("format = 1", "format = 2", "shared-value"),
        ("format = 1\n", "", "shared-missing"),
        ("[sign_in]", "[limits]\nvisits = 0\n[sign_in]", "shared-value"),
    ],
)
def test_whatever_is_wrong_is_told(told, before, after, code):
    assert code in faults(told, SETTINGS.replace(before, after))


def test_all_faults_are_told_at_once(told):
    wrong = SETTINGS.replace("https://", "http://").replace("https_header", "# ").replace('"cookie"', '"short"')
    assert faults(told, wrong).keys() == {"shared-address", "shared-no-tls", "shared-provider", "shared-secret-short"}


def test_a_key_that_is_nearly_right_is_named(told):
    with pytest.raises(EiaError) as caught:
        told(SETTINGS.replace("client_secret_file", "client_secret"))
    assert any("client_secret_file" in (fault.do or "") for fault in caught.value.faults)


@pytest.mark.parametrize("text", ["format = ", "\x00", "a" * 2_000_000])
def test_what_is_no_file_of_settings_is_told(told, text):
    assert faults(told, text) == {"shared-unreadable": None}


def test_the_package_that_signs_people_in_has_to_be_there(told, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert faults(told, SETTINGS.replace('"cookie"', '"short"')).keys() == {"shared-no-library", "shared-secret-short"}
