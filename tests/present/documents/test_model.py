import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.case import Case
from eia.present.charts.specs import Excess
from eia.present.documents.model import (
    Answer,
    Document,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Table,
    TableColumn,
    placed,
    plain,
)

EMPTY = Excess(title="Excess", alt="There is nothing to show.", rows=())


def report(*blocks):
    return Document("Draft", "", "", blocks=blocks)


def test_importing_the_room_brings_in_no_drawing_library():
    modules = (
        "documents.model",
        "documents.html",
        "documents.markdown",
        "charts.specs",
        "charts.svg",
        "charts.plotly_figures",
        "tables.csv_text",
    )
    check = (
        f"import sys, importlib; [importlib.import_module('eia.present.' + name) for name in {modules}];"
        "print(sorted({'typst', 'plotly', 'jinja2', 'numpy', 'streamlit'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(st.text())
def test_plain_text_is_one_visible_line_and_stays_what_it_is(text):
    once = plain(text)
    assert plain(once) == once
    assert once.isprintable() or "\u200c" in once or "\u200d" in once
    assert not {"\n", "\r", "\t", "\x00", "\u202e", "\u2066", "\ufeff"} & set(once)


def test_a_level_that_is_skipped_is_refused():
    with pytest.raises(ValueError, match="level 4 stands where at most level 3"):
        report(Heading("One", 2), Heading("Two", 4))
    with pytest.raises(ValueError, match="at most level 2"):
        report(Heading("One", 3))
    assert report(Heading("One", 2), Heading("Two", 3), Heading("Three", 2))


@pytest.mark.parametrize("level", [0, 1, 7])
def test_a_heading_cannot_be_the_title(level):
    with pytest.raises(ValueError, match="level 2 to 6"):
        Heading("Text", level)


@pytest.mark.parametrize("name", ["", "../up", "a b", "a/b", "-a", "naïve", "a" * 81, "a.svg"])
def test_a_figure_name_is_safe_as_a_file(name):
    with pytest.raises(ValueError, match="file-safe"):
        Figure("Excess", EMPTY, name)


def test_names_and_keys_are_used_once_whatever_their_case():
    with pytest.raises(ValueError, match="figure name 'A' is used twice"):
        report(Figure("One", EMPTY, "a"), Figure("Two", EMPTY, "A"))
    with pytest.raises(ValueError, match="heading key 'k' is used twice"):
        report(Heading("One", 2, "k"), Heading("Two", 2, "k"))


def test_a_row_must_fit_its_columns():
    with pytest.raises(ValueError, match=r"has 2 columns; rows \[2\]"):
        Table("Selected", (TableColumn("A"), TableColumn("B")), (("1", "2"), ("1",)))


@pytest.mark.parametrize("title", ["", "  ", "\u202e"])
def test_what_is_cited_by_its_title_has_one(title):
    with pytest.raises(ValueError, match="needs a title"):
        Document(title, "", "")
    with pytest.raises(ValueError, match="needs a title"):
        Table(title, (TableColumn("A"),), ())


def test_an_unknown_kind_of_notice_is_refused():
    with pytest.raises(ValueError, match="kind of notice"):
        Notice("Text", "shouting")


@given(st.lists(st.tuples(st.text(max_size=8), st.sampled_from(["", "why", "content", "table-1"])), max_size=6))
def test_anchors_are_unique_and_keys_are_kept(headings):
    used = set()
    blocks = []
    for text, key in headings:
        blocks.append(Heading(text, 2, "" if key in used else key))
        used.add(key)
    blocks += [Paragraph("One"), Table("T", (TableColumn("A"),), ())]
    places = placed(report(*blocks))
    anchors = [place.anchor for place in places]
    assert len(set(anchors)) == len(anchors)
    assert all(place.anchor == place.block.key for place in places if getattr(place.block, "key", ""))


def test_tables_and_figures_are_numbered_each_for_themselves():
    one = Table("T", (TableColumn("A"),), ())
    places = placed(report(one, Figure("F", EMPTY, "f"), one))
    assert [(place.kind, place.number) for place in places] == [("table", 1), ("figure", 1), ("table", 2)]


def test_every_character_is_treated_by_its_kind():
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        hidden = unicodedata.category(character).startswith("C") and character not in "\u200c\u200d"
        kept = "" if hidden and not character.isspace() else " " if character.isspace() else character
        assert plain(f"a{character}b ") == f"a{kept}b"


def test_what_people_write_stands_in_its_place_and_nowhere_else():
    made = Document("Draft", "", "", blocks=(Answer("Aim", "Why?"), Paragraph("Aim"), Answer("Money", "How much?")))
    told = made.written({"Aim": "To save.\n\nTo close.", "Gone": "x"})
    assert [answer.lines for answer in told.answers] == [("To save.", "To close."), ()]
    assert told.blocks[1] == made.blocks[1]


def test_a_place_with_a_long_title_is_called_by_as_much_of_it_as_a_case_can_hold():
    assert Case(texts={Answer("x" * 300, "Why?").key: "To save."}).texts
