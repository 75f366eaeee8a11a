"""No row of anybody outside the pools leaves an engine, and nothing that an engine says of a record is passed on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from brought import put_in_duckdb, put_in_polars
from made import CANARY, QUICK, case, everything_said, everything_written

import eia
from eia.case import Files
from eia.errors import EiaError
from eia.findings.record import to_json
from eia.intake.engines import lazy_table as module
from eia.intake.engines.lazy_table import FIRST_CELLS, lazy_table
from eia.intake.engines.load import load_engine

DAY = case(dates={"extract": dt.date(2026, 9, 30)}, analysis={"draws": 999})
BIRTH = dt.date(1961, 2, 3)


def people(rows: int = 400) -> pd.DataFrame:
    """A tenth in pools. One person, outside them, has canaries wherever a person's own values stand."""
    rng = np.random.default_rng(3)
    pool = np.where(np.arange(rows) % 10 == 0, rng.choice(["Cooks", "Clerks"], rows), None)
    table = pd.DataFrame(
        {
            "Employee number": [f"E{number:05}" for number in range(rows)],
            "Full name": [f"Person {number}" for number in range(rows)],
            "Redundancy pool": pool,
            "Outcome": np.where(pd.isna(pool), None, rng.choice(["selected", "retained"], rows)),
            "Date of birth": np.datetime64("1970-01-01") + rng.integers(0, 9_000, rows),
            "Sex": rng.choice(["Female", "Male"], rows),
            "Disability": rng.choice(["Yes", "No"], rows),
            "Ethnicity": rng.choice(["White", "Asian"], rows),
        }
    )
    for column in ("Employee number", "Full name", "Ethnicity"):
        table.loc[1, column] = f"{CANARY} {column[:4]}"
    table.loc[1, "Date of birth"] = np.datetime64(BIRTH)
    return table


def faults(error: EiaError) -> list[tuple[str, int]]:
    return [(fault.code, fault.rows) for fault in error.faults]


def refused(table: Any, choices: Any = QUICK, selections: Any = None, **options: Any) -> EiaError:
    with pytest.raises(EiaError) as caught:
        eia.assess(table, choices, selections=selections, **options)
    assert CANARY not in everything_said(caught.value)
    return caught.value


def test_only_counts_single_columns_and_codes_of_people_in_pools_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    fetched, ask = [], module._arrow

    def noted(frame: Any) -> Any:
        fetched.append(ask(frame))
        return fetched[-1]

    monkeypatch.setattr(module, "_arrow", noted)
    table = people()
    workforce = load_engine(lazy_table(put_in_duckdb(table), "people"), DAY)
    in_pools = int(table["Redundancy pool"].notna().sum())
    assert workforce.people == 400
    assert len(workforce.frame) == in_pools
    *others, codes = fetched
    for one in others:
        counts = "eia_people" in one.column_names
        assert counts or (one.num_columns == 1 and one.num_rows <= FIRST_CELLS)
        assert not counts or not {"Employee number", "Full name"} & {*one.column_names}
    assert codes.num_rows == in_pools
    assert {str(kind) for kind in codes.schema.types} <= {"int32", "int64"}


def test_no_date_of_birth_is_fetched_but_in_first_cells_and_no_person_is_a_line() -> None:
    workforce = load_engine(lazy_table(put_in_duckdb(people()), "people"), DAY)
    assert not [name for name in workforce.frame if "birth" in name]
    assert workforce.frame["age_years"].between(20, 70).all()


@pytest.mark.parametrize("put", [put_in_duckdb, put_in_polars])
def test_canaries_are_in_nothing_that_is_said_or_written(put: Any, tmp_path: Path) -> None:
    assessment = eia.assess(put(people()), DAY)
    assessment.report(tmp_path / "report")
    said = "\n".join([repr(assessment), assessment.summary(), to_json(assessment), everything_written(tmp_path)])
    for canary in (CANARY, "1961-02-03", "03/02/1961", "3 February 1961"):
        assert canary not in said


def test_what_an_engine_says_when_it_fails_is_not_passed_on() -> None:
    con = duckdb.connect()
    con.execute("create table people as select 'A' as pool, 'F' as sex, ? as pay", [CANARY])
    broken = con.sql("select pool, sex, pay::integer as grade from people")
    with pytest.raises(duckdb.Error, match=CANARY):
        broken.fetchall()
    error = refused(broken)
    assert [fault.code for fault in error.faults] == ["engine-failed"]
    assert error.__cause__ is None
    assert error.__context__ is None


