"""Takes the names and labels of a table of counts; gives the characteristic that each name stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from eia.case import Case
from eia.errors import inert
from eia.intake.columns.categories import groups_of
from eia.vocabulary.characteristics import Characteristic, characteristics
from eia.vocabulary.synonyms import headers, plain


def characteristics_of(names: Sequence[str], case: Case) -> dict[str, Characteristic]:
    """The characteristic that each name stands for; one that is not known is a characteristic of its own."""
    own: dict[str, Characteristic] = {}
    taken = {*characteristics(), *case.characteristics}
    result = {}
    for name in dict.fromkeys(names):
        word = plain(name)
        known = _known(word, case) or own.get(word)
        if known is None:
            stem = re.sub(r"[^a-z0-9]+", "_", word).strip("_")[:30] or "unnamed"
            key = next(key for number in count(1) if (key := stem if number == 1 else f"{stem}_{number}") not in taken)
            known = own[word] = Characteristic(key=key, title=inert(name) or "Unnamed")
            taken.add(key)
        result[name] = known
    return result


def _known(word: str, case: Case) -> Characteristic | None:
    """The characteristic that a name stands for: one of ours by key, title or header, or one of the case's."""
    for key, known in characteristics().items():
        if word in (plain(key), plain(known.title)) or headers().get(word) == key:
            return known
    for key, extra in case.characteristics.items():
        if word in (plain(key), plain(extra.title)):
            return Characteristic(key=key, title=extra.title)
    return None


def as_combined(characteristic: Characteristic, cells: Sequence[str], case: Case) -> Characteristic:
    """The combined characteristic where every answer is one of its groups, for example White and Black."""
    found = set(groups_of(characteristic.key, cells, case))
    labels = {group.label for group in found if group and group.kind == "answer"}
    for whole in characteristics().values():
        if whole.combined_from == characteristic.key and None not in found and labels <= set(whole.groups):
            return whole
    return characteristic
