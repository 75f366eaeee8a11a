"""What the scores show is said with its search, points at nobody, changes no finding, and is asked of the employer."""

from __future__ import annotations

import dataclasses
import re

import pytest
from made import QUICK, assessed, figures, pools, run, table, write

from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.findings.headlines import asks
from eia.findings.record import from_json, to_json
from eia.intake.examples import examples
from eia.intake.files.raw_table import open_table
from eia.intake.people.load import load_people
from eia.present.documents.annex import annex, annex_tables
from eia.present.documents.request_template import scores_csv
from eia.present.sections.extras.five_questions import five_questions
from eia.present.sections.extras.scores import UNDER_TEST, gap_told, scores_tables, scores_told

PEOPLE = [(pool, sex, n) for pool in ("Clerks", "Cooks") for sex in ("Female", "Male") for n in range(15)]
STAFF = table(
    [[f"R{i}", sex, pool, "selected" if n < (7 if sex == "Female" else 2) else "retained"] for i, (pool, sex, n) in enumerate(PEOPLE)],
    ["ref", "sex", "pool", "outcome"],
)  # fmt: skip


def scores(turned: int = 0) -> bytes:
    """Women get fewer marks for attendance; in the first ``turned`` rows everybody selected has more in total than all others."""
    rows = []
    for i, (_, sex, n) in enumerate(PEOPLE):
        attendance = 5 - 3 * (sex == "Female") + n % 3
        rows.append(
            [f"R{i}", str(attendance), str(4 + n % 4), str(90 - n if i < turned else 20 + n + (sex == "Male") * 9)]
        )
    return table(rows, ["ref", "Attendance (weight 60)", "Skills (weight 40)", "Total"])


def made(turned: int = 0) -> Assessment:
    staff = load_people(
        open_table(STAFF, name="staff.csv"), QUICK, scores=open_table(scores(turned), name="scores.csv")
    )
    return assess(staff, QUICK)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return made()


def test_without_scores_nothing_is_said() -> None:
    plain = assessed(pools(A=(2, 5, 1, 5)), QUICK)
    assert scores_told(plain) == ()
    assert scores_tables(plain) == ()


def test_a_gap_is_told_with_the_search_that_found_it(assessment: Assessment) -> None:
    said, look = scores_told(assessment), assessment.further.scores
    assert [(one.name, one.weight) for one in look.criteria] == [("Attendance", 60), ("Skills", 40)]
    assert (look.scored, look.total_given, len(look.gaps)) == (60, True, 3)
    assert figures(said[0]) == ["60", "60", "40"]
    gap = look.apart(0.05)[0]
    assert (gap.group.label, gap.criterion, f"{gap.contrast.estimate:.1f}") == ("Female", "Attendance", "-3.0")
    (told,) = [text for text in said if text.lower().startswith(gap_told(assessment, gap).lower())]
    assert figures(told)[1:] == ["3", f"{1 / gap.adjusted_p:.0f}"]
    assert (look.most.criterion, look.most.group.label) == ("Attendance", "Female")
    assert said[-1] == UNDER_TEST


def test_a_gap_stands_in_the_table_with_its_interval_or_why_there_is_none(assessment: Assessment) -> None:
    table_ = scores_tables(assessment)[0]
    at = [column.title for column in table_.columns].index("Difference")
    cells = {row[1]: row[at : at + 2] for row in table_.rows}
    assert cells["Attendance"] == ("−3.0", "none: the same in every pool")  # in both pools it is 3 marks for everybody
    difference, limits = cells["Total"]
    assert difference.startswith("−")
    assert re.fullmatch(r"\S+ to \S+, unreliable", limits) or limits == "none: the same in every pool"


def test_scores_change_no_finding(assessment: Assessment) -> None:
    without = assess(load_people(open_table(STAFF, name="staff.csv"), QUICK), QUICK)
    assert assessment.findings == without.findings
    assert dataclasses.replace(assessment.further.all(), scores=None) == without.further.all()


def test_people_selected_above_others_are_counted_and_asked_about_and_nobody_is_named() -> None:
    turned = made(turned=30)
    told = " ".join(scores_told(turned))
    assert [order.above for order in turned.further.scores.orders] == [9, 2]  # clerks, cooks
    (orders,) = [text for text in scores_told(turned) if figures(text)[:3] == ["2", "2", "11"]]
    assert orders in told
    (ask,) = [ask for ask in asks(turned) if ask.key == "out of order"]
    assert (ask.number, ask.of) == (11, 2)
    assert any("11" in figures(text) for text in five_questions(turned))
    shown = " ".join(str(table_) for table_ in scores_tables(turned))
    assert not re.search(r"\bR\d+\b", shown + told)


def test_the_employer_is_asked_about_the_criterion(assessment: Assessment) -> None:
    (ask,) = [ask for ask in asks(assessment) if ask.key == "criterion apart"]
    assert (ask.gap.criterion, ask.gap.group.label) == ("Attendance", "Female")
    assert any("“Attendance”" in text and "3.0" in figures(text) for text in five_questions(assessment))


def test_the_report_has_them_and_the_record_gives_them_back(assessment: Assessment) -> None:
    text = str((annex(assessment), annex_tables(assessment)))
    assert UNDER_TEST in text
    assert "Scores by group, inside pools" in text
    again = from_json(to_json(assessment))
    assert scores_told(again) == scores_told(assessment)
    assert scores_tables(again) == scores_tables(assessment)
    assert not re.search(r"unlawful|complian|no impact|prove", " ".join(scores_told(assessment)))


def test_a_filled_template_of_scores_is_read() -> None:
    text = scores_csv() + "".join(f"R{i},Clerks,Skills,100,{i % 9}\r\n" for i in range(60))
    staff = load_people(
        open_table(STAFF, name="staff.csv"), QUICK, scores=open_table(text.encode("utf-8-sig"), name="scores.csv")
    )
    assert staff.scores is not None
    assert [(one.name, one.weight) for one in staff.scores.criteria] == [("Skills", 100.0)]


def test_the_command_line_takes_scores(tmp_path) -> None:
    people, marks = write(tmp_path, "staff.csv", STAFF), write(tmp_path, "scores.csv", scores())
    checked = run("check", people, "--scores", marks, "--save", tmp_path / "case.toml")
    assert re.search(r"scores\.csv: Attendance, Skills", " ".join(checked.out.split()))
    assert 'scores = "scores.csv"' in (tmp_path / "case.toml").read_text()
    report = run("assess", people, "--scores", marks, "--out", tmp_path / "report")
    assert report.code == 0
    assert "lower on “Attendance”" in (tmp_path / "report" / "confidential" / "annex.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_what_is_planted_in_the_council_s_scores_is_found(tmp_path) -> None:
    report = run("assess", examples()["riverbank"], "--question", "selection", "--out", tmp_path)
    look = from_json((tmp_path / "confidential" / "assessment.json").read_text(encoding="utf-8")).further.scores
    first = look.apart(0.05)[0]
    assert (report.code, first.group.label, first.criterion) == (0, "Disabled", "Attendance")
    assert first.contrast.estimate < 0
    assert (len(look.orders), sum(order.above for order in look.orders)) == (50, 0)
