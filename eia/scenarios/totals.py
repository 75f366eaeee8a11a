"""Takes the stated Rule and a Scenario; gives everybody's total by the changed criteria and weights, and how many marks could be changed so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from eia.case import Case, Scenario
from eia.errors import EiaError, Fault, Faults, inert
from eia.intake.workforce import Workforce
from eia.scenarios.choose import Floats, Ints, Mask
from eia.scenarios.rule import CLOSE, Rule
from eia.vocabulary.synonyms import counts_absence, plain


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Totals:
    """total: (people,), nan where it cannot be told. not_by_points: people whose mark the employer's points do not give, and so
    stays as it is when absences are taken out."""

    total: Floats
    not_by_points: int = 0


def totals(rule: Rule, workforce: Workforce, case: Case, scenario: Scenario) -> Totals:
    """Everybody's total under the scenario.

    Marks are changed first (absences taken out, then bands, cap and floor), then weighed. Where nothing of the marks is changed the stated total counts.

    Raises
    ------
    EiaError with everything that is named and not there, and where no weights are known.
    """
    if scenario.rule == "last in, first out":
        return Totals(total=_service(rule) * (-1.0 if rule.highest else 1.0))
    if not scenario.of_marks:
        return Totals(total=rule.total)
    named = _named(rule, scenario)
    marks = rule.marks.copy()
    not_by_points = _take_out(marks, rule, workforce, case, scenario) if scenario.absences_out else 0
    for name, steps in scenario.bands.items():
        marks[:, named[name]] = worth(marks[:, named[name]], steps)
    for name, most in scenario.most.items():
        marks[:, named[name]] = np.minimum(marks[:, named[name]], most)
    for name, least in scenario.least.items():
        marks[:, named[name]] = np.maximum(marks[:, named[name]], least)
    weights = _weights(rule, scenario, named)
    kept = np.array([place not in {named[name] for name in scenario.without} for place in range(len(rule.criteria))])
    return Totals(total=_weighed(marks[:, kept], weights[:, kept], rule, scenario), not_by_points=not_by_points)


def worth(figures: Floats, steps: tuple[tuple[float, float], ...]) -> Floats:
    """What figures are worth by steps: those below the first as the first, nan as nan.

    >>> worth(np.array([0.0, 2.9, 3.0, np.nan]), ((0, 10), (3, 9))).tolist()
    [10.0, 10.0, 9.0, nan]
    """
    edges, values = (np.array(each, dtype=np.float64) for each in zip(*steps, strict=True))
    place = np.maximum(np.searchsorted(edges, figures, side="right") - 1, 0)
    return np.where(np.isnan(figures), np.nan, values[np.minimum(place, len(values) - 1)])


def _service(rule: Rule) -> Floats:
    if rule.service is None:
        raise EiaError(Fault(code="no-service", what="No file gives the length of service.", allowed="a column of service, or of the day it began",
                             do="Add it to the workforce file, or try another change."))  # fmt: skip
    return rule.service


def _named(rule: Rule, scenario: Scenario) -> dict[str, int]:
    """The place of every criterion that the scenario names, by the name it uses."""
    faults, found = Faults(), {}
    places = {plain(name): place for place, name in enumerate(rule.criteria)}
    given = scenario.weights if isinstance(scenario.weights, Mapping) else {}
    for name in dict.fromkeys((*scenario.without, *given, *scenario.most, *scenario.least, *scenario.bands)):
        if plain(name) in places:
            found[name] = places[plain(name)]
        elif rule.criteria:
            faults.add(Fault(code="no-such-criterion", what=f"No criterion is called “{inert(name)}”.",
                             allowed=", ".join(map(inert, rule.criteria)),
                             do="Use one of these names."))  # fmt: skip
    if not rule.criteria:
        faults.add(Fault(code="no-criteria", what="There are no scores by criterion, so no criterion can be changed.",
                         allowed="a file of scores with a mark for each person and criterion", do="Ask the employer for the scores by criterion."))  # fmt: skip
    elif rule.criteria and len({found[name] for name in scenario.without if name in found}) == len(rule.criteria):
        faults.add(Fault(code="no-criterion-left", what="No criterion is left to select by.", allowed="at least one criterion",
                         do="Leave one in, or try last in, first out."))  # fmt: skip
    faults.raise_if_any()
    return found


def _weights(rule: Rule, scenario: Scenario, named: Mapping[str, int]) -> Floats:
    if scenario.weights == "equal":
        return np.ones_like(rule.marks)
    weights = np.array(rule.weights)
    for name, weight in (scenario.weights or {}).items():
        weights[:, named[name]] = weight
    if np.isnan(weights[rule.pool >= 0]).all():
        raise EiaError(Fault(code="no-weights", what="The weights of the criteria are not known, and do not follow from the totals.",
                             allowed="a weight for each criterion", do="Give a new weight for every criterion, try equal weights, or ask the employer for the weights."))  # fmt: skip
    return weights


def _weighed(marks: Floats, weights: Floats, rule: Rule, scenario: Scenario) -> Floats:
    if scenario.missing == "pool mean":
        marks = np.where(np.isnan(marks), _pool_means(marks, rule), marks)
    total: Floats = (marks * weights).sum(axis=1)
    if scenario.missing == "not counted":
        there = ~np.isnan(marks)
        held = np.where(there, weights, 0.0).sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            raised = np.where(held > 0, weights.sum(axis=1) / held, np.nan)
        total = np.where(there, marks * weights, 0.0).sum(axis=1) * raised
    rounded: Floats = np.round(total, 6)  # equal totals are equal, whatever order they were added up in
    return rounded


def _pool_means(marks: Floats, rule: Rule) -> Floats:
    """The mean of each criterion in each person's pool; nan where nobody there has a mark."""
    pools = len(rule.pools)
    means = np.full((pools + 1, marks.shape[1]), np.nan)
    for place, column in enumerate(marks.T):
        scored = ~np.isnan(column) & (rule.pool >= 0)
        number: Ints = np.bincount(rule.pool[scored], minlength=pools)
        with np.errstate(invalid="ignore", divide="ignore"):
            means[:pools, place] = np.bincount(rule.pool[scored], weights=column[scored], minlength=pools) / number
    return np.asarray(means[rule.pool])


