"""What a case file may want goes into it as comments: each under its heading, and nothing that stands there is lost or clashes."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from made import case

from eia.case import Case, Suggested, for_a_letter, parse_case
from eia.case.suggested import OTHER, READY, with_suggested

ANSWER = Suggested(heading="outcomes", lines=("What does it mean?",), ready='"VR" = "retained"')


@pytest.mark.parametrize("text", [
    "format = 1\n",
    "format = 1\n[outcomes]\n",
    "format = 1\n[outcomes] # as HR has them\n# mine\nLeft = \"dismissed\"\n\n[dates]\n",
    'format = 1\nproposal = """\n[outcomes]\n"""\n',
    'format = 1\nproposal = "one\u2028two\x85three"\n',
    'format = 1\noutcomes = { Left = "dismissed" }\n',
])  # fmt: skip
def test_what_a_case_says_stays_and_every_line_of_it_too(text: str) -> None:
    made = with_suggested(text, [ANSWER])
    assert parse_case(made).hash == parse_case(text).hash
    there = iter(made.split("\n"))
    assert all(line in there for line in text.split("\n"))


def test_a_ready_line_stands_below_its_heading_which_stands_once() -> None:
    text = 'format = 1\n[outcomes]\nLeft = "dismissed"\n[dates]\n'
    made = with_suggested(text, [ANSWER, Suggested(heading="outcomes", lines=(), ready='"CR" = "selected"')])
    assert made.count("[outcomes]") == 1
    taken = tomllib.loads(made.replace(f"\n{READY}", "\n"))
    assert taken["outcomes"] == {"VR": "retained", "CR": "selected", "Left": "dismissed"}


def test_a_ready_line_that_would_clash_has_two_marks() -> None:
    made = with_suggested('format = 1\nignored = ["A"]\n', [Suggested(heading="", lines=(), ready='ignored = ["B"]')])
    assert f'{OTHER}ignored = ["B"]' in made.splitlines()
    both = with_suggested("format = 1\n", [ANSWER, Suggested(heading="outcomes", lines=(), ready='"VR" = "selected"')])
    assert {f'{READY}"VR" = "retained"', f'{OTHER}"VR" = "selected"'} <= {*both.splitlines()}


def test_nothing_is_put_in_twice() -> None:
    once = with_suggested("format = 1\n", [ANSWER, *for_a_letter(Case())])
    assert with_suggested(once, [ANSWER, *for_a_letter(Case())]) == once


def test_what_a_letter_needs_is_a_line_until_the_case_gives_it() -> None:
    def keys(choices: Case) -> set[str]:
        return {line.partition(" = ")[0] for one in for_a_letter(choices) for line in one.lines if " = " in line}

    assert keys(Case()) == {"name", "kind", "jurisdiction", "proposal", "begins", "number_proposed", "notice_from"}
    given = case(
        title="A review",
        employer={"name": "Wexford Council", "kind": "public authority", "jurisdiction": "England"},
        dates={"proposal": dt.date(2026, 10, 19)},
        consultation={"begins": dt.date(2026, 10, 26), "number_proposed": 0, "notice_from": dt.date(2026, 12, 1)},
    )
    assert list(for_a_letter(given)) == []


def test_a_title_that_is_the_name_of_the_file_is_asked_about_for_a_letter() -> None:
    named = parse_case('format = 1\ntitle = "staff"\n[files]\nworkforce = "in/staff.csv"\n')
    assert "" in {one.heading for one in for_a_letter(named)}
    assert "" not in {one.heading for one in for_a_letter(named.model_copy(update={"title": "A review"}))}
