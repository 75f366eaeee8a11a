"""Takes an Assessment; gives its running text: the answers, the questions to ask, the limits, the method, the glossary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from eia.case import Question
from eia.findings import headlines
from eia.findings.assessment import Assessment
from eia.findings.core.evidence_level import SMALL_P
from eia.findings.core.family import CORE_WEIGHT
from eia.findings.core.finding import STANDING_OUT, Finding, Level
from eia.present.sections.extras.post_lists import holders_told
from eia.present.sections.extras.scores import gap_told
from eia.present.text import words
from eia.present.text.alternative_comparators import alternatives_told
from eia.present.text.evidence import levels_told, statement, to_read_out
from eia.present.text.grounds import overall_told
from eia.present.text.numbers import people, ratio
from eia.present.text.ranges import answer_in_ranges, overall_in_ranges

CONFIDENTIAL = (
    "CONFIDENTIAL. This document may identify people. Counts this small can show who someone is, and what they have told "
    "their employer. It is for those entitled to the figures only: do not publish it, and do not pass it on."
)
CONFIDENTIAL_IN_SHORT = "CONFIDENTIAL. For those entitled to the figures only."
NOT_THE_LAW = (
    "Figures are evidence of how a proposal falls on people. They are not a test of discrimination: that depends on "
    "reasons, alternatives and justification, which no figure shows. The p at which a gap counts as clear, and the odds "
    "ratio treated as mattering, are conventions of this analysis, not law."
)


_ASIDE = "Leaving aside grade, missing answers and groups of everyone else"  # as headlines.leading does
_MOST_FAVOURED, _MOST_UNCLEAR = 2, 2


def answers(assessment: Assessment) -> tuple[tuple[str, str], ...]:
    """Each question asked, with its answer in a few sentences; last what it adds up to."""
    asked = assessment.case.analysis.questions
    pairs = [(words.QUESTIONS[q], _answer(assessment.under(q), _of_question, answer_in_ranges)) for q in asked]
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


def _of_question(findings: Sequence[Finding]) -> str:
    """The groups that lead, each with its evidence; then how many groups have which."""
    told = [finding for finding in findings if finding.stated or finding.tested]
    if not told:
        return _why_not(findings)
    favoured = [
        f for f in headlines.at_level(told, "found", "for") if f.characteristic.key not in headlines.NEVER_LEADING
    ]
    leading = headlines.leading(told)
    speaking = [finding for finding in leading if finding.level in STANDING_OUT] or leading[:_MOST_UNCLEAR]
    lead = [statement(finding) for finding in (*speaking, *favoured[:_MOST_FAVOURED])]
    if not lead:
        least = words.in_words(headlines.FIRST_PAGE_PEOPLE)
        lead = [f"{_ASIDE}, no group stands out, and none has {least} people or more above {_EVEN[told[0].question]}."]
    return " ".join([*lead, levels_told(findings)])


_EVEN: Mapping[Question, str] = {
    "scope": "its share of the pools",
    "spread": "what it would be if every pool lost the same share",
    "selection": "what it would be if the cuts fell evenly within each pool",
}


def _overall_answer(findings: Sequence[Finding]) -> str:
    if not any(finding.split for finding in findings):
        return f"Not known: {words.REASONS['number to go not known']}."
    hit = headlines.leading_overall(findings)
    if not hit:
        least = words.in_words(headlines.FIRST_PAGE_PEOPLE)
        return f"{_ASIDE}, no group has {least} people or more among those selected above its share of the workforce."
    return " ".join(words.adds_up(finding) for finding in hit)


def overall_leading(assessment: Assessment, most: int = 3) -> tuple[Finding, ...]:
    """The groups hit hardest in all, one a characteristic."""
    return headlines.leading_overall(assessment.each_group(), most, people=headlines.LEAST_EXCESS)


_ASKS: Mapping[headlines.AskKey, str] = {
    "selection found": "{statement} Which criterion or score led to this, how was it tested before use, and may we see every "
    "criterion's scores for the pools concerned?",
    "scope excess": "{statement} Why were these posts put in pools and not others, and what would it be if other posts had been?",
    "spread excess": "{statement} Why do these pools lose a larger share than the others?",
    "missing answers found": "{statement} Why do more of those without a known answer go?",
    "missing answers": "{number} people in pools have nothing recorded for {title}. What will be done to fill this gap before a "
    "decision is taken?",
    "everyone goes": "In {pools} everybody is selected. Why is the whole pool closed, and what else was considered for these people?",
    "too small to tell": "For {comparisons} we cannot say whether there is a gap. What were the figures in earlier "
    "rounds, so that they can be added up?",
    "stands out alone": "{statement} How did each criterion score this group?",
    "volunteers": "{number} volunteered and were accepted. Who volunteered and was refused, by the same characteristics?",
    "slotted in": "{number} were slotted in and did not have to compete. By which rule, and who decided who matched which post?",
    "scores": "By which criteria and weights will people be, or were they, chosen; who scores, who checks the scores, and were the "
    "criteria tested for gaps between groups before use?",
    "redeployment": "What is offered to those selected: vacancies, trial periods, retraining, and by when?",
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


def questions_about(assessment: Assessment, findings: Sequence[Finding]) -> tuple[str, ...]:
    """The two questions to put to the employer about one group."""
    return tuple(asked(ask, assessment) for ask in headlines.asks_about(findings))


def asked(ask: headlines.Ask, assessment: Assessment) -> str:
    """A question to the employer in words, with its figure."""
    finding = ask.finding
    return _ASKS[ask.key].format(
        statement=to_read_out(finding) if finding else "",
        number=people(finding.people.group_in_scope if finding else ask.number),
        title=finding.characteristic.title.lower() if finding else "",
        of=people(ask.of),
        in_pools=words.plural(ask.of, "pool", "pools"),
        gap=words.capital(gap_told(assessment, ask.gap)) if ask.gap else "",
        pools=words.plural(ask.number, "pool", "pools"),
        comparisons=words.plural(ask.number, "group", "groups"),
    )


_LIMITS: Mapping[headlines.LimitKey, str] = {
    "posts not given": "Whether chance could give the gaps in which jobs are at risk: posts go, not people one by one, and the file "
    "does not say who shares a post. Ask for a column of post titles.",
    "few posts": "Whether chance could give those gaps in which jobs are at risk that we do not call clear: on one side there are only {number} posts.",
    "few units": "Whether chance could give those gaps in which jobs are at risk that we do not call clear: posts go in by whole units, and on one side there are only "
    "{number} of them.",
    "no rest of the workforce": "Whether the posts at risk were chosen evenly: the file holds only people in pools. Ask for counts of "
    "the whole workforce.",
    "nobody chosen yet": "Who is selected within each pool: no outcomes are given.",
    "to go not known": "Which pools lose most, and the total: the number to be selected from each pool is not known.",
    "one pool": "Whether people are selected evenly within each pool: no pools are given, so these figures are mixed. They compare people whatever "
    "their job, which can make a gap appear or hide one. Ask for the pools.",
    "cannot say": "Who is selected within each pool, for {comparisons} of whom we cannot say: {reasons}.",
    "missing answers": "Anything of people in pools with nothing recorded ({counted}): they may differ from the rest.",
    "not in the file": "Anything by {names}: no column for it was recognised in the file.",
    "held back": "Anything of {names}: labels were not recognised, or are too many.",
    "earlier stages": "Who is selected within each pool, of the {number} people dealt with before people were chosen ({names}): they are not in "
    "that comparison.",
    "counts only": "How characteristics go together: these are counts, not people.",
    "everyone goes": "Who is selected within each pool, in {pools} in which everybody is selected: there was no choosing.",
    "numbers to go differ": "Why volunteers and people selected together differ by {number} from the numbers to be selected that the case gives.",
}


def cannot_tell(assessment: Assessment) -> tuple[str, ...]:
    """What these figures cannot tell, in sentences."""
    return tuple(_limit(limit) for limit in headlines.limits(assessment))


def _limit(limit: headlines.Limit) -> str:
    return _LIMITS[limit.key].format(
        number=people(abs(limit.number)),
        names=words.listed([name.lower() for name in limit.names]) if limit.names else "",
        reasons="; ".join(
            f"{words.REASONS[why]} ({people(number)})"
            for why, number in zip(limit.reasons, limit.numbers, strict=False)
        ),
        counted=", ".join(
            f"{name.lower()}: {people(number)}" for name, number in zip(limit.names, limit.numbers, strict=False)
        ),
        comparisons=words.plural(limit.number, "group", "groups"),
        pools=words.plural(limit.number, "pool", "pools"),
    )


_WHY: tuple[Level, ...] = ("cannot_say", "not_found")
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
    lines = [statement(finding) for finding in told]
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
        "Who is selected within each pool is tested exactly and within pools: given how many of each pool are selected, how often would "
        "the cuts, falling evenly, give a gap at least this large? That is p. It is not the probability that the gap is due to "
        "chance. Pools where everybody or nobody is selected, or that hold nobody of the group or nobody else, can tell nothing "
        "and are left out of the test; no figure is added to empty cells.",
        f"The headline is the mid-p and the {level} mid-p interval of the odds ratio, which always agree about 1. Exact p "
        "stands beside it in the tables. "
        + (
            f"{words.plural(family, 'comparison was', 'comparisons were')} made under that question; p for all of them allows for that, "
            f"{_family_method(assessment)}; a two-valued characteristic counts once. The three questions are three families."
            if family
            else "Nothing was tested under that question here."
        ),
        _WEIGHTS,
        "Posts are cut, not people one by one. So for which jobs are at risk whole posts, with everybody in them, are chosen again at "
        "random, among all posts and among posts of about one size, and the larger p counts. Where posts go in by whole units, whole units are "
        "chosen again too. For which pools lose most the pools' shares are shared out again among pools of about one size. p is how often that "
        "gives a gap at least as large. Intervals there are approximate. With fewer than 10 posts, pools or units on a side nothing can be said "
        "of chance.",
        f"“{words.LEVELS['not_found']}” is said where the {100 * conventions.equivalence_level:g}% interval lies between {ratio(1 / conventions.matters)} "
        f"and {ratio(conventions.matters)}, and p alone is above {max(conventions.alpha, SMALL_P):g}. An odds ratio beyond these is treated as "
        f"mattering. That, and {conventions.alpha:g} for p, are conventions chosen for this case.",
    )


_WEIGHTS = (
    "The error is shared out before anything is looked at. Sex, disability, race in combined groups, the trend with age, part-time and "
    f"fixed-term work, pregnancy, maternity and family leave have {CORE_WEIGHT:g} times the weight of every other group. A characteristic that the case "
    "declares has half of it."
)


def _family_method(assessment: Assessment) -> str:
    drawn = assessment.drawn.selection
    if drawn is None:
        return "by Holm's method, since counts do not show how the groups overlap"
    age = assessment.further.age
    trend = ", the trend with age among them," if age and age.trend.informative_pools else ""
    return (
        f"by drawing {drawn.draws:,} selections of the same people at random and seeing how often any group{trend} looks as strong "
        f"(step-down minimum p; seed {drawn.seed})"
    )


GLOSSARY: tuple[tuple[str, str], ...] = (
    ("Pool", "Redundancy selection pool: people among whom some are selected to lose their jobs."),
    ("At risk", "In a pool."),
    ("Selected, retained", "Chosen to lose their jobs, and not chosen."),
    ("Group, comparator", "One value of a characteristic, and everyone else who answered, in the same pool."),
    ("Expected", "How many of the group would be selected if the cuts fell evenly within each pool."),
    ("More or fewer", "The number seen less the number expected."),
    (
        "Odds ratio",
        "How the odds of being selected compare, in the group against everyone else in the same pools: 1 is the same, 2 is "
        "twice the odds.",
    ),
    ("Interval", "The odds ratios that fit these figures. A wide one means that the figures say little."),
    ("p", "How often chance would give a gap at least this large if the cuts fell evenly."),
    *((words.LEVELS[level], meaning) for level, meaning in words.MEANINGS.items()),
)
