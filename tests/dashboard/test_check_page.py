"""“Check what we read” asks what is open with our guess filled in; one button takes it, and the case keeps the answers."""

from pathlib import Path

from made import table

from eia.case import Case, case_text, parse_case
from eia.dashboard.open_files import Sources
from eia.dashboard.session import Session
from eia.intake.evidence import Upload
from eia.present.text.open_questions import number_told

FIELD = Path(__file__).parent.parent / "data" / "field"
PLAIN = table(
    [["FM"[n % 2], "AB"[n % 4 // 2], ("selected", "retained")[n % 3 > 0]] for n in range(24)],
    ["sex", "pool", "outcome"],
)


def opened(content: bytes, name: str = "staff.csv", case: Case | None = None) -> Session:
    visit = Session()
    visit.open_files(case or Case(), Sources(uploads={"main": Upload(name=name, content=content)}))
    return visit


def facts(shown) -> list[str]:
    """The names and figures at the top, in order."""
    words = shown.markup.partition('<dl class="eia-facts">')[2].partition("</dl>")[0]
    return [part.partition("<")[0] for part in words.replace("<dt>", "<dd>").split("<dd>")[1:]]


def test_a_file_without_questions_is_one_glance_and_one_click(screen):
    shown = screen(opened(PLAIN)).go("check")
    assert not shown.app.exception
    assert facts(shown) == ["People", "24", "In pools", "24", "Pools", "2", "Selected", "8"]
    assert list(shown.app.selectbox) == []
    before = shown.visit.assessment
    shown.click("right")
    assert shown.visit.assessment is before
    assert "The answer" in shown.words


def test_what_is_counted_changes_as_the_answer_does_and_is_kept_in_the_case(screen):
    shown = screen(opened((FIELD / "f07_leavers_in_extract.csv").read_bytes())).go("check")
    (box,) = shown.app.selectbox
    assert (shown.visit.assessment, box.value, facts(shown)[:2]) == (None, "left out", ["People", "24"])
    box.set_value("counted").run()
    assert facts(shown)[:2] == ["People", "30"]
    shown.click("right")
    assert shown.visit.assessment.evidence.people == 30
    kept = parse_case(case_text(shown.visit.assessment.case))
    assert kept.people.leavers == "counted"
    again = screen(opened((FIELD / "f07_leavers_in_extract.csv").read_bytes(), case=kept)).go("check")
    assert (list(again.app.selectbox), again.visit.reading.intake.questions) == ([], ())


def test_a_flag_and_a_job_are_two_choices_and_no_edit(screen):
    case = parse_case("format = 1\n[dates]\nextract = 2026-05-14\n")
    shown = screen(opened((FIELD / "r04_at_risk_flag_no_pool.xlsx").read_bytes(), "export.xlsx", case)).go("check")
    assert [box.value for box in shown.app.selectbox][:2] == ["At risk?", "Job Title"]
    assert facts(shown) == ["People", "420", "In pools", "154", "Pools", "7", "Selected", "35"]
    shown.click("right")
    assert not shown.app.exception
    assert dict(shown.visit.assessment.case.columns)["pool"] == "Job Title"
    assert not any(question.changes_who_is_counted for question in shown.visit.assessment.evidence.intake.questions)


def test_what_was_left_out_of_the_file_is_said_as_the_command_line_says_it(screen):
    case = parse_case("format = 1\n[dates]\nextract = 2026-05-14\n")
    shown = screen(opened((FIELD / "r00_full_itrent_420.xlsx").read_bytes(), "export.xlsx", case)).go("check")
    (source,) = shown.visit.reading.intake.sources
    assert "Pool summary" in source.remarks
    assert source.remarks in shown.words


def test_a_number_of_redundancies_that_is_not_that_of_the_files_is_said(screen):
    said = {}
    for number in (9, 8):
        case = parse_case(f"format = 1\n[consultation]\nnumber_proposed = {number}\n")
        shown = screen(opened(PLAIN, case=case)).go("check")
        said[number] = (
            number_told(number, 8) in shown.words if number != 8 else "redundancies are entered" in shown.words
        )
    assert said == {9: True, 8: False}


def test_nothing_of_the_form_of_a_case_file_is_on_the_page(screen):
    for name in ("f07_leavers_in_extract.csv", "r03_emp_ref_duplicates.csv", "f04_camelcase_headers.csv"):
        shown = screen(opened((FIELD / name).read_bytes())).go("check")
        said = shown.words.partition("/*")[0]
        assert not {"[columns]", "[people]", "case.toml", " = "} & {
            part for part in ("[columns]", "[people]", "case.toml", " = ") if part in said
        }


def test_an_answer_stays_when_the_file_is_read_again(screen):
    shown = screen(opened((FIELD / "f07_leavers_in_extract.csv").read_bytes())).go("check").click("right")
    shown.go("your_file").click("read_again")
    assert shown.visit.case.people.leavers == "left out"


def test_rows_with_the_work_of_several_people_are_no_people_even_when_it_is_said(screen):
    shown = screen(opened((FIELD / "f20_fte_of_many.csv").read_bytes())).go("your_file")
    assert [fault.code for fault in shown.visit.problem.faults] == ["rows-are-counts"]
    shown.app.checkbox(key="choice: rows").check().run()
    shown.click("read_again")
    assert [(fault.code, fault.column) for fault in shown.visit.problem.faults] == [("out-of-range", "FTE")]


def test_rows_read_as_counts_are_people_when_it_is_said(screen):
    shown = screen(opened((FIELD / "f01_crosstab_count.csv").read_bytes())).go("your_file")
    assert shown.visit.reading.people is None
    shown.app.checkbox(key="choice: rows").check().run()
    shown.click("read_again")
    assert (shown.visit.problem, shown.visit.case.people.rows, shown.visit.reading.people) == (None, "people", 12)


def test_other_pages_lead_here_while_an_answer_is_awaited(screen):
    shown = screen(opened((FIELD / "f07_leavers_in_extract.csv").read_bytes()))
    assert "how to count the people" in shown.go("answer").words
    assert not shown.go("your_file").app.exception


def test_a_saved_assessment_has_nothing_to_confirm(screen):
    from eia.findings.record import to_json

    record = to_json(opened(PLAIN).assessment).encode()
    visit = Session()
    visit.open_record(Upload(name="assessment.json", content=record))
    shown = screen(visit).go("check")
    assert not shown.app.exception
    assert "saved assessment" in shown.words


def test_a_whole_export_goes_from_drop_to_answer_with_two_choices_and_no_edit(screen):
    shown = screen(opened((FIELD / "r00_full_itrent_420.xlsx").read_bytes(), "export.xlsx")).go("check")
    assert [box.value for box in shown.app.selectbox] == ["volunteer accepted", "2026-05-14"]
    assert facts(shown) == ["People", "420", "In pools", "154", "Pools", "7", "Selected", "35"]
    shown.click("right")
    assert not shown.app.exception
    assert "The answer" in shown.words
    cells = shown.visit.assessment.cube.to_frame()
    chosen = cells[(cells["characteristic"] == "gender") & (cells["outcome"] == "selected")]
    assert (chosen["low"][chosen["group"] == "Female"].sum(), chosen["low"].sum()) == (31, 35)
    assert shown.visit.assessment.evidence.intake.questions == ()
