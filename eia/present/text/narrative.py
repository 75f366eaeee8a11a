"""Takes an Assessment; gives its running text: the answers, the questions to ask, the limits, the method, the glossary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from eia.case import Question
from eia.findings import headlines
from eia.findings.assessment import Assessment
from eia.findings.core.finding import STANDING_OUT, Direction, Finding, Level
from eia.present.sections.post_lists import holders_told
from eia.present.sections.scores import gap_told
from eia.present.text import words
from eia.present.text.alternative_comparators import alternatives_told
from eia.present.text.grounds import overall_told
from eia.present.text.numbers import expected, people, percent, ratio
from eia.present.text.ranges import answer_in_ranges, overall_in_ranges

CONFIDENTIAL = (
    "CONFIDENTIAL. This document may identify people. Counts this small can show who someone is, and what they have told "
    "their employer. It is for those entitled to the figures only: do not publish it, and do not pass it on."
)
NOT_THE_LAW = (
    "Figures are evidence of how a proposal falls on people. They are not a test of discrimination: that depends on "
    "reasons, alternatives and justification, which no figure shows. The p at which a disparity counts as found, and the odds "
    "ratio treated as mattering, are conventions of this analysis, not law."
)


_ASIDE = "Leaving aside grade, missing answers and groups of everyone else"  # as telling.leading does


def answers(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Each question asked, with its answer in a sentence or two; last what it adds up to."""
    by = {"scope": _scope_answer, "spread": _spread_answer, "selection": _selection_answer}
    asked = assessment.case.analysis.questions
    pairs = [(words.QUESTIONS[q], _answer(assessment.under(q), by[q], answer_in_ranges)) for q in asked]
    return (*pairs, (words.OVERALL, _answer(assessment.each_group(), _overall_answer, overall_in_ranges)))


def _answer(
    findings: Sequence[Finding], of_exact: Callable[[list[Finding]], str], of_ranges: Callable[[list[Finding]], str]
) -> str:
    """What is said of counts that are exact, and of those that are ranges; of either alone where there are no others."""
    exact, ranges = ([f for f in findings if f.in_ranges == either] for either in (False, True))
    told = of_ranges(ranges)
    return " ".join(filter(None, (of_exact(exact) if exact or not told else "", told)))


def _why_not(findings: Iterable[Finding]) -> str:
    """The commonest reason for not testing."""
    reasons = [finding.reasons[0] for finding in findings if finding.reasons]
    return f"Not tested: {words.REASONS[max(dict.fromkeys(reasons), key=reasons.count)]}." if reasons else "Not tested."


def _scope_answer(findings: Sequence[Finding]) -> str:
    told = [finding for finding in findings if finding.stated]
    if not told:
        return _why_not(findings)
    hit = headlines.leading(told)
    if not hit:
        return f"{_ASIDE}, no group is in the pools by as much as one person above its share of the workforce."
    clauses = [
        f"{words.group_name(f.characteristic, f.group)} are {percent(f.people.group_workforce or 0, f.people.workforce or 0)} of "
        f"the workforce{words.known(f)} and {percent(f.people.group_in_scope, f.people.in_scope)} of those in pools "
        f"({words.more_or_fewer(f.people.scope_excess or 0)} than an even share)"
        for f in hit
    ]
    return f"{words.capital('; '.join(clauses))}. {_chance_of(told, words.BLIND['scope'])}"


def _spread_answer(findings: Sequence[Finding]) -> str:
    told = [finding for finding in findings if finding.stated]
    if not told:
        return _why_not(findings)
    hit = headlines.leading(told)
    if not hit:
        return f"{_ASIDE}, the way the cuts are shared out adds less than one person to those to go of any group."
    clauses = [f"{expected(f.excess)} more {words.group_name(f.characteristic, f.group)}" for f in hit if f.excess]
    return (
        f"Those to go include {words.listed(clauses)} than if every pool lost the same share. "
        f"{_chance_of(told, words.BLIND['spread'])}"
    )


def _chance_of(told: list[Finding], blind: str) -> str:
    """What can be said of chance for a question of shares."""
    tested = [finding for finding in told if finding.permuted]
    if not tested:
        return f"{words.capital(words.REASONS[told[0].reasons[0]])}."
    if all(finding.reasons == ("few blocks",) for finding in tested):
        return f"Cannot tell whether chance: {words.REASONS['few blocks']}."
    found = [
        words.group_name(f.characteristic, f.group)
        for f in headlines.at_level(tested, "found", "against")
        if f.characteristic.key not in headlines.NEVER_LEADING
    ]
    named = f"Disparity found: {blind} would rarely hit {words.listed(found)} as hard. " if found else ""
    return named + _rest_of_levels(tested)


