"""Words for outcomes that are not known: each is a question, with what its own words say as our guess, or with all choices."""

from __future__ import annotations

import pytest
from made import CANARY, case, refused

from eia.intake.evidence import read_workforce


def outcomes(word: str, rows: int = 2) -> bytes:
    people = [f"R{n},{'FM'[n % 2]},C,{word if n < rows else ('selected', 'retained')[n % 3 > 0]}\n" for n in range(30)]
    return f"Ref,Sex,Pool,Outcome\n{''.join(people)}".encode()


@pytest.mark.parametrize(("word", "meant"), [
    *((word, "volunteer accepted") for word in (
        "ER approved", "VS agreed", "MARS accepted", "VER", "early retirement approved", "exit agreed", "Exit - granted", "VR application approved",
        "Mutually agreed resignation", "Early release granted", "Severance signed off", "Voluntary severance scheme", "Retirement",
    )),
    *((word, "retained") for word in ("VR pending", "VS requested", "Applied for VER", "Expression of interest in exit", "MARS refused", "VR application unsuccessful")),
    *((word, "selected") for word in ("Compulsory exit", "Not placed", "Unsuccessful at interview", "Notice issued", "Unmatched - displaced")),
    ("Displaced - seeking redeployment", "redeployed"),
])  # fmt: skip
def test_a_word_that_is_not_known_is_asked_with_what_its_words_say(word: str, meant: str) -> None:
    (question,) = read_workforce(outcomes(word)).intake.questions
    assert (question.kind, question.about, question.guess, question.reason) == (
        "outcome words",
        word,
        meant,
        "its words say so",
    )
    assert question.changes_who_is_counted
    told = read_workforce(outcomes(word), case(outcomes={word: "redeployed"}))
    assert told.intake.questions == ()
    assert int((told.frame["outcome"] == "redeployed").sum()) == 2


@pytest.mark.parametrize(("word", "rows"), [("Phase 2", 2), ("TUPE transfer", 2), ("Zebra", 5), ("At risk", 1)])
def test_a_word_that_nobody_could_guess_is_asked_with_all_choices(word: str, rows: int) -> None:
    (question,) = read_workforce(outcomes(word, rows)).intake.questions
    assert (question.guess, question.rows, question.reason) != ("", rows, "its words say so")
    assert {choice.answer for choice in question.choices} == {
        "retained",
        "slotted in",
        "volunteer accepted",
        "selected",
        "redeployed",
        "dismissed",
    }


def test_a_word_that_may_be_about_one_person_is_never_shown() -> None:
    error = refused(outcomes(CANARY, 4))
    assert ([fault.code for fault in error.faults], CANARY in str(error)) == (["unknown-outcome"], False)


def test_a_column_of_outcomes_under_another_header_is_asked_about_though_some_words_are_not_known() -> None:
    words = ["Slotted in", "Selected for redundancy", "VR pending", "Redeployed (trial)", "Zebra crossing"]
    people = "".join(f"R{n},{'FM'[n % 2]},C,{words[n % 5]}\n" for n in range(60))
    questions = read_workforce(f"Ref,Sex,Pool,Status\n{people}".encode()).intake.questions
    assert [(one.kind, one.about) for one in questions][:1] == [("outcome", "Status")]
    assert {one.about for one in questions[1:]} == {"VR pending", "Redeployed (trial)", "Zebra crossing"}


def test_a_status_of_employment_is_no_outcome() -> None:
    people = "".join(
        f"R{n},{'FM'[n % 2]},C,{('Active', 'On leave', 'Suspended', 'Permanent')[n % 4]}\n" for n in range(60)
    )
    assert read_workforce(f"Ref,Sex,Pool,Status\n{people}".encode()).intake.questions == ()


@pytest.mark.parametrize("header", ["Team at risk", "Affected team", "Job in scope"])
def test_a_list_kept_by_hand_asks_what_names_the_pools_and_what_happened(header: str) -> None:
    people = "".join(
        f"{n},{'FM'[n % 2]},{'Finance,going' if n % 3 == 0 else 'HR,staying' if n % 3 == 1 else 'n/a,'}\n"
        for n in range(60)
    )
    read = read_workforce(f"Ref,M/F,{header},What happened\n{people}".encode(), case(columns={"sex": "M/F"}))
    assert [(one.kind, one.about) for one in read.intake.questions] == [
        ("pool", header),
        ("outcome", "What happened"),
        ("outcome words", "going"),
    ]
    assert int((read.frame["outcome"] == "selected").sum()) == 20
