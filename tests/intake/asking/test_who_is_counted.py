"""What would change who is counted is asked before anything is counted, with a guess; answered in the case, it is not asked again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from made import CANARY, case, everything_said, table
from workbooks import xlsx

import eia
from eia.case import Case
from eia.errors import EiaError
from eia.findings.record import from_json, to_json
from eia.intake.asking.answers import answered, guessed
from eia.intake.evidence import read_evidence, read_workforce
from eia.intake.examples import examples
from eia.intake.questions import OpenQuestion
from eia.intake.workforce import Workforce, labels_of

FIELD = Path(__file__).parents[2] / "data" / "field"
EXTRACT = case(dates={"extract": dt.date(2026, 9, 30)})
Rows = list[list[str]]


def asked(read: Workforce, kind: str) -> OpenQuestion:
    return next(question for question in read.intake.questions if question.kind == kind)


def selected(read: Workforce) -> int:
    return int((read.frame["outcome"] == "selected").sum())


def answered_with(data: bytes, question: OpenQuestion, answer: str, choices: Case = EXTRACT) -> Workforce:
    """The file read again with an answer, of which it asks no more."""
    read = read_workforce(data, answered(choices, [(question, answer)]))
    assert question.setting not in [one.setting for one in read.intake.questions]
    return read


# ------------------------------------------------------------------------------------------------------------- at risk

JOBS = ["Clerk"] * 12 + ["Cook"] * 12 + ["Porter"] * 16


def flagged(header: str, yes: str, no: str, job: str = "Job Title") -> bytes:
    rows = []
    for n, post in enumerate(JOBS):
        at_risk = post != "Porter"
        outcome = ("Selected" if n % 4 == 0 else "Retained") if at_risk else ""
        rows.append([f"R{n:03d}", "FM"[n % 2], post, yes if at_risk else no, outcome])
    return table(rows, ["Ref", "Sex", job, header, "Outcome"])


def test_an_at_risk_flag_without_pools_is_asked_about_and_so_is_the_job() -> None:
    read = read_workforce(FIELD / "r04_at_risk_flag_no_pool.xlsx", case(dates={"extract": dt.date(2026, 5, 14)}))
    flag, pool = asked(read, "at risk flag"), asked(read, "pool")
    assert (flag.about, flag.guess, flag.rows) == ("At risk?", "At risk?", 154)
    assert (pool.guess, [choice.answer for choice in pool.choices]) == (
        "Job Title",
        ["Job Title", "Service Area", "At risk?"],
    )
    assert (len(labels_of(read.frame, "pool")), int(read.frame["pool"].notna().sum()), selected(read)) == (7, 154, 35)


@pytest.mark.parametrize(("header", "yes", "no"), [
    ("At risk?", "Yes", "No"), ("AtRiskFlag", "Y", "N"), ("In scope of restructure", "1", "0"), ("Affected", "Affected", "Not affected"),
    ("Post at risk (Y/N)", "y", ""), ("In pool?", "Yes", "No"),
])  # fmt: skip
def test_flags_in_other_dress_are_asked_about_too(header: str, yes: str, no: str) -> None:
    read = read_workforce(flagged(header, yes, no))
    assert (asked(read, "at risk flag").about, asked(read, "pool").guess) == (header, "Job Title")
    assert (labels_of(read.frame, "pool"), int(read.frame["pool"].notna().sum()), selected(read)) == (
        ("Clerk", "Cook"),
        24,
        6,
    )


def test_the_answers_may_be_others() -> None:
    data = flagged("At risk?", "Yes", "No")
    first = read_workforce(data)
    one_pool = answered_with(data, asked(first, "pool"), "At risk?", case())
    assert (len(labels_of(one_pool.frame, "pool")), int(one_pool.frame["pool"].notna().sum())) == (1, 24)
    both = guessed(case(), first.intake.questions)
    assert dict(both.columns) == {"at_risk": "At risk?", "pool": "Job Title"}
    settled = read_workforce(data, both)
    assert (settled.intake.questions, int(settled.frame["pool"].notna().sum())) == ((), 24)
    assert labels_of(settled.frame, "post") == ("Clerk", "Cook", "Porter")  # the job is both


def test_where_pools_are_named_a_flag_asks_nothing() -> None:
    data = flagged("At risk?", "Yes", "No", job="Pool")
    assert read_workforce(data.replace(b"Porter,", b",")).intake.questions == ()


# ------------------------------------------------------------------------------------------------------------- leavers


def with_leavers(header: str, left: str, there: str, *, listed: bool = False) -> bytes:
    rows = []
    for n in range(30):
        gone = n % 5 == 0
        in_pool = (not gone and n % 2 == 1) or (gone and listed)
        outcome = ("Selected" if gone or n % 3 == 0 else "Retained") if in_pool else ""
        rows.append([str(n), "FM"[n % 2], left if gone else there, "Clerks" if in_pool else "", outcome])
    return table(rows, ["Employee Number", "Gender", header, "Pool", "Outcome"])


def test_people_who_have_left_are_asked_about() -> None:
    data = (FIELD / "f07_leavers_in_extract.csv").read_bytes()
    read = read_workforce(data)
    question = asked(read, "leavers")
    assert (read.people, question.rows, question.guess, question.seen) == (24, 6, "left out", ("Leaver",))
    assert answered_with(data, question, "counted").people == 30
    assert answered_with(data, question, "left out").people == 24


@pytest.mark.parametrize(("header", "left", "there"), [
    ("DateOfTermination", "2026-03-31", ""), ("Leaving date", "31/03/2026", "31/12/9999"), ("Employment Status", "Voluntarily Terminated", "Active"),
    ("Assignment", "Ex-employee", "Active assignment"), ("Leaver?", "Yes", "No"), ("Termd", "1", "0"),
    ("Reason for leaving", "Resignation", ""), ("TermReason", "Retirement", "N/A-StillEmployed"),
])  # fmt: skip
def test_leavers_in_other_dress_are_asked_about_too(header: str, left: str, there: str) -> None:
    read = read_workforce(with_leavers(header, left, there), EXTRACT)
    assert (asked(read, "leavers").rows, read.people) == (6, 24)


def test_a_day_of_leaving_that_lies_ahead_is_no_leaver() -> None:
    assert read_workforce(with_leavers("Date left", "31/12/2026", ""), EXTRACT).intake.questions == ()


def test_people_who_left_by_the_redundancy_itself_are_guessed_to_count() -> None:
    read = read_workforce(with_leavers("Date left", "31/03/2026", "", listed=True))
    assert (asked(read, "leavers").guess, read.people) == ("counted", 30)


def test_people_who_left_before_it_are_guessed_out_though_their_pool_is_still_filled_in() -> None:
    rows = [
        [str(n), "FM"[n % 2], "Ex-employee" if n % 5 == 0 else "Live", "Clerks", "" if n % 5 == 0 else ("Selected", "Retained")[n % 2]] for n in range(30)
    ]  # fmt: skip
    read = read_workforce(table(rows, ["Ref", "Sex", "Person status", "Pool", "Outcome"]))
    assert (asked(read, "leavers").guess, read.people) == ("left out", 24)


def test_row_numbers_stay_those_of_the_file() -> None:
    broken = with_leavers("Date left", "31/03/2026", "").replace(b"\n8,F,,,", b"\n8,F,,,Dunno")
    with pytest.raises(EiaError) as caught:
        read_workforce(broken)
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("unknown-outcome", (10,))]


# -------------------------------------------------------------------------------------------------------------- panels


def panel(header: str, periods: list[str], *, reference: bool = True) -> bytes:
    rows = [[f"P{n:02d}", "FM"[n % 2], period, "Clerks"] for period in periods for n in range(20)]
    headers = ["Ref", "Sex", header, "Job title"]
    return table([row if reference else row[1:] for row in rows], headers if reference else headers[1:])


@pytest.mark.parametrize(("header", "periods"), [
    ("Year", ["2023", "2024", "2025"]), ("Snapshot date", ["31/03/2024", "31/03/2025", "31/03/2023"]), ("FinancialYear", ["2023/24", "2024/25"]), ("Reporting period", ["FY23/24", "FY24/25"]), ("FY", ["2023/24", "2024/25"]),
])  # fmt: skip
@pytest.mark.parametrize("reference", [True, False])
def test_a_file_of_several_years_is_asked_about(header: str, periods: list[str], reference: bool) -> None:
    data = panel(header, periods, reference=reference)
    read = read_workforce(data)
    question = asked(read, "panel")
    assert (read.people, question.guess, question.rows) == (20, "latest", 20 * len(periods))
    assert answered_with(data, question, "latest").people == 20


def test_a_column_with_words_that_only_speak_of_outcomes_is_asked_about() -> None:
    words = ("CR", "VER agreed", "Slotted", "Retain")
    data = table(
        [[f"R{n}", "FM"[n % 2], "A", words[n % 4]] for n in range(60)],
        ["Ref", "Sex", "Pool", "Status after consultation"],
    )
    assert asked(read_workforce(data), "outcome").guess == "Status after consultation"


def test_every_year_may_count_where_no_reference_says_who_is_who() -> None:
    data = panel("Year", ["2024", "2025"], reference=False)
    assert answered_with(data, asked(read_workforce(data), "panel"), "every row").people == 40


def test_a_year_that_differs_between_people_is_no_panel() -> None:
    rows = [[f"P{n:02d}", "FM"[n % 2], str(2020 + n % 4)] for n in range(20)]
    assert read_workforce(table(rows, ["Ref", "Sex", "Year"])).intake.questions == ()


def test_years_in_which_people_were_born_or_joined_are_no_panel() -> None:
    rows = [["FM"[n % 2], "AB"[n % 3 % 2], str(1960 + n % 40 if n % 4 else 1990)] for n in range(60)]
    assert read_workforce(table(rows, ["Sex", "Pool", "Year"])).intake.questions == ()


# ---------------------------------------------------------------------------------------------------------- references


def test_people_who_stand_twice_under_a_reference_are_counted_once() -> None:
    read = read_workforce(FIELD / "r03_emp_ref_duplicates.csv")
    assert (read.people, selected(read)) == (40, 6)


def twice(header: str, form: str) -> bytes:
    rows = [[form.format(n), "FM"[n % 2], "Clerks", "Selected" if n < 6 else "Retained"] for n in range(40)]
    return table([*rows, *rows[:5]], [header, "Sex", "Pool", "Outcome"])


@pytest.mark.parametrize(
    ("header", "form"),
    [
        ("Assignment Number XX", "{}-2"),
        ("WORKER_CD", "W{:05d}"),
        ("Unnamed", "AB{:04d}"),
        ("Payroll key", "{:06d}"),
        ("UPN", "1{:05d}"),
    ],
)
def test_what_looks_like_a_reference_and_repeats_is_asked_about(header: str, form: str) -> None:
    data = twice(header, form.replace("{}", "{:05d}"))
    read = read_workforce(data)
    question = asked(read, "reference")
    assert (question.guess, read.people, selected(read)) == (header, 40, 6)
    assert answered_with(data, question, "").people == 45


def test_a_reference_that_does_not_repeat_changes_nothing_and_is_not_asked_about() -> None:
    rows = [[f"W{n:05d}", "FM"[n % 2], str(21_000 + 137 * n)] for n in range(40)]
    assert read_workforce(table(rows, ["WORKER_CD", "Sex", "Basic salary"])).intake.questions == ()


# ------------------------------------------------------------------------------------------- sheets, pools and outcomes

LIST: Rows = [
    ["Ref", "Sex", "Pool", "Outcome"],
    *([f"R{n}", "FM"[n % 2], "A", ("Selected", "Retained")[n % 3 > 0]] for n in range(12)),
]


def test_of_several_sheets_the_likeliest_is_guessed_and_asked_about() -> None:
    data = xlsx({"Leavers": [row[:3] for row in LIST[:6]], "People": LIST})
    read = read_workforce(data)
    question = asked(read, "sheet")
    assert (question.guess, question.seen, read.people) == ("People", ("Leavers", "People"), 12)
    assert answered_with(data, question, "Leavers").people == 5


@pytest.mark.parametrize(
    ("pool", "outcome"), [("RestructurePoolX", "What happens"), ("Pool at consultation", "HR decision code")]
)
def test_columns_that_look_like_pools_and_outcomes_are_asked_about(pool: str, outcome: str) -> None:
    rows = [["FM"[n % 2], "AB"[n % 4 // 2], ("Selected", "Retained")[n % 3 > 0]] for n in range(24)]
    read = read_workforce(table(rows, ["Sex", pool, outcome]))
    assert {question.kind: question.guess for question in read.intake.questions} == {"pool": pool, "outcome": outcome}
    assert (labels_of(read.frame, "pool"), selected(read)) == (("A", "B"), 8)


@pytest.mark.parametrize(("word", "meant"), [
    ("VER agreed", "volunteer accepted"), ("VS refused", "retained"), ("Compulsory redundancy - confirmed", "selected"), ("Post deleted", "selected"),
    ("No change to post", "retained"), ("Slotted into new post", "slotted in"), ("Redeployed - trial period", "redeployed"),
])  # fmt: skip
def test_words_for_outcomes_are_asked_about_however_few_share_them(word: str, meant: str) -> None:
    rows = [["FM"[n % 2], "A", "Selected" if n < 5 else word if n < 7 else "Retained"] for n in range(20)]
    data = table(rows, ["Sex", "Pool", "Outcome"])
    read = read_workforce(data)
    question = asked(read, "outcome words")
    assert (question.about, question.guess, question.rows) == (word, meant, 2)
    assert answered_with(data, question, "retained").frame["outcome"].value_counts()["retained"] == 15


def test_what_may_be_about_one_person_is_never_asked_about() -> None:
    rows = [
        ["FM"[n % 2], "A", "Selected" if n < 5 else f"{CANARY} retained" if n < 6 else "Retained"] for n in range(20)
    ]
    with pytest.raises(EiaError) as caught:
        read_workforce(table(rows, ["Sex", "Pool", "Outcome"]))
    assert CANARY not in everything_said(caught.value)


# ------------------------------------------------------------------------------------------------- waiting for an answer


def test_an_assessment_waits_for_every_answer_at_once_or_takes_the_guesses_and_says_so_first() -> None:
    data = flagged("At risk?", "Yes", "No")
    with pytest.raises(EiaError) as caught:
        eia.assess(data)
    assert [fault.code for fault in caught.value.faults] == ["open-question", "open-question"]
    lines = [line.strip() for line in str(caught.value).splitlines()]
    assert any(line.startswith('pool = "Job Title"') and lines[at - 1] == "[columns]" for at, line in enumerate(lines))
    made = eia.assess(data, as_read=True)
    assert [question.kind for question in made.evidence.intake.questions] == ["at risk flag", "pool"]
    told = made.summary().splitlines()
    assert told.index(next(line for line in told if "Nobody has confirmed" in line)) < 8
    assert from_json(to_json(made)).evidence.intake.questions == made.evidence.intake.questions


def test_what_changes_nobody_counted_travels_with_the_answer() -> None:
    rows = [
        ["FM"[n % 2], "A", ("Selected", "Retained")[n % 3 > 0], ("Christian", "Muslim", "Sikh")[n % 3]]
        for n in range(24)
    ]
    made = eia.assess(table(rows, ["Sex", "Pool", "Outcome", "Column X"]))
    assert [(question.kind, question.guess) for question in made.evidence.intake.questions] == [("column", "")]
    assert "“Column X”" in made.summary()


def test_the_examples_ask_nothing() -> None:
    for path in examples().values():
        assert read_evidence(eia.read_case(path), folder=path.parent).main.intake.questions == ()
