"""Takes raw tables and the case; gives a checked Workforce, or one error that lists every fault of the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from eia import budget
from eia.case import RETAINED, Case
from eia.errors import EiaError, Fault, Faults, inert, visible
from eia.intake.asking.answers import guessed
from eia.intake.asking.likely_columns import ask_columns
from eia.intake.asking.who_is_counted import rows_that_count, who_is_counted
from eia.intake.columns.categories import categorical
from eia.intake.columns.cells import Numbers, numbers
from eia.intake.extras.absences import read_absences
from eia.intake.extras.redeployment import Kind, read_redeployment
from eia.intake.extras.scores import read_scores
from eia.intake.files.raw_table import RawTable, nobody
from eia.intake.intake_record import Intake, Mapped, Recoding
from eia.intake.layouts.group_columns import with_group_columns
from eia.intake.people import link
from eia.intake.people.age_and_service import years_of
from eia.intake.people.answers import answers_of, full_time_share, held_back_fault
from eia.intake.people.outcomes import outcomes_of
from eia.intake.people.people_file import PeopleFile, no_characteristic, open_people, refuse_headings, refuse_several
from eia.intake.people.pools import one_pool, pool_faults, pools_of, without_transfers
from eia.intake.people.selection_rounds import rounds_of
from eia.intake.people.subsequent_outcomes import COLUMNS, MOST_PAY, EmploymentBefore, afterwards
from eia.intake.workforce import Codes, Workforce
from eia.vocabulary.characteristics import Dimension
from eia.vocabulary.headers import match
from eia.vocabulary.synonyms import is_missing

_OF_SELECTIONS = ("reference", "post_reference", "pool", "outcome", "round", *COLUMNS)


def load_people(
    raw: RawTable,
    case: Case,
    selections: RawTable | None = None,
    later: Sequence[RawTable] = (),
    redeployment: Mapping[Kind, RawTable] | None = None,
    scores: RawTable | None = None,
    absences: RawTable | None = None,
) -> Workforce:
    """Check a file of people, with files of selections, of later outcomes, of redeployment, of scores and of absences where there are any,
    into a Workforce.

    Raises EiaError with every fault of all files: repeated or missing references, a selected person without a pool,
    unknown outcomes, impossible numbers and dates, selections of people who are not in the file.
    """
    faults = Faults()
    raw = raw.without_totals()
    refuse_several(raw, case)
    refuse_headings(raw)
    asked = [
        *who_is_counted(raw, case, selections, joined=bool(selections or later or scores or absences or redeployment))
    ]
    raw, of_groups, made = with_group_columns(raw, case)
    asked += of_groups
    case = guessed(case, asked)
    raw, said = rows_that_count(raw, case)
    said += made
    files = _open(raw, case, selections, later, [table for table in (scores, absences) if table])
    staff, fte, pay = files.staff, fte_of(files.staff), _pay(files.staff)
    who = _persons(staff, case, fte)
    own, chosen, updates = _join(files, who, case, faults, scored=bool(scores or absences))
    named = pools_of(staff, chosen, said)
    pool = one_pool(staff.rows) if named is None else named
    pool_faults(
        pool if who is None else pool[who.main],
        case,
        faults,
        file=(raw if "pool" in staff.columns or not selections else selections).file,
    )
    pool = without_transfers(pool, case, said)
    named = pool if named is not None else None
    people = len(who.main) if who else staff.rows
    listed = outcomes_of(own, chosen, updates, named, people, case, faults, said)
    outcome = listed[-1].outcome if listed else None
    rounds = rounds_of(listed, faults)
    years = years_of(staff, case, faults, said, asked)
    before = EmploymentBefore(stages=case.stages.order, pool=pool.codes, outcome=outcome, fte=fte, pay=pay)
    after = afterwards([own, *([chosen] if chosen else []), *updates], before, case, faults, said)
    share = full_time_share(staff, case, fte, who, said)
    dimensions, given, held_back = answers_of(staff, case, years, share, said, asked)
    locate = None if staff.keys is None or _every_post(case) else partial(link.place_in, staff.keys, who)
    beside = read_redeployment(redeployment or {}, case, locate, faults)
    said += _who_counts(staff, case, who, outcome, dimensions, given)
    scored = faults.read(lambda: read_scores(scores, case, staff, who)) if scores else None
    said += scored.recodings if scored else ()
    away = faults.read(lambda: read_absences(absences, case, staff, who)) if absences else None
    said += away.recodings if away else ()
    faults.extend(fault for file in files.every for fault in file.faults())
    if not given:
        faults.extend([held_back_fault(raw, held) for held in held_back] or [no_characteristic(raw, staff.at)])
    faults.raise_if_any()
    columns = {
        "pool": pool, "unit": label_column(staff, "unit"), "post": _posts(staff), "outcome": stage_names(outcome, case),
        "round": rounds, **years, "fte": fte, "pay": pay, **after, **given,
    }  # fmt: skip
    return Workforce(
        frame=_frame(columns, who),
        dimensions=dimensions,
        posts=staff.rows,
        fte=float(np.nansum(fte, dtype=np.float64)) if fte is not None else None,
        scores=scored.scores if scored else None,
        absences=away.absences if away else None,
        redeployment=beside,
        intake=Intake(
            sources=(
                *(file.source for file in files.every),
                *((scored.source,) if scored else ()),
                *((away.source,) if away else ()),
                *(beside.sources if beside else ()),
            ),
            mapped=(*_mapped(staff), *_mapped(*files.every[1:], only=COLUMNS)),
            unused=tuple(
                match.header
                for match in staff.at.of("asked", "identifier", "unused")
                if match.header not in map(inert, staff.raw.made_of)
            ),
            empty_rows=staff.empty_rows,
            recodings=(*said, *staff.recodings(), *_recoded(files.every[1:])),
            held_back=held_back,
            one_pool=named is None,
            questions=(
                *asked,
                *(one for file in files.every for one in file.asked),
                *(away.asked if away else ()),
                *ask_columns(staff.raw, staff.at),
            ),
        ),
    )


def _frame(columns: Mapping[str, Any], who: link.Persons | None) -> pd.DataFrame:
    """One row a person, the main post of each, of the columns that there are, one entry a row of the file."""
    rows = pd.DataFrame({name: column for name, column in columns.items() if column is not None}, copy=False)
    return rows if who is None else rows.iloc[who.main].reset_index(drop=True)


# ------------------------------------------------------------------------------------------------------------ the files


@dataclass(frozen=True, slots=True)
class _Files:
    """The files about people, opened: of the workforce, of selections, of later outcomes in their order."""

    staff: PeopleFile
    chosen: PeopleFile | None
    updates: tuple[PeopleFile, ...]

    @property
    def every(self) -> tuple[PeopleFile, ...]:
        """All of them, the workforce first."""
        return (self.staff, *((self.chosen,) if self.chosen else ()), *self.updates)


def _open(
    raw: RawTable, case: Case, selections: RawTable | None, later: Sequence[RawTable], joined: Sequence[RawTable]
) -> _Files:
    others = [table for table in (selections, *later, *joined) if table]
    staff = open_people(raw, case, beside=others)
    if not staff.rows:
        raise EiaError(nobody(raw.file))
    if staff.rows > budget.PEOPLE:
        raise EiaError(Fault(code="too-many-people", what=f"The file has {staff.rows:,} rows.", file=raw.file, allowed=f"up to {budget.PEOPLE:,} people",
                             do="Assess one employer, or one part of it, at a time."))  # fmt: skip
    chosen = None
    if selections:
        chosen = open_people(selections, _of_references(selections, case), beside=[raw, *later], wanted=_OF_SELECTIONS)
    updates = tuple(open_people(table, case, beside=[raw, *others], wanted=_OF_SELECTIONS) for table in later)
    return _Files(staff, chosen, updates)


def _of_references(selections: RawTable, case: Case) -> Case:
    """The case as a file of selections is read by: its only column is the references, whatever its header."""
    only = selections.headers if len(selections.headers) == 1 else ()
    return case.model_copy(update={"columns": {**case.columns, "reference": only[0]}}) if only else case


def _join(
    files: _Files, who: link.Persons | None, case: Case, faults: Faults, *, scored: bool
) -> tuple[link.Joined, link.Joined | None, list[link.Joined]]:
    """Every file joined to the rows of the workforce. scored: whether scores or absences have to be joined by reference too."""
    staff, others = files.staff, files.every[1:]
    by_reference = [file for file in others if not link.name_posts(staff, file)]
    several = who is not None or _every_post(case)
    link.key_faults(staff, faults, needed=bool(by_reference or scored), posts=several)
    chosen = link.join(staff, files.chosen, who, faults) if files.chosen else None
    if files.chosen in by_reference and _every_post(case):
        faults.add(Fault(code="posts-and-selections", what="Every post is to be counted, and selections in a file of their own name people, not posts.",
                         file=files.chosen.raw.file, allowed="outcomes in the workforce file where every post is counted",
                         do='Put the outcome beside each post, or count people: [people] repeated = "main post".'))  # fmt: skip
    updates = [link.join(staff, update, who, faults, holds=("outcome", *COLUMNS)) for update in files.updates]
    return link.Joined(staff, np.arange(staff.rows)), chosen, updates


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


# ---------------------------------------------------------------------------------------------------------- who counts


def _every_post(case: Case) -> bool:
    return case.people.repeated == "every post"


def _persons(file: PeopleFile, case: Case, fte: Numbers | None) -> link.Persons | None:
    """Who holds which rows, where repeated references are posts of one person and everybody counts once; None elsewhere."""
    if file.keys is None or _every_post(case) or not len(file.keys.repeated):
        return None
    once = case.people.repeated or _assignments(file, case) or link.are_posts(file.keys, _posts(file)) or _copies(file)
    return link.persons(file.keys, fte) if once else None


def _assignments(file: PeopleFile, case: Case) -> bool:
    """Whether rows of a repeated reference are told apart by what stood at its end, or by another column of references."""
    if file.keys is None:
        return False
    if case.people.suffix == "posts" and not len(file.keys.stood.repeated):
        return True
    others = [
        index for index in match(file.raw.headers, "people").get("reference", ()) if index != file.at.at["reference"]
    ]
    apart = [keys for index in others if (keys := file.raw.read([], index).keys) is not None]
    return any(not np.isin(file.keys.repeated, np.append(keys.repeated, keys.blank())).any() for keys in apart)


def _copies(file: PeopleFile) -> bool:
    return file.keys is not None and link.are_copies(file.keys, (column.text for column in file.columns.values()))


def _who_counts(
    staff: PeopleFile, case: Case, who: link.Persons | None, outcome: Codes | None,
    dimensions: Mapping[str, Dimension], given: Mapping[str, pd.Categorical],
) -> list[Recoding]:  # fmt: skip
    """What to say where references repeat."""
    if who:
        return link.counted_once(who, outcome, dimensions, given, copies=_copies(staff))
    if staff.keys is None or not _every_post(case):
        return []
    rule = "every post counts: people with several posts count once for each"
    return [Recoding(column="reference", rule=rule, rows=len(staff.keys.repeated))]


# ---------------------------------------------------------------------------------------------------- columns as they are


def _posts(file: PeopleFile) -> pd.Categorical:
    return label_column(file, "post_reference" if "post_reference" in file.columns else "post")


def label_column(file: PeopleFile, name: str) -> pd.Categorical:
    """A column of labels in the order in which they first stand in the file; none where there is no such column."""
    column = file.columns.get(name)
    if column is None:
        return categorical((), [-1], np.zeros(file.rows, dtype=np.int8))
    cells = ["" if is_missing(value) else visible(value) for value in column.cells]
    place = {label: number for number, label in enumerate(dict.fromkeys(filter(None, cells)))}
    return categorical(tuple(place), [place.get(label, -1) for label in cells], column.text.codes)


def stage_names(outcome: Codes | None, case: Case) -> pd.Categorical | None:
    """The outcomes by name."""
    order = (RETAINED, *case.stages.order)
    return None if outcome is None else categorical(order, range(len(order)), outcome)


def fte_of(file: PeopleFile) -> Numbers | None:
    """Full-time equivalents: 1 is full-time; in a column of percentages 100 is."""
    if "fte" in file.columns:
        return numbers(file.columns["fte"], low=0, high=2)
    if "fte_percent" in file.columns:
        return numbers(file.columns["fte_percent"], low=0, high=2, unit=0.01)
    return None


def _pay(file: PeopleFile) -> Numbers | None:
    return numbers(file.columns["pay"], low=0, high=MOST_PAY) if "pay" in file.columns else None
