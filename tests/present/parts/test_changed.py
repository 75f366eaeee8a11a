"""What changed since the version before is told by group; nothing is told where nothing changed, and another case is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import WHEN, assessed, case, pools, run, write

from eia.errors import EiaError
from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.findings.record import from_json, to_json
from eia.present.documents.draft import draft
from eia.present.documents.model import Heading, Table
from eia.present.parts.changed import changed, changes_told

BEFORE = pools(A=(18, 20, 2, 20), none=(0, 30, 0, 30))
AFTER = pools(A=(10, 20, 10, 20), none=(0, 30, 0, 30))


def later(folder: Path, then: Assessment, data: bytes, **choices: object) -> Assessment:
    """An assessment of a file that knows the record of the one before."""
    return assess(data, case(**choices), previous=write(folder, "v1.json", to_json(then)), when=WHEN)


def test_a_gap_that_went_is_told_once_and_not_from_both_sides(tmp_path: Path) -> None:
    now = later(tmp_path, assessed(BEFORE), AFTER)
    assert now.since is not None
    assert [one.group.label for one in now.since.levels] == ["Female", "Male"]
    told = changes_told(now.since)
    assert len(told) == 1
    assert told[0].startswith("Women:")
    assert "8 more than expected" in told[0]
    assert any("since the version of" in block.text for block in draft(now).blocks if isinstance(block, Heading))


def test_nothing_is_told_where_nothing_changed_or_there_is_no_version_before(tmp_path: Path) -> None:
    same = later(tmp_path, assessed(BEFORE), BEFORE)
    assert same.since is not None
    assert (same.since.changed, same.since.new, same.since.gone) == ((), (), ())
    assert list(changed(same.since)) == list(changed(assessed(BEFORE).since)) == []


def test_versions_of_the_same_choices_and_other_files_are_told_apart(tmp_path: Path) -> None:
    then = assessed(BEFORE)
    now = later(tmp_path, then, AFTER)
    versions = next(block for block in draft(now).blocks if isinstance(block, Table) and "Versions" in block.title)
    (_, _, case_now, files_now, _), (_, _, case_then, files_then, _) = versions.rows
    assert case_now == case_then
    assert files_now != files_then
    assert files_then == then.files_hash[:12]


def test_groups_that_are_new_or_gone_are_named(tmp_path: Path) -> None:
    with_faith = b"sex,religion,pool,outcome\n" + b"F,Sikh,A,selected\nM,Christian,A,retained\n" * 20
    without = b"sex,pool,outcome\n" + b"F,A,selected\nM,A,retained\n" * 20
    more, fewer = (
        later(tmp_path, assessed(without), with_faith).since,
        later(tmp_path, assessed(with_faith), without).since,
    )
    assert more is not None
    assert fewer is not None
    assert {group.label for _, group in more.new} == {group.label for _, group in fewer.gone} >= {"Sikh", "Christian"}
    assert (more.gone, fewer.new) == ((), ())
    assert "Sikh" in changes_told(more)[-1]


def test_the_record_keeps_what_changed(tmp_path: Path) -> None:
    now = later(tmp_path, assessed(BEFORE), AFTER)
    again = from_json(to_json(now))
    assert again.since == now.since
    assert to_json(again) == to_json(now)


def test_a_record_of_another_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EiaError) as error:
        later(tmp_path, assessed(BEFORE), AFTER, title="Another review")
    assert error.value.faults[0].code == "another-case"


def test_the_case_or_the_command_names_the_version_before(tmp_path: Path) -> None:
    write(tmp_path, "staff.csv", AFTER)
    (tmp_path / "v1").mkdir()
    write(tmp_path / "v1", "assessment.json", to_json(assessed(BEFORE)))
    text = 'format = 1\ntitle = "Finance review"\n[files]\nworkforce = "staff.csv"\n'
    plain = write(tmp_path, "plain.toml", text)
    naming = write(tmp_path, "case.toml", text + 'previous = "v1/assessment.json"\n')
    for place, arguments in enumerate(((plain, "--previous", tmp_path / "v1"), (naming,))):
        out = tmp_path / f"out{place}"
        reply = run("assess", *arguments, "--only", "draft", "--out", out)
        assert reply.code == 0, reply.err
        assert "since the version of" in (out / "confidential/draft.md").read_text(encoding="utf-8")


def test_the_publishable_edition_tells_nothing_of_it(tmp_path: Path) -> None:
    now = later(tmp_path, assessed(BEFORE), AFTER)
    now.publish(tmp_path / "out")
    text = (tmp_path / "out/draft.md").read_text(encoding="utf-8")
    assert "About this assessment" in text
    assert "since the version of" not in text
    assert "The one before" not in text
