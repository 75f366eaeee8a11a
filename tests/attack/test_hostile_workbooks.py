"""A workbook made to take all time or all memory ends the process that unpacks it, and is told in one sentence."""

import io
import zipfile

import pytest

from eia import budget
from eia.errors import EiaError
from eia.intake.files import workbook
from tests.workbooks import sheet_xml, xlsx

PEOPLE = [["Sex", "Pool", "Outcome"], ["Female", "A", "selected"], ["Male", "A", "retained"]]
SHEET = "xl/worksheets/sheet1.xml"


def codes(data):
    with pytest.raises(EiaError) as refused:
        workbook.sheet_text(data, "staff.xlsx", None)
    return [fault.code for fault in refused.value.faults]


def with_part(name, content):
    file = io.BytesIO(xlsx({"Staff": PEOPLE}))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("piece", [b"<f ", b"<f>", b"<f/> ", b"<f a", b"<f></f>"])
def test_formulas_are_looked_for_in_one_pass(piece):
    data = with_part("xl/worksheets/sheet9.xml", piece * 400_000)
    assert workbook.sheet_text(data, "staff.xlsx", None).text.count(b"\n") == 3


def test_our_process_unpacks_nothing(monkeypatch):
    def unpack(*_, **__):
        raise AssertionError("a part was unpacked here")

    data = xlsx({"Staff": PEOPLE})
    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)
    assert workbook.sheet_text(data, "staff.xlsx", None).sheet == "Staff"


@pytest.mark.parametrize("name", ["xl/media/image1.png", "xl/vbaProject.bin", "customXml/item1.xml", "a"])
def test_every_part_counts_towards_what_is_unpacked(name, monkeypatch):
    monkeypatch.setattr(budget, "WORKBOOK_BYTES_UNPACKED", 1 << 20)
    assert codes(with_part(name, bytes(2 << 20))) == ["workbook-too-large"]


def test_a_workbook_of_very_many_parts_is_refused(monkeypatch):
    monkeypatch.setattr(budget, "WORKBOOK_PARTS", 5)
    assert codes(xlsx({"Staff": PEOPLE})) == ["workbook-too-large"]


@pytest.mark.parametrize(("place", "row"), [("XFD1048576", 1048576), ("A1048576", 1048576), ("XFD2", 2)])
def test_one_cell_far_away_is_read_or_refused_in_one_sentence(place, row):
    far = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'
    data, found = xlsx({"Staff": sheet_xml(PEOPLE).replace("</sheetData>", far)}), []
    try:
        found = [workbook.sheet_text(data, "staff.xlsx", None).text[:16].decode()]
    except EiaError as refused:
        found = [fault.code for fault in refused.faults]
    assert found in (["Sex,Pool,Outcome"], ["workbook-too-large"])
