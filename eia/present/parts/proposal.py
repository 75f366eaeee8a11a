"""Takes an Assessment and its Figures; gives sections 1 to 3 of the draft: about this assessment, the proposal, who is affected."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.findings.compare import Since
from eia.law.lookup import written
from eia.present.documents.model import Answer, Block, Facts, Heading, Paragraph, Table, heads
from eia.present.figures.model import Figures
from eia.present.parts.changed import changed, changes_told
from eia.present.sections.comparison import MOVED
from eia.present.text.words import plural

OFFICER, DECIDES = "lead officer", "whoever decides"


def about(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 1: version, stage, days; who decides, and what changed since the last version."""
    case, run = assessment.case, assessment.run
    deciders = tuple(dict.fromkeys(decision.by for decision in case.decisions.values()))
    confidential = figures.edition == "confidential"
    since = assessment.since if confidential else None  # it tells exact numbers
    hashes = (
        ("Case", "Files") if confidential else ("Case",)
    )  # from the hash of a small file its numbers could be guessed
    yield Heading("1 About this assessment", 2, "about")
    yield Facts(
        tuple(
            (name, value) for name, value in (
                ("Employer", case.employer.name or "Not given"),
                ("Made on", written(run.when.date())),
                ("Staff records of", written(case.dates.extract) if case.dates.extract else "Day not given"),
                ("Stage", "After people were selected" if assessment.cube.chosen else "Before anybody is selected"),
                ("Consultation opens", written(case.consultation.begins) if case.consultation.begins else "Day not given"),
                ("Who decides", "; ".join(deciders)),
            ) if value
        )
    )  # fmt: skip
    yield Table(
        title="Versions of this assessment",
        columns=heads("Version", "Date", *hashes, "What changed", words=("Date", *hashes, "What changed")),
        rows=tuple(_versions(assessment, since, files=confidential)),
        notes=(
            f"{' and '.join(hashes)}: the beginning of a hash. It differs where {'a choice or a file' if confidential else 'a choice'} is not the same.",
        ),
    )
    yield from changed(since)
    if not deciders:
        yield Answer("Who decides, and when they read this", "Name the person or body. Give the day on which they read this version.", DECIDES, "the decision")  # fmt: skip


def _versions(assessment: Assessment, since: Since | None, *, files: bool) -> Iterator[tuple[str, ...]]:
    """The version that is read, and the one before where it is known and may be told of. files: whether the hash of the files is told."""
    run = assessment.run
    if assessment.since is None:
        said = "No earlier version was given"
    elif since is None:
        said = "To write: what changed since the last version"
    elif changes_told(since):
        said = "To write: why. What changed in the figures is below"
    else:
        said = f"No gap opened, went or moved by {MOVED} people or more"
    yield (
        "This one",
        written(run.when.date()),
        run.case_hash[:12],
        *((assessment.files_hash[:12],) if files else ()),
        said,
    )
    if since:
        yield "The one before", written(since.when.date()), since.case_hash[:12], since.files_hash[:12], "–"


def proposal(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 2: the aim, in the employer's words; jobs now and proposed."""
    begins = assessment.case.consultation.begins
    by = "the decision" if begins and begins <= assessment.run.when.date() else "consultation"
    yield Heading("2 The proposal", 2, "proposal")
    yield Answer("Aim and reason", "What is this meant to achieve, and why now? What happens if nothing is done?", OFFICER, by)  # fmt: skip
    yield Answer("Money", "How much would it save, by when, and how was that worked out?", OFFICER, by)  # fmt: skip
    if figures.jobs:
        yield figures.jobs


def affected(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 3: staff by the tool; service users by people."""
    yield Heading("3 Who is affected", 2, "affected")
    said = (
        [f"There {'is' if figures.pools == 1 else 'are'} {plural(figures.pools, 'pool', 'pools')}."]
        if not assessment.mixed
        else []
    )
    if figures.staff is not None and figures.at_risk is not None:
        said.insert(0, f"The file has {figures.staff} staff, and {figures.at_risk} of them are at risk.")
    if figures.selected is not None:
        done = "are selected" if assessment.cube.chosen else "are to be selected"
        said.append(f"{figures.selected} people {done}{figures.see('C3')}.")
    yield Paragraph(" ".join(said))
    yield Answer("Service users; agency, casual and contracted staff", "Who uses these services, and how would the cut affect them, by the same characteristics? Who else works here?", OFFICER, "the decision")  # fmt: skip