def _selection_answer(findings: Sequence[Finding]) -> str:
    tested = [finding for finding in findings if finding.tested]
    if not tested:
        return _why_not(findings)
    sentences = []
    ways: tuple[tuple[Direction, str], ...] = (("against", "more"), ("for", "fewer"))
    for direction, way in ways:
        found = headlines.at_level(tested, "found", direction)
        if found:
            clauses = [
                f"{words.group_name(f.characteristic, f.group)} ({words.more_or_fewer(f.tested.excess)} than expected)"
                for f in found[:4]
                if f.tested
            ]
            more = f" and {words.plural(len(found) - 4, 'other group', 'other groups')}" if len(found) > 4 else ""
            sentences.append(
                f"Disparity found: {way} {words.listed(clauses)}{more} selected than chance readily gives."
            )
    if not sentences:
        unsure = len(headlines.at_level(tested, "cannot tell"))
        sentences.append(
            f"In {words.plural(unsure, 'comparison', 'comparisons')} these pools are too small, or differ too much, to tell. That is "
            "not a finding that there is no disparity."
            if unsure
            else "No disparity found."
        )
    sentences.append(_rest_of_levels(tested))
    return " ".join(sentences)


def _rest_of_levels(tested: list[Finding]) -> str:
    counts = {level: len(headlines.at_level(tested, level)) for level in words.LEVELS}
    said = [
        f"{counts[level]} {level}"
        for level in ("found", "could be chance", "cannot tell", "not found")
        if counts[level]
    ]
    return f"Of {words.plural(sum(counts.values()), 'comparison', 'comparisons')}: {words.listed(said)}."


def _overall_answer(findings: Sequence[Finding]) -> str:
    if not any(finding.split for finding in findings):
        return f"Not known: {words.REASONS['number to go not known']}."
    hit = headlines.leading_overall(findings)
    if not hit:
        return f"{_ASIDE}, no group is among those to go by as much as one person above its share of the workforce."
    return " ".join(words.adds_up(finding) for finding in hit)


def overall_leading(assessment: Assessment, most: int = 3) -> tuple[Finding, ...]:
    """The groups hit hardest in all, one a characteristic."""
    return headlines.leading_overall(assessment.each_group(), most)


_ASKS: Mapping[headlines.AskKey, str] = {
    "selection found": "{statement} Which criterion or score led to this, how was it tested before use, and may we see every "
    "criterion's scores for the pools concerned?",
    "scope excess": "{statement} Why were these posts put in pools and not others, and what would it be if other posts had been?",
    "spread excess": "{statement} Why do these pools lose a larger share than the others?",
    "missing answers found": "{statement} Why do more of those without a known answer go?",
    "missing answers": "{number} people in pools have nothing recorded for {title}. What will be done to fill this gap before a "
    "decision is taken?",
    "everyone goes": "In {pools} everybody is to go. Why is the whole pool closed, and what else was considered for these people?",
    "too small to tell": "In {comparisons} these pools are too small, or too different, to tell. What were the figures in earlier "
    "rounds, so that they can be added up?",
    "stands out alone": "{statement} How did each criterion score this group?",
    "volunteers": "{number} volunteered and were accepted. Who volunteered and was refused, by the same characteristics?",
    "slotted in": "{number} were slotted in and had not to compete. By which rule, and who decided who matched which post?",
    "scores": "By which criteria and weights will people be, or were they, chosen; who scores, who checks the scores, and were the "
    "criteria tested for disparity before use?",
    "redeployment": "What is offered to those to go: vacancies, trial periods, retraining, and by when?",
    "pools drawn otherwise": "Why are the pools drawn as they are, and what would these figures be if they were drawn one level wider "
    "or narrower?",
    "criterion apart": "{gap}. Was this criterion tested before use, who marked it, and were absences, adjustments and patterns of work "
    "that explain it left out?",
    "out of order": "{number} people were selected with a higher total than somebody retained in the same pool, in {in_pools}. What decided "
    "instead of the total?",
    "few new open part-time": "Of {of} posts that would be new, {number} are open part-time or as a job share. Why no more, and how are "
    "the hours of those who work part-time now kept?",
    "few open part-time": "Of {of} posts proposed, {number} are open part-time or as a job share. Why no more, and how are the hours of "
    "those who work part-time now kept?",
    "decision-maker": "Who takes the decision, have they read this assessment, and was it made before consultation opened?",
    "alternatives": "What less damaging alternatives were considered (vacancies, agency staff, hours, volunteers, retraining), and "
    "why were they not taken?",
}


