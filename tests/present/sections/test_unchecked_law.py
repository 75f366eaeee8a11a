"""Nothing that was not read where it stands is told as settled: it carries the mark, and what to check stands once, at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from everything import blocks
from made import assessed, case, figures, pools

from eia.findings.assessment import Assessment
from eia.findings.legal.law_of_the_case import rules_of_routes
from eia.law.records import Rule
from eia.present.documents.annex import annex, annex_tables
from eia.present.documents.model import Block, Bullets, Facts, Heading, Notice, Paragraph, Table
from eia.present.sections.law import CHECK, MARK, amount
from eia.present.sections.law_section import rules_used

FILE = pools(A=(2, 5, 1, 5), B=(1, 3, 2, 4), none=(0, 4, 0, 6))
KINDS = ("public authority", "other body with public functions", "other body", "Crown")
PLACES = ("England", "Wales", "Scotland", "Northern Ireland")


def made(kind: str, where: str, on: str) -> Assessment:
    choices = case(
        employer={"kind": kind, "jurisdiction": where},
        dates={"proposal": dt.date.fromisoformat(on)},
        consultation={"number_proposed": 120, "received": ("the reasons",)},
        analysis={"draws": 999},
    )
    return assessed(FILE, choices)


def rules(assessment: Assessment) -> set[Rule]:
    law = assessment.law
    parts = (rules_of_routes(law.applies, assessment.findings), law.papers.rules, law.clock.rules, law.limits.rules)
    return {rule for part in parts for rule in part}


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every text that is read in one go: a paragraph, an item, a row with the notes of its table."""
    for block in blocks:
        match block:
            case Paragraph() | Notice():
                yield block.text
            case Bullets():
                yield from block.items
            case Facts():
                yield from (f"{name}: {value}" for name, value in block.items)
            case Table():
                notes = " ".join(block.notes)
                yield from (f"{' '.join(row)} {notes}" for row in block.rows)


def tells(text: str, rule: Rule) -> bool:
    value = amount(rule).removesuffix(".")
    return value.removesuffix(" a week") in text if rule.key == "week_pay_cap" else value in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("on", ["2012-03-01", "2026-11-02"])
def test_an_unchecked_rule_is_never_told_without_saying_so(kind: str, where: str, on: str) -> None:
    assessment = made(kind, where, on)
    unchecked = [rule for rule in rules(assessment) if rule.confidence == "unchecked"]
    assert unchecked
    told = [text for text in texts(blocks(assessment)) if any(tells(text, rule) for rule in unchecked)]
    assert told
    assert [text for text in told if MARK not in text] == []


@pytest.mark.parametrize("where", PLACES)
def test_what_to_check_stands_once_and_every_rule_that_was_not_read_is_counted_there_and_marked_in_a_table(
    where: str,
) -> None:
    assessment = made("public authority", where, "2026-11-02")
    listed = annex(assessment).blocks
    (place,) = [number for number, block in enumerate(listed) if isinstance(block, Heading) and block.text == CHECK]
    listing = listed[place + 1]
    assert isinstance(listing, Bullets)
    used = rules_used(assessment)
    counts = [sum(rule.confidence == how for rule in used) for how in ("second-hand", "unchecked")]
    assert figures(listing.items[0])[:3] == [str(number) for number in (len(used), *counts)]
    assert all(len(item.split()) < 90 for item in listing.items)
    marked = {row[0] for table in annex_tables(assessment) for row in table.rows}
    unread = [rule for rule in rules(assessment) if rule.confidence != "read"]
    assert [rule.title for rule in unread if f"{rule.title}{MARK}" not in marked] == []
    assert len(set(listing.items)) == len(listing.items)
    whole = "\n".join(texts(blocks(assessment))).lower()
    assert whole.count("(check before relying on this)") == whole.count("a secondary source says so") == 0


@pytest.mark.parametrize(("kind", "where"), [("Crown", "England"), ("other body", "Northern Ireland")])
def test_what_has_come_is_kept_where_no_list_of_the_law_applies(kind: str, where: str) -> None:
    assessment = made(kind, where, "2026-11-02")
    assert any(isinstance(block, Bullets) and block.items == ("The reasons",) for block in blocks(assessment))
