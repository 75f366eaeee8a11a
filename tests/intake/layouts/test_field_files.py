"""Files as people bring them: each of the kinds that are counts gives its right answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import WHEN, case

from eia.counts.from_count_table import from_count_table
from eia.errors import EiaError
from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.intake.counts.load_counts import CountedWorkforce, load_counts
from eia.intake.evidence import read_workforce
from eia.intake.files.raw_table import open_table

FIELD = Path(__file__).parents[2] / "data" / "field"


def read(name: str) -> CountedWorkforce:
    return load_counts(open_table(FIELD / name), case())


def assessed(name: str) -> Assessment:
    return assess(FIELD / name, when=WHEN)


def refusal(name: str) -> EiaError:
    with pytest.raises(EiaError) as caught:
        read(name)
    return caught.value


def people(name: str, key: str) -> dict[str, int]:
    tally = read(name).tallies[key]
    sizes = zip(tally.groups, tally.low.sum(axis=(1, 2)), strict=True)
    return {group.label: int(size) for group, size in sizes if size}


def test_a_cross_tabulation_of_pool_sex_and_outcome_is_tested_as_its_people_would_be() -> None:
    women = assessed("f01_crosstab_count.csv").finding("selection", "sex", "Female").tested
    assert women is not None
    assert (women.observed, women.group_people, women.expected) == (41, 140, pytest.approx(31.6))
    assert women.odds_ratio.estimate == pytest.approx(3.20, abs=0.005)
    assert (round(women.midp, 4), round(women.pvalue, 4)) == (0.0014, 0.0021)


def test_people_who_are_not_known_one_by_one_are_not_tested_as_if_they_were() -> None:
    found = assessed("f01_crosstab_count.csv")
    assert found.evidence.people is None
    assert all("needs people" in one.reasons or not one.stated for one in found.under("scope"))


def test_a_bulletin_of_n_and_percent_gives_both_characteristics() -> None:
    assert people("f02_bulletin_n_and_percent.xlsx", "gender") == {"Female": 2200, "Male": 1810}
    assert people("f02_bulletin_n_and_percent.xlsx", "working_pattern") == {"Full-time": 3190, "Part-time": 820}


def test_a_cross_tabulation_with_a_total_that_is_wrong_says_so_and_asks_for_no_row_to_be_deleted() -> None:
    faults = refusal("f03_crosstab_with_totals.csv").faults
    assert {fault.code for fault in faults} == {"figures-disagree"}
    assert all("several people" in fault.what and 16 in fault.row for fault in faults)
    assert "elete" not in str(refusal("f03_crosstab_with_totals.csv"))


def test_notes_in_headers_are_left_out() -> None:
    assert people("f13_note_in_header.csv", "sex") == {"Female": 18, "Male": 12}


def test_unknown_and_not_stated_is_no_ethnic_group() -> None:
    assert people("f14_unknown_as_a_group.csv", "race_group")["Not recorded"] == 20
    women = assessed("f14_unknown_as_a_group.csv").under("selection")[0]
    assert women.people.in_scope == 180


def test_females_males_and_all_persons_are_read() -> None:
    assert people("f15_males_females.csv", "sex") == {"Female": 20, "Male": 30}


def test_every_contradiction_is_named_at_once_and_that_figures_look_rounded() -> None:
    error = refusal("f16_three_contradictions.csv")
    assert [(fault.code, fault.row) for fault in error.faults] == [
        ("figures-disagree", (2, 3, 4)), ("figures-disagree", (5, 6, 7)), ("figures-disagree", (8, 9, 10)),
    ]  # fmt: skip
    assert all("multiple of 5" in (fault.do or "") for fault in error.faults)


def test_a_column_for_each_group_of_people_is_asked_about() -> None:
    (asked,) = [one for one in read_workforce(FIELD / "f19_one_column_a_group.csv").intake.questions if one.kind == "group columns"]  # fmt: skip
    assert (asked.seen, asked.rows) == (("White", "Asian", "Black", "EthnicityNone"), 24)
    assert not asked.changes_who_is_counted
    assert asked.guess == asked.about == "White, Asian, Black, EthnicityNone"
    told = case(ignored=asked.seen)
    assert not any(
        one.kind == "group columns"
        for one in read_workforce(FIELD / "f19_one_column_a_group.csv", told).intake.questions
    )


@pytest.mark.parametrize("name", ["r07_consultation_pack_section_rows.xlsx", "r08_counts_without_pools.xlsx"])
def test_a_consultation_pack_is_read_however_it_names_its_characteristics(name: str) -> None:
    assert people(name, "sex") == {"Female": 412, "Male": 232}
    assert set(read(name).tallies) == {"sex", "race_group", "disability", "age"}
    cube = from_count_table(read(name), case())
    at, selected = cube.by_pool("sex"), cube.layout.outcomes.index("selected")
    assert (at.low[:, 0, selected].tolist()[:2], at.low[:, 0].sum(axis=1).tolist()[:2]) == ([45, 9], [120, 40])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["r07_consultation_pack_section_rows.xlsx", "r08_counts_without_pools.xlsx"])
def test_figures_without_pools_are_called_mixed_and_never_told_as_within_a_pool_or_a_job(
    name: str, tmp_path: Path
) -> None:
    found = assessed(name)
    assert found.mixed
    told = [
        found.summary(),
        *(
            page.with_suffix(".md").read_text(encoding="utf-8")
            for name, page in found.report(tmp_path).pages.items()
            if name != "members-sheet"  # it has no figures
        ),
    ]
    for text in (" ".join(one.split()).lower() for one in told):
        assert "mixed" in text
        for wrong in (
            "within each pool",
            "within a pool",
            "within the pools",
            "the same pool",
            "inside a pool",
            "inside every pool",
            "inside their pools",
        ):
            assert wrong not in text


def test_figures_of_named_pools_are_not_mixed() -> None:
    found = assessed("f01_crosstab_count.csv")
    assert not found.mixed
    assert "mixed" not in found.summary()
