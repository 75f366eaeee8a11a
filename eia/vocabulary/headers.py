"""Takes the headers of a file and the kind of table it is; gives where each column of that kind may stand.

What headers there are, by kind of table, is in ``headers.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from eia.errors import inert
from eia.vocabulary.synonyms import plain, without_notes

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
OF_MONEY = re.compile(r"\b(pay|salary|salaries|wage|wages|cost|rate|amount|budget|allowance|pounds|gbp)\b")
"""Words of a header, in plain words, whose figures are money: neither people nor references."""

TableKind = Literal["people", "counts", "scores", "absences", "posts", "leave", "vacancies", "offers"]


@cache
def _tables() -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads(files("eia.vocabulary").joinpath("headers.toml").read_text(encoding="utf-8"))


@cache
def column_headers(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Column -> its headers in plain words: first the columns that the kind shares with others, then its own.

    >>> list(column_headers("offers")), column_headers("counts")["pool"]
    (['reference', 'vacancy', 'suitable', 'offered'], ('pool', 'stratum'))
    """
    table = dict(_tables()[kind])
    shared = {name: column_headers(other)[name] for other, names in table.pop("shared", {}).items() for name in names}
    own = {name: (*shared.get(name, ()), *map(plain, words)) for name, words in table.items()}
    return shared | own


@cache
def header_words(kind: str) -> Mapping[str, str]:
    """Plain header -> the column that it stands for in this kind of table."""
    return {word: column for column, words in column_headers(kind).items() for word in words}


@cache
def _by_letters(kind: str) -> Mapping[str, str]:
    return {_letters(word): column for word, column in header_words(kind).items()}


def column_of(header: str, kind: str) -> str:
    """The column that a header stands for in this kind of table, "" for none; blanks, capitals, punctuation and notes tell no
    headers apart.

    >>> column_of("EthnicOrigin [note 1]", "people"), column_of("ETHNIC_ORIGIN", "people"), column_of("Car", "people")
    ('race', 'race', '')
    """
    return _by_letters(kind).get(_letters(header_word(header)), "")


def as_written(header: str) -> str:
    """A header as the file has it, without the column that was added to tell repeated ones apart.

    >>> as_written("Sex (column C)"), as_written("Sex")
    ('Sex', 'Sex')
    """
    return re.sub(r" \(column [A-Z]+\)$", "", header)


def header_word(header: str) -> str:
    """The words of a header: capitals within it begin another, notes are left out.

    >>> header_word("Part-time? (column C)"), header_word("JobTitle[note 2]"), header_word("FTE")
    ('part time', 'job title', 'fte')
    """
    return plain(_CAPITAL.sub(" ", without_notes(as_written(header))))


def _letters(words: str) -> str:
    return words.replace(" ", "")


def said_at(headers: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    """Where the header stands that the case names for each column, letter for letter or as messages show it; without those that are
    not there."""
    shown = [inert(header) for header in headers]
    there = {column: header for column, header in said.items() if header in headers or header in shown}
    return {column: (headers if header in headers else shown).index(header) for column, header in there.items()}


def match(
    headers: Sequence[str],
    kind: TableKind,
    *,
    said: Mapping[str, str] | None = None,
    further: Mapping[str, str] | None = None,
    word: Callable[[str], str] = header_word,
) -> dict[str, tuple[int, ...]]:
    """Where each column may stand: at the one header that the case names for it, else at every header known to be of it.

    Parameters
    ----------
    said: column -> the header that the case names; one that the file does not have says nothing. further: plain header ->
    column, beside the headers of the kind. word: how a header is compared.

    >>> match(["Sex", "Team", "Ethnic origin", "Ethnicity"], "people", said={"unit": "Team"})
    {'unit': (1,), 'sex': (0,), 'race': (2, 3)}
    """
    known = {**{_letters(own): column for own, column in (further or {}).items()}, **_by_letters(kind)}
    at = {column: (index,) for column, index in said_at(headers, said or {}).items()}
    taken = {index for (index,) in at.values()}
    by_name: dict[str, tuple[int, ...]] = {}
    for index, header in enumerate(headers):
        column = known.get(_letters(word(header)), "")
        if column and column not in at and index not in taken:
            by_name[column] = (*by_name.get(column, ()), index)
    return at | by_name
