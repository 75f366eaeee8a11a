"""Takes the distinct cells of a characteristic and the case; gives the group that each stands for, where one is known.

First what the case says of a label, then codes where the whole column is written in them, then words. Ethnic categories are
those of the grouping that the case names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import Case
from eia.errors import visible
from eia.vocabulary.category_schemes import Coding, Grouping, codings, groupings
from eia.vocabulary.characteristics import MISSING, Group, group_called
from eia.vocabulary.synonyms import group_of, is_missing, plain

_FEWEST_CODES = 3  # so many different codes make a column of codes; fewer could be letters of somebody's own
_KINDS: dict[str, Group] = {group.kind: group for group in MISSING}


def categorical(labels: Sequence[str], place: npt.ArrayLike, codes: npt.NDArray[np.integer]) -> pd.Categorical:
    """A column of labels in their order, all of them kept. place: the label of each distinct cell, -1 for none; codes: the cell
    of each row. Only the distinct cells are looked at; rows are looked up in what they become, as narrow as it can be.

    >>> categorical(["A", "B", "C"], [1, -1], np.array([0, 0, 1])).tolist()
    ['B', 'B', nan]
    """
    narrow = np.array(place, dtype=np.min_scalar_type(-max(len(labels), 1)))
    dtype = pd.CategoricalDtype(pd.Index(labels, dtype="str"), ordered=True)
    return pd.Categorical.from_codes(narrow[codes], dtype=dtype)


def groups_of(characteristic: str, cells: Sequence[str], case: Case) -> list[Group | None]:
    """The group of each cell; None for a label that is not known.

    >>> [group and group.label for group in groups_of("race", ["A", "C3", "R", "99"], Case())]
    ['White British', 'Any other White background', 'Chinese', 'Not recorded']
    >>> groups_of("race", ["A", "W"], Case())  # letters of one's own
    [None, None]
    """
    return groups_and_coding(characteristic, cells, case)[0]


def groups_and_coding(
    characteristic: str, cells: Sequence[str], case: Case
) -> tuple[list[Group | None], Coding | None]:
    """The same, and the codes in which the column is written, None where it is not. A label of which the case says what it
    means tells nothing of the codes; it is meant letter for letter where the column has it so."""
    labels = case.categories.labels.get(characteristic, {})
    shown = [visible(cell) for cell in cells]
    loosely = {plain(label): group for label, group in labels.items() if label not in shown}
    said = [labels.get(cell) or loosely.get(plain(cell)) for cell in shown]
    coding = _coding_of(characteristic, [cell for cell, group in zip(cells, said, strict=True) if group is None])
    grouping = groupings()[case.categories.ethnicity] if characteristic == "race" else None
    return [
        _group(characteristic, cell, group, coding, grouping) for cell, group in zip(cells, said, strict=True)
    ], coding


def _coding_of(characteristic: str, cells: Sequence[str]) -> Coding | None:
    """The codes in which all these cells are written, each perhaps with its meaning behind it; None where they are not."""
    answered = [cell for cell in cells if not is_missing(cell)]
    for coding in codings().values():
        if characteristic in coding.characteristics:
            used = {_code(cell, coding) for cell in answered}
            if "" not in used and len(used) >= _FEWEST_CODES:
                return coding
    return None


def _group(
    characteristic: str, cell: str, said: str | None, coding: Coding | None, grouping: Grouping | None
) -> Group | None:
    if said is not None:
        return _KINDS.get(said) or group_called(said)
    if coding is None or is_missing(cell):
        found = _by_word(characteristic, cell, grouping)
    else:
        meaning, coded = cell[len(cell.split()[0]) :].strip(" -:"), coding.groups[_code(cell, coding)]
        by_meaning = _by_word(characteristic, meaning, grouping) if meaning else None
        found = by_meaning or _by_word(characteristic, coded.label, grouping) or coded
    if found and grouping and found.kind == "answer":
        return Group(grouping.read_as.get(found.label, found.label))
    return found


def _by_word(characteristic: str, cell: str, grouping: Grouping | None) -> Group | None:
    word = plain(cell)
    further = next((label for label, words in grouping.words.items() if word in words), None) if grouping else None
    return Group(further) if further else group_of(characteristic, cell)


def _code(cell: str, coding: Coding) -> str:
    """The code that a cell is or begins with; empty where it is none."""
    first = cell.split()[0].rstrip("-:").upper() if cell.split() else ""
    if first in coding.groups:
        return first
    return first[0] if coding.second_character and len(first) == 2 and first[0] in coding.groups else ""


def how_combined(detailed: Mapping[str, int], wholes: Mapping[str, int], case: Case) -> tuple[str, int] | None:
    """What to say of ethnic categories that official bodies combine differently, and how many people it touches.

    detailed: people by detailed category; wholes: people given by combined group only. None where nobody is touched.

    >>> how_combined({"Chinese": 12, "Indian": 3}, {}, Case())[1]
    12
    """
    grouping = groupings()[case.categories.ethnicity]
    others = {
        (label, other.combine[label], other.title)
        for other in groupings().values()
        for label in detailed
        if detailed[label] and other.combine.get(label, "") not in ("", grouping.combine.get(label))
    }
    if others:
        each = (f"{label} is {grouping.combine[label]}, in {title} {whole}" for label, whole, title in sorted(others))
        touched = sum(detailed[label] for label in {label for label, _, _ in others})
        return f"combined as in {grouping.title}: {'; '.join(each)}", touched
    unsure = [wholes.get(whole, 0) for whole in ("Asian or Asian British", "Other ethnic group")]
    if all(unsure):
        return (
            "combined already: Chinese people are in “Asian” if that was done as in the censuses of 2011 and 2021, and in "
            "“Other” if as in that of 2001: ask which"
        ), sum(unsure)
    return None
