"""Holds the Assessment: everything that pages and documents are made from, and the ways an analyst looks at it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eia.case import Case, Question, changed
from eia.counts.cube import Cube
from eia.errors import EiaError, Fault, inert, quotable
from eia.findings.beside import Beside, Recorded
from eia.findings.compare import Since
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults
from eia.findings.legal.law_of_the_case import LawOfTheCase
from eia.findings.scenarios.baseline import Baseline
from eia.findings.scenarios.changes import Changes
from eia.findings.scenarios.tried import Tried, try_scenario
from eia.findings.supplementary.alternative_comparators import AlternativeComparison
from eia.findings.supplementary.by_chance import Bar, by_chance
from eia.findings.supplementary.look_further import Further
from eia.intake.intake_record import Intake, Source
from eia.process.leaving.absences import AbsenceTotals
from eia.process.leaving.notice import Notice
from eia.process.leaving.pension import PensionOnRedundancy
from eia.process.priority_counts import PriorityCounts
from eia.process.restructure import Restructure
from eia.process.staying.other_work import OtherWork
from eia.process.staying.pay_protection import ProtectedPay

if TYPE_CHECKING:
    import pandas
    from plotly.graph_objects import Figure

    from eia.present.documents.publishable import WrittenFigures
    from eia.present.documents.write_report import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSummary:
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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Assessment:
    """Everything that pages and documents are made from. The law is that of its day, as it was held when this was made.

    restructure: what the two lists of posts come to, where they are given. priority: None without a file of leave.
    notice: None where the case gives no day.
    pension, protection: None where the case names no pension scheme, or no policy of pay protection.
    other_work: None where no file tells of offers. absences: None without a file of them. beside: further checks, other comparators, changes.
    since: what changed since an earlier version; None where none is given.
    baseline: the people themselves, for trying more; None where there were only counts, or the assessment comes from a record, which holds nobody.
    """

    case: Case
    evidence: EvidenceSummary
    cube: Cube
    drawn: PermutationResults
    findings: tuple[Finding, ...]
    beside: Beside | Recorded
    restructure: Restructure | None
    priority: PriorityCounts | None
    notice: Notice | None
    pension: PensionOnRedundancy | None
    protection: ProtectedPay | None
    other_work: OtherWork | None
    absences: AbsenceTotals | None
    law: LawOfTheCase
    run: Run
    since: Since | None = None
    baseline: Baseline | None = None

    @property
    def mixed(self) -> bool:
        """Whether no pools were given, so that figures of who is selected mix jobs, and are never told as within a pool or a job."""
        return self.evidence.intake.one_pool

    @property
    def further(self) -> Further:
        """What stands beside the findings of who is selected within each pool."""
        return self.beside.further

    @property
    def otherwise(self) -> tuple[AlternativeComparison, ...]:
        """The findings with every other pool for comparison that the case names."""
        return self.beside.otherwise

    @property
    def changes(self) -> Changes | None:
        """What other rules would do; None without scores and scenarios."""
        return self.beside.changes

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every file that was read, the lists of posts last."""
        lists = self.restructure.intake.sources if self.restructure else ()
        return (*self.evidence.intake.sources, *lists)

    @property
    def files_hash(self) -> str:
        """The SHA-256 of the SHA-256 of every file that was read: the same only where the same files were read."""
        return hashlib.sha256("\n".join(source.sha256 for source in self.sources).encode()).hexdigest()

    def chances(self, finding: Finding) -> tuple[Bar, ...]:
        """What chance would give of the group of a finding, and what there is; nothing where that is not known here."""
        return self.beside.drawn(finding) if finding.permuted else by_chance(finding)

    def under(self, question: Question) -> tuple[Finding, ...]:
        """The findings of one question."""
        return tuple(finding for finding in self.findings if finding.question == question)

    def each_group(self) -> tuple[Finding, ...]:
        """One finding a group, for what is the same under every question: the people, and how their excess adds up."""
        return self.under(self.case.analysis.questions[0])

    def finding(self, question: Question, characteristic: str, group: str) -> Finding:
        """The finding of one group under one question. characteristic: its key, such as "disability", or its title.

        Raises EiaError that says what there is, where there is no such finding.
        """
        self._check_asked(question)
        key = self.characteristic(characteristic)
        there = {one.group.label: one for one in self.under(question) if one.characteristic.key == key}
        if group not in there:
            people = self.cube.tables[key].high.sum(axis=(1, 2)).tolist()
            groups = self.cube.layout.dimensions[key].groups
            sizes = dict(zip((one.label for one in groups), people, strict=True))
            raise _not_there(f"group of {key}", group, [label for label in there if quotable(label, sizes[label])])
        return there[group]

    def characteristic(self, name: str) -> str:
        """The key of a characteristic that was counted, from its key or its title.

        Raises EiaError that says which there are, where it is none of them.
        """
        dimensions = self.cube.layout.dimensions
        keys = {one.characteristic.title: key for key, one in dimensions.items()} | {key: key for key in dimensions}
        if name not in keys:
            raise _not_there("characteristic", name, dimensions)
        return keys[name]

    def _check_asked(self, question: Question) -> None:
        if question not in self.case.analysis.questions:
            raise _not_there("question", question, self.case.analysis.questions)

    def summary(self) -> str:
        """The questions in sentences, and the evidence in one table: text of at most 100 columns."""
        from eia.present.text.overview import summary

        return summary(self)

    def findings_frame(self, question: Question | None = None) -> pandas.DataFrame:
        """The findings of one question, or of all, as a data frame: :func:`eia.findings.frames.findings_frame` says what its columns are.

        ``attrs["notes"]`` says what these figures cannot tell.
        """
        from eia.findings.frames import findings_frame
        from eia.present.text.overview import notes

        if question is not None:
            self._check_asked(question)
        frame = findings_frame(self, question)
        frame.attrs["notes"] = notes(self)
        return frame

    def counts_frame(self) -> pandas.DataFrame:
        """Every count behind the findings as a data frame: :meth:`eia.counts.cube.Cube.to_frame` says what its columns are."""
        return self.cube.to_frame()

    def by_group(self, characteristic: str) -> pandas.DataFrame:
        """The groups of a characteristic as a data frame: :func:`eia.findings.frames.by_group` says what its columns are.

        ``attrs["notes"]`` says how many people have no known answer, and what these figures cannot tell.
        """
        from eia.findings.frames import by_group
        from eia.present.text.overview import left_out_note, notes

        key = self.characteristic(characteristic)
        frame = by_group(self, key)
        frame.attrs["notes"] = (*left_out_note(frame), *notes(self))
        return frame

    def contrasts_frame(self) -> pandas.DataFrame:
        """How far each group's marks, pay and waits lie from everyone else's: :func:`eia.findings.frames.contrasts_frame` says what its
        columns are. It changes no level."""
        from eia.findings.frames import contrasts_frame

        return contrasts_frame(self.further)

    def scenario(self, name: str = "", **change: Any) -> Tried:
        """Try a change of the rule: one that the case names, or one given by its keys, such as ``without=["Attendance"]``.

        change: the keys of :class:`eia.case.Scenario`. The result has ``summary()`` and ``to_frame()``; it holds counts, and nobody.

        Raises EiaError with everything in it that the files do not have, and where there are no people to try it on.
        """
        if self.baseline is None:
            raise EiaError(Fault(code="no-people-to-try", what="A change cannot be tried: there are counts alone, or this comes from a record.",
                                 allowed="an assessment of people, with scores", do="Assess the files again."))  # fmt: skip
        scenarios = self.case.scenarios
        if not change and name not in scenarios:
            raise _not_there("scenario", name, scenarios)
        made = changed(self.case, scenarios={name or "A change": change}).scenarios if change else scenarios
        return try_scenario(self.baseline, name or "A change", made[name or "A change"])

    def plot(self, question: Question) -> Figure:
        """The chart of a question, as the dashboard shows it, of every group.

        Raises EiaError where there is nothing to draw.
        """
        from eia.present.charts.from_assessment import figure as chart_of
        from eia.present.charts.plotly_figures import figure
        from eia.present.text.mixed import as_told

        self._check_asked(question)
        chart = as_told(self, chart_of(self, question))
        if chart is None:
            raise EiaError(
                Fault(code="nothing-to-plot", what=f"There is no chart of {question}: nothing was tested, or no gap is as large as one person.",
                      allowed="a question of which something can be said", do="Read `summary()`: it says what can be said, and why.")
            )  # fmt: skip
        return figure(chart)

    def report(self, folder: str | os.PathLike[str], only: Collection[str] = ()) -> Written:
        """Write the documents into a folder, which is made when it is not there; all of them, or those named. Raises EiaError where it cannot
        be written to."""
        from eia.present.documents.write_report import write_report

        return write_report(self, folder, only)

    def publish(
        self,
        folder: str | os.PathLike[str],
        *,
        rules: str = "default",
        reason: str = "",
        by_unit: bool = False,
        earlier: Iterable[str | os.PathLike[str]] = (),
    ) -> WrittenFigures:
        """Write the figures that may be published into a folder: :func:`eia.publish` says what it takes."""
        from eia.present.documents.publishable import publish

        return publish(self, folder, rules=rules, reason=reason, by_unit=by_unit, earlier=earlier)

    def bundle(
        self,
        path: str | os.PathLike[str],
        *,
        after: str | os.PathLike[str] | None = None,
        publishable: str | os.PathLike[str] | None = None,
    ) -> str:
        """Write the bundle of this version, a zip, and give its SHA-256. after: the bundle of the version before. publishable: the folder that
        ``publish`` wrote, to go in too.

        Raises EiaError where one of these is not what it should be, and where the bundle cannot be written.
        """
        from eia.present.bundle.write_bundle import write_bundle

        return write_bundle(self, path, after=after, publishable=publishable)

    def __repr__(self) -> str:
        """What was read, and the levels under each question: a few lines, and never the data."""
        from eia.present.text.overview import short

        return short(self)

    def _repr_html_(self) -> str:
        """The same as a notebook shows it, with the answers and the table of the evidence."""
        from eia.present.documents.html import overview_html
        from eia.present.text.overview import overview

        return overview_html(overview(self))


def _not_there(kind: str, asked: str, there: Iterable[str]) -> EiaError:
    return EiaError(
        Fault(code="not-in-the-assessment", what=f"This assessment has no {kind} “{inert(str(asked))}”.",
              allowed=", ".join(inert(one) for one in there) or "none", do="Use one of these names, letter for letter.")
    )  # fmt: skip
