"""Takes a case.toml; gives a Case: everything about an assessment that is a choice, checked and frozen.

A case names the employer, the dates, the files and their columns, the pools and how many posts are to go, the order of
the stages, and the conventions of the analysis. Its hash is printed in every output, so that two reports can be seen to
rest on the same choices.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import tomlkit
import tomlkit.exceptions
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eia.errors import EiaError, Fault, inert
from eia.vocabulary.characteristics import NOT_ANSWERS, characteristics
from eia.vocabulary.person_columns import PERSON_COLUMNS
from eia.vocabulary.synonyms import columns

Question = Literal["scope", "spread", "selection"]
EmployerKind = Literal["public authority", "other body with public functions", "other body", "Crown"]
Jurisdiction = Literal["England", "Wales", "Scotland", "Northern Ireland"]
PayBasis = Literal["actual", "full-time"]

QUESTIONS: tuple[Question, ...] = ("scope", "spread", "selection")
FORMAT: Literal[1] = 1
RETAINED = "retained"
SLOTTED_IN, VOLUNTEER, REDEPLOYED = (
    "slotted in",
    "volunteer accepted",
    "redeployed",
)  # the stages that something rests on by name
ALPHAS = (0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
STATUTORY = "statutory"
SCHEMES = (STATUTORY, "civil service", "civil service 1987", "civil service 2016", "NHS")

Text = Annotated[str, Field(max_length=2000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Share = Annotated[float, Field(gt=0, lt=1)]
Date = Annotated[dt.date, Field(ge=dt.date(1900, 1, 1), le=dt.date(2200, 1, 1))]


def adjusters() -> tuple[str, ...]:
    """What a disparity may be shown allowing for: age and service in years, and any built-in characteristic."""
    return ("age", "service", *(key for key in characteristics() if key != "age"))


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Employer(_Part):
    """Who proposes: decides, in later parts, which duties bind. headcount: people employed when the file was drawn, as stated."""

    name: Text = ""
    headcount: Annotated[int, Field(ge=1)] | None = None
    kind: EmployerKind | None = None
    jurisdiction: Jurisdiction | None = None


class Dates(_Part):
    """The dates that matter: ``extract``, when the workforce file was drawn; ``proposal``, when posts were proposed to go;
    ``outcomes``, the day up to which the files say what came of people."""

    extract: Date | None = None
    proposal: Date | None = None
    outcomes: Date | None = None


class Consultation(_Part):
    """What the employer says of collective consultation. Entered, and never counted from the selections.

    number_proposed: dismissals proposed at one establishment within 90 days, as the law counts them: volunteers who will
    be dismissed and people to be re-engaged on other terms are in it. establishment: the unit they are assigned to.
    begins: the day the written information was, or will be, given and consultation begins. notice_from: the first day
    of notice of dismissal. first_dismissal: the day the first dismissal takes effect. received: which of the things that
    the employer must give in writing have come, in the words of the checklist.
    """

    number_proposed: Annotated[int, Field(ge=0)] | None = None
    establishment: Text = ""
    begins: Date | None = None
    notice_from: Date | None = None
    first_dismissal: Date | None = None
    received: tuple[Name, ...] = ()


class Priority(_Part):
    """The days between which family-leave priority is looked at.

    impracticable_from: the day on which redundancy makes it impracticable to go on with the old jobs; not the day of
    notice. contracts_end: the day on which the contracts end.
    """

    impracticable_from: Date | None = None
    contracts_end: Date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.impracticable_from and self.contracts_end and self.contracts_end < self.impracticable_from:
            raise ValueError("contracts end on or after the day from which the jobs are impracticable")
        return self


class Suitability(_Part):
    """Whether a vacancy suits, and is appropriate for, the people of whole pools or posts: somebody's answer, never computed.

    suitable_for, not_suitable_for: pools, or titles of posts. The answer for a post counts before that for its pool.
    """

    suitable_for: tuple[Name, ...] = ()
    not_suitable_for: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _one_answer(self) -> Self:
        if both := sorted(set(self.suitable_for) & set(self.not_suitable_for)):
            raise ValueError(f"a vacancy suits or does not suit, not both: {', '.join(both)}")
        return self


class OwnTerms(_Part):
    """Severance terms of the employer's own, in weeks of pay.

    weeks_a_year: for each year of service; left out, the weeks by age of the statutory redundancy payment. week_limit:
    the most of a week's pay that counts, in pounds; left out, the statutory limit; 0 for none. year_multiple,
    total_multiple: by which each year's weeks, and the total, are multiplied. most_years: of service that count.
    most_weeks: in all, left out for no limit. service: years before anything is paid.
    """

    weeks_a_year: Annotated[float, Field(gt=0, le=52)] | None = None
    week_limit: Annotated[float, Field(ge=0)] | None = None
    year_multiple: Annotated[float, Field(gt=0, le=20)] = 1.0
    total_multiple: Annotated[float, Field(gt=0, le=20)] = 1.0
    most_years: Annotated[int, Field(ge=1, le=60)] = 20
    most_weeks: Annotated[float, Field(gt=0)] | None = None
    service: Annotated[int, Field(ge=0, le=20)] = 2


class Severance(_Part):
    """Which severance terms are looked at.

    terms: the name of a scheme that eia knows, or of one of the case's own ``[terms]``. instead_of: the terms that they
    would replace, where a change is proposed. pay: what the column of pay means, what is paid for the hours worked
    ("actual"), or what full-time hours would be paid ("full-time").
    """

    terms: Name = STATUTORY
    instead_of: Name | None = None
    pay: PayBasis = "actual"


class Files(_Part):
    """Where the evidence is, relative to the case file.

    workforce: one row a person. counts: a table of counts instead of people. selections: outcomes in a file of their
    own, joined by reference. later: outcomes that came after them, such as those of appeals and of redeployment, in the
    order in which they came: each stands in place of the one before. leave: dates of pregnancies and family leave, for
    priority. vacancies: what could be offered to people with priority. offers: who was offered which, and whether it suits.
    whole_workforce: counts or shares of the whole workforce, where the other file holds only the people in pools. scores:
    marks of the people in pools, by criterion and in total, joined by reference. posts: the posts now and as proposed, or
    only those of now where proposed_posts names a file of the others. sheet, selections_sheet, whole_workforce_sheet,
    scores_sheet, posts_sheet, proposed_posts_sheet: which sheet of each, where it
    is a workbook and more than one holds a table.
    """

    workforce: Name | None = None
    counts: Name | None = None
    selections: Name | None = None
    leave: Name | None = None
    vacancies: Name | None = None
    offers: Name | None = None
    later: tuple[Name, ...] = ()
    whole_workforce: Name | None = None
    scores: Name | None = None
    posts: Name | None = None
    proposed_posts: Name | None = None
    sheet: Name | None = None
    selections_sheet: Name | None = None
    whole_workforce_sheet: Name | None = None
    scores_sheet: Name | None = None
    posts_sheet: Name | None = None
    proposed_posts_sheet: Name | None = None

    @model_validator(mode="after")
    def _people_or_counts(self) -> Self:
        if self.workforce and self.counts:
            raise ValueError("name either a workforce file or a counts file, not both")
        if self.counts and self.scores:
            raise ValueError("scores are joined to people: leave the scores file out beside a counts file")
        if self.counts and (self.selections or self.later):
            raise ValueError("a counts file already holds the selections: leave the selections file out")
        if self.proposed_posts and not self.posts:
            raise ValueError("a file of proposed posts stands beside one of the posts of now: name that as posts")
        if self.vacancies and not self.leave:
            raise ValueError("vacancies are looked at for people with priority: name the file of leave too")
        if self.offers and not self.vacancies:
            raise ValueError("offers are of vacancies: name the file of vacancies too")
        return self


class Counts(_Part):
    """How a table of counts is written, where it does not say so itself.

    rounded_to: what its counts were rounded to; 1 for not at all. percentages: what its percentages are of: the people
    of the same "group", everyone in the same "column", those in the column who "answered", or "everyone" in the same
    pool. marks: what a mark in place of a count stands for, such as "1 to 4", "0" or "any".
    """

    rounded_to: Annotated[int, Field(ge=1, le=1000)] = 1
    percentages: Literal["group", "column", "answered", "everyone"] | None = None
    marks: Mapping[Name, Name] = Field(default_factory=dict)


class Categories(_Part):
    """How answers are put into groups.

    ethnicity: whose list of ethnic categories is used; they differ in what Chinese people, Roma, Irish Travellers and
    Scots are counted as. labels: characteristic -> label as the file has it -> the group that it stands for, or one of
    "declined", "not recorded" and "not applicable".
    """

    ethnicity: Literal["census_2021", "census_2011", "census_2001", "scotland_2022", "northern_ireland_2021"] = (
        "census_2021"
    )
    labels: Mapping[Name, Mapping[Name, Name]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for key, labels in self.labels.items():
            known = characteristics().get(key)
            if known and known.closed and (strange := set(labels.values()) - {*known.groups, *NOT_ANSWERS}):
                raise ValueError(
                    f"no groups of {known.title}: {', '.join(sorted(strange))}; allowed: {', '.join(known.groups)}"
                )
        return self


class PeopleRules(_Part):
    """How rows become people.

    repeated: what it means that a reference stands in several rows: posts of one person, who counts in the "main post" or
    once for "every post"; without it, posts where each row names another one, and otherwise a fault. full_time_hours: the
    hours of a full week, where the file gives hours and no full-time equivalents.
    """

    repeated: Literal["main post", "every post"] | None = None
    full_time_hours: Annotated[float, Field(gt=0, le=100)] | None = None


class Pool(_Part):
    """One redundancy selection pool: how many posts are to go from it, where that is known."""

    to_go: Annotated[int, Field(ge=0)] | None = None


class Stages(_Part):
    """The stages in the order in which they happen, and the one at which people are chosen against their will."""

    order: tuple[Name, ...] = (SLOTTED_IN, VOLUNTEER, "selected", REDEPLOYED, "dismissed")
    compulsory: Name = "selected"

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if len(set(self.order)) != len(self.order):
            raise ValueError("each stage is named once")
        if RETAINED in self.order:
            raise ValueError("“retained” is what happens to everyone else: it is not a stage")
        if self.compulsory not in self.order:
            raise ValueError("the compulsory stage must be one of the stages in order")
        return self


class FurtherCharacteristic(_Part):
    """A column that the case adds to the characteristics, for example caring responsibilities."""

    title: Name
    column: Name


class AnotherPool(_Part):
    """Another pool for comparison than the default of one question: who else the practice may be said to apply to, and why.

    question: the question that is also answered so. reason: why these are the people to compare. pools: only people of these; for who goes
    within a job they are compared as one pool. units: only people of these, in pools or not.
    """

    question: Question
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    pools: tuple[Name, ...] = ()
    units: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not self.pools and not self.units:
            raise ValueError("another pool for comparison names pools or units")
        if self.question == "scope" and self.pools:
            raise ValueError("which jobs are in play compares people in pools with the rest: name units, not pools")
        return self


class Analysis(_Part):
    """The conventions of the analysis. None of them is law: pages print them as conventions.

    level: of every interval. alpha: the adjusted p at or below which a disparity counts as found, one of ALPHAS. matters: the odds
    ratio (or its inverse) beyond which a disparity would matter; an interval that reaches beyond it means
    "cannot tell". age_bands: the lower edges of all age bands but the first, in years. draws, seed: how many even-handed
    proposals are drawn where chance is worked out by drawing, and the number that makes the same ones be drawn again.
    adjust_for: what a disparity is also shown allowing for, named before anything is looked at. overlaps_of_three:
    characteristics whose groups are looked at three at a time, beside every two.
    """

    questions: Annotated[tuple[Question, ...], Field(min_length=1)] = QUESTIONS
    level: Share = 0.95
    alpha: Share = 0.05
    matters: Annotated[float, Field(gt=1, le=100)] = 2.0
    age_bands: Annotated[tuple[int, ...], Field(min_length=1)] = (25, 35, 45, 55, 65)
    draws: Annotated[int, Field(ge=999, le=1_000_000)] = 10_000
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1
    adjust_for: Annotated[tuple[Name, ...], Field(max_length=10)] = ()
    overlaps_of_three: Annotated[tuple[tuple[Name, Name, Name], ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if list(self.age_bands) != sorted(set(self.age_bands)) or not all(14 <= edge <= 100 for edge in self.age_bands):
            raise ValueError("age bands are whole years between 14 and 100, each higher than the one before")
        if len(set(self.questions)) != len(self.questions):
            raise ValueError("each question is named once")
        if unfit := [name for name in self.adjust_for if name not in adjusters()]:
            raise ValueError(
                f"not to be allowed for: {', '.join(unfit)}; scores, ratings, absence and whatever else people are chosen by are the "
                f"practice under test. Allowed: {', '.join(adjusters())}"
            )
        if unknown := {name for names in self.overlaps_of_three for name in names} - set(characteristics()):
            raise ValueError(f"no built-in characteristics: {', '.join(sorted(unknown))}")
        if any(len(set(names)) < 3 for names in self.overlaps_of_three):
            raise ValueError("an overlap of three names three different characteristics")
        if abs(self.level + self.alpha - 1) > 1e-9:
            raise ValueError("level and alpha belong together: alpha is 1 minus level")
        if not any(abs(self.alpha - usual) < 1e-9 for usual in ALPHAS):
            raise ValueError(f"alpha is one of {', '.join(map(str, ALPHAS))}")
        return self


class Privacy(_Part):
    """What is done with columns that say who somebody is, such as names: they are dropped, or the file is refused."""

    identifiers: Literal["drop", "refuse"] = "drop"


class Publication(_Part):
    """What a published version may show: no count below ``smallest_count``."""

    smallest_count: Annotated[int, Field(ge=3, le=100)] = 10


class Case(_Part):
    """One proposal under assessment, in one state of it.

    >>> case = Case(title="Finance review", pools={"Finance officers": Pool(to_go=3)})
    >>> case.analysis.matters, len(case.hash)
    (2.0, 64)
    """

    format: Literal[1] = FORMAT
    title: Name = "Untitled case"
    proposal: Text = ""
    employer: Employer = Employer()
    dates: Dates = Dates()
    consultation: Consultation = Consultation()
    files: Files = Files()
    columns: Mapping[Name, Name] = Field(default_factory=dict)
    ignored: tuple[Name, ...] = ()
    privacy: Privacy = Privacy()
    counts: Counts = Counts()
    categories: Categories = Categories()
    people: PeopleRules = PeopleRules()
    pools: Mapping[Name, Pool] = Field(default_factory=dict)
    priority: Priority = Priority()
    vacancies: Mapping[Name, Suitability] = Field(default_factory=dict)
    severance: Severance = Severance()
    terms: Mapping[Name, OwnTerms] = Field(default_factory=dict)
    stages: Stages = Stages()
    outcomes: Mapping[Name, Name] = Field(default_factory=dict)
    characteristics: Mapping[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")], FurtherCharacteristic] = Field(
        default_factory=dict
    )
    comparison: Mapping[Name, AnotherPool] = Field(default_factory=dict)
    analysis: Analysis = Analysis()
    publication: Publication = Publication()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        taken = sorted(set(self.characteristics) & {*characteristics(), *columns(), *PERSON_COLUMNS})
        if taken:
            raise ValueError(f"already the name of a built-in characteristic or column: {', '.join(taken)}")
        if strange := sorted(set(self.categories.labels) - {*characteristics(), *self.characteristics}):
            raise ValueError(f"labels of no characteristic: {', '.join(strange)}")
        outcomes = {RETAINED, *self.stages.order}
        if not outcomes.issuperset(self.outcomes.values()):
            raise ValueError(f"an outcome stands for one of: {', '.join([RETAINED, *self.stages.order])}")
        if set(self.terms) & set(SCHEMES):
            raise ValueError(f"severance terms of your own have another name than: {', '.join(SCHEMES)}")
        if not {self.severance.terms, self.severance.instead_of or STATUTORY} <= {*SCHEMES, *self.terms}:
            raise ValueError(f"severance terms are one of: {', '.join([*SCHEMES, *self.terms])}")
        return self

    @property
    def hash(self) -> str:
        """SHA-256 of the case as canonical JSON: 64 hexadecimal digits."""
        canonical = json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


def read_case(path: Path) -> Case:
    """Read and check a case file.

    Raises EiaError with every fault of the file: unknown keys with the nearest known name, values out of range, a format
    that this version does not know.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise EiaError(
            Fault(code="no-case-file", what="There is no such case file.", file=path.name,
                  allowed="a case file that is there", do="Check the name and the folder, or start from `eia example DIR`.")
        ) from None  # fmt: skip
    except (OSError, UnicodeDecodeError):
        raise EiaError(
            Fault(code="case-unreadable", what="The case file cannot be read as text.", file=path.name,
                  allowed="a TOML file saved as UTF-8", do="Check the name, or start from `eia example DIR`.")
        ) from None  # fmt: skip
    return parse_case(text, file=path.name)


