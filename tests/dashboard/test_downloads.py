"""What can be saved: the report, its charts and tables, the record, the case; and how the dashboard is started."""

import io
import tomllib
import zipfile

from eia.case import case_text, changed, parse_case
from eia.dashboard import launch as launching
from eia.dashboard.downloads import by_title, charts, markdown_zip, stem
from eia.dashboard.launch import MAIN, SETTINGS
from eia.intake.examples import home
from eia.present.documents.annex import annex_tables, further_charts
from eia.present.documents.draft import draft
from eia.present.documents.write_report import files_to_send


def test_the_markdown_comes_with_the_charts_it_names(opened):
    report = draft(opened("millbrook").assessment)
    with zipfile.ZipFile(io.BytesIO(markdown_zip(report))) as bundle:
        names = bundle.namelist()
        text = bundle.read("report.md").decode()
    assert names[0] == "report.md"
    assert all(f"]({name})" in text for name in names[1:])
    assert markdown_zip(report) == markdown_zip(report)


def test_every_chart_and_table_of_the_report_can_be_saved(opened):
    assessment = opened("millbrook").assessment
    drawn = charts(further_charts(assessment))
    files = [file for file, _ in drawn.values()]
    assert len(files) == len(set(files)) >= 4
    assert all(chart.alt for _, chart in drawn.values())
    assert any("What it adds up to" in title for title in by_title(annex_tables(assessment)))


def test_every_file_to_send_is_on_the_page_and_is_the_one_that_is_written(screen, opened, tmp_path):
    visit = opened("millbrook")
    written = visit.assessment.report(tmp_path)
    shown = screen(visit).go("take_away")
    assert not shown.app.exception
    wanted = {path.name for paths in written.sent.values() for path in paths} | {written.charts.name}
    made = {file: content for name in written.sent for file, content in files_to_send(visit.assessment, name).items()}
    assert set(made) == wanted
    assert all(content == (tmp_path / file).read_bytes() for file, content in made.items())
    assert {
        one.proto.id.rpartition("send ")[2] for one in shown.app.get("download_button") if "send " in one.proto.id
    } == wanted


def test_file_names_do_not_tell_who(opened):
    assert "millbrook" not in stem(opened("millbrook").assessment).lower()


def test_the_saved_case_keeps_its_comments_and_is_the_case(opened):
    visit = opened("millbrook")
    text = case_text(changed(visit.case, title="Mine"), visit.case_file)
    assert parse_case(text).title == "Mine"
    assert "# a pool of one person" in text


def test_the_settings_keep_everything_on_this_machine():
    settings = tomllib.loads((MAIN.parent / ".streamlit" / "config.toml").read_text())
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "127.0.0.1"
    for section, keys in settings.items():
        assert all(SETTINGS[f"{section}.{key}"] == value for key, value in keys.items() if section != "theme")
    beside_app = home().parent / ".streamlit" / "config.toml"
    assert tomllib.loads(beside_app.read_text()) == settings


def test_a_visit_begins_with_the_case_the_dashboard_was_started_with(screen, monkeypatch):
    case = home() / "millbrook" / "case.toml"
    monkeypatch.setattr(launching, "_served", [case])
    shown = screen()
    assert not shown.app.exception
    assert "Millbrook College" in shown.words
    assert "The answer" in shown.words
