"""Takes who has priority, the vacancies and people's answers whether they suit; gives how many could be offered what."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from eia.case import Case, Suitability
from eia.errors import EiaError, Fault, inert
from eia.intake.extras.vacancies import Vacancy
from eia.intake.workforce import Workforce, labels_of
from eia.process.family_leave_priority import Holder


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """One vacancy and the people with priority who were there while it was open.

    posts: to be filled. opens, closes: its days, closes None while it is open. with_priority: people protected on one of
    its days; unsure: people of whom that cannot be told. suitable, not_suitable, unanswered: how many of those with priority
    it suits, by people's answers. offered: how many of them were offered it before the contracts end; not_offered: how many
    whom it suits were not.
    """

    reference: str
    title: str
    posts: int
    opens: dt.date
    closes: dt.date | None
    with_priority: int
    unsure: int
    suitable: int
    not_suitable: int
    unanswered: int
    offered: int
    not_offered: int

    @property
    def short(self) -> int:
        """How many more people with priority it suits than it has posts."""
        return max(self.suitable - self.posts, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placings:
    """Every vacancy, and all together.

    fitting: people with priority whom at least one of the vacancies suits. placeable: how many of them can each be offered
    a post, if the offers are shared out as well as they can be.
    """

    each: tuple[Placing, ...]
    fitting: int
    placeable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One person for one vacancy.

    number: the person's place among those whose jobs go. protected: whether on one of the days on which it was open, None
    where that cannot be told. suitable: people's answer, None for none. offered: before the contracts end.
    """

    number: int
    protected: bool | None
    suitable: bool | None
    offered: bool


def placings(holders: Sequence[Holder], workforce: Workforce, case: Case) -> Placings | None:
    """Count for each vacancy who has priority for it.

    Parameters
    ----------
    holders: the people whose jobs go, with their days. workforce: its pools, posts and files on redeployment. case: the days
    between which redundancy makes the old jobs impracticable and the contracts end, and answers by pool and post.

    Returns
    -------
    The Placings; None without vacancies, or where the case does not give both days. Whether a vacancy is suitable and
    appropriate, on terms not substantially less favourable, is people's answer and never worked out: that for a person
    counts before that for a post, and that before that for a pool. Somebody whose protected days end before a vacancy opens,
    though redundancy had struck in them, counts as one of whom it cannot be told.

    Raises
    ------
    EiaError where the case answers for a vacancy, pool or post that there is not.

    References
    ----------
    Maternity and Parental Leave etc. Regulations 1999, reg 10, and the rules named with each protected day.
    """
    if workforce.redeployment is None or not workforce.redeployment.vacancies:
        return None
    vacancies = workforce.redeployment.vacancies
    if faults := list(_unknown(case, vacancies, workforce)):
        raise EiaError(faults)
    if case.priority.impracticable_from is None or case.priority.contracts_end is None:
        return None
    found = [(vacancy, candidates(vacancy, holders, workforce, case)) for vacancy in vacancies]
    suited = [
        (vacancy.posts, [one.number for one in people if one.protected and one.suitable]) for vacancy, people in found
    ]
    return Placings(
        each=tuple(_placing(vacancy, people) for vacancy, people in found),
        fitting=len({number for _, people in suited for number in people}),
        placeable=placeable(suited),
    )


def candidates(vacancy: Vacancy, holders: Sequence[Holder], workforce: Workforce, case: Case) -> tuple[Candidate, ...]:
    """The people who have priority for a vacancy, and those of whom that cannot be told.

    Nobody where the case does not say both from when the old jobs are impracticable and when the contracts end.
    """
    first, last = case.priority.impracticable_from, case.priority.contracts_end
    if workforce.redeployment is None or first is None or last is None:
        return ()
    offers = {offer.person: offer for offer in workforce.redeployment.offers if offer.vacancy == vacancy.reference}
    answers = case.vacancies.get(vacancy.reference, Suitability())
    found = []
    for number, holder in enumerate(holders):
        protected = _protected(holder, vacancy, first, last)
        if protected is not False:
            offer = None if holder.place is None else offers.get(holder.place)
            own = offer.suitable if offer else None
            found.append(
                Candidate(
                    number=number,
                    protected=protected,
                    suitable=_answer(holder, answers, workforce) if own is None else own,
                    offered=bool(offer and offer.offered and offer.offered <= last),
                )
            )
    return tuple(found)


