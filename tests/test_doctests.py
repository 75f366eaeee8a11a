"""Every example in a docstring runs as written."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import eia

MODULES = [
    module.name
    for module in pkgutil.walk_packages(eia.__path__, "eia.")
    if module.name != "eia.__main__" and not module.name.startswith("eia.dashboard")
]


@pytest.mark.parametrize("name", ["eia", *MODULES])
def test_examples_run_as_written(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_examples_are_found() -> None:
    assert {"eia.errors", "eia.case", "eia.intake.people.load", "eia.findings.assessment"} <= set(MODULES)
    assert sum(len(doctest.DocTestFinder().find(importlib.import_module(name))) for name in MODULES) > 100