def _take_out(marks: Floats, rule: Rule, workforce: Workforce, case: Case, scenario: Scenario) -> int:
    """Change the marks for absence to those that the points give without these days; say how many in pools had another mark than their days give."""
    places = {plain(name): place for place, name in enumerate(rule.criteria)}
    scales = {places[plain(name)]: steps for name, steps in case.scoring.points.items() if plain(name) in places}
    if workforce.absences is None or not scales:
        missing = (
            "There is no file of absences."
            if workforce.absences is None
            else "It is not known what days of absence are worth."
        )
        of_absence = next((name for name in rule.criteria if counts_absence(name)), "Attendance")
        raise EiaError(Fault(code="no-absences", what=f"Absences cannot be taken out. {missing}",
                             allowed=f"a file of absences with reasons, and the employer's points for “{inert(of_absence)}”",
                             do='Name the file under [files] absences, and the points under [scoring.points], such as Attendance = [[0, 10], [3, 9]].'))  # fmt: skip
    days = workforce.absences.days
    every = days.to_numpy(dtype=np.float64).sum(axis=1)
    kept = every - days[[kind for kind in days.columns if kind in scenario.absences_out]].to_numpy().sum(axis=1)
    unlike: Mask = np.zeros(len(marks), dtype=np.bool_)
    for place, steps in scales.items():
        follows = np.abs(worth(every, steps) - marks[:, place]) <= CLOSE
        unlike |= ~follows & ~np.isnan(marks[:, place]) & (rule.pool >= 0)
        marks[:, place] = np.where(follows, worth(kept, steps), marks[:, place])
    return int(unlike.sum())
