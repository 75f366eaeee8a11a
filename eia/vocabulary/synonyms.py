"""Takes a cell as a file writes it; gives the word of the model that it stands for.

What words there are is in ``synonyms.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from eia.vocabulary.characteristics import DECLINED, NOT_APPLICABLE, NOT_RECORDED, Group, group_called

_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|NULL!|DIV/0!|NUM!|SPILL!|CALC!|GETTING_DATA|#+)", re.IGNORECASE)
_NOTE = re.compile(
    r"(?<!\s)\s*(?:[\[(](?:see |foot)?notes?\b[^\])]*[\])]|\[(?:\d{1,2}|[a-z])\]|[¹²³⁰-⁹]+)|(?<!\s)\s+notes? \d+(?:,? (?:and )?\d+)*$",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[\W_]+")
_BETWEEN = re.compile(r"[/&]|\bor\b|\band\b")
_JOINING = frozenset({"or", "and", "the", "of"})
YesNoQuestion = Literal["changed", "open_part_time", "in_scope"]
RowWord = Literal[
    "no pool", "total", "total of those who answered", "everyone", "the rest", "left", "employed", "of a status", "several meanings",
]  # fmt: skip
AbsenceKind = Literal[
    "pregnancy or maternity", "dependants", "disability", "industrial action", "other", "not recorded"
]
_SHORT = 3
_LONG = 5  # letters; fewer without the blank between them could be another word
_MISSING = {"declined": DECLINED, "not recorded": NOT_RECORDED, "not applicable": NOT_APPLICABLE}


def plain(text: str) -> str:
    """Lower case, with everything that is no letter or digit as one blank.

    >>> plain("  Full-Time / part_time "), plain("人事部"), plain("–")
    ('full time part time', '人事部', '')
    """
    return _NOT_WORD.sub(" ", text.casefold()).strip()


def without_notes(text: str) -> str:
    """A header or label without the notes that published tables put beside it.

    >>> without_notes("Sex [note 1]"), without_notes("White² (see note 3)"), without_notes("[c]"), without_notes("Disability (Y/N)")
    ('Sex', 'White', '[c]', 'Disability (Y/N)')
    """
    return _NOTE.sub("", text).strip() or text


def _letters(word: str) -> str:
    return word.replace(" ", "")


@cache
def _tables() -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads(files("eia.vocabulary").joinpath("synonyms.toml").read_text(encoding="utf-8"))


@cache
def _meanings(table: str) -> Mapping[str, str]:
    """Plain cell -> what it stands for, by one table of the data."""
    return {plain(word): meaning for meaning, words in _tables()[table].items() for word in words}


def outcomes() -> Mapping[str, str]:
    """Plain cell -> outcome."""
    return _meanings("outcomes")


def volunteering() -> Mapping[str, str]:
    """Plain cell -> what became of an application for voluntary exit."""
    return _meanings("volunteering")


def other_work() -> Mapping[str, str]:
    """Plain cell -> what became of an offer of other work."""
    return _meanings("other_work")


def refusals() -> Mapping[str, str]:
    """Plain cell -> why other work was refused."""
    return _meanings("refusals")


def absence_kinds() -> Mapping[str, AbsenceKind]:
    """Plain cell -> the kind of absence."""
    return cast(Mapping[str, AbsenceKind], _meanings("absences"))


def likely_absence(reason: str) -> AbsenceKind:
    """The kind of absence that a reason which is not known most likely is: by the longest known words in it, or else another one.

    >>> likely_absence("Hospital, pregnancy related (week 30)"), likely_absence("Gardening")
    ('pregnancy or maternity', 'other')
    """
    known, padded = absence_kinds(), f" {plain(reason)} "
    words = [word for word in known if f" {word} " in padded]
    return known[max(words, key=len)] if words else "other"


def counts_absence(criterion: str) -> bool:
    """Whether the name of a criterion says that absence counts in it.

    >>> counts_absence("Attendance record"), counts_absence("Skills")
    (True, False)
    """
    padded = f" {plain(criterion)} "
    return any(f" {word} " in padded for word in _tables()["absence_criteria"]["words"])


def post_lists() -> Mapping[str, str]:
    """Plain cell -> which list a row of posts is of, "current" or "proposed"."""
    return _meanings("post_lists")


@cache
def yes_no(question: YesNoQuestion | None = None) -> Mapping[str, bool]:
    """Plain cell -> whether it says yes: in the words that answer any question, and in those that answer this one.

    >>> len(yes_no()), yes_no("open_part_time")["job share"], "job share" in yes_no("changed")
    (8, True, False)
    """
    table = _tables()["yes_no"]
    of_any, of_this = ({"yes": of.get("yes", ()), "no": of.get("no", ())} for of in (table, table.get(question, {})))
    return {plain(word): said == "yes" for of in (of_any, of_this) for said, words in of.items() for word in words}


@cache
def row_words(*meanings: RowWord) -> frozenset[str]:
    """The plain words that say one of these things of a row, whatever the column.

    >>> "grand total" in row_words("total"), "" in row_words("no pool")
    (True, True)
    """
    return frozenset(plain(word) for meaning in meanings for word in _tables()["rows"][meaning])


@cache
def groups_elsewhere(characteristic: str) -> frozenset[str]:
    """The plain words for groups that other countries' lists have and none of ours.

    >>> "hispanic or latino" in groups_elsewhere("race"), groups_elsewhere("sex")
    (True, frozenset())
    """
    return frozenset(_tables()["groups_elsewhere"].get(characteristic, ()))


@cache
def withheld_marks() -> frozenset[str]:
    """Marks that stand in place of a count which is not given."""
    return frozenset(_tables()["figures"]["withheld"])


@cache
def _missing() -> Mapping[str, Group]:
    """Plain cell -> the way of not answering; also without its blanks, where that is long enough to mean one thing."""
    exact = {plain(word): _MISSING[kind] for kind, words in _tables()["missing"].items() for word in words}
    return {_letters(word): group for word, group in exact.items() if len(_letters(word)) >= _LONG} | exact


def _missing_word(cell: str) -> Group | None:
    """The way of not answering that a cell is; errors of a spreadsheet record nothing."""
    if is_error(cell):
        return NOT_RECORDED
    known, word = _missing(), plain(without_notes(cell))
    return known.get(word) or known.get(_letters(word))


@cache
def _values() -> Mapping[str, Mapping[str, str]]:
    """Characteristic -> plain cell -> label; all at once, so that no name from a file is kept. The kinds of impairment
    answer a column of disability too."""
    tables = {
        key: {plain(word): label for label, words in table.items() for word in (*words, label)}
        for key, table in _tables()["values"].items()
    }
    kinds = {
        word: "Not disabled" if kind == "Not disabled" else "Disabled" for word, kind in tables["impairment"].items()
    }
    return {**tables, "disability": {**kinds, **tables["disability"]}}


def is_missing(cell: str) -> bool:
    """Whether a cell says, in one of the usual ways, that there is nothing to say; errors of a spreadsheet, such as #N/A, do so
    too.

    >>> is_missing("Not known"), is_missing("#N/A"), is_missing("-"), is_missing("None")
    (True, True, True, False)
    """
    return _missing_word(cell) is not None


def is_unknown(cell: str) -> bool:
    """Whether a cell says that the answer is not known, or that there is none: unlike :func:`is_missing` not that somebody
    declined, which in a column of decisions may be either side's.

    >>> is_unknown("Not known"), is_unknown(""), is_unknown("Declined")
    (True, True, False)
    """
    return _missing_word(cell) in (NOT_RECORDED, NOT_APPLICABLE)


def is_error(cell: str) -> bool:
    """Whether a cell is what a spreadsheet shows in place of a value that it could not find or show.

    >>> is_error("#N/A"), is_error("####"), is_error("# heading")
    (True, True, False)
    """
    return _ERROR.fullmatch(cell) is not None


def group_of(characteristic: str, cell: str) -> Group | None:
    """The group that a cell of a characteristic stands for, or None when the word is not known. Blanks, plurals and the order
    of alternatives tell no groups apart.

    >>> group_of("sex", "F"), group_of("sex", "PNTS"), group_of("sex", "Fmale")
    (Group(label='Female', kind='answer'), Group(label='Prefer not to say', kind='declined'), None)
    >>> group_of("sexual_orientation", "Straight/Heterosexual").label, group_of("race", "None").label
    ('Straight or heterosexual', 'Not recorded')
    """
    if is_error(cell):
        return NOT_RECORDED
    known, word = known_words(characteristic), plain(without_notes(cell))
    label = known.get(word) or _by_alternatives(characteristic).get(_alternatives(cell))
    if label:
        return group_called(label)
    if word == "none" and characteristic in _tables()["none_is_no_answer"]["characteristics"]:
        return NOT_RECORDED
    return _missing_word(cell)


def known_words(characteristic: str) -> Mapping[str, str]:
    """Plain label -> the group that it stands for."""
    return _values().get(characteristic, {})


def like_missing(characteristic: str, cell: str) -> Group | None:
    """The way of not answering that a label which is not known may be, by parts of its words; None where it may be none, or has
    a word of a group.

    >>> like_missing("sex", "Not yet given by employee").label, like_missing("race", "Asian, not specified")
    ('Not recorded', None)
    """
    word = plain(without_notes(cell))
    if set(word.split()) & _telling(characteristic):
        return None
    return next((_MISSING[kind] for kind, parts in _tables()["missing_like"].items() if _opens(word, parts)), None)


@cache
def _telling(characteristic: str) -> frozenset[str]:
    """The words that the labels of a characteristic are made of, without those of ways of not answering."""
    silent = {part for word in _missing() for part in word.split()} | _JOINING | {"other", "any"}
    return frozenset(part for word in _values().get(characteristic, {}) for part in word.split()) - silent


def _opens(word: str, parts: Sequence[str]) -> bool:
    """Whether one of these parts opens a word of a text; parts of up to three letters are whole words."""
    padded = f" {word} "
    return any(f" {part} " in padded if len(part) <= _SHORT else f" {part}" in padded for part in parts)


def bag(text: str) -> tuple[str, ...]:
    """The words of a label in order of the alphabet, without those that only join them and without the s of plurals: the same
    for labels that differ in nothing but that.

    >>> bag("Heterosexual / Straight") == bag("Straight or heterosexual"), bag("Clerks") == bag("clerk")
    (True, True)
    """
    words = plain(without_notes(text).replace("+", " plus ")).split()
    return tuple(sorted(_singular(word) for word in words if word not in _JOINING)) or tuple(words)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _by_alternatives(characteristic: str) -> Mapping[frozenset[str], str]:
    """The alternatives that each label names, and the label written together -> label; those that two labels share are left out."""
    found: dict[frozenset[str], set[str]] = {}
    for word, label in known_words(characteristic).items():
        found.setdefault(_alternatives(word), set()).add(label)
        if len(_letters(word)) >= _LONG:
            found.setdefault(frozenset({_letters(word)}), set()).add(label)
    return {words: next(iter(labels)) for words, labels in found.items() if len(labels) == 1}


def _alternatives(text: str) -> frozenset[str]:
    """What a label names as alternatives, whatever their order: one that it names whole is not two."""
    parts = _BETWEEN.split(without_notes(text).casefold())
    return frozenset(" ".join(map(_singular, plain(part).split())) for part in parts) - {""}
