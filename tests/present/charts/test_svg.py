import json
import math
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from present_samples import HOSTILE, charts, excess, forest, pairs, parse, profile, rates, timeline, waterfall

from eia.present.charts.axes import forest_axis, pairs_axis, profile_axis, timeline_axis
from eia.present.charts.lettering import width_of, wrapped
from eia.present.charts.looks import LOOKS
from eia.present.charts.marks import falls, forest_mark
from eia.present.charts.plotly_board import inert
from eia.present.charts.plotly_figures import CONFIG, figure
from eia.present.charts.sheet import WIDTH
from eia.present.charts.specs import LEVEL_WORDS, STAGES, Excess, Forest, ForestRow, PairRow, Pairs, headed
from eia.present.charts.svg import picture, svg
from eia.present.documents.model import plain

SVG = "{http://www.w3.org/2000/svg}"
KINDS = [type(chart).__name__ for chart in charts()]


def drawn(spec, dpi):
    """The chart as a picture."""
    return picture(svg(spec), spec.alt, dpi)


def texts(drawing):
    return [node.text or "" for node in parse(drawing).iter(f"{SVG}text")]


def ids(drawing):
    return re.findall(r'<[^<>]*\bid="([^"]*)"', drawing)


@pytest.mark.parametrize("spec", charts(*HOSTILE), ids=KINDS)
def test_hostile_labels_stay_words_on_both(spec):
    drawing = svg(spec)
    root = parse(drawing)
    assert {node.tag for node in root.iter()} == {SVG + tag for tag in ("svg", "title", "desc", "path", "text")}
    assert any("<script>" in text for text in texts(drawing))
    assert any("$x^2$" in text for text in texts(drawing))
    assert not re.search("[\u202e\u2066\x00\x1b]", drawing)
    shown = json.loads(figure(spec).to_json())
    spoken = json.dumps([shown["data"], shown["layout"]], ensure_ascii=False)
    assert "<script" not in spoken
    assert "<img" not in spoken
    assert "$" not in spoken
    assert "hovertemplate" not in spoken
    assert not re.search("[\u202e\u2066\x00\x1b]", spoken)


@pytest.mark.parametrize("spec", charts(*HOSTILE), ids=KINDS)
def test_words_stay_on_the_sheet_and_do_not_run_into_each_other(spec):
    boxes = []
    for node in parse(svg(spec)).iter(f"{SVG}text"):
        style = node.get("style", "")
        width = width_of(node.text or "", bold="bold" in style)
        x, y = float(node.get("x")), float(node.get("y"))
        start = x - (width if "end" in style else width / 2 if "middle" in style else 0)
        boxes.append((y, start, start + width, node.text))
        if width < 150:  # longer words that are beside a mark run off where nothing else stands
            assert -1 <= start <= WIDTH, node.text
    names = [box for box in boxes if box[1] <= 12.5]
    lines = sorted(y for y, *_ in names)
    assert all(below - above > 10 for above, below in pairwise(lines))


@pytest.mark.parametrize("spec", charts(), ids=KINDS)
def test_two_drawings_are_the_same_byte_for_byte(spec):
    assert svg(spec) == svg(spec)
    assert drawn(spec, dpi=50) == drawn(spec, dpi=50)
    assert figure(spec).to_json() == figure(spec).to_json()


def test_drawing_in_threads_gives_the_same():
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(svg, charts()))
    assert drawn == [svg(spec) for spec in charts()]


@pytest.mark.parametrize("spec", charts(), ids=KINDS)
def test_an_svg_says_what_it_shows_and_carries_no_date_or_prolog(spec):
    drawing = svg(spec)
    root = parse(drawing)
    prefix = root.get("aria-labelledby").split("-")[0]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{prefix}-title {prefix}-desc"
    assert root.find(f"{SVG}title").text == spec.title
    assert root.find(f"{SVG}desc").text == spec.alt
    assert drawing.startswith("<svg ")
    assert not re.search(r"<\?xml|<!DOCTYPE|<metadata|<style|20\d\d-\d\d", drawing)
    assert set(re.findall(r"https?://[^\"' ]+", drawing)) == {"http://www.w3.org/2000/svg"}


def test_ids_are_a_drawings_own():
    drawings = [svg(spec, key) for spec in charts() for key in ("one", "two")]
    everything = [name for drawing in drawings for name in ids(drawing)]
    assert len(set(everything)) == len(everything)
    assert not [drawing for drawing in drawings if re.search(r"href=|url\(", drawing)]


def test_nothing_is_said_on_the_error_stream(capfd):
    svg(forest(HOSTILE))
    drawn(forest(("Wömen \N{GRINNING FACE} 人",)), dpi=40)
    assert capfd.readouterr() == ("", "")


