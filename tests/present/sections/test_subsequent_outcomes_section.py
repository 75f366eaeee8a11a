"""What came of it in words: every step in people first, what stands out with what to ask, and nothing where nothing is said."""

from __future__ import annotations

import re

import pytest
from made import QUICK, assessed, case, pools, run, staff, write

from eia.case import Case
from eia.findings.assessment import Assessment
from eia.present.documents.draft_eia import document
from eia.present.documents.model import Bullets, Heading, Paragraph, Table
from eia.present.sections.subsequent_outcomes import (
    subsequent_outcomes_parts,
    subsequent_outcomes_section,
    subsequent_outcomes_told,
)


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
    (part,) = subsequent_outcomes_parts(made(4, 16))
    heading, fact, said, table = part
    assert isinstance(heading, Heading)
    assert heading.text == "Redeployed"
    assert isinstance(fact, Paragraph)
    assert fact.text == "40 of 80 people selected were redeployed (50.0%)."
    assert isinstance(said, Bullets)
    women, ask, made_ = said.items
    assert women.startswith("Women: 8 of 40 redeployed, in pools that can tell, where even-handed choosing would give 20.0: 12.0 fewer. Disparity found (p less than 0.001 alone")  # fmt: skip
    assert ask.startswith("To ask: Which vacancies")
    assert made_ == "1 comparison was made."
    assert isinstance(table, Table)
    assert table.rows[0][:5] == ("Female", "8", "32", "20.0%", "80.0%")
    assert table.rows[0][5:7] == ("20.0", "−12.0")


def test_where_nothing_stands_out_nothing_is_asked() -> None:
    (part,) = subsequent_outcomes_parts(made(10, 10))
    assert isinstance(part[2], Bullets)
    assert part[2].items == ("1 comparison was made; in 1 of them the figures fit a large gap as well as none.",)


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
    assert early.startswith(
        "On trial: 40 of 120 people still in a pool when it began were given the outcome “on trial”"
    )
    assert late.startswith(
        "Appealed: 40 of 80 people selected and still there when it began were given the outcome “appealed”"
    )


def test_the_report_has_the_section_only_where_there_is_something_in_it() -> None:
    headings = [block.text for block in document(made(4, 16)).blocks if isinstance(block, Heading)]
    assert headings.index("The evidence") < headings.index("What came of it") < headings.index("Redeployed")
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
    assert "£22,000 a year together; half of them lose £550 or less" in lost
    assert "Women: lose 900% more a year than everyone else in the same pools. Disparity found" in lost
    (months,) = [line for line in told if line.startswith("Months of pay protection")]
    assert "half are protected for 12 months or less" in months


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
    assert "What came of it\n  - Redeployed: 40 of 80 people selected were redeployed (50.0%)." in reply.out
