"""Takes a Workforce, its stated Rule and a Scenario; gives the pools as they would be, and how many would go from each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import Scenario
from eia.errors import EiaError, Fault, Faults, inert, quotable
from eia.intake.workforce import Workforce, codes_of, labels_of
from eia.scenarios.choose import Ints, Mask
from eia.scenarios.rule import Rule

NOT_GIVEN = "not given"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pools:
    """pool: (people,), the pool of everybody in one, those who left before choosing included. to_go: (pools,). volunteers: (people,), who is accepted before anybody is selected;
    they are among those to go no more."""

    pool: pd.Categorical
    to_go: Ints
    volunteers: Mask


def changed_pools(rule: Rule, workforce: Workforce, scenario: Scenario) -> Pools:
    """The pools under the scenario. Numbers: those given; else of pools merged their sum, of parts of a pool as many as are selected from each now, and of pools
    in which a post is out of scope the number as it was, as far as people are left.

    Raises
    ------
    EiaError with every pool or post that is named and not there, and where a number cannot be told.
    """
    people = workforce.frame
    old, labels = codes_of(people, "pool"), list(rule.pools)
    faults = Faults()
    out = _out_of_scope(people, scenario, faults)
    pool = np.where(out, -1, old)
    before = np.full(len(labels), -1) if rule.to_go is None else rule.to_go
    to_go = {label: int(number) for label, number in zip(labels, before.tolist(), strict=True)}
    for new, parts in scenario.merged.items():
        _merge(new, parts, pool, labels, to_go, faults)
    for label, by in scenario.split.items():
        _split(label, by, people, rule, pool, labels, to_go, faults)
    faults.raise_if_any()
    for number in (scenario.to_go, scenario.vacancies_kept):
        for label in number:
            if label not in to_go:
                faults.add(_no_pool(label, labels, pool))
    faults.raise_if_any()
    to_go |= scenario.to_go
    held = np.bincount(pool[(pool >= 0) & (rule.pool >= 0)], minlength=len(labels))
    emptied = np.bincount(old[out & (rule.pool >= 0)], minlength=len(labels)) > 0
    for place, label in enumerate(labels):
        if label in scenario.vacancies_kept and to_go[label] >= 0:
            to_go[label] = max(0, to_go[label] - scenario.vacancies_kept[label])
        if emptied[place] and label not in scenario.to_go:
            to_go[label] = min(to_go[label], int(held[place]))
    if any(to_go[label] < 0 and number for label, number in zip(labels, held.tolist(), strict=True)):
        raise EiaError(Fault(code="no-number-to-go", what="It is not known how many are to go from some pools.",
                             allowed="a number to go for every pool, or selections", do="Give the numbers to go."))  # fmt: skip
    numbers = np.maximum([to_go[label] for label in labels], 0).astype(np.int64)
    volunteers = np.zeros(len(people), dtype=np.bool_)
    if scenario.volunteers_first:
        volunteers = _volunteers(people, rule, pool, numbers)
    return Pools(
        pool=pd.Categorical.from_codes(pool, categories=labels, ordered=True),
        to_go=numbers - np.bincount(pool[volunteers], minlength=len(numbers)),
        volunteers=volunteers,
    )


def _out_of_scope(people: pd.DataFrame, scenario: Scenario, faults: Faults) -> Mask:
    """Who is in a pool, or holds a post, that is taken out."""
    out = np.zeros(len(people), dtype=np.bool_)
    for name in scenario.out_of_scope:
        there = False
        for column in ("pool", "post"):
            labels = labels_of(people, column) if column in people else ()
            if name in labels:
                out |= codes_of(people, column) == labels.index(name)
                there = True
        if not there:
            faults.add(Fault(code="no-such-pool", what=f"No pool or post is called “{inert(name)}”.", allowed="a pool or a post of the files, letter for letter",
                             do="Use its name as the files have it."))  # fmt: skip
    return out


def _no_pool(name: str, labels: list[str], pool: npt.NDArray[np.int64]) -> Fault:
    """That there is no such pool; those that are, as far as their names point at nobody."""
    held = np.bincount(pool[pool >= 0], minlength=len(labels))
    shown = [told for label, number in zip(labels, held.tolist(), strict=True) if (told := quotable(label, number))][
        :10
    ]
    more = f" and {len(labels) - len(shown):,} more" if len(labels) > len(shown) else ""
    return Fault(
        code="no-such-pool",
        what=f"No pool is called “{inert(name)}”.",
        allowed=", ".join(shown) + more if shown else "a pool of the files, letter for letter",
        do="Use its name as the files have it.",
    )


def _merge(
    new: str,
    parts: tuple[str, ...],
    pool: npt.NDArray[np.int64],
    labels: list[str],
    to_go: dict[str, int],
    faults: Faults,
) -> None:
    if unknown := [part for part in parts if part not in labels]:
        faults.extend(_no_pool(part, labels, pool) for part in unknown)
        return
    if new in labels and new not in parts:
        faults.add(Fault(code="pool-there-already", what=f"There is a pool called “{inert(new)}” already.", allowed="a name that no pool has",
                         do="Give the merged pool another name."))  # fmt: skip
        return
    numbers = [to_go.pop(part) for part in parts]
    places = [labels.index(part) for part in parts]
    pool[np.isin(pool, places)] = places[0]
    labels[places[0]] = new
    for place in places[1:]:
        labels[place] = f"{labels[place]} (merged)"
        to_go[labels[place]] = 0
    to_go[new] = -1 if min(numbers) < 0 else sum(numbers)


def _split(
    label: str, by: str, people: pd.DataFrame, rule: Rule, pool: npt.NDArray[np.int64], labels: list[str], to_go: dict[str, int], faults: Faults
) -> None:  # fmt: skip
    if label not in labels or by not in people or not labels_of(people, by):
        what = _no_pool(label, labels, pool) if label not in labels else Fault(code="nothing-to-split-by", what=f"No file gives the {by} of people.",
                                                                         allowed=f"a column of the {by}", do="Split the pool by something else.")  # fmt: skip
        faults.add(what)
        return
    place, parts = labels.index(label), labels_of(people, by)
    members = pool == place
    code = codes_of(people, by)
    labels[place] = f"{label}: {NOT_GIVEN}"
    del to_go[label]
    for part in (-1, *np.unique(code[members & (code >= 0)]).tolist()):
        here = members & (code == part)
        name = labels[place] if part < 0 else f"{label}: {parts[part]}"
        if part >= 0:
            labels.append(name)
            pool[here] = len(labels) - 1
        to_go[name] = int((here & rule.now).sum()) if rule.chosen else (-1 if here.any() else 0)


def _volunteers(people: pd.DataFrame, rule: Rule, pool: npt.NDArray[np.int64], to_go: Ints) -> Mask:
    """Who applied to leave and can be accepted: where more applied than are to go, those whom the rule would select first."""
    if "applied" not in people:
        raise EiaError(Fault(code="no-volunteers", what="No file says who applied to leave.", allowed="a column that says who volunteered",
                             do="Add it, or try another change."))  # fmt: skip
    applied = people["applied"].fillna(False).to_numpy(dtype=np.bool_) & (pool >= 0) & (rule.pool >= 0)
    who = np.flatnonzero(applied)
    total = rule.standing().total[who]
    order = who[np.lexsort((~rule.now[who], np.nan_to_num(total, nan=np.inf), pool[who]))]
    first = np.arange(len(order)) - np.searchsorted(pool[order], pool[order])
    accepted = np.zeros(len(people), dtype=np.bool_)
    accepted[order] = first < to_go[pool[order]]
    return accepted
