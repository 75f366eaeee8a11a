"""Takes one cell of words of a published table; gives what it can stand for: a characteristic, a group, what is counted, a total."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from eia import budget
from eia.case import RETAINED, Case
from eia.intake.counts.group_labels import published_groups
from eia.intake.counts.measures import SELECTED, counted_outcomes, without_percent
from eia.intake.files.layout import is_total
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.headers import column_headers, header_words
from eia.vocabulary.synonyms import groups_elsewhere, is_missing, outcomes, plain, post_lists, row_words, yes_no

PEOPLE = "people"
_COUNTED = (
    r"(?:people|staff|persons|employees|posts|workers|colleagues|workforce|heads?|records?|cases|individuals|rows)"
)
_COUNT = re.compile(
    r"n|no|nos|nr|number|numbers|count|counts|freq|frequency|value|values|total|totals|headcount|head count|recordcount|rowcount|obs"
    rf"|(?:n|no|nos|nr|num|volume|number|total|total number|freq|frequency|sum|count) (?:of )?(?:{_COUNTED}|head ?count)"
    rf"|column labels|row labels|(?:(?:{_COUNTED}|number|head ?count) )?(?:before|prior to|pre) .+"
    rf"|(?:{_COUNTED} )?in post(?: .+)?|{_COUNTED}(?: count| number| total)?|(?:sum|count) of (?!.*(?:pay|salary|cost|score|hour|fte|day|wte)).+"
)
_SAYS_NUMBER = re.compile(r"^(?:number|no|nr|num|count|total) (?:of )?| n$")
_LEADS_ON = frozenset(("of", "in", "at", "for", "to", "by", "from", "with", "the", "and", "or"))
"""Words after which a label does not end."""
_COUNTS = re.compile(r"\b(?:number|numbers|count|counts|headcount)\b")
_BASE = re.compile(
    r"(?:unweighted |weighted |sample |total )?base(?: n| number| size)?|n base|total n|denominator|sample size"
)
_TOTAL = re.compile(rf"total .+|.+ total|all {_COUNTED}(?: (?:at|in|within|of|affected) .+)?")
_TIME = frozenset(
    ("year", "month", "date", "period", "quarter", "reporting year", "reporting period", "financial year", "fiscal year",
     "as at", "as at date", "snapshot date", "time period", "time", "survey year", "academic year")
)  # fmt: skip
_MOMENT = re.compile(
    r"(?:as at |at |fy ?)?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6} ?(?:(?:20)?\d\d)?|(?:19|20)\d\d(?: (?:20)?\d\d)?|q[1-4](?: (?:20)?\d\d(?: \d\d)?)?)"
)
_AGES = re.compile(
    r"(?:aged? )?(?:\d{2} ?(?:-|–|to) ?\d{2}|(?:under|below|<|less than|up to) ?\d{2}|\d{2} ?(?:\+|and (?:over|under|above|older)|plus|or (?:over|more|older)))(?: years)?"
)
_ADDED = (
    "group",
    "groups",
    "band",
    "bands",
    "status",
    "category",
    "categories",
    "profile",
    "breakdown",
    "combined",
    "by",
    "of staff",
    "of employees",
    "declared",
)
# in the order in which labels that could be of several are taken for one
_TOLD_BY_ANSWERS = (
    "sex", "race", "disability", "working_pattern", "contract", "religion", "sexual_orientation", "marriage", "age",
)  # fmt: skip


def is_count(header: str) -> bool:
    """Whether a header says no more than that people are counted.

    >>> is_count("No. of people"), is_count("RecordCount"), is_count("Sum of Headcount"), is_count("Salary")
    (True, True, True, False)
    """
    return bool(_COUNT.fullmatch(plain(header))) or is_base(header)


def without_count(header: str) -> str:
    """A header in plain words, without those that say that it counts.

    >>> without_count("Number of redundancies"), without_count("No. losing post")
    ('redundancies', 'losing post')
    """
    return _SAYS_NUMBER.sub("", plain(header))


def says_count(text: str) -> bool:
    """Whether a title says that people are counted, whatever else it says: “Number and percentage of staff”."""
    return bool(_COUNTS.search(plain(text)))


def is_base(label: str) -> bool:
    """Whether a label says that its row gives the number of people that percentages are of."""
    return bool(_BASE.fullmatch(plain(label)))


def is_time(header: str) -> bool:
    """Whether a header is of years, months or days."""
    return plain(header) in _TIME


def is_moment(word: str) -> bool:
    """Whether words are a year, a quarter, a month or a day, or say whether a change has come: “Current”, “Proposed”.

    >>> is_moment("31 March 2024"), is_moment("2023/24"), is_moment("Q1"), is_moment("Mar-25"), is_moment("Grade 7"), is_moment("May Street")
    (True, True, True, True, False, False)
    """
    return bool(_MOMENT.fullmatch(plain(word))) or plain(word) in post_lists()


def are_ages(headers: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether all that reads like figures are bands of ages, and a header is of ages: people, each with a band.

    >>> are_ages(["Sex", "Age"], ["under 30", "30 to 39"]), are_ages(["Sex", "Age"], ["30 to 39", "12"]), are_ages(["Sex"], ["under 30"])
    (True, False, False)
    """
    aged = any(header_words("people").get(plain(header)) in ("age", "age_band") for header in headers)
    return aged and all(_AGES.fullmatch(cell.casefold()) for cell in cells)


