"""Every page opens in every state, says what it should, and shows what comes from files as text."""

import html
import itertools
import json
import re

import pytest

from eia.case import QUESTIONS, Case, changed, parse_case
from eia.dashboard.open_files import Sources
from eia.dashboard.parts.marks import needed_at
from eia.dashboard.session import Session
from eia.dashboard.site import PAGES, PLACES
from eia.errors import EiaError
from eia.intake.evidence import Upload
from eia.intake.examples import examples
from eia.present.documents.model import Heading, Table
from eia.present.documents.response import TO_WRITE, response
from eia.present.parts.first_screen import large_numbers, verdicts
from eia.present.parts.response.not_given import facts_to_give
from eia.present.sections.extras.post_lists import _DIFFERENCES, differences_table, posts_told
from eia.present.sections.extras.post_lists import HEADING as POSTS
from eia.present.sections.extras.scores import scores_told
from eia.present.sections.extras.subsequent_outcomes import TITLE as CAME_OF_IT
from eia.present.sections.extras.subsequent_outcomes import subsequent_outcomes_section
from eia.present.sections.law_section import law_annex, law_section
from eia.present.sections.process import process_sections
from eia.present.tables.evidence_matrix import by_address, evidence_matrix
from eia.present.tables.findings_tables import question_table, split_table
from eia.present.tables.supplementary_tables import supplementary_tables
from eia.present.text.evidence import statement
from eia.present.text.grounds import could_show_table, driving_table, unknown_table
from eia.present.text.narrative import CONFIDENTIAL, answers, cannot_tell
from eia.present.text.open_questions import questions_told
from eia.present.text.said_first import conventions_told
from eia.present.text.supplementary import age_told
from eia.present.text.words import adds_up

WITH_DATA = [page for page in PAGES if page != "start"]
STAFF = b"sex,pool,selected\n" + b"F,A,yes\n" * 5 + b"F,A,no\n" * 5 + b"M,A,yes\n" * 4 + b"M,A,no\n" * 6 + b"M,,\n" * 9


def upload(content: bytes, name: str = "staff.csv") -> Session:
    visit = Session()
    visit.open_files(Case(title="Uploaded"), Sources(uploads={"main": Upload(name=name, content=content)}))
    return visit


@pytest.mark.slow
def test_every_page_is_a_place_or_stands_under_one(screen, opened):
    assert list(PLACES) == ["start", "check", "answer", "try_change", "take_away"]
    assert sorted([*PLACES, *itertools.chain(*PLACES.values())]) == sorted(PAGES)
    shown = screen(opened("millbrook")).go("method")
    labels = [link.proto.label for link in shown.app.get("page_link")]
    assert labels[2].startswith("**The answer")
    assert [PAGES[name][0] for name in PLACES["answer"]] == labels[5 : 5 + len(PLACES["answer"])]


def test_a_place_is_marked_while_something_there_needs_the_user(screen, opened):
    def mark(visit):
        return screen(visit).app.get("page_link")[1].proto.label

    assert mark(opened("millbrook")) == "Check what we read"
    assert mark(upload(b"colour,pool\nred,A\n")).endswith("(to put right)")
    assert mark(upload(b"sex,pool,selected\n" + b"F,A,<b>\n" * 6 + b"M,A,no\n" * 6)).endswith("(1 to answer)")


def marks(visit):
    """What stands behind the names of the places, and of the proposal."""
    return {name: needed_at(name, visit) for name in ("check", "answer", "try_change", "take_away", "proposal")}


