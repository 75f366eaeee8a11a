"""Try a change on the screen: the answer in few touches, a change kept and taken out again, and nobody shown."""

from __future__ import annotations

import pytest
from pool_of_six import MARKS

from eia.case import Case, changed
from eia.dashboard.open_files import Sources
from eia.dashboard.session import Session
from eia.findings.record import to_json
from eia.intake.evidence import Upload

STAFF = "Staff no,Disability,Pool,Outcome,Length of service\n" + "".join(
    f"{who},{'yes' if who in 'AD' else 'no'},P,{'selected' if who in 'AD' else 'retained'},{n}\n"
    for n, who in enumerate(MARKS)
)
SCORES = "Staff no,Skills (weight 40),Attendance (weight 30),Flexibility (weight 20),Conduct (weight 10)\n" + "".join(
    f"{who},{','.join(map(str, row))}\n" for who, row in MARKS.items()
)
ABSENCES = "Staff no,Days,Reason\nA,22,disability\nD,5,pregnancy\n"


def opened(*, scores: bool = True, absences: bool = False, **parts: object) -> Session:
    files = {"main": STAFF} | ({"scores": SCORES} if scores else {}) | ({"absences": ABSENCES} if absences else {})
    visit = Session()
    visit.open_files(
        changed(Case(title="Six"), **parts),
        Sources(uploads={kind: Upload(name=f"{kind}.csv", content=text.encode()) for kind, text in files.items()}),
    )
    assert visit.problem is None
    return visit


def chosen(screen, label):
    return next(
        one for one in (*screen.app.multiselect, *screen.app.selectbox, *screen.app.radio) if one.label == label
    )


def test_leaving_a_criterion_out_says_at_once_what_it_would_do(screen):
    shown = screen(opened()).go("try_change")
    assert not shown.app.exception
    assert "1 of the disabled people would be selected instead of 2" in shown.words
    chosen(shown, "Leave out").select("Attendance").run()
    assert not shown.app.exception
    assert "1 of the 2 people selected would be different people" in shown.words


def test_a_change_is_kept_with_the_case_and_can_be_taken_out(screen):
    shown = screen(opened()).go("try_change")
    chosen(shown, "Weights").set_value("All equal").run()
    shown.click("keep-change")
    assert not shown.app.exception
    assert [one.weights for one in shown.visit.case.scenarios.values()] == ["equal"]
    assert [one.name for one in shown.visit.assessment.changes.tried] == list(shown.visit.case.scenarios)
    shown.click("drop-0")
    assert not shown.visit.case.scenarios


def test_weights_of_one_s_own_begin_with_those_stated(screen):
    shown = screen(opened()).go("try_change")
    chosen(shown, "Weights").set_value("My own").run()
    assert [one.value for one in shown.app.number_input if one.label in ("Skills", "Attendance")] == [40.0, 30.0]


@pytest.mark.parametrize("label", ["Compare with last in, first out", "Where totals are equal, longer service stays"])
def test_rarer_changes_are_folded_away_and_work(screen, label):
    shown = screen(opened()).go("try_change")
    next(one for one in shown.app.checkbox if one.label == label).check().run()
    assert not shown.app.exception


def test_what_cannot_be_done_is_said_on_the_page(screen):
    shown = screen(opened()).go("try_change")
    chosen(shown, "Leave out").set_value(["Skills", "Attendance", "Flexibility", "Conduct"]).run()
    assert not shown.app.exception
    assert "No criterion is left" in shown.words


def test_points_for_absence_are_given_on_the_page_and_absences_can_then_be_left_out(screen):
    shown = screen(opened(absences=True)).go("try_change")
    assert not any(one.label == "Leave out absences for" for one in shown.app.multiselect)
    next(one for one in shown.app.text_area if "days of absence" in one.label).set_value("0 days = 10\n20 days = 2")
    shown.click("apply-scoring")
    assert shown.visit.case.scoring.points == {"Attendance": ((0, 10), (20, 2))}
    chosen(shown, "Leave out absences for").select("disability").run()
    assert not shown.app.exception


def test_without_scores_the_page_says_what_to_ask_for(screen):
    shown = screen(opened(scores=False)).go("try_change")
    assert not shown.app.exception
    assert "Ask the employer for the scores" in shown.words


def test_a_saved_assessment_shows_what_was_tried_and_tries_no_more(screen):
    visit = opened(scenarios={"No attendance": {"without": ["Attendance"]}})
    record = Session()
    record.open_record(Upload(name="assessment.json", content=to_json(visit.assessment).encode()))
    shown = screen(record).go("try_change")
    assert not shown.app.exception
    assert "holds nobody" in shown.words
    assert any("No attendance" in one.label for one in shown.app.expander)
    assert not any(one.label == "Leave out" for one in shown.app.multiselect)


def test_own_weights_begin_with_those_stated_before_anybody_is_selected(screen):
    visit = Session()
    unselected = "\n".join(",".join(line.split(",")[:3]) for line in STAFF.splitlines())
    visit.open_files(
        changed(Case(title="Six"), pools={"P": {"to_go": 2}}),
        Sources(
            uploads={
                kind: Upload(name=f"{kind}.csv", content=text.encode())
                for kind, text in {"main": unselected, "scores": SCORES}.items()
            }
        ),
    )
    shown = screen(visit).go("try_change")
    chosen(shown, "Weights").set_value("My own").run()
    assert not shown.app.exception
    assert [one.value for one in shown.app.number_input if one.label in ("Skills", "Attendance", "Flexibility", "Conduct")] == [40, 30, 20, 10]  # fmt: skip
