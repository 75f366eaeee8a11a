"""Takes an Assessment; gives the Figures of its confidential edition: every number as it was counted."""

from __future__ import annotations

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.gaps import Gap, chosen, gaps, totals
from eia.findings.headlines import pools_without_choice
from eia.findings.supplementary.score_gaps import ScoresLook
from eia.present.documents.model import Table, heads
from eia.present.figures.gap_told import shown_gap, shown_gaps
from eia.present.figures.impacts import exact_row, impacts
from eia.present.figures.left_out import alternatives_table, criteria_left_out
from eia.present.figures.model import Figures
from eia.present.figures.unknowns import cannot_say_of, groups_looked_at, silent_groups, unknowns
from eia.present.sections.extras.clear_steps import clear_steps_named, clear_steps_told
from eia.present.sections.extras.scores import marks
from eia.present.text.evidence import levels_counted
from eia.present.text.narrative import CONFIDENTIAL
from eia.present.text.numbers import how_often, people
from eia.present.text.open_questions import questions_told
from eia.present.text.said_first import said_first
from eia.present.text.supplementary import characteristic_of
from eia.present.text.words import REASONS, capital, group_name, in_words, plural
from eia.process.restructure import Restructure


def exact(assessment: Assessment) -> Figures:
    """Everything that a document may say to those entitled to the figures."""
    numbers, found = totals(assessment), gaps(assessment)
    look = assessment.further.scores
    return Figures(
        edition="confidential",
        notice=CONFIDENTIAL,
        guesses=questions_told(assessment.evidence.intake),
        first=said_first(assessment),
        staff=_known(numbers.staff),
        at_risk=_known(numbers.at_risk),
        selected=_known(numbers.selected),
        leave=_known(numbers.leave),
        volunteers=people(numbers.volunteers) if numbers.volunteers else "",
        redeployed=people(numbers.redeployed) if numbers.redeployed else "",
        later=clear_steps_told(assessment),
        later_named=clear_steps_named(assessment),
        pools=numbers.pools,
        choice=_without_choice(assessment),
        gaps=shown_gaps(assessment),
        chosen=tuple(shown_gap(assessment, gap) for gap in chosen(assessment)),
        no_gap=no_gap(assessment),
        chance=chance(found),
        levels={question: _levels(assessment, question) for question in assessment.case.analysis.questions},
        rows=tuple(map(exact_row, impacts(assessment))),
        rows_note="On page one a gap within pools leaves out pools without a choice.",
        unknowns=unknowns(assessment),
        missing=_missing(assessment),
        reading=("Whole people are shown, rounded where a number is an estimate.",),
        priority=_priority(assessment),
        scored=_scored(look) if look else "",
        criteria=_largest(assessment, look) if look else {},
        left_out=criteria_left_out(assessment),
        alternatives=alternatives_table(assessment),
        jobs=jobs_table(assessment.restructure) if assessment.restructure else None,
    )  # fmt: skip


def _known(number: int | None) -> str | None:
    return None if number is None else people(number)


def _without_choice(assessment: Assessment) -> str:
    """In how many pools everybody is selected, and in how many nobody: what the proposal says of pools can be otherwise."""
    everybody, nobody = pools_without_choice(assessment)
    known = [(who, people(number)) for who, number in (("Everybody", everybody), ("Nobody", nobody)) if number]
    if not known or assessment.mixed or not assessment.cube.chosen:
        return ""
    (first, number), *other = known
    also = "".join(f", and {who.lower()} in {rest}" for who, rest in other)
    return f"{first} is selected in {number} of these pools{also}."


def no_gap(assessment: Assessment) -> str:
    """What is said where no group is named."""
    if not any(finding.stated or finding.test for finding in assessment.findings):
        return "Nothing could be compared. The next part says why."
    said = "No group shows a clear gap, and none adds up to five people or more."
    if not (silent := silent_groups(assessment)):
        return said
    looked = len(groups_looked_at(assessment))
    who = f"{people(len(silent))} of {people(looked)}" if len(silent) < looked else "all" if looked > 1 else "the one"
    return f"For {who} {'groups' if looked > 1 else 'group looked at'} {cannot_say_of(assessment)}. {said}"


