import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from present_samples import HOSTILE, table

from eia.present.documents.model import Table, TableColumn, plain
from eia.present.tables.csv_text import safe, to_csv


def read(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", ["-3.2", "+4", "−3", "12", "1,234", "-1,234.50", "-0.5%", "+.5", "0"])
def test_plain_numbers_stay_numbers(cell):
    assert safe(cell) == cell


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1+1",
        "-1-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "-",
        "+",
        "-.",
        "-%",
        "＝1",
        "-3 to 4",
        "\u200e=1",
        "+,",
    ],
)
def test_what_could_be_run_is_text(cell):
    assert safe(cell).startswith("'")


@given(st.text())
def test_no_cell_begins_as_a_formula(cell):
    shown = safe(cell)
    if shown[:1] in {"=", "@", "+", "-", "\t", "\r"}:
        float(shown.rstrip("%").replace(",", ""))
    assert shown.removeprefix("'") == plain(cell).removeprefix("'")


def test_the_file_opens_in_excel_and_reads_back():
    data = to_csv(table(HOSTILE))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = read(data)
    assert len(rows) == 3
    assert rows[1] == [safe(text) for text in HOSTILE]


def test_quotes_commas_and_line_breaks_are_kept_in_their_cell():
    made = Table("T", (TableColumn("A"), TableColumn("B")), (('say "no", then go', "one\ntwo"),))
    assert read(to_csv(made)) == [["A", "B"], ['say "no", then go', "one two"]]


def test_the_same_table_gives_the_same_bytes():
    assert to_csv(table()) == to_csv(table())
