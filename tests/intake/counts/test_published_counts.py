"""Tables that real bodies published are read as they were published: exactly, as ranges, or with the question to ask."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from made import case, counted

from eia.case import Case
from eia.counts.cube import Cube
from eia.counts.from_count_table import from_count_table
from eia.errors import EiaError
from eia.findings.assess import assess
from eia.present.documents.annex import annex as document

PUBLISHED: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "published_counts.toml").read_text(encoding="utf-8")
)


READ = (
    "university", "registration_service", "ehrc", "bristol_cleaners", "dwp_performance", "bis_performance", "dh_performance",
    "nio_performance", "dft_performance", "dcms_performance", "civil_service_ratings", "scotgov_trs", "scotgov_recruitment",
    "hmrc_new_entrants", "mod_exits", "dti_exits", "lcd_women", "council_2014_15", "bromley", "maidstone", "lichfield", "lga_england",
    "civil_service_leavers",
)  # fmt: skip


def test_every_source_read_is_in_the_list_and_gives_its_counts_or_its_question() -> None:
    assert {next(source for source in READ if name.startswith(source)) for name in PUBLISHED} == set(READ)
    assert all(("cells" in entry) != ("refused" in entry) for entry in PUBLISHED.values())
    assert len(PUBLISHED) >= 40


def choices(entry: dict[str, Any]) -> Case:
    counts = {key: entry[key] for key in ("rounded_to", "percentages", "marks") if key in entry}
    return case(counts=counts, columns=entry.get("columns", {}), outcomes=entry.get("outcomes", {}))


def cube_of(entry: dict[str, Any]) -> Cube:
    return from_count_table(counted(entry["table"].lstrip("\n").encode(), choices(entry)), choices(entry))


@pytest.mark.parametrize("name", [name for name, entry in PUBLISHED.items() if "cells" in entry])
def test_a_published_table_gives_the_counts_that_it_states(name: str) -> None:
    cube = cube_of(PUBLISHED[name])
    for key, groups in PUBLISHED[name]["cells"].items():
        labels = [group.label for group in cube.layout.dimensions[key].groups]
        for label, places in groups.items():
            for pool, stated in places.items():
                place = (*cube.layout.pools, "-").index(pool)
                at = cube.by_pool(key)
                for outcome, numbers in (stated if isinstance(stated, dict) else {"retained": stated}).items():
                    o = cube.layout.outcomes.index(outcome)
                    g = labels.index(label)
                    low, high = numbers if isinstance(numbers, list) else (numbers, numbers)
                    assert (at.low[g, place, o], at.high[g, place, o]) == (low, high), (key, label, pool, outcome)


@pytest.mark.parametrize("name", [name for name, entry in PUBLISHED.items() if "refused" in entry])
def test_a_published_table_that_needs_a_question_asks_it(name: str) -> None:
    entry = PUBLISHED[name]
    with pytest.raises(EiaError) as caught:
        cube_of(entry)
    fault = next(fault for fault in caught.value.faults if fault.code == entry["refused"])
    assert list(fault.row) == entry.get("rows", [])


@pytest.mark.parametrize("name", [name for name, entry in PUBLISHED.items() if "cells" in entry])
def test_a_published_table_goes_through_to_its_finding(name: str) -> None:
    entry = PUBLISHED[name]
    own = choices(entry)
    assessment = assess(counted(entry["table"].lstrip("\n").encode(), own), own)
    ranged = {key for key, table in assessment.cube.tables.items() if table.are_ranges}
    told = {
        in_ranges: {finding.characteristic.key for finding in assessment.findings if finding.in_ranges == in_ranges}
        for in_ranges in (False, True)
    }
    assert told[False] == set(assessment.cube.tables) - ranged
    if assessment.cube.chosen:
        assert told[True] == ranged
    assert document(assessment).blocks
