"""Takes who has priority for vacancies, as counts; gives its section. Rows are a section of their own, for one screen alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from eia.case import Case
from eia.intake.workforce import Workforce
from eia.law.lookup import rule, written
from eia.present.documents.model import Block, Bullets, Heading, Notice, Paragraph, Table, tabulated
from eia.present.sections.law import amount, citation, sources, warning
from eia.present.text.numbers import people
from eia.present.text.words import capital, listed, plural
from eia.process.family_leave_priority import Doubt, Holder, LateDay, late_day
from eia.process.priority_counts import PriorityCounts, Whose
from eia.process.vacancies import Placing, Placings, candidates

HEADING = "Priority for suitable vacancies"

_DOUBTS: Mapping[Doubt, str] = {
    "birth not given": "the day of birth or placement is not given",
    "end not given": "the end of leave is not given",
    "run not given": "the longest run of weeks is not given",
    "run not dated": "the first day of the six weeks is not given",
    "length not seen": "how long the priority lasts after this leave was not seen: check the Regulations",
    "told not given": "the day the employer was told is not given",
    "start not given": "the start of leave is not given",
    "not recorded": "the law of this place is not recorded here: check the law itself",
}
_WHOSE: Mapping[Whose, str] = {
    "selected": "Of those whose jobs go",
    "in pools": "Nobody has been chosen yet. Of everybody in a pool",
    "everyone": "Of everybody in the file of leave, whether or not the job goes",
}
SINCE_WHEN = "Since when has it been proposed to delete these posts?"
_NO_DAY = (
    f"{SINCE_WHEN} The case does not say. Priority runs from when redundancy makes it impracticable to go on with the old jobs, and not "
    "from notice. Enter the day under “The proposal”, or under [priority] as impracticable_from. Until then, who has priority "
    "cannot be told."
)
_LATE: Mapping[LateDay, str] = {
    "notice": "the first notice",
    "first dismissal": "the first dismissal",
    "contracts end": "the end of the contracts",
}
_NO_END = (
    "The case does not say when the contracts end (under [priority], contracts_end), so that the vacancies are not looked at "
    "and only the first day is."
)
_SUITS = (
    "Whether a vacancy is suitable and appropriate, on terms not substantially less favourable, is for people to say, vacancy "
    "by vacancy. It is never worked out here."
)


def priority(found: PriorityCounts | None, case: Case) -> Iterator[Block]:
    """The section: counts alone, what the law says, and what to ask; nothing without a file of leave."""
    if found is None:
        return
    yield Heading(HEADING, 2, "priority")
    first = case.priority.impracticable_from
    if first is None:
        yield Paragraph(_NO_DAY, lead=True)
        return
    yield Paragraph(_counted(found, case), lead=True)
    if late := late_told(case):
        yield Notice(late, "caution")
    if found.begins:
        yield Paragraph(f"{amount(found.begins)} ({citation(found.begins)})")
    if found.offer:
        yield Paragraph(f"{amount(found.offer)} ({citation(found.offer)}) {_SUITS}")
    if beside := _beside(found):
        yield Paragraph(beside)
    yield _kinds_table(found)
    if found.vacancies:
        yield from _vacancies(found.vacancies)
    elif case.priority.contracts_end is None:
        yield Paragraph(_NO_END)
    if found.gates:
        yield _gates(found)


def late_told(case: Case) -> str:
    """That the day given is one of notice or dismissal, and what to ask; nothing where it is another."""
    late = late_day(case)
    if late is None:
        return ""
    return (
        f"The day given for the old jobs is that of {_LATE[late]}. The right can begin earlier: where the post itself is proposed for "
        f"deletion, from then. {SINCE_WHEN}"
    )


def law_of_priority(found: PriorityCounts | None, *, today: dt.date) -> Iterator[Block]:
    """Every rule that the counts rest on, where nothing else tells it: with its source, and what to check."""
    if found:
        yield from sources(found.rules, today=today, points=found.unsettled)


def rows_of(holders: Sequence[Holder], workforce: Workforce | None, case: Case, *, today: dt.date) -> Iterator[Block]:
    """The rows of the file of leave with priority, or of which it cannot be told. It reaches a person: for one screen, and on
    request on the command line; never for a report."""
    condition = rule("equality_monitoring", on=today, where="United Kingdom")
    yield Heading("Rows of the file of leave", 2, "rows")
    yield Notice(
        f"Naming rows reaches a person. {amount(condition)} {condition.note} ({citation(condition)})", "confidential"
    )
    yield _rows_table(holders)
    if workforce is not None and workforce.redeployment is not None:
        for vacancy in workforce.redeployment.vacancies:
            if found := candidates(vacancy, holders, workforce, case):
                yield tabulated(
                    f"Rows by vacancy: {vacancy_name(vacancy.reference, vacancy.title)}",
                    found,
                    {
                        "Rows": lambda one: rows_named(holders[one.number]),
                        "Priority while it is open": lambda one: "Yes" if one.protected else "Cannot be told",
                        "Suitable": lambda one: {True: "Yes", False: "No", None: "Not answered"}[one.suitable],
                        "Offered in time": lambda one: "Yes" if one.offered else "Not recorded",
                    },
                    words=None,
                )


def doubts_told(doubts: Sequence[Doubt]) -> str:
    """What would have to be known, in a few words.

    >>> doubts_told(["birth not given"])
    'the day of birth or placement is not given'
    """
    return listed([_DOUBTS[doubt] for doubt in doubts]) if doubts else ""


def vacancy_name(reference: str, title: str) -> str:
    """What a vacancy is called.

    >>> vacancy_name("V7", "Clerk"), vacancy_name("V7", "")
    ('V7, Clerk', 'V7')
    """
    return f"{reference}, {title}" if title else reference


def rows_named(holder: Holder) -> str:
    """The rows of a person, as a spreadsheet numbers them."""
    return listed([str(each.leave.row) for each in holder.standings])


def _counted(found: PriorityCounts, case: Case) -> str:
    first, last = case.priority.impracticable_from, case.priority.contracts_end
    days = (
        f"between {written(first)} and {written(last)}" if first and last else f"on {written(first)}" if first else ""
    )
    told = f"{_WHOSE[found.whose]}, {plural(found.people, 'person is', 'people are')} pregnant, on family leave or lately back from it"
    if not found.people:
        return f"{told}, as far as the file of leave tells."
    told += (
        f". {capital(plural(found.with_priority, 'person has', 'people have'))} priority for suitable vacancies {days}"
    )
    if found.unsure:
        doubts = dict.fromkeys(doubt for kind in found.kinds for doubt in kind.doubts)
        told += (
            f"; of {people(found.unsure)} it cannot be told, since {doubts_told(tuple(doubts)) or 'days are missing'}"
        )
    return f"{told}."


def _beside(found: PriorityCounts) -> str:
    said = []
    if found.others:
        others = plural(found.others, "person", "people")
        said.append(f"Besides them the file of leave has {others} not selected, or in no pool.")
    if found.lost:
        rows = plural(found.lost, "row of that file names", "rows of that file name")
        said.append(f"{rows} nobody in the workforce file and could not be counted: check the references.")
    return " ".join(said)


def _kinds_table(found: PriorityCounts) -> Table:
    return tabulated(
        "Pregnancies and family leave that give priority",
        found.kinds,
        {
            "Kind of leave": lambda kind: capital(kind.kind),
            "Rows": lambda kind: people(kind.rows),
            "With priority": lambda kind: people(kind.with_priority),
            "Cannot be told": lambda kind: people(kind.unsure),
            "What is missing": lambda kind: capital(doubts_told(kind.doubts)) or "–",
        },
        words=("What is missing",),
        notes=(
            "Rows of the file. A person can have several, such as a pregnancy and leave: above, each person counts once. Nobody is "
            "taken to be pregnant unless the file says so, and a day of birth in it is taken as one that the employer was told in time.",
        ),
    )


def _vacancies(found: Placings) -> Iterator[Block]:
    yield tabulated(
        "Vacancies, and people with priority while each was open",
        found.each,
        {
            "Vacancy": lambda each: vacancy_name(each.reference, each.title),
            "Posts": lambda each: people(each.posts),
            "Open": lambda each: (
                f"{written(each.opens)} to {written(each.closes)}" if each.closes else f"from {written(each.opens)}"
            ),
            "With priority": lambda each: people(each.with_priority),
            "Cannot be told": lambda each: people(each.unsure),
            "Suits": lambda each: people(each.suitable),
            "Does not suit": lambda each: people(each.not_suitable),
            "Not answered": lambda each: people(each.unanswered),
            "Offered in time": lambda each: people(each.offered),
        },
        words=("Open",),
        notes=(
            "With priority: protected on a day on which the vacancy was open, between the old job becoming impracticable and the end "
            "of the contract. Cannot be told: a day is missing, or the protected days ended before it opened, and whether that is "
            "enough is not settled here.",
        ),
    )
    told = [*_conflict(found), *_asked(found.each)]
    if told:
        yield Heading("Questions about the vacancies", 3)
        yield Bullets(tuple(told))


def _conflict(found: Placings) -> Iterator[str]:
    if found.placeable < found.fitting:
        yield (
            f"{capital(plural(found.fitting, 'person', 'people'))} with priority could be offered a vacancy that suits, and however the offers "
            f"are shared out only {people(found.placeable)} can be. How will it be decided who comes first? Nothing recorded here says."
        )


def _asked(vacancies: Sequence[Placing]) -> Iterator[str]:
    asked: Sequence[tuple[str, Callable[[Placing], int]]] = (
        ("Suits more people with priority than it has posts, by so many:", lambda each: each.short),
        (
            "Suitable, and no offer is recorded. Has it been made, before the contracts end?",
            lambda each: each.not_offered,
        ),
        (
            "Nobody has answered whether it suits. Is it suitable and appropriate for them?",
            lambda each: each.unanswered,
        ),
        (
            "It cannot be told whether they have priority: a day is missing, or their protected days ended before it opened. "
            "What does the employer say of them?",
            lambda each: each.unsure,
        ),
    )
    for question, count in asked:
        named = [f"{each.reference} ({plural(count(each), 'person', 'people')})" for each in vacancies if count(each)]
        if named:
            yield f"{question} {listed(named)}."


def _gates(found: PriorityCounts) -> Table:
    return tabulated(
        "The rules that protect these days, and when each applies",
        found.gates,
        {
            "Rule": lambda each: each.title + warning(each),
            "When": lambda each: f"{capital(each.date_basis)}: {written(each.from_)} or later",
        },
        words=None,
    )


def _rows_table(holders: Sequence[Holder]) -> Table:
    return tabulated(
        "Rows with priority, and rows of which it cannot be told",
        [holder for holder in holders if holder.has_priority is not False],
        {
            "Rows": rows_named,
            "Priority": lambda holder: "Yes" if holder.has_priority else "Cannot be told",
            "Protected days": lambda holder: (
                "; ".join(
                    f"{written(each.start)} to {written(each.end)} ({each.rule.title})" for each in holder.protected
                )
                or "–"
            ),
            "What is missing": lambda holder: capital(doubts_told(holder.doubts)) or "–",
        },
        words=None,
        notes=("Rows of one person stand together. The row of headers is row 1.",),
    )
