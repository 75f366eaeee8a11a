"""Takes keys and finished numbers; gives the words of pages, screens and reports. English stands here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eia.case import Question
from eia.findings.core.finding import Caution, Finding, Level, Reason
from eia.present.text.numbers import expected, interval, parts, people, percent, pvalue, ratio, signed
from eia.stats.bounds.ranges import Figure, Range, most
from eia.stats.bounds.split_bounds import SplitBounds
from eia.stats.bounds.stratified_test_bounds import StratifiedTestBounds
from eia.stats.results import Split
from eia.vocabulary.characteristics import Characteristic, Group, characteristics

QUESTIONS: Mapping[Question, str] = {
    "scope": "Which jobs are in play?",
    "spread": "Which pools lose most?",
    "selection": "Who goes within a job?",
}
OVERALL = "What does it add up to?"

PRACTICES: Mapping[Question, str] = {
    "scope": "which posts are put in pools",
    "spread": "how the cuts are shared out among the pools",
    "selection": "how people are chosen inside a pool",
}
COMPARISONS: Mapping[Question, str] = {
    "scope": "people in a pool with the rest of the workforce",
    "spread": "pools with a high share to go with pools with a low one",
    "selection": "people selected with people not selected inside the same pool",
}

LEVELS: Mapping[Level, str] = {
    "found": "Disparity found",
    "could be chance": "Could be chance",
    "cannot tell": "Cannot tell",
    "not found": "Disparity not found",
    "not tested": "Not tested",
}
MEANINGS: Mapping[Level, str] = {
    "found": "The gap is larger than chance readily gives, also when all the comparisons made are counted. It says what "
    "happened, not why.",
    "could be chance": "Taken alone the gap would be unusual, but among so many comparisons some such gap is to be expected.",
    "cannot tell": "The figures fit a large disparity as well as none: the pools are too small, or differ among themselves.",
    "not found": "Among those whose answer is known, the interval lies inside the range that this case treats as not mattering.",
    "not tested": "There was nothing to compare, or what a test would need is not in the file.",
}
BLIND: Mapping[Question, str] = {
    "scope": "choosing whole posts blindly",
    "spread": "sharing out the cuts blindly",
    "selection": "even-handed selection",
}
REASONS: Mapping[Reason, str] = {
    "needs people": "whether chance could do it cannot be asked of counts, since posts go with the people in them",
    "posts not given": "whether chance could do it cannot be asked, since the file does not say who shares a post",
    "no other arrangement": "no other choice would have changed it",
    "no rest of the workforce": "no rest of the workforce in the file",
    "whole workforce not given": "the table of the whole workforce does not have this characteristic",
    "nobody in a pool": "nobody whose answer is known is in a pool",
    "one pool": "there is only one pool, so nothing is shared out",
    "number to go not known": "the number to go from each pool is not known",
    "nobody chosen yet": "no outcomes are given: nobody has been chosen yet, or no column of outcomes was recognised",
    "everyone goes": "everybody goes from the pools of this group, so there was no choosing",
    "nobody goes": "nobody goes from the pools of this group",
    "nobody to compare": "no pool where some go and some stay holds both this group and others",
    "interval too wide": "the interval reaches beyond what would matter",
    "pools differ": "the pools differ from one another by more than chance",
    "counts are ranges": "some counts are ranges, and the answer is not the same for all that fit",
    "needs exact counts": "some counts are ranges, and whether pools agree, or chance shares cuts out so, is asked of exact ones only",
    "few blocks": "there are fewer than 10 posts, or pools, on one side",
    "follows size": "the shares to go differ with the size of the pools",
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
    ("flexible", "None"): "people with no flexible arrangement",
    ("religion", "No religion"): "people of no religion",
}
_PATTERNS: Mapping[str, str] = {
    "age": "people aged {lower}",
    "family_leave": "people on {lower}",
    "flexible": "people with {lower} as a flexible arrangement",
    "grade": "people in {label} (grade)",
    "nationality": "people of {label} nationality",
    "national_origin": "people of {label} national origin",
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


def adjuster_name(name: str) -> str:
    """What a disparity may be shown allowing for, as it stands in a sentence.

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
    """An excess in words.

    >>> more_or_fewer(3.333), more_or_fewer(-1.0), more_or_fewer(0.01)
    ('3.3 more', '1.0 fewer', 'as many')
    >>> more_or_fewer(Range(low=-1.0, high=2.0)), more_or_fewer(Range(low=-3.0, high=-2.0))
    ('1.0 fewer to 2.0 more', '2.0 to 3.0 fewer')
    """
    if isinstance(excess, Range):
        near, far = map(more_or_fewer, (excess.high, excess.low) if excess.high <= 0 else (excess.low, excess.high))
        return far if near == far else f"{near.removesuffix(far[far.index(' ') :])} to {far}"
    if round(excess, 1) == 0:
        return "as many"
    return f"{expected(abs(excess))} {'more' if excess > 0 else 'fewer'}"


