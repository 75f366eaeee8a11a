"""The draft has its twelve sections, fills in what figures say, and leaves to people what only they can write."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from assessments import MAKERS, sample
from made import QUICK, assessed, case, figures, pools

from eia.findings.assessment import Assessment
from eia.findings.gaps import gaps
from eia.present.documents.draft import draft
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Answer, Bullets, Choice, Heading, Notice, Paragraph, Table
from eia.present.figures.exact import exact
from eia.present.figures.impacts import impacts
from eia.present.figures.unknowns import unknowns
from eia.present.parts.actions import Action, actions
from eia.present.parts.page_one import OUTCOMES, proposed
from eia.present.sections.consultation import first_of_all

FILE = pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), none=(0, 20, 0, 60))
SECTIONS = ["one-page", "about", "proposal", "affected", "evidence", "impact", "selecting", "alternatives", "justifying", "doing",
            "consulting", "outcome", "reading"]  # fmt: skip
ENGLAND = {"kind": "public authority", "jurisdiction": "England"}
BEGUN = {"begins": dt.date(2026, 10, 26), "number_proposed": 27}


def made(assessment: Assessment) -> tuple[Action, ...]:
    return actions(assessment, exact(assessment))


def of(assessment: Assessment, kind):
    return [block for block in draft(assessment).blocks if isinstance(block, kind)]


@pytest.mark.parametrize("name", MAKERS)
def test_every_draft_has_the_same_sections_in_the_same_order(name: str) -> None:
    assert [block.key for block in of(sample(name), Heading) if block.level == 2] == SECTIONS


@pytest.mark.parametrize("name", MAKERS)
def test_the_outcome_is_offered_and_never_chosen(name: str) -> None:
    (choice,) = of(sample(name), Choice)
    assert choice.options == OUTCOMES
    assert len(choice.options) == 4


@pytest.mark.parametrize("name", MAKERS)
def test_every_place_to_write_has_a_prompt_an_owner_and_a_day(name: str) -> None:
    places = of(sample(name), Answer)
    assert all(place.help and place.owner and place.by and not place.text for place in places)
    assert len({place.title for place in places}) == len(places)


def test_a_clear_gap_stands_on_page_one_with_where_it_comes_from() -> None:
    assessment = assessed(FILE, QUICK)
    (gap,) = exact(assessment).gaps
    assert any(gap.told in block.items for block in of(assessment, Bullets))
    assert figures(gap.told) == ["22", "40", "55", "12", "14"]  # selected, in the pools, shares, if even


def test_what_came_before_what_it_should_follow_stands_first() -> None:
    assessment = assessed(FILE, case(employer=ENGLAND, dates={"proposal": dt.date(2026, 10, 19)}, consultation=BEGUN))
    flags = tuple(first_of_all(assessment))
    assert len(flags) == 2
    assert draft(assessment).blocks[1:3] == flags
    assert all(isinstance(flag, Notice) for flag in flags)


@pytest.mark.parametrize(
    ("paper", "on", "named"),
    [
        ("draft equality impact assessment of 9 October", dt.date(2026, 10, 20), True),
        ("report of the chief executive", dt.date(2026, 10, 20), False),
        ("equality impact assessment", dt.date(2026, 11, 2), False),
    ],
)
def test_an_assessment_on_record_from_before_consultation_is_named_and_not_asked_for(
    paper: str, on: dt.date, named: bool
) -> None:
    decisions = {"consultation": {"by": "Cabinet", "on": on, "given": (paper,)}}
    dates = {"proposal": dt.date(2026, 10, 19)}
    assessment = assessed(FILE, case(employer=ENGLAND, dates=dates, consultation=BEGUN, decisions=decisions))
    said, published = (next(first_of_all(assessment, edition)).text for edition in ("confidential", "publishable"))
    assert (paper in said, "before that" in said) == (named, not named)
    assert paper not in published


@pytest.mark.parametrize("name", MAKERS)
def test_the_draft_speaks_as_whoever_decides_and_asks_no_employer(name: str) -> None:
    said = to_markdown(draft(sample(name)))[0]
    assert not re.search(r"\bThe employer must\b|\bAsk (which|how|whether|for|what|why)\b", said)


def test_the_proposal_is_quoted_beside_what_the_figures_say_of_its_pools() -> None:
    words = "In each pool the lowest scores go."
    assessment = assessed(
        pools(A=(12, 20, 2, 20), B=(5, 5, 5, 5), C=(0, 4, 0, 4), none=(0, 20, 0, 60)), case(proposal=words)
    )
    said = proposed(assessment, exact(assessment))
    assert f"“{words}”" in said
    told = exact(assessment).choice
    assert told in said
    assert figures(told) == ["1", "1"]
    assert any(figures(line) == ["1"] for line in unknowns(assessment) if "everybody" in line)
    assert exact(sample("found")).choice == ""


@pytest.mark.parametrize(("begins", "checks"), [(dt.date(2026, 12, 1), True), (dt.date(2026, 10, 26), False)])
def test_before_consultation_opens_the_draft_is_a_check_of_the_employers_own(begins: dt.date, checks: bool) -> None:
    choices = case(dates={"proposal": dt.date(2026, 10, 19)}, consultation=BEGUN | {"begins": begins})
    page = draft(assessed(pools(chosen=False, A=(0, 20, 0, 20)), choices))
    assert page.title.startswith("Self-check before consultation") == checks
    assert any(isinstance(b, Heading) and "examine and mend first" in b.text for b in page.blocks) == checks


@pytest.mark.parametrize(
    ("where", "kind", "more"),
    [
        ("England", "public authority", {"Sexual orientation", "Marriage and civil partnership"}),
        ("Wales", "public authority", {"Welsh language", "Socio-economic disadvantage"}),
        ("Scotland", "public authority", {"Socio-economic disadvantage"}),
        ("Northern Ireland", "public authority", {"Political opinion", "Dependants"}),
    ],
)
def test_each_nation_goes_through_what_its_law_asks(where: str, kind: str, more: set[str]) -> None:
    assessment = assessed(
        FILE, case(employer={"kind": kind, "jurisdiction": where}, dates={"proposal": dt.date(2026, 10, 19)})
    )
    assert more <= {row.title for row in impacts(assessment)}
    assert ("Welsh language" in {row.title for row in impacts(assessment)}) == (where == "Wales")
    asked = to_markdown(draft(assessment))[0].split("## 5 ")[1].split("**Table")[0]
    assert ("reg 8" in asked) == (where == "Wales")
    assert ("reg 5†" in asked) == (where == "Scotland")
    assert ("s.75" in asked) == (where == "Northern Ireland")
    assert ("s.149" in asked) == (where != "Northern Ireland")


def test_no_duty_is_cited_for_an_employer_that_none_is_known_to_bind() -> None:
    choices = case(
        employer={"kind": "other body", "jurisdiction": "England"}, dates={"proposal": dt.date(2026, 10, 19)}
    )
    assert "s.149" not in to_markdown(draft(assessed(FILE, choices)))[0]


@pytest.mark.parametrize("name", MAKERS)
def test_a_characteristic_has_one_row_and_none_is_of_everyone_else(name: str) -> None:
    rows = impacts(sample(name))
    assert len({row.title for row in rows}) == len(rows)
    for row in rows:
        assert all(finding.group.label != finding.characteristic.others for finding in row.findings)
        assert not any(route.key == "no route the other way" for finding in row.findings for route in finding.routes)


def test_an_action_stands_in_the_row_of_the_characteristic_that_it_is_about() -> None:
    assessment = assessed(FILE, QUICK)
    (table,) = [block for block in of(assessment, Table) if block.title == "Impact by characteristic"]
    numbers = [str(n) for n, action in enumerate(made(assessment), start=1) if action.answers]
    assert {row[0]: row[-1] for row in table.rows}["Sex"] == ", ".join(numbers) == "1"


def test_how_severe_a_gap_is_people_write_beside_its_numbers() -> None:
    (table,) = [block for block in of(sample("found"), Table) if block.title == "Impact by characteristic"]
    (place,) = [place for place, column in enumerate(table.columns) if column.written]
    assert table.columns[place].title == "Severity"
    assert {row[place] for row in table.rows} == {"To write"}


@pytest.mark.parametrize("name", MAKERS)
def test_the_last_action_is_to_make_the_assessment_again(name: str) -> None:
    *_, last = made(sample(name))
    assert last.answers == ()
    assert len({action.do for action in made(sample(name))}) == len(made(sample(name)))


def test_answers_not_known_are_counted_among_those_at_risk() -> None:
    rows = b"".join(
        f"{'F' if n % 2 else 'M'},{('yes', 'no', '')[n % 3]},{'A' if n < 60 else ''},{'selected' if n % 3 == 0 and n < 60 else 'retained' if n < 60 else ''}\n".encode()
        for n in range(120)
    )
    said = " ".join(unknowns(assessed(b"sex,disability,pool,outcome\n" + rows, QUICK)))
    assert "disability for 20 of the 60 people at risk" in said


def test_page_one_names_no_group_where_nothing_stands_out() -> None:
    assessment = sample("nothing found")
    assert gaps(assessment) == ()
    page = draft(assessment).blocks[
        : [block.key if isinstance(block, Heading) else "" for block in draft(assessment).blocks].index("about")
    ]
    assert not any("women" in block.text.lower() for block in page if isinstance(block, Paragraph))


@pytest.mark.parametrize(("begins", "by"), [(dt.date(2026, 12, 1), "consultation"), (dt.date(2026, 10, 26), "the decision")])  # fmt: skip
def test_nothing_is_to_be_written_by_a_day_that_is_past(begins: dt.date, by: str) -> None:
    assessment = assessed(FILE, case(consultation={"begins": begins}))
    assert {place.by for place in of(assessment, Answer) if place.title in ("Aim and reason", "Money")} == {by}


def test_a_first_version_asks_for_no_change_since_another() -> None:
    (versions,) = [table for table in of(assessed(FILE, QUICK), Table) if table.title.startswith("Versions")]
    ((*_, changed),) = versions.rows
    assert "No earlier version" in changed
    assert "To write" not in changed
