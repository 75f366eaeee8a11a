"""Takes a table of people in an engine, one of selections there, and the case; gives the people who count, with every column known for what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eia.case import Case
from eia.errors import EiaError, Fault, Faults, inert
from eia.intake.asking.answers import guessed
from eia.intake.asking.columns import ask_at_risk, ask_pool_and_outcome
from eia.intake.asking.leavers import ask_leavers, find_leavers
from eia.intake.asking.outcome_words import ask_outcome_words
from eia.intake.asking.panel import find_panel
from eia.intake.asking.twice import ask_twice
from eia.intake.columns.headers import Recognised, recognise
from eia.intake.columns.held_names import hold_names
from eia.intake.columns.known_table import read_columns
from eia.intake.engines.engine_rows import EngineRows, engine_table
from eia.intake.engines.lazy_table import LazyTable, Lines
from eia.intake.engines.references import reference_faults, with_selections
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding
from eia.intake.people.people_file import PeopleFile, no_characteristic, refuse_several
from eia.intake.questions import OpenQuestion


@dataclass(frozen=True, slots=True)
class Part:
    """Some columns read together: as a file whose rows stand for people, and the lines that it was made of, one a row."""

    file: PeopleFile
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class EnginePeople:
    """The people who count. at: what was made of the headers. case: with our guesses at what was asked. bare: how many a list of selections
    names that says nothing else; None where there is no such list."""

    raw: RawTable
    rows: EngineRows
    at: Recognised
    case: Case
    said: tuple[Recoding, ...]
    asked: tuple[OpenQuestion, ...]
    bare: int | None = None

    def names(self, columns: Iterable[str]) -> tuple[str, ...]:
        """What the engine calls some columns, each once."""
        return tuple(dict.fromkeys(self.rows.table.names[self.at.at[column]] for column in columns))

    def part(self, columns: Sequence[str], beside: Sequence[str] = ()) -> Part:
        """Columns read together. beside: what the engine calls columns that are counted with them in the same question to it."""
        names = self.names(columns)
        self.rows.lines((*names, *beside))
        read = read_columns(self.raw, {column: self.at.at[column] for column in columns}, self.case)
        held, asked = hold_names(read.columns, self.case)
        file = PeopleFile(
            at=self.at, asked=asked, raw=read.raw, columns=held, keys=None, rows=read.rows, empty_rows=0, encoding=read.encoding
        )  # fmt: skip
        return Part(file, self.rows.lines(names))


def open_engine(table: LazyTable, case: Case, selections: LazyTable | None) -> EnginePeople:
    """Recognise the columns, leave out who has left, join the selections, and have the engine count years up to the day of the extract.

    Raises EiaError where the table cannot be read as people, or its references are missing, repeat, or are not those of the selections.
    """
    _refuse_rewriting(case, table.file)
    rows = EngineRows(table)
    raw = engine_table(rows)
    theirs = EngineRows(selections) if selections else None
    chosen = engine_table(theirs) if theirs else None
    refuse_several(raw, case)
    asked = [*ask_twice(raw, case)]
    asked += ask_pool_and_outcome(raw, guessed(case, asked), chosen)
    asked += ask_at_risk(raw, guessed(case, asked), chosen)
    asked += filter(None, [ask_leavers(raw, guessed(case, asked), None)])
    asked += ask_outcome_words(chosen or raw, guessed(case, asked))
    case = guessed(case, asked)
    rows, said = _without_leavers(raw, rows, case)
    raw = engine_table(rows, [*zip(*raw.sample, strict=True)])
    at = recognise(raw, case, beside=chosen.headers if chosen else ())
    if not at.at:
        raise EiaError(no_characteristic(raw, at))
    _refuse_repeated(raw, rows, at, case)
    bare = None
    if chosen and theirs:
        joined = with_selections(raw, rows, at, chosen, theirs, case)
        raw, rows, at, bare = joined.raw, joined.rows, joined.at, joined.listed if joined.bare else None
        said += joined.said
    raw, rows, counted = _with_years(raw, rows, at, case)
    return EnginePeople(raw=raw, rows=rows, at=at, case=case, said=(*said, *counted), asked=tuple(asked), bare=bare)


def _refuse_rewriting(case: Case, file: str) -> None:
    if case.people.suffix == "posts" or case.people.same_without not in (None, "nothing"):
        raise EiaError(Fault(code="references-in-an-engine", what="The case has references written anew, which is not done in an engine.", file=file,
                             allowed="references that are the same for the same person", do="Write them the same way in the engine, and take people.suffix and people.same_without out of the case."))  # fmt: skip


def _refuse_repeated(raw: RawTable, rows: EngineRows, at: Recognised, case: Case) -> None:
    """Refuse references that are missing or repeat, and a table of several years."""
    faults, table = Faults(), rows.table
    if "reference" in at.at:
        reference_faults(
            table, table.names[at.at["reference"]], faults, every_post=case.people.repeated == "every post"
        )
    elif case.people.panel != "every row" and find_panel(raw, case):
        faults.add(Fault(code="several-years", what="The same people seem to stand in the table once for each of several years or dates.", file=table.file,
                         allowed="one row a person", do='Keep the rows of the latest in the engine; or, if each row is a person, say so: [people] panel = "every row".'))  # fmt: skip
    faults.raise_if_any()


def _without_leavers(raw: RawTable, rows: EngineRows, case: Case) -> tuple[EngineRows, list[Recoding]]:
    """The people without those who have left, where the case says that these are left out."""
    if case.people.leavers != "left out" or (found := find_leavers(raw, case)) is None:
        return rows, []
    table = rows.table
    lines = rows.lines([table.names[index] for index in (*found.by, *found.beside)])
    left = []
    for place, index in enumerate(found.by):  # a cell says that somebody has left where everybody with it has
        cells = lines.codes[:, place]
        says = np.setdiff1d(cells[found.gone], cells[~found.gone]).tolist()
        left += [table.holds(table.names[index], says)] if says else []
    there = ~left[0]
    for condition in left[1:]:
        there = there & ~condition
    said = Recoding(column=found.header, rule="people who have left by the day of the file: left out", rows=found.people)  # fmt: skip
    return EngineRows(table.only(there)), [said]


def _with_years(
    raw: RawTable, rows: EngineRows, at: Recognised, case: Case
) -> tuple[RawTable, EngineRows, list[Recoding]]:
    """The same with dates of birth and of starting counted as completed years in the engine, where there is a day to count to."""
    day = case.dates.extract or case.dates.proposal
    dated = {rows.table.names[at.at[name]]: at.at[name] for name in ("date_of_birth", "start_date") if name in at.at}
    if day is None or not dated:
        return raw, rows, []
    counted = EngineRows(rows.table.with_years(dict.fromkeys(dated, day)))
    rule = f"completed years to {day:%d %B %Y}, counted in the engine: no date has left it"
    said = [
        Recoding(column=inert(raw.headers[dated[name]]), rule=rule, rows=rows.people) for name in counted.table.days
    ]
    return engine_table(counted, [*zip(*raw.sample, strict=True)]), counted, said
