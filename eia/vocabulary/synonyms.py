"""Takes a header or a cell as a file writes it; gives the word of the model that it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from eia.vocabulary.characteristics import DECLINED, NOT_APPLICABLE, NOT_RECORDED, Group

_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|NULL!|DIV/0!|NUM!|SPILL!|CALC!|GETTING_DATA|#+)", re.IGNORECASE)
_NOT_WORD = re.compile(r"[\W_]+")
_MISSING = {"declined": DECLINED, "not recorded": NOT_RECORDED, "not applicable": NOT_APPLICABLE}
HEADCOUNTS = frozenset(
    {"headcount", "head count", "number of posts in fte", "number of posts", "number of staff", "number of employees", "no of staff", "no of employees"}
)  # fmt: skip
NO_POOL_WORDS = frozenset(
    {"", "none", "no pool", "not in a pool", "not in pool", "not at risk", "n a", "not applicable", "no"}
)


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
def headers() -> Mapping[str, str]:
    """Plain header -> column of the model."""
    return {plain(word): column for column, words in _tables()["headers"].items() for word in words}


@cache
def identifier_headers() -> Mapping[str, str]:
    """Plain header -> what such a column says of who somebody is."""
    return {plain(word): held for held, words in _tables()["identifiers"].items() for word in words}


@cache
def columns() -> tuple[str, ...]:
    """Every column of the model, in the order of the synonym table."""
    return tuple(_tables()["headers"])


@cache
def outcomes() -> Mapping[str, str]:
    """Plain cell -> outcome."""
    return {plain(word): outcome for outcome, words in _tables()["outcomes"].items() for word in words}


@cache
def volunteering() -> Mapping[str, str]:
    """Plain cell -> what became of an application for voluntary exit."""
    return {plain(word): became for became, words in _tables()["volunteering"].items() for word in words}


@cache
def yes_no() -> Mapping[str, bool]:
    """Plain cell -> whether it says yes."""
    return {plain(word): said == "yes" for said, words in _tables()["yes_no"].items() for word in words}


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
