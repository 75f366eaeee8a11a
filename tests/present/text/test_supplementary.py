"""What stands beside the findings is told in people, says that it was found by searching, and changes no level."""

from __future__ import annotations

import re

import pytest
from assessments import MAKERS, sample
from made import assessed, case, figures, table

from eia.case import Case
from eia.findings.assessment import Assessment
from eia.present.sections.law import amount, citation
from eia.present.tables.supplementary_tables import age_table, supplementary_tables
from eia.present.text.numbers import how_often
from eia.present.text.supplementary import CHANGES_NOTHING, NO_ROUTE, supplementary_told
from eia.present.text.words import LEVELS

ASK = case(analysis={"draws": 999, "adjust_for": ("service", "grade")})


def older_go(choices: Case = ASK) -> Assessment:
    """Four pools of ten, from each of which the four oldest go; they are also those with the longest service."""
    headers = ["age", "sex", "grade", "service years", "pool", "outcome"]
    rows = [
        [str(25 + 4 * n), "F" if n % 2 else "M", f"{1 + n % 3}", str(n), pool, "selected" if n > 5 else "retained"]
        for pool in "ABCD"
        for n in range(10)
    ]
    return assessed(table(rows, headers), choices)


def disabled_women_go() -> Assessment:
    """Disabled women go, and hardly anybody else."""
    headers = ["sex", "disability", "pool", "outcome"]
    rows = [
        [sex, disabled, pool, "selected" if (sex, disabled) == ("F", "yes") or n == 0 else "retained"]
        for pool in "ABC"
        for sex in "FM"
        for disabled in ("yes", "no")
        for n in range(8)
    ]
    return assessed(table(rows, headers), ASK)


def test_age_as_a_number_is_told_in_years_beside_what_even_handed_choosing_gives() -> None:
    assessment = older_go()
    text, age = supplementary_told(assessment)[0], assessment.further.age
    assert figures(text)[:2] == ["55.0", "43.0"]
    assert age.level == "found"
    assert LEVELS["found"] in text
    assert "older" in text
    assert how_often(age.adjusted_p) in text


def test_the_age_that_shows_most_says_that_it_was_searched_for() -> None:
    assessment = older_go()
    assert "Found by searching" in supplementary_told(assessment)[1]
    ages = next(made for made in supplementary_tables(assessment) if made.columns[0].title == "Age")
    assert figures(ages.rows[0][0]) == [str(assessment.further.age.cuts.best.age)] == ["49"]
    assert "searching" in ages.rows[0][0]
    assert [row[0] for row in ages.rows[1:]] == [f"{age} or older" for age in (22, 41, 50, 55, 60, 65)]


def test_the_ages_of_a_table_count_the_same_people_so_that_no_older_group_is_larger() -> None:
    """In pool A nobody is older than 44 and in pool B nobody is younger than 50: a test of one age has nothing to learn from one of them."""
    ages = {"A": range(20, 45), "B": range(50, 68), "C": range(20, 68, 2)}
    rows = [
        [str(age), pool, "selected" if n % 3 == 0 else "retained"]
        for pool, there in ages.items()
        for n, age in enumerate(there)
    ]
    assessment = assessed(table(rows, ["age", "pool", "outcome"]), case(analysis={"draws": 999}))
    told = age_table(assessment)
    titles = [column.title for column in told.columns]
    named = sorted((int(figures(row[0])[0]), row) for row in told.rows)
    for title in ("In pools", "Selected"):
        shown = [int(row[titles.index(title)]) for _, row in named]
        assert shown == sorted(shown, reverse=True)
    of_22 = next(row for age, row in named if age == 22)
    assert of_22[titles.index("In pools")] == str(sum(age >= 22 for there in ages.values() for age in there))


def test_an_overlap_is_told_with_what_the_law_has_not_brought_in() -> None:
    assessment = disabled_women_go()
    (overlap,) = assessment.further.intersections.reported
    assert {group.label for _, group in overlap.parts} == {"Disabled", "Female"}
    text = next(line for line in supplementary_told(assessment) if "who are also" in line)
    assert figures(text)[:2] == [str(overlap.test.observed), str(overlap.test.group_people)]
    (combined,) = [each for each in assessment.law.applies.general if each.key == "combined_discrimination"]
    assert f"{amount(combined)} ({citation(combined)})" in text
    assert text.endswith(NO_ROUTE)


def test_allowing_for_other_things_stands_beside_and_changes_no_level() -> None:
    assessment = older_go()
    without = older_go(case(analysis={"draws": 999}))
    assert [f.level for f in assessment.findings] == [f.level for f in without.findings]
    lines = [line for line in supplementary_told(assessment) if "allowing for years of service" in line]
    assert lines
    assert all(CHANGES_NOTHING in line for line in lines)


def test_rounds_in_one_direction_are_told_added_up() -> None:
    rows = []
    for number in (1, 2, 3):
        rows += [["F", "A", "selected", str(number)]] * 5 + [["M", "A", "selected", str(number)]]
    rows += [["F", "A", "retained", ""]] * 10 + [["M", "A", "retained", ""]] * 20
    assessment = assessed(table(rows, ["sex", "pool", "outcome", "round"]), ASK)
    text = next(line for line in supplementary_told(assessment) if "round" in line)
    assert (text.startswith("Women: "), figures(text)[0]) == (True, "3")
    made = next(made for made in supplementary_tables(assessment) if made.title.startswith("Round by round"))
    assert made.rows[0][4] == "3 of 3"


def test_volunteers_are_counted_with_everyone_leaving() -> None:
    rows = [["F", "A", "volunteer accepted"]] * 3 + [["F", "A", "selected"]] * 2 + [["F", "A", "retained"]] * 5
    rows += [["M", "A", "selected"]] * 2 + [["M", "A", "retained"]] * 8
    made = supplementary_tables(assessed(table(rows, ["sex", "pool", "outcome"])))
    leaving = next(one for one in made if one.title.startswith("Everyone leaving"))
    assert leaving.rows[0][:4] == ("Female", "5", "10", "50.0%")


@pytest.mark.parametrize("name", MAKERS)
def test_anything_beside_can_be_told(name: str) -> None:
    texts = [*supplementary_told(sample(name))]
    texts += [cell for made in supplementary_tables(sample(name)) for row in made.rows for cell in row]
    assert not any(re.search(r"\bnan\b", text) for text in texts)