@pytest.mark.slow
def test_each_place_and_the_proposal_say_how_much_they_need(screen, opened):
    assert set(marks(Session()).values()) == {""}
    visit = opened("riverbank")
    assert marks(visit) == {"check": "", "answer": "", "try_change": "", "take_away": " (to write)", "proposal": ""}
    visit.write(dict.fromkeys(TO_WRITE, "Written."))
    assert marks(visit)["take_away"] == ""
    bare = upload(b"sex,pool,selected\n" + b"F,A,yes\nM,A,no\n" * 9)
    assert marks(bare)["proposal"] == f" ({len(facts_to_give(bare.assessment))} to give)"
    known = len([*questions_told(bare.assessment.evidence.intake), *conventions_told(bare.assessment)])
    assert marks(bare)["answer"] == (f" ({known} to know)" if known else "")
    bare.apply(changed(bare.case, analysis={"alpha": 0.1, "level": 0.9}))
    assert re.fullmatch(r" \(\d+ to know\)", marks(bare)["answer"])
    shown = screen(bare)
    labels = [link.proto.label for link in shown.app.get("page_link")]
    assert any(label.startswith("Take away (to write)") for label in labels)
    assert shown.app.button(key="panel pages").label == f"The proposal{marks(bare)['proposal']}"


@pytest.mark.slow
def test_every_response_has_the_places_that_are_counted_on(opened):
    for name in ("riverbank", "dwp-2014"):
        assert set(TO_WRITE) <= {answer.key for answer in response(opened(name).assessment).answers}


def test_the_proposal_says_first_what_the_documents_ask_for(screen, opened):
    bare = upload(b"sex,pool,selected\n" + b"F,A,yes\nM,A,no\n" * 9)
    assert all(what in screen(bare).settings().words for what in facts_to_give(bare.assessment))
    assert "The documents ask for" not in screen(opened("riverbank")).settings().words


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_a_case_says_what_to_do(screen, page):
    shown = screen().go(page)
    assert not shown.app.exception
    if page != "start":
        assert "Nothing is open yet." in shown.words
        assert any("Start" in link.proto.label for link in shown.app.get("page_link"))
        assert "CONFIDENTIAL" not in shown.words


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("example", ["millbrook", "dwp-2014", "meacham", "university-2010"])
def test_a_page_opens_with_an_example(screen, opened, example, page):
    shown = screen(opened(example)).go(page)
    assert not shown.app.exception
    assert (CONFIDENTIAL in shown.words) == (page in WITH_DATA)
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown.markup)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_with_a_faulty_file_and_lists_every_fault(screen, page):
    shown = screen(upload(b"colour,pool\nred,A\n")).go(page)
    assert not shown.app.exception
    assert "needs putting right" in shown.words
    assert all(fault.what in shown.words for fault in shown.visit.problem.faults)
    assert "no-characteristic" in [fault.code for fault in shown.visit.problem.faults]
    assert CONFIDENTIAL not in shown.words


def test_the_answer_gives_every_question_its_sentence(screen, opened):
    visit = opened("millbrook")
    shown = screen(visit).go("answer")
    for question, answer in answers(visit.assessment)[:-1]:
        assert question in shown.words
        assert answer in shown.words


@pytest.mark.parametrize("example", ["riverbank", "saltmarsh", "millbrook", "dwp-2014", "meacham"])
def test_the_answer_begins_with_the_verdict_three_numbers_and_few_words(screen, opened, example):
    visit = opened(example)
    shown = screen(visit).go("answer")
    unfolded = re.sub(r"<table.*?</table>", "", shown.markup, flags=re.DOTALL)
    before = html.unescape(re.sub(r"<[^>]+>", " ", unfolded)).partition("The evidence, group by group")[0]
    assert all(one.says in before and one.chance in before for one in verdicts(visit.assessment))
    assert all(one.number in before and one.says in before for one in large_numbers(visit.assessment))
    assert len(before.split()) <= 120


def test_the_matrix_has_every_group_and_can_be_narrowed(screen, opened):
    visit = opened("riverbank")
    shown = screen(visit).go("answer")
    made = evidence_matrix(visit.assessment)

    def rows():
        return [row["address"] for row in matrix_data(shown)["rows"]]

    assert rows() == [row.address for row in made.rows if row.protected or row.named]
    shown.app.segmented_control(key="choice: matrix of").set_value("All").run()
    assert rows() == [row.address for row in made.rows]
    shown.app.toggle(key="choice: matrix clear").set_value(True).run()
    assert rows() == [row.address for row in made.rows if row.clear]
    assert not shown.app.exception