def parse_case(text: str, *, file: str = "case.toml") -> Case:
    """Check the text of a case file; ``file`` is the name that faults give.

    >>> parse_case('format = 1\\ntitle = "Finance review"').title
    'Finance review'
    """
    try:
        values = tomlkit.parse(text).unwrap()
    except tomlkit.exceptions.ParseError as error:
        raise EiaError(
            Fault(code="case-not-toml", what="The case file is not valid TOML.", file=file, row=(error.line,),
                  allowed='lines such as title = "Finance review", and headings such as [employer]',
                  do="Mend that line, or start from `eia example DIR`.")
        ) from None  # fmt: skip
    except tomlkit.exceptions.TOMLKitError:
        raise EiaError(
            Fault(code="case-not-toml", what="The case file is not valid TOML: a key or heading stands in it twice.",
                  file=file, allowed="each key once under its heading", do="Remove the second one.")
        ) from None  # fmt: skip
    return validated(values, file=file)


def validated(values: Mapping[str, Any], *, file: str = "case.toml") -> Case:
    """Make a Case from plain values, or raise EiaError with every fault in them."""
    version = values.get("format")
    if version != FORMAT:
        raise EiaError(
            Fault(code="case-format", what="The case file does not say that it is in a format this version knows.",
                  file=file, column="format", allowed=f"format = {FORMAT}",
                  do="Add that line at the top; a case from a newer version needs that version of eia.")
        ) from None  # fmt: skip
    try:
        return Case.model_validate_json(json.dumps(values, default=str))
    except ValidationError as error:
        faults = [_fault(dict(problem), file) for problem in error.errors(include_input=False, include_url=False)]
    raise EiaError(faults) from None


