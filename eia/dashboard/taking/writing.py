"""Takes a document; shows a field for each place that only people can fill, and keeps what is written with the case."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from eia.case import Case
from eia.dashboard.session import Session, choice
from eia.dashboard.widgets import heading, inert, problem, prose
from eia.errors import EiaError
from eia.present.documents.model import Answer, Document
from eia.present.text.words import plural

LONGEST = 2000
"""Characters of a text in a case."""
SHOWN_AT_ONCE = 4
"""So many fields stand open from the start; more are folded."""


def writing(visit: Session, case: Case, made: Document) -> None:
    """The fields of one document, and how many are filled."""
    heading("What people still write")
    if not made.answers:
        prose("Nothing. This document is whole as it stands.")
        return
    filled = sum(bool(answer.text) for answer in made.answers)
    prose(
        f"{filled} of {plural(len(made.answers), 'place is', 'places are')} filled. What you type stands in the document at once, and is saved with "
        "the case. Or leave it, and type in the Word file."
    )
    with st.expander("Write here", expanded=len(made.answers) <= SHOWN_AT_ONCE):
        for answer in made.answers:
            field(visit, case, answer)


def field(visit: Session, case: Case, answer: Answer) -> None:
    """One place: what to write about, and what has been written. It is kept when the visitor leaves the field."""
    before = case.texts.get(answer.key, "")
    text = st.text_area(
        inert(answer.title), key=choice(f"text {answer.key}", before), max_chars=LONGEST, height=90
    ).strip()
    prose(f"{answer.help} {answer.whose}", kind="soft")
    if text != before:
        keep(visit, case, answer.key, text)


def keep(visit: Session, case: Case, key: str, text: str) -> None:
    """Keep a text, or take it out where it is empty; what cannot be kept is said where it stands."""
    texts = {name: said for name, said in {**case.texts, key: text}.items() if said}
    try:
        visit.write(texts)
    except EiaError as error:
        problem(error)
    else:
        st.rerun()


def homeless(visit: Session, case: Case, documents: Iterable[Document]) -> None:
    """What was written for places that no document has any more, because the figures changed."""
    places = {answer.key for made in documents for answer in made.answers}
    left = {key: text for key, text in case.texts.items() if key not in places}
    if not left:
        return
    with st.expander(f"Written for places that are not there now ({len(left)})"):
        prose("The figures have changed since, and these places went. Copy what still holds into another one.")
        for number, (key, text) in enumerate(left.items()):
            heading(key, 3)
            prose(*text.splitlines())
            if st.button(f"Take out: {inert(key)}", key=f"take out {number}"):
                keep(visit, case, key, "")
