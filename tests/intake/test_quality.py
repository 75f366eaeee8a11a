"""What the file is worth: what is missing and where, and how far people stand out, counted by hand and by the toolkit alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from made import Person, case, run, staff, table, workforces, write

from eia.intake.evidence import read_workforce
from eia.intake.quality import Missing, Part, Quality, quality
from eia.present.tables.data_quality import quality_table, quality_words


def of(people: list[list[str]], headers: list[str], **choices: object) -> Quality:
    chosen = case(**choices)
    return quality(read_workforce(table(people, headers), chosen), chosen)


def one(found: Quality, title: str) -> Missing:
    return next(missing for missing in found.missing if missing.characteristic == title)


def test_missing_answers_are_counted_by_kind_and_place() -> None:
    rows = (
        [["F", "A", "selected"]] * 6
        + [["", "A", "selected"]] * 4
        + [["PNTS", "A", "retained"]] * 2
        + [["M", "A", "retained"]] * 8
    )
    rows += (
        [["M", "B", "retained"]] * 10 + [["Unknown", "", ""]] * 3 + [["N/A", "", ""]] * 2 + [["F", "C", "retained"]] * 9
    )
    found = one(of(rows, ["sex", "pool", "outcome"]), "Sex")
    assert (found.declined, found.not_recorded) == (2, 7)
    assert (found.outside, found.inside) == (Part(missing=3, people=3), Part(missing=6, people=39))
    assert (found.selected, found.retained) == (Part(missing=4, people=10), Part(missing=2, people=29))
    assert (found.least, found.most) == (Part(missing=0, people=10), Part(missing=6, people=20))


def test_while_nobody_is_chosen_nothing_is_said_of_the_chosen() -> None:
    found = one(of([["F", "A"], ["", "A"]], ["sex", "pool"]), "Sex")
    assert (found.selected, found.retained, found.least) == (None, None, None)


@settings(deadline=None, max_examples=60)
@given(workforces(least=2))
def test_who_stands_out_is_what_counting_by_hand_finds(people: list[Person]) -> None:
    read = read_workforce(staff(people))
    found = quality(read, case()).standing_out

    def sharing(left_out: str = "") -> list[int]:
        kept = [
            read.frame[key].tolist() for key, held in read.dimensions.items() if held.characteristic.title != left_out
        ]
        rows = list(zip(read.frame["pool"].cat.codes.tolist(), *kept, strict=True))
        counts = Counter(rows)
        return [counts[row] for row in rows]

    assert found.unique == sharing().count(1)
    assert found.few == sum(size < 10 for size in sharing())
    assert dict(found.without) == {
        held.characteristic.title: sharing(held.characteristic.title).count(1) for held in read.dimensions.values()
    }
    assert list(found.without.values()) == sorted(found.without.values())


def test_the_headcount_stated_is_compared() -> None:
    rows, headers = [["F"], ["M"]], ["sex"]
    assert "Compare that with the headcount" in quality_words(of(rows, headers))[0]
    assert "That is the headcount stated" in quality_words(of(rows, headers, employer={"headcount": 2}))[0]
    assert "stated is 5: 3 more" in quality_words(of(rows, headers, employer={"headcount": 5}))[0]


def test_the_words_name_what_to_coarsen_where_it_helps() -> None:
    rows = [["F", str(grade)] for grade in range(12)]
    said = quality_words(of(rows, ["sex", "grade"]))
    assert "12 of 12 people are the only one" in said[1]
    assert said[2] == "Coarser groups help, Grade most of all: without it 0 would be the only one."
    assert len(quality_words(of([["F"]] * 12, ["sex"]))) == 2


def test_the_table_has_a_row_for_each_characteristic() -> None:
    shown = quality_table(of([["F", "", "A"], ["M", "Yes", "A"]], ["sex", "disability", "pool"]))
    assert [row[0] for row in shown.rows] == ["Disability", "Sex"]
    assert all(len(row) == len(shown.columns) for row in shown.rows)


def test_the_command_line_says_it(tmp_path: Path) -> None:
    said = " ".join(run("check", write(tmp_path, "staff.csv", table([["F", "A"]] * 20, ["sex", "pool"]))).out.split())
    assert "Answers that are missing" in said
    assert "20 rows were read, and 20 people are counted." in said
