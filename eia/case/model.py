"""Takes the parts of a case; gives the Case: everything about an assessment that is a choice, checked and frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from eia.case.analysis import Analysis, AnotherPool, Publication, Response
from eia.case.evidence import (
    NAMED,
    AbsenceReasons,
    Categories,
    Counts,
    Files,
    FurtherCharacteristic,
    PeopleRules,
    Privacy,
)
from eia.case.proposal import (
    RETAINED,
    SCHEMES,
    STATUTORY,
    Consultation,
    Dates,
    Decision,
    Employer,
    Name,
    OwnTerms,
    Paper,
    Part,
    PayProtection,
    Pool,
    Priority,
    Severance,
    Stages,
    Suitability,
    Text,
)
from eia.case.scenarios import Scenario, Scoring
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.headers import column_headers
from eia.vocabulary.person_columns import PERSON_COLUMNS

FORMAT: Literal[1] = 1


class Case(Part):
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
    documents: Mapping[Name, Paper] = Field(default_factory=dict)
    decisions: Mapping[Name, Decision] = Field(default_factory=dict)
    files: Files = Files()
    columns: Mapping[Name, Name] = Field(default_factory=dict)
    ignored: tuple[Name, ...] = ()
    privacy: Privacy = Privacy()
    counts: Counts = Counts()
    categories: Categories = Categories()
    people: PeopleRules = PeopleRules()
    absences: AbsenceReasons = AbsenceReasons()
    pools: Mapping[Name, Pool] = Field(default_factory=dict)
    priority: Priority = Priority()
    vacancies: Mapping[Name, Suitability] = Field(default_factory=dict)
    severance: Severance = Severance()
    pay_protection: PayProtection = PayProtection()
    terms: Mapping[Name, OwnTerms] = Field(default_factory=dict)
    stages: Stages = Stages()
    outcomes: Mapping[Name, Name] = Field(default_factory=dict)
    characteristics: Mapping[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")], FurtherCharacteristic] = Field(
        default_factory=dict
    )
    comparison: Mapping[Name, AnotherPool] = Field(default_factory=dict)
    analysis: Analysis = Analysis()
    publication: Publication = Publication()
    response: Response = Response()
    scoring: Scoring = Scoring()
    scenarios: Annotated[Mapping[Name, Scenario], Field(max_length=50)] = Field(default_factory=dict)
    texts: Annotated[Mapping[Name, Text], Field(max_length=100)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        taken = sorted(set(self.characteristics) & {*characteristics(), *column_headers("people"), *PERSON_COLUMNS})
        if taken:
            raise ValueError(f"already the name of a built-in characteristic or column: {', '.join(taken)}")
        if strange := sorted(
            {*self.categories.labels, *(self.categories.others.keys() - {*NAMED})}
            - {*characteristics(), *self.characteristics}
        ):
            raise ValueError(f"labels of no characteristic: {', '.join(strange)}")
        if (declared := self.analysis.declared) and declared not in {*characteristics(), *self.characteristics}:
            raise ValueError(f"no characteristic to declare: {declared}")
        if unknown := sorted(
            {name.partition(":")[0] for name in self.response.findings} - {*characteristics(), *self.characteristics}
        ):
            raise ValueError(f"findings of no characteristic: {', '.join(unknown)}")
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
        """SHA-256 of what the case says as canonical JSON: 64 hexadecimal digits. What it leaves as it is by default is not part of it,
        so that a setting added later changes no hash."""
        said = self.model_dump(mode="json", exclude_defaults=True)
        canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
