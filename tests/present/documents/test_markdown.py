import pytest
from hypothesis import given
from hypothesis import strategies as st
from present_samples import HOSTILE, charts, document, parse

from eia.present.documents.markdown import escape, line, to_markdown
from eia.present.documents.model import Bullets, Document, Facts, Heading, Paragraph, Table, TableColumn, plain

markdown_it = pytest.importorskip("markdown_it")


def reader():
    return markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])


def inlines(text):
    return [token for token in reader().parse(text) if token.type == "inline"]


def read(token):
    return "".join(child.content for child in token.children)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_back_as_itself(text):
    for written in (f"Words {escape(text)}", line(text), f"- {line(text)}", f"## {line(text)}"):
        tokens = inlines(written)
        assert {child.type for token in tokens for child in token.children} <= {"text", "text_special"}
        back = " ".join(read(token) for token in tokens)
        assert back.removeprefix("Words").strip() == plain(text)


@given(st.text())
def test_any_text_is_read_back_as_itself(text):
    tokens = inlines(line(text))
    assert " ".join(read(token) for token in tokens).split() == plain(text).split()
    assert len(tokens) == (1 if plain(text) else 0)


@given(st.lists(st.text(), min_size=2, max_size=3))
def test_any_cells_stay_in_their_table(cells):
    table = Table("T", tuple(TableColumn("C") for _ in cells), (tuple(cells), tuple(cells)))
    text, _ = to_markdown(Document("D", "", "", blocks=(table,)))
    kinds = [token.type for token in reader().parse(text)]
    assert kinds.count("table_open") == 1
    assert kinds.count("td_open") == 2 * len(cells)
    assert not {"html_block", "fence", "code_block", "bullet_list_open"} & set(kinds)


@pytest.fixture(scope="module")
def made():
    return to_markdown(document())


@pytest.fixture(scope="module")
def hostile():
    return to_markdown(document(HOSTILE))[0]


def test_a_hostile_document_has_the_shape_of_a_plain_one(made, hostile):
    plain_kinds = {token.type for token in reader().parse(made[0])}
    hostile_kinds = {token.type for token in reader().parse(hostile)}
    assert hostile_kinds <= plain_kinds
    children = {child.type for token in inlines(hostile) for child in token.children}
    assert children <= {
        "text",
        "text_special",
        "strong_open",
        "strong_close",
        "em_open",
        "em_close",
        "image",
        "softbreak",
    }


def test_no_address_is_left_that_a_reader_would_make_a_link(hostile):
    assert not [part for part in ("://", "www.", "@") if part in hostile]


def test_charts_stand_beside_the_text_with_their_words(made):
    text, files = made
    assert list(files) == [*(f"charts/chart-{n}.svg" for n in range(len(charts()))), "charts/again.svg"]
    for name, drawing in files.items():
        assert f"]({name})" in text
        assert parse(drawing).tag.endswith("svg")
    images = [child for token in inlines(text) for child in token.children if child.type == "image"]
    assert len(images) == len(charts()) + 1
    assert all(image.content for image in images)


def test_lists_and_facts_that_follow_each_other_stay_apart():
    blocks = (
        Heading("H", 2),
        Facts((("Workforce", "412"),)),
        Bullets(("One", "Two")),
        Bullets(("Three",), ordered=True),
    )
    kinds = [token.type for token in reader().parse(to_markdown(Document("D", "", "", blocks=blocks))[0])]
    assert kinds.count("bullet_list_open") == 2
    assert kinds.count("ordered_list_open") == 1


def test_the_same_document_gives_the_same_text(made):
    assert to_markdown(document()) == made


def test_numbers_stay_readable_in_the_source():
    assert [line(text) for text in ("-3.2", "+4", "3.5 hours", "12%")] == ["-3.2", "+4", "3.5 hours", "12%"]


def test_a_lead_of_nothing_is_nothing():
    text, _ = to_markdown(Document("D", "", "", blocks=(Paragraph(" ", lead=True),)))
    assert "**" not in text
