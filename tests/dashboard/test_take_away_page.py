"""The page Take away: every document with a preview, what people write in it, and files that are made when they are asked for."""

import io
import re
import zipfile

import pytest
from test_pages import upload

from eia.case import case_text, parse_case
from eia.dashboard.session import Session
from eia.dashboard.taking import downloads as taking
from eia.dashboard.taking import figures
from eia.dashboard.taking.downloads import FORMATS, documents, downloads, every_chart, markdown_zip, of_chart
from eia.dashboard.taking.figures import FIGURES
from eia.errors import EiaError, Fault
from eia.findings.record import to_json
from eia.intake.evidence import Upload
from eia.intake.examples import examples
from eia.present.attachments.to_attach import BUNDLE, to_attach
from eia.present.attachments.to_attach import FOLDER as TO_ATTACH
from eia.present.documents.annex import annex_tables
from eia.present.documents.draft import draft
from eia.present.documents.publishable import PUBLIC
from eia.present.documents.write_report import DOCUMENTS, FOLDER, files_to_send
from eia.present.formats.paper_files import ENDINGS

MONEY = "choice: text Money"


def buttons(shown):
    return {button.proto.label: button.proto.id for button in shown.app.get("download_button")}


def choose(shown, name):
    shown.app.radio(key="choice: view document").set_value(name).run()
    assert not shown.app.exception
    return shown


@pytest.mark.parametrize("example", ["millbrook", "dwp-2014", "meacham"])
def test_every_document_has_a_preview_and_files_with_names_of_their_own(screen, opened, example):
    shown = screen(opened(example)).go("take_away")
    for name, title in documents().items():
        choose(shown, name)
        wanted = {f"{title} as {FORMATS[ending][0]}" for ending in (*ENDINGS[name], "html", "zip")}
        assert wanted <= set(buttons(shown))
        (frame,) = shown.app.get("iframe")
        assert frame.proto.src.startswith("data:text/html;")
        labels = [button.proto.label for button in shown.app.get("download_button")]
        assert len(set(labels)) == len(labels)


def test_no_file_is_made_before_it_is_asked_for(screen, opened, monkeypatch):
    for name in ("to_word", "to_pdf", "files_to_send", "markdown_zip", "attached_files"):
        monkeypatch.setattr(taking, name, lambda *_: pytest.fail("made on opening"))
    shown = screen(opened("millbrook")).go("take_away")
    for name in documents():
        choose(shown, name)
    choose(shown, FIGURES)
    made = shown.visit.made
    assert not [key for key in made if key.startswith("file ") or key in ("json", "terms.html", "published")]


def test_every_file_is_the_one_that_is_written(opened, tmp_path):
    assessment = opened("millbrook").assessment
    assessment.report(tmp_path)
    for name, make in DOCUMENTS.items():
        for one in downloads(assessment, name, make(assessment)):
            if not one.file.endswith(".zip"):
                assert one.make() == (tmp_path / FOLDER / one.file).read_bytes(), one.file
    charts = to_attach(assessment)
    assert every_chart(charts).make() == (tmp_path / FOLDER / every_chart(charts).file).read_bytes()
    for one in of_chart(charts[0]):
        assert one.make() == (tmp_path / FOLDER / TO_ATTACH / one.file).read_bytes(), one.file
    assert set(files_to_send(assessment, "draft")) >= {"draft.docx", "draft.pdf"}


def test_the_markdown_comes_with_the_charts_it_names(opened):
    report = draft(opened("millbrook").assessment)
    with zipfile.ZipFile(io.BytesIO(markdown_zip(report, "draft"))) as bundle:
        names = bundle.namelist()
        text = bundle.read("draft.md").decode()
    assert names[0] == "draft.md"
    assert all(f"]({name})" in text for name in names[1:])
    assert markdown_zip(report, "draft") == markdown_zip(report, "draft")