def statement(finding: Finding) -> str:
    """What a finding shows: first the fact in people, then what can be said of chance."""
    told = chance(finding) if finding.question == "selection" else chance_of_shares(finding)
    return f"{fact(finding)}. {told}".rstrip()


def fact(finding: Finding) -> str:
    """What happened, in people, without the full stop; why there is nothing to say where there is not."""
    who, told = capital(group_name(finding.characteristic, finding.group)), None
    if finding.stated and finding.question == "scope":
        told = _in_pools(finding)
    elif finding.stated and isinstance(finding.split, SplitBounds):
        told = f"as the cuts are shared out, {more_or_fewer(finding.split.spread)} to go than if every pool lost the same share"
    elif finding.stated and isinstance(finding.split, Split):
        part = finding.split
        told = (
            f"{expected(part.expected_by_scope)} of those to go if every pool lost the same share; as the cuts are shared "
            f"out, {more_or_fewer(part.spread)}"
        )
    elif finding.tested:
        test = finding.tested
        told = (
            f"{people(test.observed)} of {people(test.group_people)} selected from pools where some go and some stay, "
            f"where even-handed choosing would give {expected(test.expected)}: {more_or_fewer(test.excess)}"
        )
    elif finding.bounds:
        bounds = finding.bounds
        told = (
            f"{percent(bounds.group_rate, 1)} selected, and {percent(bounds.comparator_rate, 1)} of the others; "
            f"{more_or_fewer(bounds.excess)} than even-handed choosing in the same pools would give"
        )
    if told and finding.in_ranges:
        told = f"{told}, {WHICHEVER}"
    return f"{who}: {told or f'not tested, {REASONS[finding.reasons[0]]}'}"


def _in_pools(finding: Finding) -> str:
    them = finding.people
    share = percent(them.group_workforce or 0, them.workforce or 0)
    return (
        f"{share} of the workforce and {percent(them.group_in_scope, them.in_scope)} of those in pools "
        f"({people(them.group_in_scope)} of {people(them.in_scope)}{known(finding)}), {more_or_fewer(them.scope_excess or 0)} than an even share"
    )


def chance_of_shares(finding: Finding) -> str:
    """What can be said of chance for which jobs are in play, or which pools lose most; nothing where nothing was stated."""
    test, limits = finding.permuted, finding.odds_ratio
    if not finding.stated:
        return ""
    if finding.reasons == ("few blocks",):
        return f"Cannot tell whether chance: {REASONS['few blocks']}."
    if test is None or limits is None:
        return f"Not tested: {REASONS[finding.reasons[0]]}."
    low, high = signed(test.excess_interval.low), signed(test.excess_interval.high)
    figures = f"{100 * test.level:g}% interval {low} to {high} people"
    blind = BLIND[finding.question]
    if finding.level == "found":
        return _found(finding, f"{blind} would rarely do it", figures, test.pvalue)
    if finding.level == "could be chance":
        return _could_be_chance(finding, figures, test.pvalue)
    if "follows size" in finding.reasons:
        return (
            f"Cannot tell whether chance: {REASONS['follows size']}. Shared out blindly among all pools p {is_(test.among_all)}, among "
            f"pools of about one size p {is_(test.among_alike)} ({figures})."
        )
    if finding.level == "cannot tell":
        return f"Cannot tell whether chance: {blind} readily gives as much, and also far more or less ({figures}; p {is_(test.pvalue)})."
    return f"Disparity not found: {blind} readily gives as much ({figures}; p {is_(test.pvalue)})."


def _found(finding: Finding, what: str, figures: str, p: float) -> str:
    family = plural(finding.family, "comparison", "comparisons")
    return f"Disparity found: {what} ({figures}; p {is_(p)}, {is_(finding.adjusted_p)} allowing for {family})."


def _could_be_chance(finding: Finding, figures: str, p: float) -> str:
    return (
        f"Could be chance: alone it would be unusual (p {is_(p)}), but {finding.family} comparisons were made and allowing for that "
        f"p {is_(finding.adjusted_p)} ({figures})."
    )


def known(finding: Finding) -> str:
    """Whose answers a number counts, said where any are missing."""
    return " whose answer is known" if most(finding.people.left_out) else ""


