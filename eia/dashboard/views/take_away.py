"""Takes the assessment of the visit; shows the draft report and gives it, its charts and its tables as files."""

import base64
import datetime as dt
from functools import partial

import streamlit as st

from eia.dashboard.downloads import by_title, charts, markdown_zip, stem
from eia.dashboard.open_files import people
from eia.dashboard.session import Session, choice, session
from eia.dashboard.widgets import heading, needed, prose
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.record import to_json
from eia.present.attachments.to_attach import BUNDLE
from eia.present.charts.svg import png, svg
from eia.present.documents.annex import annex_tables, further_charts
from eia.present.documents.draft import draft
from eia.present.documents.html import to_html
from eia.present.documents.model import Document
from eia.present.documents.write_report import DOCUMENTS, FOR_WHOM, files_to_send
from eia.present.formats.paper_files import WITH_CHARTS, file_names
from eia.present.sections.severance import terms_document
from eia.present.tables.csv_text import to_csv
from eia.present.text.words import capital
from eia.process.severance_impact import severance_impact

KINDS = {"docx": "Word", "pdf": "PDF", "xlsx": "Workbook", "zip": "All charts (zip)"}
MOST_SHOWN = 2_000_000  # characters: a browser opens no longer address


def main() -> None:
    """The page."""
    visit = session()
    assessment = needed("Take away", visit)
    report = visit.once("document", lambda: draft(assessment))
    name = stem(assessment)
    heading("Save the whole draft")
    prose(
        "The web page opens in any browser and prints well. The last file keeps every figure, to be opened here again."
    )
    save = st.container(horizontal=True)
    with save:
        st.download_button("Report (web page)", lambda: web_page(visit, report), f"{name}.html", "text/html", key="save_html",
                           type="primary", on_click="ignore")  # fmt: skip
        st.download_button("Report (Markdown and charts)", lambda: visit.once("zip", lambda: markdown_zip(report)),
                           f"{name}.zip", "application/zip", key="save_zip", on_click="ignore")  # fmt: skip
        st.download_button("Saved assessment (assessment.json)", lambda: visit.once("json", lambda: to_json(assessment)),
                           "assessment.json", "application/json", key="save_json", on_click="ignore")  # fmt: skip
    to_send(visit, assessment)
    pieces()
    severance_terms(visit)
    heading("What it looks like")
    if st.toggle("Show it here", key=choice("preview", False)):
        page = base64.b64encode(web_page(visit, report).encode()).decode()
        if len(page) > MOST_SHOWN:
            prose("The draft is too long to be shown here. Save it with the button above.")
        else:  # by an address of its own, which makes it a document that reaches nothing of the page around it
            st.iframe(f"data:text/html;charset=utf-8;base64,{page}", height=900, alt="The draft")


def to_send(visit: Session, assessment: Assessment) -> None:
    """The documents as files to send; each is made when it is first wanted."""
    heading("Save what is sent")
    prose(
        "Word files have places to write in. A PDF is to be read as it stands. The charts come as pictures, drawings and numbers."
    )
    for name in DOCUMENTS:
        prose(f"{capital(name.replace('-', ' '))}: {FOR_WHOM[name]}.")
        with st.container(horizontal=True, key=f"send-{name}"):
            for file in (*file_names(name), *((BUNDLE,) if name == WITH_CHARTS else ())):
                st.download_button(
                    KINDS[file.rpartition(".")[2]], partial(_file, visit, assessment, name, file), file,
                    key=f"send {file}", on_click="ignore",
                )  # fmt: skip


def _file(visit: Session, assessment: Assessment, name: str, file: str) -> bytes:
    return visit.once(f"sent {name}", lambda: files_to_send(assessment, name))[file]


def web_page(visit: Session, report: Document) -> str:
    """The draft as a web page, made when it is first wanted: drawing its charts takes a moment."""
    return visit.once("report.html", lambda: to_html(report))


@st.fragment
def pieces() -> None:
    """One chart or one table, to be put into a letter."""
    visit = session()
    assessment = visit.assessment
    assert assessment is not None  # noqa: S101 - the page shows an assessment
    heading("Save one chart or table")
    left, right = st.columns(2, gap="medium")
    with left:
        drawn = charts(visit.once("charts", lambda: further_charts(assessment)))
        if drawn:
            file, chart = drawn[st.selectbox("Chart", list(drawn), key="chart")]
            with st.container(horizontal=True):
                st.download_button("Picture (PNG)", lambda: png(chart), f"{file}.png", "image/png", key="save_png",
                                   on_click="ignore")  # fmt: skip
                st.download_button("Drawing (SVG)", lambda: svg(chart), f"{file}.svg", "image/svg+xml", key="save_svg",
                                   on_click="ignore")  # fmt: skip
            prose("Its text, for those who cannot see it:", chart.alt, kind="soft")
    with right:
        made = visit.once("tables", lambda: by_title(annex_tables(assessment)))
        title = st.selectbox("Table", list(made), key="table")
        st.download_button("Table (CSV)", lambda: to_csv(made[title]), "table.csv", "text/csv", key="save_csv",
                           on_click="ignore")  # fmt: skip


def severance_terms(visit: Session) -> None:
    """What severance terms would pay, as a page of its own: it rests on people, whom the assessment does not keep."""
    if visit.sources is None:
        return  # a saved assessment holds no people
    heading("Save what severance terms would pay")
    try:
        page = visit.once("terms.html", lambda: terms_page(visit))
    except EiaError as error:
        prose("They are not worked out here:", *(fault.what for fault in error.faults), kind="soft")
        return
    st.download_button(
        "Severance terms (web page)", page, "terms.html", "text/html", key="save_terms", on_click="ignore"
    )


def terms_page(visit: Session) -> str:
    """The page on severance terms of the files that are open; raises EiaError where they do not say enough."""
    assert visit.case is not None  # noqa: S101 - the page shows an assessment
    assert visit.sources is not None  # noqa: S101 - the caller has looked
    comparison = severance_impact(people(visit.case, visit.sources), visit.case)
    return to_html(terms_document(comparison, visit.case, today=dt.datetime.now(dt.UTC).date()))


if __name__ == "__main__":
    main()
