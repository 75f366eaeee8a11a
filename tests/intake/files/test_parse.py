"""However a file is cut into pieces, its cells are those that Python's own reader finds, in their order."""

from __future__ import annotations

import csv
import io

import pytest

import eia
from eia.errors import EiaError
from eia.intake.files import text_rows

ROWS = "".join(f"{n:04},{'abcdefg'[n % 7] * (n % 5)},{'x' if n < 400 else n}\n" for n in range(1000))
FORMS = {
    "line feeds": ROWS,
    "two characters a line end": ROWS.replace("\n", "\r\n"),
    "carriage returns alone": ROWS.replace("\n", "\r"),
    "no line end at the end": ROWS.rstrip("\n"),
    "line ends in quotation marks": ROWS.replace("0007", '"00\n07"'),
}


@pytest.fixture(params=[64, 1 << 22], ids=["many pieces", "one piece"])
def piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_rows, "PIECE", request.param)


@pytest.mark.usefixtures("piece")
@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS)
def test_cells_are_those_that_the_reader_of_python_finds(rows: str) -> None:
    read = eia.read_table(f"Ref,Label,Number\n{rows}".encode())
    assert read.to_numpy().tolist() == list(csv.reader(io.StringIO(rows, newline="")))


@pytest.mark.usefixtures("piece")
def test_a_ragged_row_is_named_wherever_it_stands() -> None:
    with pytest.raises(EiaError) as raised:
        eia.read_table(f"Ref,Label,Number\n{ROWS}x,y\n{ROWS}".encode())
    assert [(fault.code, fault.row) for fault in raised.value.faults] == [("ragged-rows", (1002,))]


@pytest.mark.usefixtures("piece")
def test_windows_letters_in_one_place_make_all_of_the_file_windows_text() -> None:
    read = eia.read_table(f"Ref,Label,Number\n{ROWS}z,Caf\xe9,1\n".encode("cp1252"))
    assert read["Label"].iloc[-1] == "Caf\xe9"