def write_case(case: Case, path: Path) -> None:
    """Write a case file. Where one is there already, its comments and order survive and only what differs is changed."""
    before = ""
    if path.exists():
        read_case(path)  # a file that is no case is refused, not written over
        before = path.read_text(encoding="utf-8-sig")
    path.write_text(case_text(case, before), encoding="utf-8")


def case_text(case: Case, before: str = "") -> str:
    """Give a case as the text of a case file; of the text ``before`` it, comments and order survive.

    >>> print(case_text(Case(title="Finance review")), end="")
    format = 1
    title = "Finance review"
    """
    document = tomlkit.parse(before)
    wanted = case.model_dump(mode="python", exclude_defaults=True, exclude_none=True) | {
        "format": FORMAT,
        "title": case.title,
    }
    order = {name: position for position, name in enumerate(Case.model_fields)}
    full = case.model_dump(mode="python", exclude_none=True)
    _merge(document, dict(sorted(wanted.items(), key=lambda item: order[item[0]])), full)
    return tomlkit.dumps(document)


def _merge(table: Any, wanted: Mapping[str, Any], full: Mapping[str, Any]) -> None:
    """Bring a TOML table to the wanted values, touching only what differs. A key that is there stays where ``full``, which
    has every value, has it too: a default that someone wrote down is theirs."""
    for key in [key for key in table if key not in full]:
        del table[key]
    there = {key: full[key] for key in table}
    for key, value in {**there, **wanted}.items():
        if isinstance(value, Mapping):
            if key not in table:
                table[key] = tomlkit.table()
            _merge(table[key], wanted.get(key, {}), full[key])
        else:
            plain = list(value) if isinstance(value, tuple) else value
            if key not in table or table[key] != plain:
                table[key] = plain


