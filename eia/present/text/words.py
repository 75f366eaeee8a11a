"""Takes keys and finished numbers; gives the words of pages, screens and reports. English stands here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eia.case import Question
from eia.findings.core.finding import Finding, Level, Reason
from eia.present.text.numbers import people, pvalue, whole
from eia.stats.bounds.ranges import Figure, Range, most
from eia.stats.bounds.split_bounds import SplitBounds
from eia.vocabulary.characteristics import Characteristic, Group, characteristics

QUESTIONS: Mapping[Question, str] = {
    "scope": "Which jobs are at risk?",
    "spread": "Which pools lose most?",
    "selection": "Who is selected within each pool?",
}
OVERALL = "What does it add up to?"

PRACTICES: Mapping[Question, str] = {
    "scope": "which posts are put in pools",
    "spread": "how the cuts are shared out among the pools",
    "selection": "how people are selected within a pool",
}
COMPARISONS: Mapping[Question, str] = {
    "scope": "people in a pool with the rest of the workforce",
    "spread": "pools that lose a high share with pools that lose a low one",
    "selection": "people selected with people not selected inside the same pool",
}

LEVELS: Mapping[Level, str] = {
    "found": "Clear gap",
    "stands_out": "Stands out",
    "cannot_say": "Cannot say",
    "not_found": "No clear gap",
    "not_tested": "Not tested",
}
MEANINGS: Mapping[Level, str] = {
    "found": "Chance would rarely do this, even with all the groups counted that were looked at. It says what happened, not why.",
    "stands_out": "Unusual on its own, but not when all the groups are counted that were looked at. A reason to ask, and not yet clear evidence.",
    "cannot_say": "There are too few people to say, or the pools differ, or answers are missing, or the gap is unusual but not enough to stand out. It does not "
    "mean that all is well.",
    "not_found": "Among those whose answer is known, a gap of the size that this case treats as mattering can be ruled out.",
    "not_tested": "There was nothing to compare, or what a test would need is not in the file.",
}
IF_EVEN: Mapping[Question, str] = {
    "scope": "if the posts had been chosen evenly",
    "spread": "if every pool lost the same share",
    "selection": "if the cuts fell evenly within each pool",
}
REASONS: Mapping[Reason, str] = {
    "needs people": "jobs are cut post by post, and these counts do not say who shares a post",
    "posts not given": "the file does not say who shares a post, and posts are chosen, not people one by one",
    "no other arrangement": "no other choice would have changed it",
    "no rest of the workforce": "no rest of the workforce in the file",
    "whole workforce not given": "the table of the whole workforce does not have this characteristic",
    "nobody in a pool": "nobody whose answer is known is in a pool",
    "one pool": "there is only one pool, so nothing is shared out",
    "number to go not known": "the number to be selected from each pool is not known",
    "nobody chosen yet": "no outcomes are given: nobody has been chosen yet, or no column of outcomes was recognised",
    "everyone goes": "everybody in the pools of this group is selected, so there was no choosing",
    "nobody goes": "nobody in the pools of this group is selected",
    "nobody to compare": "no pool where some go and some stay holds both this group and others",
    "interval too wide": "there are too few people",
    "small p": "taken alone the gap is unusual, but not enough to stand out",
    "pools differ": "the pools differ from one another",
    "counts are ranges": "some counts are ranges, and the answer is not the same for all that fit",
    "needs exact counts": "some counts are ranges, and this is asked of exact ones only",
    "few blocks": "there are fewer than 10 posts, or pools, on one side",
    "few units": "posts are put in pools by whole units, and there are fewer than 10 units on one side",
    "follows size": "the answer depends on whether posts of one size are compared, or all",
    "follows units": "the answer depends on whether single posts are compared, or whole units",
    "points apart": "posts of one size, or whole units, point one way, and all of them together the other",
}
WHICHEVER = "whichever of the tables that fit is the true one"
"""Goes with what is said of counts that are ranges."""

_PEOPLE: Mapping[tuple[str, str], str] = {
    ("sex", "Female"): "women",
    ("sex", "Male"): "men",
    ("gender", "Female"): "people recorded as female",
    ("gender", "Male"): "people recorded as male",
    ("disability", "Disabled"): "disabled people",
    ("disability", "Not disabled"): "people not disabled",
    ("gender_reassignment", "Yes"): "people recorded under gender reassignment",
    ("gender_reassignment", "No"): "people not recorded under gender reassignment",
    ("marriage", "Married or in a civil partnership"): "people married or in a civil partnership",
    ("marriage", "Neither"): "people neither married nor in a civil partnership",
    ("pregnancy_maternity", "Pregnant or on maternity leave"): "people pregnant or on maternity leave",
    ("pregnancy_maternity", "Neither"): "people neither pregnant nor on maternity leave",
    ("race_group", "All minority ethnic groups"): "people of minority ethnic groups",
    ("race", "All minority ethnic groups"): "people of minority ethnic groups",
    ("working_pattern", "Part-time"): "part-time staff",
    ("working_pattern", "Full-time"): "full-time staff",
    ("contract", "Fixed-term"): "fixed-term staff",
    ("contract", "Permanent"): "permanent staff",
    ("family_leave", "Not on family leave"): "people not on family leave",
    ("flexible", "Flexible hours"): "people with flexible hours",
    ("flexible", "None"): "people with no flexible arrangement",
    ("religion", "No religion"): "people of no religion",
}
_PATTERNS: Mapping[str, str] = {
    "age": "people aged {lower}",
    "family_leave": "people on {lower}",
    "flexible": "people with a flexible arrangement ({lower})",
    "grade": "people in {label} (grade)",
    "nationality": "people of {label} nationality",
    "national_origin": "people of {label} national origin",
    "race": "people recorded as {label}",
    "race_group": "people recorded as {label}",
}


def group_name(characteristic: Characteristic, group: Group) -> str:
    """The people of a group as a noun.

    >>> from eia.vocabulary.characteristics import characteristics
    >>> group_name(characteristics()["sex"], Group("Female")), group_name(characteristics()["age"], Group("25 to 34"))
    ('women', 'people aged 25 to 34')
    """
    title = _lower(characteristic.title) if characteristic.key in characteristics() else characteristic.title
    if group.kind == "declined":
        return f"people who preferred not to say ({title})"
    if group.kind == "not recorded":
        return f"people with nothing recorded ({title})"
    named = _PEOPLE.get((characteristic.key, group.label))
    if named:
        return named
    pattern = _PATTERNS.get(characteristic.key, "people recorded as {label} ({title})")
    return pattern.format(label=group.label, lower=_lower(group.label), title=title)


def group_beside(characteristic: Characteristic, group: Group) -> str:
    """The same where the title of the characteristic stands beside it.

    >>> from eia.vocabulary.characteristics import characteristics
    >>> group_beside(characteristics()["race"], Group("White"))
    'people recorded as White'
    """
    title = _lower(characteristic.title) if characteristic.key in characteristics() else characteristic.title
    return group_name(characteristic, group).removesuffix(f" ({title})")


def adjuster_name(name: str) -> str:
    """What a gap may be shown allowing for, as it stands in a sentence.

    >>> adjuster_name("service"), adjuster_name("working_pattern")
    ('years of service', 'working pattern')
    """
    years = {"age": "age in years", "service": "years of service"}
    return years.get(name) or _lower(characteristics()[name].title)


def row_name(finding: Finding) -> str:
    """Characteristic and group as a table or chart names them."""
    return f"{finding.characteristic.title}: {finding.group.label}"


def _lower(text: str) -> str:
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """A sentence's first letter as a capital."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Names with commas and a last "and".

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def plural(count: float, one: str, many: str) -> str:
    """A count with its noun.

    >>> plural(1, "pool", "pools"), plural(3, "pool", "pools")
    ('1 pool', '3 pools')
    """
    return f"{people(count)} {one if count == 1 else many}"


