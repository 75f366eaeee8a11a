"""Quick by default; everything when CI is set, where a missing tool is a failure and nothing is skipped."""

from __future__ import annotations

import os
import shutil

import pytest
from chromium import ARGUMENTS
from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code's
settings.load_profile("untimed")

ONLY_IN_CI = ("browser", "engine", "simulation", "slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("CI"):
        items.sort(key=lambda item: item.get_closest_marker("browser") is not None)  # what drives one comes last
        return
    later = [item for item in items if any(item.get_closest_marker(mark) for mark in ONLY_IN_CI)]
    config.hook.pytest_deselected(items=later)
    items[:] = [item for item in items if item not in later]


@pytest.fixture(scope="module")
def chromium():
    """One browser for all tests of a file: the library that drives it cannot be started twice at a time, and leaves its loop running until it ends."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("These tests need Chromium: apt-get install chromium.")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
