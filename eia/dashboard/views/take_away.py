"""Takes the assessment of the visit; gives its documents, charts and tables as files, with a preview, and takes what people write in them."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterable, Mapping
from functools import partial

import streamlit as st

from eia.counts.disclosure.published import Published
from eia.dashboard.keeping.bar import SAVED
from eia.dashboard.open_files import people
from eia.dashboard.session import VIEW, Session, choice, session
from eia.dashboard.taking.downloads import (
    Download,
    document,
    documents,
    downloads,
    every_chart,
    for_whom,
    of_chart,
)
from eia.dashboard.taking.figures import FIGURES, figures_to_publish, may_be_published, worked_out
from eia.dashboard.taking.naming import named_first
from eia.dashboard.taking.writing import homeless, writing
from eia.dashboard.widgets import heading, needed, notice, picture, prose
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.record import to_json
from eia.present.attachments.card import card
from eia.present.attachments.to_attach import to_attach
from eia.present.documents.annex import annex_tables
from eia.present.documents.html import to_html
from eia.present.documents.model import Document, Edition
from eia.present.documents.publishable import PUBLIC
from eia.present.figures.public import public
from eia.present.sections.terms.severance import terms_document
from eia.present.tables.csv_text import to_csv
from eia.process.severance_impact import severance_impact

MOST_SHOWN = 2_000_000  # characters: a browser opens no longer address
TERMS = "terms.html"
EDITIONS: Mapping[Edition, tuple[str, str]] = {
    "confidential": ("Confidential", "Every figure, for those entitled to them. Do not publish it."),
    "publishable": ("To publish", "May be published and handed out, once a person has read it through."),
    "members": ("For members", "May be handed out to members, once a person has read it through."),
}
OFFERED: tuple[Edition, ...] = ("confidential", "publishable")  # those that a document has beside each other
OWN_WORDS = "What people wrote stands in this edition as it is. Read it for figures of groups before you publish it."


def main() -> None:
    """The page."""
    visit = session()
    assessment = needed("Take away", visit)
    case = visit.case or assessment.case
    left, right = st.columns([2, 3], gap="large")
    with left:
        heading("Choose a document")
        titles = {**documents(), FIGURES: "Figures to publish"}
        name = st.radio(
            "Which document", list(titles), key=choice(f"{VIEW}document", next(iter(titles))), format_func=titles.__getitem__,
            label_visibility="collapsed", captions=[for_whom(name) for name in documents()] + ["For anybody: small numbers are withheld."],
        )  # fmt: skip
        to_publish = name in PUBLIC and edition() == "publishable"
    with right:
        figures = may_be_published(visit, assessment) if to_publish or name == FIGURES else None
        if figures and name == FIGURES:
            offer(visit, figures_to_publish(figures))
    if name in documents() and (figures or not to_publish):
        made = of_visit(visit, assessment, name, figures)
        with left:
            heading("Save it")
            if not to_publish:
                prose(EDITIONS[made.edition][1])
            elif any(answer.text for answer in made.answers):
                notice(OWN_WORDS, "caution")
            offer(visit, downloads(assessment, name, made, to_publish=to_publish))
            if name == "response":
                named_first(visit, case, assessment)
            writing(visit, case, made)
        with right:
            preview(made)
    if case.texts:
        homeless(visit, case, (of_visit(visit, assessment, name) for name in documents()))
    charts()
    tables()
    severance_terms(visit)
    keep(visit, assessment)


def edition() -> Edition:
    """Which edition, of a document that there is in both."""
    return st.radio(
        "Edition", OFFERED, key=choice(f"{VIEW}edition", "confidential"), format_func=lambda each: EDITIONS[each][0],
        captions=[EDITIONS[each][1] for each in OFFERED],
    )  # fmt: skip


def of_visit(visit: Session, assessment: Assessment, name: str, figures: Published | None = None) -> Document:
    """One of the documents, made once until something changes; of what may be published, where that is given."""
    shown = public(assessment, figures) if figures else None
    return visit.once(f"document {name} {shown is not None}", lambda: document(assessment, name, shown))


def offer(visit: Session, files: Iterable[Download]) -> None:
    """A button for each file, and what it is for; the file is made when the button is pressed."""
    for number, one in enumerate(files):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                one.label, partial(visit.once, f"file {one.file}", one.make), one.file, key=f"save {one.file}",
                on_click="ignore", type="secondary" if number else "primary",
            )  # fmt: skip
            prose(one.purpose, kind="soft")


def preview(made: Document) -> None:
    """What the document looks like: by an address of its own, which makes it a document that reaches nothing of the page around it."""
    page = base64.b64encode(to_html(made).encode()).decode()
    if len(page) > MOST_SHOWN:
        prose("It is too long to be shown here. Save it as a web page.")
        return
    with st.container(key="preview"):
        heading("What it looks like")
        st.iframe(f"data:text/html;charset=utf-8;base64,{page}", height=760, alt=made.title, tab_index=0)


@st.fragment
def charts() -> None:
    """One chart to attach, with its preview, or all of them; once it is known what may be published, only that too."""
    visit, assessment = _open()
    heading("Charts to attach")
    to_publish = worked_out(visit) and st.toggle(
        "Only what may be published", key=choice(f"{VIEW}public charts", False)
    )
    figures = may_be_published(visit, assessment) if to_publish else None
    shown = public(assessment, figures) if figures else None
    found = visit.once(f"charts {to_publish}", lambda: to_attach(assessment, shown))
    if not found:
        prose("There is no chart: the file says of nobody that they are selected.")
        return
    by_name = {one.name: one for one in found}
    key = choice(f"{VIEW}chart {found[0].edition}", found[0].name)
    chosen = by_name[st.selectbox("Chart", list(by_name), key=key, format_func=lambda name: by_name[name].finding)]
    left, right = st.columns([2, 3], gap="large")
    with left:
        offer(visit, (*of_chart(chosen), every_chart(found)))
    with right:
        picture(card(chosen), chosen.alt)


@st.fragment
def tables() -> None:
    """One table, to be put into a letter or a spreadsheet."""
    visit, assessment = _open()
    folded = st.expander("Save one table", key="tables", on_change="rerun")
    if not folded.open:
        return  # the tables rest on every further check, which is worked out when it is first wanted
    with folded, st.spinner("Making the tables", show_time=True):
        made = visit.once("tables", lambda: {table.title: table for table in annex_tables(assessment)})
    with folded:
        title = st.selectbox("Table", list(made), key=choice(f"{VIEW}table", next(iter(made))))
        st.download_button("Table (CSV)", lambda: to_csv(made[title]), "table.csv", "text/csv", key="save_csv", on_click="ignore")  # fmt: skip


def _open() -> tuple[Session, Assessment]:
    visit = session()
    assert visit.assessment is not None  # noqa: S101 - the page shows an assessment
    return visit, visit.assessment


@st.fragment
def severance_terms(visit: Session) -> None:
    """What severance terms would pay, as a page of its own: it rests on people, whom the assessment does not keep."""
    if visit.sources is None:
        return  # a saved assessment holds no people
    heading("What severance terms would pay")
    if TERMS not in visit.made:
        prose("A page of its own. The files are read again for it, which takes a moment.")
        if not st.button("Work out severance terms", key="terms"):
            return
    try:
        with st.spinner("Working out what each person would be paid", show_time=True):
            page = visit.once(TERMS, lambda: terms_page(visit))
    except EiaError as error:
        prose("They are not worked out here:", *(fault.what for fault in error.faults), kind="soft")
        return
    st.download_button("Severance terms (web page)", page, TERMS, "text/html", key="save_terms", on_click="ignore")


def terms_page(visit: Session) -> str:
    """The page on severance terms of the files that are open; raises EiaError where they do not say enough."""
    assert visit.case is not None  # noqa: S101 - the page shows an assessment
    assert visit.sources is not None  # noqa: S101 - the caller has looked
    comparison = severance_impact(people(visit.case, visit.sources), visit.case)
    return to_html(terms_document(comparison, visit.case, today=dt.datetime.now(dt.UTC).date()))


def keep(visit: Session, assessment: Assessment) -> None:
    """What is needed to go on another day."""
    heading("To go on another day")
    prose(SAVED)
    st.download_button("Saved assessment (assessment.json)", lambda: visit.once("json", lambda: to_json(assessment)),
                       "assessment.json", "application/json", key="save_json", on_click="ignore")  # fmt: skip
    prose(
        "Every figure, without the people. It opens on Start, and is what “eia compare” takes. Confidential.",
        kind="soft",
    )


if __name__ == "__main__":
    main()
