"""Takes what a case says of the proposal; gives the parts that hold it: who proposes, when, which posts, and on what terms.

Before them stands what every part of a case is made of.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

_ILLEGIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _legible(text: str) -> str:
    """Text as it is, where it holds nothing that is no text, such as zero bytes and escapes."""
    if _ILLEGIBLE.search(text):
        raise ValueError("text without control characters")
    return text


Text = Annotated[str, Field(max_length=2000), AfterValidator(_legible)]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_legible)]
Share = Annotated[float, Field(gt=0, lt=1)]
Date = Annotated[dt.date, Field(ge=dt.date(1900, 1, 1), le=dt.date(2200, 1, 1))]
EmployerKind = Literal["public authority", "other body with public functions", "other body", "Crown"]
Jurisdiction = Literal["England", "Wales", "Scotland", "Northern Ireland"]
PayBasis = Literal["actual", "full-time"]
PensionScheme = Literal["local government"]

RETAINED = "retained"
SLOTTED_IN, VOLUNTEER, REDEPLOYED = "slotted in", "volunteer accepted", "redeployed"  # that something rests on by name
STAYING = (RETAINED, SLOTTED_IN, REDEPLOYED)  # outcomes of people who stay in work
STATUTORY = "statutory"
SCHEMES = (STATUTORY, "civil service", "civil service 1987", "civil service 2016", "NHS")


class Part(BaseModel):
    """What every part of a case is: frozen, of strict types, and with no key that is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Employer(Part):
    """Who proposes: decides, in later parts, which duties bind. headcount: people employed when the file was drawn, as stated."""

    name: Text = ""
    headcount: Annotated[int, Field(ge=1)] | None = None
    kind: EmployerKind | None = None
    jurisdiction: Jurisdiction | None = None


class Dates(Part):
    """The dates that matter: ``extract``, when the workforce file was drawn; ``proposal``, when posts were proposed to go;
    ``outcomes``, the day up to which the files say what came of people."""

    extract: Date | None = None
    proposal: Date | None = None
    outcomes: Date | None = None


class Consultation(Part):
    """What the employer says of collective consultation. Entered, and never counted from the selections.

    number_proposed: dismissals proposed at one establishment within 90 days, as the law counts them: volunteers who will
    be dismissed and people to be re-engaged on other terms are in it. establishment: the unit they are assigned to.
    begins: the day the written information was, or will be, given and consultation begins. notice_from: the first day
    of notice of dismissal. first_dismissal, last_dismissal: the days on which the first dismissal takes effect and the last one.
    reason, selection_method, representatives: as form HR1 has them. received: which of the things that
    the employer must give in writing have come, in the words of the checklist.
    """

    number_proposed: Annotated[int, Field(ge=0)] | None = None
    establishment: Text = ""
    begins: Date | None = None
    notice_from: Date | None = None
    first_dismissal: Date | None = None
    last_dismissal: Date | None = None
    reason: Text = ""
    selection_method: Text = ""
    representatives: Text = ""
    received: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_dismissal and self.last_dismissal and self.last_dismissal < self.first_dismissal:
            raise ValueError("the last dismissal is on or after the day of the first")
        return self


class Paper(Part):
    """One document that is asked for: the day on which it was asked for, and the day on which it came."""

    asked: Date | None = None
    received: Date | None = None


class Decision(Part):
    """One decision on the proposal. by: who decided, or decides. on: the day. decided: what. read: the hash of the case that they had read, as
    each report prints it, or its first digits. given: the papers that they had."""

    by: Name
    on: Date | None = None
    decided: Text = ""
    read: Annotated[str, Field(pattern=r"^[0-9a-f]{8,64}$")] | None = None
    given: tuple[Name, ...] = ()


class Priority(Part):
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


class Suitability(Part):
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


class OwnTerms(Part):
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


class Severance(Part):
    """Which severance terms are looked at.

    terms: the name of a scheme that eia knows, or of one of the case's own ``[terms]``. instead_of: the terms that they
    would replace, where a change is proposed. pay: what the column of pay means, what is paid for the hours worked
    ("actual"), or what full-time hours would be paid ("full-time"). pension_age: of the pension scheme, from which civil
    service terms pay less. pension_scheme: named where people are in one that pays a pension on redundancy.
    """

    terms: Name = STATUTORY
    instead_of: Name | None = None
    pay: PayBasis = "actual"
    pension_age: Annotated[int, Field(ge=50, le=75)] | None = None
    pension_scheme: PensionScheme | None = None


class PayProtection(Part):
    """The employer's policy on pay protection: for how many ``months`` which ``share`` of the pay lost is made up, 1 for all of it.
    Without months there is none, or it is not known."""

    months: Annotated[int, Field(ge=1, le=120)] | None = None
    share: Annotated[float, Field(gt=0, le=1)] = 1.0


class Pool(Part):
    """One redundancy selection pool: how many posts are to go from it, where that is known.

    transfers_on: the day on which the work of these people goes to another employer, and they with it. Then it is no redundancy
    selection pool: nobody in it is counted as in a pool, and no post is to go.
    """

    to_go: Annotated[int, Field(ge=0)] | None = None
    transfers_on: Date | None = None

    @model_validator(mode="after")
    def _one_fate(self) -> Self:
        if self.transfers_on and self.to_go:
            raise ValueError("a pool that transfers has no posts to go: split it, or take one of the two out")
        return self


class Stages(Part):
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
