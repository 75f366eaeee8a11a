"""What came of it in words: every step in people first, what stands out with what to ask, and nothing where nothing is said."""

from __future__ import annotations

import re

import pytest
from made import QUICK, assessed, case, figures, pools, run, staff, write

from eia.case import Case
from eia.findings.assessment import Assessment
from eia.present.documents.annex import annex
from eia.present.documents.model import Bullets, Heading, Paragraph, Table
from eia.present.sections.extras.subsequent_outcomes import (
    _STEPS,
    TITLE,
    subsequent_outcomes_parts,
    subsequent_outcomes_section,
    subsequent_outcomes_told,
)
from eia.present.text.words import LEVELS


def people(*, women: int, men: int, of: int = 20) -> list[dict[str, str]]:
    """Women and men selected in each of two pools, so many of them redeployed; as many of each retained."""
    rows = []
    for pool in ("Clerks", "Cooks"):
        for sex, count in (("Female", women), ("Male", men)):
            outcomes = ["redeployed"] * count + ["selected"] * (of - count) + ["retained"] * 10
            rows += [
                {"reference": f"{pool}{sex}{n}", "sex": sex, "pool": pool, "outcome": o} for n, o in enumerate(outcomes)
            ]
    return rows


def made(women: int, men: int, choices: Case = QUICK) -> Assessment:
    return assessed(staff(people(women=women, men=men)), choices)


def test_a_step_is_told_in_people_with_what_stands_out_and_what_to_ask() -> None:
    assessment = made(4, 16)
    (part,) = subsequent_outcomes_parts(assessment)
    heading, fact, said, table = part
    assert isinstance(heading, Heading)
    assert heading.text == _STEPS["redeployed"].title
    assert isinstance(fact, Paragraph)
    assert figures(fact.text) == ["40", "80", "50.0"]
    assert isinstance(said, Bullets)
    women, ask, made_ = said.items
    assert women.startswith("Women: ")
    assert figures(women)[:4] == ["8", "40", "20", "1,000"]
    assert LEVELS["found"] in women
    assert ask == f"To ask: {_STEPS['redeployed'].ask}"
    assert figures(made_) == ["1"]
    assert isinstance(table, Table)
    assert table.rows[0][:5] == ("Female", "8", "32", "20.0%", "80.0%")
    assert table.rows[0][5:7] == ("20.0", "−12.0")


def test_where_nothing_stands_out_nothing_is_asked() -> None:
    (part,) = subsequent_outcomes_parts(made(10, 10))
    assert isinstance(part[2], Bullets)
    assert [figures(item) for item in part[2].items] == [["1", "1"]]  # comparisons made, and those that cannot tell


def test_where_everyone_is_redeployed_nothing_can_be_compared() -> None:
    (part,) = subsequent_outcomes_parts(made(20, 20))
    assert isinstance(part[-1], Bullets)
    assert part[-1].items[0].startswith("Nothing can be compared")


def test_a_stage_of_the_cases_own_has_words_that_fit_any() -> None:
    order = ("slotted in", "on trial", "selected", "appealed")
    choices = case(analysis={"draws": 999}, stages={"order": order})
    rows = people(women=4, men=16)
    for row in rows:
        row["outcome"] = {"redeployed": "appealed", "retained": "on trial"}.get(row["outcome"], row["outcome"])
    early, late = subsequent_outcomes_told(assessed(staff(rows), choices))
    assert (early.startswith("On trial: "), figures(early)[:2]) == (True, ["40", "120"])  # of all still in a pool
    assert (late.startswith("Appealed: "), figures(late)[:2]) == (True, ["40", "80"])  # of those selected
    assert "“on trial”" in early
    assert "“appealed”" in late


def test_the_report_has_the_section_only_where_there_is_something_in_it() -> None:
    headings = [block.text for block in annex(made(4, 16)).blocks if isinstance(block, Heading)]
    assert headings.index("C8 Later stages and terms") < headings.index("Redeployed") < headings.index("C9 The law")
    assert subsequent_outcomes_section(assessed(pools(A=(2, 5, 1, 5)), QUICK)) == ()


@pytest.mark.parametrize(
    ("column", "cells", "title"),
    [
        ("downgraded", ("yes", "no"), "Downgraded"),
        ("hours cut", ("yes", "no"), "Hours cut"),
        ("relocated", ("yes", "no"), "Moved to another place"),
        ("pay lost", ("100", "0"), "Pay cut"),
    ],
)
def test_every_change_has_a_title_and_a_question(column: str, cells: tuple[str, str], title: str) -> None:
    rows = [
        row | {column: cells[row["sex"] == "Male"] if row["outcome"] == "redeployed" else ""}
        for row in people(women=10, men=10)
    ]
    parts = {
        part[0].text: part
        for part in subsequent_outcomes_parts(assessed(staff(rows), QUICK))
        if isinstance(part[0], Heading)
    }
    said = parts[title][2]
    assert isinstance(said, Bullets)
    assert said.items[0].startswith("Women: 20 of 20")
    assert any(item.startswith("To ask: ") for item in said.items)


def test_pay_lost_and_its_protection_are_told_in_pounds_and_months() -> None:
    rows = [
        row | ({"pay lost": str(100 + 900 * (row["sex"] == "Female")), "pay protection": "12"} if row["outcome"] == "redeployed"
               else {"pay lost": "", "pay protection": ""})
        for row in people(women=10, men=10)
    ]  # fmt: skip
    told = subsequent_outcomes_told(assessed(staff(rows), QUICK))
    (lost,) = [line for line in told if line.startswith("Pay lost")]
    fact, _, women = lost.partition("Women: ")
    assert figures(fact) == ["40", "22,000", "550"]
    assert figures(women)[0] == "900"
    assert LEVELS["found"] in women
    (months,) = [line for line in told if line.startswith("Months of pay protection")]
    assert figures(months)[:2] == ["40", "12"]


def test_a_difference_of_pay_says_what_it_allows_for_and_stands_in_the_table_with_its_interval() -> None:
    rows = [
        row | {"service years": str(3 + n % 9), "pay lost": str(100 + 50 * (row["sex"] == "Female") + n % 5) if row["outcome"] == "redeployed" else ""}
        for n, row in enumerate(people(women=10, men=10))
    ]  # fmt: skip
    assessment = assessed(staff(rows), QUICK)
    (lost,) = [line for line in subsequent_outcomes_told(assessment) if line.startswith("Pay lost")]
    assert re.search(
        r"Women: lose \d\d% more a year than everyone else in the same pools, at the same length of service\.", lost
    )
    tables = [block for part in subsequent_outcomes_parts(assessment) for block in part if isinstance(block, Table)]
    (table_,) = [each for each in tables if each.title.startswith("Pay lost")]
    women = dict(
        zip([column.title for column in table_.columns], next(r for r in table_.rows if r[0] == "Female"), strict=True)
    )
    assert re.fullmatch(r"\+\d\d%", women["Difference"])
    assert women["Interval"].endswith("unreliable")
    assert women["Left out of the difference"] == "0"


def test_the_command_line_prints_it(tmp_path) -> None:
    path = write(tmp_path, "staff.csv", staff(people(women=4, men=16)))
    reply = run("assess", path, "--out", tmp_path / "out")
    assert reply.code == 0
    (line,) = reply.out.partition(f"\n{TITLE}\n")[2].splitlines()[:1]
    assert (line.startswith("  - Redeployed: "), figures(line)[:3]) == (True, ["40", "80", "50.0"])
