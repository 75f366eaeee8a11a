"""Takes a Workforce and severance terms; gives who would be paid what, by characteristic: at the same grade, service and hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import RETAINED, STAYING, Case
from eia.errors import EiaError, Fault
from eia.intake.workforce import Codes, Numbers, Workforce, codes_of, numbers_of, outcomes_of
from eia.law.records import Rule
from eia.process import severance
from eia.process.severance import Pounds, Scheme, Terms
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.models.contrast import Contrast
from eia.stats.models.pay import pay_difference
from eia.stats.multiplicity import holm, holm_within
from eia.stats.results import StratifiedTest
from eia.vocabulary.characteristics import Characteristic, Dimension, Group, answers_to_compare

Mask = npt.NDArray[np.bool_]
Cells = npt.NDArray[np.int64]
Measure = Literal["pounds", "weeks"]
Who = Literal["leaving", "in pools", "everyone"]

SHORT = 2  # complete years of service; a statutory payment needs as many
NEAR_PENSION = 55  # flagged from this age: early pensions and tapers are not worked out here


@dataclass(frozen=True, slots=True, kw_only=True)
class PaySum:
    """What some people would get: how many, how many of them the amount is known for, its total and its median.

    nothing: people who would get none, most of them for too short a service.
    """

    people: int
    known: int
    total: float
    median: float
    nothing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupImpact:
    """One group against everyone else who answered, among those of the same grade, year of service and hours.

    amounts: of the group, whatever their grade. difference: mean amount of the group less that of the others in the
    same cells, nan where no cell holds both. contrast: the difference in per cent within grades, allowing for service and hours; None for
    a change of terms, which has no logarithm, and for working pattern, which follows from hours. test: of getting less than the middle
    of the cell. adjusted_p: Holm over all groups tested, own_p: over those of its characteristic; nan for one that
    was not.
    """

    characteristic: Characteristic
    group: Group
    amounts: PaySum
    difference: float
    contrast: Contrast | None = None
    test: StratifiedTest | None = None
    adjusted_p: float = float("nan")
    own_p: float = float("nan")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveranceImpact:
    """Terms, or a change of terms, over the people they would fall on.

    who: those leaving, everybody in a pool where nobody has been chosen, or everybody in the file where there are no
    pools. measure: pounds, or weeks of own pay where the file does not give pay. change: whether the amounts are new
    terms less old ones. parts: sums by name, all first. near_pension: people of 55 or over. conditions: for terms of the
    employer's own, which conditions of the exception for age are kept.
    """

    scheme: Scheme
    instead_of: Scheme | None
    who: Who
    measure: Measure
    parts: Mapping[str, PaySum]
    groups: tuple[GroupImpact, ...]
    near_pension: int | None
    conditions: tuple[tuple[severance.Condition, bool], ...]
    cells: int

    @property
    def change(self) -> bool:
        """Whether the amounts are a change and not what is paid."""
        return self.instead_of is not None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that the terms, and those they would replace, come from, once."""
        return tuple(dict.fromkeys((*self.scheme.rules, *(self.instead_of.rules if self.instead_of else ()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What the comparison of every group rests on, one entry a person.

    counted: whom the terms fall on. amounts: nan where not known. change: whether they are changes. cell: of those whose amount is known,
    -1 for the others. low: less than the middle of the cell. cells: how many there are. grade: the grade, or post.
    service_and_hours: their logarithms. cluster: the pool, or the grade where there are no pools.
    """

    counted: Mask
    amounts: Pounds
    change: bool
    cell: Cells
    low: Mask
    cells: int
    grade: Cells
    service_and_hours: Pounds
    cluster: Cells

    def by_cell(self, people: Mask) -> Cells:
        """How many of some people are in each cell."""
        return np.bincount(self.cell[people], minlength=self.cells)


def severance_impact(workforce: Workforce | None, case: Case) -> SeveranceImpact:
    """Compare what severance terms, or a change of terms, would give to each group.

    Parameters
    ----------
    workforce: with length of service, and with age, pay and hours as far as there are any; None where the case has a table
    of counts. case: its ``severance``, ``terms`` and stages, and the day and nation whose limits hold.

    Returns
    -------
    The Comparison. The headline compares people of the same grade (or post, where no grade is given), the same complete
    year of service and the same hours: within each such cell, those who get less than its median are tested as those
    selected are within a pool. Amounts that are not known are left out.

    Raises
    ------
    EiaError where there are no people, the file gives no length of service or the case no day, and where the law recorded
    does not hold the terms named for that day and place.

    References
    ----------
    The exact stratified test of :mod:`eia.stats.exact.stratified_test`, on a median split; the difference with the weights of
    Mantel and Haenszel (1959); the difference in per cent as :func:`eia.stats.models.pay.pay_difference`.
    """
    on, where, wanted = severance.relevant_date(case), severance.place(case), case.severance
    workforce = severance.at_dismissal(workforce) if workforce else None
    service = numbers_of(workforce.frame, "service_years") if workforce else None
    if on is None or workforce is None or service is None:
        raise EiaError(_missing(on, workforce))
    age = numbers_of(workforce.frame, "age_years")
    schemes = [severance.terms(name, case, on=on, where=where) for name in (wanted.terms, wanted.instead_of) if name]
    who, counted, volunteers = _who(workforce, case)
    paid = [_in_pounds(each, workforce, case, volunteers) for each in schemes]
    measure: Measure = "pounds" if all(each is not None for each in paid) else "weeks"
    found = [
        _in_weeks(each, workforce, volunteers) if measure == "weeks" or money is None else money
        for each, money in zip(schemes, paid, strict=True)
    ]
    amounts = found[0] - found[1] if len(found) == 2 else found[0]
    grade = _grade(workforce.frame)
    cell = _cells(workforce.frame, grade, service, counted & ~np.isnan(amounts))
    held = _Held(
        counted=counted,
        amounts=amounts,
        change=len(found) == 2,
        cell=cell,
        low=_below_the_middle(amounts, cell),
        cells=int(cell.max(initial=-1)) + 1,
        grade=grade,
        service_and_hours=_service_and_hours(service, numbers_of(workforce.frame, "fte")),
        cluster=grade if workforce.intake.one_pool else codes_of(workforce.frame, "pool").astype(np.int64) + 1,
    )
    parts = {
        "all": counted,
        "compulsory": counted & ~volunteers,
        "volunteers": counted & volunteers,
        "short service": counted & (service < SHORT),
    }
    own = case.terms.get(wanted.terms)
    return SeveranceImpact(
        scheme=schemes[0].compulsory,
        instead_of=schemes[1].compulsory if wanted.instead_of else None,
        who=who,
        measure=measure,
        parts={name: _sum(amounts, people) for name, people in parts.items()},
        groups=_groups(workforce, held, case.analysis.level),
        near_pension=None if age is None else int((counted & (age >= NEAR_PENSION)).sum()),
        conditions=severance.conformity(own, on=on, where=where) if own else (),
        cells=held.cells,
    )


def _missing(on: dt.date | None, workforce: Workforce | None) -> Iterator[Fault]:
    if workforce is None:
        yield Fault(
            code="needs-people", what="Severance terms need a file of people, and the case names a table of counts.",
            allowed="a workforce file", do="Ask for one row a person, without names.",
        )  # fmt: skip
    elif "service_years" not in workforce.frame:
        yield Fault(
            code="no-service", what="The file does not give length of service, on which severance pay rests.",
            allowed="a column of years of service, or of start dates", do="Export it, or name its column under [columns].",
        )  # fmt: skip
    if on is None:
        yield Fault(
            code="no-relevant-date", what="The case has no day whose limits on severance pay would hold.", file="case.toml",
            column="dates.proposal", do="Add it.",
            allowed="the day of the proposal, or of the first dismissal under [consultation]",
        )  # fmt: skip


def _who(workforce: Workforce, case: Case) -> tuple[Who, Mask, Mask]:
    """Whom the terms would fall on, and which of them are volunteers: they leave at a stage before the compulsory one."""
    outcome = outcomes_of(workforce.frame)
    if outcome is None:
        in_pool, nobody = codes_of(workforce.frame, "pool") >= 0, np.zeros(workforce.people, dtype=np.bool_)
        return ("everyone" if workforce.intake.one_pool else "in pools"), in_pool, nobody
    outcomes = (RETAINED, *case.stages.order)
    stay = [place for place, outcome in enumerate(outcomes) if outcome in STAYING]
    leaving = ~np.isin(outcome, stay)
    return "leaving", leaving, leaving & (outcome < outcomes.index(case.stages.compulsory))


def _in_pounds(wanted: Terms, workforce: Workforce, case: Case, volunteers: Mask) -> Pounds | None:
    pay_is = case.severance.pay
    chosen, volunteered = (
        severance.payments(s, workforce, pay_is=pay_is) for s in (wanted.compulsory, wanted.voluntary)
    )
    return None if chosen is None or volunteered is None else np.where(volunteers, volunteered, chosen)


def _in_weeks(wanted: Terms, workforce: Workforce, volunteers: Mask) -> Pounds:
    chosen, volunteered = (severance.entitlement(s, workforce) for s in (wanted.compulsory, wanted.voluntary))
    if chosen is None or volunteered is None:
        return np.full(workforce.people, np.nan)
    return np.where(volunteers, volunteered, chosen) * (
        severance.IN_A_YEAR["week"] / severance.IN_A_YEAR[wanted.compulsory.unit]
    )


def _grade(people: pd.DataFrame) -> Cells:
    """The grade of each person, or the post where the file gives no grades; 0 for none."""
    return codes_of(people, "grade" if "grade" in people else "post").astype(np.int64) + 1


def _service_and_hours(service: Numbers, fte: Numbers | None) -> Pounds:
    """Logarithms of complete years and of hours, as far as the file has them: what terms pay goes up in proportion to both."""
    columns = np.stack([np.floor(service), *(() if fte is None else (fte,))], axis=1).astype(np.float64)
    logs: Pounds = np.log(np.where(columns > 0, columns, np.nan))
    return logs


def _cells(people: pd.DataFrame, grade: Cells, service: Numbers, known: Mask) -> Cells:
    """The cell of each person: same grade, complete year of service and hours; -1 for those not compared."""
    fte = numbers_of(people, "fte")
    hours = np.ones(len(people)) if fte is None else np.nan_to_num(fte, nan=-1.0)
    alike = np.stack([grade, np.floor(service), np.round(hours, 2)], axis=1)[known]
    cell = np.full(len(people), -1, dtype=np.int64)
    if len(alike):
        cell[known] = np.unique(alike, axis=0, return_inverse=True)[1].reshape(-1)
    return cell


def _below_the_middle(amounts: Pounds, cell: Cells) -> Mask:
    """Who gets less than the median of their cell. Amounts to the penny, so that binary arithmetic makes no difference."""
    pence = pd.Series(np.round(amounts, 2))
    low: Mask = (cell >= 0) & (pence < pence.groupby(cell).transform("median")).to_numpy()
    return low


def _groups(workforce: Workforce, held: _Held, level: float) -> tuple[GroupImpact, ...]:
    found = []
    for key, dimension in workforce.dimensions.items():
        codes = codes_of(workforce.frame, key)
        found += [_group(dimension, codes, code, held, level) for code in _compared(dimension, codes, held.counted)]
    pvalues = [each.test.midp if each.test and each.test.informative_pools else float("nan") for each in found]
    own = holm_within(pvalues, [each.characteristic.key for each in found])
    both = zip(found, holm(pvalues).tolist(), own.tolist(), strict=True)
    return tuple(replace(each, adjusted_p=adjusted, own_p=within) for each, adjusted, within in both)


def _compared(dimension: Dimension, codes: Codes, counted: Mask) -> list[int]:
    """The groups to compare: every answer that some of them gave."""
    if dimension.characteristic.key == "grade":
        return []  # people are compared within a grade
    given = [code for code in _answers(dimension) if bool(((codes == code) & counted).any())]
    return answers_to_compare(dimension.characteristic, dimension.groups, given)


def _answers(dimension: Dimension) -> tuple[int, ...]:
    return tuple(code for code, group in enumerate(dimension.groups) if group.kind == "answer")


def _group(dimension: Dimension, codes: Codes, code: int, held: _Held, level: float) -> GroupImpact:
    ours = codes == code
    known = (held.cell >= 0) & np.isin(codes, _answers(dimension))
    test = stratified_test(
        group_selected=held.by_cell(known & ours & held.low),
        group_total=held.by_cell(known & ours),
        selected=held.by_cell(known & held.low),
        total=held.by_cell(known),
        level=level,
    ) if held.cells else None  # fmt: skip
    return GroupImpact(
        characteristic=dimension.characteristic,
        group=dimension.groups[code],
        amounts=_sum(held.amounts, held.counted & ours),
        difference=_difference(held, known & ours, known & ~ours),
        contrast=None
        if held.change or dimension.characteristic.key == "working_pattern"
        else pay_difference(
            amount=held.amounts[known],
            group=ours[known],
            stratum=held.grade[known],
            covariates=held.service_and_hours[known],
            cluster=held.cluster[known],
            level=level,
        ),
        test=test,
    )


def _difference(held: _Held, ours: Mask, theirs: Mask) -> float:
    """Mean amount of ours less theirs in the same cells, each cell weighed by ours·theirs/(ours + theirs)."""
    here, there = held.by_cell(ours), held.by_cell(theirs)
    both = (here > 0) & (there > 0)
    if not both.any():
        return float("nan")
    mean_here, mean_there = (
        np.bincount(held.cell[who], weights=held.amounts[who], minlength=held.cells)[both] / count[both]
        for who, count in ((ours, here), (theirs, there))
    )
    weight = here[both] * there[both] / (here[both] + there[both])
    return float(np.average(mean_here - mean_there, weights=weight))


def _sum(amounts: Pounds, people: Mask) -> PaySum:
    known = amounts[people & ~np.isnan(amounts)]
    return PaySum(
        people=int(people.sum()),
        known=len(known),
        total=float(known.sum()),
        median=float(np.median(known)) if len(known) else float("nan"),
        nothing=int((known == 0).sum()),
    )
