"""Takes raw tables and the case; gives a checked Workforce, or one error that lists every fault of the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from eia.case import Case
from eia.errors import EiaError, Fault, inert, visible
from eia.intake.columns.cells import numbers
from eia.intake.extras.redeployment import Kind, read_redeployment
from eia.intake.extras.scores import ScoresRead, read_scores
from eia.intake.files.raw_table import RawTable, nobody
from eia.intake.people.age_and_service import age_of, service_of, years_at_dismissal
from eia.intake.people.answers import answers_of, full_time_share, held_back_fault
from eia.intake.people.fixed_terms import YEARS, without_long_fixed_terms
from eia.intake.people.link import join, key_faults, name_posts, place_in
from eia.intake.people.multiple_posts import Persons, are_posts, counted_once, persons
from eia.intake.people.outcomes import chosen_by, outcome_of, selected_without_pool, updated
from eia.intake.people.people_file import PeopleFile, no_characteristic, open_people
from eia.intake.people.pools import ALL_STAFF, blame_alike, pool_faults, pool_of, pools_that_differ
from eia.intake.people.selection_rounds import Listed, rounds_of
from eia.intake.people.subsequent_outcomes import COLUMNS, MOST_PAY, EmploymentBefore, Joined, afterwards
from eia.intake.workforce import (
    Asked,
    Intake,
    Labelled,
    Mapped,
    Numbers,
    Recoding,
    Workforce,
)

_OF_SELECTIONS = ("reference", "post_reference", "pool", "outcome", "round", *COLUMNS)


def load_people(
    raw: RawTable,
    case: Case,
    selections: RawTable | None = None,
    later: Sequence[RawTable] = (),
    redeployment: Mapping[Kind, RawTable] | None = None,
    scores: RawTable | None = None,
) -> Workforce:
    """Check a file of people, with files of selections, of later outcomes, of redeployment and of scores where there are any,
    into a Workforce.

    Raises EiaError with every fault of all files: repeated or missing references, a selected person without a pool,
    unknown outcomes, impossible numbers and dates, selections of people who are not in the file.
    """
    others = [table for table in (selections, *later, scores) if table]
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
    by_reference = [file for file in (chosen, *updates) if file and not name_posts(staff, file)]
    faults = key_faults(staff, needed=bool(by_reference or scores), posts=who is not None or every_post)
    places = None
    if chosen:
        places, more = join(staff, chosen, who)
        faults += more + ([_posts_beside_selections(chosen)] if every_post and chosen in by_reference else [])
    recodings: list[Recoding] = []
    for file in (staff, *([chosen] if chosen else [])):
        if "pool" in file.columns:
            blame_alike(file.columns["pool"])
    pool = pool_of(staff, chosen, places)
    if pool and chosen and places is not None:
        recodings += pools_that_differ(pool, chosen, places)
    outcome = outcome_of(staff, chosen, places, pool, case, recodings, len(who.main) if who else staff.rows)
    one_pool = pool is None
    if pool is None:
        pool = Labelled(labels=(ALL_STAFF,), codes=np.zeros(staff.rows, dtype=np.int32))
    listed = []
    joined = [
        Joined(staff, np.arange(staff.rows)),
        *([Joined(chosen, places)] if chosen and places is not None else []),
    ]
    if outcome is not None:
        faults += selected_without_pool(chosen or staff, staff, pool, outcome, places)
        listed.append(Listed(file=chosen or staff, places=places, chosen=chosen_by(outcome, case)))
    for update in updates:
        places, more = join(staff, update, who, holds=("outcome", *COLUMNS))
        faults += more
        if "outcome" in update.columns:
            before = outcome if outcome is not None else np.zeros(staff.rows, dtype=np.int32)
            outcome, more = updated(before, staff, update, places, pool, case, recodings)
            faults += more
        if places is not None:
            joined.append(Joined(update, places))
        if places is not None and outcome is not None:
            listed.append(Listed(file=update, places=places, chosen=chosen_by(outcome, case)))
    faults += pool_faults(_of(pool, who), case)
    chosen_in, more = rounds_of(listed)
    faults += more
    age = age_of(staff, case, faults)
    service = service_of(staff, case, recodings)
    leaving_age, leaving_service = years_at_dismissal(staff, case, recodings)
    pay = numbers(staff.columns["pay"], low=0, high=MOST_PAY) if "pay" in staff.columns else None
    after, more = afterwards(
        joined, EmploymentBefore(pool=pool.codes, outcome=outcome, fte=fte, pay=pay), case, recodings
    )
    faults += more
    given, held_back = answers_of(staff, case, age, full_time_share(staff, case, fte, who, recodings), recodings)
    if service is not None and "contract" in given and (short := without_long_fixed_terms(given["contract"], service)):
        given[short[0].characteristic.key] = short[0]
        rule = f"fixed terms of {YEARS} years' service or more, which may be permanent in law: nobody is recoded, shown with and without"
        recodings.append(Recoding(column=staff.columns["contract"].header, rule=rule, rows=short[1]))
    locate = None if staff.keys is None or every_post else partial(place_in, staff.keys, who)
    beside, more = read_redeployment(redeployment or {}, case, locate)
    faults += more
    if who:
        recodings += counted_once(who, outcome=outcome, answers=given)
    elif every_post and staff.keys is not None:
        rule = "every post counts: people with several posts count once for each"
        recodings.append(Recoding(column="reference", rule=rule, rows=len(staff.keys.repeated)))
    scored = read_scores(scores, case, staff, who) if scores else ScoresRead()
    faults += scored.faults
    recodings += scored.recodings
    files = (staff, *([chosen] if chosen else []), *updates)
    faults += [fault for file in files for fault in file.faults()]
    if not given:
        faults += [held_back_fault(raw, held) for held in held_back] or [no_characteristic(raw)]
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
        leaving_age=leaving_age[rows] if leaving_age is not None else None,
        leaving_service=leaving_service[rows] if leaving_service is not None else None,
        fte=float(np.nansum(fte, dtype=np.float64)) if fte is not None else None,
        round=chosen_in[rows] if chosen_in is not None else None,
        hours=fte[rows] if fte is not None else None,
        pay=pay[rows] if pay is not None else None,  # of somebody with several posts, both are of the main one
        scores=scored.scores.of(rows) if scored.scores else None,
        afterwards=after.of(rows) if after is not None else None,
        intake=Intake(
            sources=(
                *(file.source for file in files),
                *((scored.source,) if scored.source else ()),
                *(beside.sources if beside else ()),
            ),
            mapped=(*_mapped(staff), *_mapped(*files[1:], only=COLUMNS)),
            asked=tuple(Asked(match.header, match.column, match.reason) for match in staff.at.of("asked")),
            unused=tuple(match.header for match in staff.at.of("asked", "identifier", "unused")),
            empty_rows=staff.empty_rows,
            recodings=(*recodings, *staff.recodings(), *_recoded(files[1:])),
            held_back=held_back,
            one_pool=one_pool,
        ),
        redeployment=beside,
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


def _fte(file: PeopleFile) -> Numbers | None:
    """Full-time equivalents: 1 is full-time; in a column of percentages 100 is."""
    if "fte" in file.columns:
        return numbers(file.columns["fte"], low=0, high=2)
    if "fte_percent" in file.columns:
        return numbers(file.columns["fte_percent"], low=0, high=2, unit=0.01)
    return None


def _labelled(file: PeopleFile, name: str) -> Labelled:
    column = file.columns.get(name)
    if column is None:
        return Labelled(labels=(), codes=np.full(file.rows, -1, dtype=np.int32))
    labels = tuple(dict.fromkeys(visible(value) for value in column.text.values if value))
    place = {label: index for index, label in enumerate(labels)}
    lookup = np.array([place.get(visible(value), -1) for value in column.text.values], dtype=np.int32)
    return Labelled(labels=labels, codes=lookup[column.text.codes])
