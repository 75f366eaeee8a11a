"""An answer is a line of the case; with it there the same file asks nothing, on the command line as well."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from made import case, run

from eia.case import read_case, write_case
from eia.intake.asking.answers import answered, case_line, case_lines
from eia.intake.questions import Choice, Kind, OpenQuestion

FIELD = Path(__file__).parents[2] / "data" / "field"


def question(kind: Kind, about: str, *setting: str) -> OpenQuestion:
    return OpenQuestion(
        kind=kind,
        about=about,
        seen=(),
        rows=1,
        guess="",
        reason="",
        choices=(Choice(answer="", words=""),),
        setting=setting,
        depends="",
    )


@pytest.mark.parametrize(("asked", "answer", "heading", "line"), [
    (question("pool", "Job", "columns", "pool"), "Job", "columns", 'pool = "Job"'),
    (question("column", "Basis", "columns", "working_pattern"), "", "", 'ignored = ["Basis"]'),
    (question("outcome words", "VR ok", "outcomes", "VR ok"), "retained", "outcomes", '"VR ok" = "retained"'),
    (question("label", "X", "categories", "labels", "sex", "X"), "not recorded", "categories.labels.sex", 'X = "not recorded"'),
    (question("leavers", "Left", "people", "leavers"), "counted", "people", 'leavers = "counted"'),
    (question("sheet", "", "files", "sheet"), "Staff", "files", 'sheet = "Staff"'),
    (question("extract date", "14 May 2026", "dates", "extract"), "2026-05-14", "dates", 'extract = 2026-05-14'),
])  # fmt: skip
def test_an_answer_stands_in_the_case_where_its_line_says(
    asked: OpenQuestion, answer: str, heading: str, line: str, tmp_path: Path
) -> None:
    assert case_line(asked, answer) == (heading, line)
    text = f"format = 1\n{heading and f'[{heading}]'}\n{line}\n"
    (tmp_path / "case.toml").write_text(text, encoding="utf-8")
    said = answered(case(), [(asked, answer)])
    assert read_case(tmp_path / "case.toml").model_dump(exclude={"title"}) == said.model_dump(exclude={"title"})


def test_answers_stand_beside_what_the_case_says_and_comments_survive(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_text('format = 1\n[columns] # as HR has them\nsex = "SEX_CD"\n', encoding="utf-8")
    write_case(answered(read_case(path), [(question("pool", "Job", "columns", "pool"), "Job")]), path)
    assert "# as HR has them" in path.read_text(encoding="utf-8")
    assert dict(read_case(path).columns) == {"sex": "SEX_CD", "pool": "Job"}


def test_the_command_line_stops_with_every_question_or_takes_the_guesses(tmp_path: Path) -> None:
    file = FIELD / "f07_leavers_in_extract.csv"
    stopped = run("assess", file, "--out", tmp_path / "none")
    assert stopped.code == 2
    assert not (tmp_path / "none").exists()
    taken = run("assess", file, "--as-read", "--out", tmp_path / "out")
    assert taken.code == 0
    page = (tmp_path / "out" / "confidential" / "draft.md").read_text(encoding="utf-8")
    assert page.index("Before the answer") < page.index("What is proposed")


def test_check_says_how_to_answer_and_the_answered_file_asks_nothing(tmp_path: Path) -> None:
    file = shutil.copy(FIELD / "f07_leavers_in_extract.csv", tmp_path)
    printed = [line.strip() for line in run("check", file).out.splitlines()]
    assert any(line.startswith('leavers = "left out" # ') for line in printed[printed.index("[people]") :])
    (tmp_path / "case.toml").write_text(
        f'format = 1\n[files]\nworkforce = "{Path(file).name}"\n[people]\nleavers = "left out"\n', encoding="utf-8"
    )
    assert run("assess", tmp_path / "case.toml", "--out", tmp_path / "out").code == 0


def test_saving_what_was_recognised_leaves_open_what_is_open(tmp_path: Path) -> None:
    file = shutil.copy(FIELD / "f07_leavers_in_extract.csv", tmp_path)
    run("check", file, "--save", tmp_path / "case.toml")
    saved = read_case(tmp_path / "case.toml")
    assert (saved.people.leavers, dict(saved.columns)["pool"]) == (None, "Pool")


ASKS = ["f05_no_known_header.csv", "f07_leavers_in_extract.csv", "f19_one_column_a_group.csv", "r00_full_itrent_420.xlsx", "r04_at_risk_flag_no_pool.xlsx"]  # fmt: skip


@pytest.mark.parametrize("name", ASKS)
def test_a_saved_case_without_its_marks_is_read_without_questions(name: str, tmp_path: Path) -> None:
    file, saved = shutil.copy(FIELD / name, tmp_path), tmp_path / "case.toml"
    asked = run("check", file, "--save", saved).out.count("\n  ? ")
    before = read_case(saved)
    text, marks = re.subn("^# ", "", saved.read_text(encoding="utf-8"), flags=re.MULTILINE)
    saved.write_text(text, encoding="utf-8")
    assert 0 < marks <= asked
    assert read_case(saved) != before
    assert "\n  ? " not in run("check", saved).out


def test_saving_again_loses_nothing_and_puts_nothing_in_twice(tmp_path: Path) -> None:
    file, saved = shutil.copy(FIELD / "r00_full_itrent_420.xlsx", tmp_path), tmp_path / "case.toml"
    run("check", file, "--save", saved)
    written = saved.read_text(encoding="utf-8")
    written = written.replace("# extract", "extract").replace("## name =", 'name = "Wexford Council" #')
    saved.write_text(written + "# Mine.\n", encoding="utf-8")
    for given in (file, saved):
        assert run("check", given, "--save", saved).code == 0
        assert saved.read_text(encoding="utf-8") == written + "# Mine.\n"


@pytest.mark.parametrize("name", ASKS)
def test_every_answer_that_is_printed_can_be_copied_with_its_heading(name: str) -> None:
    from eia.intake.evidence import opened_case, read_evidence

    main, choices, folder = opened_case(FIELD / name, None, {})
    for one in read_evidence(choices, folder=folder, main=main).main.intake.questions:
        lines = case_lines(one)
        headings = [line for line in lines if line.startswith(("[", "#"))]
        assert len(headings) == len(set(headings))
        for line in lines:
            if line in headings:
                heading = line
            else:
                assert tomllib.loads(f"{heading}\n{line}")
