"""The section on consultation says what the clock holds, with the rule behind every day, and never more."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from made import figures

from eia.case import Case, Consultation, Dates, Employer
from eia.present.documents.model import Block, Bullets, Document, Facts, Figure, Heading, Notice, Paragraph, Table
from eia.present.sections.consultation import _CAUTIONS, _NOT_ENTERED, consultation, duty, timeline
from eia.present.sections.law import MARK
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


def section(*arguments: Any, **choices: Any) -> tuple[Block, ...]:
    return tuple(consultation(*made(*arguments, **choices)))


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
    heading, said = consultation(None, Case())
    assert isinstance(heading, Heading)
    assert isinstance(said, Paragraph)
    assert said.text == _NOT_ENTERED


def test_without_anything_entered_the_crown_is_told_nothing_of_a_duty_that_it_does_not_have() -> None:
    assert tuple(consultation(None, Case(employer=Employer(kind="Crown")))) == ()


@pytest.mark.parametrize(
    ("choices", "key", "number"),
    [
        ({"number": 120, "proposal": dt.date(2012, 3, 1)}, "owed", ["90"]),
        ({"number": 120}, "owed", ["45"]),
        ({"number": 30}, "owed", ["30"]),
        ({"number": 19}, "too few", ["20"]),
        ({"number": 300, "kind": "Crown"}, "Crown", []),
        ({"number": 300, "kind": "Crown", "where": "Northern Ireland"}, "not recorded", []),
        ({"number": None}, "number not given", []),
        ({"proposal": None}, "day not given", []),
        ({"where": None}, "place not given", []),
    ],
)
def test_the_duty_is_told_first(choices: dict[str, Any], key: str, number: list[str]) -> None:
    found, _ = made(**choices)
    blocks = section(**choices)
    lead = next(block for block in blocks if isinstance(block, Paragraph))
    assert lead.lead
    assert (found.duty, lead.text) == (key, duty(found))
    assert key == "Crown" or figures(lead.text) == number
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
    found, _ = made(first_dismissal=dt.date(2026, 12, 21))
    notices = [b.text for b in section(first_dismissal=dt.date(2026, 12, 21)) if isinstance(b, Notice)]
    assert (found.cautions, found.short_by) == (("period too short",), 1)
    assert notices == [_CAUTIONS["period too short"].format(days="1 day")]


def test_the_award_is_a_ceiling_and_never_for_the_crown() -> None:
    assert made()[0].award is not None
    assert "180 days" in words(section())
    assert "ceiling" in words(section())
    assert "ceiling" not in words(section(kind="Crown"))


def test_a_ceiling_that_changed_while_the_case_was_under_way_says_what_is_not_clear() -> None:
    under_way = section(proposal=dt.date(2026, 3, 1), first_dismissal=dt.date(2026, 5, 1))
    told = next(block for block in under_way if isinstance(block, Bullets)).items[0]
    assert "180 days" in told
    assert "not clear" in told
    assert not any("not clear" in text for block in section() if isinstance(block, Bullets) for text in block.items)


@pytest.mark.parametrize(
    ("choices", "day", "come"),
    [
        ({"number": 20}, "22 December 2026", "none"),
        ({"number": 100}, "6 January 2027", "all"),
        ({"first_dismissal": dt.date(2026, 12, 31)}, "31 December 2026", "none"),
        ({"first_dismissal": dt.date(2027, 1, 1)}, "1 January 2027", "all"),
        ({"proposal": dt.date(2026, 2, 2), "first_dismissal": dt.date(2026, 4, 6)}, "6 April 2026", "some"),
    ],
)
def test_what_straddles_a_change_of_the_law_says_on_which_side_the_first_dismissal_falls(
    choices: dict[str, Any], day: str, come: str
) -> None:
    (table,) = [b for b in section(**choices) if isinstance(b, Table) and "The first dismissal" in " ".join(b.notes)]
    (note,) = [note for note in table.notes if "The first dismissal" in note]
    assert day in note
    assert [word for word in ("none", "all", "some") if f"{word} of these days" in note] == [come]


def test_without_a_day_of_dismissal_no_side_is_told() -> None:
    for choices in ({"number": 19}, {"kind": "Crown"}):
        assert "1 January 2027" in words(section(**choices))
        assert "The first dismissal" not in words(section(**choices))


def test_a_rule_that_was_not_checked_is_said_to_be_so_where_it_is_used() -> None:
    found, _ = made()
    (changes,) = [b for b in section() if isinstance(b, Table) and b.title.startswith("Rules that change")]
    marked = {each.title + MARK for each in found.changes if each.confidence != "read"}
    assert marked
    assert marked <= {row[1] for row in changes.rows}


def test_consultation_has_to_begin_by_two_days_and_the_reason_stands_there() -> None:
    blocks = section(325, notice_from=dt.date(2027, 1, 11), first_dismissal=dt.date(2027, 2, 8))
    (table,) = [block for block in blocks if isinstance(block, Table) and "Days" in block.title]
    begin_by = [row[1] for row in table.rows if row[0].startswith("Consultation to begin by")]
    assert begin_by == ["27 November 2026", "25 December 2026"]
    assert any("C-188/03" in note for note in table.notes)


def test_a_day_of_dismissal_is_never_called_by_words_that_promise() -> None:
    said = words(section(first_dismissal=dt.date(2027, 3, 1))).lower()
    assert not [word for word in ("lawful", "compliant", "proved", "no impact") if word in said]
