"""Quick by default; everything when CI is set, where a missing tool is a failure and nothing is skipped."""

from __future__ import annotations

import os

import pytest

ONLY_IN_CI = ("browser", "simulation", "slow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("CI"):
        return
    later = [item for item in items if any(item.get_closest_marker(mark) for mark in ONLY_IN_CI)]
    config.hook.pytest_deselected(items=later)
    items[:] = [item for item in items if item not in later]
