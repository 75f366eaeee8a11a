"""Takes severance terms, the law of a day and a Workforce; gives what each person would be paid under them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from eia.case import STATUTORY, Case, OwnTerms, PayBasis
from eia.errors import EiaError, Fault
from eia.intake.workforce import Workforce, numbers_of
from eia.law.lookup import in_force, rule
from eia.law.records import Place, Rule

Pounds = npt.NDArray[np.float64]
Unit = Literal["week", "month"]
Condition = Literal[
    "weeks by age", "years counted", "service asked for", "no limit on the total", "limit on a week's pay", "each year", "total"
]  # fmt: skip

IN_A_YEAR: Mapping[Unit, int] = {"week": 52, "month": 12}
_LAST_DAY_1987, _FIRST_DAY_2016 = dt.date(2010, 12, 21), dt.date(2016, 11, 9)  # old terms are looked at as they were
_QUASHED_2016 = dt.date(2017, 7, 18)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """``amount`` of pay for each complete year of service at the age of ``age`` or over and after the first ``service`` years.

    The layers of a scheme add up: half a week below 22, another half from 22 and another from 41 make 1½ weeks from 41.
    """

    amount: float
    age: int = 0
    service: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Severance terms.

    unit: of pay, a week or a month. layers: what a year of service earns. most_years: the years that count, from the
    last one back. most: of pay in all, in units. service: complete years before anything is paid. low, high: the least
    and most pay counted, in pounds a unit. basis: whose pay these limits are set against, the pay of the hours worked
    or that of full-time hours. multiple: of the total. pension_age: from which ``most_from_pension_age`` takes the place of most.
    rules: what the figures come from.
    """

    name: str
    unit: Unit
    layers: tuple[Layer, ...]
    most_years: int | None = None
    most: float | None = None
    service: int = 0
    low: float | None = None
    high: float | None = None
    basis: PayBasis = "actual"
    multiple: float = 1.0
    pension_age: int | None = None
    most_from_pension_age: float | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A scheme for those who are chosen and one for volunteers; mostly they are the same."""

    compulsory: Scheme
    voluntary: Scheme


def terms(name: str, case: Case, *, on: dt.date, where: Place) -> Terms:
    """The severance terms of a name, as they stand on a day.

    Parameters
    ----------
    name: "statutory", "civil service", "civil service 1987", "civil service 2016" (quashed), "NHS", or the name of the
    case's own terms. on: the relevant date. where: the nation.

    Raises
    ------
    EiaError where the law recorded does not hold the terms for that day or place, and for the Crown, which owes no
    statutory redundancy payment.

    Example
    -------
    >>> scheme = terms("statutory", Case(), on=dt.date(2012, 3, 1), where="England").compulsory
    >>> scheme.high, float(units(scheme, age=np.array([41.0]), service=np.array([20.0]))[0])
    (430.0, 19.5)
    """
    if name in case.terms:
        scheme = _own(name, case.terms[name], on=on, where=where)
        return Terms(compulsory=scheme, voluntary=scheme)
    match name:
        case "civil service":
            return _civil_service(case.severance.pension_age, on=on, where=where)
        case "civil service 2016":
            return _civil_service_2016(where=where)
        case "civil service 1987":
            return _civil_service_1987(where=where)
        case "NHS":
            return _health_service(on=on, where=where)
    if case.employer.kind == "Crown":
        raise EiaError(Fault(code="no-statutory-payment", what="There is no statutory redundancy payment in Crown employment.",
                             file="case.toml", column="severance.terms", allowed="civil service, or terms of the case's own",
                             do="Name the terms that apply."))  # fmt: skip
    scheme = _statutory(on=on, where=where)
    return Terms(compulsory=scheme, voluntary=scheme)


def units(scheme: Scheme, *, age: Pounds, service: Pounds) -> Pounds:
    """How many weeks or months of pay each person gets, the scheme's multiple included; nan where that is not known.

    Parameters
    ----------
    scheme: the terms. age, service: in years, one a person, nan where not known. Parts of years do not count: a year is
    counted at an age when the whole of it was worked at that age or over.

    References
    ----------
    Employment Rights Act 1996, s.162(1) to (3), for the statutory payment.

    Example
    -------
    A person of 42 with two years of service has one year at 41 or over and one below: 1½ weeks and 1.

    >>> statutory = terms("statutory", Case(), on=dt.date(2026, 11, 22), where="England").compulsory
    >>> units(statutory, age=np.array([42.0, 23.0, 61.0, 61.0]), service=np.array([2.0, 2.0, 30.0, 1.0]))
    array([ 2.5,  1.5, 30. ,  0. ])
    """
    years = np.floor(service)
    counted = years if scheme.most_years is None else np.minimum(years, scheme.most_years)
    total = np.zeros(years.shape)
    for layer in scheme.layers:
        held = np.minimum(counted, years - layer.service)
        if layer.age:
            held = np.minimum(held, np.floor(age) - layer.age)
        total += layer.amount * np.maximum(held, 0.0)
    if scheme.most is not None:
        total = np.minimum(total, scheme.most)
    if scheme.pension_age and scheme.most_from_pension_age is not None:
        less = np.where(age >= scheme.pension_age, np.minimum(total, scheme.most_from_pension_age), total)
        total = np.where(np.isnan(age), np.nan, less)
    return np.where(years < scheme.service, 0.0, total * scheme.multiple)


def payments(scheme: Scheme, workforce: Workforce, *, pay_is: PayBasis) -> Pounds | None:
    """What each person of a workforce would be paid, in pounds; nan where something needed is not known.

    pay_is: what the workforce's pay means. Returns None where the file does not give pay, age or length of service, or
    where pay has to be turned from one basis to the other and hours are not given.
    """
    found, pay, fte = entitlement(scheme, workforce), *(numbers_of(workforce.frame, name) for name in ("pay", "fte"))
    if found is None or pay is None:
        return None
    rate = pay.astype(np.float64) / IN_A_YEAR[scheme.unit]
    if scheme.basis == "actual" and pay_is == "actual":
        return found * _within(rate, scheme)
    if fte is None:
        return None
    hours = np.where(fte > 0, fte, np.nan).astype(np.float64)
    full_time = rate / hours if pay_is == "actual" else rate
    if scheme.basis == "actual":
        return found * _within(full_time * hours, scheme)
    return found * _within(full_time, scheme) * hours


def at_dismissal(workforce: Workforce) -> Workforce:
    """The same people with their age and service on the day of the first dismissal, as far as the file tells them."""
    frame = workforce.frame
    then = {
        f"{name}_years": frame[column] for name in ("age", "service") if (column := f"{name}_at_dismissal") in frame
    }
    return replace(workforce, frame=frame.assign(**then))


def entitlement(scheme: Scheme, workforce: Workforce) -> Pounds | None:
    """Weeks or months of pay of each person; None where the file does not give length of service or an age that is needed."""
    age, service = (numbers_of(workforce.frame, column) for column in ("age_years", "service_years"))
    if service is None or (age is None and (scheme.pension_age or any(layer.age for layer in scheme.layers))):
        return None
    known = np.full(service.shape, np.nan) if age is None else age.astype(np.float64)
    return units(scheme, age=known, service=service.astype(np.float64))


def conformity(own: OwnTerms, *, on: dt.date, where: Place) -> tuple[tuple[Condition, bool], ...]:
    """Whether terms of the employer's own keep to each condition under which they need no justification as to age.

    Parameters
    ----------
    own: the terms. on, where: the day and the nation whose limit on a week's pay holds.

    Returns
    -------
    Each condition and whether it is kept. Terms that do not keep to all of them may still be justified: that is for people
    to say.

    References
    ----------
    Equality Act 2010, Schedule 9, paragraph 13: the statutory weeks by age, the limit on a week's pay raised or removed,
    each year's amount or the total multiplied by more than one, and nothing else: no other shape by age or service.

    Example
    -------
    >>> kept = dict(conformity(OwnTerms(weeks_a_year=3), on=dt.date(2026, 11, 22), where="England"))
    >>> [condition for condition in kept if not kept[condition]]
    ['weeks by age']
    """
    statutory = _statutory(on=on, where=where)
    assert statutory.high is not None  # noqa: S101 - the statutory payment has a limit
    return (
        ("weeks by age", own.weeks_a_year is None),
        ("years counted", own.most_years == statutory.most_years),
        ("service asked for", own.service <= statutory.service),
        ("no limit on the total", own.most_weeks is None),
        ("limit on a week's pay", not own.week_limit or own.week_limit >= statutory.high),
        ("each year", own.year_multiple >= 1),
        ("total", own.total_multiple >= 1),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the law limits on a day: ``week``, the pay of a week that counts; ``most``, a statutory payment in pounds.

    on: the relevant date, of the first dismissal or else of the proposal. week and most are None where the law recorded
    does not hold them for that day and place. crown: the rule that there is no statutory payment; most is None then.
    """

    on: dt.date
    week: Rule | None
    most: float | None
    crown: Rule | None
    rules: tuple[Rule, ...]


