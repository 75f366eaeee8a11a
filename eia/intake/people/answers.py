"""Takes a file of people; gives the answers of everybody for every characteristic that the file speaks of, and what was held back."""

from __future__ import annotations

import numpy as np

from eia.case import Case
from eia.errors import Fault
from eia.intake.columns.categories import groups_of, how_combined
from eia.intake.columns.cells import FileColumn, answers, bands, combined, numbers
from eia.intake.files.raw_table import RawTable
from eia.intake.people.multiple_posts import Persons
from eia.intake.people.people_file import PeopleFile
from eia.intake.workforce import Answers, HeldBack, Numbers, Recoding
from eia.vocabulary.category_schemes import grouped
from eia.vocabulary.characteristics import MISSING, NOT_RECORDED, Characteristic, Group, characteristics


def answers_of(
    file: PeopleFile, case: Case, age: Numbers | None, fte: Numbers | None, recodings: list[Recoding]
) -> tuple[dict[str, Answers], tuple[HeldBack, ...]]:
    """Every characteristic that the file speaks of, in the order of the pages."""
    given: dict[str, Answers] = {}
    held_back: list[HeldBack] = []
    further = {k: Characteristic(key=k, title=extra.title) for k, extra in case.characteristics.items()}
    for key, known in {**characteristics(), **further}.items():
        characteristic = grouped(known, case.categories.ethnicity)
        column = file.columns.get(key) or _shared_column(key, file, case)
        if key == "age" and age is not None:
            given[key] = bands(characteristic, age, case.analysis.age_bands)
        elif column is not None and key != "age":
            result, done = answers(characteristic, column, case)
            recodings.extend(done)
            if isinstance(result, Answers):
                given[key] = result
            else:
                held_back.append(result)
        elif key == "working_pattern" and fte is not None:
            given[key] = _pattern_from_fte(characteristic, fte)
        elif characteristic.combined_from in given:
            whole = combined(characteristic, given[characteristic.combined_from])
            if isinstance(whole, Answers):
                given[key] = whole
                recodings += _how_combined(given[characteristic.combined_from], file, case)
            else:
                held_back.append(whole)
    return _without_doubles(given), tuple(held_back)


def _shared_column(key: str, file: PeopleFile, case: Case) -> FileColumn | None:
    """The column that a characteristic shares with another: disability is read from kinds of impairment, and kinds of
    impairment from disability where it names any."""
    if key == "disability":
        return file.columns.get("impairment")
    column = file.columns.get("disability") if key == "impairment" else None
    if column is None:
        return None
    bare = {"Disabled, kind not given", "Not disabled"}
    named = [group for group in groups_of(key, column.text.values, case) if group and group.kind == "answer"]
    return column if any(group.label not in bare for group in named) else None


def _how_combined(detailed: Answers, file: PeopleFile, case: Case) -> list[Recoding]:
    sizes = np.bincount(detailed.codes, minlength=len(detailed.groups)).tolist()
    held = {group.label: size for group, size in zip(detailed.groups, sizes, strict=True)}
    told = how_combined(held, held, case)
    return (
        [Recoding(column=file.columns[detailed.characteristic.key].header, rule=told[0], rows=told[1])] if told else []
    )


def full_time_share(
    file: PeopleFile, case: Case, fte: Numbers | None, who: Persons | None, recodings: list[Recoding]
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
            rule = "not read: nothing says what a full week is; say it in the case: [people] full_time_hours = 37"
            recodings.append(Recoding(column=file.columns[column].header, rule=rule, rows=file.rows))
    if share is None:
        return None
    if "working_pattern" not in file.columns:
        rule += ", all posts of a person together" if who else ""
        recodings.append(
            Recoding(
                column=file.columns[column].header if column in file.columns else column, rule=rule, rows=file.rows
            )
        )
    return who.together(share) if who else share


def _pattern_from_fte(characteristic: Characteristic, fte: Numbers) -> Answers:
    groups = (*map(Group, characteristic.groups), *MISSING)
    codes = np.where(np.isnan(fte), groups.index(NOT_RECORDED), np.where(fte < 1, 0, 1)).astype(np.int32)
    return Answers(characteristic=characteristic, groups=groups, codes=codes)


def _without_doubles(given: dict[str, Answers]) -> dict[str, Answers]:
    """Leave a detailed characteristic out where the file holds combined groups only: it would be tested twice."""
    result = dict(given)
    for answer in given.values():
        source = answer.characteristic.combined_from
        if source in result:
            detail = result[source]
            held = [detail.groups[code] for code in np.flatnonzero(np.bincount(detail.codes)).tolist()]
            if all(
                answer.characteristic.combine[group.label] == group.label for group in held if group.kind == "answer"
            ):
                del result[source]
    return result


def held_back_fault(raw: RawTable, held: HeldBack) -> Fault:
    """The fault of a file whose only characteristics were held back."""
    labels = f": {', '.join(held.labels)}" if held.labels else ""
    return Fault(
        code="all-held-back", what=f"{held.characteristic} cannot be assessed, and nothing else is in the file: {held.reason}{labels}.",
        file=raw.file, rows=held.rows, allowed="labels that are known, or an answer in fewer words",
        do="Correct the labels in the file: “eia check” shows what is read as what.",
    )  # fmt: skip
