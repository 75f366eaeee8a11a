"""Takes a Baseline; gives what is worked out of changes with every assessment: the rule, each criterion left out, and the scenarios of the case."""

from __future__ import annotations

from dataclasses import dataclass

from eia.errors import EiaError, Fault
from eia.findings.scenarios.baseline import Baseline
from eia.findings.scenarios.one_criterion import WithoutOne, without_one
from eia.findings.scenarios.robustness import Robustness, robustness
from eia.findings.scenarios.tried import Tried, try_scenario
from eia.scenarios.rule_check import RuleCheck, check_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A scenario of the case that could not be tried, and why: what was found, and what to do."""

    name: str
    what: str
    do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changes would do.

    check: whether the stated rule gives the selections; None without totals or selections. without_one: each criterion left out in turn. tried: the scenarios of the
    case, in its order. refused: those of them that could not be tried. robustness: on how much of the weighting each clear gap rests.
    """

    check: RuleCheck | None
    without_one: tuple[WithoutOne, ...]
    tried: tuple[Tried, ...]
    refused: tuple[Refused, ...]
    robustness: tuple[Robustness, ...]


def changes(baseline: Baseline) -> Changes | None:
    """Work them out; None where there are neither scores nor scenarios."""
    scenarios = baseline.case.scenarios
    if baseline.workforce.scores is None and not scenarios:
        return None
    tried, refused = [], []
    for name, scenario in scenarios.items():
        try:
            tried.append(try_scenario(baseline, name, scenario))
        except EiaError as error:
            refused.append(_refused(name, error.faults[0]))
    weighed = baseline.rule.to_go is not None and baseline.rule.weighed
    return Changes(
        check=check_rule(baseline.rule),
        without_one=without_one(baseline) if weighed else (),
        tried=tuple(tried),
        refused=tuple(refused),
        robustness=robustness(baseline) if weighed else (),
    )


def _refused(name: str, fault: Fault) -> Refused:
    return Refused(name=name, what=fault.what, do=fault.do or "")
