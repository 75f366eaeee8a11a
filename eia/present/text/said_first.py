"""Takes an Assessment; gives what is said before any answer: conventions of its own, and what so few people could show at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eia.case import Analysis
from eia.findings.assessment import Assessment
from eia.findings.core.family import CORE
from eia.findings.core.finding import Finding, Headcounts
from eia.findings.headlines import looked_at
from eia.findings.supplementary.selection_rounds import ByRound
from eia.present.text.numbers import how_often, people, whole
from eia.present.text.words import capital, group_name, in_words, plural
from eia.stats.multiplicity import holm
from eia.stats.sensitivity.minimum_detectable import DetectableDisparity

SMALL = 3.0
"""Where no group of the core would reliably show odds so many times as high, the first page says what could be seen."""


def said_first(assessment: Assessment) -> tuple[str, ...]:
    """Everything of the kind, in sentences; nothing where the conventions are the usual ones and there are people enough."""
    return (*conventions_told(assessment), *could_be_seen(assessment))


def conventions_told(assessment: Assessment) -> Iterator[str]:
    """The conventions that decide what is said, where the case has changed them."""
    ours, usual = assessment.case.analysis, Analysis()
    changed = ours.changed()
    if "alpha" in changed:
        than = "stricter" if ours.alpha < usual.alpha else "less strict"
        yield (
            f"This assessment is {than} than usual: a gap is clear where chance would do it once in {1 / ours.alpha:.0f} times or less often, not once "
            f"in {1 / usual.alpha:.0f}."
        )
    if "matters" in changed:
        yield f"In this assessment a gap matters from {ours.matters:g} times the odds, not {usual.matters:g} times."
    if ours.declared and ours.declared_on:
        dimension = assessment.cube.layout.dimensions.get(ours.declared)
        title = dimension.characteristic.title if dimension else ours.declared
        yield (
            f"{title} was declared on {ours.declared_on.day} {ours.declared_on:%B %Y} as what this assessment is most about. A smaller gap is "
            "enough there, and a larger one is needed elsewhere."
        )
        proposal = assessment.case.dates.proposal
        if proposal is None or ours.declared_on > proposal:
            yield "We do not know whether anybody had then seen who is selected."


def could_be_seen(assessment: Assessment) -> Iterator[str]:
    """The smallest gap that these pools could reliably show, where they could show only a very large one."""
    looked = [finding for finding in looked_at(assessment.under("selection")) if not finding.in_ranges]
    core = [one for one in looked if one.grounds and one.characteristic.key in CORE and one.group.kind == "answer"]
    seen = [(side.odds_ratio, side.people, finding) for finding in core if (side := _above(finding))]
    if not core or any(odds <= SMALL for odds, _, _ in seen):
        return
    pools = _pools(assessment, core)
    if not seen:
        yield f"{pools} are too few for any gap to show reliably, however large."
    else:
        _, number, finding = min(seen, key=lambda one: one[0])
        who = group_name(finding.characteristic, finding.group)
        yield f"{pools} can reliably show only a gap of about {plural(number, 'person', 'people')} or more. That is at best, for {who}."
        if any(one.level == "found" and one.tested and one.tested.excess < number for one in looked):
            yield "A smaller gap shows only sometimes. One that is clear is no less clear for that."
        if never := sum(_above(finding) is None for finding in looked):
            yield f"For {in_words(never)} of {plural(len(looked), 'group', 'groups')} no gap could show, however large."
    if rounds := [one for one in assessment.further.rounds if one.characteristic in CORE and one.result.looks > 1]:
        yield _added_up(assessment, rounds)
    else:
        yield "Figures of earlier rounds, added to these, would show more."


def _added_up(assessment: Assessment, rounds: Sequence[ByRound]) -> str:
    """The group of the core whose rounds, added up, are least like chance, allowing for the number of these groups. People can be at risk in several
    rounds: only those selected are counted, who are once each."""
    adjusted = holm([one.result.combined.midp for one in rounds])
    one = rounds[int(adjusted.argmin())]
    who, together = (
        group_name(assessment.cube.layout.dimensions[one.characteristic].characteristic, one.group),
        one.result.combined,
    )
    return (
        f"Over {in_words(one.result.looks)} rounds {people(together.observed)} {who} were selected; about {whole(together.expected)} would have been if "
        f"the cuts had fallen evenly. Chance would do this {how_often(float(adjusted.min()))}, counting the {plural(len(rounds), 'group', 'groups')} looked at."
    )


def _above(finding: Finding) -> DetectableDisparity | None:
    return finding.grounds.could_show.above if finding.grounds else None


def _pools(assessment: Assessment, core: Sequence[Finding]) -> str:
    """The pools that people are chosen from, how many people they hold and how many of these go, of the characteristic most people answered."""
    pools = plural(len(assessment.cube.layout.pools), "pool", "pools")
    there, gone = max(
        (finding.people.there, finding.people.selected or 0)
        for finding in core
        if isinstance(finding.people, Headcounts)
    )
    return f"{capital(pools)} of {people(there)} people with {people(gone)} to be selected"
