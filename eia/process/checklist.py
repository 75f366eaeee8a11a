"""Takes what the data of a case hold and who is above their share; gives what to ask. Takes a Case; gives what must come in writing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from eia.case import Case, Question
from eia.law.lookup import in_force
from eia.law.records import Rule
from eia.process.consultation_clock import consultation_clock
from eia.process.severance import place

ItemKey = Literal[
    "proportions", "raw numbers", "leavers", "earlier rounds",  # which data can answer
    "assessed first", "other pools", "availability", "service points", "attendance", "appraisals", "adjustments",
    "scoring", "fixed-term staff", "absent staff", "family-leave priority", "flexible posts", "alternatives",
    "volunteers", "less harmful ways", "continuous service",
    "cumulative", "mitigation", "union activity",
]  # fmt: skip
Made = tuple[str, Question]  # a characteristic by key, and the step that made the gap of its group
Datum = str  # the key of a characteristic, or "rest of the workforce", "dismissals", "extract date", "rounds"

_ANSWERED_BY: Mapping[ItemKey, tuple[Datum, ...]] = {
    "proportions": ("rest of the workforce",),
    "raw numbers": ("grade", "contract", "working_pattern", "extract date"),
    "leavers": ("dismissals",),
    "earlier rounds": ("rounds",),
}
_ABOUT: Mapping[ItemKey, tuple[str, ...]] = {
    "fixed-term staff": ("contract",),
    "availability": ("sex", "working_pattern", "flexible", "family_leave", "pregnancy_maternity"),
    "service points": ("age", "sex"),
    "attendance": ("disability", "pregnancy_maternity"),
    "appraisals": ("disability", "race", "race_group"),
    "adjustments": ("disability",),
    "scoring": ("race", "race_group", "sex", "religion", "sexual_orientation", "nationality", "national_origin"),
    "absent staff": ("pregnancy_maternity", "family_leave"),
    "family-leave priority": ("pregnancy_maternity", "family_leave"),
    "flexible posts": ("working_pattern", "flexible", "sex"),
    "volunteers": ("age",),
}
_STEP: Mapping[ItemKey, Question] = {
    "availability": "selection", "service points": "selection", "attendance": "selection", "appraisals": "selection", "adjustments": "selection", "scoring": "selection",
    "absent staff": "selection", "volunteers": "selection", "flexible posts": "scope",
}  # fmt: skip
"""The step that a question asks about; a question without one asks about whichever made the gap."""
ITEMS: tuple[ItemKey, ...] = (
    "assessed first", "proportions", "raw numbers", "other pools", "availability", "attendance", "appraisals", "adjustments", "service points",
    "scoring", "flexible posts", "fixed-term staff", "absent staff", "family-leave priority", "volunteers", "continuous service", "alternatives",
    "less harmful ways", "mitigation", "cumulative", "earlier rounds", "leavers", "union activity",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that guidance tells representatives to ask.

    answered: whether the data of the case answer it. missing: which data would, that the case does not have. about: the
    characteristic that it bears on with the largest gap made by the step it asks about, None for one that bears on all alike.
    """

    key: ItemKey
    answered: bool
    missing: tuple[Datum, ...] = ()
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What to put to the employer, the most telling first, and what the data answer already."""

    ask: tuple[Item, ...]
    answered: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What must be given in writing, and by which rule it can be asked for.

    documents: each thing that is to be given where collective consultation is owed, and whether it has been received; whatever
    else has come stands last. duty: the rule that says so, None where it does not bind. bargaining: the rule by which a
    union may ask where it does not. union: the rule on selection for union membership or activities.
    """

    documents: tuple[tuple[str, bool], ...]
    duty: Rule | None
    bargaining: Rule | None
    union: Rule | None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that bind, in this order."""
        return tuple(rule for rule in (self.duty, self.bargaining, self.union) if rule)


def checklist(*, held: Collection[Datum], above: Mapping[Made, float]) -> Checklist:
    """Make the checklist of a case.

    Parameters
    ----------
    held: what the data hold, characteristics by key among it. above: people of each gap, by characteristic and the step that made it; it
    decides which questions come first.

    Notes
    -----
    The questions are those that union guidance gives to representatives and that public bodies' own assessments answer.
    None of them is a legal test.

    Example
    -------
    >>> made = checklist(held={"rest of the workforce"}, above={("disability", "selection"): 4.0})
    >>> [item.key for item in made.ask][:2], [item.key for item in made.answered]
    (['attendance', 'appraisals'], ['proportions'])
    """
    items = [_item(key, held, above) for key in ITEMS]
    asked = [item for item in items if not item.answered]
    most = {name: people for (name, _), people in sorted(above.items(), key=lambda each: each[1])}
    return Checklist(
        ask=tuple(sorted(asked, key=lambda item: -most.get(item.about or "", 0.0))),
        answered=tuple(item for item in items if item.answered),
    )


def papers(case: Case) -> Papers:
    """Say what the employer must give in writing, what of it the case has as received, and by which rules.

    Raises EiaError where the day of the proposal is before the first day of the law that is recorded.

    >>> papers(Case()).duty is None
    True
    """
    made = consultation_clock(case)
    return Papers(
        documents=documents(case),
        duty=None if made and made.duty == "too few" else _information(case),
        bargaining=_cited("bargaining_information", case),
        union=_cited("union_selection", case),
    )


def documents(case: Case) -> tuple[tuple[str, bool], ...]:
    """What the employer must give in writing where collective consultation is owed, and whether the case has it as received.

    >>> from eia.case import Consultation
    >>> documents(Case(consultation=Consultation(received=("A letter",))))
    (('A letter', True),)
    """
    told, came = _information(case), case.consultation.received
    listed = told.value if told and isinstance(told.value, tuple) else ()
    return tuple((name, name in came) for name in dict.fromkeys((*listed, *came)))


def _information(case: Case) -> Rule | None:
    """The rule on what must be given in writing; None in Crown employment."""
    return None if case.employer.kind == "Crown" else _cited("consultation_information", case)


def _cited(key: str, case: Case) -> Rule | None:
    """A rule as it stands on the day of the proposal; None before the case has one, or where it is not law."""
    return in_force(key, on=case.dates.proposal, where=place(case)) if case.dates.proposal else None


def _item(key: ItemKey, held: Collection[Datum], above: Mapping[Made, float]) -> Item:
    wanted = _ANSWERED_BY.get(key, ())
    missing = tuple(datum for datum in wanted if datum not in held)
    step = _STEP.get(key)
    bears_on = {
        name: people for (name, made), people in above.items() if name in _ABOUT.get(key, ()) and step in (None, made)
    }
    about = max(bears_on, key=lambda name: bears_on[name], default=None)
    return Item(key=key, answered=bool(wanted) and not missing, missing=missing, about=about)