def questions_to_ask(assessment: Assessment) -> tuple[str, ...]:
    """The five questions to put to the employer, each with its figure."""
    return tuple(_ask(ask, assessment) for ask in headlines.asks(assessment))


def _ask(ask: headlines.Ask, assessment: Assessment) -> str:
    finding = ask.finding
    return _ASKS[ask.key].format(
        statement=words.to_read_out(finding) if finding else "",
        number=people(finding.people.group_in_scope if finding else ask.number),
        title=finding.characteristic.title.lower() if finding else "",
        of=people(ask.of),
        in_pools=words.plural(ask.of, "pool", "pools"),
        gap=words.capital(gap_told(assessment, ask.gap)) if ask.gap else "",
        pools=words.plural(ask.number, "pool", "pools"),
        comparisons=words.plural(ask.number, "comparison", "comparisons"),
    )


_LIMITS: Mapping[headlines.LimitKey, str] = {
    "posts not given": "Whether chance could give the gaps in which jobs are in play: posts go, not people one by one, and the file "
    "does not say who shares a post. Ask for a column of post titles.",
    "few posts": "Whether chance could give the gaps in which jobs are in play: on one side there are only {number} posts.",
    "no rest of the workforce": "Whether the posts in play were chosen evenly: the file holds only people in pools. Ask for counts of "
    "the whole workforce.",
    "nobody chosen yet": "Who goes within a job: no outcomes are given.",
    "to go not known": "Which pools lose most, and the total: the number to go from each pool is not known.",
    "one pool": "Whether people are selected evenly within each job: no pools are given, so these figures are mixed. They compare people whatever "
    "their job, which can make a disparity appear or hide one. Ask for the pools.",
    "small pools": "Who goes within a job, in {comparisons} whose figures fit a large disparity as well as none.",
    "pools differ": "Who goes within a job, in {comparisons} where the pools differ from one another too much for one figure.",
    "missing answers": "Anything of {names} for the {number} people in pools with nothing recorded; they may differ from the rest.",
    "not in the file": "Anything by {names}: no column for it was recognised in the file.",
    "held back": "Anything of {names}: labels were not recognised, or are too many.",
    "earlier stages": "Who goes within a job, of the {number} people dealt with before people were chosen ({names}): they are not in "
    "that comparison.",
    "counts only": "How characteristics go together: these are counts, not people.",
    "everyone goes": "Who goes within a job, in {pools} from which everybody goes: there was no choosing.",
    "numbers to go differ": "Why the number leaving differs by {number} from the numbers to go that the case gives.",
}


def cannot_tell(assessment: Assessment) -> tuple[str, ...]:
    """What these figures cannot tell, in sentences."""
    return tuple(_limit(limit) for limit in headlines.limits(assessment))


def _limit(limit: headlines.Limit) -> str:
    return _LIMITS[limit.key].format(
        number=people(abs(limit.number)),
        names=words.listed([name.lower() for name in limit.names]) if limit.names else "",
        comparisons=words.plural(limit.number, "comparison", "comparisons"),
        pools=words.plural(limit.number, "pool", "pools"),
    )


_WHY: tuple[Level, ...] = ("cannot tell", "not found")
"""Told of counts that are ranges too, with what lies behind: nothing else of them does."""


def statements(assessment: Assessment, question: Question) -> tuple[str, ...]:
    """The groups of a question worth a sentence: those hit hardest, and every one found or standing out alone; then all comparisons together,
    and what another pool for comparison shows."""
    findings = assessment.under(question)
    told = [finding for level in STANDING_OUT for finding in headlines.at_level(findings, level)]
    if question == "selection":
        told += [f for level in _WHY for f in headlines.at_level(findings, level) if f.in_ranges]
    else:
        told = list(headlines.leading(findings, 5)) + [f for f in told if f not in headlines.leading(findings, 5)][:5]
    lines = [words.statement(finding) for finding in told]
    if question != "selection" and (overall := overall_told(assessment, question)):
        lines.append(overall)
    held = holders_told(assessment) if question == "scope" else ()
    return (*lines, *held, *alternatives_told(assessment, question))