def limits(case: Case) -> Limits | None:
    """The limits on redundancy payments in a case; None where it dates neither the proposal nor the first dismissal.

    >>> from eia.case import Dates
    >>> [limits(Case(dates=Dates(proposal=day))).most for day in (dt.date(2012, 3, 1), dt.date(2026, 11, 22))]
    [12900.0, 22530.0]
    """
    on, where = relevant_date(case), place(case)
    if on is None:
        return None
    if case.employer.kind == "Crown":
        crown = in_force("redundancy_pay_not_crown", on=on, where=where)
        return Limits(on=on, week=None, most=None, crown=crown, rules=(crown,) if crown else ())
    week = in_force("week_pay_cap", on=on, where=where)
    if week is None or in_force("redundancy_pay_years", on=on, where=where) is None:
        return Limits(on=on, week=week, most=None, crown=None, rules=(week,) if week else ())
    scheme = _statutory(on=on, where=where)
    return Limits(on=on, week=week, most=_most(scheme), crown=None, rules=scheme.rules)


def relevant_date(case: Case) -> dt.date | None:
    """The day whose limits hold: of the first dismissal, or while that is not entered of the proposal."""
    return case.consultation.first_dismissal or case.dates.proposal


def place(case: Case) -> Place:
    """Where the law is looked up; Great Britain where the case does not say."""
    return case.employer.jurisdiction or "Great Britain"


