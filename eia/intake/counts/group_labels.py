"""Takes the labels of a characteristic as a publisher writes them, and the case; gives the group that each stands for, where one is known.

A label is looked up as it stands first. One that is not known is looked up without what publishers add to it: a note, a
plural, the people it is of ("White staff"), the characteristic itself ("Ethnicity unknown").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eia.case import Case
from eia.intake.columns.categories import groups_of
from eia.vocabulary.characteristics import NOT_RECORDED, Group, characteristics
from eia.vocabulary.headers import column_headers
from eia.vocabulary.notes import without_notes
from eia.vocabulary.synonyms import is_missing, plain

ALL_MINORITIES = "All minority ethnic groups"
_PEOPLE = frozenset(
    ("staff", "people", "persons", "employees", "workers", "colleagues", "headcount", "of", "the", "all")
)
_JOINED = re.compile(r"(?<!\s)\s*(?:&|/|,|;|\band\b|\bor\b)\s*", re.IGNORECASE)


def published_groups(characteristic: str, labels: Sequence[str], case: Case) -> list[Group | None]:
    """The group of each label; None for one that is not known.

    >>> [group and group.label for group in published_groups("sex", ["Females", "Men [note 2]", "Sex not known", "Mael"], Case())]
    ['Female', 'Male', 'Not recorded', None]
    >>> [group and group.label for group in published_groups("race", ["Unknown & Not Stated", "White staff"], Case())]
    ['Not recorded', 'White']
    """
    found = groups_of(characteristic, labels, case)
    return [group or _otherwise(characteristic, label, case) for group, label in zip(found, labels, strict=True)]


def is_minority(label: str) -> bool:
    """Whether a label is a known minority ethnic group, or all of them together.

    >>> is_minority("Black Caribbean"), is_minority("White and Asian"), is_minority("White Irish"), is_minority("Everyone else")
    (True, True, False, False)
    """
    known = {*characteristics()["race"].groups, *characteristics()["race_group"].groups, ALL_MINORITIES}
    return label in known and (not label.startswith("White") or label.startswith("White and "))


def _otherwise(characteristic: str, label: str, case: Case) -> Group | None:
    for written in _otherwise_written(characteristic, label):
        (group,) = groups_of(characteristic, [written], case)
        if group:
            return group
    # several ways of not answering in one row are kept as the one that says least
    parts = [part for part in _JOINED.split(without_notes(label)) if part]
    return NOT_RECORDED if len(parts) > 1 and all(map(is_missing, parts)) else None


def _otherwise_written(characteristic: str, label: str) -> Iterator[str]:
    """The label without a note, in the singular, without the people it is of, and without the characteristic."""
    bare = without_notes(label)
    yield bare
    words = plain(bare).split()
    own = {word for header in _names(characteristic) for word in header.split()} | _PEOPLE
    for kept in (words, [word for word in words if word not in own]):
        if kept:
            yield " ".join(kept)
            yield " ".join(word.removesuffix("s") for word in kept)


def _names(characteristic: str) -> Iterator[str]:
    known = characteristics().get(characteristic)
    yield from column_headers("people").get(characteristic, ())
    yield from (plain(known.title),) if known else ()