def _fault(problem: dict[str, Any], file: str) -> Fault:
    """Turn one of pydantic's problems into a fault in our words, without the value that was found."""
    location = [str(step) for step in problem["loc"] if step != "[key]"]
    where = ".".join(inert(step) for step in location) or "the whole file"
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        known = _fields_at(location[:-1])
        near = difflib.get_close_matches(location[-1], known, n=1, cutoff=0.5)
        return Fault(code="case-unknown-key", what=f"The case file has a key that is not known: {where}.", file=file,
                     allowed=", ".join(known),
                     do=f"Did you mean “{near[0]}”? Rename it, or remove it." if near else "Remove it.")  # fmt: skip
    what, allowed = f"The value of {where} is not allowed.", str(problem["msg"]).removeprefix("Input should be ")
    if kind == "value_error":
        reason = str(context["error"])
        what, allowed = f"Something in {where} does not fit.", reason
    elif kind in ("literal_error", "enum"):
        allowed = str(context["expected"])
    elif kind == "missing":
        what, allowed = f"{where} is missing.", f"a value for {location[-1]}"
    return Fault(code="case-value", what=what, file=file, allowed=allowed, do="Change it in the case file.")


def _fields_at(location: list[str]) -> list[str]:
    """The keys allowed under a heading of the case file, for example ["pools", "Finance"] -> ["to_go"]."""
    parts: dict[str, type[_Part]] = {
        "employer": Employer, "dates": Dates, "consultation": Consultation, "files": Files, "counts": Counts, "categories": Categories,
        "people": PeopleRules, "pools": Pool, "priority": Priority, "vacancies": Suitability, "severance": Severance, "terms": OwnTerms, "stages": Stages,
        "characteristics": FurtherCharacteristic, "comparison": AnotherPool, "analysis": Analysis, "privacy": Privacy, "publication": Publication,
    }  # fmt: skip
    part = parts[location[0]] if location else Case
    return list(part.model_fields)
