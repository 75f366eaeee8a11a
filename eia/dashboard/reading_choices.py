"""Takes a Case; shows the choices of how its files are read as widgets, and gives what they say now as plain values.

A message that says what to say in the case names a part of it, such as [columns]: the choices of that part stand open then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import streamlit as st

from eia.case import RETAINED, Case, Categories, Counts, Privacy
from eia.dashboard.choices.fields import one_of
from eia.dashboard.choices.proposal import extract_given, headcount_given
from eia.dashboard.session import choice
from eia.dashboard.widgets import inert, prose
from eia.intake.intake_record import HeldBack
from eia.intake.kinds import FILE_KINDS
from eia.vocabulary.category_schemes import grouped, groupings
from eia.vocabulary.characteristics import NOT_ANSWERS, characteristics
from eia.vocabulary.headers import column_headers

BY_HEADER = "Found by its header"
AS_READ = "As it was read"
NOT_YET_SAID = "Not said yet"
NOT_SAID = "Where a reference repeats and nothing tells posts apart, it is a fault"
REPEATED = {
    "main post": "Posts of one person, who counts once, in the main post",
    "every post": "Posts of one person, who counts once, for every post",
}
IDENTIFIERS = {"drop": "Drop them unread", "refuse": "Refuse the file"}
BASES = {
    "group": "The people of the same group",
    "column": "Everyone in the same column",
    "answered": "Those in the column who answered",
    "everyone": "Everyone in the same pool",
}
SHEETS = {kind.sheet: f"Sheet with {kind.title}" for kind in FILE_KINDS}
COLUMN_NAMES = {"unit": "Unit, team or department", "fte": "Full-time equivalent", "service": "Years of service"}


def column_name(column: str) -> str:
    """What a column of the model is called on the screen.

    >>> column_name("fte"), column_name("race_group"), column_name("post")
    ('Full-time equivalent', 'Race (combined groups)', 'Post')
    """
    known = characteristics()
    title = known[column].title if column in known else column.replace("_", " ").capitalize()
    return COLUMN_NAMES.get(column, title)


def reading_choices(
    case: Case,
    *,
    headers: Sequence[str],
    sheets: Mapping[str, Sequence[str]],
    counts: bool,
    held_back: Sequence[HeldBack],
    unknown_outcomes: Sequence[str],
    message: str,
) -> dict[str, Any]:
    """How the files are read: the parts of a case that say so, for a new Case to be checked.

    headers: of the main file. sheets: those of each workbook, by the key of the case that names one. counts: whether the
    main file is a table of counts. held_back, unknown_outcomes: what was not understood until now. message: what stands in the way, or empty.
    """
    files = _sheets(case, sheets)
    with st.expander("Which column is which", expanded="[columns]" in message):
        named = _columns(case, headers, tuple(column_headers("counts" if counts else "people")))
    with st.expander("What the words for outcomes mean", expanded="[outcomes]" in message):
        outcomes = _outcomes(case, unknown_outcomes)
    with st.expander("What the answers mean", expanded=bool(held_back) or "cannot be assessed" in message):
        categories = _categories(case, held_back)
    parts: dict[str, Any] = {"files": files, "columns": named, "outcomes": outcomes, "categories": categories}
    if counts:
        with st.expander("How the counts are written", expanded="[counts]" in message):
            kept = case.people.model_dump(exclude_none=True, exclude={"rows"})
            return parts | {"people": kept | _rows(case), "counts": _counts(case)}
    with st.expander("Who counts, and from when", expanded="[people]" in message or "[dates]" in message):
        dates = case.dates.model_dump(mode="json") | {"extract": extract_given(case)}
        employer = case.employer.model_dump(exclude_none=True) | _given("headcount", headcount_given(case))
        return parts | {"dates": dates, "employer": employer, "people": _people(case), "privacy": _privacy(case)}


def _sheets(case: Case, sheets: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Which sheet of each workbook holds the table, where there is a choice."""
    files = case.files.model_dump(exclude_none=True)
    for key, names in sheets.items():
        if len(names) > 1:
            files |= _given(key, one_of(SHEETS[key], names, files.get(key)))
    return files


