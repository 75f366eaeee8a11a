"""Every example in a docstring of the statistics room runs as written."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import eia.stats

MODULES = [module.name for module in pkgutil.walk_packages(eia.stats.__path__, "eia.stats.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_run_as_written(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_public_functions_have_an_example() -> None:
    from eia.stats import multiplicity
    from eia.stats.effect_sizes import split
    from eia.stats.exact import binomial, informative_pools
    from eia.stats.exact import stratified_test as stratified

    for function in (
        stratified.stratified_test,
        stratified.stratified_tests,
        binomial.binomial_test,
        informative_pools.informative_pools,
        multiplicity.holm,
        split.split,
    ):
        assert ">>>" in (function.__doc__ or ""), function.__name__