def more_or_fewer(excess: Figure) -> str:
    """An excess in words, of whole people.

    >>> more_or_fewer(3.333), more_or_fewer(-1.0), more_or_fewer(0.4)
    ('about 3 more', 'about 1 fewer', 'as many')
    >>> more_or_fewer(Range(low=-1.0, high=2.0)), more_or_fewer(Range(low=-3.0, high=-2.0))
    ('about 1 fewer to 2 more', 'about 2 to 3 fewer')
    """
    if isinstance(excess, Range):
        near, far = map(more_or_fewer, (excess.high, excess.low) if excess.high <= 0 else (excess.low, excess.high))
        end = far.removeprefix("about ")
        return far if near == far else f"{near.removesuffix(end[end.index(' ') :])} to {end}"
    if round(excess) == 0:
        return "as many"
    return f"about {whole(abs(excess))} {'more' if excess > 0 else 'fewer'}"


def known(finding: Finding) -> str:
    """Whose answers a number counts, said where any are missing."""
    return " whose answer is known" if most(finding.people.left_out) else ""


def is_(value: float) -> str:
    """A p-value after the word p.

    >>> is_(0.0301), is_(0.0001)
    ('= 0.030', 'less than 0.001')
    """
    text = pvalue(value)
    return text if text.startswith("less") else f"= {text}"


