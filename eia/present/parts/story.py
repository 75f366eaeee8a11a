"""Takes an Assessment and the findings of one group; gives its story in words and shares: who, how many at each stage, how sure, what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding, Headcounts
from eia.findings.frames import numbers
from eia.present.documents.model import Table, tabulated
from eia.present.text.evidence import NO_CHANCE, ruled_out
from eia.present.text.numbers import limit, people, pvalue, ratio
from eia.present.text.words import LEVELS, QUESTIONS, REASONS, capital, group_name
from eia.stats.results import Split

DOTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of those at one stage are of the group. whole: whether a dot is a person, and not one in a hundred."""

    stage: str
    part: float
    of: float

    @property
    def whole(self) -> bool:
        """Whether a dot is a person."""
        return 1 < self.of <= DOTS

    @property
    def dots(self) -> tuple[int, int]:
        """Dots of the group, and all dots.

        >>> Share(stage="Selected", part=287, of=325).dots, Share(stage="Selected", part=3, of=50).dots
        ((88, 100), (3, 50))
        """
        return (round(self.part), round(self.of)) if self.whole else (round(DOTS * self.part / self.of), DOTS)

    @property
    def says(self) -> str:
        """The same in words."""
        on, all_dots = self.dots
        return f"{people(self.part)} of {people(self.of)}" if self.of > 1 else f"{on} in {all_dots}"


def shares(findings: Sequence[Finding]) -> tuple[Share, ...]:
    """The group in the workforce, among those at risk and among those selected, as far as it is known exactly."""
    return tuple(share for share in _shares(findings[0]) if share.of)


def _shares(finding: Finding) -> Iterator[Share]:
    counted, split = finding.people, finding.split
    if not isinstance(counted, Headcounts):
        return
    if counted.workforce and counted.group_workforce is not None:
        yield Share(stage="Workforce", part=counted.group_workforce, of=counted.workforce)
    yield Share(stage="At risk", part=counted.group_in_scope, of=counted.in_scope)
    if isinstance(split, Split) and split.group_selected is not None:
        yield Share(stage="Selected", part=split.group_selected, of=split.selected)


def title(findings: Sequence[Finding]) -> str:
    """The people of the group, as a title."""
    return capital(group_name(findings[0].characteristic, findings[0].group))


def not_fitting(findings: Sequence[Finding]) -> tuple[str, ...]:
    """What can be ruled out, and what cannot, a line a question."""
    return tuple(f"{QUESTIONS[one.question]} {told}" for one in findings if (told := ruled_out(one)))


def no_chances(finding: Finding) -> str:
    """Why there is no picture of what chance would give, in a sentence."""
    if finding.in_ranges:
        return "There is no picture of chance: some counts are ranges."
    if finding.reasons and (finding.level == "not_tested" or NO_CHANCE.intersection(finding.reasons)):
        return f"There is no picture of chance: {REASONS[finding.reasons[0]]}."
    return "There is no picture of chance: a saved assessment holds no people to draw from. Open its files to see it."


def statistics(assessment: Assessment, findings: Sequence[Finding]) -> Table:
    """The statistics of the group, a row a question."""
    level = f"{100 * assessment.case.analysis.level:g}% interval"
    told = [(one, numbers(one)) for one in findings]
    return tabulated(
        f"The statistics: {group_name(findings[0].characteristic, findings[0].group)}",
        told,
        {
            "Question": lambda one: QUESTIONS[one[0].question],
            "Odds ratio": lambda one: _known(one[1], "odds_ratio"),
            level: lambda one: (
                f"{limit(one[1]['ci_low'])} to {limit(one[1]['ci_high'])}" if "ci_low" in one[1] else "–"
            ),
            "p, this group alone": lambda one: pvalue(one[1]["p_midp"]) if "p_midp" in one[1] else "–",
            "p, all groups": lambda one: pvalue(one[0].adjusted_p),
            "Evidence": lambda one: LEVELS[one[0].level],
        },
        words=("Evidence",),
    )


def _known(given: Mapping[str, float], name: str) -> str:
    return ratio(given[name]) if name in given else "–"
