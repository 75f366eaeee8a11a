"""Takes tables in an engine and where their references are; gives them joined there, and what is wrong with the references, as counts.

References are compared in the engine, and never leave it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from eia.case import RETAINED, Case
from eia.errors import EiaError, Fault, Faults, inert
from eia.intake.columns.headers import Recognised, recognise
from eia.intake.engines.engine_rows import EngineRows, engine_table
from eia.intake.engines.lazy_table import LazyTable
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding
from eia.intake.people.link import REFERENCES_ALLOWED, is_list_alone
from eia.intake.people.outcomes import known_outcomes
from eia.vocabulary.synonyms import plain

if TYPE_CHECKING:
    import narwhals as nw

_KEY, _LISTED, _MANY = "eia_key", "eia_listed", "eia_many"
_TAKEN = ("pool", "outcome", "round")
_BLANK, _REPEATED = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class WithSelections:
    """A table of people with what selections say of them in columns behind the others. at: where its columns are. listed: how many people the
    selections list. bare: whether they list people and say nothing else."""

    rows: EngineRows
    raw: RawTable
    at: Recognised
    listed: int
    bare: bool
    said: tuple[Recoding, ...]


def reference_faults(table: LazyTable, name: str, faults: Faults, *, every_post: bool = False) -> None:
    """The faults of references that are missing, or repeat. every_post: whether repeated ones are posts that all count."""
    import narwhals as nw

    kind = nw.when(_is_blank(_KEY)).then(nw.lit(_BLANK)).otherwise(nw.lit(_REPEATED)).alias(_LISTED)

    def held(frame: nw.LazyFrame[Any]) -> dict[int, int]:
        sizes = frame.select(_key(name)).group_by(_KEY).agg(nw.len().alias(_MANY))
        odd = sizes.filter((nw.col(_MANY) > 1) | _is_blank(_KEY)).select(kind, nw.col(_MANY).cast(nw.Int64))
        rows = odd.group_by(_LISTED).agg(nw.col(_MANY).sum()).collect("pyarrow").to_native()
        return {
            int(kind): int(many) for kind, many in zip(*(rows.column(at).to_pylist() for at in (0, 1)), strict=True)
        }

    if table.ask(lambda frame: _all_differ(frame.select(nw.col(name).cast(nw.String).alias(_KEY)))):
        return
    found = table.ask(held)
    for kind_, code, what, do in (
        (_BLANK, "blank-reference", "Some people have no reference.", "Give each of them an anonymised reference."),
        (_REPEATED, "duplicate-reference", "Some references stand in more than one row.",
         "Keep one row a person in the engine, that of the main post. If every post is to count: [people] repeated = \"every post\"."),
    ):  # fmt: skip
        if kind_ in found and not (kind_ == _REPEATED and every_post):
            faults.add(Fault(code=code, what=what, file=table.file, column=inert(name), rows=found[kind_], allowed=REFERENCES_ALLOWED, do=do))  # fmt: skip


def _all_differ(keys: nw.LazyFrame[Any]) -> bool:
    """Whether DuckDB tells that no reference is missing or repeats: none has a blank at an end, and their hashes differ, which is proof in half
    the time that counting references takes."""
    import narwhals as nw

    if keys.implementation is not nw.Implementation.DUCKDB:
        return False
    bare = f"ascii({_KEY}) > ascii(' ') and ascii(right({_KEY}, 1)) > ascii(' ')"  # no blank that is trimmed comes after it
    asked = f"count(*), count(*) filter (where {bare}), count(distinct hash({_KEY}))"
    rows, told, distinct = keys.to_native().aggregate(asked).fetchall()[0]
    return bool(rows == told == distinct)


def with_selections(
    raw: RawTable, rows: EngineRows, at: Recognised, chosen: RawTable, theirs: EngineRows, case: Case
) -> WithSelections:
    """Put the outcomes of selections, and their pools where the workforce has none, beside the people whom they name: a join in the engine.

    raw, rows, at: the people, and what was made of their headers. chosen, theirs: the selections.

    Raises EiaError where the two cannot be joined, or name different people.
    """
    import narwhals as nw

    staff, listing, faults = rows.table, theirs.table, Faults()
    only = chosen.headers if len(chosen.headers) == 1 else ()
    told = case.model_copy(update={"columns": {**case.columns, "reference": only[0]}}) if only else case
    found = recognise(chosen, told, wanted=("reference", *_TAKEN), beside=raw.headers)
    if "reference" not in at.at or "reference" not in found.at:
        raise EiaError(Fault(code="no-reference", what="There is no column of references to join the selections to.",
                             file=(listing if "reference" in at.at else staff).file, allowed=REFERENCES_ALLOWED,
                             do='Name it in the case: [columns] reference = "the header".'))  # fmt: skip
    ours, key = staff.names[at.at["reference"]], listing.names[found.at["reference"]]
    bare = "outcome" not in found.at and is_list_alone(chosen, found)
    if "outcome" not in found.at and not bare:
        faults.add(Fault(code="no-outcome", what="There is no column of outcomes in the selections.", file=listing.file,
                         allowed="a column headed outcome or selected", do='Name it in the case: [columns] outcome = "the header".'))  # fmt: skip
    reference_faults(listing, key, faults)
    if lost := faults.read(lambda: _unknown(staff, ours, listing, key)):
        faults.add(Fault(code="selected-not-in-file", what="Some people in the selections are not in the workforce.", file=listing.file, rows=lost,
                         allowed="references that stand in the workforce", do="Add these people, or correct their references."))  # fmt: skip
    faults.raise_if_any()
    taken = [name for name in _TAKEN if name in found.at and not (name == "pool" and "pool" in at.at)]
    held = {name: nw.col(listing.names[found.at[name]]).cast(nw.String) for name in taken}
    if bare:
        held["outcome"] = nw.lit(case.stages.compulsory)
    in_words = "outcome" in taken and _retained_in_words(theirs, listing.names[found.at["outcome"]], case)
    shown = {name: f"{name.capitalize()} in the selections" for name in held}

    def beside(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        right = listing.frame.select(
            _key(key), nw.lit(1).alias(_LISTED), *(cell.alias(shown[name]) for name, cell in held.items())
        )
        joined = frame.with_columns(_key(ours)).join(right, on=_KEY, how="left")
        if in_words:
            outcome = shown["outcome"]
            unlisted = nw.when(nw.col(_LISTED).is_null()).then(nw.lit(RETAINED)).otherwise(nw.col(outcome))
            joined = joined.with_columns(unlisted.alias(outcome))
        return joined.select(*staff.names, *shown.values())

    listed = theirs.people
    gone = {"outcome", "round", *(("at_risk",) if "pool" in found.at else ())}
    places = {name: index for name, index in at.at.items() if name not in gone}
    places |= {name: len(staff.names) + place for place, name in enumerate(shown)}
    said = [
        Recoding(
            column="outcome",
            rule=f"people not listed in {inert(listing.file)} read as retained",
            rows=rows.people - listed,
        )
    ]
    if "outcome" in at.at:
        rule = f"not read: the outcomes of {inert(listing.file)} count instead of those in this table"
        said.append(Recoding(column=raw.headers[at.at["outcome"]], rule=rule, rows=rows.people))
    made = EngineRows(LazyTable(frame=staff.ask(beside), file=staff.file))
    sample = [*zip(*raw.sample, strict=True), *([""] * len(raw.sample) for _ in shown)]
    return WithSelections(rows=made, raw=engine_table(made, sample), at=replace(at, at=places), listed=listed, bare=bare, said=tuple(said))  # fmt: skip


def _unknown(staff: LazyTable, ours: str, listing: LazyTable, key: str) -> int:
    """How many of the people listed are not among the staff. Raises EiaError where the two are not in one engine."""
    import narwhals as nw

    def lost(frame: nw.LazyFrame[Any]) -> int:
        missing = frame.select(_key(key)).join(staff.frame.select(_key(ours)), on=_KEY, how="anti")
        return int(missing.select(nw.len()).collect("pyarrow").item())

    with suppress(EiaError):
        return listing.ask(lost)
    raise EiaError(Fault(code="other-engine", what="The selections cannot be joined to the workforce.", file=listing.file,
                         allowed="both tables in one engine, by one connection", do="Load the selections into the engine that holds the workforce."))  # fmt: skip


def _retained_in_words(rows: EngineRows, name: str, case: Case) -> bool:
    """Whether people whom the selections do not list are to be retained in words, since others are; elsewhere an empty cell means it."""
    known = known_outcomes(case)
    words = {known.get(plain(cell)) for cell in rows.cells(rows.lines([name]), name).categories if cell}
    return RETAINED in words


def _key(name: str) -> nw.Expr:
    import narwhals as nw

    return nw.col(name).cast(nw.String).str.strip_chars().alias(_KEY)


def _is_blank(name: str) -> nw.Expr:
    import narwhals as nw

    return nw.col(name).is_null() | (nw.col(name) == "")
