"""``eia try``: another rule on the command line, in counts, kept in the case file where that is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from made import run

from eia.case import read_case
from eia.intake.examples import MAIN, examples


@pytest.fixture
def riverbank(tmp_path: Path) -> Path:
    folder = tmp_path / "riverbank"
    shutil.copytree(examples()[MAIN].parent, folder)
    return folder / "case.toml"


@pytest.mark.slow
def test_without_options_every_criterion_is_left_out_in_turn_and_the_case_s_own_scenarios_are_tried(riverbank: Path) -> None:  # fmt: skip
    reply = run("try", riverbank)
    assert reply.code == 0
    for name in (*("Skills and knowledge", "Attendance", "Flexibility", "Conduct"), *read_case(riverbank).scenarios):
        assert name in reply.out
    assert "43 disabled people would be selected instead of 80" in " ".join(reply.out.split())


@pytest.mark.slow
def test_a_change_is_tried_written_and_kept_with_its_reason_and_day(riverbank: Path, tmp_path: Path) -> None:
    reply = run(
        "try", riverbank, "--without", "Attendance", "--weight", "Conduct=20", "--to-go", "Cleaner (School Cleaning)=5",
        "--reason", "To see", "--save", "Less attendance", "--out", tmp_path / "out",
    )  # fmt: skip
    assert reply.code == 0, reply.err
    kept = read_case(riverbank).scenarios["Less attendance"]
    assert (kept.without, kept.weights, kept.to_go) == (("Attendance",), {"Conduct": 20}, {"Cleaner (School Cleaning)": 5})  # fmt: skip
    assert kept.reason == "To see"
    assert kept.tried_on is not None
    assert "Attendance left out" in read_case(riverbank).scenarios
    page = (tmp_path / "out" / "changes.html").read_text(encoding="utf-8")
    assert "Less attendance" in page
    again = run("try", riverbank, "--scenario", "Less attendance")
    assert again.code == 0
    assert "Less attendance" in again.out


@pytest.mark.slow
def test_nobody_is_named_or_pointed_at(riverbank: Path, tmp_path: Path) -> None:
    reply = run("try", riverbank, "--without", "Attendance", "--out", tmp_path)
    told = reply.out + reply.err + (tmp_path / "changes.html").read_text(encoding="utf-8")
    references = {line.split(",")[0] for line in (riverbank.parent / "scores.csv").read_text().splitlines()[1:]}
    assert references
    assert not any(reference in told for reference in references)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--without", "Luck"), "No criterion is called “Luck”"),
        (("--weight", "Attendance"), "is not a name, an equals sign and a number"),
        (("--to-go", "Cooks=some"), "is not a name, an equals sign and a whole number"),
        (("--missing", "guess"), "missing"),
        (("--scenario", "Another"), "Another"),
        (("--without-absences", "holiday"), "absences_out"),
        (("--equal-weights", "--weight", "Attendance=3"), "--equal-weights does not go with --weight"),
        (("--scenario", "Attendance left out", "--without", "Conduct"), "--scenario does not go with a change"),
        (("--save", "Nothing"), "--save does not go with no change"),
    ],
)
def test_what_cannot_be_tried_is_said_in_one_message(riverbank: Path, options: tuple[str, ...], said: str) -> None:
    reply = run("try", riverbank, *options)
    assert reply.code == 2
    assert said in " ".join(reply.err.split())
    assert "Traceback" not in reply.err


def test_a_case_without_scores_says_what_to_ask_for() -> None:
    reply = run("try", examples()["millbrook"])
    assert reply.code == 0
    assert "scores" in reply.out
