"""What a message tells the visitor to say in the case can be chosen on “Your file”, for people and for counts."""

from workbooks import xlsx

from eia.case import Case
from eia.dashboard.open_files import Sources
from eia.dashboard.session import Session
from eia.intake.evidence import Upload

STAFF = b"ref,sex,disability,ethnicity,pool,outcome\n" + b"".join(
    b"%d,%s,%s,%s,%s,%s\n"
    % (n, b"FM"[n % 2 : n % 2 + 1], (b"Grey", b"No", b"Grey")[n % 3], (b"Chinese", b"White British")[n % 2],
       b"AB"[n % 5 % 2 : n % 5 % 2 + 1], b"selected" if n % 4 == 0 else b"retained")
    for n in range(60)
)  # fmt: skip
REPEATED = STAFF + STAFF.splitlines(keepends=True)[1].replace(b"Chinese", b"White British").replace(b"Grey", b"No")
COUNTS = b"characteristic,group,people,selected\nSex,Female,40,*\nSex,Male,60,20\nSex,Total,100,25\n"


def opened(content: bytes, name: str = "staff.csv", **more: Upload) -> Session:
    visit = Session()
    visit.open_files(Case(), Sources(uploads={"main": Upload(name=name, content=content), **more}))
    return visit


def chosen(shown, label, value):
    next(box for box in shown.app.selectbox if box.label.replace("\\", "") == label).set_value(value)


def test_an_answer_that_was_not_understood_is_put_into_a_group(screen):
    shown = screen(opened(STAFF)).go("your_file")
    assert "Disability" in [held.characteristic for held in shown.visit.assessment.evidence.intake.held_back]
    chosen(shown, "Disability: “Grey”", "declined")
    shown.click("read_again")
    assert not shown.app.exception
    assert shown.visit.problem is None
    assert shown.visit.case.categories.labels == {"disability": {"Grey": "declined"}}
    assert shown.visit.assessment.evidence.intake.held_back == ()


def test_what_was_said_of_an_answer_stands_there_and_can_be_taken_back(screen):
    shown = screen(opened(STAFF)).go("your_file")
    chosen(shown, "Disability: “Grey”", "declined")
    shown.click("read_again").go("your_file")
    chosen(shown, "Disability: “Grey”", "As it was read")
    shown.click("read_again")
    assert shown.visit.case.categories.labels == {}
    assert shown.visit.assessment.evidence.intake.held_back


def test_an_answer_too_rare_to_be_shown_can_be_typed(screen):
    rare = STAFF.replace(b"Grey", b"No", 37)
    shown = screen(opened(rare)).go("your_file")
    assert "Grey" not in shown.words
    chosen(shown, "Characteristic", "disability")
    shown.app.run()
    shown.app.text_input(key="choice: another label 0").set_value("Grey")
    chosen(shown, "Is the group", "not recorded")
    shown.click("read_again")
    assert shown.visit.case.categories.labels == {"disability": {"Grey": "not recorded"}}
    assert shown.visit.assessment.evidence.intake.held_back == ()


def test_the_official_list_of_ethnic_categories_is_chosen_by_its_title(screen):
    shown = screen(opened(STAFF)).go("your_file")
    chosen(shown, "Official list of ethnic categories", "census_2001")
    shown.click("read_again")
    assert shown.visit.case.categories.ethnicity == "census_2001"
    groups = [finding.group.label for finding in shown.visit.assessment.findings]
    assert "Asian or Asian British" not in groups


def test_repeated_references_are_posts_when_it_is_said(screen):
    shown = screen(opened(REPEATED)).go("your_file")
    assert "[people]" in shown.words
    chosen(
        shown, "A reference that stands in several rows is", "Posts of one person, who counts once, in the main post"
    )
    shown.click("read_again")
    assert not shown.app.exception
    assert shown.visit.problem is None
    assert shown.visit.case.people.repeated == "main post"
    assert shown.visit.assessment.evidence.people == 60


def test_a_headcount_a_full_week_and_privacy_are_chosen(screen):
    shown = screen(opened(STAFF)).go("your_file")
    shown.app.number_input(key="choice: headcount").set_value(61)
    shown.app.number_input(key="choice: full-time hours").set_value(36.5)
    chosen(shown, "Columns that say who somebody is, such as names", "refuse")
    shown.click("read_again").go("your_file")
    case = shown.visit.case
    assert (case.employer.headcount, case.people.full_time_hours, case.privacy.identifiers) == (61, 36.5, "refuse")
    assert "1 more" in shown.words


def test_what_a_mark_stands_for_and_what_counts_were_rounded_to_are_said_of_counts(screen):
    shown = screen(opened(COUNTS)).go("your_file")
    shown.app.text_area(key="choice: marks").set_value("* = 1 to 4")
    shown.app.number_input(key="choice: rounded to").set_value(5)
    chosen(shown, "Percentages are of", "The people of the same group")
    shown.click("read_again")
    assert not shown.app.exception
    assert not shown.go("pools").app.exception
    counts = shown.visit.case.counts
    assert (dict(counts.marks), counts.rounded_to, counts.percentages) == ({"*": "1 to 4"}, 5, "group")


def test_the_choices_that_a_message_names_stand_open(screen):
    shown = screen(opened(REPEATED)).go("your_file")
    opened_now = [expander.label for expander in shown.app.expander if expander.proto.expanded]
    assert opened_now == ["Who counts, and from when"]


def test_of_two_sheets_with_selections_the_visitor_chooses(screen):
    rows = [line.split(",") for line in STAFF.decode().splitlines()]
    staff = "\n".join(",".join(row[:5]) for row in rows).encode()
    selections = xlsx({name: [[row[0], row[5]] for row in rows] for name in ("First round", "Second round")})
    visit = opened(staff, selections=Upload(name="selections.xlsx", content=selections))
    shown = screen(visit).go("your_file")
    assert visit.problem is not None
    chosen(shown, "Sheet with the selections", "Second round")
    shown.click("read_again")
    assert shown.visit.problem is None
    assert shown.visit.case.files.selections_sheet == "Second round"


def test_words_for_outcomes_that_say_nothing_are_chosen_one_by_one(screen):
    shown = screen(opened(STAFF.replace(b"selected", b"Red").replace(b"retained", b"Green"))).go("check")
    assert {one.about for one in shown.visit.reading.intake.questions} == {"Red", "Green"}
    chosen(shown, "What does the outcome “Red” mean?", "selected")
    chosen(shown, "What does the outcome “Green” mean?", "retained")
    shown.click("right")
    assert dict(shown.visit.case.outcomes) == {"Red": "selected", "Green": "retained"}
    assert shown.visit.reading.selected == 15