def adds_up(finding: Finding) -> str:
    """How many of a group are among those who go, how many would be if the cuts fell evenly, and where the gap comes from."""
    split, who = finding.split, group_name(finding.characteristic, finding.group)
    if split is None:
        return f"{capital(who)}: not known, {REASONS['number to go not known']}."
    evenly = f"If the cuts fell evenly on {'everyone in the pools' if finding.people.workforce is None else 'the whole workforce'}"
    if isinstance(split, SplitBounds):
        told = f"{capital(who)}: {more_or_fewer(finding.in_all or 0.0)} than if the cuts fell evenly, {WHICHEVER}."
        return f"{told} {comes_from(finding)}".rstrip()
    if split.selection is None:
        number = "All" if finding.people.selected == finding.people.there else f"About {whole(split.expected_by_pools)}"
        them = f"{number} of the {people(split.selected)} people to be selected{known(finding)} would be {who} if every pool chose evenly"
    else:
        them = f"{people(split.group_selected or 0)} of the {people(split.selected)} people selected{known(finding)} are {who}"
    return f"{them}. {evenly}, about {whole(split.expected_by_workforce)} would be. {comes_from(finding)}".rstrip()


SOURCES: Mapping[Question, str] = {
    "scope": "which jobs were put at risk",
    "spread": "which pools lose most",
    "selection": "who is selected within the pools",
}


def comes_from(finding: Finding) -> str:
    """Where the gap of a group comes from, in a sentence; nothing where it is not known, or is less than one person."""
    split = finding.split
    if split is None:
        return ""
    known: dict[Question, Figure | None] = {"scope": split.scope, "spread": split.spread, "selection": split.selection}
    if finding.people.workforce is None:
        known["scope"] = None  # the pools are all that there is
    return where_from({SOURCES[step]: _surely(part) for step, part in known.items() if part is not None})


def _surely(part: Figure) -> float:
    """The part of a gap that there is in every table that fits."""
    if not isinstance(part, Range):
        return part
    return part.low if part.low > 0 else min(part.high, 0.0)


def where_from(parts: Mapping[str, float]) -> str:
    """Where a gap comes from: the decisions that make up most of it, and one that goes the other way by a quarter of it or more.

    >>> where_from({"a": 30.0, "b": 1.0, "c": -0.3}), where_from({"a": 5.0, "b": 4.0, "c": -3.0}), where_from({"a": 0.2})
    ('The gap comes from a.', 'The gap comes from a and b; c makes it smaller.', '')
    """
    gap = sum(parts.values())
    if abs(gap) < 1:
        return ""
    same = {source: abs(part) for source, part in parts.items() if part * gap > 0}
    named: list[str] = []
    for source in sorted(same, key=lambda source: -same[source]):
        if sum(same[before] for before in named) < 0.8 * sum(same.values()):
            named.append(source)
    against = [source for source, part in parts.items() if part * gap < 0 and abs(part) >= 0.25 * abs(gap)]
    less = f"; {listed(against)} {'makes' if len(against) == 1 else 'make'} it smaller" if against else ""
    return f"The gap comes from {listed(named)}{less}."


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def in_words(count: int) -> str:
    """A count in a sentence: up to ten in letters.

    >>> in_words(2), in_words(63)
    ('two', '63')
    """
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"
