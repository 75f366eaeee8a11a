"""Takes raw tables and the case; gives a checked Workforce, or one error that lists every fault of the files."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.errors import EiaError, Fault, inert, quotable, visible
from eia.intake.afterwards import COLUMNS, MOST_PAY, People, afterwards
from eia.intake.categories import groups_of, how_combined
from eia.intake.fixed_term import YEARS, without_long_fixed_terms
from eia.intake.joins import Joined, by_post, join, key_faults
from eia.intake.outcomes import first_outcome, later_outcome, no_outcome, rounds_of_selection, selected_without_pool
from eia.intake.people_file import PeopleFile, no_characteristic, open_people
from eia.intake.posts import Persons, are_posts, counted_once, persons
from eia.intake.read import RawTable, nobody
from eia.intake.values import Column, answers, bands, combined, numbers, years_until
from eia.intake.words import NO_POOL_WORDS, plain
from eia.intake.workforce import (
    NO_POOL,
    Answers,
    Asked,
    HeldBack,
    Intake,
    Labelled,
    Mapped,
    Numbers,
    Recoding,
    Workforce,
)
from eia.law.characteristics import MISSING, NOT_RECORDED, Characteristic, Group, characteristics
from eia.law.schemes import grouped

ALL_STAFF = "All staff in the file"
_OF_SELECTIONS = ("reference", "post_reference", "pool", "outcome", "round", *COLUMNS)


def check(raw: RawTable, case: Case, selections: RawTable | None = None, later: Sequence[RawTable] = ()) -> Workforce:
    """Check a file of people, with a file of selections and files of later outcomes where there are any, into a Workforce.

    Raises EiaError with every fault of all files: repeated or missing references, a selected person without a pool,
    unknown outcomes, impossible numbers and dates, selections of people who are not in the file.
    """
    others = [table for table in (selections, *later) if table]
    staff = open_people(raw, case, beside=others)
    if not staff.rows:
        raise EiaError(nobody(raw.file))
    chosen = None
    if selections:
        chosen = open_people(selections, case, beside=[raw, *later], wanted=_OF_SELECTIONS)
    updates = [open_people(table, case, beside=[raw, *others], wanted=_OF_SELECTIONS) for table in later]
    fte = _fte(staff)
    who = _persons(staff, case, fte)
    every_post = case.people.repeated == "every post"
    by_reference = [file for file in (chosen, *updates) if file and not by_post(staff, file)]
    faults = key_faults(staff, needed=bool(by_reference), posts=who is not None or every_post)
    selected = None
    if chosen:
        selected, more = join(staff, chosen, who)
        faults += more + ([no_outcome(chosen)] if "outcome" not in chosen.columns else [])
        faults += [_posts_beside_selections(chosen)] if every_post and chosen in by_reference else []
    recodings: list[Recoding] = []
    pool = _pool(staff, selected)
    if pool and selected:
        recodings += _pools_that_differ(pool, selected)
    outcome = None
    if selected or not chosen:
        outcome = first_outcome(staff, selected, pool, case, recodings, len(who.main) if who else staff.rows)
    one_pool = pool is None
    if pool is None:
        pool = Labelled(labels=(ALL_STAFF,), codes=np.zeros(staff.rows, dtype=np.int32))
    if outcome is not None:
        faults += selected_without_pool(chosen or staff, staff, pool, outcome, selected)
    joined = [Joined(staff, np.arange(staff.rows)), *([selected] if selected else [])]
    for update in updates:
        place, more = join(staff, update, who)
        faults += more
        if not {"outcome", *COLUMNS} & set(update.columns):
            faults.append(no_outcome(update))
        elif place:
            joined.append(place)
            outcome, more = later_outcome(outcome, staff, place, pool, case, recodings)
            faults += more
    faults += _pool_faults(_of(pool, who), case)
    chosen_in, more = rounds_of_selection(staff, selected, outcome, case)
    faults += more
    age = _age(staff, case, faults)
    service = _service(staff, case, recodings)
    pay = numbers(staff.columns["pay"], low=0, high=MOST_PAY) if "pay" in staff.columns else None
    after, more = afterwards(joined, People(pool=pool.codes, outcome=outcome, fte=fte, pay=pay), case, recodings)
    faults += more
    given, held_back = _answers(staff, case, age, _full_time_share(staff, case, fte, who, recodings), recodings)
    if service is not None and "contract" in given and (short := without_long_fixed_terms(given["contract"], service)):
        given[short[0].characteristic.key] = short[0]
        rule = f"fixed terms of {YEARS} years' service or more, which may be permanent in law: nobody is recoded, shown with and without"
        recodings.append(Recoding(column=staff.columns["contract"].header, rule=rule, rows=short[1]))
    if who:
        recodings += counted_once(who, outcome=outcome, answers=given)
    elif every_post and staff.keys is not None:
        rule = "every post counts: people with several posts count once for each"
        recodings.append(Recoding(column="reference", rule=rule, rows=len(staff.keys.repeated)))
    files = (staff, *([chosen] if chosen else []), *updates)
    faults += [fault for file in files for fault in file.faults()]
    if not given:
        faults += [_held_back_fault(raw, held) for held in held_back] or [no_characteristic(raw)]
    if faults:
        raise EiaError(faults)
    rows = who.main if who else slice(None)
    return Workforce(
        people=len(who.main) if who else staff.rows,
        posts=staff.rows,
        pool=_of(pool, who),
        unit=_of(_labelled(staff, "unit"), who),
        post=_of(_posts(staff), who),
        outcome=outcome[rows] if outcome is not None else None,
        answers={key: replace(answer, codes=answer.codes[rows]) for key, answer in given.items()},
        age=age[rows] if age is not None else None,
        service=service[rows] if service is not None else None,
        fte=float(np.nansum(fte, dtype=np.float64)) if fte is not None else None,
        round=chosen_in[rows] if chosen_in is not None else None,
        hours=fte[rows] if fte is not None else None,
        pay=pay[rows] if pay is not None else None,  # of somebody with several posts, both are of the main one
        afterwards=after.of(rows) if after is not None else None,
        intake=Intake(
            sources=tuple(file.source for file in files),
            mapped=(*_mapped(staff), *_mapped(*files[1:], only=COLUMNS)),
            asked=tuple(Asked(match.header, match.column, match.reason) for match in staff.at.of("asked")),
            unused=tuple(match.header for match in staff.at.of("asked", "identifier", "unused")),
            empty_rows=staff.empty_rows,
            recodings=(*recodings, *staff.recodings(), *_recoded(files[1:])),
            held_back=held_back,
            one_pool=one_pool,
        ),
    )


def _mapped(*files: PeopleFile, only: Sequence[str] = ()) -> Iterator[Mapped]:
    """The headers that were taken for columns of the model, each column once. only: the columns of interest; all when empty."""
    seen: set[str] = set()
    for file in files:
        for column, index in file.at.at.items():
            if column not in seen and (not only or column in only):
                seen.add(column)
                yield Mapped(inert(file.raw.headers[index]), column)


def _recoded(files: Sequence[PeopleFile]) -> Iterator[Recoding]:
    """What was done to the columns of what came afterwards in the files beside the workforce."""
    for file in files:
        for name, column in file.columns.items():
            yield from column.recodings if name in COLUMNS else ()


def _posts_beside_selections(chosen: PeopleFile) -> Fault:
    return Fault(
        code="posts-and-selections", what="Every post is to be counted, and selections in a file of their own name people, not posts.",
        file=chosen.raw.file, allowed="outcomes in the workforce file where every post is counted",
        do='Put the outcome beside each post, or count people: [people] repeated = "main post".',
    )  # fmt: skip


def _posts(file: PeopleFile) -> Labelled:
    return _labelled(file, "post_reference" if "post_reference" in file.columns else "post")


def _of(labelled: Labelled, who: Persons | None) -> Labelled:
    """The labels of the rows that count."""
    return labelled if who is None else replace(labelled, codes=labelled.codes[who.main])


def _persons(file: PeopleFile, case: Case, fte: Numbers | None) -> Persons | None:
    """Who holds which rows, where repeated references are posts of one person and everybody counts once; None elsewhere."""
    if file.keys is None or case.people.repeated == "every post" or not len(file.keys.repeated):
        return None
    return persons(file.keys, fte) if case.people.repeated or are_posts(file.keys, _posts(file)) else None


def _pool(staff: PeopleFile, selected: Joined | None) -> Labelled | None:
    """Pools from the workforce file, else from the selections; None where neither names any."""
    column = staff.columns.get("pool")
    if column is not None:
        return _pool_labels(column)
    if selected and "pool" in selected.file.columns:
        labelled = _pool_labels(selected.file.columns["pool"])
        return Labelled(labels=labelled.labels, codes=selected.spread(labelled.codes, staff.rows, NO_POOL))
    return None


def _pools_that_differ(pool: Labelled, selected: Joined) -> list[Recoding]:
    """People whom the selections put in another pool than the workforce file does; the workforce file counts."""
    if "pool" not in selected.file.columns:
        return []
    other = _pool_labels(selected.file.columns["pool"])
    ours = [pool.labels[code] if code >= 0 else "" for code in pool.codes[selected.places].tolist()]
    theirs = [other.labels[code] if code >= 0 else "" for code in other.codes.tolist()]
    pairs = zip(ours, theirs, selected.known.tolist(), strict=True)
    rows = sum(known and bool(named) and named != counted for counted, named, known in pairs)
    rule = f"another pool named in {inert(selected.file.raw.file)}: the pool of the workforce file counts"
    return [Recoding(column="pool", rule=rule, rows=rows)] if rows else []


def _pool_labels(column: Column) -> Labelled:
    labels = tuple(sorted({visible(value) for value in column.text.values if plain(value) not in NO_POOL_WORDS}))
    place = {label: index for index, label in enumerate(labels)}
    lookup = np.array([place.get(visible(value), NO_POOL) for value in column.text.values], dtype=np.int32)
    return Labelled(labels=labels, codes=lookup[column.text.codes])


def _pool_faults(pool: Labelled, case: Case) -> list[Fault]:
    faults = []
    sizes = np.bincount(pool.codes[pool.codes >= 0], minlength=len(pool.labels))
    for name, choice in case.pools.items():
        if name not in pool.labels:
            near = _near(name, pool.labels, sizes)
            faults.append(
                Fault(code="no-such-pool", what=f"The case names a pool that nobody is in: “{inert(name)}”.", file="case.toml",
                      allowed="the pools of the file, letter for letter",
                      do=f"Did you mean {near}?" if near else "Correct the name, or take the pool out of the case.")
            )  # fmt: skip
        elif (choice.to_go or 0) > sizes[pool.labels.index(name)]:
            faults.append(
                Fault(code="more-to-go-than-people", what=f"More posts are to go than there are people in the pool “{inert(name)}”.",
                      file="case.toml", allowed=f"at most {sizes[pool.labels.index(name)]:,}", do="Correct to_go, or the pool.")
            )  # fmt: skip
    return faults


def _near(name: str, labels: Sequence[str], sizes: npt.NDArray[np.int64]) -> str | None:
    """The pool whose name is nearest, where it may be quoted."""
    near = difflib.get_close_matches(name, labels, n=1, cutoff=0.5)
    return quotable(near[0], int(sizes[labels.index(near[0])])) if near else None


def _age(file: PeopleFile, case: Case, faults: list[Fault]) -> Numbers | None:
    """Ages from a column of numbers, or else from dates of birth, for which the case has to give a day to count to."""
    if "date_of_birth" in file.columns and "age" not in file.columns and _day(case) is None:
        faults.append(
            Fault(code="no-date-to-count-to", what="There is no day to count ages on.", file="case.toml", column="dates.extract",
                  allowed="the day on which the file was drawn", do="Add it: [dates] extract = 2026-09-30.")
        )  # fmt: skip
        return None
    return _years(file, "age", "date_of_birth", 14, 100, case)


def _service(file: PeopleFile, case: Case, recodings: list[Recoding]) -> Numbers | None:
    """Years of service from a column of numbers, or else from start dates where the case gives a day to count to."""
    started = file.columns.get("start_date")
    if started and "service" not in file.columns and _day(case) is None:
        rule = "not read: the case gives no day ([dates] extract) to count service to"
        recodings.append(Recoding(column=started.header, rule=rule, rows=file.rows))
        return None
    return _years(file, "service", "start_date", 0, 70, case)


def _years(file: PeopleFile, direct: str, dated: str, low: int, high: int, case: Case) -> Numbers | None:
    day = _day(case)
    if direct in file.columns:
        return numbers(file.columns[direct], low=low, high=high)
    if dated in file.columns and day is not None:
        return years_until(file.columns[dated], day, low=low, high=high)
    return None


def _fte(file: PeopleFile) -> Numbers | None:
    """Full-time equivalents: 1 is full-time; in a column of percentages 100 is."""
    if "fte" in file.columns:
        return numbers(file.columns["fte"], low=0, high=2)
    if "fte_percent" in file.columns:
        return numbers(file.columns["fte_percent"], low=0, high=2, unit=0.01)
    return None


def _day(case: Case) -> dt.date | None:
    return case.dates.extract or case.dates.proposal


def _answers(
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


def _shared_column(key: str, file: PeopleFile, case: Case) -> Column | None:
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


def _full_time_share(
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


def _labelled(file: PeopleFile, name: str) -> Labelled:
    column = file.columns.get(name)
    if column is None:
        return Labelled(labels=(), codes=np.full(file.rows, -1, dtype=np.int32))
    labels = tuple(dict.fromkeys(visible(value) for value in column.text.values if value))
    place = {label: index for index, label in enumerate(labels)}
    lookup = np.array([place.get(visible(value), -1) for value in column.text.values], dtype=np.int32)
    return Labelled(labels=labels, codes=lookup[column.text.codes])


def _held_back_fault(raw: RawTable, held: HeldBack) -> Fault:
    labels = f": {', '.join(held.labels)}" if held.labels else ""
    return Fault(
        code="all-held-back", what=f"{held.characteristic} cannot be assessed, and nothing else is in the file: {held.reason}{labels}.",
        file=raw.file, rows=held.rows, allowed="labels that are known, or an answer in fewer words",
        do="Correct the labels in the file: “eia check” shows what is read as what.",
    )  # fmt: skip