def placeable(suited: Sequence[tuple[int, Collection[int]]]) -> int:
    """How many people can each be given a post that suits them, at most.

    suited: for each vacancy its posts and the people whom it suits.

    Two people and two vacancies of one post each: where one person is suited by both, both people can be placed.

    >>> placeable([(1, {1, 2}), (1, {2})]), placeable([(1, {1, 2})]), placeable([(5, {1, 2})])
    (2, 1, 2)
    """
    open_to: dict[int, list[int]] = {}
    for vacancy, (_, people) in enumerate(suited):
        for person in people:
            open_to.setdefault(person, []).append(vacancy)
    placed: dict[int, int] = {}
    for person in open_to:
        _place(person, open_to, [posts for posts, _ in suited], placed)
    return len(placed)


def _place(person: int, open_to: Mapping[int, Sequence[int]], posts: Sequence[int], placed: dict[int, int]) -> None:
    """Give a person a post, moving others on where that makes room; ``placed`` is who has which vacancy."""
    mover: dict[int, int] = {}  # who would move into each vacancy
    waiting = deque([person])
    while waiting:
        one = waiting.popleft()
        for vacancy in open_to[one]:
            if vacancy in mover:
                continue
            mover[vacancy] = one
            there = [holder for holder, at in placed.items() if at == vacancy]
            if len(there) < posts[vacancy]:
                into: int | None = vacancy
                while into is not None:
                    moving = mover[into]
                    before = placed.get(moving)
                    placed[moving] = into
                    into = before
                return
            waiting.extend(there)


def _placing(vacancy: Vacancy, people: Sequence[Candidate]) -> Placing:
    entitled = [one for one in people if one.protected]
    answers = [one.suitable for one in entitled]
    return Placing(
        reference=vacancy.reference,
        title=vacancy.title,
        posts=vacancy.posts,
        opens=vacancy.opens,
        closes=vacancy.closes,
        with_priority=len(entitled),
        unsure=len(people) - len(entitled),
        suitable=answers.count(True),
        not_suitable=answers.count(False),
        unanswered=answers.count(None),
        offered=sum(one.offered for one in entitled),
        not_offered=sum(bool(one.suitable) and not one.offered for one in entitled),
    )


def _protected(holder: Holder, vacancy: Vacancy, first: dt.date, last: dt.date) -> bool | None:
    """Whether somebody whose job goes between two days is protected while a vacancy is open; None where it cannot be told."""
    begin, end = max(first, vacancy.opens), min(last, vacancy.closes or last)
    if begin > end:
        return False
    if any(days.meets(begin, end) for days in holder.protected):
        return True
    # redundancy struck in protected days that were over when the vacancy opened: whether that is enough is not settled here
    earlier = any(days.meets(first, end) for days in holder.protected)
    return None if earlier or holder.has_priority is None else False


def _answer(holder: Holder, answers: Suitability, workforce: Workforce) -> bool | None:
    """What the case answers for somebody's post, or else for their pool."""
    if holder.place is None:
        return None
    for column in ("post", "pool"):
        label = workforce.frame[column].array[holder.place]
        if label in (*answers.suitable_for, *answers.not_suitable_for):
            return label in answers.suitable_for
    return None


def _unknown(case: Case, vacancies: Sequence[Vacancy], workforce: Workforce) -> Iterator[Fault]:
    """Answers for what there is not."""
    there = {vacancy.reference for vacancy in vacancies}
    groups = {*labels_of(workforce.frame, "pool"), *labels_of(workforce.frame, "post")}
    for reference, answers in case.vacancies.items():
        if reference not in there:
            yield Fault(
                code="no-such-vacancy", what=f"The case answers for a vacancy that is not in the file: “{inert(reference)}”.",
                file="case.toml", column="vacancies", allowed="references of the file of vacancies, letter for letter",
                do="Correct the reference, or take the answer out.",
            )  # fmt: skip
        for name in (*answers.suitable_for, *answers.not_suitable_for):
            if name not in groups:
                yield Fault(
                    code="no-such-pool-or-post", what=f"The case says whom a vacancy suits by a pool or post that nobody has: “{inert(name)}”.",
                    file="case.toml", column=f"vacancies.{inert(reference)}", allowed="pools and posts of the file, letter for letter",
                    do="Correct the name, or take the answer out.",
                )  # fmt: skip
