"""A DataFrame goes in as the CSV file of it would: the same workforce, or one clear error; and it is never changed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import CANARY, case

import eia
from eia.errors import EiaError
from eia.intake.evidence import read_workforce
from eia.intake.files.raw_table import open_table
from eia.intake.workforce import Workforce

HEADERS = ["Payroll Ref", "Sex", "Pool", "Outcome", "Religion", "Age", "FTE"]
CELLS = {
    "Sex": ["F", "M", " Female", "", "Prefer not to say"],
    "Pool": ["Clerks", "Porters", "Caf\xe9 staff", ""],
    "Outcome": ["retained", "selected"],
    "Religion": ["None", "N/A", "Sikh", "nan", ""],
    "Age": ["19", "64", ""],
    "FTE": ["1", "0.5", ""],
}


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    """A table of people as text; nobody without a pool is selected."""
    people = draw(st.integers(1, 12))
    columns = {
        name: draw(st.lists(st.sampled_from(cells), min_size=people, max_size=people)) for name, cells in CELLS.items()
    }
    columns["Outcome"] = [
        chosen if pool else "retained" for chosen, pool in zip(columns["Outcome"], columns["Pool"], strict=True)
    ]
    table = pd.DataFrame({"Payroll Ref": [f"{number:03}" for number in range(people)], **columns}, dtype="str")
    return table[HEADERS]


def as_file(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False).encode()


def held(workforce: Workforce) -> tuple[object, ...]:
    """Everything that a workforce holds besides where it came from."""
    columns = {
        name: (column.cat.categories.tolist(), column.cat.codes.tolist())
        if hasattr(column, "cat")
        else (column.dtype, column.fillna(-1).tolist())
        for name, column in workforce.frame.items()
    }
    return columns, workforce.dimensions, workforce.fte, workforce.intake.recodings, workforce.intake.mapped


FORMS: dict[str, Callable[[pd.DataFrame], object]] = {
    "text": lambda table: table,
    "objects": lambda table: table.astype(object),
    "text of Python": lambda table: table.astype(pd.StringDtype("python")),
    "text of Arrow": lambda table: table.astype(pd.ArrowDtype(pa.string())),
    "categoricals": lambda table: table.astype("category"),
    "categoricals with unused levels": lambda table: table.apply(
        lambda column: pd.Categorical(column, categories=[CANARY, *sorted(set(column), reverse=True)])
    ),
    "another index": lambda table: table.set_axis(range(len(table), 0, -1)),
    "an index that repeats": lambda table: table.set_axis([0] * len(table)),
    "bytes": lambda table: table.map(str.encode),
    "polars": pl.from_pandas,
    "polars, categorical": lambda table: pl.from_pandas(table.astype("category")),
    "pyarrow": lambda table: pa.Table.from_pandas(table, preserve_index=False),
    "pyarrow, in chunks": lambda table: pa.concat_tables([pa.Table.from_pandas(table[:1]), pa.Table.from_pandas(table[1:])]),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@settings(max_examples=15, deadline=None)
@given(table=tables())
def test_a_frame_of_text_in_any_form_is_the_file_of_it(
    form: Callable[[pd.DataFrame], object], table: pd.DataFrame
) -> None:
    try:
        expected: object = held(read_workforce(as_file(table)))
    except EiaError as error:
        expected = [(fault.code, fault.column, fault.row) for fault in error.faults]
    try:
        found: object = held(read_workforce(form(table)))
    except EiaError as error:
        found = [(fault.code, fault.column, fault.row) for fault in error.faults]
    assert found == expected


@settings(max_examples=15, deadline=None)
@given(table=tables(), seed=st.integers(0, 100))
def test_rows_in_another_order_are_the_same_people_in_that_order(table: pd.DataFrame, seed: int) -> None:
    shuffled = table.sample(frac=1, random_state=seed)
    assert held(read_workforce(shuffled)) == held(read_workforce(as_file(shuffled)))


@settings(max_examples=25, deadline=None)
@given(table=tables())
def test_read_table_gives_the_text_of_the_file_and_the_same_workforce(table: pd.DataFrame) -> None:
    read = eia.read_table(as_file(table))
    pd.testing.assert_frame_equal(read, table.apply(lambda column: column.str.strip()))
    assert held(read_workforce(read)) == held(read_workforce(as_file(table)))


def test_read_table_keeps_what_pandas_loses() -> None:
    read = eia.read_table(b"Ref;Sex;Sex;;Pay\n007;None;N/A;;1.50\n008; F ;;x;1e3\n")
    assert read.columns.tolist() == ["Ref", "Sex", "Sex", "", "Pay"]
    assert read.to_numpy().tolist() == [["007", "None", "N/A", "", "1.50"], ["008", "F", "", "x", "1e3"]]
    assert {str(dtype) for dtype in read.dtypes} == {"str"}


PEOPLE = {
    "ref": ["1", "2", "3", "4"],
    "sex": ["F", "M", "F", "M"],
    "pool": ["A", "A", "B", "B"],
    "selected": ["yes", "no", "no", "no"],
}


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1.0, None, 0.5, 2.0], ["1", "", "0.5", "2"]),
        (np.array([1, 0.1, 1e-5, 30_000_000], np.float32), ["1", "0.1", "0.00001", "30000000"]),
        (pd.array([1, None, 3, 4], dtype="Int64"), ["1", "", "3", "4"]),
        (pd.array([1, None, 3, 4], dtype="int64[pyarrow]"), ["1", "", "3", "4"]),
        ([True, False, None, True], ["True", "False", "", "True"]),
        ([1, 1.0, True, "1"], ["1", "1", "True", "1"]),
        (pd.to_datetime(["2026-03-31", None, "2026-04-01 12:30", "1980-01-01"], format="ISO8601"), ["2026-03-31", "", "2026-04-01 12:30:00", "1980-01-01"]),
        ([dt.date(2026, 3, 31), "31/03/2026", None, pd.NaT], ["2026-03-31", "31/03/2026", "", ""]),
        ([Decimal("10.50"), Decimal("NaN"), b"caf\xc3\xa9", b"caf\xe9"], ["10.50", "", "caf\xe9", "caf\xe9"]),
        (pd.Categorical([3, 1, None, 3], categories=[1, 2, 3]), ["3", "1", "", "3"]),
    ],
)  # fmt: skip
def test_values_are_read_as_the_text_that_a_file_holds(values: object, text: list[str]) -> None:
    cells = open_table(pd.DataFrame({**PEOPLE, "x": values})).read([4], None)
    assert cells.texts[4].tolist() == text


def test_whole_numbers_with_gaps_are_joined_as_the_whole_numbers_that_they_were() -> None:
    staff = pd.DataFrame({**PEOPLE, "ref": [1.0, 2.0, 3.0, 4.0]}).drop(columns=["selected", "pool"])
    chosen = pd.DataFrame({"ref": [3, 4], "pool": ["A", "A"], "outcome": ["selected", "retained"]})
    read = read_workforce(staff, selections=chosen)
    assert read.frame["outcome"].tolist() == ["retained", "retained", "selected", "retained"]


def test_words_that_pandas_took_for_missing_are_said_one_line_a_column() -> None:
    file = b"sex,pool,religion,age\nF,A,None,30\nM,A,None,\nF,A,Sikh,40\n"
    read = read_workforce(pd.read_csv(io.BytesIO(file)))
    assert [(done.column, done.rows) for done in read.intake.recodings if "eia.read_table" in done.rule] == [
        ("religion", 2)
    ]
    kept = pd.read_csv(io.BytesIO(file), dtype=str, keep_default_na=False)
    assert held(read_workforce(kept)) == held(read_workforce(file))
    assert not any("eia.read_table" in done.rule for done in read_workforce(eia.read_table(file)).intake.recodings)


def test_a_column_of_nothing_but_missing_cells_is_said_too() -> None:
    read = read_workforce(pd.read_csv(io.BytesIO(b"sex,pool,religion\nF,A,None\nM,A,None\n")))
    assert [(done.column, done.rows) for done in read.intake.recodings if "eia.read_table" in done.rule] == [
        ("religion", 2)
    ]


def test_faults_name_rows_as_a_spreadsheet_would_show_the_frame() -> None:
    table = pd.DataFrame({**PEOPLE, "fte": [1, 0.5, 7, 1]}, index=[9, 8, 7, 6])
    with pytest.raises(EiaError) as raised:
        read_workforce(table)
    assert [(fault.code, fault.file, fault.row) for fault in raised.value.faults] == [
        ("out-of-range", "the DataFrame", (4,))
    ]


def test_empty_rows_amid_the_others_are_skipped_and_at_the_end_left_out() -> None:
    table = pd.DataFrame(PEOPLE).drop(columns="ref")
    table.loc[[1, 3]] = None
    found = read_workforce(table)
    assert (found.people, found.intake.empty_rows) == (2, 1)
    assert "row 3" in found.intake.sources[0].remarks


def test_totals_and_notes_below_are_left_out_and_said() -> None:
    table = pd.DataFrame(PEOPLE).drop(columns="ref")
    table.loc[4] = ["Total", "4", "", ""][:3]
    table.loc[5] = ["Source: HR", None, None]
    read = read_workforce(table)
    assert read.people == 4
    assert (
        read.intake.sources[0].remarks == "1 row of notes below the table left out; 1 row of totals at the end left out"
    )


@pytest.mark.parametrize("names", [["sex", "sex"], ["sex", "sex.1"]])
def test_a_header_that_stands_twice_is_asked_about(names: list[str]) -> None:
    table = pd.DataFrame([["F", "M", "A"], ["M", "F", "A"]], columns=[*names, "pool"])
    with pytest.raises(EiaError, match=r"column A.*column B") as raised:
        read_workforce(table)
    assert [fault.code for fault in raised.value.faults] == ["two-headers"]
    assert read_workforce(table, case(columns={"sex": "sex (column B)"})).people == 2


def test_headers_of_any_kind_are_text() -> None:
    table = pd.DataFrame([["F", "A", "x"]], columns=[1, None, dt.date(2026, 3, 31)])
    assert open_table(table).headers == ("1", "", "2026-03-31")


def test_an_index_with_a_name_is_not_read_and_that_is_said() -> None:
    read = read_workforce(pd.DataFrame(PEOPLE).set_index("ref"))
    assert read.intake.sources[0].remarks == "the index “ref” is not read: df.reset_index() makes a column of it"


REFUSED: dict[str, tuple[object, str]] = {
    "lists": (pd.DataFrame({**PEOPLE, "sex": [["F"], ["M"], ["F"], ["M"]]}), "cells-without-text"),
    "lists of Arrow": (pa.table({**PEOPLE, "sex": [["F"], ["M"], ["F"], ["M"]]}), "cells-without-text"),
    "bytes that are no text": (pd.DataFrame({**PEOPLE, "sex": [b"\x81", b"F", b"F", b"F"]}), "cells-without-text"),
    "headers in two rows": (pd.DataFrame([["F"]], columns=pd.MultiIndex.from_tuples([("a", "sex")])), "several-header-rows"),
    "no rows": (pd.DataFrame(PEOPLE).iloc[:0], "headers-only"),
    "no columns": (pd.DataFrame(), "not-a-table"),
    "not collected": (pl.DataFrame(PEOPLE).lazy(), "not-a-frame"),
    "no frame": ([1, 2], "not-a-frame"),
    "a person for headers": (pd.DataFrame([["F", "X"], ["M", "B"]], columns=["F", "B"]), "no-headers"),
}  # fmt: skip


@pytest.mark.parametrize(("source", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused_with_one_fault(source: object, code: str) -> None:
    with pytest.raises(EiaError) as raised:
        read_workforce(source)
    assert [fault.code for fault in raised.value.faults] == [code]


def test_the_frame_is_never_changed() -> None:
    table = pd.DataFrame(
        {**PEOPLE, "age": [30, None, 41, 50], "religion": pd.Categorical(["x", "y", None, "x"], ["y", "z", "x"])}
    )
    before = table.copy(deep=True)
    read_workforce(table)
    pd.testing.assert_frame_equal(table, before)


def test_the_hash_is_that_of_the_text_in_whatever_frame() -> None:
    table = pd.DataFrame(PEOPLE)
    hashes = {open_table(form(table)).sha256 for form in FORMS.values()}
    assert len(hashes) == 1
    assert open_table(table.replace("F", "M")).sha256 not in hashes