def matrix_data(shown):
    (component,) = [one for one in shown.app.get("bidi_component") if one.proto.component_name == "eia_matrix"]
    return json.loads(component.proto.json)


def test_every_answer_has_its_figures_one_at_a_time(screen, opened):
    visit = opened("millbrook")
    shown = screen(visit).go("pools")
    made = [*(question_table(visit.assessment, question) for question in QUESTIONS), split_table(visit.assessment)]
    for (question, _), table in zip(answers(visit.assessment), made, strict=True):
        shown.app.radio(key="choice: answer").set_value(question).run()
        assert not shown.app.exception
        assert shown.charts
        assert shown.markup.count("<table") == 1
        assert shown.markup.count("<tr>") == len(table.rows) + 1
    assert all(chart.proto.alt for chart in shown.app.get("plotly_chart"))


def test_what_came_of_it_stands_among_the_figures_where_files_say_it(screen, opened):
    visit = opened("millbrook")
    shown = screen(visit).go("pools")
    shown.app.radio(key="choice: answer").set_value(CAME_OF_IT).run()
    assert not shown.app.exception
    made = subsequent_outcomes_section(visit.assessment)
    assert shown.markup.count("<table") == sum(isinstance(block, Table) for block in made)
    assert all(block.text in shown.words for block in made if isinstance(block, Heading))


def test_every_table_beside_the_findings_stands_on_a_page(screen, opened):
    visit = opened("millbrook")
    words = "".join(screen(visit).go(page).words for page in ("method", "age", "pools"))
    made = [could_show_table(visit.assessment), driving_table(visit.assessment), unknown_table(visit.assessment)]
    made += supplementary_tables(visit.assessment)
    assert all(table.title in words for table in made if table.rows)
    assert all(limit in words for limit in cannot_tell(visit.assessment))


def test_the_law_the_steps_and_the_terms_stand_as_in_the_report(screen, opened):
    visit = opened("millbrook")
    for pages, sections in (
        (["method"], [law_section(visit.assessment), law_annex(visit.assessment)]),
        (["process", "pay"], process_sections(visit.assessment)),
    ):
        words = "".join(screen(visit).go(page).words for page in pages)
        headings = [block.text for section in sections for block in section if isinstance(block, Heading)]
        assert headings
        assert all(heading in words for heading in headings)


def test_age_has_a_page_with_a_chart_and_a_table_for_each_question(screen, opened):
    visit = opened("millbrook")
    shown = screen(visit).go("age")
    assert all(told in shown.words for told in age_told(visit.assessment))
    assert len(shown.charts) == len(QUESTIONS)
    assert not any("Part-time" in chart for chart in shown.charts)
    assert shown.markup.count("<table") == len(QUESTIONS) + 1


@pytest.mark.parametrize("example", ["riverbank", "millbrook", "dwp-2014"])
def test_no_page_has_more_than_800_words_unfolded(screen, opened, example):
    shown = screen(opened(example))
    counted = {page: shown.go(page).unfolded for page in PAGES}
    assert {page: words for page, words in counted.items() if not 10 < words <= 800} == {}


def test_where_everybody_goes_it_is_said_that_there_was_no_choosing(screen, opened):
    assert "there was no choosing" in screen(opened("university-2010")).go("answer").words


@pytest.mark.slow
def test_the_main_example_comes_first_and_opens(screen):
    shown = screen()
    assert "Riverbank" in shown.app.selectbox(key="example").value
    shown.app.selectbox(key="example").select_index(1)
    assert "CONFIDENTIAL" in shown.click("open_example").words
    assert not shown.app.exception


def test_charts_show_what_is_chosen(screen, opened):
    shown = screen(opened("millbrook")).go("pools")
    shown.app.selectbox(key="choice: shown").select("Disability").run()
    assert "Disabled" in shown.charts[0]
    assert "Fixed-term" not in shown.charts[0]
    shown.app.selectbox(key="choice: shown").select("Every characteristic").run()
    assert any("Fixed-term" in chart for chart in shown.charts)


