"""A report is written whole or not at all, replaces the one before it, and touches nothing that is not its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from assessments import sample

from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.present.documents.publishable import PUBLIC
from eia.present.documents.write_report import DOCUMENTS, report_files, told, write_report
from eia.present.formats.paper_files import file_names


def held(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def texts(assessment: Assessment) -> dict[str, bytes]:
    return {f"confidential/{name}": text.encode() for name, text in report_files(assessment).items()}


def names(folder: Path, edition: str, ending: str) -> set[str]:
    return {path.stem for path in (folder / edition).glob(f"*.{ending}")}


def test_the_files_are_those_of_the_report(tmp_path: Path) -> None:
    written = write_report(sample("found"), tmp_path / "a" / "b")
    there = held(tmp_path / "a" / "b")
    assert texts(sample("found")).items() <= there.items()
    assert list(written.pages) == list(written.sent) == list(DOCUMENTS)
    sent = {path.name for paths in written.sent.values() for path in paths}
    assert sent == {name for stem in DOCUMENTS for name in file_names(stem)}
    assert written.charts is not None
    files = (
        *written.pages.values(),
        *(path for paths in written.sent.values() for path in paths),
        written.charts,
        written.record,
    )
    assert all(path.is_file() for path in files)
    for edition in ("confidential", "publishable"):
        shown = {name for name in there if name.startswith(f"{edition}/charts/")}
        assert {Path(name).suffix for name in shown} == {".png", ".svg", ".csv"}
    assert names(tmp_path / "a/b", "publishable", "html") == set(PUBLIC)
    for ending in ("docx", "pdf", "html", "md"):
        assert names(tmp_path / "a/b", "confidential", ending) == set(DOCUMENTS)
        assert names(tmp_path / "a/b", "publishable", ending) == set(PUBLIC)
    assert {"figures.xlsx", "figures.csv", "published.json"} <= {
        path.name for path in (tmp_path / "a/b/publishable").iterdir()
    }


@pytest.mark.parametrize("only", DOCUMENTS)
def test_one_document_alone_can_be_written(only: str, tmp_path: Path) -> None:
    written = write_report(sample("found"), tmp_path, [only])
    assert list(written.pages) == [only]
    assert names(tmp_path, "confidential", "html") == {only}
    assert names(tmp_path, "publishable", "html") == {only} & set(PUBLIC)
    assert (written.published is not None) is (only in PUBLIC)
    assert ("--only annex" in " ".join(told(written))) is (only not in ("annex", "members-sheet"))


def test_writing_one_document_leaves_the_charts_of_the_others(tmp_path: Path) -> None:
    write_report(sample("found"), tmp_path)
    before = held(tmp_path)
    write_report(sample("found"), tmp_path, ["draft"])
    assert held(tmp_path) == before


def test_a_second_report_replaces_the_first_and_its_charts(tmp_path: Path) -> None:
    write_report(sample("stages"), tmp_path)
    write_report(sample("one group"), tmp_path)
    write_report(sample("one group"), tmp_path / "new")
    alone = held(tmp_path / "new")
    assert {name: content for name, content in held(tmp_path).items() if not name.startswith("new/")} == alone


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write_report(sample("found"), tmp_path)
    first = held(tmp_path)
    write_report(sample("found"), tmp_path)
    assert held(tmp_path) == first


def test_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "confidential/charts").mkdir(parents=True)
    (tmp_path / "publishable").mkdir()
    ours = {
        "notes.txt": "n",
        "publishable/letter.md": "l",
        "confidential/charts/mine.svg": "<svg/>",
        "confidential/charts/selection-odds-99.svg": "<svg/>",
    }
    for name, text in ours.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    write_report(sample("found"), tmp_path)
    write_report(sample("one group"), tmp_path)
    assert {name: text.encode() for name, text in ours.items()}.items() <= held(tmp_path).items()


@pytest.mark.parametrize(
    "taken",
    ["confidential/draft.html", "confidential/annex.md", "confidential/assessment.json", "publishable/response.md"],
)
def test_where_a_folder_is_in_the_way_nothing_is_written_or_removed(taken: str, tmp_path: Path) -> None:
    write_report(sample("stages"), tmp_path)
    (tmp_path / taken).unlink()
    (tmp_path / taken).mkdir()
    before = held(tmp_path)
    with pytest.raises(EiaError) as caught:
        write_report(sample("found"), tmp_path)
    code = (
        "would-overwrite" if taken.endswith("assessment.json") else "cannot-write"
    )  # pages without a record are of no report
    assert [fault.code for fault in caught.value.faults] == [code]
    assert held(tmp_path) == before
    assert not list(tmp_path.glob(".writing-*"))


@pytest.mark.parametrize("below", ["", "below", "below/further"])
def test_a_folder_that_cannot_be_made_is_one_message_and_leaves_nothing(below: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(EiaError) as caught:
        write_report(sample("found"), tmp_path / "file" / below)
    assert len(caught.value.faults) == 1
    assert caught.value.faults[0].do
    assert held(tmp_path) == {"file": b"x"}


def test_a_disk_that_fills_up_leaves_the_report_before_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_report(sample("found"), tmp_path)
    before = held(tmp_path)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EiaError):
        write_report(sample("stages"), tmp_path)
    assert held(tmp_path) == before
    assert not list(tmp_path.glob(".writing-*"))


def test_where_nothing_may_be_published_the_reason_is_said_and_an_earlier_edition_goes(tmp_path: Path) -> None:
    write_report(sample("found"), tmp_path)
    kept = tmp_path / "publishable/letter.txt"
    kept.write_text("mine")
    written = write_report(sample("counts in ranges"), tmp_path)
    assert written.published is None
    assert "ranges" in written.refused
    assert [path for path in (tmp_path / "publishable").rglob("*") if path.is_file()] == [kept]
    assert written.refused in " ".join(told(written))


def test_a_folder_that_is_not_ours_keeps_its_files_where_nothing_may_be_published(tmp_path: Path) -> None:
    theirs = tmp_path / "publishable/figures.csv"
    theirs.parent.mkdir()
    theirs.write_text("mine")
    write_report(sample("counts in ranges"), tmp_path)
    assert theirs.read_text() == "mine"


def test_each_edition_is_said_to_be_for_whom(tmp_path: Path) -> None:
    said = told(write_report(sample("found"), tmp_path))
    assert all(len(line.splitlines()) == 1 for line in said)
    first = {
        edition: next(line for line in said if line.startswith(str(tmp_path / edition)))
        for edition in ("confidential", "publishable")
    }
    assert "Do not publish" in first["confidential"]
    assert "members’ sheet" in first["confidential"]  # its pages are marked as what may be published
    assert "may be published" in first["publishable"]
