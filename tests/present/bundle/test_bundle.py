"""A bundle holds a version whole and nobody; the same version gives the same bytes; what was changed in it is found, and hostile zips are refused in one message."""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from made import CANARY, QUICK, WHEN, assessed, pools, run, write

from eia import budget
from eia.case import parse_case
from eia.errors import EiaError
from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.findings.record import from_json, to_json
from eia.present.bundle.read_bundle import BEFORE, SUMS, read_bundle
from eia.present.bundle.verify import verify
from eia.present.bundle.write_bundle import bundle_files
from eia.present.documents.write_report import DOCUMENTS

PEOPLE = pools(A=(18, 20, 2, 20), none=(0, 30, 0, 30))


@pytest.fixture(scope="module")
def version() -> Assessment:
    return assessed(PEOPLE, QUICK)


@pytest.fixture(scope="module")
def made(version: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundle") / "v1.zip"
    version.bundle(path)
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as held:
        return {name: held.read(name) for name in held.namelist()}


def rewritten(path: Path, contents: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in contents.items():
            held.writestr(name, content)
    return path


def test_it_holds_the_case_the_hashes_the_record_and_every_document(made: Path, version: Assessment) -> None:
    held = parts(made)
    assert parse_case(held["case.toml"].decode()).hash == version.run.case_hash
    assert held["INPUTS"].decode() == f"{hashlib.sha256(PEOPLE).hexdigest()}  staff.csv\n"
    assert held["confidential/assessment.json"].decode() == to_json(version)
    assert {f"confidential/{name}.{kind}" for name in DOCUMENTS for kind in ("html", "md")} <= held.keys()
    assert {"confidential/draft.docx", "confidential/draft.pdf", "confidential/annex.xlsx"} <= held.keys()
    assert held["README.txt"].startswith(b"CONFIDENTIAL")
    sums = dict(line.split("  ")[::-1] for line in held.pop(SUMS).decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}


def test_the_record_of_the_version_before_is_among_the_files_that_were_read(
    version: Assessment, tmp_path: Path
) -> None:
    record = write(tmp_path, "v1.json", to_json(version))
    bundle = tmp_path / "v2.zip"
    assess(PEOPLE, QUICK, previous=record, when=WHEN).bundle(bundle)
    listed = [line.partition("  ")[0] for line in parts(bundle)["INPUTS"].decode().splitlines()]
    assert listed == [hashlib.sha256(content).hexdigest() for content in (PEOPLE, record.read_bytes())]


def test_it_holds_no_file_of_people(made: Path) -> None:
    assert PEOPLE not in parts(made).values()
    assert not any(name.endswith("staff.csv") for name in parts(made))


def test_the_same_version_gives_the_same_bytes_and_a_record_keeps_its_moment(
    made: Path, version: Assessment, tmp_path: Path
) -> None:
    again = tmp_path / "again.zip"
    digest = from_json(to_json(version)).bundle(again)
    assert again.read_bytes() == made.read_bytes()
    assert digest == hashlib.sha256(made.read_bytes()).hexdigest()


def test_versions_follow_each_other(made: Path, version: Assessment, tmp_path: Path) -> None:
    second, third = tmp_path / "v2.zip", tmp_path / "v3.zip"
    version.bundle(second, after=made)
    version.bundle(third, after=second)
    assert read_bundle(second).before == hashlib.sha256(made.read_bytes()).hexdigest()
    assert verify([third, second, made]).sound
    assert not verify([third, made]).sound
    assert not verify([made, second]).sound


def test_a_bundle_follows_one_of_its_own_case_only(made: Path, version: Assessment, tmp_path: Path) -> None:
    for choices in ({"title": "Another review"}, {"employer": version.case.employer.model_copy(update={"name": "B"})}):
        other = assessed(PEOPLE, version.case.model_copy(update=choices))
        with pytest.raises(EiaError) as error:
            other.bundle(tmp_path / "v2.zip", after=made)
        assert [fault.code for fault in error.value.faults] == ["another-bundle"]
        assert not (tmp_path / "v2.zip").exists()


def test_what_follows_a_bundle_of_another_case_is_not_sound(made: Path, version: Assessment, tmp_path: Path) -> None:
    other = version.case.model_copy(update={"title": "Another review"})
    files = bundle_files(assessed(PEOPLE, other), before=read_bundle(made).sha256)
    second = rewritten(tmp_path / "v2.zip", files)
    found = verify([second, made])
    assert (read_bundle(second).sound, found.sound) == (True, False)
    assert any("another case than v1.zip" in line for line in found.lines)


def test_what_was_changed_added_or_taken_out_is_named(made: Path, version: Assessment, tmp_path: Path) -> None:
    held = parts(made)
    changed = read_bundle(rewritten(tmp_path / "1.zip", held | {"case.toml": held["case.toml"] + b"\n"}))
    added = read_bundle(rewritten(tmp_path / "2.zip", held | {"note.txt": b"1"}))
    gone = read_bundle(
        rewritten(tmp_path / "3.zip", {name: held[name] for name in held if name != "confidential/draft.pdf"})
    )
    assert (changed.changed, added.added, gone.gone) == (("case.toml",), ("note.txt",), ("confidential/draft.pdf",))
    assert not any(one.sound for one in (changed, added, gone))
    with pytest.raises(EiaError) as error:
        version.bundle(tmp_path / "v2.zip", after=tmp_path / "1.zip")
    assert error.value.faults[0].code == "bundle-changed"
    assert not (tmp_path / "v2.zip").exists()


def test_a_list_changed_with_its_part_is_found_by_the_bundle_after_it(
    made: Path, version: Assessment, tmp_path: Path
) -> None:
    second = tmp_path / "v2.zip"
    version.bundle(second, after=made)
    held = parts(made)
    old, new = held["case.toml"], held["case.toml"] + b"# more\n"
    sums = held[SUMS].replace(hashlib.sha256(old).hexdigest().encode(), hashlib.sha256(new).hexdigest().encode())
    forged = rewritten(tmp_path / "v1.zip", held | {"case.toml": new, SUMS: sums})
    assert read_bundle(forged).sound
    assert not verify([second, forged]).sound


def test_the_publishable_edition_goes_in_where_it_is_of_this_case(version: Assessment, tmp_path: Path) -> None:
    version.publish(tmp_path / "publishable")
    write(tmp_path / "publishable", "staff.csv", PEOPLE)
    version.bundle(tmp_path / "v1.zip", publishable=tmp_path / "publishable")
    assert PEOPLE not in parts(tmp_path / "v1.zip").values()
    assert {"publishable/figures.csv", "publishable/figures.xlsx", "publishable/published.json"} <= parts(
        tmp_path / "v1.zip"
    ).keys()
    other = assessed(PEOPLE, QUICK.model_copy(update={"title": "Another review"}))
    for folder in (tmp_path / "publishable", tmp_path / "none"):
        with pytest.raises(EiaError) as error:
            other.bundle(tmp_path / "v2.zip", publishable=folder)
        assert error.value.faults[0].code == "another-publication"


def listed(contents: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with a list of them, as a bundle has."""
    contents = contents | {BEFORE: b"none\n"}
    return contents | {
        SUMS: "".join(f"{hashlib.sha256(c).hexdigest()}  {name}\n" for name, c in contents.items()).encode()
    }


def hostile(tmp_path: Path) -> dict[str, bytes]:
    """Zips that no bundle is."""
    found = {
        "empty": b"",
        "no zip": b"x" * 100,
        "no list": rewritten(tmp_path / "a.zip", {"case.toml": b""}).read_bytes(),
    }
    for name in ("../up", "/etc/passwd", "a\\b", "C:x", "-rf", CANARY + "\x1b[2J"):
        found[name] = rewritten(tmp_path / "b.zip", listed({"case.toml": b""}) | {name: b"1"}).read_bytes()
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    twice, many = io.BytesIO(), io.BytesIO()
    for file, names in ((twice, [link]), (many, [f"part{n}" for n in range(budget.BUNDLE_PARTS + 1)])):
        with zipfile.ZipFile(file, "w") as held:
            for each, content in listed({"case.toml": b""}).items():
                held.writestr(each, content)
            for one in names:
                held.writestr(one, b"/etc/passwd")
    found |= {"link": twice.getvalue(), "many parts": many.getvalue()}
    good = rewritten(tmp_path / "c.zip", listed({"case.toml": b"", "same.toml": b""})).read_bytes()
    found["a name twice"] = good.replace(b"same.toml", b"case.toml")
    found["before it"], found["after it"] = b"MZ" + good, good + b"more"
    at = good.rindex(b"PK\x01\x02")
    found["says it is huge"] = good[: at + 24] + struct.pack("<L", 0xFFFFFFF0) + good[at + 28 :]
    return found


def test_hostile_zips_are_refused_in_one_message(tmp_path: Path) -> None:
    for name, content in hostile(tmp_path).items():
        path = write(tmp_path, "bundle.zip", content)
        with pytest.raises(EiaError) as error:
            read_bundle(path)
        assert [fault.code for fault in error.value.faults] == ["not-a-bundle"], name
        assert CANARY not in str(error.value)


def test_a_bomb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = rewritten(tmp_path / "bomb.zip", listed({"case.toml": b"", "zeros": bytes(1 << 20)}))
    assert read_bundle(bomb).sound
    monkeypatch.setattr(budget, "BUNDLE_BYTES_UNPACKED", 1 << 19)
    monkeypatch.setattr("eia.present.bundle.read_bundle._hashed", lambda *_: pytest.fail("read"))
    with pytest.raises(EiaError):
        read_bundle(bomb)


def test_the_commands_write_and_check(tmp_path: Path, version: Assessment, made: Path) -> None:
    (tmp_path / "report").mkdir()
    write(tmp_path / "report", "assessment.json", to_json(version))
    version.publish(tmp_path / "report/publishable")
    reply = run("bundle", tmp_path / "report", "--out", tmp_path / "v2.zip", "--after", made)
    assert reply.code == 0, reply.err
    assert "publishable/figures.csv" in parts(tmp_path / "v2.zip")
    moved = run("bundle", tmp_path / "report", "--out", tmp_path / "v3.zip", "--when", "2026-11-02")
    assert (moved.code, "keeps the moment" in moved.err) == (2, True)
    assert "CONFIDENTIAL" in reply.out
    assert run("verify", tmp_path / "v2.zip", made).code == 0
    bad = rewritten(tmp_path / "bad.zip", parts(made) | {"README.txt": b""})
    answer = run("verify", bad)
    assert (answer.code, "changed: README.txt" in answer.out) == (3, True)
    assert run("verify", write(tmp_path, "no.zip", b"")).code == 2


def test_a_case_is_assessed_and_bundled(tmp_path: Path) -> None:
    write(tmp_path, "staff.csv", PEOPLE)
    file = write(
        tmp_path, "case.toml", 'format = 1\n# mine\n[files]\nworkforce = "staff.csv"\n[analysis]\ndraws = 999\n'
    )
    assert run("bundle", file, "--out", tmp_path / "v1.zip").code == 0
    assert verify([tmp_path / "v1.zip"]).sound
    when = parts(tmp_path / "v1.zip")["README.txt"].decode().split("Made on ")[1][:19]
    assert run("bundle", file, "--out", tmp_path / "again.zip", "--when", when).code == 0
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "v1.zip").read_bytes()
