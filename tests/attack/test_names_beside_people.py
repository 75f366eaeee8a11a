"""Names stay in the files beside the people too: lists of posts, scores, vacancies, tables of counts, and the folder of the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import assessed_counts, case, everything_written, refused, run, table, write

from eia.case import Case
from eia.errors import EiaError
from eia.findings.record import to_json
from eia.intake.columns.identifiers import identifies
from eia.intake.extras.post_lists import load_post_lists
from eia.intake.extras.vacancies import read_vacancies
from eia.intake.files.raw_table import open_table

NAMES = ["Zoe Canary", "The canary was off sick in May", "canary born 3/4/71", "canary 07700 900123"]
SHOWN = {"categories": {"others": dict.fromkeys(("post", "unit", "place", "pool", "criterion"), "as written")}}
PEOPLE = table([[f"P{n}", "FM"[n % 2], "AB"[n % 3 > 0], ("selected", "retained")[n % 4 > 0]] for n in range(40)], ["ref", "sex", "pool", "outcome"])  # fmt: skip
POSTS = ["list", "post", "unit", "place", "grade", "posts", "pool", "ring fence", "slotted into"]


def post_list(name: str, column: int) -> bytes:
    rows = [["current", "Clerk", "Finance", "Hall", "EO", "9", "A", "", ""], ["current", "Cook", "Legal", "Hall", "EO", "1", "B", "", ""],
            ["proposed", "Clerk", "Finance", "Hall", "EO", "4", "", "", ""], ["proposed", "Planner", "Legal", "Hall", "EO", "1", "", "", ""]]  # fmt: skip
    rows[1][column] = rows[3][column] = name
    return table(rows, POSTS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("column", [1, 2, 3, 4, 6, 7])
def test_a_list_of_posts_calls_it_by_its_row(column: int, name: str) -> None:
    read = load_post_lists(open_table(post_list(name, column), name="posts.csv"), Case())
    assert "canary" not in repr(read).casefold()
    assert "of row 3" in repr(read)
    assert any(said.rule.startswith("names that look") for said in read.intake.recodings)


def test_rows_still_find_each_other_by_it() -> None:
    rows = [["current", "Zoe Canary", "3", "Zed Canary"], ["proposed", "Zoe Canary", "2", ""], ["proposed", "Zed Canary", "1", ""]]  # fmt: skip
    read = load_post_lists(open_table(table(rows, ["list", "post", "posts", "slotted into"]), name="posts.csv"), Case())
    assert (read.current[0].same, read.current[0].slotted_into) == (read.proposed[0].same, read.proposed[1].same)


def test_the_case_has_them_shown() -> None:
    read = load_post_lists(open_table(post_list("Zoe Canary", 1), name="posts.csv"), case(**SHOWN))
    assert "Zoe Canary" in {post.title for post in read.current}


@pytest.mark.parametrize("name", [*NAMES, "AB123456C", "zoe@example.org"])
def test_so_does_a_list_of_vacancies_and_its_references_are_refused(name: str) -> None:
    headers = ["vacancy", "title", "unit", "place", "hours", "opens"]
    (read,) = read_vacancies(open_table(table([["V1", name, name, name, name, "01/02/2027"]], headers), name="v.csv"))
    assert {read.title, read.unit, read.place, read.hours} == {
        "Post of row 2", "Unit of row 2", "Place of row 2", "Hours of row 2"
    }  # fmt: skip
    with pytest.raises(EiaError) as error:
        read_vacancies(open_table(table([[name, "Cook", "", "", "", "01/02/2027"]], headers), name="v.csv"))
    assert [fault.code for fault in error.value.faults] == ["vacancy-named"]
    assert name not in str(error.value)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*NAMES, "AB123456C"])
def test_a_criterion_called_so_is_called_by_its_number(name: str, tmp_path: Path) -> None:
    marks = [[f"P{n}", ("Skills", "Attendance")[n % 2], str(n % 5)] for n in range(40)]
    marks[3][1] = name
    file, scores = write(tmp_path, "staff.csv", PEOPLE), write(tmp_path, "s.csv", table(marks, ["ref", "criterion", "score"]))  # fmt: skip
    done = run("assess", file, "--as-read", "--scores", scores, "--out", tmp_path / "out")
    assert done.code == 0
    written = everything_written(tmp_path / "out")
    for said in (repr(done), written):
        assert name not in said
    assert "Criterion 3" in written


def test_criteria_have_a_bound(tmp_path: Path) -> None:
    marks = table([[f"P{n}", f"C{n}{way}", "3"] for n in range(40) for way in "ab"], ["ref", "criterion", "score"])
    done = run("check", write(tmp_path, "staff.csv", PEOPLE), "--scores", write(tmp_path, "s.csv", marks))
    assert (done.code, "80 criteria" in done.err) == (2, True)


COUNTS = ["characteristic", "group", "pool", "people", "selected"]


def test_a_table_of_counts_calls_a_pool_a_group_and_a_characteristic_by_something_else() -> None:
    rows = [["religion", "Zoe Canary", "Zoe Smith", "9", "1"], ["religion", "Zebedee Canary", "Zoe Smith", "4", "1"],
            ["religion", "Christian", "Zoe Smith", "31", "9"], ["Jane Canary", "x", "Zoe Smith", "20", "9"], ["Jane Canary", "y", "Zoe Smith", "24", "2"]]  # fmt: skip
    made = assessed_counts(table(rows, COUNTS))
    record = to_json(made)
    assert not {"Canary", "Zoe", "Jane"} & {word for word in ("Canary", "Zoe", "Jane") if word in record}
    assert all(name in record for name in ("Group of row 2", "Group of row 3", "Pool of row 2", "Unnamed"))
    told = case(categories={"others": {"religion": "as written", "pool": "as written"}})
    assert "Zebedee Canary" in to_json(assessed_counts(table(rows[:3], COUNTS), told))


def test_groups_and_characteristics_of_a_table_of_counts_have_a_bound() -> None:
    for rows in ([["religion", f"G{n}", "A", "20", "3"] for n in range(1_001)], [[f"c{n}", "x", "A", "20", "3"] for n in range(201)]):  # fmt: skip
        with pytest.raises(EiaError) as error:
            assessed_counts(table(rows, COUNTS))
        assert [fault.code for fault in error.value.faults] == ["too-many-groups"]


def test_the_folder_of_a_report_is_not_called_like_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("assess", write(tmp_path, "jane_smith.csv", PEOPLE))
    assert done.code == 0
    assert "jane" not in repr(done).casefold()
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["report"]


def test_a_day_of_birth_says_who_somebody_is_wherever_it_stands() -> None:
    assert identifies("canary born 3/4/71")
    assert not identifies("Date of birth")
    assert [fault.code for fault in refused(table([["F", "A"]] * 9, ["born 3/4/71", "canary dob 1980-01-02"])).faults]
