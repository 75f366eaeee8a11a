"""The chart of gaps says of each bar whether its gap is clear."""

from __future__ import annotations

import pytest
from assessments import MAKERS, sample

from eia.present.figures.gap_told import shown_gaps
from eia.present.parts.impact import gaps_chart


@pytest.mark.parametrize("name", MAKERS)
def test_a_gap_that_is_not_clear_is_marked_and_a_clear_one_is_not(name: str) -> None:
    found = shown_gaps(sample(name))[:4]
    chart = gaps_chart(found)
    rows = [row.label for row in chart.rows] if chart else []
    assert sum(label.endswith("(gap not clear)") for label in rows) == sum(
        not gap.evidence for gap in found if gap.pair
    )
    assert sum(label.endswith("(stands out)") for label in rows) == sum(gap.evidence == 1 for gap in found if gap.pair)
