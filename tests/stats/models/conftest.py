"""Takes the reference values of tests/data/r/models.R; gives its cases one by one, people as arrays beside R's results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

R = json.loads((Path(__file__).parents[2] / "data" / "models.json").read_text(encoding="utf-8"))["cases"]


@pytest.fixture(params=R)
def r_case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    case = R[request.param]
    people = {name: np.array(column) for name, column in case["people"].items()}
    people["group"], people["placed"] = people["group"] == 1, people["placed"] == 1
    return people, case["results"]