def _most(scheme: Scheme) -> float:
    """The most that a statutory payment can be, in pounds: worked out, never stored."""
    return float(units(scheme, age=np.array([99.0]), service=np.array([60.0]))[0]) * (scheme.high or 0.0)


def _statutory(*, on: dt.date, where: Place) -> Scheme:
    keys = ("redundancy_pay_weeks_below_22", "redundancy_pay_weeks_from_22", "redundancy_pay_weeks_from_41",
            "redundancy_pay_years", "redundancy_pay_service", "week_pay_cap")  # fmt: skip
    found = tuple(rule(key, on=on, where=where) for key in keys)
    below, middle, above, years, service, limit = (each.number for each in found)
    return Scheme(
        name=STATUTORY,
        unit="week",
        layers=(Layer(amount=below), Layer(amount=middle - below, age=22), Layer(amount=above - middle, age=41)),
        most_years=int(years),
        service=int(service),
        high=limit,
        rules=found,
    )


def _own(name: str, own: OwnTerms, *, on: dt.date, where: Place) -> Scheme:
    """Terms of the employer's own, on the statutory ones where they say nothing else."""
    base = _statutory(on=on, where=where)
    layers = base.layers if own.weeks_a_year is None else (Layer(amount=own.weeks_a_year),)
    limit = base.high if own.week_limit is None else own.week_limit or None
    return replace(
        base,
        name=name,
        layers=tuple(replace(layer, amount=layer.amount * own.year_multiple) for layer in layers),
        most_years=own.most_years,
        most=own.most_weeks,
        service=own.service,
        high=limit,
        multiple=own.total_multiple,
    )