def test_a_hundred_rows_are_drawn_each_on_a_line_of_its_own():
    rows = tuple(ForestRow(label=f"Group {n}", estimate=1, low=0.5, high=2, level="not_found") for n in range(100))
    drawing = svg(Forest(title="T", alt="A hundred groups.", rows=rows))
    heights = {node.get("y") for node in parse(drawing).iter(f"{SVG}text") if (node.text or "").startswith("Group ")}
    assert len(heights) == 100
    assert len(drawn(Forest(title="T", alt="A hundred groups.", rows=rows), dpi=40)) > 1000


@pytest.mark.parametrize(
    "spec", [Excess(title="T", alt="Nothing.", rows=()), Forest(title="T", alt="Nothing.", rows=())]
)
def test_an_empty_chart_says_so(spec):
    assert "Nothing to show." in texts(svg(spec))
    assert drawn(spec, dpi=40)
    assert figure(spec)


def test_each_level_has_a_shape_or_fill_of_its_own_and_its_words():
    shapes = [(look.shape, look.filled) for look in LOOKS.values()]
    assert len(set(shapes)) == len(shapes)
    assert set(LOOKS) == set(LEVEL_WORDS)
    assert set(LEVEL_WORDS.values()) <= set(texts(svg(forest())))
    shown = " ".join(str(note.text) for note in figure(forest()).layout.annotations)
    assert all(words in shown for words in LEVEL_WORDS.values())


def test_a_long_name_is_cut_with_an_ellipsis_and_a_middling_one_iswrapped():
    assert len(wrapped("x" * 200, 195)) == 1
    assert wrapped("x" * 200, 195)[0].endswith("…")
    lines = wrapped("Black, Black British, Black Welsh, Caribbean or African", 195)
    assert " ".join(lines) == "Black, Black British, Black Welsh, Caribbean or African"
    assert all(width_of(line) <= 195 for line in wrapped("long words " * 20, 195))


# --- the same numbers on paper and on the screen --------------------------------------------------------------------


def marks(drawing, kind):
    """The horizontal places of marks of a kind, in the order drawn."""
    places = []
    for node in parse(drawing).iter(f"{SVG}path"):
        if re.search(rf"-{kind}-\d+$", node.get("id", "")):
            moved = re.match(r"translate\(([-\d.]+),", node.get("transform", ""))
            across = [float(moved[1])] if moved else [float(x) for x in re.findall(r"[MLH]([-\d.]+)", node.get("d"))]
            places.append(across if moved else [min(across), max(across)])
    return places


def scale(drawing, axis):
    """From a place on the sheet back to the number, by the places of two tick labels."""
    at = {}
    for node in parse(drawing).iter(f"{SVG}text"):
        if node.text in axis.labels and "middle" in node.get("style"):
            at[axis.ticks[axis.labels.index(node.text)]] = float(node.get("x"))
    (first, x0), *_, (last, x1) = sorted(at.items())
    if axis.log:
        return lambda x: first * (last / first) ** ((x - x0) / (x1 - x0))
    return lambda x: first + (last - first) * (x - x0) / (x1 - x0)


def test_both_forests_carry_the_same_numbers():
    spec = forest(tuple("abcdefghijkl"))
    axis = forest_axis(spec)
    drawing = svg(spec)
    number = scale(drawing, axis)
    true = [forest_mark(row, axis) for row in spec.rows]
    estimates = [mark.at for mark in true if mark.at is not None]
    intervals = [[mark.low, mark.high] for mark in true if mark.low is not None]
    assert [number(x) for (x,) in marks(drawing, "mark")] == pytest.approx(estimates, rel=1e-4)
    on_paper = [[number(x) for x in ends] for ends in marks(drawing, "interval")]
    assert on_paper == [pytest.approx(ends, rel=1e-4) for ends in intervals]
    traces = [trace for trace in figure(spec).data if trace.hoverinfo == "text"]
    assert [trace.x[0] for trace in traces if trace.mode == "markers"] == estimates
    assert [list(trace.x) for trace in traces if trace.mode == "lines"] == intervals
    arrows = sum(mark.fewer + mark.more for mark in true)
    assert len(marks(drawing, "arrow")) == arrows
    assert len([trace for trace in figure(spec).data if trace.hoverinfo == "skip"]) == arrows


@pytest.mark.parametrize("spec", [excess(("a", "b", "c", "d")), waterfall(("a", "b", "c"))])
def test_both_bar_charts_carry_the_same_numbers(spec):
    from eia.present.charts.axes import excess_axis, people_axis

    if isinstance(spec, Excess):
        axis = excess_axis(spec)
        true = [(0.0, row.value) for row in spec.rows]
    else:
        axis = people_axis([bar.end for bar in falls(spec)])
        true = [(bar.start, bar.end) for bar in falls(spec)]
    drawing = svg(spec)
    number = scale(drawing, axis)
    lengths = [sorted(ends) for ends in true if math.isfinite(ends[1]) and ends[0] != ends[1]]
    on_paper = [[number(x) for x in ends] for ends in marks(drawing, "bar")]
    assert on_paper == [pytest.approx(ends, abs=1e-3) for ends in lengths]
    on_screen = [(bar.base[0], bar.base[0] + bar.x[0]) for bar in figure(spec).data]
    assert on_screen == [
        pytest.approx((0 if math.isnan(end) else start, 0 if math.isnan(end) else end)) for start, end in true
    ]


