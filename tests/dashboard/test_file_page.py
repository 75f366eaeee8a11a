"""The page “Your file” takes workbooks, asks which sheet, asks about what only looks like something, and says what the file is worth."""

from pathlib import Path

from made import CANARY, figures
from workbooks import xlsx

from eia.case import Case
from eia.dashboard.open_files import Sources
from eia.dashboard.session import Session
from eia.intake.evidence import Upload

PASSWORD = Path(__file__).parent.parent / "data" / "workbooks" / "password.xlsx"
HEADERS = ["name", "sex", "pool", "outcome", "Column X"]
ROWS = [
    [CANARY, "FM"[n % 2], "AB"[n % 3 % 2], "selected" if n % 4 == 0 else "retained", ("Christian", "Muslim", "Sikh")[n % 3]]
    for n in range(24)
]  # fmt: skip


def opened(content: bytes, name: str = "staff.xlsx") -> Session:
    visit = Session()
    visit.case, visit.sources = Case(), Sources(uploads={"main": Upload(name=name, content=content)})
    visit.apply(visit.case)
    return visit


def test_a_workbook_is_read_and_what_it_is_worth_is_said(screen):
    shown = screen(opened(xlsx({"Staff": [HEADERS, *ROWS]}))).go("your_file")
    assert not shown.app.exception
    assert "sheet “Staff”" in shown.words
    intake = shown.visit.assessment.evidence.intake
    assert ([source.rows for source in intake.sources], shown.visit.assessment.evidence.people) == ([24], 24)
    assert ["24", "24"] in [figures(line)[:2] for line in shown.words.splitlines()]
    (names,) = [done for done in intake.recodings if done.rows == 24 and "dropped" in done.rule]
    assert names.rule in shown.words
    assert CANARY not in shown.words


def test_a_header_that_only_looks_like_something_is_asked_about_and_used_when_it_is_chosen(screen):
    shown = screen(opened(xlsx({"Staff": [HEADERS, *ROWS]}))).go("check")
    assert [(asked.about, asked.setting[1]) for asked in shown.visit.assessment.evidence.intake.questions] == [
        ("Column X", "religion")
    ]
    assert "religion" not in shown.visit.assessment.case.columns
    (box,) = shown.app.selectbox
    assert ("“Column X”" in box.label, box.value) == (True, "")
    box.set_value("Column X").run()
    shown.click("right")
    assert shown.visit.problem is None
    assert shown.visit.assessment.case.columns == {"religion": "Column X"}
    assert shown.visit.assessment.evidence.intake.questions == ()


def test_of_two_sheets_the_visitor_chooses(screen):
    shown = screen(opened(xlsx({"Staff": [HEADERS, *ROWS], "Leavers": [HEADERS, *ROWS[:6]]}))).go("check")
    assert not shown.app.exception
    assert shown.visit.assessment is None  # it waits for the answer
    box = shown.app.selectbox[0]
    assert (box.value, [one.kind for one in shown.visit.reading.intake.questions]) == ("Staff", ["sheet", "column"])
    box.set_value("Leavers").run()
    shown.click("right")
    assert shown.visit.problem is None
    assert shown.visit.assessment.evidence.people == 6
    assert shown.visit.assessment.case.files.sheet == "Leavers"


def test_a_workbook_with_a_password_is_refused_on_the_page(screen):
    shown = screen(opened(PASSWORD.read_bytes())).go("your_file")
    assert not shown.app.exception
    assert "protected by a password" in shown.words
