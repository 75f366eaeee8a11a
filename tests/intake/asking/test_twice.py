"""Of two columns that are known for the same, the one is asked about that its cells speak for."""

from __future__ import annotations

import pytest
from made import case, refused, table

from eia.findings.assess import assess
from eia.intake.evidence import read_workforce

PEOPLE = [[f"R{n}", "FM"[n % 2], ("Yes", "No")[n % 4 == 3], ("", "Finance", "IT")[0 if n % 4 == 3 else 1 + n % 2], "" if n % 4 == 3 else ("selected", "retained")[n % 3 > 0]]
          for n in range(24)]  # fmt: skip
POOLS = table(PEOPLE, ["ref", "sex", "Pool", "Selection pool", "outcome"])


def test_a_column_of_yes_and_no_beside_the_names_of_pools_is_not_the_pool() -> None:
    read = read_workforce(POOLS)
    (question,) = read.intake.questions
    assert (question.kind, question.guess, question.setting) == ("pool", "Selection pool", ("columns", "pool"))
    assert question.changes_who_is_counted
    assert sorted(read.frame["pool"].dropna().unique()) == ["Finance", "IT"]
    told = read_workforce(POOLS, case(columns={"pool": "Selection pool"}))
    assert (told.intake.questions, told.frame.equals(read.frame)) == ((), True)


@pytest.mark.parametrize("headers", [("Ethnicity", "Ethnic group"), ("Ethnic origin", "Race")])
def test_of_two_columns_of_ethnicity_the_detailed_one_is_guessed(headers: tuple[str, str]) -> None:
    answers = [("White British", "White"), ("White Irish", "White"), ("Indian", "Asian")]
    read = read_workforce(table([[f"R{n}", *answers[n % 3]] for n in range(30)], ["ref", *headers]))
    (question,) = read.intake.questions
    assert (question.kind, question.guess, question.changes_who_is_counted) == ("twice", headers[0], False)
    assert {"race", "race_group"} <= set(read.dimensions)
    assert any(headers[0] in line for line in assess(read).summary().splitlines())


def test_two_columns_that_say_the_same_need_no_refusal() -> None:
    read = read_workforce(table([[f"R{n}", "FM"[n % 2], "FM"[n % 2]] for n in range(30)], ["ref", "Sex", "Legal sex"]))
    assert [(one.kind, one.guess) for one in read.intake.questions] == [("twice", "Sex")]


def test_where_cells_do_not_tell_the_file_is_refused() -> None:
    data = table([[f"R{n}", "FM"[n % 2], "FM"[n % 3 > 0]] for n in range(30)], ["ref", "Sex", "Legal sex"])
    assert [fault.code for fault in refused(data).faults] == ["two-headers"]
