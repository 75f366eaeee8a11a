"""One long cell, header or title holds nobody up: it is read or refused, wherever it stands, however it is made to be slow."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made import refused, table

from eia import budget
from eia.case import Case
from eia.errors import EiaError, Faults
from eia.intake.columns.cells import _NUMBER, file_columns
from eia.intake.evidence import read_evidence
from eia.intake.extras.redeployment import read_redeployment
from eia.intake.files.raw_table import open_table
from eia.stats.permutation.omnibus_tests import _most_tables
from eia.stats.permutation.score_sums import ScoredPool

LONG = 100_000
STRINGS = {
    "blanks": "x" + " " * LONG + "x", "digits": "1" * LONG + "x", "words": "not " * (LONG // 4), "of a status": "exit " * (LONG // 5),
    "capitals": "A" * LONG, "address": "a" * LONG + "@", "dashes": "- " * (LONG // 2), "notes": "[note " * (LONG // 6),
}  # fmt: skip
READ = """
import sys
from eia.case import Case
from eia.case import Case
from eia.errors import EiaError, Faults
from eia.intake.evidence import read_evidence
from pathlib import Path
text = STRINGS[sys.argv[1]]
people = [["Sex", "Religion", "Contract", "Age band", "FTE", "Pool", "Unit", "Outcome"], *(["FM"[n % 2], "None", "Permanent", "40-49", "1", "A", "B", "retained"] for n in range(30))]
counts = [["Sex", "Staff in scope", "Selected"], ["Female", "20", "9"], ["Male", "20", "2"]]
for rows in (people, counts):
    for row in (0, 2):
        for column in range(len(rows[0])):
            made = [each[:] for each in rows]
            made[row][column] = text
            data = "\\n".join(",".join(each) for each in made).encode()
            for given in (data, text.encode() + b"\\n\\n" + data):
                try:
                    read_evidence(Case(), folder=Path(), main=given)
                except EiaError as error:
                    assert len(str(error)) < 5_000
print("read")
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", STRINGS)
def test_a_long_cell_holds_nobody_up(kind: str) -> None:
    program = f"STRINGS = {STRINGS!r}\n{READ}"
    ran = subprocess.run([sys.executable, "-", kind], input=program, capture_output=True, text=True, timeout=120, check=False)  # fmt: skip
    assert ran.stdout == "read\n", ran.stderr[-2000:]


def test_cells_and_headers_are_cut_in_files_and_frames() -> None:
    long = "A" * 5_000
    file = open_table(table([[long, "F"]] * 3, [long, "sex"]))
    frame = open_table(pd.DataFrame({long: [long] * 3, "sex": ["F"] * 3}))
    for one in (file, frame):
        assert len(one.headers[0]) == len(one.sample[0][0]) == budget.CELL_CHARACTERS
        assert [len(cell) for cell in one.read([0], None).texts[0].cat.categories] == [budget.CELL_CHARACTERS]


def test_rows_are_counted_once_for_all_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = open_table(table([[f"F{n}"] for n in range(50)], ["sex"]))
    column = file_columns(raw, raw.read([0], None), {"sex": 0})["sex"]
    column.rows_with(0)
    monkeypatch.setattr(np, "count_nonzero", lambda *_: pytest.fail("counted again"))
    monkeypatch.setattr(np, "bincount", lambda *_, **__: pytest.fail("counted again"))
    assert [column.rows_with(cell) for cell in range(50)] == [1] * 50


def test_rows_that_no_filling_mends_are_refused_and_not_read_for_ever() -> None:
    body = b"Total,group,pool,]\n" + b"".join(b"Total,%s,%s,],9\n" % (one, pool) for pool in b"AB".split(b"x") for one in (b"Female", b"Male")) * 2  # fmt: skip
    with pytest.raises(EiaError) as error:
        read_evidence(Case(), folder=Path(), main=body)
    assert [fault.code for fault in error.value.faults] == ["not-a-table"]


def test_a_bound_beyond_all_numbers_is_no_warning() -> None:
    pool = ScoredPool(np.full(400, 20), np.full(400, 3), np.eye(400))
    assert _most_tables(pool) == np.inf


@pytest.mark.parametrize("text", ["1", "1.", "1.5", ".5", "+1", "-1.0"])
def test_numbers_are_still_numbers(text: str) -> None:
    assert _NUMBER.fullmatch(text)
    assert not re.fullmatch(_NUMBER, text + "x")
    assert refused(b"sex,pool\nF,A,x\n").faults


def test_leave_and_vacancies_have_a_bound_together() -> None:
    leave = open_table(b"leave type\n" + b"Pregnancy\n" * 2_300, name="leave.csv")
    vacancies = open_table(table([[f"V{n}", "01/02/2027"] for n in range(2_300)], ["vacancy", "opens"]), name="v.csv")
    faults = Faults()
    assert read_redeployment({"leave": leave, "vacancies": vacancies}, Case(), None, faults) is None
    assert [fault.code for fault in faults] == ["too-many-vacancies"]
