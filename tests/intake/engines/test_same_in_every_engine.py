"""A workforce is the same wherever it is held: from a file, in memory, in DuckDB, polars, Spark or Postgres, to the last digit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from brought import Put, postgres, put_in_duckdb, put_in_polars, spark
from hypothesis import given, settings
from made import QUICK, WHEN, Person, case, staff, workforces

import eia
from eia import budget
from eia.case import Case, read_case
from eia.counts.cube import count, cube_axes
from eia.errors import EiaError
from eia.intake.engines.lazy_table import lazy_table
from eia.intake.engines.load import load_engine
from eia.intake.engines.opening import open_engine
from eia.intake.evidence import read_workforce
from eia.intake.files.read_table import read_table
from eia.intake.workforce import Workforce

RIVERBANK = Path(__file__).parents[3] / "datasets" / "riverbank"


def riverbank() -> Case:
    """The case of Riverbank without the files that an engine is not asked for."""
    whole = read_case(RIVERBANK / "case.toml")
    return whole.model_copy(update={"files": type(whole.files)(), "scenarios": {}})


def text(name: str) -> pd.DataFrame:
    return read_table(RIVERBANK / f"{name}.csv").astype("str")


@pytest.fixture(
    scope="module",
    params=["duckdb", "polars", pytest.param("spark", marks=pytest.mark.engine), pytest.param("postgres", marks=pytest.mark.engine)],
)  # fmt: skip
def put(request: pytest.FixtureRequest) -> Iterator[Put]:
    if request.param in ("duckdb", "polars"):
        yield {"duckdb": put_in_duckdb, "polars": put_in_polars}[request.param]
        return
    with {"spark": spark, "postgres": postgres}[request.param]() as brought:
        yield brought


@pytest.fixture(scope="module")
def tables(put: Put) -> tuple[Any, Any]:
    """The workforce and the selections of Riverbank, in an engine."""
    return put(text("workforce")), put(text("selections"))


def held(table: Any, choices: Case, selections: Any = None, **options: Any) -> Workforce:
    return load_engine(lazy_table(table, "workforce"), choices, lazy_table(selections, "selections"), **options)


def cells(workforce: Workforce, choices: Case) -> pd.DataFrame:
    """Every count that is not of nobody, in an order that the table has no part in."""
    whole = count(workforce.counted, cube_axes(workforce, choices)).to_frame()
    named = ["characteristic", "group", "unit", "pool", "outcome"]
    for name in named:
        whole[name] = whole[name].astype(object).where(whole[name].notna(), "")
    return whole[whole["high"] > 0].sort_values(named).reset_index(drop=True)


def test_riverbank_is_read_the_same(tables: tuple[Any, Any]) -> None:
    choices = riverbank()
    file = read_workforce(RIVERBANK / "workforce.csv", choices, selections=RIVERBANK / "selections.csv")
    engine = held(tables[0], choices, tables[1])
    assert engine.dimensions == file.dimensions
    pd.testing.assert_frame_equal(cells(engine, choices), cells(file, choices), check_dtype=False)
    assert (engine.people, engine.in_pools, engine.posts) == (file.people, file.in_pools, file.posts)
    assert engine.fte == pytest.approx(file.fte, rel=1e-12)  # added up in another order
    assert len(engine.frame) == file.in_pools
    assert engine.intake.questions == file.intake.questions
    told = {(one.column, one.rule.replace(".csv", ""), one.rows) for one in file.intake.recodings}
    assert {(one.column, one.rule, one.rows) for one in engine.intake.recodings} == told


@pytest.mark.slow
def test_riverbank_gives_the_same_findings_to_the_last_digit(tables: tuple[Any, Any]) -> None:
    choices = riverbank()
    file = eia.assess(RIVERBANK / "workforce.csv", choices, selections=RIVERBANK / "selections.csv", when=WHEN)
    engine = eia.assess(tables[0], choices, selections=tables[1], when=WHEN)
    assert repr(engine.findings) == repr(file.findings)  # to the last digit, and none is none
    pd.testing.assert_frame_equal(engine.findings_frame(), file.findings_frame(), check_exact=True)
    assert engine.evidence.outcomes == file.evidence.outcomes


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(workforces(least=2))
def test_any_workforce_is_counted_the_same(people: list[Person]) -> None:
    data = staff(people)
    file = read_workforce(data, QUICK, name="staff.csv")
    table = pd.DataFrame([dict(person) for person in people], dtype="str")
    engine = held(put_in_polars(table), QUICK)
    pd.testing.assert_frame_equal(cells(engine, QUICK), cells(file, QUICK), check_dtype=False)
    assert engine.in_pools == file.in_pools == len(engine.frame)


def made_up(people: int) -> pd.DataFrame:
    """Made-up people, a thousand or so of them in pools, born on days that the engine knows for days."""
    rng = np.random.default_rng(7)
    draw = lambda *words: rng.choice(words, people)  # noqa: E731
    pools = np.where(rng.random(people) < 1_000 / people, rng.choice(["Clerks", "Cooks", "Porters"], people), None)
    outcome = np.where(rng.random(people) < 0.25, "selected", "retained")
    born = np.datetime64("1960-01-01") + rng.integers(0, 15_000, people)
    return pd.DataFrame(
        {
            "Reference": [f"A{number:07}" for number in rng.permutation(people)],
            "Redundancy pool": pools,
            "Outcome": np.where(pd.isna(pools), None, outcome),
            "Department": draw("North", "South", "East", "West"),
            "Date of birth": born,
            "Sex": draw("Female", "Male"),
            "Disability": draw("Yes", "No", "No", "No", "Prefer not to say", None),
            "Ethnicity": draw("White", "White", "Asian", "Black", "Mixed", None),
            "FTE": draw(1.0, 1.0, 0.6),
            "Contract type": draw("Permanent", "Permanent", "Fixed term"),
            "Start date": np.datetime64("2010-01-01") + rng.integers(0, 5_000, people),
        }
    )


def test_a_hundred_thousand_people_with_days_of_birth_give_the_same_findings() -> None:
    people, choices = made_up(100_000), case(dates={"extract": dt.date(2026, 9, 30)}, analysis={"draws": 999})
    file = eia.assess(people, choices, when=WHEN)
    engine = eia.assess(put_in_duckdb(people), choices, when=WHEN)
    assert repr(engine.findings) == repr(file.findings)  # to the last digit, and none is none
    assert engine.evidence.people == 100_000
    assert "contract_short" in engine.cube.tables


@pytest.mark.engine
def test_a_million_people_give_the_same_findings_from_a_large_file_and_engines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, choices = made_up(1_000_000), case(dates={"extract": dt.date(2026, 9, 30)}, analysis={"draws": 999})
    table = put_in_duckdb(people)
    table.select('* replace ("Date of birth"::date as "Date of birth", "Start date"::date as "Start date")').write_csv(
        str(tmp_path / "staff.csv")
    )
    whole = eia.assess(people, choices, when=WHEN)
    monkeypatch.setattr(budget, "PEOPLE", 999_999)
    for source in (tmp_path / "staff.csv", table, put_in_polars(people)):
        counted = eia.assess(source, choices, when=WHEN)
        assert "of an engine" in counted.evidence.intake.sources[0].encoding
        assert repr(counted.findings) == repr(whole.findings)  # to the last digit, and none is none


@pytest.mark.parametrize("day", ["2004-02-29", "2003-03-01", "2003-02-28", "2003-03-02"])
def test_the_engine_completes_years_as_the_file_does(day: str) -> None:
    people = pd.DataFrame(
        {"Sex": ["F", "M"], "Pool": ["A", "A"], "Date of birth": [np.datetime64(day), np.datetime64("1980-05-05")]}
    )
    choices = case(dates={"extract": dt.date(2026, 2, 28)})
    file, engine = read_workforce(people, choices), held(put_in_duckdb(people), choices)
    assert sorted(engine.frame["age_years"]) == sorted(file.frame["age_years"])
    leap = case(dates={"extract": dt.date(2024, 2, 29)})
    assert sorted(held(put_in_duckdb(people), leap).frame["age_years"]) == sorted(
        read_workforce(people, leap).frame["age_years"]
    )


def awkward() -> pd.DataFrame:
    """Hardly anything in it is read as it stands."""
    rng = np.random.default_rng(11)
    draw = lambda *words: rng.choice(words, 600)  # noqa: E731
    table = pd.DataFrame({
        "At risk": draw("Yes", "No", "n/k"), "Pool": draw("Cooks", "Clerks", "unknown"), "Outcome": draw("", "made redundant", "VR agreed"),
        "Department": draw("North", "South", "Jane Smith"), "Sex": draw("Female", "Male", "Femal", "x1"), "Age": draw("30", "44", "", "n/a"),
        "Date of birth": draw("1996-03-01", "1982-01-01", "01/02/1970"), "Ethnicity": draw("White British", "Chinese", "Martian", "Ask me"),
        "Disability": draw("Dyslexia", "None", "Refused to say"), "Contract type": draw("Fixed term", "Permanent"),
        "Start date": draw("2010-01-01", "2026-01-01"), "Hours": draw("37", "20"), "Nationality": draw("British", "Irish", "british ", "Polish/Irish"),
    })  # fmt: skip
    return table.astype("str")


def told(read: Any) -> tuple[Any, ...]:
    """What an intake tells: what was done, what is asked, what is held back; or what is wrong."""
    if isinstance(read, EiaError):
        return tuple(sorted((fault.code, fault.column or "", fault.rows) for fault in read.faults))
    intake = read.intake
    done = {
        (one.column, one.rule[:20], one.rows) for one in intake.recodings if "engine" not in one.rule
    }  # which names no rows
    return done, {(one.kind, one.about, one.rows, one.guess) for one in intake.questions}, {one.key: one.rows for one in intake.held_back}  # fmt: skip


def reading(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except EiaError as error:
        return error


@pytest.mark.parametrize("wrong", [{}, {"Sex": "jo@example.org"}, {"Outcome": "gone fishing"}, {"Age": "old"}, {"Hours": "200"}, {"Department": "Total"}])  # fmt: skip
def test_what_is_said_of_awkward_cells_counts_people_as_that_of_a_file(wrong: dict[str, str]) -> None:
    table, choices = awkward(), case(people={"full_time_hours": 37}, dates={"extract": dt.date(2026, 9, 30)})
    for column, cell in wrong.items():
        table.loc[table.index[:7], column] = cell
    rows = table.assign(**{"At risk": "Yes", "Pool": "Cooks", "Outcome": table["Outcome"].replace("", "retained")})
    for people in (table, rows):
        file = told(reading(lambda: read_workforce(people, choices)))  # noqa: B023
        assert told(reading(lambda: held(put_in_duckdb(people), choices))) == file  # noqa: B023


def test_what_is_read_of_an_engine_is_as_long_as_its_counts_and_not_as_its_people() -> None:
    people = open_engine(lazy_table(put_in_duckdb(made_up(5_000)), "people"), QUICK, None)
    part = people.part(["sex"])
    assert (part.file.rows, part.file.people) == (2, 5_000)


def test_leavers_are_asked_about_and_left_out_in_the_engine() -> None:
    rows = [("F", "Cooks", "Current"), ("M", "Cooks", "Current"), ("F", None, "Left"), ("M", None, None), ("F", None, "Left"), ("M", None, "Current")]  # fmt: skip
    people = pd.DataFrame(rows * 3, columns=["Sex", "Pool", "Employment status"])
    assert [one.kind for one in held(put_in_duckdb(people), QUICK).intake.questions] == [
        one.kind for one in read_workforce(people, QUICK).intake.questions
    ]
    without = case(people={"leavers": "left out"})
    assert held(put_in_duckdb(people), without).people == read_workforce(people, without).people == 12


def test_without_people_scope_is_the_same_and_selection_is_adjusted_by_holm() -> None:
    people, choices = (
        made_up(100_000).head(3_000),
        case(dates={"extract": dt.date(2026, 9, 30)}, analysis={"draws": 999}),
    )
    with_them, without = (
        eia.assess(put_in_duckdb(people), choices, fetch_people=fetch, when=WHEN) for fetch in (True, False)
    )
    assert without.under("scope") == with_them.under("scope")
    assert without.drawn.selection is None
    assert with_them.drawn.selection is not None
    assert [one.people for one in without.findings] == [one.people for one in with_them.findings]


def test_cells_of_every_kind_are_read_as_those_of_a_frame() -> None:
    import duckdb

    table = duckdb.connect().sql(
        "select case when i % 2 = 0 then 'A' end as pool, i % 4 = 0 as selected, (i % 3 > 0) as disability, (i % 2 + 1)::decimal(3, 1) / 2 as fte, "
        "('Grade ' || (i % 2 + 1))::enum('Grade 1', 'Grade 2') as grade, (30 + i % 30)::utinyint as age, case when i % 5 = 0 then 'nan'::double else 37.5 end as hours, "
        "case when i % 2 = 0 then ' F ' else 'F' end as sex from range(240) as rows(i)"
    )
    file, engine = read_workforce(table.df(), QUICK), held(table, QUICK)
    assert engine.dimensions == file.dimensions
    pd.testing.assert_frame_equal(cells(engine, QUICK), cells(file, QUICK), check_dtype=False)


def test_before_anybody_is_chosen_and_with_nobody_in_a_pool() -> None:
    people = made_up(100_000).head(2_000).drop(columns="Outcome")
    choices = case(dates={"extract": dt.date(2026, 9, 30)}, analysis={"draws": 999})
    for table in (people, people.assign(**{"Redundancy pool": pd.Series([None] * 2_000, dtype="str")})):
        file, engine = eia.assess(table, choices, when=WHEN), eia.assess(put_in_duckdb(table), choices, when=WHEN)
        assert repr(engine.findings) == repr(file.findings)
