"""Whatever is wrong with the files: one message with every fault, where and what to do, and never what a cell holds."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import CANARY, everything_said, figures, refused, run, write

from eia.case import Case, read_case
from eia.errors import EiaError
from eia.findings.assess import assess_evidence
from eia.intake.evidence import read_evidence, read_workforce

HEADERS = "reference,name,sex,pool,outcome,fte,date of birth"
OTHERS = (
    f"A2,{CANARY},Male,Clerks,retained,1,02/03/1970",
    f"A3,{CANARY},Female,Clerks,retained,0.5,1985-11-30",
)
DATED = 'format = 1\n[dates]\nextract = 2026-09-30\n[files]\nworkforce = "staff.csv"\n'
COUNTS = "characteristic,group,pool,people,selected"


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr("xl/workbook.xml", CANARY)
    return file.getvalue()


@dataclass(frozen=True)
class Bad:
    """Files with one thing wrong, and the fault expected."""

    code: str
    files: Mapping[str, bytes | str]
    rows: tuple[int, ...] = ()
    column: str | None = None
    main: str = "case.toml"
    file: str = "staff.csv"
    options: tuple[str, ...] = field(default=())


def people(*rows: str, headers: str = HEADERS, toml: str = DATED, end: str = "\n") -> dict[str, bytes | str]:
    return {"case.toml": toml, "staff.csv": end.join([headers, *rows, *OTHERS]) + end}


def bare(data: bytes | str) -> dict[str, bytes | str]:
    return {"staff.csv": data}


def chosen(staff: str, selections: str) -> dict[str, bytes | str]:
    toml = 'format = 1\n[files]\nworkforce = "staff.csv"\nselections = "chosen.csv"\n'
    return {"case.toml": toml, "staff.csv": staff, "chosen.csv": selections}


def counts(*rows: str, headers: str = COUNTS) -> dict[str, bytes | str]:
    return {"counts.csv": "\n".join([headers, *rows]) + "\n"}


def whole(*shares: str, headers: str = "characteristic,group,share") -> dict[str, bytes | str]:
    toml = 'format = 1\n[files]\ncounts = "counts.csv"\nwhole_workforce = "whole.csv"\n'
    table = counts("sex,Female,Clerks,6,3", "sex,Male,Clerks,4,1")
    return {"case.toml": toml, **table, "whole.csv": "\n".join([headers, *shares]) + "\n"}


STAFF = f"reference,name,sex\nA1,{CANARY},F\nA2,{CANARY},M\n"
BAD = {
    "empty file": Bad("empty-file", bare(b""), main="staff.csv"),
    "blank file": Bad("empty-file", bare(b" \r\n\n"), main="staff.csv"),
    "only a mark of its encoding": Bad("empty-file", bare(b"\xef\xbb\xbf"), main="staff.csv"),
    "headers only": Bad("headers-only", bare("sex,pool\n\n"), main="staff.csv"),
    "headers and empty cells only": Bad("headers-only", bare("sex,pool\n,\n,\n"), main="staff.csv"),
    "no characteristic": Bad("no-characteristic", bare(f"name,town\n{CANARY},York\n"), (1,), main="staff.csv"),
    "no headers": Bad("no-characteristic", bare(f"{CANARY},F,A\nJo,M,B\n"), (1,), main="staff.csv"),
    "every characteristic held back": Bad("all-held-back", bare(f"sex,pool\n{CANARY},A\n{CANARY},A\nM,A\n"), main="staff.csv"),
    "selected without a pool": Bad("selected-without-pool", people(f"A1,{CANARY},Female,,selected,1,"), (2,)),
    "unknown outcome": Bad("unknown-outcome", people(f"A1,x,Female,Clerks,{CANARY},1,"), (2,), "outcome"),
    "outcome missing where others are given": Bad("no-outcome-given", people(f"A1,{CANARY},Female,Clerks,,1,"), (2,), "outcome"),
    "duplicate references": Bad("duplicate-reference", people(f"{CANARY},x,Female,Clerks,selected,1,", f"{CANARY} ,x,Male,Clerks,selected,1,"), (2, 3), "reference"),
    "missing reference": Bad("blank-reference", people(f",{CANARY},Female,Clerks,selected,1,"), (2,), "reference"),
    "negative FTE": Bad("negative-number", people(f"A1,{CANARY},Female,Clerks,selected,-0.5,"), (2,), "fte"),
    "FTE that is no number": Bad("not-a-number", people(f"A1,x,Female,Clerks,selected,{CANARY},"), (2,), "fte"),
    "FTE as Python writes numbers": Bad("not-a-number", people(f"A1,{CANARY},Female,Clerks,selected,1_0,"), (2,), "fte"),
    "FTE out of range": Bad("out-of-range", people(f"A1,{CANARY},Female,Clerks,selected,37.5,"), (2,), "fte"),
    "FTE beyond all bounds": Bad("out-of-range", people(f"A1,{CANARY},Female,Clerks,selected,{'9' * 400},"), (2,), "fte"),
    "date before 1900": Bad("date-before-1900", people(f"A1,{CANARY},Female,Clerks,selected,1,31/12/1899"), (2,), "date of birth"),
    "date after the extract": Bad("date-too-late", people(f"A1,{CANARY},Female,Clerks,selected,1,01/10/2026"), (2,), "date of birth"),
    "date that is none": Bad("not-a-date", people(f"A1,x,Female,Clerks,selected,1,{CANARY}"), (2,), "date of birth"),
    "day that the calendar lacks": Bad("not-a-date", people(f"A1,{CANARY},Female,Clerks,selected,1,31/02/1980"), (2,), "date of birth"),
    "birth as a child of three": Bad("out-of-range", people(f"A1,{CANARY},Female,Clerks,selected,1,01/10/2022"), (2,), "date of birth"),
    "no day to count ages on": Bad("no-date-to-count-to", people(toml='format = 1\n[files]\nworkforce = "staff.csv"\n'), file="case.toml"),
    "age out of range": Bad("out-of-range", bare(f"age,name\n140,{CANARY}\n30,x\n"), (2,), "age", main="staff.csv"),
    "a cell too many": Bad("ragged-rows", people(f"A1,x,Female,Clerks,selected,1,,{CANARY}"), (2,)),
    "a cell too few": Bad("ragged-rows", people(f"A1,{CANARY},Female,Clerks"), (2,)),
    "a cell too many beside a letter as Windows writes it": Bad("ragged-rows", bare(f"name,sex\nJo,F\ncaf\xe9,F,{CANARY}\n".encode("cp1252")), (3,), main="staff.csv"),
    "totals amid the others": Bad("totals-amid-people", bare(f"unit,sex,name\nA,F,{CANARY}\nTotal,,\nB,M,x\n"), (3,), main="staff.csv"),
    "a person where the headers should be": Bad("no-headers", bare(f"{CANARY},F,Disabled,Clerks\nx,M,No,Clerks\ny,F,No,Cooks\n"), (1,), main="staff.csv"),
    "a quotation mark never closed": Bad("ragged-rows", people(f'A1,"{CANARY},Female,Clerks,selected,1,'), (2,)),
    "a quotation mark never closed in a long file": Bad("ragged-rows", people(f'A1,"{CANARY},Female,Clerks,selected,1,', *OTHERS * 3000), (2,)),
    "a picture": Bad("not-text", bare(b"\x89PNG\r\n\x1a\n" + CANARY.encode()), main="staff.csv"),
    "a spreadsheet that is none": Bad("damaged-workbook", bare(zipped()), main="staff.csv"),
    "an old spreadsheet": Bad("not-text", bare(b"\xd0\xcf\x11\xe0\xa1\xb1" + CANARY.encode()), main="staff.csv"),
    "a PDF": Bad("not-text", bare(b"%PDF-1.7\n" + CANARY.encode()), main="staff.csv"),
    "a compressed file": Bad("not-text", bare(gzip.compress(people(toml="")["staff.csv"].encode())), main="staff.csv"),  # type: ignore[union-attr]
    "NULs": Bad("not-text", bare(f"sex,pool\0\nF,{CANARY}\n".encode()), main="staff.csv"),
    "a NUL far down": Bad("not-text", bare(b"sex,pool\n" + b"F,A\n" * 5000 + f"M,{CANARY}\0\n".encode()), main="staff.csv"),
    "UTF-16 cut short": Bad("not-text", bare(f"sex,pool\nF,{CANARY}\n".encode("utf-16")[:-1]), main="staff.csv"),
    "UTF-32": Bad("not-text", bare(f"sex,pool\nF,{CANARY}\n".encode("utf-32")), main="staff.csv"),
    "text in no known encoding": Bad("undecodable", bare(f"sex,pool\nF,A\nM,{CANARY}".encode() + b"\x81\x8d\n"), (3,), main="staff.csv"),
    "text that is not what its mark says": Bad("undecodable", bare(b"\xef\xbb\xbfsex,pool\nF,A\nM,caf\xe9 " + CANARY.encode() + b"\n"), (3,), main="staff.csv"),
    "missing file": Bad("file-unreadable", {}, main="staff.csv"),
    "missing file of a case": Bad("file-unreadable", {"case.toml": DATED}),
    "missing case": Bad("no-case-file", {}, file="case.toml"),
    "a folder": Bad("file-unreadable", {}, main=".", file=""),
    "a case that names no file": Bad("no-file", {"case.toml": "format = 1\n"}, file="case.toml"),
    "5,000 columns": Bad("too-many-columns", bare(",".join(f"c{i}" for i in range(5000)) + "\n" + "x," * 4999 + CANARY + "\n"), main="staff.csv"),
    "repeated headers": Bad("two-headers", bare(f"sex,sex,name\nF,F,{CANARY}\n"), (1,), main="staff.csv"),
    "a repeated header that the case names": Bad("no-such-header", people(f"A1,{CANARY},Female,Clerks,selected,1,", headers="reference,fte,sex,pool,outcome,fte,x", toml=DATED + '[columns]\nfte = "fte"\n'), (1,)),
    "two headers for one column": Bad("two-headers", bare(f"ethnicity,Ethnic origin,name\nWhite,White,{CANARY}\n"), (1,), main="staff.csv"),
    "a case naming a header that is not there": Bad("no-such-header", people(toml=DATED + '[columns]\nsex = "Geschlecht"\n'), (1,)),
    "a case naming a column that is not known": Bad("case-unknown-column", people(toml=DATED + '[columns]\nsecks = "sex"\n'), file="case.toml"),
    "a case naming a pool that is not there": Bad("no-such-pool", people(f"A1,x,Female,{CANARY},selected,1,", toml=DATED + '[pools."Zebedee"]\nto_go = 1\n'), file="case.toml"),
    "more to go than people": Bad("more-to-go-than-people", people(f"A1,{CANARY},Female,Clerks,selected,1,", toml=DATED + "[pools.Clerks]\nto_go = 9\n"), file="case.toml"),
    "a number to go for some pools only": Bad("to-go-missing", {"case.toml": 'format = 1\n[files]\nworkforce = "staff.csv"\n[pools.A]\nto_go = 1\n', "staff.csv": f"sex,name,pool\nF,{CANARY},A\nM,x,B\nF,x,B\n"}, file="case.toml"),
    "selections of people not in the file": Bad("selected-not-in-file", chosen(STAFF, f"reference,pool,outcome\nA1,A,selected\n{CANARY},A,selected\n"), (3,), file="chosen.csv"),
    "selections listing someone twice": Bad("duplicate-reference", chosen(STAFF, "reference,pool,outcome\nA1,A,selected\nA1,A,retained\n"), (2, 3), "reference", file="chosen.csv"),
    "no reference in the workforce": Bad("no-reference", chosen(f"name,sex\n{CANARY},F\n", "reference,outcome\nA1,selected\n"), (1,)),
    "no reference in the selections": Bad("no-reference", chosen(STAFF, f"name,outcome\n{CANARY},selected\n"), (1,), file="chosen.csv"),
    "no outcome in the selections": Bad("no-outcome", chosen(STAFF, "reference,pool\nA1,A\n"), (1,), file="chosen.csv"),
    "someone selected whose pool the selections do not say": Bad("selected-without-pool", chosen(STAFF, "reference,pool,outcome\nA1,A,retained\nA2,,selected\n"), (3,), file="chosen.csv"),
    "unknown outcome in the selections": Bad("unknown-outcome", chosen(STAFF, f"reference,pool,outcome\nA1,A,{CANARY}\n"), (2,), "outcome", file="chosen.csv"),
    "more selected than people": Bad("selected-exceed-people", counts("sex,Female,A,3,4", "sex,Male,A,3,1"), (2,), main="counts.csv", file="counts.csv"),
    "negative counts": Bad("not-a-count", counts("sex,Female,A,-3,0", "sex,Male,A,3,1"), (2,), "people", main="counts.csv", file="counts.csv"),
    "decimal counts": Bad("not-a-count", counts("sex,Female,A,3,1", "sex,Male,A,3,1.5"), (3,), "selected", main="counts.csv", file="counts.csv"),
    "a mark that nobody knows": Bad("not-a-count", counts("sex,Female,A,76**,1", "sex,Male,A,3,-"), (2,), "people", main="counts.csv", file="counts.csv"),
    "a withheld count without a total": Bad("nothing-limits", counts("sex,Female,A,*,1", "sex,Male,A,3,1"), (2,), main="counts.csv", file="counts.csv"),
    "a percentage of nobody knows what": Bad("percentages-without-base", counts("sex,Female,A,60%,15%", "sex,Male,A,40%,10%"), column="people", main="counts.csv", file="counts.csv"),
    "a total that its groups do not make": Bad("figures-disagree", counts("sex,Female,A,3,1", "sex,Male,A,3,1", "sex,Total,A,7,2"), (2, 3, 4), main="counts.csv", file="counts.csv"),
    "two columns of people": Bad("two-headers", counts("sex,Female,A,3,1", "sex,Male,A,3,1", headers="characteristic,group,pool,people,headcount"), (1,), main="counts.csv", file="counts.csv"),
    "a count that is a name": Bad("not-a-count", counts(f"sex,Female,A,{CANARY},1", "sex,Male,A,3,1"), (2,), "people", main="counts.csv", file="counts.csv"),
    "a count beyond all bounds": Bad("not-a-count", counts(f"sex,Female,A,{'9' * 30},1", "sex,Male,A,3,1"), (2,), "people", main="counts.csv", file="counts.csv"),
    "an empty count": Bad("no-people-given", counts("sex,Female,A,,1", "sex,Male,A,3,1"), (2,), main="counts.csv", file="counts.csv"),
    "a number selected missing where others are given": Bad("no-selected-given", counts("sex,Female,A,3,", "sex,Male,A,3,1"), (2,), main="counts.csv", file="counts.csv"),
    "counts selected outside any pool": Bad("selected-without-pool", counts("sex,Female,,3,1", "sex,Male,A,3,1"), (2,), main="counts.csv", file="counts.csv"),
    "a row of counts twice": Bad("repeated-row", counts("sex,Female,A,3,1", "sex,Male,A,3,1", "sex,Female,A,3,1"), (4,), main="counts.csv", file="counts.csv"),
    "a row of counts twice in other words": Bad("repeated-row", counts("sex,Female,A,3,1", "sex,Male,A,3,1", "Sex,F,A,3,1"), (4,), main="counts.csv", file="counts.csv"),
    "shares and no counts": Bad("shares-only", counts("sex,Female,0.4", "sex,Male,0.6", headers="characteristic,group,share"), main="counts.csv", file="counts.csv"),
    "shares that do not add up": Bad("shares-do-not-add-up", whole("sex,Female,0.4", "sex,Male,0.5"), file="whole.csv"),
    "shares above 1": Bad("not-a-count", whole("sex,Female,40", "sex,Male,60"), (2, 3), "share", file="whole.csv"),
    "shares that leave out a group in pools": Bad("group-left-out", whole("sex,Female,1.0"), file="whole.csv"),
    "a whole workforce smaller than its pools": Bad("fewer-than-in-pools", whole("sex,Female,5", "sex,Male,9", headers="characteristic,group,people"), file="whole.csv"),
    "a whole workforce with other groups": Bad("unknown-group", whole("sex,Female,0.5", "sex,Male,0.4", "sex,Everyone else,0.1"), file="whole.csv"),
    "a whole workforce with a group that is none": Bad("unknown-group-label", whole("sex,Female,0.4", "sex,Male,0.2", f"sex,{CANARY},0.4"), (4,), "group", file="whole.csv"),
    "counts of a group that is none": Bad("unknown-group-label", counts("sex,Female,A,3,1", f"sex,{CANARY},A,3,1"), (3,), "group", main="counts.csv", file="counts.csv"),
    "counts of pools called nearly the same": Bad("pools-alike", counts("sex,Female,A,3,1", "sex,Male,A,3,1", "sex,Male,a,3,1"), (4,), main="counts.csv", file="counts.csv"),
    "a whole workforce that is no table of counts": Bad("not-counts", whole(f"{CANARY},F", headers="name,sex"), (1,), file="whole.csv"),
    "selections beside counts": Bad("counts-and-selections", counts("sex,Female,A,3,1", "sex,Male,A,3,1") | {"chosen.csv": "reference,outcome\nA1,selected\n"}, main="counts.csv", file="counts.csv", options=("--selections", "chosen.csv")),
}  # fmt: skip


def laid_out(folder: Path, bad: Bad) -> Path:
    for name, data in bad.files.items():
        write(folder, name, data)
    return folder / bad.main


def error_of(main: Path, options: tuple[str, ...]) -> EiaError:
    """The error that the files are refused with, read as the command line reads them."""
    with pytest.raises(EiaError) as caught:
        assess_files(main, main.parent / options[1] if options else None)
    return caught.value


def assess_files(main: Path, selections: Path | None) -> None:
    case = read_case(main) if main.suffix == ".toml" else Case()
    own = None if main.suffix == ".toml" else main
    evidence = read_evidence(case, folder=main.parent, main=own, selections=selections)
    assess_evidence(evidence, case)


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_input_is_refused_by_its_fault_and_where_it_is(bad: Bad, tmp_path: Path) -> None:
    error = error_of(laid_out(tmp_path, bad), bad.options)
    found = [fault for fault in error.faults if fault.code == bad.code]
    assert found
    fault = found[0]
    assert fault.row == bad.rows
    assert bad.column is None or fault.column == bad.column
    assert fault.file in (bad.file, tmp_path.name)
    assert fault.what.endswith(".")
    assert fault.allowed
    assert fault.do
    assert fault.do.endswith((".", "?"))
    assert CANARY not in everything_said(error)


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_the_command_line_refuses_bad_input_in_one_message_and_writes_nothing(
    bad: Bad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    main = laid_out(tmp_path, bad)
    before = sorted(path.name for path in tmp_path.rglob("*"))
    for arguments in (("assess", main, *bad.options), ("assess", main, "--out", "report", *bad.options)):
        reply = run(*arguments)
        assert reply.code == 2
        assert reply.out == ""
        assert "before this can be assessed" in reply.err.splitlines()[0]
        assert "Where: " in reply.err
        assert "What to do: " in reply.err
        assert "Traceback" not in reply.err
        assert CANARY not in reply.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_several_faults_are_listed_in_one_message() -> None:
    data = (
        f"reference,name,sex,pool,outcome,fte,age\n"
        f"A1,{CANARY},Female,,selected,1,30\n"
        f"A1,{CANARY},Female,Clerks,perhaps,-1,200\n"
        f",{CANARY},Male,Clerks,retained,x,40\n"
    ).encode()
    error = refused(data, Case.model_validate({"pools": {"Porters": {"to_go": 1}}}))
    assert {fault.code for fault in error.faults} == {
        "duplicate-reference", "blank-reference", "selected-without-pool", "unknown-outcome", "no-such-pool",
        "negative-number", "not-a-number", "out-of-range",
    }  # fmt: skip
    assert str(error).startswith(f"{len(error.faults)} things need putting right")
    assert all(f"\n{number}. " in str(error) for number in range(1, len(error.faults) + 1))
    assert CANARY not in everything_said(error)


def test_faults_of_both_files_are_listed_together() -> None:
    error = refused(
        f"reference,sex,fte\nA1,F,{CANARY}\nA2,M,1\n".encode(),
        selections=f"reference,pool,outcome\nA1,A,{CANARY}\n{CANARY},A,selected\n".encode(),
    )
    assert {(fault.code, fault.file) for fault in error.faults} == {
        ("not-a-number", "staff.csv"), ("unknown-outcome", "selections"), ("selected-not-in-file", "selections"),
    }  # fmt: skip
    assert CANARY not in everything_said(error)


FORMS = {
    "as it is": lambda text: text.encode(),
    "with a mark of its encoding": lambda text: text.encode("utf-8-sig"),
    "with two characters a line end": lambda text: text.replace("\n", "\r\n").encode(),
    "as UTF-16": lambda text: text.encode("utf-16"),
    "as Windows-1252": lambda text: text.replace("note", "caf\xe9").encode("cp1252"),
    "with empty lines at its end": lambda text: text.encode() + b"\n\r\n\n  \n",
    "with rows of empty cells at its end": lambda text: text.encode() + b",,,,\n,,,,\n",
    "with a line end in a quoted cell": lambda text: text.replace("note", '"one\ntwo\n\nthree"').encode(),
    "with a line end in a quoted header": lambda text: text.replace("remark", '"remark\n(in brief)"').encode(),
    "with quoted cells": lambda text: text.replace("Clerks", '"Clerks, senior"').encode(),
    "without a line end at its end": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_row_numbers_are_those_of_a_spreadsheet(form) -> None:
    rows = ["F,Clerks,retained,note,30", "M,Clerks,retained,note,31", "F,,selected,note,32", "M,Clerks,selected,x,200"]
    error = refused(form("\n".join(["sex,pool,outcome,remark,age", *rows, ""])))
    assert {(fault.code, fault.row) for fault in error.faults} == {
        ("selected-without-pool", (4,)), ("out-of-range", (5,)),
    }  # fmt: skip


def test_long_lists_of_rows_are_cut_and_counted() -> None:
    rows = "F,,selected\n" * 1234
    error = refused(f"sex,pool,outcome\n{rows}M,A,retained\n".encode())
    (listed,) = [line for line in str(error).splitlines() if "rows" in line]
    assert figures(listed) == ["2", "3", "4", "5", "6", "1,229"]


def test_a_label_is_quoted_only_where_five_rows_share_it_and_it_is_short() -> None:
    def said(label: str, rows: int) -> str:
        data = ("sex,pool,outcome\n" + f"F,A,{label}\n" * rows + "M,A,retained\n").encode()
        try:
            return repr(read_workforce(data).intake.questions)
        except EiaError as error:
            return str(error)

    assert "Perhaps" in said("Perhaps", 5)
    assert "Perhaps" not in said("Perhaps", 4)
    assert "Perhaps" not in said("Perhaps " * 8, 50)


def test_the_nearest_pool_is_named_only_where_it_may_be_quoted() -> None:
    def said(rows: int) -> str:
        case = Case.model_validate({"pools": {"Clerk": {"to_go": 1}}})
        return str(refused(b"sex,pool,outcome\n" + b"F,Clerks,retained\n" * rows, case))

    assert "Did you mean “Clerks”?" in said(5)
    assert "Clerks" not in said(4)


def test_a_message_does_nothing_to_a_terminal() -> None:
    assert "\x07" not in str(refused(b"sex,pool,\x07outcome\nF,A,yes\n"))
    error = refused("sex,pool,outcome,\u202efte\n".encode() + b"F,A,\x1b[31mred,x\n" * 4)
    assert {fault.code for fault in error.faults} == {"unknown-outcome", "not-a-number"}
    assert not {"\x1b", "\u202e"} & set(str(error))


@settings(deadline=None, max_examples=150)
@given(st.binary(min_size=1, max_size=600))
def test_random_bytes_are_refused_and_not_given_back(data: bytes) -> None:
    error = refused(data + CANARY.encode())
    assert CANARY not in everything_said(error)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_never_breaks_anything(data: st.DataObject) -> None:
    text = bytearray("\n".join([HEADERS, *OTHERS, f"A4,{CANARY},Male,Cooks,selected,1,01/01/1990", ""]).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([b",", b'"', b"\n", b"\r", b";", b"\xff", b"\0", b"-", b"9"])
        )
    case = Case.model_validate({"dates": {"extract": "2026-09-30"}}, strict=False)
    said, people = "", 0
    try:
        people = read_workforce(bytes(text), case, name="staff.csv").people
    except EiaError as error:
        said = everything_said(error)
    assert people or "put" in said
    assert CANARY not in said