def is_total_label(label: str) -> bool:
    """Whether a label says that its row or column counts several others together.

    >>> is_total_label("Overall_totals"), is_total_label("Total (all ages)"), is_total_label("All persons"), is_total_label("All other staff")
    (True, True, True, False)
    """
    word = plain(label)
    if word in ("average", "mean"):
        return False
    return word in row_words("total") or is_total(label) or is_base(label) or bool(_TOTAL.fullmatch(word))


def measure_called(header: str, case: Case) -> str:
    """What a header says is counted: one of our columns of figures, or an outcome; "" where it says no such thing."""
    whole = plain(header)
    bare = plain(without_percent(header))
    words = (whole, bare, _SAYS_NUMBER.sub("", whole), _SAYS_NUMBER.sub("", bare))
    own = {
        word: name for word, name in header_words("counts").items() if name not in ("characteristic", "group", "pool")
    }
    known = {**counted_outcomes(case), **own}
    found = next((known[word] for word in words if word in known), "")
    return "" if found == PEOPLE and is_count(header) else found


def measure_within(text: str, case: Case) -> str:
    """What a title says is counted, by the longest words in it that do; "" where none does, or two do that differ."""
    words = plain(text).split()
    for size in range(min(4, len(words)), 0, -1):
        found = {measure_called(" ".join(words[at : at + size]), case) for at in range(len(words) - size + 1)} - {""}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def outcome_called(cell: str, case: Case) -> str:
    """The measure that a cell of a column of outcomes, or of what is counted, stands for; "" where it is neither."""
    word = plain(cell)
    if found := measure_called(cell, case):
        return found
    if word in (own := counted_outcomes(case)):
        return own[word]
    if word in yes_no():
        return SELECTED if yes_no()[word] else RETAINED
    found = outcomes().get(word, "")
    return SELECTED if found == case.stages.compulsory else found


def characteristic_called(text: str, case: Case) -> str:
    """The key of the characteristic that a header or a row names by itself; "" where it names none.

    >>> characteristic_called("Age band", Case()), characteristic_called("By ethnicity", Case()), characteristic_called("Finance", Case())
    ('age', 'race', '')
    """
    known, word = _characteristic_words(), plain(text)
    own = {plain(name): key for key, extra in case.characteristics.items() for name in (key, extra.title)}
    words = word.split()
    kept = [
        word,
        " ".join(w for w in words if w not in _ADDED),
        " ".join(w for w in words if w not in _ADDED and w != "staff"),
    ]
    return next((found for one in kept if (found := own.get(one) or known.get(one, ""))), "")


def characteristics_within(text: str, case: Case) -> list[str]:
    """The keys of the characteristics that a title names, each once."""
    words, found = plain(text).split(), []
    at = 0
    while at < len(words):
        for size in (4, 3, 2, 1):
            if key := characteristic_called(" ".join(words[at : at + size]), case):
                found.append(key)
                at += size - 1
                break
        at += 1
    return list(dict.fromkeys(found))


@cache
def _characteristic_words() -> dict[str, str]:
    ours = characteristics()
    by_header = {word: column for word, column in header_words("people").items() if column in ours}
    return by_header | {plain(name): key for key, one in ours.items() for name in (key, one.title)}


def person_column(header: str) -> str:
    """The column of a file of people that a header is known to be, where only people one by one have it; else ""."""
    column = header_words("people").get(plain(header), "")
    shared = {*characteristics(), "pool", "post", "unit", "outcome", "grade"}
    return "" if column in shared else column


def is_pool_header(header: str) -> bool:
    """Whether a header is of pools."""
    return plain(header) in (*column_headers("counts")["pool"], *column_headers("people")["pool"])


def is_outcome_header(header: str) -> bool:
    """Whether a header is of outcomes."""
    return plain(header) in column_headers("people")["outcome"]


def is_answer(key: str, label: str, case: Case) -> bool:
    """Whether a label is known to be a group of the characteristic, of our lists or of another country's."""
    if key == "age":
        return bool(_AGES.fullmatch(label.casefold().strip()))
    if plain(label) in groups_elsewhere("race" if key == "race_group" else key):
        return True
    (group,) = published_groups(key, [label], case)
    return group is not None and group.kind == "answer"


def told_by_labels(labels: Iterable[str], case: Case, *, least: int = 2) -> str:
    """The characteristic that nearly all of these labels are groups of, at least so many different ones; "" where there is none."""
    given = [label for label in dict.fromkeys(labels) if label and not is_total_label(label) and not is_missing(label)]
    often_meant = row_words("several meanings") | yes_no().keys()
    telling = [label for label in given if plain(label) not in often_meant]
    for key in _TOLD_BY_ANSWERS:
        known = [label for label in telling if is_answer(key, label, case)]
        if len(known) >= least and sum(label in known or is_answer(key, label, case) for label in given) >= 0.75 * len(
            given
        ):
            return key
    return ""


def split_label(label: str, parts: Sequence[str] = (":", " - ", " – ", " — ", "/", "|", "_")) -> list[tuple[str, str]]:
    """The ways in which a label may be two: at a mark, or between any two words."""
    at_marks = [tuple(map(str.strip, label.split(mark, 1))) for mark in parts if mark in label]
    words = label.split()
    ends = [
        at
        for at in range(1, len(words) if len(words) <= budget.WORDS_OF_TWO_LABELS else 1)
        if words[at - 1].casefold() not in _LEADS_ON
    ]
    between = [(" ".join(words[:at]), " ".join(words[at:])) for at in ends]
    return [(one, other) for one, other in (*at_marks, *between) if one and other]