def method(assessment: Assessment) -> tuple[str, ...]:
    """How the figures were made, in short paragraphs."""
    conventions = assessment.case.analysis
    level = f"{100 * conventions.level:g}%"
    family = max((finding.family for finding in assessment.under("selection")), default=0)
    return (
        "Three questions are kept apart. "
        + " ".join(
            f"{words.QUESTIONS[q]} examines {words.PRACTICES[q]} and compares {words.COMPARISONS[q]}."
            for q in words.QUESTIONS
        )
        + " For every group the three parts add up to the whole.",
        "Every comparison uses the people whose answer is known, and counts each once. People who declined and people with "
        "nothing recorded are two groups of their own, each compared with all who answered.",
        "Who goes within a job is tested exactly and within pools: given how many of each pool go, how often would "
        "even-handed choosing give a gap at least this large? That is p. It is not the probability that the gap is due to "
        "chance. Pools where everybody or nobody goes, or that hold nobody of the group or nobody else, can tell nothing "
        "and are left out of the test; no figure is added to empty cells.",
        f"The headline is the mid-p and the {level} mid-p interval of the odds ratio, which always agree about 1. Exact p and "
        "interval stand in the annex. "
        + (
            f"{words.plural(family, 'comparison was', 'comparisons were')} made under that question; p for all comparisons allows for that, "
            f"{_family_method(assessment)}; a two-valued characteristic counts once. The three questions are three families."
            if family
            else "Nothing was tested under that question here."
        ),
        "Posts go, not people one by one. So for which jobs are in play whole posts, with everybody in them, are dealt out again at "
        "random, and for which pools lose most the pools' shares to go are dealt out again among the pools; p is how often that gives "
        "a gap at least as large. In small pools shares to go of whole people vary more; so they are also dealt out among pools of about "
        "one size, and the larger p counts. Intervals there are approximate. With fewer than 10 posts, or pools, on a side nothing can be said "
        "of chance.",
        f"An odds ratio beyond {ratio(conventions.matters)} or {ratio(1 / conventions.matters)} is treated as mattering. That, and "
        f"{conventions.alpha:g} for p, are conventions chosen for this case.",
    )


def _family_method(assessment: Assessment) -> str:
    drawn = assessment.drawn.selection
    if drawn is None:
        return "by Holm's method, since counts do not show how the groups overlap"
    age = assessment.further.age
    trend = ", the trend with age among them," if age and age.trend.informative_pools else ""
    return (
        f"by drawing {drawn.draws:,} even-handed selections of the same people and seeing how often any comparison{trend} looks as strong "
        f"(step-down minimum p; seed {drawn.seed})"
    )


GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Pool", "Redundancy selection pool: the people from among whom those to go are chosen."),
    ("In scope", "In any pool. At risk: in a pool from which someone is to go."),
    ("Selected, retained", "Chosen to go, and not chosen to go. Both shares are shown, always."),
    ("Group, comparator", "One value of a characteristic, and everyone else who answered, in the same pool."),
    ("Expected", "How many of the group would be selected if every pool chose even-handedly."),
    ("People above or below", "The number seen less the number expected."),
    (
        "Odds ratio",
        "How the odds of being selected compare, in the group against everyone else in the same pools: 1 is the same, 2 is "
        "twice the odds.",
    ),
    ("Interval", "The odds ratios that fit these figures. A wide one means that the figures say little."),
    ("p", "How often even-handed selection would give a gap at least this large."),
    *((words.LEVELS[level], meaning) for level, meaning in words.MEANINGS.items()),
)

PROMPTS: tuple[tuple[str, str], ...] = (
    ("Aims", "What is the proposal meant to achieve, and why now? Only the employer can say."),
    (
        "Alternatives",
        "Which alternatives were considered, what would each have done to the groups above, and why was none taken?",
    ),
    (
        "Justification",
        "Where a disparity is shown: what aim does the practice serve, and why is there no less damaging way to it? Name the evidence.",
    ),
    ("Service users", "How do the cuts fall on those who use the services, by the same characteristics?"),
    ("Views of those affected", "Who was consulted, when, and what did they say?"),
    (
        "What will be done",
        "Which steps lessen the impact, who owns each, and by when? When is this assessment made again?",
    ),
)