def test_what_is_typed_stands_in_the_document_and_in_the_case(screen, opened):
    visit = opened("millbrook")
    before = to_json(visit.assessment)
    shown = choose(screen(visit).go("take_away"), "draft")
    shown.app.text_area(key=MONEY).input("  A million.\n\nBy April.  ").run()
    assert not shown.app.exception
    assert shown.visit.case.texts == {"Money": "A million.\n\nBy April."}
    assert [answer.lines for answer in shown.visit.made["document draft False"].answers if answer.key == "Money"] == [
        ("A million.", "By April.")
    ]
    assert re.search(r"1 of \d+ places are filled", shown.words)
    shown.app.text_area(key=MONEY).input("").run()
    assert shown.visit.case.texts == {}
    hashes = [
        re.sub(r'"sha256": "\w+"|"when": "[^"]+"', "", text) for text in (before, to_json(shown.visit.assessment))
    ]
    assert hashes[0] == hashes[1]


def test_what_is_typed_stays_on_the_way_to_another_page_and_back(screen, opened):
    shown = choose(screen(opened("millbrook")).go("take_away"), "draft")
    shown.app.text_area(key=MONEY).input("A million.").run()
    shown.go("answer").go("take_away")
    assert shown.app.radio(key="choice: view document").value == "draft"
    assert shown.app.text_area(key=MONEY).value == "A million."
    shown.click("undo")
    assert shown.app.text_area(key=MONEY).value == ""


def test_what_is_no_text_is_told_at_its_field_and_not_kept(screen, opened):
    shown = choose(screen(opened("millbrook")).go("take_away"), "draft")
    shown.app.text_area(key=MONEY).input("\x07").run()
    assert not shown.app.exception
    assert "texts.Money" in shown.words
    assert shown.visit.case.texts == {}


def test_what_was_written_for_a_place_that_went_is_shown_and_can_be_taken_out(screen, opened):
    visit = opened("millbrook")
    visit.write({"Women: <b>gone</b>": "Because."})
    shown = screen(visit).go("take_away")
    assert "Because." in shown.words
    assert "<b>gone" not in shown.markup
    shown.click("take out 0")
    assert shown.visit.case.texts == {}


def test_a_saved_assessment_takes_words_too(screen, opened):
    visit = Session()
    visit.open_record(Upload(name="assessment.json", content=to_json(opened("meacham").assessment).encode()))
    shown = choose(screen(visit).go("take_away"), "draft")
    shown.app.text_area(key=MONEY).input("A million.").run()
    assert shown.visit.assessment.case.texts == {"Money": "A million."}
    again = Session()
    again.open_record(Upload(name="assessment.json", content=to_json(shown.visit.assessment).encode()))
    assert again.case.texts == {"Money": "A million."}


def test_charts_are_previewed_with_words_for_those_who_cannot_see_them(screen, opened):
    visit = opened("dwp-2014")
    shown = screen(visit).go("take_away")
    for one in to_attach(visit.assessment):
        shown.app.selectbox(key="choice: view chart confidential").set_value(one.name).run()
        assert not shown.app.exception
        (alt,) = re.findall(
            r'<img class="eia-picture" src="data:image/svg\+xml;base64,[^"]+" alt="([^"]+)"', shown.markup
        )
        assert alt.startswith("CONFIDENTIAL")
        assert f"{one.name}.png" in "".join(buttons(shown).values())


def test_tables_are_made_once_they_are_unfolded(screen, opened):
    visit = opened("millbrook")
    shown = screen(visit).go("take_away")
    assert "tables" not in visit.made
    shown.app.session_state["tables"] = True
    shown.app.run()
    assert not shown.app.exception
    assert shown.app.selectbox(key="choice: view table").options == [
        table.title for table in annex_tables(visit.assessment)
    ]
    assert "Table (CSV)" in buttons(shown)


def test_figures_to_publish_are_worked_out_when_asked_for(screen, opened):
    shown = choose(screen(opened("dwp-2014")).go("take_away"), FIGURES)
    assert "Figures as workbook" not in buttons(shown)
    shown.click("publish")
    assert {"Figures as workbook", "Figures as CSV", "Record of what was published"} <= set(buttons(shown))


