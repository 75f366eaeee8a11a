"""Takes a file of people; gives the answers of everybody for every characteristic that the file speaks of, and what was held back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from eia.case import Case
from eia.errors import Fault, quotable
from eia.intake.columns.age_groups import age_groups
from eia.intake.columns.categories import categorical, groups_of, how_combined
from eia.intake.columns.cells import FileColumn, Numbers, natural, numbers
from eia.intake.files.raw_table import RawTable
from eia.intake.files.text_columns import Weights
from eia.intake.intake_record import HeldBack, Recoding
from eia.intake.people.labels import labels_of
from eia.intake.people.link import Persons
from eia.intake.people.people_file import PeopleFile
from eia.intake.questions import OpenQuestion
from eia.vocabulary.category_schemes import grouped
from eia.vocabulary.characteristics import (
    DECLINED,
    MISSING,
    NOT_APPLICABLE,
    NOT_RECORDED,
    Characteristic,
    Dimension,
    characteristics,
    group_called,
)
from eia.vocabulary.synonyms import group_of, is_missing

_WITHOUT_ANSWER = tuple(group.label for group in MISSING)
YEARS = 4
SHORT = Characteristic(
    key="contract_short", title=f"Contract (fixed terms of {YEARS} years or more left out)",
    groups=("Fixed-term", "Permanent"), others="Permanent",
)  # fmt: skip

Given = dict[str, pd.Categorical]


def answers_of(
    file: PeopleFile,
    case: Case,
    years: Mapping[str, Numbers],
    share: Numbers | None,
    said: list[Recoding],
    asked: list[OpenQuestion],
) -> tuple[dict[str, Dimension], Given, tuple[HeldBack, ...]]:
    """Every characteristic that the file speaks of, in the order of the pages: as it is counted, and the answers of everybody.

    years: age and service as far as they are known. share: of a full week. asked: takes what is to be asked of labels.
    """
    given: Given = {}
    held_back: list[HeldBack] = []
    known = characteristics_of(case)
    for key, characteristic in known.items():
        found: pd.Categorical | HeldBack | None = None
        column = file.columns.get(key) or _shared_column(key, file, case)
        if key == "age" and "age_years" in years:
            found = bands(years["age_years"], case.analysis.age_bands)
            if "age_band" in file.columns:
                said.append(
                    Recoding(column=file.columns["age_band"].header, rule="not used: ages count", rows=file.people)
                )
        elif key == "age":
            if (banded := file.columns.get("age_band") or column) is not None:
                known[key], found = _own_bands(characteristic, banded, said)
        elif column is not None:
            found = _in_words(characteristic, column, case, said, asked)
        elif key == "working_pattern" and share is not None:
            found = _pattern(characteristic, share)
        elif characteristic.combined_from in given:
            found = _combined(characteristic, given[characteristic.combined_from], file.raw.weights)
            held = _sizes(given[characteristic.combined_from], file.raw.weights)
            if not isinstance(found, HeldBack):
                lost = _sizes(found, file.raw.weights)[NOT_RECORDED.label] - held[NOT_RECORDED.label]
                said += _in_no_group(characteristic, lost, file.columns[characteristic.combined_from].header)
            known_to_it = {label: size for label, size in held.items() if label in characteristic.combine}
            if not isinstance(found, HeldBack) and (told := how_combined(known_to_it, known_to_it, case)):
                header = file.columns[characteristic.combined_from].header
                said.append(Recoding(column=header, rule=told[0], rows=told[1]))
        if isinstance(found, HeldBack):
            held_back.append(found)
        elif found is not None:
            given[key] = found
    given = _without_doubles(given, known) | _short_contracts(file, given, years, said)
    dimensions = {
        key: Dimension(characteristic=known.get(key, SHORT), groups=tuple(map(group_called, answers.categories)))
        for key, answers in given.items()
    }
    return dimensions, given, tuple(held_back)


def characteristics_of(case: Case) -> dict[str, Characteristic]:
    """Those that eia knows, with ethnic categories as the case groups them, and those that the case adds."""
    further = {key: Characteristic(key=key, title=extra.title) for key, extra in case.characteristics.items()}
    return {key: grouped(each, case.categories.ethnicity) for key, each in {**characteristics(), **further}.items()}


def _shared_column(key: str, file: PeopleFile, case: Case) -> FileColumn | None:
    """The column that a characteristic shares with another: disability is read from kinds of impairment, and kinds of
    impairment from disability where it names any."""
    if key == "disability":
        return file.columns.get("impairment")
    column = file.columns.get("disability") if key == "impairment" else None
    if column is None:
        return None
    bare = {"Disabled, kind not given", "Not disabled"}
    named = [group for group in groups_of(key, column.cells, case) if group and group.kind == "answer"]
    return column if any(group.label not in bare for group in named) else None


def _in_words(
    characteristic: Characteristic, column: FileColumn, case: Case, said: list[Recoding], asked: list[OpenQuestion]
) -> pd.Categorical | HeldBack:
    """The groups of everybody by the cells of a column, or why it is held back.

    Of a closed characteristic only the listed groups are answers: whoever has a label that stands for none of them is in none. Of
    an open one an unknown label is a group.
    """
    read = labels_of(characteristic, column, case)
    if isinstance(read, HeldBack):
        return read
    answered = {group.label for group in read.groups if group.kind == "answer"}
    said += read.recodings
    asked += read.questions
    further = sorted(answered - set(characteristic.groups), key=lambda label: (natural(label), label))
    labels = (*characteristic.groups, *further, *_WITHOUT_ANSWER)
    return categorical(labels, [labels.index(group.label) for group in read.groups], column.text.codes)


def _own_bands(
    characteristic: Characteristic, column: FileColumn, said: list[Recoding]
) -> tuple[Characteristic, pd.Categorical | HeldBack]:
    """Age in the bands of the file, where it has no ages: the characteristic with these bands, and the band of everybody. A cell that
    is no band is in none."""
    read = age_groups(column.cells)
    strange = [i for i, band in enumerate(read) if band is None and column.cells[i] and not is_missing(column.cells[i])]
    bands = tuple(name for _, name in sorted({band for band in read if band}))
    if not bands:
        return characteristic, _held_back(characteristic, column, "no cell is a band of ages, such as 25 to 34")
    said.append(
        Recoding(
            column=column.header,
            rule="bands of ages, as the file has them: what needs ages in years is left out",
            rows=column.people,
        )
    )
    column.note(strange, f"no bands of ages: {', '.join(column.listed(strange))}: in none of the groups")
    declined = {i for i, cell in enumerate(column.cells) if group_of("age", cell) == DECLINED}
    labels = (*bands, *_WITHOUT_ANSWER)
    places = [
        labels.index(band[1] if band else DECLINED.label if index in declined else NOT_RECORDED.label)
        for index, band in enumerate(read)
    ]
    return replace(characteristic, groups=bands), categorical(labels, places, column.text.codes)


def bands(years: Numbers, edges: Sequence[int]) -> pd.Categorical:
    """Age bands of everybody from ages in years; ``edges`` are the lower edges of all bands but the first.

    >>> bands(np.array([24.0, 25.0, np.nan], np.float32), [25, 50]).tolist()
    ['Under 25', '25 to 49', 'Not recorded']
    """
    inner = [f"{low} to {high - 1}" for low, high in pairwise(edges)]
    labels = (f"Under {edges[0]}", *inner, f"{edges[-1]} and over", *_WITHOUT_ANSWER)
    by_year = [*np.searchsorted(edges, np.arange(255), side="right").tolist(), labels.index(NOT_RECORDED.label)]
    return categorical(labels, by_year, np.nan_to_num(years, nan=255).astype(np.uint8))


def _pattern(characteristic: Characteristic, share: Numbers) -> pd.Categorical:
    labels = (*characteristic.groups, *_WITHOUT_ANSWER)
    told = np.where(np.isnan(share), 2, share < 1)
    return categorical(labels, [1, 0, labels.index(NOT_RECORDED.label)], told)


def _combined(characteristic: Characteristic, detailed: pd.Categorical, weights: Weights) -> pd.Categorical | HeldBack:
    """Count a combined characteristic from its detailed one; who is in a detailed group that belongs to none is in none. Held back where most are."""
    sizes = weights.by(detailed.codes, len(detailed.categories))
    labels = (*characteristic.groups, *_WITHOUT_ANSWER)
    wholes = [
        label if label in _WITHOUT_ANSWER else characteristic.combine.get(label, "") for label in detailed.categories
    ]
    strays = [index for index, whole in enumerate(wholes) if whole not in labels and sizes[index]]
    answered = int(
        sizes[[index for index, label in enumerate(detailed.categories) if label not in _WITHOUT_ANSWER]].sum()
    )
    if strays and 2 * int(sizes[strays].sum()) >= answered:
        told = {label: rows for i in strays if quotable(label := detailed.categories[i], rows := int(sizes[i]))}
        return HeldBack(
            characteristic=characteristic.title, reason="labels that belong to none of the combined groups",
            rows=int(sizes[strays].sum()), labels=tuple(f"{quotable(label, rows)} ({rows:,})" for label, rows in told.items()),
            key=characteristic.combined_from or "", unread=tuple(told),
        )  # fmt: skip
    nowhere = labels.index(NOT_RECORDED.label)
    return categorical(
        labels, [labels.index(whole) if whole in labels else nowhere for whole in wholes], detailed.codes
    )


def _in_no_group(characteristic: Characteristic, lost: int, header: str) -> Iterator[Recoding]:
    """How many people answered in the detailed groups, and are in none of the combined ones."""
    if lost:
        yield Recoding(
            column=header,
            rule=f"labels that belong to none of the groups of {characteristic.title}: in none of them",
            rows=lost,
        )


def _sizes(answers: pd.Categorical, weights: Weights) -> dict[str, int]:
    """People by label."""
    return dict(zip(answers.categories, weights.by(answers.codes, len(answers.categories)).tolist(), strict=True))


def _short_contracts(file: PeopleFile, given: Given, years: Mapping[str, Numbers], said: list[Recoding]) -> Given:
    """Contracts once more, with those on fixed terms who have four completed years of service set aside, where there are any.

    Somebody on successive fixed-term contracts for four years may be a permanent employee in law, but other conditions decide
    as well (Fixed-term Employees (Prevention of Less Favourable Treatment) Regulations 2002, SI 2002/2034, regulation 8). So
    nobody is recoded: the comparison is made with and without them.
    """
    if "contract" not in given or "service_years" not in years:
        return {}
    contract = given["contract"]
    fixed, aside = map(contract.categories.get_loc, ("Fixed-term", NOT_APPLICABLE.label))
    long = (contract.codes == fixed) & (np.nan_to_num(years["service_years"], nan=0) >= YEARS)
    if not long.any():
        return {}
    rule = f"fixed terms of {YEARS} years' service or more, which may be permanent in law: nobody is recoded, shown with and without"
    said.append(Recoding(column=file.columns["contract"].header, rule=rule, rows=file.raw.weights.of(long)))
    return {SHORT.key: pd.Categorical.from_codes(np.where(long, np.int8(aside), contract.codes), dtype=contract.dtype)}


def full_time_share(
    file: PeopleFile, case: Case, fte: Numbers | None, who: Persons | None, said: list[Recoding]
) -> Numbers | None:
    """What part of a full week everybody works, all posts of a person together: from FTE, or else from hours."""
    share, rule, column = fte, "part-time read as FTE below 1", "fte"
    if share is None and "hours" in file.columns:
        hours, column = numbers(file.columns["hours"], low=0, high=100), "hours"
        full = case.people.full_time_hours
        if "full_time_hours" in file.columns:
            share = hours / numbers(file.columns["full_time_hours"], low=1, high=100)
            rule = "part-time read as fewer hours than the column of full-time hours"
        elif full:
            share, rule = hours / np.float32(full), f"part-time read as fewer than {full:g} hours"
        else:
            rule = "not read: nothing says what a full week is; give the hours of a full week"
            said.append(Recoding(column=file.columns[column].header, rule=rule, rows=file.people))
    if share is None:
        return None
    if "working_pattern" not in file.columns:
        rule += ", all posts of a person together" if who else ""
        header = file.columns[column].header if column in file.columns else column
        said.append(Recoding(column=header, rule=rule, rows=file.people))
    return who.together(share) if who else share


def _without_doubles(given: Given, known: Mapping[str, Characteristic]) -> Given:
    """Leave a detailed characteristic out where the file holds combined groups only: it would be tested twice."""
    result = dict(given)
    for key in given:
        source, combine = known[key].combined_from, known[key].combine
        if source in result:
            used = result[source].remove_unused_categories().categories
            held = [label for label in used if label not in _WITHOUT_ANSWER]
            if all(combine.get(label) == label for label in held):
                del result[source]
    return result


def _held_back(characteristic: Characteristic, column: FileColumn, reason: str) -> HeldBack:
    return HeldBack(characteristic=characteristic.title, reason=reason, rows=column.people, key=characteristic.key)


def held_back_fault(raw: RawTable, held: HeldBack) -> Fault:
    """The fault of a file whose only characteristics were held back."""
    labels = f": {', '.join(held.labels)}" if held.labels else ""
    return Fault(
        code="all-held-back", what=f"{held.characteristic} cannot be assessed, and nothing else is in the file: {held.reason}{labels}.",
        file=raw.file, rows=held.rows, allowed="labels that are known, or an answer in fewer words",
        do="Correct the labels in the file: “eia check” shows what is read as what.",
    )  # fmt: skip