def _columns(case: Case, headers: Sequence[str], known: Sequence[str]) -> Mapping[str, str]:
    """Which header stands for which column of the model, where the visitor says so."""
    prose(
        f"Leave a column on “{BY_HEADER.lower()}” unless a message, or the table above, shows that it was taken wrongly."
    )
    left_to_name = [BY_HEADER, *dict.fromkeys([*headers, *case.columns.values()])]
    named = dict(case.columns)  # with those of the other files, which are not offered here
    places = st.columns(2)
    for number, column in enumerate(known):
        with places[number % 2]:
            key = choice(f"column {column}", case.columns.get(column, BY_HEADER))
            named[column] = st.selectbox(inert(column_name(column)), left_to_name, key=key)
    return {column: header for column, header in named.items() if header != BY_HEADER}


def _outcomes(case: Case, unknown: Sequence[str]) -> Mapping[str, str]:
    """What the words of the outcome column stand for."""
    options = [NOT_YET_SAID, RETAINED, *case.stages.order]
    places = st.columns(2)
    chosen = {}
    for number, word in enumerate(unknown):
        with places[number % 2]:
            chosen[word] = st.selectbox(inert(f"“{word}” means"), options, key=choice(f"outcome {word}", NOT_YET_SAID))
    prose(
        f"Any other word, one a line: the word in the file = what it means. It means {RETAINED}, or one of the stages of the proposal."
    )
    typed = _pairs(
        "Words for outcomes", "outcomes", case.outcomes, "Proposed for redundancy = selected\nPost retained = retained"
    )
    return {**typed, **{word: meaning for word, meaning in chosen.items() if meaning != NOT_YET_SAID}}


def _categories(case: Case, held_back: Sequence[HeldBack]) -> dict[str, Any]:
    """Which official list of ethnic categories is used, and the groups of labels that were not understood."""
    lists = get_args(Categories.model_fields["ethnicity"].annotation)
    ethnicity = st.selectbox(
        "Official list of ethnic categories", lists, key=choice("ethnicity", case.categories.ethnicity),
        format_func=lambda name: groupings()[name].title,
    )  # fmt: skip
    prose(
        "That of 2021 for England and Wales, because most forms follow it. The lists differ in what Chinese people, Roma, Irish Travellers and Scots "
        "are counted as.",
        kind="soft",
    )
    labels = {key: dict(said) for key, said in case.categories.labels.items()}
    for held in held_back:
        labels.setdefault(held.key, {}).update(
            {label: AS_READ for label in held.unread if label not in labels[held.key]}
        )
    if held_back:
        prose("These answers were not understood, so that what they answer is held back. Say which group each one is.")
    places = st.columns(2)
    for number, (key, label) in enumerate((key, label) for key, said in labels.items() for label in said):
        with places[number % 2]:
            labels[key][label] = _group(case, key, label, labels[key][label])
    key, label, group = _another(case)
    if label and group != AS_READ:
        labels.setdefault(key, {})[label] = group
    said = {key: {label: group for label, group in of.items() if group != AS_READ} for key, of in labels.items()}
    return {"ethnicity": ethnicity, "labels": {key: of for key, of in said.items() if of}}


def _group(case: Case, key: str, label: str, group: str) -> str:
    """The group of one label."""
    known = characteristics()
    title = known[key].title if key in known else case.characteristics[key].title
    groups = grouped(known[key], case.categories.ethnicity).groups if key in known else ()
    options = list(dict.fromkeys([AS_READ, *groups, *NOT_ANSWERS, group]))
    return st.selectbox(inert(f"{title}: “{label}”"), options, key=choice(f"label {key} {label}", group))