@pytest.mark.parametrize("name", PUBLIC)
def test_a_document_to_publish_is_the_one_that_is_written(screen, opened, tmp_path, name):
    visit = opened("dwp-2014")
    visit.assessment.publish(tmp_path)
    shown = choose(screen(visit).go("take_away"), name)
    shown.app.radio(key="choice: view edition").set_value("publishable").run()
    assert not shown.app.get("iframe")
    shown.click("publish")
    made = shown.visit.made[f"document {name} True"]
    for one in downloads(visit.assessment, name, made, to_publish=True):
        assert "to publish" in one.label
        assert one.label in buttons(shown)
        if not one.file.endswith(".zip"):
            assert one.make() == (tmp_path / one.file.replace("-to-publish", "")).read_bytes(), one.file
    shown.app.toggle(key="choice: view public charts").set_value(True).run()
    assert not shown.app.exception
    assert BUNDLE.replace(".", "-to-publish.") in "".join(buttons(shown).values())
    assert 'alt="CONFIDENTIAL' not in shown.markup


def test_words_of_people_are_to_be_read_before_they_are_published(screen, opened, monkeypatch):
    visit = opened("dwp-2014")
    shown = choose(screen(visit).go("take_away"), "draft")
    shown.app.radio(key="choice: view edition").set_value("publishable").run()
    shown.click("publish")
    assert "Read it for figures" not in shown.words
    monkeypatch.setattr(figures, "published", lambda _: pytest.fail("worked out again"))
    shown.app.text_area(key=MONEY).input("A million.").run()
    assert not shown.app.exception
    assert "Read it for figures" in shown.words
    (found,) = [made for name, made in shown.visit.made.items() if name.endswith("published")]
    assert found.case_hash != shown.visit.case.hash
    assert shown.visit.case.hash[:12] in str(shown.visit.made["document draft True"])


def test_figures_that_cannot_be_published_say_why(screen, opened, monkeypatch):
    def refused(_):
        raise EiaError(Fault(code="ranges", what="The counts are ranges."))

    monkeypatch.setattr(figures, "published", refused)
    shown = choose(screen(opened("meacham")).go("take_away"), FIGURES).click("publish")
    assert not shown.app.exception
    assert "The counts are ranges." in shown.words
    assert "Figures as workbook" not in buttons(shown)


@pytest.mark.slow
def test_a_case_that_was_saved_brings_every_choice_back(screen):
    folder = examples()["millbrook"].parent

    def start(case):
        shown = screen()
        for key, name in (("main", "workforce.csv"), ("selections", "selections.csv")):
            shown.app.file_uploader(key=key).upload(name, (folder / name).read_bytes(), "text/csv")
        shown.app.file_uploader(key="case").upload("case.toml", case, "application/toml")
        shown.click("open").click("right")
        assert shown.visit.problem is None
        return shown

    first = start((folder / "case.toml").read_bytes())
    first.settings().app.number_input(key="choice: headcount").set_value(321).run()
    first.click("apply")
    choose(first.go("take_away"), "draft").app.text_area(key=MONEY).input("A million.\nBy April.").run()
    saved = case_text(first.visit.case, first.visit.case_file)
    assert parse_case(saved) == first.visit.case
    again = start(saved.encode())
    assert again.visit.case == first.visit.case
    assert again.visit.assessment.run.case_hash == first.visit.assessment.run.case_hash
    assert choose(again.go("take_away"), "draft").app.text_area(key=MONEY).value == "A million.\nBy April."


@pytest.mark.parametrize("content", [b"sex,pool,selected\nF,A,yes\nM,A,no\n", b"sex,pool\nF,A\nM,A\n"])
def test_a_file_without_much_in_it_can_be_taken_away(screen, content):
    shown = screen(upload(content)).go("take_away")
    assert not shown.app.exception
