"""Takes an Assessment; gives what we do not know, in short sentences, and what has to be said once in every document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.findings.gaps import Gap, gaps
from eia.findings.headlines import MUCH_MISSING, LimitKey, at_level, limits, looked_at
from eia.present.text.numbers import people, whole
from eia.present.text.words import in_words, listed, plural

EVIDENCE = "A gap is evidence, not proof. The figures do not say why it arose."
TOO_FEW = "“Too few to say” is not “no impact”."
_MANY = 4
_WHERE: Mapping[Question, str] = {
    "scope": "in which jobs are at risk",
    "spread": "in which pools lose most",
    "selection": "within the pools",
}
_SHORT: Mapping[LimitKey, str] = {
    "nobody chosen yet": "We do not know who would be selected within each pool: nobody has been selected yet.",
    "to go not known": "We do not know how many would be selected from each pool.",
    "posts not given": "We cannot say whether chance could put these jobs at risk: the file does not say who shares a post.",
    "no rest of the workforce": "We cannot say which jobs were put at risk: the file has only people in pools.",
    "one pool": "We do not know how people compare within each job: no pools were given.",
    "everyone goes": "In {pools} everybody is selected: there was no choosing.",
    "counts only": "We cannot say how groups overlap: these are counts, not people.",
    "numbers to go differ": "The number proposed differs by {number} from volunteers and people selected together. We do not know why.",
}
WITH_NUMBERS: frozenset[LimitKey] = frozenset({"everyone goes", "numbers to go differ"})
"""Limits that are told with a number of people or pools."""


def unknowns(assessment: Assessment) -> tuple[str, ...]:
    """What these figures cannot tell, that which bears on the gaps first."""
    return tuple(dict.fromkeys((*_answers(assessment), *_too_few(assessment), *limits_told(assessment))))


def limits_told(assessment: Assessment, but: Collection[LimitKey] = ()) -> Iterator[str]:
    """What the evidence lacks, without some of it."""
    for limit in limits(assessment):
        if limit.key == "not in the file":
            yield _absent(limit.names)
        elif limit.key in _SHORT and limit.key not in but:
            yield _SHORT[limit.key].format(
                number=people(abs(limit.number)), pools=plural(limit.number, "pool", "pools")
            )


def not_known(title: str, missing: float, everyone: float) -> str:
    """Of how many at risk the answer is not known."""
    return (
        f"We do not know the answer on {title.lower()} for {people(missing)} of the {people(everyone)} people at risk."
    )


def missing_answers(assessment: Assessment) -> Iterator[tuple[Gap, int, int]]:
    """How many at risk have no known answer, and how many are at risk, of each group with a clear gap; of the first two, where none is. Only
    where they are many."""
    found = gaps(assessment)
    for gap in [one for one in found if one.evidence] or found[:2]:
        missing, everyone = _at_risk(assessment, gap.finding)
        if missing and missing >= MUCH_MISSING * everyone:
            yield gap, missing, everyone


def _answers(assessment: Assessment) -> Iterator[str]:
    """The answers that are missing, and what they could make of a gap."""
    for gap, missing, everyone in missing_answers(assessment):
        finding = gap.finding
        said = not_known(finding.characteristic.title, missing, everyone)
        if gap.step == "selection" and finding.grounds and (unknown := finding.grounds.unknown):
            low, high = round(unknown.least.excess), round(unknown.most.excess)
            fewest = f"{people(-low)} fewer" if low < 0 else "none" if low == 0 else people(low)
            measured = f" We measured a gap of {whole(finding.tested.excess)}." if finding.tested else ""
            said += f"{measured} The true gap could be anything from {fewest} to {people(high)}{' more' if low < 0 else ''}. Neither end is likely."
        yield said


def _at_risk(assessment: Assessment, finding: Finding) -> tuple[int, int]:
    """People at risk whose answer is not known, and all of them, at the most."""
    key = finding.characteristic.key
    groups = assessment.cube.layout.dimensions[key].groups
    counts = assessment.cube.by_pool(key).high[:, :-1].sum(axis=(1, 2)).tolist()
    missing = (count for group, count in zip(groups, counts, strict=True) if group.kind in ("declined", "not recorded"))
    return sum(missing), sum(counts)


def groups_looked_at(assessment: Assessment) -> tuple[Finding, ...]:
    """The groups that are counted under the last question."""
    return looked_at(assessment.under(_last(assessment)))


def silent_groups(assessment: Assessment) -> tuple[Finding, ...]:
    """The groups of whom nothing can be said under the last question: as many as are counted wherever its answers are."""
    return at_level(groups_looked_at(assessment), "cannot_say")


def cannot_say_of(assessment: Assessment) -> str:
    """Of what nothing can be said of these groups."""
    return f"we cannot say whether there is a gap {_WHERE[_last(assessment)]}"


def _last(assessment: Assessment) -> Question:
    return assessment.case.analysis.questions[-1]


def _too_few(assessment: Assessment) -> Iterator[str]:
    """The same as a number."""
    if silent := silent_groups(assessment):
        groups = f"{in_words(len(silent))} {'group' if len(silent) == 1 else 'groups'}"
        yield f"For {groups} {cannot_say_of(assessment)}. There may be one."


def _absent(names: tuple[str, ...]) -> str:
    if len(names) > _MANY:
        return (
            f"The file says nothing about {in_words(len(names))} protected characteristics, such as {names[0].lower()}."
        )
    return f"The file says nothing about {listed([name.lower() for name in names])}."
