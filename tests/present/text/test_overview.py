"""An assessment in short: few lines that never hold the data, text that fits, and HTML in which nothing is markup but our own."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from assessments import HOSTILE, MAKERS, sample
from made import QUICK, assessed, assessed_counts, case

from eia.errors import EiaError
from eia.present.text.narrative import answers, cannot_tell
from eia.present.text.overview import WIDTH
from eia.present.text.words import LEVELS

FIRST = "reference,sex,pool,outcome\n"


@pytest.mark.parametrize("name", MAKERS)
def test_a_repr_is_a_few_lines(name: str) -> None:
    shown = repr(sample(name))
    assert len(shown) < 600
    first = "things to look at first" in shown
    assert shown.count("\n") == 1 + first + len(sample(name).case.analysis.questions)


def test_a_repr_of_a_hundred_thousand_people_is_as_short() -> None:
    rows = "".join(
        f"R{n},{'FM'[n % 2]},Pool {n % 40},{'selected' if n % 5 == 0 else 'retained'}\n" for n in range(100_000)
    )
    choices = case(title="A long title " * 15, analysis={"draws": 999})
    shown = repr(assessed((FIRST + rows).encode(), choices))
    assert "100,000 people" in shown
    assert len(shown) < 600


def test_a_repr_holds_no_label_of_the_file() -> None:
    rows = "".join(f"{n},Canary,Canary Pool,{'selected' if n < 5 else 'retained'}\n" for n in range(10))
    shown = repr(assessed(("reference,religion,pool,outcome\n" + rows).encode(), QUICK))
    assert "Canary" not in shown


@pytest.mark.parametrize("name", MAKERS)
def test_a_summary_answers_every_question_fits_the_page_and_leaves_no_limit_out(name: str) -> None:
    text = sample(name).summary()
    assert max(map(len, text.splitlines())) <= WIDTH
    told = " ".join(text.split())
    for question, answer in answers(sample(name)):
        assert question in text
        assert " ".join(answer.split())[:60] in told.replace("- ", "-") or "hostile" in name
    assert all(" ".join(limit.split())[:60] in told for limit in cannot_tell(sample(name)) if name != "hostile")


def test_a_summary_shows_itself_as_it_reads() -> None:
    text = sample("found").summary()
    assert repr(text) == str(text) == text
    assert "\n" in text


def test_the_table_has_what_is_found_with_whole_people() -> None:
    line = next(
        line for line in sample("found").summary().splitlines() if "Sex: Female" in line and LEVELS["found"] in line
    )
    assert not re.search(r"\d\.\d\s+\d", line.split("Female")[1].split("0.001")[0].rsplit(maxsplit=2)[0])


@pytest.mark.parametrize("name", MAKERS)
def test_every_finding_has_sentences(name: str) -> None:
    for finding in sample(name).findings[::7]:
        assert finding.summary().strip()
        assert max(map(len, finding.summary().splitlines())) <= WIDTH


class Tags(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("name", ["hostile", "found", "counts", "nobody chosen"])
def test_html_has_no_tag_but_ours(name: str) -> None:
    page = Tags()
    page.feed(sample(name)._repr_html_())
    assert page.tags <= {
        "div",
        "p",
        "strong",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ul",
        "li",
    }
    assert page.attributes <= {"scope", "colspan"}


def test_html_gives_hostile_names_as_text() -> None:
    shown = sample("hostile")._repr_html_()
    assert HOSTILE[0] not in shown
    assert "&lt;script&gt;" in shown


def test_html_names_its_table_its_columns_and_its_rows() -> None:
    shown = sample("found")._repr_html_()
    assert shown.count("<caption>") == shown.count("<table>") == 1
    assert shown.count('<th scope="col">') == 7
    assert '<th scope="row">Sex: Female</th>' in shown


def test_a_column_that_is_asked_about_is_said_with_every_figure() -> None:
    cells = ["Christian", "Muslim", "No religion", "Christian", "Muslim", "Hindu"]
    rows = "".join(f"{'FM'[n % 2]},{cell},A,{'selected' if n < 3 else 'retained'}\n" for n, cell in enumerate(cells))
    made = assessed(f"sex,Column X,pool,outcome\n{rows}".encode(), QUICK)
    assert "1 column was not used: “Column X” (may be the religion or belief)." in " ".join(made.summary().split())
    assert all("“Column X”" in frame.attrs["notes"][0] for frame in (made.findings_frame(), made.by_group("sex")))


def test_a_chart_is_that_of_the_dashboard_or_an_error_that_says_why_there_is_none() -> None:
    assert sample("found").plot("selection").data
    with pytest.raises(EiaError) as refused:
        sample("everyone goes").plot("selection")
    assert refused.value.faults[0].code == "nothing-to-plot"


def test_ranges_have_a_repr_a_summary_and_html() -> None:
    made = assessed_counts(b"characteristic,group,pool,people,selected\nsex,F,A,50,22\nsex,M,A,50,<5\n")
    assert "ranges" in made.summary()
    assert "selection: " in repr(made)
    assert "<table>" in made._repr_html_()
