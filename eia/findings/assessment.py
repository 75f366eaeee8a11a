"""Takes the evidence and the case; gives the Assessment: the whole pipeline on one page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

import eia
from eia.case import Case, Question
from eia.counts.cube import Cube, count, cube_axes
from eia.counts.from_count_table import from_count_table, with_whole_workforce
from eia.counts.stages import choosing
from eia.findings.core.comparisons import comparisons, counted_exactly
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults, permutation_results
from eia.findings.core.questions import findings
from eia.findings.legal.applicable_law import refuse_before_the_law
from eia.findings.legal.law_of_the_case import LawOfTheCase, with_law
from eia.findings.supplementary.alternative_comparators import (
    AlternativeComparison,
    alternative_comparisons,
    alternative_permutations,
)
from eia.findings.supplementary.look_further import Supplementary, supplementary
from eia.intake.counts.load_counts import CountedWorkforce
from eia.intake.extras.post_lists import PostLists
from eia.intake.intake_record import Intake
from eia.intake.workforce import Workforce, outcomes_of
from eia.process.priority_counts import PriorityCounts, priority_counts
from eia.process.restructure import Restructure, restructure


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The evidence in a few numbers.

    people: everybody in the file; None for counts, where each characteristic has its own total. in_pools: those in a
    pool. fte: full-time equivalents. outcomes: people by outcome; empty while nobody has been chosen. intake: what was
    read and what was done to it.
    """

    people: int | None
    in_pools: int | None
    fte: float | None
    outcomes: tuple[tuple[str, int], ...]
    intake: Intake


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How this assessment was made: version of eia, when, and the hash of the case. The files' hashes are in the intake."""

    version: str
    when: dt.datetime
    case_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything that pages and documents are made from. The law is that of its day, as it was held when this was made.

    restructure: what the two lists of posts come to, where they are given. priority: None without a file of leave.
    """

    case: Case
    summary: Summary
    cube: Cube
    drawn: PermutationResults
    findings: tuple[Finding, ...]
    otherwise: tuple[AlternativeComparison, ...]
    further: Supplementary
    restructure: Restructure | None
    priority: PriorityCounts | None
    law: LawOfTheCase
    run: Run

    def under(self, question: Question) -> tuple[Finding, ...]:
        """The findings of one question."""
        return tuple(finding for finding in self.findings if finding.question == question)

    def each_group(self) -> tuple[Finding, ...]:
        """One finding a group, for what is the same under every question: the people, and how their excess adds up."""
        return self.under(self.case.analysis.questions[0])


def assess(
    evidence: Workforce | CountedWorkforce,
    case: Case,
    *,
    whole_workforce: CountedWorkforce | None = None,
    structure: PostLists | None = None,
    when: dt.datetime | None = None,
) -> Assessment:
    """Assess a proposal.

    Parameters
    ----------
    evidence: a checked workforce, one row a person; or a checked table of counts.
    case: the choices.
    whole_workforce: counts or shares of the whole workforce, where the evidence holds only people in pools.
    structure: the posts now and as proposed.
    when: the time stamp of the run; now by default.

    Raises
    ------
    EiaError where the case and the evidence do not fit each other, and for a proposal older than the law held here.

    >>> from eia.intake.files.raw_table import read_table
    >>> from eia.intake.people.load import load_people
    >>> rows = "F,A,yes\\nF,A,yes\\nM,A,no\\nM,A,no\\nF,,\\nM,,\\n"
    >>> staff = load_people(read_table(f"sex,pool,selected\\n{rows}".encode(), name="staff.csv"), Case())
    >>> women = assess(staff, Case()).findings[-2]
    >>> women.question, women.group.label, women.split.selection, women.level
    ('selection', 'Female', 1.0, 'cannot tell')
    """
    refuse_before_the_law(case)
    workforce = evidence if isinstance(evidence, Workforce) else None
    if isinstance(evidence, Workforce):
        cube = count(evidence.frame, cube_axes(evidence, case))
    else:
        cube = from_count_table(evidence, case)
    if whole_workforce is not None:
        cube = with_whole_workforce(cube, whole_workforce)
    people = workforce.frame if workforce else None
    chosen = choosing(people, cube.layout, case.stages) if people is not None else None
    compared = comparisons(cube, case)
    exact = counted_exactly(compared)
    drawn = permutation_results(exact, cube, case, people, chosen)
    when = when or dt.datetime.now(dt.UTC).replace(microsecond=0)
    found, law = with_law(findings(compared, cube, case, drawn), case, today=when.date())
    return Assessment(
        case=case,
        summary=_summary(evidence, cube),
        cube=cube,
        drawn=drawn,
        findings=found,
        otherwise=alternative_comparisons(cube, case, alternative_permutations(cube, case, people)),
        further=supplementary(workforce, chosen, cube, case, exact, drawn, found),
        restructure=restructure(structure, workforce, case) if structure else None,
        priority=priority_counts(workforce, case) if workforce else None,
        law=law,
        run=Run(version=eia.__version__, when=when, case_hash=case.hash),
    )


def _summary(evidence: Workforce | CountedWorkforce, cube: Cube) -> Summary:
    if isinstance(evidence, CountedWorkforce):
        return Summary(people=None, in_pools=None, fte=None, outcomes=(), intake=evidence.intake)
    outcomes: tuple[tuple[str, int], ...] = ()
    if (outcome := outcomes_of(evidence.frame)) is not None:
        sizes = np.bincount(outcome, minlength=len(cube.layout.outcomes)).tolist()
        outcomes = tuple(zip(cube.layout.outcomes, sizes, strict=True))
    return Summary(
        people=evidence.people,
        in_pools=int(evidence.frame["pool"].notna().sum()),
        fte=evidence.fte,
        outcomes=outcomes,
        intake=evidence.intake,
    )
