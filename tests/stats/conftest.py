"""Takes the worked cases; gives them one by one, as R and exact integer arithmetic have them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

CASES = json.loads((Path(__file__).parents[1] / "data" / "cases.json").read_text(encoding="utf-8"))["cases"]


def _cases(*kinds: str) -> list[Any]:
    return [pytest.param(_numbers(case), id=case["id"]) for case in CASES if case["kind"] in kinds]


def _numbers(value: Any) -> Any:
    """R writes infinity as a string."""
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    return math.inf if value == "Inf" else value


@pytest.fixture(params=_cases("strat", "single"))
def table_case(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(params=[case for case in _cases("strat", "single") if len(case.values[0]["tables"]) == 1])
def one_pool_case(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(params=_cases("strat"))
def stratified_case(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(params=_cases("binom1"))
def binomial_case(request: pytest.FixtureRequest) -> Any:
    return request.param
