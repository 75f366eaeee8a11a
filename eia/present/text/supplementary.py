"""Takes an Assessment; gives the sentences on what stands beside its findings: age as a number, overlaps, and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eia.findings.assessment import Assessment
from eia.findings.supplementary.adjusted_comparisons import AdjustedComparison
from eia.findings.supplementary.age import Age
from eia.findings.supplementary.intersections import Intersection
from eia.findings.supplementary.selection_rounds import ByRound
from eia.present.sections.law import amount, citation
from eia.present.text.numbers import expected, how_often, in_cases, interval, people, ratio, whole
from eia.present.text.words import LEVELS, adjuster_name, capital, group_name, is_, listed, more_or_fewer, plural
from eia.stats.permutation.age_thresholds import AgeThreshold
from eia.vocabulary.characteristics import Characteristic

NO_ROUTE = "An overlap says where a gap is felt most. The law has no rule for overlaps by themselves."
CHANGES_NOTHING = (
    "Allowing for other things never changes the evidence level: what is allowed for may itself be unequal."
)


def no_route(assessment: Assessment) -> str:
    """What an overlap is in law: nothing by itself, and where the law says something of combinations, what that is."""
    combined = [rule for rule in assessment.law.applies.general if rule.key == "combined_discrimination"]
    return " ".join([*(f"{amount(rule)} ({citation(rule)})" for rule in combined), NO_ROUTE])


def supplementary_told(assessment: Assessment) -> tuple[str, ...]:
    """What stands beside the findings of who is selected within each pool, in sentences, the most telling first."""
    return tuple(_told(assessment))


def _told(assessment: Assessment) -> Iterator[str]:
    further = assessment.further
    yield from age_told(assessment)
    if further.intersections and further.intersections.searched:
        yield from _overlaps(assessment)
    for one in further.allowed:
        yield _allowed(assessment, one)
    yield from (_rounds(assessment, one) for one in _lasting(further.rounds))


def age_told(assessment: Assessment) -> Iterator[str]:
    """What age as a number shows: the trend, and the age at which old and young differ most."""
    age = assessment.further.age
    if age and age.trend.informative_pools:
        yield _trend(age)
        if age.cuts.best:
            yield _best_cut(age, age.cuts.best)


def _trend(age: Age) -> str:
    trend = age.trend
    gap = trend.mean_selected - trend.expected_mean
    older = "older" if gap > 0 else "younger"
    told = {
        "found": f"Clear gap: {older} people go more often. Chance would do this {how_often(age.adjusted_p)}, counting every group looked at.",
        "stands_out": f"Stands out: {older} people go more often. On its own, chance would do this {how_often(age.own_p)}.",
        "cannot_say": "No trend stands out. An average can hide what happens at some ages, which the bands show.",
    }.get(age.level, f"{LEVELS[age.level]}.")
    return (
        f"Age as a number: those selected are {trend.mean_selected:.1f} years old on average. If the cuts fell evenly within each pool it would "
        f"be {trend.expected_mean:.1f}. {told}"
    )


def _best_cut(age: Age, cut: AgeThreshold) -> str:
    selected = sum(cut.group_selected)
    return (
        f"Older and younger people differ most at the age of {cut.age}: {people(selected)} people aged {cut.age} or older are selected. If the "
        f"cuts fell evenly within each pool, about {whole(selected - cut.excess)} would be. Found by searching every age from {age.cuts.searched[0]} to "
        f"{age.cuts.searched[-1]}: chance shows as much at some age {in_cases(age.cuts.pvalue)}."
    )


def _overlaps(assessment: Assessment) -> Iterator[str]:
    found = assessment.further.intersections
    if found is None:
        return
    searched = (
        f"{plural(found.searched, 'overlap', 'overlaps')} of groups (such as women over 55) with 10 people or more"
    )
    if not found.reported:
        yield f"Of {searched}, none stands out beyond what its groups show by themselves."
        return
    for overlap in found.reported[:3]:
        yield (
            f"{capital(_overlap_name(assessment, overlap))}: {people(overlap.test.observed)} of {people(overlap.test.group_people)} selected "
            f"where {expected(overlap.test.expected)} would be expected ({more_or_fewer(overlap.test.excess)}). Found by searching {searched}: "
            f"p {is_(overlap.adjusted_p)} allowing for all of them. {no_route(assessment)}"
        )


def _overlap_name(assessment: Assessment, overlap: Intersection) -> str:
    names = [group_name(characteristic_of(assessment, key), group) for key, group in overlap.parts]
    return " who are also ".join(names)


def _allowed(assessment: Assessment, one: AdjustedComparison) -> str:
    who = group_name(characteristic_of(assessment, one.characteristic), one.group)
    if not one.allowing:
        return f"{capital(who)}: nothing that the case names varies inside pools, so there is nothing to allow for."
    named = listed([adjuster_name(name) for name in one.allowing])
    before, after = one.result.before, one.result.after
    if after.estimate != after.estimate:
        return f"{capital(who)}: cannot be told apart from {named} inside pools."
    return (
        f"{capital(who)}, allowing for {named}: odds ratio {ratio(after.estimate)} ({interval(after.interval)}), and {ratio(before.estimate)} "
        f"({interval(before.interval)}) without. {CHANGES_NOTHING}"
    )


def _lasting(rounds: Sequence[ByRound]) -> list[ByRound]:
    """Groups hit in the same direction in every round that could tell, and that stand out once the rounds are added up."""
    return [
        one
        for one in rounds
        if one.result.looks > 1
        and one.result.same_direction_rounds == one.result.looks
        and one.result.combined.midp <= 1 - one.result.level
    ]


def _rounds(assessment: Assessment, one: ByRound) -> str:
    who, combined = group_name(characteristic_of(assessment, one.characteristic), one.group), one.result.combined
    way = "more" if combined.excess > 0 else "fewer"
    return (
        f"{capital(who)}: {way} than expected in each of {plural(one.result.looks, 'round', 'rounds')} that could tell; added up, "
        f"{more_or_fewer(combined.excess)} (p {is_(combined.midp)}, taken alone). A gap that is small each time and never turns is worth a question."
    )


def characteristic_of(assessment: Assessment, key: str) -> Characteristic:
    """The characteristic of a key, built in or the case's own."""
    return assessment.cube.layout.dimensions[key].characteristic
