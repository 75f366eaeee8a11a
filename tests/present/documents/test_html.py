import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from present_samples import HOSTILE, charts, document

from eia.present.charts.specs import Excess as ExcessChart
from eia.present.charts.specs import ExcessRow
from eia.present.documents.html import css_string, to_html
from eia.present.documents.model import Document, Figure, Heading, Paragraph, plain

VOID = {"meta", "link", "br", "hr", "img", "input", "path", "use"}


class Page(HTMLParser):
    """Reads a page strictly: every tag that is opened is closed, in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.words, self.style = [], [], [], ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] == ["style"]:
            self.style += data
        else:
            self.words.append(" ".join(data.split()))

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def text():
    return to_html(document())


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


@pytest.fixture(scope="module")
def hostile():
    return to_html(document(HOSTILE))


def test_hostile_texts_are_shown_and_nothing_more(hostile, page):
    read = Page(hostile)
    known = {name for name, _ in page.tags}
    assert {name for name, _ in read.tags} <= known
    assert not {"script", "img", "iframe", "object", "link", "base", "form"} & {name for name, _ in read.tags}
    assert not [name for _, attrs in read.tags for name in attrs if name.startswith("on")]
    for text in HOSTILE:
        assert plain(text) in read.words
    assert not re.search("[\u202e\u2066\x00\x1b]", hostile)


@pytest.mark.parametrize("which", ["page", "hostile"])
def test_nothing_is_loaded_from_anywhere(which, request):
    made = request.getfixturevalue(which)
    read = made if isinstance(made, Page) else Page(made)
    for name, attrs in read.tags:
        for attribute, value in attrs.items():
            if attribute in {"src", "href", "xlink:href", "action", "data", "srcset", "poster"}:
                assert value.startswith("#"), (name, attribute, value)
            if attribute == "style":
                assert not re.search(r"url\((?!#)", value)
    assert "url(" not in read.style
    assert "@import" not in read.style
    policy = next(attrs["content"] for attrs in read.all("meta") if attrs.get("http-equiv"))
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert {"name": "robots", "content": "noindex"} in read.all("meta")


def test_it_is_one_page_in_one_language_with_one_title(page):
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert [name for name, _ in page.tags].index("title") < [name for name, _ in page.tags].index("body")
    assert page.all("a")[0]["href"] == "#content"


@pytest.mark.parametrize("which", ["page", "hostile"])
def test_ids_are_unique_and_every_reference_is_met(which, request):
    made = request.getfixturevalue(which)
    read = made if isinstance(made, Page) else Page(made)
    ids = [attrs["id"] for _, attrs in read.tags if "id" in attrs]
    assert len(set(ids)) == len(ids)
    for _, attrs in read.tags:
        named = attrs.get("aria-labelledby", "").split()
        linked = [attrs[key][1:] for key in ("href", "xlink:href") if key in attrs]
        assert set(named + linked) <= set(ids)


def test_headings_come_in_order(page):
    levels = [int(name[1]) for name, _ in page.tags if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_contents_name_the_chapters(page):
    links = [attrs["href"] for attrs in page.all("a")][1:]
    assert links == ["#summary", "#charts"]


def test_every_drawing_says_what_it_shows_and_every_figure_has_a_caption(page):
    drawings = page.all("svg")
    assert len(drawings) == len(charts()) + 1
    assert all(attrs["role"] == "img" and attrs["aria-labelledby"] for attrs in drawings)
    assert len(page.all("figcaption")) == len(page.all("figure")) == len(charts()) + 1


def test_every_table_has_a_caption_and_scoped_heads_and_can_be_scrolled_by_keyboard(page):
    assert len(page.all("caption")) == len(page.all("table")) == 2
    assert {attrs.get("scope") for attrs in page.all("th")} == {"col", "row"}
    regions = [attrs for _, attrs in page.tags if attrs.get("role") == "region"]
    assert len(regions) == len(charts()) + 3
    assert all(attrs["tabindex"] == "0" and attrs["aria-label"] for attrs in regions)
    labels = [attrs["aria-label"] for attrs in regions]
    assert len(set(labels)) == len(labels)


def test_the_notice_stands_on_the_page_and_in_the_margin_of_the_paper(page):
    assert "CONFIDENTIAL Plain text." in page.words
    assert "CONFIDENTIAL\\20 Plain\\20 text\\2e " in page.style


def test_no_notice_leaves_no_banner():
    read = Page(to_html(Document("Draft", "", "", blocks=(Paragraph("Text."),))))
    assert not [attrs for _, attrs in read.tags if attrs.get("class") == "banner"]
    assert not read.all("nav")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_css_string_cannot_be_left(text):
    inside = css_string(text)[1:-1]
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]+ )*", inside)
    read = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), inside)
    assert read == plain(text) or read.endswith("…")


def test_the_same_document_gives_the_same_page(text):
    assert to_html(document()) == text


def test_a_long_chart_is_drawn_in_parts_that_fit_on_paper():
    rows = tuple(ExcessRow(label=str(n), value=n, text=str(n), group=f"g{n // 5}") for n in range(60))
    long = ExcessChart(title="Excess", alt="From 0 to 59.", rows=rows)
    read = Page(to_html(Document("Draft", "", "", blocks=(Heading("One", 2), Figure("Excess", long, "excess")))))
    assert len(read.all("svg")) == 2
    assert len(read.all("figure")) == 1


def contrast(one, other):
    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lights = sorted((light(one), light(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def test_words_can_be_read_and_marks_can_be_seen(page):
    from eia.present.charts import looks

    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", page.style))
    for name in ("ink", "soft", "blue", "plum", "orange"):
        assert contrast(named[name], "#ffffff") >= 4.5
        assert contrast(named[name], named["tint"]) >= 4.5
    for colour in (looks.INK, looks.SOFT):
        assert contrast(colour, looks.PAPER) >= 4.5
    for look in looks.LOOKS.values():
        assert contrast(look.colour, looks.PAPER) >= 3 or look.colour == looks.ORANGE
