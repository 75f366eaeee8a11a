"""``eia compare``: what changed between saved assessments, and one message where there is nothing to compare."""

from __future__ import annotations

from pathlib import Path

from made import assessed, pools, run, write

from eia.findings.record import to_json


def saved(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).mkdir()
    write(folder / name, "assessment.json", to_json(assessed(data)))
    return folder / name


def test_versions_are_compared_from_their_folders_or_files(tmp_path: Path) -> None:
    before, after = saved(tmp_path, "a", pools(A=(18, 20, 2, 20))), saved(tmp_path, "b", pools(A=(10, 20, 10, 20)))
    reply = run("compare", before, after / "assessment.json", "--out", tmp_path / "out")
    assert reply.code == 0, reply.err
    told = " ".join(reply.out.split())
    assert "Women: clear gap in 1 (8 more than expected), cannot say in 2 (as many as expected)" in told
    page = (tmp_path / "out" / "compare.html").read_text(encoding="utf-8")
    assert "What changed" in page
    assert "Evidence: 2" in page


def test_a_gap_of_a_group_that_the_other_case_does_not_have_is_told(tmp_path: Path) -> None:
    by_faith = (
        pools(A=(18, 20, 2, 20)).replace(b"sex", b"religion").replace(b"Female", b"Sikh").replace(b"Male", b"Hindu")
    )
    one, other = saved(tmp_path, "a", pools(A=(18, 20, 2, 20))), saved(tmp_path, "b", by_faith)
    for first, second in ((one, other), (other, one)):
        told = " ".join(run("compare", first, second).out.split())
        assert "Women: clear gap in" in told
        assert "has no such group" in told


def test_nothing_changed_is_said(tmp_path: Path) -> None:
    one = saved(tmp_path, "a", pools(A=(18, 20, 2, 20)))
    reply = run("compare", one, one)
    assert reply.code == 0
    assert "No gap opens, goes or moves by 5 people or more" in " ".join(reply.out.split())


def test_one_record_alone_and_what_is_no_record_are_refused(tmp_path: Path) -> None:
    one = saved(tmp_path, "a", pools(A=(18, 20, 2, 20)))
    assert run("compare", one).code == 2
    assert run("compare", one, write(tmp_path, "x.json", "{}")).code == 2
    reply = run("compare", one, tmp_path / "none.json")
    assert reply.code == 2
    assert "cannot be read" in reply.err
    assert "Traceback" not in reply.err
