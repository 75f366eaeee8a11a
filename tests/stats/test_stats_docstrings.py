"""Every computation says what it takes, where it comes from, and shows itself at work."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import eia.stats
from eia.stats.exact.stratified_test import stratified_tests


def computations() -> Iterator[Callable[..., Any]]:
    """Public functions of the room, each where it stands, that say what they take."""
    for module in pkgutil.walk_packages(eia.stats.__path__, "eia.stats."):
        for _, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            public = not function.__name__.startswith("_") and function.__module__ == module.name
            if public and "Parameters\n" in (function.__doc__ or ""):
                yield function


COMPUTATIONS = {function.__name__: function for function in computations()}


@pytest.mark.parametrize("name", sorted(COMPUTATIONS))
def test_a_computation_has_an_example(name: str) -> None:
    assert ">>>" in (COMPUTATIONS[name].__doc__ or "")


def test_the_computations_are_found() -> None:
    assert {"stratified_test", "binomial_test", "holm", "split", "informative_pools"} <= set(COMPUTATIONS)
    assert len(COMPUTATIONS) > 25


def test_the_test_of_many_groups_at_once_has_an_example_too() -> None:
    assert ">>>" in (stratified_tests.__doc__ or "")
