"""Charts to attach say what they show, of whom and from where, carry their mark, and have numbers that a spreadsheet reads."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from functools import cache

import pytest
from assessments import MAKERS, sample
from present_samples import HOSTILE, charts, parse

from eia.findings.gaps import gaps
from eia.present.attachments.card import Attachment, card
from eia.present.attachments.numbers import numbers, plain_number
from eia.present.attachments.to_attach import BUNDLE, attached_files, to_attach
from eia.present.charts.lettering import SIZE, width_of
from eia.present.charts.specs import Pairs, headed
from eia.present.documents.model import MARKS
from eia.present.figures.gap_told import seen_and_even

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
