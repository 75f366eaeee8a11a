"""The section on consultation says what the clock holds, with the rule behind every day, and never more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from eia.case import Case, Consultation, Dates, Employer
from eia.present.documents.model import Block, Bullets, Document, Facts, Figure, Heading, Notice, Paragraph, Table
from eia.present.sections.consultation import consultation, timeline
from eia.process.consultation_clock import ConsultationClock, consultation_clock

TODAY = dt.date(2026, 11, 22)


def made(number: int | None = 30, *, kind: Any = "other body", where: Any = "England", proposal: dt.date | None = TODAY,
         **days: dt.date) -> tuple[ConsultationClock, Case]:  # fmt: skip
    case = Case(
        employer=Employer(kind=kind, jurisdiction=where),
        dates=Dates(proposal=proposal),
        consultation=Consultation(number_proposed=number, establishment="Civic Centre", **days),
    )
    found = consultation_clock(case)
    assert found
    return found, case


def section(*arguments: Any, today: dt.date = TODAY, **choices: Any) -> tuple[Block, ...]:
    return tuple(consultation(*made(*arguments, **choices), today=today))


def words(blocks: tuple[Block, ...]) -> str:
    """Everything that a section says."""
    said = []
    for block in blocks:
        match block:
            case Heading() | Paragraph() | Notice():
                said.append(block.text)
            case Bullets():
                said += block.items
            case Facts():
                said += [f"{name}: {value}" for name, value in block.items]
            case Table():
                said += [block.title, *block.notes, *(cell for row in block.rows for cell in row)]
            case Figure():
                said += [block.title, block.chart.alt]
    return "\n".join(said)


def test_without_anything_entered_it_is_said_what_to_enter() -> None:
    heading, said = consultation(None, Case(), today=TODAY)
    assert isinstance(heading, Heading)
    assert isinstance(said, Paragraph)
    assert "cannot be told" in said.text
    assert "never counted from the selections" in said.text


def test_without_anything_entered_the_crown_is_told_nothing_of_a_duty_that_it_does_not_have() -> None:
    assert tuple(consultation(None, Case(employer=Employer(kind="Crown")), today=TODAY)) == ()


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"number": 120, "proposal": dt.date(2012, 3, 1)}, "at least 90 days"),
        ({"number": 120}, "at least 45 days"),
        ({"number": 30}, "at least 30 days"),
        ({"number": 19}, "Below 20 dismissals"),
        ({"number": 300, "kind": "Crown"}, "do not apply to Crown employment"),
        ({"number": 300, "kind": "Crown", "where": "Northern Ireland"}, "not recorded"),
        ({"number": None}, "the number of dismissals proposed at one establishment has not been entered"),
        ({"proposal": None}, "the day of the proposal has not been entered"),
        ({"where": None}, "the jurisdiction has not been entered"),
    ],
)
def test_the_duty_is_told_first(choices: dict[str, Any], said: str) -> None:
    blocks = section(**choices)
    lead = next(block for block in blocks if isinstance(block, Paragraph))
    assert lead.lead
    assert said in lead.text
    assert Document(title="T", subtitle="", notice="", blocks=blocks)


def test_every_day_worked_out_names_its_provision() -> None:
    (table,) = [
        block for block in section(first_dismissal=dt.date(2027, 3, 1)) if isinstance(block, Table) and "Days" in block.title
    ]  # fmt: skip
    for what, _, source in table.rows:
        assert source == "As entered" or "s.188" in source or "s.193" in source, what


def test_the_chart_has_every_day_of_the_table() -> None:
    found, _ = made(first_dismissal=dt.date(2027, 3, 1), notice_from=dt.date(2027, 1, 18), begins=TODAY)
    chart = timeline(found)
    assert [row.day for row in chart.rows] == [each.day for each in found.milestones]
    assert all(row.text in chart.alt for row in chart.rows)


def test_a_dismissal_that_comes_too_early_is_a_caution_with_its_days() -> None:
    notices = [b.text for b in section(first_dismissal=dt.date(2026, 12, 21)) if isinstance(b, Notice)]
    assert notices == ["The first dismissal, as entered, comes 1 day before the least period has run."]


def test_the_award_is_a_ceiling_and_never_for_the_crown() -> None:
    assert "That is a ceiling, not a forecast" in words(section())
    assert "up to 180 days of pay" in words(section())
    assert "ceiling" not in words(section(kind="Crown"))


def test_a_ceiling_that_changed_while_the_case_was_under_way_says_what_is_not_clear() -> None:
    under_way = section(proposal=dt.date(2026, 3, 1), first_dismissal=dt.date(2026, 5, 1))
    told = next(block for block in under_way if isinstance(block, Bullets)).items[0]
    assert "180 days" in told
    assert "the Act itself is not clear" in told
    assert not any("not clear" in text for block in section() if isinstance(block, Bullets) for text in block.items)


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        ({"number": 20}, "can take effect no earlier than 22 December 2026: none of these days has come"),
        ({"number": 100}, "can take effect no earlier than 6 January 2027: all of these days have come"),
        ({"first_dismissal": dt.date(2026, 12, 31)}, "is entered as 31 December 2026: none of these days has come"),
        ({"first_dismissal": dt.date(2027, 1, 1)}, "is entered as 1 January 2027: all of these days have come"),
        ({"proposal": dt.date(2026, 2, 2), "first_dismissal": dt.date(2026, 4, 6)}, "some of these days have come by then, and others not"),
    ],
)  # fmt: skip
def test_what_straddles_a_change_of_the_law_says_on_which_side_the_first_dismissal_falls(
    choices: dict[str, Any], said: str
) -> None:
    assert said in words(section(**choices))


def test_without_a_day_of_dismissal_no_side_is_told() -> None:
    for choices in ({"number": 19}, {"kind": "Crown"}):
        assert "1 January 2027" in words(section(**choices))
        assert "The first dismissal" not in words(section(**choices))


def test_a_rule_that_was_not_checked_is_said_to_be_so_where_it_is_used() -> None:
    said = words(section())
    assert "1 January 2027\nDismissal for refusing a change of pay" in said
    assert "Check before relying on this" in said


def test_records_that_nobody_looked_at_for_long_reach_the_page() -> None:
    assert "Not checked for over 18 months" not in words(section())
    assert "Not checked for over 18 months" in words(section(today=dt.date(2028, 2, 1)))


def test_a_day_of_dismissal_is_never_called_by_words_that_promise() -> None:
    said = words(section(first_dismissal=dt.date(2027, 3, 1))).lower()
    assert not [word for word in ("lawful", "compliant", "proved", "no impact") if word in said]
