"""What the file is worth: what is missing and where, and how far people stand out, counted by hand and by the toolkit alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from made import Person, case, figures, run, staff, table, workforces, write

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


def test_ten_people_with_the_same_answers_are_not_few_and_nine_are() -> None:
    alike = [["F", "A"]] * 10 + [["M", "A"]] * 9
    found = of(alike, ["sex", "pool"]).standing_out
    assert (found.people, found.few, found.unique) == (19, 9, 0)


def test_the_headcount_stated_is_compared() -> None:
    rows, headers = [["F"], ["M"]], ["sex"]
    for stated, told in ((None, ["2", "2"]), (2, ["2", "2"]), (5, ["2", "2", "5", "3"])):
        found = of(rows, headers, employer={"headcount": stated})
        assert (found.people, found.stated) == (2, stated)
        assert figures(quality_words(found)[0]) == told
    said = [quality_words(of(rows, headers, employer={"headcount": stated}))[0] for stated in (None, 2)]
    assert said[0] != said[1]  # compare it with a headcount; it is the headcount


def test_the_words_name_what_to_coarsen_where_it_helps() -> None:
    rows = [["F", str(grade)] for grade in range(12)]
    found = of(rows, ["sex", "grade"])
    said = quality_words(found)
    assert figures(said[1])[:2] == ["12", "12"]
    assert next(iter(found.standing_out.without.items())) == ("Grade", 0)
    assert ("Grade" in said[2], figures(said[2])) == (True, ["0"])
    assert len(quality_words(of([["F"]] * 12, ["sex"]))) == 2


def test_the_table_has_a_row_for_each_characteristic() -> None:
    shown = quality_table(of([["F", "", "A"], ["M", "Yes", "A"]], ["sex", "disability", "pool"]))
    assert [row[0] for row in shown.rows] == ["Disability", "Sex"]
    assert all(len(row) == len(shown.columns) for row in shown.rows)


def test_the_command_line_says_it(tmp_path: Path) -> None:
    said = " ".join(run("check", write(tmp_path, "staff.csv", table([["F", "A"]] * 20, ["sex", "pool"]))).out.split())
    found = of([["F", "A"]] * 20, ["sex", "pool"])
    assert quality_table(found).title in said
    assert all(" ".join(sentence.split()) in said for sentence in quality_words(found))
