"""Charts to attach say what they show, of whom and from where, carry their mark, and have numbers that a spreadsheet reads."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from assessments import MAKERS, sample
from present_samples import HOSTILE, charts, parse

from eia.findings.gaps import gaps
from eia.findings.record import from_json
from eia.present.attachments.card import Attachment, card
from eia.present.attachments.numbers import numbers, plain_number
from eia.present.attachments.to_attach import BUNDLE, attached_files, to_attach
from eia.present.charts.lettering import SIZE, width_of
from eia.present.charts.specs import Pairs, Profile, ProfileRow, headed
from eia.present.documents.model import MARKS
from eia.present.figures.exact import exact
from eia.present.figures.gap_told import seen_and_even
from eia.present.sections.scenarios import tried_chart

EXAMPLE = Path(__file__).parents[3] / "reports" / "example" / "confidential" / "assessment.json"
SVG = "{http://www.w3.org/2000/svg}"
KINDS = [type(chart).__name__ for chart in charts()]


@cache
def files(name: str) -> dict[str, bytes]:
    return attached_files(to_attach(sample(name)))


def attachment(chart, text="What it shows"):  # type: ignore[no-untyped-def]
    return Attachment(name="one", finding=text, counted=text, source=text, chart=chart, edition="confidential")


@pytest.mark.parametrize("name", MAKERS)
def test_every_assessment_gives_its_charts_with_names_of_their_own(name: str) -> None:
    made = to_attach(sample(name))
    assert len({each.name for each in made}) == len(made)
    assert all(re.fullmatch("[a-z0-9-]+", each.name) for each in made)


def test_a_characteristic_has_a_chart_of_its_own_only_where_more_than_one_bar_may_be_shown() -> None:
    told = exact(sample("found"))
    alone = replace(told, gaps=tuple(replace(gap, beside=gap.beside[:1]) for gap in told.gaps))
    of_its_own = [
        sum(each.name.startswith("selected-by-") for each in to_attach(sample("found"), shown))
        for shown in (told, alone)
    ]
    assert of_its_own == [len([gap for gap in told.gaps if gap.pair]), 0]


def test_each_is_a_picture_a_drawing_and_its_numbers_and_all_are_in_the_bundle() -> None:
    made = files("found")
    stems = {name.rpartition(".")[0] for name in made if name != BUNDLE}
    assert {*made} == {BUNDLE, *(f"{stem}.{ending}" for stem in stems for ending in ("png", "svg", "csv"))}
    with zipfile.ZipFile(io.BytesIO(made[BUNDLE])) as bundle:
        assert {name: bundle.read(name) for name in bundle.namelist()} == {
            name: content for name, content in made.items() if name != BUNDLE
        }
        assert {part.date_time for part in bundle.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_they_are_the_same_bytes_every_time() -> None:
    assert attached_files(to_attach(sample("found"))) == files("found")


def test_a_part_of_a_long_chart_names_a_group_only_where_it_shows_it() -> None:
    record = from_json(EXAMPLE.read_text(encoding="utf-8"))
    clear = [gap for gap in exact(record).gaps[:4] if gap.evidence == 2]
    cut = [each for each in to_attach(record) if each.finding.endswith(")") and "by-group" in each.name]
    assert len(cut) > 3
    for each in cut:
        shown = {row.label for row in getattr(each.chart, "rows", ())}
        assert all(gap.group.label in shown for gap in clear if gap.who in each.finding.lower())


@pytest.mark.parametrize("name", ["found", "stages"])
def test_every_drawing_and_every_row_of_numbers_carries_the_mark(name: str) -> None:
    for file, content in files(name).items():
        if file.endswith(".svg"):
            told = [node.text for node in parse(content.decode()).iter(f"{SVG}text")]
            assert told[0] == MARKS["confidential"]
        if file.endswith(".csv"):
            assert {row[-1] for row in list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[1:]} == {
                "CONFIDENTIAL"
            }


@pytest.mark.parametrize("chart", charts(*HOSTILE), ids=KINDS)
def test_all_of_it_is_on_the_card_and_hostile_text_is_text(chart) -> None:  # type: ignore[no-untyped-def]
    long = "<script>alert(1)</script> and more words " * 12
    root = parse(card(attachment(chart, long)))
    assert {node.tag for node in root.iter()} == {
        SVG + tag for tag in ("svg", "g", "rect", "title", "desc", "path", "text")
    }
    wide = float(root.get("width"))
    above = list(root.findall(f"{SVG}text"))
    for node in above:
        size = float(re.search(r"font-size: ([\d.]+)px", node.get("style"))[1])  # type: ignore[index]
        assert float(node.get("x")) + width_of(node.text or "", bold="bold" in node.get("style")) * size / SIZE <= wide
        assert float(node.get("y")) <= float(root.get("height"))
    assert "…" not in "".join(node.text or "" for node in above)
    assert root.find(f"{SVG}desc").text.startswith("CONFIDENTIAL.")  # type: ignore[union-attr]


@pytest.mark.parametrize("chart", charts(), ids=KINDS)
def test_the_numbers_of_a_chart_are_all_there_and_are_numbers(chart) -> None:  # type: ignore[no-untyped-def]
    table = numbers(chart, "Title")
    rows = getattr(chart, "rows", None)
    assert len(table.rows) == (
        len(chart.steps) + 1 if rows is None else len([each for each in headed(rows) if not isinstance(each, str)])
    )
    for row in table.rows:
        for cell, column in zip(row, table.columns, strict=True):
            if column.numeric and cell:
                float(cell)


def test_numbers_are_written_as_keyboards_do() -> None:
    assert [plain_number(value) for value in (1234567.5, -3.25, 1e-9, float("nan"))] == ["1234567.5", "-3.25", "0", ""]


def test_the_chart_of_the_clearest_gaps_has_the_numbers_of_the_assessment() -> None:
    assessment = sample("found")
    first = next(each for each in to_attach(assessment) if each.name == "selected-beside-even")
    assert isinstance(first.chart, Pairs)
    shown = {(row.seen, row.even) for row in first.chart.rows}
    assert shown == {pair for gap in gaps(assessment)[:4] for pair in seen_and_even(gap.step, gap.finding)}


def test_a_chart_names_no_group_whose_bar_is_left_out() -> None:
    record = from_json(EXAMPLE.read_text(encoding="utf-8"))
    first, second, *_ = exact(record).gaps
    figures = replace(exact(record), gaps=(first, replace(second, pair=None)))
    (told,) = [each for each in to_attach(record, figures) if each.name == "selected-beside-even"]
    assert first.who in told.finding
    assert second.who not in told.finding


@pytest.mark.parametrize("beside", [0, 1, 2])
def test_a_group_is_charted_beside_another_and_never_alone(beside: int) -> None:
    assessment = sample("found")
    (gap,) = exact(assessment).gaps
    figures = replace(exact(assessment), gaps=(replace(gap, beside=gap.beside[:beside]),))
    assert ("selected-by-sex" in {each.name for each in to_attach(assessment, figures)}) == (beside > 1)


def attached(name: str, stem: str) -> Attachment:
    return next(each for each in to_attach(sample(name)) if each.name == stem)


def test_the_profile_has_each_group_of_ten_at_risk_at_every_stage() -> None:
    chart = attached("found", "profile-by-group").chart
    assert isinstance(chart, Profile)
    assert chart.stages == ("staff", "at_risk", "selected")
    rows = {row.label: row for row in chart.rows}
    assert rows["Female"].parts == ((60, 160), (40, 80), (22, 27))
    assert rows["Female"].texts == ("38% (60 of 160)", "50% (40 of 80)", "81% (22 of 27)")


@pytest.mark.parametrize("name", MAKERS)
def test_a_group_of_fewer_than_ten_at_risk_is_in_no_profile(name: str) -> None:
    for each in to_attach(sample(name)):
        if isinstance(each.chart, Profile):
            place = each.chart.stages.index("at_risk")
            assert all(row.parts[place][0] >= 10 for row in each.chart.rows)


@pytest.mark.parametrize(
    "name", ["profile-by-group", "at-risk-by-group", "cuts-by-group", "selected-within-pools-by-group"]
)
def test_grade_missing_answers_and_the_other_side_of_a_group_are_in_no_chart(name: str) -> None:
    made = [
        each.chart for each in to_attach(from_json(EXAMPLE.read_text(encoding="utf-8"))) if each.name.startswith(name)
    ]
    shown = {(row.group, row.label) for chart in made for row in chart.rows}  # type: ignore[union-attr]
    assert ("Disability", "Disabled") in shown
    assert not {"Not disabled", "Not recorded", "Permanent", "Full-time", "Grade 1"} & {label for _, label in shown}


def test_before_anybody_is_selected_a_profile_ends_with_those_at_risk() -> None:
    assert attached("nobody chosen", "profile-by-group").chart.stages == ("staff", "at_risk")


def test_pools_have_their_people_and_only_the_confidential_edition_shows_them() -> None:
    chart = attached("found", "pools-by-size").chart
    assert isinstance(chart, Pairs)
    assert [(row.label, row.seen, row.even) for row in chart.rows] == [("A", 14, 40), ("B", 13, 40)]
    assert "pools-by-size" not in {
        each.name for each in to_attach(sample("found"), replace(exact(sample("found")), edition="publishable"))
    }


@pytest.mark.parametrize("name", MAKERS)
def test_no_pool_of_fewer_than_ten_people_is_shown(name: str) -> None:
    for each in to_attach(sample(name)):
        if each.name.startswith("pools-by-size"):
            assert all(row.even >= 10 for row in each.chart.rows)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["counts", "meacham"])
def test_ranges_make_no_chart_of_pools_or_ages(name: str) -> None:
    if any(table.are_ranges for table in sample(name).cube.tables.values()):
        assert not {"pools-by-size", "share-selected-by-age"} & {each.name for each in to_attach(sample(name))}


def test_ages_and_changes_of_the_rule_have_the_numbers_of_the_assessment() -> None:
    assessment = from_json(EXAMPLE.read_text(encoding="utf-8"))
    made = {each.name: each for each in to_attach(assessment)}
    ages = [
        one for one in assessment.under("selection") if one.characteristic.key == "age" and one.group.kind == "answer"
    ]
    shown = [(row.label, row.group_rate) for row in made["share-selected-by-age"].chart.rows]  # type: ignore[union-attr]
    assert shown == [(one.group.label, one.people.group_selected / one.people.group_there) for one in ages]  # type: ignore[operator]
    assert assessment.changes is not None
    rows = made["each-criterion-left-out"].chart.rows  # type: ignore[union-attr]
    assert [row.label for row in rows] == [one.criterion for one in assessment.changes.without_one]
    assert {(row.seen, row.even) for row in rows if row.label == "Attendance"} == {(43, 80)}  # type: ignore[union-attr]
    changes = [name for name in made if name.startswith("before-and-after-")]
    assert len(changes) == len(assessment.changes.tried)
    for name, tried in zip(changes, assessment.changes.tried, strict=True):
        assert made[name].chart == tried_chart(tried)


def test_no_words_beside_a_bar_are_cut_even_where_there_are_millions() -> None:
    texts = ("100% (1,418,310 of 1,418,310)",) * 3
    row = ProfileRow(label="Women", parts=((1418310, 1418310),) * 3, texts=texts)
    chart = Profile(title="Profile", alt="All are women.", rows=(row,), stages=("staff", "at_risk", "selected"))
    told = [node.text for node in parse(card(attachment(chart))).iter(f"{SVG}text")]
    assert [told.count(words) for words in set(texts)] == [3]