def test_references_that_repeat_or_are_missing_are_counted_in_the_engine() -> None:
    table = people()
    table.loc[[5, 6, 7], "Employee number"] = [f"{CANARY}", f" {CANARY} ", f"{CANARY}"]
    table.loc[8, "Employee number"] = None
    assert sorted(faults(refused(put_in_duckdb(table)))) == [("blank-reference", 1), ("duplicate-reference", 3)]
    table.loc[8, "Employee number"] = "E00008"
    every = case(people={"repeated": "every post"}, dates={"extract": dt.date(2026, 9, 30)})
    assert load_engine(lazy_table(put_in_duckdb(table), "people"), every).people == 400


@pytest.mark.parametrize("blank", [" ", "\t", "\n", "\r\n"])
@pytest.mark.parametrize("reference", ["E1", "é1", "1é", "ÿ"])
def test_a_reference_repeats_whatever_blanks_stand_around_it(blank: str, reference: str) -> None:
    for again in (reference, blank + reference, reference + blank):
        table = people(20)
        table.loc[[5, 6], "Employee number"] = [reference, again]
        assert faults(refused(put_in_duckdb(table))) == [("duplicate-reference", 2)]


def test_selections_of_somebody_who_is_not_there_are_counted() -> None:
    table = people()
    listed = pd.DataFrame(
        {"Employee number": ["E00010", "E00020", CANARY], "Outcome": ["selected", "retained", "selected"]}
    )
    assert faults(refused(put_in_duckdb(table), selections=put_in_duckdb(listed))) == [("selected-not-in-file", 1)]


def test_a_bare_list_is_of_those_selected_unless_it_holds_everybody() -> None:
    table = people().drop(columns="Outcome")
    inside = table.loc[table["Redundancy pool"].notna(), ["Employee number"]]
    some = eia.assess(put_in_duckdb(table), DAY, selections=put_in_duckdb(inside.head(7)))
    assert dict(some.evidence.outcomes)["selected"] == 7
    assert dict(some.evidence.outcomes)["retained"] == 393
    assert [code for code, _ in faults(refused(put_in_duckdb(table), DAY, selections=put_in_duckdb(inside)))] == [
        "no-outcome"
    ]


def test_files_that_no_engine_is_asked_for_are_refused_beside_one() -> None:
    scores = pd.DataFrame({"Employee number": ["E00010"], "Criterion": ["Skills"], "Score": [3]})
    error = refused(put_in_duckdb(people()), DAY, scores=scores, later=[scores])
    assert faults(error) == [("beside-an-engine", 0)]
    assert "later outcomes, scores" in error.faults[0].what
    assert faults(refused(put_in_duckdb(people()), case(files={"scores": "scores.csv"}))) == [("beside-an-engine", 0)]
    in_memory = people()[["Employee number", "Outcome"]]
    assert faults(refused(put_in_duckdb(people()), DAY, selections=in_memory)) == [("beside-an-engine", 0)]
    elsewhere = put_in_polars(in_memory.head(3))
    assert [code for code, _ in faults(refused(put_in_duckdb(people()), DAY, selections=elsewhere))] == ["other-engine"]


def test_the_record_of_the_version_before_is_read_beside_an_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "before.json").write_text(to_json(eia.assess(put_in_duckdb(people()), DAY)))
    after = eia.assess(put_in_duckdb(people()), DAY.model_copy(update={"files": Files(previous="before.json")}))
    assert after.since is not None
    assert (after.since.new, after.since.gone) == ((), ())


def test_several_years_without_a_reference_are_refused() -> None:
    table = pd.concat([people(60).drop(columns=["Employee number", "Full name"]).assign(**{"Snapshot date": day}) for day in ("2024-03-31", "2025-03-31")])  # fmt: skip
    assert [code for code, _ in faults(refused(put_in_duckdb(table), DAY))] == ["several-years"]


def test_a_column_of_lists_is_a_fault() -> None:
    con = duckdb.connect()
    table = con.sql("select 'A' as pool, 'F' as sex, [1, 2] as grade")
    assert [code for code, _ in faults(refused(table))] == ["cells-without-text"]


def test_an_empty_table_is_nobody() -> None:
    assert [code for code, _ in faults(refused(put_in_duckdb(people().head(0))))] == ["headers-only"]
