"""Takes an Assessment from a worker; gives it with what stands beside the findings worked out by workers too, when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from operator import attrgetter, methodcaller
from typing import Any, cast

from eia.dashboard.workers.waiting import worked_out
from eia.findings.assessment import Assessment
from eia.findings.beside import Beside
from eia.findings.core.finding import Finding
from eia.findings.scenarios.changes import Changes
from eia.findings.supplementary.alternative_comparators import AlternativeComparison
from eia.findings.supplementary.by_chance import Bar
from eia.findings.supplementary.look_further import LookFurther, Supplementary

ON_FIRST_SCREEN = ("rounds", "scores", "subsequent_outcomes")
"""What the answer tells of what stands beside the findings."""
_PARTS = frozenset(part.name for part in fields(Supplementary))


def beside_apart(assessment: Assessment, size: int) -> Assessment:
    """The same assessment, that works nothing heavy out in this process. size: bytes of the files that it is of."""
    there = assessment.beside
    if not isinstance(there, Beside):
        return assessment
    return replace(assessment, beside=cast(Beside, _BesideApart(there, size)))


@dataclass(eq=False)
class _BesideApart:
    """Answers to the names of Beside."""

    there: Beside
    size: int

    @cached_property
    def further(self) -> LookFurther:
        return cast(LookFurther, _FurtherApart(self.there.further, self.size))

    @cached_property
    def otherwise(self) -> tuple[AlternativeComparison, ...]:
        return cast(tuple[AlternativeComparison, ...], self._part("otherwise"))

    @cached_property
    def changes(self) -> Changes | None:
        return cast(Changes | None, self._part("changes"))

    def drawn(self, finding: Finding) -> tuple[Bar, ...]:
        return worked_out(partial(methodcaller("drawn", finding), self.there), self.size)

    def _part(self, name: str) -> object:
        return worked_out(partial(attrgetter(name), self.there), self.size)


@dataclass(eq=False)
class _FurtherApart:
    """Answers to the names of Supplementary; each part is asked for once."""

    there: LookFurther
    size: int

    def __getattr__(self, name: str) -> Any:
        """A part that is not here yet."""
        if name not in _PARTS:
            raise AttributeError(name)
        made = vars(self.there)  # what came with the assessment
        self.__dict__[name] = (
            made[name] if name in made else worked_out(partial(attrgetter(name), self.there), self.size)
        )
        return self.__dict__[name]

    def all(self) -> Supplementary:
        """All of it, as it goes into a record."""
        return cast(Supplementary, worked_out(partial(methodcaller("all"), self.there), self.size))