def test_both_rates_charts_carry_the_same_numbers():
    from eia.present.charts.axes import rates_axis

    spec = rates()
    drawing = svg(spec)
    number = scale(drawing, rates_axis(spec))
    ours = [row.group_rate for row in spec.rows if row.group_rate == row.group_rate]
    others = [row.comparator_rate for row in spec.rows if row.comparator_rate == row.comparator_rate]
    assert [number(x) for (x,) in marks(drawing, "group")] == pytest.approx(ours, abs=1e-5)
    assert [number(x) for (x,) in marks(drawing, "comparator")] == pytest.approx(others, abs=1e-5)
    by_name = {trace.name: trace for trace in figure(spec).data if trace.name}
    assert list(by_name[spec.group_label].x) == ours
    assert list(by_name[spec.comparator_label].x) == others


@pytest.mark.parametrize("spec", charts(), ids=KINDS)
def test_names_and_ticks_on_the_screen_are_those_on_paper(spec):
    shown = figure(spec)
    rows = falls(spec) if not hasattr(spec, "rows") else headed(spec.rows)
    assert len(shown.layout.yaxis.ticktext) == len(rows)
    paper = set(texts(svg(spec)))
    assert set(shown.layout.xaxis.ticktext) <= paper


def test_a_long_name_stands_whole_on_two_lines_of_the_screen():
    name = "People recorded as Christian (religion or belief)"
    row = PairRow(label=name, seen=9, even=4, seen_text="9", even_text="about 4")
    (shown,) = figure(Pairs(title="Selected", alt="Selected.", rows=(row,))).layout.yaxis.ticktext
    assert shown.replace("<br>", " ") == name
    assert shown.count("<br>") == 1


# --- the screen -----------------------------------------------------------------------------------------------------


def test_the_screen_never_offers_to_send_the_chart_away():
    assert CONFIG["showSendToCloud"] is False
    assert CONFIG["plotlyServerURL"] == ""
    assert CONFIG["modeBarButtons"] == [["toImage"]]


@pytest.mark.parametrize("spec", charts(), ids=KINDS)
def test_a_figure_for_the_screen_names_no_address(spec):
    assert "http" not in figure(spec).to_json()


@pytest.mark.parametrize("text", HOSTILE)
def test_inert_text_holds_no_tag_or_formula_and_reads_the_same(text):
    import html

    shown = inert(text)
    assert not set("<>$") & set(shown)
    assert html.unescape(shown) == plain(text)
    assert len(html.unescape(inert(text, 40))) <= 40


def test_both_timelines_carry_the_same_days():
    spec = timeline(tuple("abcdefghij"))
    drawing = svg(spec)
    number = scale(drawing, timeline_axis(spec))
    days = [row.day.toordinal() for row in spec.rows]
    assert [round(number(x)) for (x,) in marks(drawing, "mark")] == days
    entered, worked_out = figure(spec).data
    assert list(entered.x) == days[::2]
    assert list(worked_out.x) == days[1::2]


@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_a_timeline_holds_all_its_days_between_few_ticks(count):
    spec = timeline(tuple(map(str, range(count))))
    axis = timeline_axis(spec)
    assert all(axis.low <= row.day.toordinal() <= axis.high for row in spec.rows)
    assert 2 <= len(axis.ticks) <= 9
    assert svg(spec)


def test_both_pairs_carry_the_same_numbers():
    spec = pairs(("a", "b", "c"))
    number = scale(svg(spec), pairs_axis(spec))
    true = [length for row in spec.rows for length in (row.seen, row.even)]
    assert [number(right) for _, right in marks(svg(spec), "bar")] == pytest.approx(true, abs=1e-2)
    seen, even = figure(spec).data
    assert [*seen.x, *even.x] == [*(row.seen for row in spec.rows), *(row.even for row in spec.rows)]


def test_both_profiles_carry_the_same_numbers():
    spec = profile(("a", "b", "c"))
    number = scale(svg(spec), profile_axis(spec))
    assert [number(right) for _, right in marks(svg(spec), "bar")] == pytest.approx(
        [share for row in spec.rows for share in row.shares], abs=1e-5
    )
    assert [bar.name for bar in figure(spec).data] == [*STAGES.values()]
    for place, bar in enumerate(figure(spec).data):
        assert list(bar.x) == [row.shares[place] for row in spec.rows]


def test_a_heading_over_the_panel_is_struck_out_by_no_line():
    drawing = svg(excess(("A heading that is longer than the names", "B")))
    strokes = [node.tag for node in parse(drawing) if node.tag in (f"{SVG}path", f"{SVG}text")]
    heading = next(
        place
        for place, node in enumerate(n for n in parse(drawing) if n.tag in (f"{SVG}path", f"{SVG}text"))
        if node.text
    )
    assert strokes[heading - 1] == f"{SVG}path"