def test_a_group_tells_its_story(screen, opened):
    visit = opened("millbrook")
    made = screen(visit)
    made.app.query_params["group"] = "age-5"
    shown = made.go("story")
    assert not shown.app.exception
    found = by_address(visit.assessment)["age-5"]
    assert adds_up(found[0]) in shown.words
    assert all(statement(finding) in shown.words for finding in found)
    assert len(shown.charts) == shown.markup.count("<table") - 1  # and one of the statistics
    assert all(chart.proto.alt for chart in shown.app.get("plotly_chart"))


def test_a_story_without_an_address_is_that_of_the_clearest_gap_and_another_can_be_chosen(screen, opened):
    visit = opened("riverbank")
    shown = screen(visit).go("story")
    assert "287 of the 325 people selected are women" in shown.words
    shown.app.selectbox[0].set_value("disability-1").run()
    assert shown.app.query_params["group"] in ("disability-1", ["disability-1"])
    assert "Disabled people" in shown.words
    assert not shown.app.exception


def test_uploaded_files_are_assessed(screen):
    folder = examples()["millbrook"].parent
    shown = screen()
    for key, name in (("main", "workforce.csv"), ("selections", "selections.csv"), ("case", "case.toml")):
        shown.app.file_uploader(key=key).upload(name, (folder / name).read_bytes(), "text/csv")
    shown.click("open")
    assert not shown.app.exception
    assert "Millbrook College" in shown.words
    assert shown.visit.case.files.workforce == "workforce.csv"


def test_without_a_file_it_is_said_which_one_to_choose(screen):
    assert "Choose the first file" in screen().click("open").words
    assert "Choose the file assessment.json" in screen().click("open_record").words


def test_one_file_is_enough_and_names_the_case(screen):
    shown = screen()
    shown.app.file_uploader(key="main").upload("staff.csv", STAFF, "text/csv")
    assert "We have no questions about this file." in shown.click("open").words
    assert "Who is selected within each pool?" in shown.click("right").words