def to_read_out(finding: Finding) -> str:
    """A finding as it can be said across a table: people and the evidence level, the figures of the test left to its row."""
    if finding.level not in _READ_OUT:
        return statement(finding)
    return f"{fact(finding)}, {_READ_OUT[finding.level]}."


_READ_OUT: Mapping[Level, str] = {
    "found": "more than chance readily gives",
    "could be chance": "which could be chance among so many comparisons",
}


def chance(finding: Finding) -> str:
    """What can be said of chance, for a finding that was tested."""
    if finding.bounds:
        return _chance_in_ranges(finding, finding.bounds)
    test = finding.tested
    if test is None:
        return ""
    limits = test.odds_ratio.midp_interval
    level = f"{100 * limits.level:g}%"
    figures = f"odds ratio {ratio(test.odds_ratio.estimate)}, {level} interval {interval(limits)}"
    if finding.level == "found":
        way = "more" if finding.direction == "against" else "fewer"
        return _found(finding, f"{way} than chance readily gives", figures, test.midp) + _with_care(finding)
    if finding.level == "could be chance":
        return _could_be_chance(finding, figures, test.midp)
    if finding.level == "cannot tell":
        return f"Cannot tell: {listed([REASONS[reason] for reason in finding.reasons])} ({figures})."
    matters = finding.conventions.matters
    low, high = ratio(1 / matters), ratio(matters)
    return f"Disparity not found: the interval lies inside {low} to {high} ({figures})."


def _chance_in_ranges(finding: Finding, bounds: StratifiedTestBounds) -> str:
    """The level that every table that fits gives, or why they do not give one."""
    told = LEVELS[finding.level]
    if finding.level == "found":
        told += f", {finding.direction} the group"
    if finding.reasons:
        told += f": {listed([REASONS[reason] for reason in finding.reasons])}"
    largest = pvalue(bounds.midp.high)
    return f"{told} (odds ratios {interval(bounds.interval)}; p {'' if largest.startswith('less') else 'at most '}{largest})."


def _with_care(finding: Finding) -> str:
    """What goes with a disparity found: where exact p disagrees, where the pools differ, where it is small."""
    test, said = finding.tested, [_CAUTIONS[caution] for caution in finding.cautions]
    if test is None or not said:
        return ""
    return f" To be held with care: {listed(said).format(exact=pvalue(test.pvalue))}."


_CAUTIONS: Mapping[Caution, str] = {
    "exact p disagrees": "the exact p, which is never too small, is {exact}",
    "pools differ": "the pools differ from one another",
    "smaller than matters": "it is smaller than what this case treats as mattering",
}


def is_(value: float) -> str:
    """A p-value after the word p.

    >>> is_(0.0301), is_(0.0001)
    ('= 0.030', 'less than 0.001')
    """
    text = pvalue(value)
    return text if text.startswith("less") else f"= {text}"


def adds_up(finding: Finding) -> str:
    """How a group's excess among those to go adds up from the three decisions."""
    split = finding.split
    who = capital(group_name(finding.characteristic, finding.group))
    if split is None:
        return f"{who}: not known, {REASONS['number to go not known']}."
    nowhere = finding.people.workforce is None
    evenly = f"if they were drawn evenly from {'everyone in the pools' if nowhere else 'the whole workforce'}"
    shown: Sequence[Figure]
    if isinstance(split, SplitBounds):
        shown = [part for part in (split.scope, split.spread, split.selection) if part is not None]
        told = f"{more_or_fewer(finding.in_all or 0.0)} to go than {evenly}, {WHICHEVER}"
    else:
        shown = rounded = parts([part for part in (split.scope, split.spread, split.selection) if part is not None])
        told = f"{_many_to_go(finding, split)}, against {expected(split.expected_by_workforce)} {evenly}: {more_or_fewer(sum(rounded))}"
    sources = [f"{signed(part)} from {source}" for part, source in zip(shown, _SOURCES, strict=False)]
    return f"{who}: {told}. That is {listed(sources[1:] if nowhere else sources)}."


def _many_to_go(finding: Finding, split: Split) -> str:
    """How many of the group go, of how many; before anybody is chosen how many would, if every pool chose even-handedly."""
    if split.selection is not None:
        return f"{people(split.group_selected or 0)} of the {people(split.selected)} selected{known(finding)}"
    closed = finding.people.selected == finding.people.there
    number = people(split.expected_by_pools) if closed else expected(split.expected_by_pools)
    return f"{number} of the {people(split.selected)} to go{known(finding)}{'' if closed else ' if every pool chooses even-handedly'}"


_SOURCES = ("which jobs are in play", "which pools lose most", "who goes within a job")