def _another(case: Case) -> tuple[str, str, str]:
    """A label that is not listed: too few people share it to be shown here, or it was read as something else."""
    prose("Any other answer, as the file has it. Answers that fewer than five rows share are never shown here.")
    known = {key: one for key, one in characteristics().items() if one.closed and one.combined_from is None}
    said = sum(
        len(of) for of in case.categories.labels.values()
    )  # once it is said it is listed, and the place is empty again
    first, second, third = st.columns(3)
    with first:
        key = st.selectbox("Characteristic", list(known), key=choice(f"another of {said}", next(iter(known))),
                           format_func=lambda key: inert(known[key].title))  # fmt: skip
    with second:
        label = st.text_input("Answer in the file", max_chars=200, key=choice(f"another label {said}", "")).strip()
    with third:
        groups = [AS_READ, *grouped(known[key], case.categories.ethnicity).groups, *NOT_ANSWERS]
        return key, label, st.selectbox("Is the group", groups, key=choice(f"another group {said} {key}", AS_READ))


def _counts(case: Case) -> dict[str, Any]:
    """How a table of counts is written, where it does not say so itself."""
    rounded = st.number_input("Counts were rounded to the nearest (1: not rounded)", min_value=1, max_value=1000, step=1,
                              key=choice("rounded to", case.counts.rounded_to))  # fmt: skip
    prose("1, because most tables say so where they are rounded.", kind="soft")
    bases = get_args(get_args(Counts.model_fields["percentages"].annotation)[0])
    base = one_of("Percentages are of", [BASES[name] for name in bases], BASES.get(case.counts.percentages or ""))
    prose(
        "Not given, because the same figures mean other numbers of people with each: whoever made the table has to say.",
        kind="soft",
    )
    prose("One a line: a mark in place of a count = what it stands for: a count, a range such as 1 to 4, or any.")
    marks = _pairs("Marks", "marks", case.counts.marks, "* = 1 to 4\n- = 0")
    return {"rounded_to": rounded, "marks": marks} | _given("percentages", _key_of(BASES, base))


def _people(case: Case) -> dict[str, Any]:
    """How rows become people."""
    repeated = st.selectbox("A reference that stands in several rows is", [NOT_SAID, *REPEATED.values()],
                            key=choice("repeated", REPEATED.get(case.people.repeated or "", NOT_SAID)))  # fmt: skip
    prose("A fault, so that nobody is counted twice unnoticed.", kind="soft")
    hours = st.number_input("Hours of a full week, where the file gives hours only", min_value=0.5, max_value=100.0, step=0.5,
                            key=choice("full-time hours", case.people.full_time_hours))  # fmt: skip
    prose("Empty, because a file that gives full-time equivalents needs none.", kind="soft")
    rows = _rows(case)
    kept = case.people.model_dump(
        include={"leavers", "panel", "suffix", "same_without"}, exclude_none=True
    )  # answered on the page that asks
    said = _given("repeated", _key_of(REPEATED, repeated)) | _given("full_time_hours", hours)
    return kept | said | rows


def _rows(case: Case) -> dict[str, Any]:
    """Whether a row is a person, whatever the cells look like."""
    one = st.checkbox(
        "Each row is one person, although it looks as if it stood for several",
        key=choice("rows", case.people.rows is not None),
    )
    return _given("rows", "people" if one else None)


def _privacy(case: Case) -> dict[str, Any]:
    """What is done with columns that say who somebody is."""
    options = get_args(Privacy.model_fields["identifiers"].annotation)
    identifiers = st.selectbox(
        "Columns that say who somebody is, such as names", options, key=choice("identifiers", case.privacy.identifiers),
        format_func=lambda name: IDENTIFIERS[name],
    )  # fmt: skip
    prose("They are dropped, because no figure needs them.", kind="soft")
    return {"identifiers": identifiers}


def _pairs(label: str, name: str, said: Mapping[str, str], example: str) -> Mapping[str, str]:
    """Words and what they mean, one pair a line with = between."""
    lines = "\n".join(f"{word} = {meaning}" for word, meaning in said.items())
    text = st.text_area(label, key=choice(name, lines), height=150, placeholder=example)
    pairs = [line.rpartition("=") for line in text.splitlines() if line.strip()]
    return {word.strip() or meaning.strip(): meaning.strip() for word, _, meaning in pairs}


def _key_of(words: Mapping[str, str], wanted: str | None) -> str | None:
    return next((key for key, word in words.items() if word == wanted), None)


def _given(name: str, value: object) -> dict[str, Any]:
    return {} if value is None else {name: value}
