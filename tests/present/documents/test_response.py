"""The response asks with days, attaches each figure to the step that made it, and never says that a rule was broken."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest
from assessments import MAKERS, example, sample
from made import QUICK, WHEN, assessed, case, figures, pools, table

from eia.counts.disclosure.published import WITHHELD
from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.findings.gaps import can_be_named, gaps
from eia.findings.publication import published
from eia.findings.record import from_json, to_json
from eia.law.lookup import written
from eia.law.open_points import open_on
from eia.present.documents.annex import annex
from eia.present.documents.draft import draft
from eia.present.documents.markdown import to_markdown
from eia.present.documents.members_sheet import members_sheet
from eia.present.documents.model import Answer, Bullets, Facts, Heading, Notice, Paragraph, Table
from eia.present.documents.response import FROM, MEETING, TO_WHOM, opening, response
from eia.present.documents.speaking_note import speaking_note
from eia.present.figures.exact import exact
from eia.present.figures.gap_told import CLEAR
from eia.present.figures.left_out import OPENS
from eia.present.figures.public import public
from eia.present.parts.response.asks import MOST, asks, criteria_apart, findings_table, named, reply_by
from eia.present.parts.response.chosen import led_by_the_chosen
from eia.present.parts.response.law_here import points
from eia.present.parts.response.not_given import not_given
from eia.present.parts.response.requests import requests
from eia.present.sections.law import MARK, amount, to_check
from eia.present.sections.law_section import rules_used
from eia.present.text.mixed import as_told
from eia.present.text.open_questions import GUESSED
from eia.process.papers.documents import still_to_ask_for

FILE = pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20))
MIXED = (
    b"sex,outcome\n"
    + b"Female,selected\n" * 22
    + b"Female,retained\n" * 18
    + b"Male,selected\n" * 5
    + b"Male,retained\n" * 35
)


FIELD = Path(__file__).parents[2] / "data" / "field"
NO_SCORES, NO_POOLS = "r00_full_itrent_420.xlsx", "r08_counts_without_pools.xlsx"


@cache
def field(name: str) -> Assessment:
    """A file as it came, with nothing said about it."""
    return assess(FIELD / name, as_read=True, when=WHEN)


def bound(**choices: object):
    return case(
        employer={"kind": "public authority", "jurisdiction": "England"},
        dates={"proposal": dt.date(2026, 10, 19)},
        **choices,
    )


@pytest.mark.parametrize("name", MAKERS)
def test_two_to_five_asks_are_made_and_each_once(name: str) -> None:
    made = asks(sample(name), exact(sample(name)))
    assert 2 <= len(made) <= MOST
    assert len(set(made)) == len(made)


@pytest.mark.parametrize(
    ("notice", "day"),
    [
        (None, dt.date(2026, 11, 9)),
        (dt.date(2026, 11, 5), dt.date(2026, 11, 4)),
        (dt.date(2026, 10, 30), dt.date(2026, 11, 9)),
    ],
    ids=["a week on", "before notice", "notice has been given"],
)
def test_an_answer_is_asked_for_in_a_week_and_before_notice(notice: dt.date | None, day: dt.date) -> None:
    given = {"notice_from": notice} if notice else {}
    assessment = assessed(FILE, bound(consultation={"number_proposed": 27, **given}))
    assert reply_by(assessment) == day
    assert written(day) in asks(assessment, exact(assessment))[0]


@pytest.mark.parametrize(
    ("notice", "day"),
    [
        (dt.date(2026, 11, 9), dt.date(2026, 11, 6)),
        (dt.date(2026, 11, 8), dt.date(2026, 11, 6)),
        (dt.date(2026, 11, 7), dt.date(2026, 11, 6)),
    ],
    ids=["a Sunday", "a Saturday", "a Friday"],
)
def test_no_answer_is_asked_for_on_a_weekend(notice: dt.date, day: dt.date) -> None:
    assessment = assessed(FILE, bound(consultation={"number_proposed": 27, "notice_from": notice}))
    assert reply_by(assessment) == day


def test_a_row_is_of_the_step_that_made_the_gap() -> None:
    told = exact(assessed(FILE, QUICK))
    (row,) = findings_table(told.gaps, told).rows
    assert row == ("Women", "22 of 40", "about 14", "Who is selected within the pools")


def test_the_jobs_people_do_are_no_answer_only_where_jobs_were_compared() -> None:
    def headed(data: bytes) -> bool:
        return any(
            isinstance(block, Heading) and block.key == "not-an-answer"
            for block in response(assessed(data, QUICK)).blocks
        )

    assert headed(FILE)
    assert gaps(assessed(MIXED, QUICK))
    assert not headed(MIXED)  # no pools were given: the jobs may be the reason


def test_a_selection_that_came_before_consultation_on_it_opens_the_response() -> None:
    begun = assessed(FILE, bound(consultation={"begins": dt.date(2026, 10, 26), "number_proposed": 27}))
    assert written(dt.date(2026, 10, 26)) in opening(begun)
    assert opening(assessed(FILE, bound())) == ""


EARLIER = {
    "employer": {"kind": "public authority", "jurisdiction": "England"},
    "dates": {"proposal": dt.date(2026, 5, 18), "extract": dt.date(2026, 5, 14)},
    "consultation": {"begins": dt.date(2026, 6, 1), "number_proposed": 27},
}


def test_a_selection_on_file_from_before_consultation_opens_the_response_however_late_it_is() -> None:
    early = assessed(FILE, case(**EARLIER))
    assert all(written(day) in opening(early) for day in (dt.date(2026, 5, 14), dt.date(2026, 6, 1)))
    assert any("Consult us afresh" in ask for ask in asks(early, exact(early)))
    later = assessed(
        FILE, case(**EARLIER | {"dates": {"proposal": dt.date(2026, 5, 18), "extract": dt.date(2026, 6, 2)}})
    )
    assert opening(later) == ""


@pytest.mark.parametrize(("day", "due"), [(1, False), (0, True), (-90, True)], ids=["to come", "today", "past"])
def test_a_first_day_of_notice_that_has_come_is_said_first_and_asked_about(day: int, due: bool) -> None:
    notice = WHEN.date() + dt.timedelta(days=day)
    made = assessed(FILE, bound(consultation={"number_proposed": 27, "notice_from": notice}))
    first = asks(made, exact(made))[0]
    assert (written(notice) in opening(made)) is due
    assert ("no notice will be given" in first) is not due
    assert ("have been given notice" in first) is due


def test_what_the_law_lists_is_asked_for_with_what_has_come() -> None:
    assessment = assessed(FILE, bound(consultation={"number_proposed": 27, "received": ("the reasons",)}))
    by_law = [one for one in requests(assessment, exact(assessment)) if one.route.startswith("s.188(4)")]
    assert len(by_law) == 7
    assert [one.came for one in by_law if one.what == "The reasons"] == ["Yes"]
    assert [one.came for one in by_law].count("") == 6


def test_documents_that_were_asked_for_keep_their_days() -> None:
    day = dt.date(2026, 11, 1)
    assessment = assessed(
        FILE, bound(documents={"job plans": {"asked": day}, "appeals procedure": {"asked": day, "received": day}})
    )
    made = {one.what: (one.asked, one.came) for one in requests(assessment, exact(assessment))}
    assert made["Job plans"] == (day, "")
    assert made["Appeals procedure"] == (day, written(day))
    assert not any("policies and papers" in what.lower() and "appeals procedure" in what for what in made)


@pytest.mark.parametrize("made", [response, speaking_note])
def test_every_document_that_was_not_asked_for_yet_is_on_the_list_of_the_letter_and_of_the_note(made) -> None:
    assessment = assessed(FILE, bound(documents={"appeals procedure": {"asked": dt.date(2026, 11, 1)}}))
    said = to_markdown(made(assessment))[0]
    rest = still_to_ask_for(assessment.case)
    assert len(rest) == 9
    assert "; ".join(rest) in said.lower()


@pytest.mark.parametrize("name", MAKERS)
def test_a_point_of_law_asks_to_be_shown_something(name: str) -> None:
    for point in points(sample(name), exact(sample(name))):
        assert point.rules
        assert point.say.endswith(".")
        assert point.show.endswith(".")
        assert "unlawful" not in point.say


@pytest.mark.parametrize("given", [(), ("a report",)], ids=["no papers", "papers"])
def test_whoever_is_on_record_as_deciding_is_asked_about_by_name(given: tuple[str, ...]) -> None:
    decided = assessed(FILE, bound(decisions={"Criteria": {"by": "Cabinet", "given": given}}))
    (point,) = [one for one in points(decided, exact(decided)) if "deciding" in one.say]
    assert "Cabinet" in point.show
    assert "Who decides" not in point.show
    assert ("had before them" in point.show) is not bool(given)
    assert any("Cabinet" in ask for ask in asks(decided, exact(decided)))
    assert any("who decides" in ask for ask in asks(assessed(FILE, bound()), exact(assessed(FILE, bound()))))


def test_no_duty_is_claimed_of_an_employer_that_none_is_known_to_bind() -> None:
    choices = case(
        employer={"kind": "other body", "jurisdiction": "England"}, dates={"proposal": dt.date(2026, 10, 19)}
    )
    assessment = assessed(FILE, choices)
    assert not any(
        rule.key == "equality_duty" for point in points(assessment, exact(assessment)) for rule in point.rules
    )


@pytest.mark.parametrize("name", MAKERS)
def test_the_speaking_note_has_the_asks_of_the_response(name: str) -> None:
    made = [block for block in speaking_note(sample(name)).blocks if isinstance(block, Bullets)]
    assert made[0] == as_told(sample(name), Bullets(asks(sample(name), exact(sample(name))), ordered=True))


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "hostile"])
def test_the_members_sheet_has_no_figure_of_any_group(name: str) -> None:
    page = members_sheet(sample(name))
    assert page.notice == ""
    assert not any(isinstance(block, Table) for block in page.blocks)
    said = re.sub(r"\d+ [A-Z][a-z]+ \d{4}", "a day", to_markdown(dataclasses.replace(page, subtitle=""))[0])
    assert "%" not in said
    assert not any(str(gap.finding.people.group_selected) in said.split() for gap in gaps(sample(name)))


@pytest.mark.parametrize("made", [draft, response, members_sheet])
def test_what_the_case_keeps_of_people_stands_in_its_place(made) -> None:
    empty = made(assessed(FILE, bound()))
    texts = {answer.key: f"Written for {place}." for place, answer in enumerate(empty.answers)}
    filled = made(assessed(FILE, bound(texts=texts)))
    assert [answer.text for answer in filled.answers] == list(texts.values())
    assert not any(answer.text for answer in empty.answers)


@pytest.mark.parametrize("name", [*MAKERS, NO_SCORES, NO_POOLS])
def test_every_gap_that_the_letter_names_has_an_ask_that_fits_its_step(name: str) -> None:
    assessment = field(name) if name.startswith("r0") else sample(name)
    words = {"scope": "which jobs are at risk", "spread": "shared out among pools", "selection": "cores"}
    told = asks(assessment, exact(assessment))
    for gap in named(exact(assessment)):
        mine = [ask for ask in told if gap.who in ask.lower() or gap.who.capitalize() in ask]
        assert any(words[gap.step] in ask for ask in mine), gap.who


def test_gaps_of_several_groups_in_selection_are_asked_about_together() -> None:
    (ask,) = [ask for ask in asks(field(NO_SCORES), exact(field(NO_SCORES))) if "scores by group" in ask]
    assert all(who in ask for who in ("part-time staff", "disabled people"))


def test_where_no_pools_were_given_they_are_asked_for() -> None:
    assert any("Which pool" in one.what for one in requests(field(NO_POOLS), exact(field(NO_POOLS))))
    assert not any("Which pool" in one.what for one in requests(field(NO_SCORES), exact(field(NO_SCORES))))


def test_only_of_a_clear_gap_within_pools_is_it_said_that_jobs_do_not_explain_it() -> None:
    told = exact(field(NO_SCORES))
    (unclear,) = [gap for gap in told.gaps if gap.evidence == 1]
    blocks = response(field(NO_SCORES)).blocks
    at = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.key == "not-an-answer")
    assert unclear.who not in blocks[at + 1].text
    assert all(gap.who in blocks[at + 1].text for gap in told.gaps if gap.evidence == 2)


def test_numbers_within_pools_stand_beside_no_other_step() -> None:
    told = exact(field(NO_SCORES))
    within = [
        row for row, gap in zip(findings_table(told.gaps, told).rows, told.gaps, strict=True) if gap.step == "selection"
    ]
    assert len(within) == 3
    assert {row[-1] for row in within} == {"Who is selected within the pools"}


@pytest.mark.parametrize("made", [response, speaking_note])
def test_guesses_at_who_is_counted_that_nobody_confirmed_are_said_in_the_letter(made) -> None:
    assert GUESSED in to_markdown(made(field(NO_SCORES)))[0]
    assert GUESSED not in to_markdown(made(assessed(FILE, QUICK)))[0]


def test_a_question_that_counts_nobody_differently_is_no_guess_at_who_is_counted() -> None:
    made = field(NO_SCORES)
    others = tuple(one for one in made.evidence.intake.questions if not one.changes_who_is_counted)
    intake = dataclasses.replace(made.evidence.intake, questions=others)
    answered = dataclasses.replace(made, evidence=dataclasses.replace(made.evidence, intake=intake))
    assert others
    assert public(answered, published(answered)).guesses == ()
    assert not any(isinstance(block, Notice) for block in response(answered).blocks)


def test_two_bases_in_the_table_of_findings_are_told_in_its_cells() -> None:
    told = exact(assessed(FILE, QUICK))
    (gap,) = told.gaps
    in_all = dataclasses.replace(gap, step="scope", seen="22 of 27")
    rows = findings_table((gap, in_all), told).rows
    assert [row[1] for row in rows] == ["22 of 40 women", "22 of 27 selected"]


def test_what_may_be_published_of_a_gap_within_pools_has_one_base_said_the_same_way() -> None:
    rows = [(sex, "A", "volunteer accepted") for sex in ("Female", "Male") for _ in range(10)]
    people = [[*row] for row in rows] + [
        [sex, "A", "selected" if n < gone else "retained"]
        for sex, gone in (("Female", 30), ("Male", 10)) for n in range(60)
    ]  # fmt: skip
    made = assessed(table(people, ["sex", "pool", "outcome"]), QUICK)
    (gap,) = public(made, published(made)).gaps
    assert figures(gap.numbers) == ["30", "60", "50", "33", "20"]  # without the volunteers
    assert "at risk" not in gap.numbers


def test_marks_of_what_is_withheld_are_explained_only_where_one_stands() -> None:
    made = assessed(pools(A=(30, 40, 10, 40), B=(25, 40, 10, 40)), QUICK)
    shown = public(made, published(made))
    (gap,) = shown.gaps
    assert findings_table((gap,), shown).notes == ()
    hidden = dataclasses.replace(gap, seen=WITHHELD)
    assert findings_table((hidden,), shown).notes == (shown.rows_note,)


def test_the_letter_names_no_gap_that_is_none_beside_clear_ones() -> None:
    told = exact(assessed(FILE, QUICK))
    (clear,) = told.gaps
    none = dataclasses.replace(clear, evidence=0, clear=CLEAR["not_found"])
    unsure = dataclasses.replace(clear, evidence=0, clear=CLEAR["cannot_say"])
    assert named(dataclasses.replace(told, gaps=(clear, none, unsure))) == (clear, unsure)
    assert named(dataclasses.replace(told, gaps=(none,))) == (none,)


@pytest.mark.parametrize("made", [draft, response, speaking_note])
def test_where_no_pools_were_given_nobody_is_said_to_be_in_them(made) -> None:
    said = to_markdown(made(field(NO_POOLS)))[0].lower()
    assert "these pools" not in said
    assert "everyone else there" not in said


@pytest.mark.slow
def test_where_the_criterion_is_known_it_is_said_with_its_figure_and_not_asked_for() -> None:
    assessment = example("riverbank")
    (known,) = criteria_apart(assessment, exact(assessment), exact(assessment).gaps)
    assert "“Attendance”" in known
    assert figures(known) == ["3.7"]
    note = to_markdown(speaking_note(assessment))[0]
    assert known in note
    assert "Which criterion" not in note
    assert any(known in ask for ask in asks(assessment, exact(assessment)))


@pytest.mark.slow
def test_a_change_that_opens_another_gap_is_not_handed_over_unexplained() -> None:
    made = example("riverbank")
    (table,) = [
        block for block in response(made).blocks if isinstance(block, Table) and block.title.startswith("Alternatives")
    ]
    opened = [one.group.label for tried in made.changes.tried for one in tried.groups if one.effect == "opened"]
    assert "Male" in opened
    assert OPENS in table.notes


@pytest.mark.slow
def test_an_edition_that_shows_no_scores_has_none_in_its_asks() -> None:
    assessment = example("riverbank")
    shown = public(assessment, published(assessment))
    assert criteria_apart(assessment, shown, shown.gaps) == ()
    assert not any("3.7" in ask for ask in asks(assessment, shown))


def test_the_speaking_note_is_marked_for_our_side_only() -> None:
    note = speaking_note(sample("found")).notice
    assert "our side only" in note
    assert "employer" not in note


@pytest.mark.parametrize(("begins", "past"), [(1, False), (0, True), (-7, True)], ids=["to come", "today", "past"])
def test_the_members_sheet_tells_a_day_that_is_past_as_past(begins: int, past: bool) -> None:
    day = WHEN.date() + dt.timedelta(days=begins)
    said = to_markdown(members_sheet(assessed(FILE, bound(consultation={"begins": day}))))[0]
    assert (f"opened on {written(day)}" in said) is past
    assert (f"opens on {written(day)}" in said) is not past


@pytest.mark.parametrize("where", ["England", "Northern Ireland"])
def test_the_members_sheet_has_one_warning_about_time_limits_and_a_place_for_the_branch(where: str) -> None:
    choices = case(
        employer={"kind": "public authority", "jurisdiction": where}, dates={"proposal": dt.date(2026, 10, 19)}
    )
    assessment = assessed(FILE, choices)
    blocks = members_sheet(assessment).blocks
    at = next(place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.key == "limits")
    _, warning, place = blocks[at:]
    assert isinstance(warning, Paragraph)
    assert "branch" in warning.text
    assert ("due to change" in warning.text) is bool(open_on(assessment.law.applies.claim_times))
    assert isinstance(place, Answer)
    said = to_markdown(members_sheet(assessment))[0]
    assert [words for words in (MARK, "not seen", "secondary", "As recorded", "not checked") if words in said] == []


@pytest.mark.slow
def test_what_is_not_settled_about_time_limits_is_in_the_annex() -> None:
    riverbank = example("riverbank")
    said = to_markdown(annex(riverbank))[0]
    held = riverbank.law.applies.claim_times
    assert all(point.says in said for point in open_on(held))
    assert all(amount(rule).rstrip(".").lower() in said.lower() for rule in held)


@pytest.mark.parametrize(
    "choices",
    [{}, {"consultation": {"number_proposed": 27, "received": ("the reasons",)}}, {"documents": {"job plans": {"asked": dt.date(2026, 11, 1)}}}],
    ids=["nothing", "a paper that the law lists", "a day of asking"],
)  # fmt: skip
def test_what_came_has_columns_only_where_the_case_has_any_of_it(choices) -> None:
    blocks = response(assessed(FILE, bound(**choices))).blocks
    (table,) = [block for block in blocks if isinstance(block, Table) and block.title == "What we ask for"]
    assert len(table.columns) == (4 if choices else 2)
    places = [block.title for block in blocks if isinstance(block, Answer)]
    assert ("What has come so far" in places) is not bool(choices)


def test_a_letter_of_a_bare_file_says_first_what_it_lacks_and_has_no_name_of_a_file() -> None:
    page = response(field(NO_SCORES))
    assert isinstance(page.blocks[0], Answer)
    assert len(not_given(field(NO_SCORES))) == 7
    assert all(what in page.blocks[0].help for what in not_given(field(NO_SCORES)))
    assert Path(NO_SCORES).stem not in to_markdown(page)[0].replace("\\", "")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["riverbank", "bare"])
def test_nothing_that_people_are_to_write_is_text_of_the_letter(name: str) -> None:
    page = response(field(NO_SCORES) if name == "bare" else example(name))
    sent = to_markdown(page.written(dict.fromkeys((place.key for place in page.answers), "Written.")))[0]
    assert [
        words for words in ("To write", "people write", "The case does not", "Enter ", "Owner:") if words in sent
    ] == []
    assert [place.title for place in page.answers if place.title in sent] == []


def facts(page) -> dict[str, str]:
    return dict(next(block.items for block in page.blocks if isinstance(block, Facts)))


@pytest.mark.parametrize(
    ("choices", "proposed"),
    [
        (
            {"consultation": {"number_proposed": 27}, "pools": {"A": {"to_go": 14}, "B": {"to_go": 13}}},
            "27 redundancies",
        ),
        ({"consultation": {"number_proposed": 1}}, "1 redundancy"),
        ({"pools": {"A": {"to_go": 14}, "B": {"to_go": 14}}}, "28 posts to be lost"),
        ({"pools": {"A": {"to_go": 14}}}, None),
        ({}, None),
    ],
    ids=["a number", "one", "posts of every pool", "posts of a pool", "nothing"],
)
def test_the_letter_says_what_is_proposed_as_far_as_the_case_does(choices, proposed: str | None) -> None:
    assessment = assessed(FILE, bound(**choices))
    assert facts(response(assessment)).get("What is proposed") == proposed
    shown = public(assessment, published(assessment))
    assert "What is proposed" not in facts(response(assessment, shown))  # such numbers are not rounded


@pytest.mark.parametrize(("begins", "name"), [(1, "Consultation opens"), (0, "Consultation opened")])
def test_the_letter_says_when_consultation_opens_or_opened(begins: int, name: str) -> None:
    day = WHEN.date() + dt.timedelta(days=begins)
    assert facts(response(assessed(FILE, bound(consultation={"begins": day}))))[name] == written(day)


def test_a_letter_begins_with_whom_it_is_from_and_has_a_salutation() -> None:
    titles = [block.title if isinstance(block, Answer) else "" for block in response(example("riverbank")).blocks]
    first, *_ = [block for block in response(example("riverbank")).blocks if not isinstance(block, Notice)]
    assert first.title == FROM
    assert titles.index(FROM) < titles.index(TO_WHOM) < titles.index(MEETING)


@pytest.mark.slow
@pytest.mark.parametrize("made", [draft, response, annex])
def test_what_was_not_checked_is_said_of_the_rule_and_marked(made) -> None:
    said = to_markdown(made(example("riverbank")))[0]
    assert f"{MARK} " in said
    assert not re.search(r"\b(we|us|nobody)\b[^.|]*\bread\b|\bread by us\b|looked up by nobody", said, re.IGNORECASE)


@pytest.mark.slow
@pytest.mark.parametrize("made", [draft, response, annex])
def test_a_provision_is_marked_once_where_it_is_first_named(made) -> None:
    said = to_markdown(made(example("riverbank")))[0]
    marked = re.findall(rf"(?:Act|Order|Regulations) \d{{4}} (s\.[^ ;,.†]+){MARK}", said)
    assert marked
    assert [provision for provision in marked if said.count(f" {provision}{MARK}") > 1] == []


@pytest.mark.slow
def test_the_employer_is_told_in_a_neutral_voice_what_is_not_checked_yet() -> None:
    said = " ".join(to_markdown(made(example("riverbank")))[0] for made in (response, annex))
    assert said.count(f"{MARK} marks a rule") == 3  # the letter, and two tables of the annex
    assert [words for words in ("From memory", "not checked against any", "Check it before") if words in said] == []


@pytest.mark.slow
def test_a_rule_from_memory_and_a_rule_from_another_source_are_told_apart() -> None:
    rules = rules_used(example("riverbank"))
    by_confidence = {
        how: {rule.title for rule in rules if rule.confidence == how} for how in ("unchecked", "second-hand")
    }
    said = [text for text in to_check(rules, (), today=WHEN.date()) if text.startswith(MARK)]
    assert [
        all(title in text for title in titles) for text, titles in zip(said, by_confidence.values(), strict=True)
    ] == [True, True]


def test_a_letter_that_lacks_nothing_has_no_such_place() -> None:
    whole = bound(consultation={"begins": dt.date(2026, 10, 26), "number_proposed": 27})
    whole = whole.model_copy(update={"employer": whole.employer.model_copy(update={"name": "Wexford Council"})})
    assert not_given(assessed(FILE, whole)) == ()
    assert response(assessed(FILE, whole)).blocks[0].title == FROM


@pytest.mark.parametrize(
    ("left_out", "what"),
    [
        ("kind", "the kind of employer"),
        ("jurisdiction", "the country"),
        ("proposal", "the day of the proposal"),
        ("begins", "the day consultation opens"),
        ("number_proposed", "the number of dismissals"),
    ],
)
def test_what_decides_the_law_that_a_letter_can_cite_is_asked_for(left_out: str, what: str) -> None:
    parts = {
        "employer": {"name": "Wexford Council", "kind": "public authority", "jurisdiction": "England"},
        "dates": {"proposal": dt.date(2026, 10, 19)},
        "consultation": {"begins": dt.date(2026, 10, 26), "number_proposed": 27},
    }
    given = {part: {key: value for key, value in held.items() if key != left_out} for part, held in parts.items()}
    page = response(assessed(FILE, case(**given)))
    assert not_given(assessed(FILE, case(**given))) == (what,)
    assert isinstance(page.blocks[0], Answer)
    assert what in page.blocks[0].help


def test_no_number_is_asked_of_the_crown_which_no_number_binds() -> None:
    crown = bound().model_copy(update={"employer": bound().employer.model_copy(update={"kind": "Crown"})})
    assert "the number of dismissals" not in not_given(assessed(FILE, crown))


def naming(assessment: Assessment, *names: str) -> Assessment:
    """The same with a case that names these groups for the response."""
    response = assessment.case.response.model_copy(update={"findings": names})
    told = assessment.case.model_copy(update={"response": response})
    return dataclasses.replace(assessment, case=told, run=dataclasses.replace(assessment.run, case_hash=told.hash))


def found(document) -> tuple[str, ...]:
    at = next(
        place for place, block in enumerate(document.blocks) if isinstance(block, Heading) and block.key == "found"
    )
    return document.blocks[at + 1].items


@pytest.mark.slow
def test_a_group_that_the_case_names_comes_first_and_no_clear_gap_is_lost() -> None:
    plain = example("riverbank")
    clear = [gap.numbers for gap in exact(plain).clear]
    others = [name for name, gap in can_be_named(plain).items() if not gap.evidence]
    made = naming(plain, *others[:2])
    told = exact(made)
    numbers = (*(gap.numbers for gap in told.chosen), *clear)
    assert all(said.startswith(number) for said, number in zip(found(response(made)), numbers, strict=True))
    assert [gap.numbers for gap in named(exact(plain))][: len(clear)] == clear
    (rows,) = [
        block.rows for block in response(made).blocks if isinstance(block, Table) and block.title == "What we found"
    ]
    assert len(rows) == len(clear) + 2
    asked = " ".join(asks(made, led_by_the_chosen(made, told)))
    assert all(gap.who in asked for gap in told.chosen)


@pytest.mark.slow
def test_a_clear_gap_that_is_chosen_too_stands_once() -> None:
    made = naming(example("riverbank"), "disability: Disabled")
    assert found(response(made))[0].startswith("Disabled people")
    assert sorted(found(response(made))) == sorted(found(response(example("riverbank"))))


@pytest.mark.slow
def test_the_same_case_gives_the_same_response_from_its_record() -> None:
    made = naming(example("riverbank"), "disability: Disabled")
    again = from_json(to_json(made))
    assert response(again) == response(made)
    assert speaking_note(again) == speaking_note(made)
    assert [block.items[0] for block in speaking_note(made).blocks if isinstance(block, Bullets)][1].startswith(
        "Disabled people"
    )


@pytest.mark.slow
def test_the_other_documents_name_what_they_named() -> None:
    plain = example("riverbank")
    made = naming(plain, next(iter(can_be_named(plain))))
    for document in (draft, members_sheet):
        said = to_markdown(document(made))[0].replace(made.case.hash[:12], plain.case.hash[:12])
        assert said == to_markdown(document(plain))[0]


@pytest.mark.slow
def test_a_name_of_no_gap_is_said_at_the_top_and_only_where_figures_are_confidential() -> None:
    made = naming(example("riverbank"), "disability: Disbled")
    first = response(made).blocks[0]
    assert isinstance(first, Notice)
    assert "disability: Disbled" in first.text
    outside = response(made, public(made, published(made)))
    assert "Disbled" not in to_markdown(outside)[0]
    assert found(response(made)) == found(response(example("riverbank")))


@pytest.mark.slow
def test_what_may_be_published_of_a_chosen_group_is_made_of_published_numbers() -> None:
    made = naming(example("riverbank"), "disability: Disabled")
    shown = public(made, published(made))
    assert found(response(made, shown))[0].startswith(shown.chosen[0].numbers)
    assert shown.chosen[0] in shown.gaps
