"""Takes files, an example or a saved assessment; gives the visit something to work on."""

import streamlit as st

from eia.case import Case, changed, parse_case, read_case
from eia.dashboard.launch import HOURS_KEPT, launched_shared
from eia.dashboard.open_files import Sources, text_of
from eia.dashboard.parts.charts_ahead import charts_ahead
from eia.dashboard.session import Session, session
from eia.dashboard.warm_up import ready
from eia.dashboard.widgets import go, heading, link, notice, prose, stuck
from eia.errors import EiaError, visible
from eia.intake.evidence import Upload, shown_name
from eia.intake.examples import examples
from eia.intake.kinds import FILE_KINDS, FileKey

TABLES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"]


def main() -> None:
    """The page."""
    visit = session()
    heading("Who is hit, could it be chance, and what do I ask?", 1)
    prose(
        "Open the file of a proposed redundancy. You will see in plain words how it falls on women and men, on disabled "
        "people, on people of every age and every other group the file knows, and get a draft equality impact assessment.",
        kind="lead",
    )
    if launched_shared():
        prose(
            "What you open stays in the memory of this server. Nothing of it is written to a disk or sent on. It goes half a minute after you "
            "close this page or lose the connection. Press “Save this case” at the top of a page before that."
        )
    else:
        prose(
            "Everything stays on this computer, in its memory. Nothing is sent anywhere. You can load this page again, shut the lid or lose the "
            f"connection: what is open stays for {HOURS_KEPT} hours. It goes when the program is ended. Press “Save this case” at the top of a page before that."
        )
    if visit.problem is not None:
        stuck(visit.problem, visit)
    elif visit.case is not None:
        heading("Open now")
        prose(visit.case.title)
        link("answer", "See the answer")
    own_files(visit)
    example(visit)
    saved(visit)
    charts_ahead()
    ready()


def own_files(visit: Session) -> None:
    """Places to drop files, and the button that assesses them."""
    heading("Open your own files")
    prose(
        "The only file you need is a workbook (Excel or OpenDocument) or a CSV: either one row for each person, or a table "
        "of counts with the columns characteristic, group, pool, people and selected. Leave names out: a reference is enough."
    )
    with st.form("files", border=False):  # a form waits for every file to be here, where a button alone would not
        left, right = st.columns(2, gap="medium")
        with left:
            staff = _drop("main")
            choices = _uploaded(
                "Case file (case.toml), if you saved one here before", "case", ["toml"], "Your earlier choices."
            )
        with right:
            selections = _drop("selections")
        with st.expander(
            "More files, if you have them: counts of the whole workforce, scores, absences, lists of posts"
        ):
            left, right = st.columns(2, gap="medium")
            with left:
                more = _drop("whole_workforce") | _drop("posts")
            with right:
                more |= _drop("scores") | _drop("absences") | _drop("proposed_posts")
        with st.expander("Family leave and vacancies, to see who has priority for what"):
            prose(
                "A file of leave is about single people. Open it here only if you are entitled to it: the answer and the draft "
                "show counts of it, and nothing is written.",
            )
            more |= _drop("leave") | _drop("vacancies") | _drop("offers")
        pressed = st.form_submit_button("Read the files", type="primary", key="open")
    if not pressed:
        return
    if not staff:
        notice("Choose the first file: the workforce, or a table of counts.", "caution")
        return
    try:
        text = text_of(choices) if choices else ""
        case = (
            parse_case(text, file=choices.name)
            if choices
            else changed(Case(), title=visible(shown_name(staff["main"].name, "workforce")) or "Untitled case")
        )
    except EiaError as problem:
        visit.refuse(problem)
        st.rerun()
    visit.open_files(case, Sources(uploads=staff | selections | more), text)
    go("check" if visit.reading else "your_file")


def example(visit: Session) -> None:
    """The bundled examples, the main one first."""
    heading("Or look at an example")
    titles = {read_case(path).title: path for path in examples().values()}
    title = st.selectbox("Example", list(titles), key="example")
    if st.button("Open this example", key="open_example"):
        visit.open_case(titles[title])
        go("answer")


def saved(visit: Session) -> None:
    """An assessment that was saved earlier."""
    heading("Or open a saved assessment")
    prose("It is the file assessment.json that the draft was saved with. It opens without the people it was made from.")
    with st.form("saved", border=False):
        record = _uploaded("Saved assessment (assessment.json)", "record", ["json"], "Saved from the page “Take away”.")
        pressed = st.form_submit_button("Open the saved assessment", key="open_record")
    if not pressed:
        return
    if record is None:
        notice("Choose the file assessment.json.", "caution")
        return
    visit.open_record(record)
    go("answer")


def _drop(key: FileKey) -> dict[FileKey, Upload]:
    """A place to drop a file of this kind; the file, by its kind, where there is one."""
    kind = next(kind for kind in FILE_KINDS if kind.key == key)
    given = _uploaded(kind.wanted, key, TABLES, kind.holds)
    return {key: given} if given else {}


def _uploaded(label: str, key: str, kinds: list[str], help_text: str) -> Upload | None:
    """One place to drop a file of these kinds."""
    given = st.file_uploader(label, type=kinds, key=key, help=help_text)
    return Upload(name=given.name, content=given.getvalue()) if given else None


if __name__ == "__main__":
    main()