def _civil_service(pension_age: int | None, *, on: dt.date, where: Place) -> Terms:
    """The terms of 2010. Without a pension age in the case nobody is above it; tapers near it are not worked out."""
    keys = ("cscs_months_a_year", "cscs_pay_floor", "cscs_pay_cap", "cscs_most_compulsory",
            "cscs_most_compulsory_above_pension_age", "cscs_most_voluntary", "cscs_most_voluntary_above_pension_age")  # fmt: skip
    found = tuple(rule(key, on=on, where=where) for key in keys)
    amount, low, high, most, most_above, most_voluntary, most_voluntary_above = (each.number for each in found)
    compulsory = Scheme(
        name="civil service", unit="month", layers=(Layer(amount=amount),), most=most, pension_age=pension_age,
        most_from_pension_age=most_above, low=low / 12, high=high / 12, basis="full-time", rules=found,
    )  # fmt: skip
    voluntary = replace(compulsory, most=most_voluntary, most_from_pension_age=most_voluntary_above)
    return Terms(compulsory=compulsory, voluntary=voluntary)


def _civil_service_2016(*, where: Place) -> Terms:
    """The quashed terms of 2016, whose limits are in months and whose years are in weeks."""
    keys = ("cscs_2016_weeks_a_year", "cscs_2016_most_compulsory", "cscs_2016_most_voluntary", "cscs_2016_pay_floor")
    found = tuple(rule(key, on=_FIRST_DAY_2016, where=where) for key in keys)
    amount, most, most_voluntary, low = (each.number for each in found)
    compulsory = Scheme(
        name="civil service 2016", unit="week", layers=(Layer(amount=amount),), most=most * 52 / 12,
        low=low / 52, basis="full-time", rules=(rule("cscs_2016_quashed", on=_QUASHED_2016, where=where), *found),
    )  # fmt: skip
    return Terms(compulsory=compulsory, voluntary=replace(compulsory, most=most_voluntary * 52 / 12))


def _civil_service_1987(*, where: Place) -> Terms:
    """The terms of 1987 as the tariff words them; pensions from 50 are not worked out."""
    words = tuple(rule(key, on=_LAST_DAY_1987, where=where) for key in ("cscs_1987_tariff", "cscs_1987_pension_age"))
    keys = ("cscs_1987_months_a_year", "cscs_1987_most", "cscs_1987_second_part_age", "cscs_1987_second_part_service",
            "cscs_1987_third_part_age")  # fmt: skip
    found = tuple(rule(key, on=_LAST_DAY_1987, where=where) for key in keys)
    amount, most, second_age, second_service, third_age = (each.number for each in found)
    second = Layer(amount=amount, age=int(second_age), service=int(second_service))
    scheme = Scheme(
        name="civil service 1987", unit="month", most=most, basis="full-time", rules=(*words, *found),
        layers=(Layer(amount=amount), second, Layer(amount=amount, age=int(third_age))),
    )  # fmt: skip
    return Terms(compulsory=scheme, voluntary=scheme)


def _health_service(*, on: dt.date, where: Place) -> Terms:
    keys = ("nhs_months_a_year", "nhs_most", "nhs_pay_floor", "nhs_pay_cap", "nhs_service")
    found = tuple(rule(key, on=on, where=where) for key in keys)
    amount, most, low, high, service = (each.number for each in found)
    scheme = Scheme(
        name="NHS", unit="month", layers=(Layer(amount=amount),), most=most, service=int(service),
        low=low / 12, high=high / 12, basis="full-time", rules=found,
    )  # fmt: skip
    return Terms(compulsory=scheme, voluntary=scheme)


def _within(rate: Pounds, scheme: Scheme) -> Pounds:
    return np.clip(rate, scheme.low, scheme.high) if scheme.low or scheme.high else rate
