"""Takes a cell as a file writes it; gives the word of the model that it stands for.

What words there are is in ``synonyms.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from eia.vocabulary.characteristics import DECLINED, NOT_APPLICABLE, NOT_RECORDED, Group

_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|NULL!|DIV/0!|NUM!|SPILL!|CALC!|GETTING_DATA|#+)", re.IGNORECASE)
_NOT_WORD = re.compile(r"[\W_]+")
YesNoQuestion = Literal["changed", "open_part_time", "in_scope"]
RowWord = Literal[
    "no pool", "total", "total of those who answered", "everyone", "the rest", "left", "employed", "of a status", "several meanings",
]  # fmt: skip
_MISSING = {"declined": DECLINED, "not recorded": NOT_RECORDED, "not applicable": NOT_APPLICABLE}


def plain(text: str) -> str:
    """Lower case, with everything that is no letter or digit as one blank.

    >>> plain("  Full-Time / part_time "), plain("人事部"), plain("–")
    ('full time part time', '人事部', '')
    """
    return _NOT_WORD.sub(" ", text.casefold()).strip()


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
def withheld_marks() -> frozenset[str]:
    """Marks that stand in place of a count which is not given."""
    return frozenset(_tables()["figures"]["withheld"])


@cache
def _missing() -> Mapping[str, Group]:
    return {plain(word): _MISSING[kind] for kind, words in _tables()["missing"].items() for word in words}


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
    return is_error(cell) or plain(cell) in _missing()


def is_unknown(cell: str) -> bool:
    """Whether a cell says that the answer is not known, or that there is none: unlike :func:`is_missing` not that somebody
    declined, which in a column of decisions may be either side's.

    >>> is_unknown("Not known"), is_unknown(""), is_unknown("Declined")
    (True, True, False)
    """
    return is_error(cell) or _missing().get(plain(cell)) in (NOT_RECORDED, NOT_APPLICABLE)


def is_error(cell: str) -> bool:
    """Whether a cell is what a spreadsheet shows in place of a value that it could not find or show.

    >>> is_error("#N/A"), is_error("####"), is_error("# heading")
    (True, True, False)
    """
    return _ERROR.fullmatch(cell) is not None


def group_of(characteristic: str, cell: str) -> Group | None:
    """The group that a cell of a characteristic stands for, or None when the word is not known.

    >>> group_of("sex", "F"), group_of("sex", "PNTS"), group_of("sex", "Fmale")
    (Group(label='Female', kind='answer'), Group(label='Prefer not to say', kind='declined'), None)
    """
    word = plain(cell)
    label = _values().get(characteristic, {}).get(word)
    return Group(label) if label else _missing().get(word)