def chance(found: tuple[Gap, ...]) -> str:
    """How often chance would do what the clear gaps show, in one clause."""
    clear = [gap.finding.adjusted_p for gap in found if gap.evidence == 2]
    if not clear:
        return ""
    often = how_often(max(clear))
    rarer = ", or less often" if len(clear) > 1 and not often.startswith("less") else ""
    return (
        f"Chance would do this {often}{rarer}."
        if len(clear) == 1
        else f"Chance would do each of the clear gaps {often}{rarer}."
    )


def _levels(assessment: Assessment, question: Question) -> str:
    """How many groups show what under a question, or why none was tested."""
    findings = assessment.under(question)
    if findings and all(finding.level == "not_tested" for finding in findings):
        return f"Chance was not tested: {REASONS[findings[0].reasons[0]]}."
    return levels_counted(findings)


def _missing(assessment: Assessment) -> tuple[tuple[str, ...], ...]:
    """How many people have no known answer, a row for each characteristic: who preferred not to say, of whom nothing is recorded, and of how many."""
    rows = []
    for key, dimension in assessment.cube.layout.dimensions.items():
        if key == "contract_short":  # the same people as contract, some left out
            continue
        counts = assessment.cube.tables[key].low.sum(axis=(1, 2)).tolist()
        kinds = dict.fromkeys(("declined", "not recorded"), 0)
        for group, count in zip(dimension.groups, counts, strict=True):
            if group.kind in kinds:
                kinds[group.kind] += count
        if any(kinds.values()):
            rows.append((capital(dimension.characteristic.title), *map(people, (*kinds.values(), sum(counts)))))
    return tuple(rows)


def _priority(assessment: Assessment) -> str:
    """How many people must be offered a suitable vacancy before others."""
    if not (found := assessment.priority) or not found.with_priority:
        return ""
    who = f"{capital(in_words(found.with_priority))} {'person' if found.with_priority == 1 else 'people'}"
    return f"{who} must be offered any suitable vacancy first, because of pregnancy or family leave."


def _scored(look: ScoresLook) -> str:
    """How many were scored, and who was selected in spite of a higher total."""
    said = f"{plural(look.scored, 'person was', 'people were')} scored (annex, C6)."
    if above := sum(order.above for order in look.orders):
        said += f" {plural(above, 'person was', 'people were')} selected with a higher total than somebody retained in the same pool. Write below what decided instead."
    return said


def _largest(assessment: Assessment, look: ScoresLook) -> dict[str, str]:
    """The group that each criterion puts furthest below others, by its name."""
    told: dict[str, str] = {}
    for gap in look.apart(assessment.case.analysis.alpha):
        if gap.criterion:
            who = group_name(characteristic_of(assessment, gap.characteristic), gap.group)
            told.setdefault(gap.criterion, f"{capital(who)}: {marks(gap.mean)} on average, {marks(-gap.contrast.estimate)} lower than others in the same pools")  # fmt: skip
    return told


def jobs_table(made: Restructure) -> Table:
    """Jobs now and proposed, in all and by hours: four rows at most."""
    total = made.total
    rows = [("All jobs", *map(people, (total.now, total.lost, total.gained, total.proposed)))]
    rows += [
        (
            capital(change.label) or "Hours not given",
            *map(people, (change.now, change.lost, change.gained, change.proposed)),
        )
        for change in made.changes.get("hours", ())
    ]
    return Table(
        title="Jobs now and proposed",
        columns=heads("Jobs", "Now", "Lost", "New", "Proposed"),
        rows=tuple(rows[:4]),
        notes=(
            "Each job is counted by itself, so that a new one does not hide one that is lost. By grade: annex, C3.",
        ),
    )
