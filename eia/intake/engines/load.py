"""Takes a table of people in an engine, one of selections there, and the case; gives a checked Workforce: everybody as counts, and people in pools as codes.

What a file of people is put through is done to counts: each combination of cells weighs as many people as hold it. One question to the
engine for each characteristic counts its cells by pool, unit, post and outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from eia import budget
from eia.case import Case
from eia.errors import Fault, Faults, inert
from eia.intake.asking.likely_columns import ask_columns
from eia.intake.columns.categories import categorical
from eia.intake.engines.lazy_table import LazyTable, Lines
from eia.intake.engines.opening import EnginePeople, Part, open_engine
from eia.intake.intake_record import HeldBack, Intake, Mapped, Recoding, Source
from eia.intake.people.age_and_service import years_of
from eia.intake.people.answers import answers_of, characteristics_of, full_time_share, held_back_fault
from eia.intake.people.link import Joined
from eia.intake.people.load import fte_of, label_column, stage_names
from eia.intake.people.outcomes import everybody_listed, outcomes_of
from eia.intake.people.people_file import no_characteristic
from eia.intake.people.pools import one_pool, pool_faults, pools_of, without_transfers
from eia.intake.people.selection_rounds import rounds_of
from eia.intake.questions import OpenQuestion
from eia.intake.workforce import Everybody, Workforce
from eia.vocabulary.characteristics import Dimension

_PLACES = ("pool", "at_risk", "outcome", "round", "unit")
_POSTS = ("post_reference", "post")
_TOGETHER: tuple[frozenset[str], ...] = (
    frozenset(("age", "age_band", "date_of_birth")),
    frozenset(("disability", "impairment")),
    frozenset(("contract", "service", "start_date")),
    frozenset(("working_pattern", "fte", "fte_percent", "hours", "full_time_hours")),
)
"""Columns that are read beside each other, as a characteristic and the one that it is combined from are."""


@dataclass(frozen=True, slots=True)
class _Places:
    """Where people are. lines: of the columns that say it. told: for each line pool, unit, post, outcome and round, as far as the table tells."""

    part: Part
    told: pd.DataFrame
    one_pool: bool

    @property
    def in_pool(self) -> np.typing.NDArray[np.bool_]:
        """Which lines are of people in pools."""
        inside: np.typing.NDArray[np.bool_] = self.told["pool"].notna().to_numpy()
        return inside

    @property
    def people_in_pools(self) -> int:
        """How many people are in pools."""
        return int(self.part.lines.people[self.in_pool].sum())


@dataclass(frozen=True, slots=True)
class _Answers:
    """What was made of the columns of a part: for each of its lines the values of every column of a table of people."""

    part: Part
    dimensions: Mapping[str, Dimension]
    columns: Mapping[str, Any]
    held_back: tuple[HeldBack, ...]


def load_engine(
    table: LazyTable, case: Case, selections: LazyTable | None = None, *, fetch_people: bool = True
) -> Workforce:
    """Check a table of people in an engine, with one of selections there, into a Workforce.

    fetch_people: whether codes of people in pools may leave the engine; without them what needs people is left out.

    Raises EiaError with every fault of the tables, where more people are in pools than are fetched, and where the engine does not answer.
    """
    people = open_engine(table, case, selections)
    case, faults = people.case, Faults()
    said, asked = [*people.said, *_not_read(people)], [*people.asked]
    where, together = [*_held(people, _PLACES), *_post(people, said)], _read_together(people, case)
    beside = people.names(where)
    people.rows.lines((*people.names(together[0] if together else ()), *beside))  # which tell where people are as well
    places = _places(people.part(where), case, faults, said)
    to_one_day = _without_dismissal(case) if people.rows.table.days else case
    answers = [_answers(people.part(columns, beside), to_one_day, faults, said, asked) for columns in together]
    for part in (places.part, *(each.part for each in answers)):
        faults.extend(part.file.faults())
        said += [done for column in part.file.columns.values() for done in column.recodings]
        asked += part.file.asked
    dimensions = _in_order(answers, case)
    held_back = tuple(held for each in answers for held in each.held_back)
    if not dimensions:
        faults.extend(
            [held_back_fault(people.raw, held) for held in held_back] or [no_characteristic(people.raw, people.at)]
        )
    if people.bare is not None and people.bare >= places.people_in_pools:
        faults.add(everybody_listed(table.file, 0))
    if fetch_people and places.people_in_pools > budget.PEOPLE:
        faults.add(Fault(code="too-many-people", what=f"There are {places.people_in_pools:,} people in pools.", file=table.file,
                         allowed=f"up to {budget.PEOPLE:,} people in pools", do="Have them counted only, with fetch_people=False."))  # fmt: skip
    faults.raise_if_any()
    return Workforce(
        frame=_fetched(people, places, answers, dimensions, fetch=fetch_people),
        dimensions=dimensions,
        posts=people.rows.people,
        fte=next((_total(each) for each in answers if "fte" in each.columns), None),
        everybody=_everybody(people, places, answers, dimensions),
        intake=Intake(
            sources=(Source(file=table.file, sha256=people.rows.sha256, encoding="counts of an engine", rows=people.rows.people,
                            remarks=_told(places, fetch=fetch_people)),),
            mapped=tuple(Mapped(inert(people.raw.headers[index]), column) for column, index in people.at.at.items()),
            unused=tuple(match.header for match in people.at.of("asked", "identifier", "unused")),
            recodings=tuple(said),
            held_back=held_back,
            one_pool=places.one_pool,
            questions=(*asked, *ask_columns(people.raw, people.at)),
        ),
    )  # fmt: skip


def _told(places: _Places, *, fetch: bool) -> str:
    """What has left the engine."""
    if not fetch:
        return "counts alone have left the engine: what needs people is left out"
    return f"of the {places.people_in_pools:,} people in pools codes have left the engine, and of everybody else counts alone"


# ------------------------------------------------------------------------------------------------------------ which columns


def _held(people: EnginePeople, columns: Sequence[str]) -> list[str]:
    return [column for column in columns if column in people.at.at]


def _post(people: EnginePeople, said: list[Recoding]) -> list[str]:
    """The column of posts, where there are few enough of them to count people by."""
    post = _held(people, _POSTS)[:1]
    if post and len(people.rows.lines(people.names(post)).people) > budget.POSTS_IN_A_LIST:
        rule = f"not read: more than {budget.POSTS_IN_A_LIST:,} different posts"
        said.append(Recoding(column=people.raw.headers[people.at.at[post[0]]], rule=rule, rows=people.rows.people))
        return []
    return post


def _read_together(people: EnginePeople, case: Case) -> list[list[str]]:
    """The columns of answers, those that are read beside each other in one list."""
    known = characteristics_of(case)
    combined = [frozenset((key, one.combined_from)) for key, one in known.items() if one.combined_from]
    groups = [*_TOGETHER, *combined]
    alone = [frozenset((key,)) for key in known if not any(key in group for group in groups)]
    return [held for group in (*groups, *alone) if (held := _held(people, sorted(group)))]


def _not_read(people: EnginePeople) -> Iterator[Recoding]:
    """What a file of people can tell, and a table in an engine is not asked."""
    read = {
        *_PLACES,
        *_POSTS,
        "reference",
        *(column for group in _TOGETHER for column in group),
        *characteristics_of(people.case),
    }
    for column, index in people.at.at.items():
        if column not in read:
            yield Recoding(
                column=inert(people.raw.headers[index]), rule="not read from an engine", rows=people.rows.people
            )
    for match in people.at.of("identifier"):
        yield Recoding(
            column=match.header, rule=f"{match.reason}: dropped before anything else was read", rows=people.rows.people
        )


# ------------------------------------------------------------------------------------------------------------ lines of counts


def _places(part: Part, case: Case, faults: Faults, said: list[Recoding]) -> _Places:
    """Pool, unit, post, outcome and round of every line of the columns that say where people are."""
    file, weights = part.file, part.file.raw.weights
    named = pools_of(file, None, said)
    pool = one_pool(file.rows) if named is None else named
    pool_faults(pool, case, faults, file=file.raw.file, weights=weights)
    pool = without_transfers(pool, case, said, weights)
    named = pool if named is not None else None
    listed = outcomes_of(Joined(file, np.arange(file.rows)), None, [], named, file.people, case, faults, said)
    found = {
        "pool": pool,
        "unit": label_column(file, "unit"),
        "post": label_column(file, next((name for name in _POSTS if name in file.columns), "post")),
        "outcome": stage_names(listed[-1].outcome if listed else None, case),
        "round": rounds_of(listed, faults),
    }
    told = pd.DataFrame({name: column for name, column in found.items() if column is not None})
    return _Places(part, told, one_pool=named is None)


def _answers(part: Part, case: Case, faults: Faults, said: list[Recoding], asked: list[OpenQuestion]) -> _Answers:
    """What people answered, for every line of a part."""
    years = years_of(part.file, case, faults, said, asked)
    fte, share = fte_of(part.file), full_time_share(part.file, case, fte_of(part.file), None, said)
    dimensions, given, held_back = answers_of(part.file, case, years, share, said, asked)
    columns = {**years, **({"fte": fte} if fte is not None else {}), **given}
    return _Answers(part, dimensions, columns, held_back)


def _without_dismissal(case: Case) -> Case:
    """The case without a second day to count years to: the engine has counted them to one."""
    return case.model_copy(update={"consultation": case.consultation.model_copy(update={"first_dismissal": None})})


def _in_order(answers: Sequence[_Answers], case: Case) -> dict[str, Dimension]:
    """The characteristics in the order of the pages, those that are none of the list last."""
    found = {key: dimension for each in answers for key, dimension in each.dimensions.items()}
    order = [*characteristics_of(case)]
    return dict(sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


def _total(answers: _Answers) -> float:
    return float(np.nansum(answers.columns["fte"].astype(np.float64) * answers.part.lines.people))


def _everybody(
    people: EnginePeople, places: _Places, answers: Sequence[_Answers], dimensions: Mapping[str, Dimension]
) -> Everybody:
    """How many of every group are in each place, by the counts of the engine."""
    where = places.part.lines
    groups = {}
    for each in answers:
        held = each.part.lines
        lines = people.rows.lines(tuple(dict.fromkeys((*held.names, *where.names))))
        line, place = lines.places_in(held), lines.places_in(where)
        for key in each.dimensions:
            group = each.columns[key].codes[line].astype(np.int64)
            size = len(dimensions[key].groups), len(where.people)
            counted = np.bincount(group * size[1] + place, weights=lines.people, minlength=size[0] * size[1])
            groups[key] = counted.astype(np.int64).reshape(size)  # whole, below 2 to the 53rd
    return Everybody(places=places.told.drop(columns="round", errors="ignore"), people=where.people, groups=groups)


# ------------------------------------------------------------------------------------------------------------ people in pools


def _fetched(
    people: EnginePeople, places: _Places, answers: Sequence[_Answers], dimensions: Mapping[str, Dimension], *, fetch: bool
) -> pd.DataFrame:  # fmt: skip
    """One row for each person in a pool, made of codes alone; without a row where none may be fetched."""
    where = places.part.lines.of(people.names(_held(people, _PLACES)))
    whole = places.part.lines.places_in(where)
    first = np.unique(whole, return_index=True)[
        1
    ]  # a line without its post stands for those with one: all else is the same
    told = places.told.iloc[first].reset_index(drop=True)
    wanted = tuple(dict.fromkeys((*where.names, *(name for each in answers for name in each.part.lines.names))))
    table = people.rows.table
    fetched = table.codes_where(_of_pools(people, where, told), wanted) if fetch else _nobody(wanted)
    at = fetched.places_in(where)
    nowhere = categorical((), [-1], np.zeros(len(at), dtype=np.int8))
    columns = {name: nowhere if name == "post" else told[name].array.take(at) for name in told}
    found: dict[str, Any] = {}
    for each in answers:
        line = fetched.places_in(each.part.lines)
        found |= {name: column[line] for name, column in each.columns.items()}
    years = {name: column for name, column in found.items() if name not in dimensions}
    return pd.DataFrame({**columns, **years, **{key: found[key] for key in dimensions}}, copy=False)


def _nobody(names: tuple[str, ...]) -> Lines:
    return Lines(names, np.empty((0, len(names)), dtype=np.int64), np.empty(0, dtype=np.int64))


def _of_pools(people: EnginePeople, where: Lines, told: pd.DataFrame) -> Any:
    """The condition of being in a pool: both the pool and the word for being at risk say so, as far as there are such columns."""
    inside = told["pool"].notna().to_numpy()
    condition = None
    for name in people.names(_held(people, ("pool", "at_risk"))):
        places = np.unique(where.codes[inside, where.names.index(name)]).tolist()
        held = people.rows.table.holds(name, places)
        condition = held if condition is None else condition & held
    return condition