def test_an_uploaded_case_cannot_read_this_machine(screen, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("sex,pool,selected\nF,A,yes\n" * 3)
    case = f'format = 1\n[files]\nworkforce = "{secret}"\nselections = "{secret}"\nwhole_workforce = "{secret}"\n'
    shown = screen()
    shown.app.file_uploader(key="main").upload("staff.csv", STAFF, "text/csv")
    shown.app.file_uploader(key="case").upload("case.toml", case.encode(), "application/toml")
    shown.click("open")
    assert shown.visit.assessment.evidence.people == 29
    assert [source.file for source in shown.visit.assessment.evidence.intake.sources] == ["staff.csv"]
    assert shown.visit.case.files.model_dump(exclude_defaults=True) == {"workforce": "staff.csv"}


def test_a_faulty_case_file_is_told_and_nothing_is_opened(screen):
    shown = screen()
    shown.app.file_uploader(key="main").upload("staff.csv", STAFF, "text/csv")
    shown.app.file_uploader(key="case").upload("case.toml", b"format = 1\ncolour = 3\n", "application/toml")
    shown.click("open")
    assert not shown.app.exception
    with pytest.raises(EiaError) as caught:
        parse_case("format = 1\ncolour = 3\n")
    assert [fault.code for fault in caught.value.faults] == ["case-unknown-key"]
    assert caught.value.faults[0].what in shown.words
    assert shown.visit.assessment is None


def test_a_saved_assessment_opens_with_its_choices_fixed(screen, opened):
    from eia.findings.record import to_json

    record = to_json(opened("meacham").assessment).encode()
    shown = screen()
    shown.app.file_uploader(key="record").upload("assessment.json", record, "application/json")
    shown.click("open_record")
    assert "Meacham" in shown.words
    assert shown.settings().app.button(key="apply").disabled
    assert not shown.app.exception


def test_a_changed_record_is_refused(screen):
    shown = screen()
    shown.app.file_uploader(key="record").upload("assessment.json", b'{"format": 4}', "application/json")
    assert "incomplete" in shown.click("open_record").words
    assert not shown.app.exception


def test_applying_a_change_changes_the_answer(screen, opened):
    shown = screen(opened("millbrook")).settings()
    before = shown.visit.assessment.run.case_hash
    shown.app.checkbox(key="choice: ask scope").uncheck()
    shown.app.text_input(key="choice: bands").input("30, 50").run()
    shown.click("apply")
    assert not shown.app.exception
    assert shown.visit.assessment.run.case_hash != before
    assert "Which jobs are at risk?" not in [title for title, _ in answers(shown.visit.assessment)]
    assert shown.visit.assessment.case.analysis.age_bands == (30, 50)
    assert "The answer" in shown.words


def test_what_does_not_fit_is_told_and_neither_the_answer_nor_the_choices_are_lost(screen, opened):
    shown = screen(opened("millbrook")).settings()
    before = shown.visit.assessment
    pool = before.cube.layout.pools[0]
    shown.app.number_input(key=f"choice: pool {pool}").set_value(999)
    shown.app.text_input(key="choice: bands").input("thirty").run()
    shown.click("apply")
    assert "needs putting right" in shown.words or "need putting right" in shown.words
    assert shown.visit.assessment is before
    assert "from before it" in shown.go("answer").words
    shown.settings()
    assert shown.app.number_input(key=f"choice: pool {pool}").value == 999
    assert shown.app.text_input(key="choice: bands").value == "thirty"
    assert not shown.app.exception


def test_opening_something_else_forgets_the_choices_of_before(screen, opened):
    shown = screen(opened("millbrook")).settings()
    shown.app.text_input(key="choice: title").input("Mine").run()
    shown.go("start").click("open_example").settings()
    assert "Riverbank" in shown.app.text_input(key="choice: title").value


@pytest.mark.slow
def test_columns_and_words_are_put_right_on_the_screen(screen):
    folder = examples()["riverbank"].parent
    shown = screen()
    for key, name in (("main", "workforce.csv"), ("selections", "selections.csv")):
        content = (folder / name).read_bytes().replace(b"Proposed for redundancy", b"Outcome B")
        shown.app.file_uploader(key=key).upload(name, content, "text/csv")
    shown.click("open")
    assert any("“Outcome B”" in box.label for box in shown.app.selectbox)
    shown.go("your_file")
    shown.app.selectbox(key="choice: column unit").select("Service")
    shown.app.selectbox(key="choice: column working_pattern").select("Basis")
    shown.app.date_input(key="choice: Workforce file drawn on").set_value("2026-10-31")
    words = "Outcome B = selected"
    shown.app.text_area(key="choice: outcomes").input(words).run()
    shown.click("read_again")
    assert not shown.app.exception
    assert shown.visit.problem is None
    assert shown.visit.assessment.evidence.people == 2603


@pytest.mark.parametrize("page", PAGES)
def test_labels_of_a_file_are_text_and_never_markup(screen, page):
    label = "<img src=x onerror=alert(1)>[x](https://evil.example) **b** $x$ :red[r]"
    rows = STAFF.decode().replace(",A,", f',"{label}",')
    shown = screen(upload(rows.encode(), name="<script>alert(2)</script>.csv")).go(page)
    assert not shown.app.exception
    assert not re.search('<img (?!class="eia-picture" src="data:)', shown.markup)
    assert "<script" not in shown.markup
    for kind in ("number_input", "selectbox", "text_input", "text_area"):
        assert not [one.label for one in shown.app.get(kind) if re.search(r"(?<!\\)[\[<*$]", one.label)]


def test_a_hostile_label_in_a_question_is_text(screen):
    content = b"sex,pool,selected\n" + b"F,A,<b>**x**</b>\n" * 6 + b"M,A,no\n" * 6
    shown = screen(upload(content)).go("check")
    assert "<b>" not in shown.markup
    (asked,) = [box.label for box in shown.app.selectbox if "outcome" in box.label]
    assert r"\*\*x\*\*" in asked


def test_two_visits_see_their_own_numbers(screen, opened):
    one, other = screen(opened("millbrook")), screen(opened("dwp-2014"))
    assert "Millbrook" in one.go("answer").words
    assert "DWP" in other.go("answer").words
    assert "Millbrook" in one.go("answer").words


def test_lists_of_posts_are_taken_on_start_and_shown_on_two_pages(screen):
    shown = screen()
    lists = b"list,post,posts,ring-fence\nnow,Clerk,20,A\nproposed,Clerk,11,A\n"
    staff = STAFF.replace(b"\n", b",Clerk\n").replace(b"selected,Clerk", b"selected,post", 1)
    shown.app.file_uploader(key="main").upload("staff.csv", staff, "text/csv")
    shown.app.file_uploader(key="posts").upload("posts.csv", lists, "text/csv")
    shown.click("open").go("pools").app.radio(key="choice: answer").set_value(POSTS).run()
    assert not shown.app.exception
    made = shown.visit.assessment.restructure
    assert (made.total.now, made.total.proposed, made.total.lost, made.total.gained) == (20, 11, 9, 0)
    assert posts_told(made)[0] in shown.words
    assert shown.visit.case.files.posts == "posts.csv"
    shown.go("your_file")
    assert not shown.app.exception
    ((what, *_),) = differences_table(made).rows
    assert what == _DIFFERENCES["more people than posts"]
    assert what in shown.words


def test_scores_and_two_files_of_posts_are_taken_on_start(screen):
    shown = screen()
    staff = "ref,sex,post,pool,outcome\n" + "".join(
        f"R{n},{'FM'[n % 2]},Clerk,A,{'yes' if n % 4 == 0 else 'no'}\n" for n in range(40)
    )
    marks = "ref,Attendance\n" + "".join(f"R{n},{5 + 4 * (n % 2)}\n" for n in range(40))
    for key, text in (
        ("main", staff),
        ("scores", marks),
        ("absences", "ref,days,reason\n" + "".join(f"R{n},2,Disability leave\n" for n in range(0, 40, 2))),
        ("posts", "post,posts\nClerk,40\n"),
        ("proposed_posts", "post,posts\nClerk,30\n"),
    ):
        shown.app.file_uploader(key=key).upload(f"{key}.csv", text.encode(), "text/csv")
    shown.click("open").go("scores")
    assert not shown.app.exception
    look = shown.visit.assessment.further.scores
    assert (look.scored, [one.name for one in look.criteria]) == (40, ["Attendance"])
    assert any(gap.contrast.estimate == pytest.approx(-4) and gap.group.label == "Female" for gap in look.gaps)
    assert all(sentence in shown.words for sentence in scores_told(shown.visit.assessment))
    away = shown.visit.assessment.absences
    assert away.criteria == ("Attendance",)
    assert [(one.people, one.days) for one in away.totals if not one.title] == [(10, 20.0), (10, 20.0)]
    shown.go("pools").app.radio(key="choice: answer").set_value(POSTS).run()
    total = shown.visit.assessment.restructure.total
    assert (total.now, total.proposed, total.lost, total.gained) == (40, 30, 10, 0)
    assert posts_told(shown.visit.assessment.restructure)[0] in shown.words
    assert (shown.visit.case.files.scores, shown.visit.case.files.proposed_posts) == (
        "scores.csv",
        "proposed_posts.csv",
    )


def test_a_table_names_the_characteristic_that_its_groups_stand_under(screen, opened):
    visit = opened("millbrook")
    table = could_show_table(visit.assessment)
    shown = screen(visit).go("method")
    for section in dict.fromkeys(table.sections):
        assert f'scope="rowgroup">{html.escape(section)}</th>' in shown.markup
