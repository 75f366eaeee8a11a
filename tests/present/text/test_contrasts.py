"""A contrast in a table: its interval, that it is unreliable, or why there is none; dashes where too few people could be pointed at."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import get_args

import pytest

from eia.present.text.contrasts import contrast_cells, per_cent
from eia.stats.models.contrast import Contrast, NoInterval
from eia.stats.results import Interval

FOUND = Contrast(
    estimate=12.34, interval=Interval(low=-3.21, high=31.0, level=0.95, method="CR1, t"), no_interval=None, people=90, of_group=40,
    clusters=20, left_out=3, method="per cent",
)  # fmt: skip


@pytest.mark.parametrize(("clusters", "limits"), [(20, "−3.2% to +31%"), (19, "−3.2% to +31%, unreliable")])
def test_an_interval_of_few_clusters_is_marked(clusters: int, limits: str) -> None:
    assert contrast_cells(replace(FOUND, clusters=clusters), per_cent) == ("+12%", limits)


@pytest.mark.parametrize("why", [why for why in get_args(NoInterval) if why != "nobody to compare"])
def test_where_there_is_no_interval_its_cell_says_why(why: NoInterval) -> None:
    estimate, limits = contrast_cells(replace(FOUND, interval=None, no_interval=why), per_cent)
    assert estimate == "+12%"
    assert limits.startswith("none: ")


def test_nobody_to_compare_and_too_few_people_are_dashes() -> None:
    nobody = replace(FOUND, estimate=math.nan, interval=None, no_interval="nobody to compare")
    assert contrast_cells(None, per_cent) == contrast_cells(nobody, per_cent) == ("–", "–")
