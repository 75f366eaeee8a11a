"""Takes nothing; gives the shapes of every result: frozen, keyword-only, compared by value, with the counts behind them.

Field names mean the same everywhere: ``estimate``, ``interval``, ``statistic``, ``pvalue``, ``dof``, ``method``, ``level``.
People are counted as ``int``; an expected number, an excess and a variance are ``float`` and in people (or people²).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A confidence interval, both ends included.

    low, high: in the unit of what is estimated; ``-inf`` and ``inf`` where an end is open.
    level: the coverage promised, in (0, 1). method: how it was made, a fixed short name.
    """

    low: float
    high: float
    level: float
    method: str

    def __contains__(self, value: float) -> bool:
        """Say whether a value lies inside, ends included.

        >>> 1.0 in Interval(low=0.8, high=1.3, level=0.95, method="exact")
        True
        """
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number estimated across pools, with its interval.

    estimate: a ratio in [0, inf] or a difference of proportions in [-1, 1]; ``nan`` where undefined.
    """

    estimate: float
    interval: Interval
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OddsRatio:
    """The odds ratio common to the pools: odds of being selected in the group over those outside it.

    estimate: conditional maximum likelihood, in [0, inf]; ``nan`` where no pool is informative.
    interval: exact, equal tails: covers at least at its level. midp_interval: from mid-p, covers close to its level.
    """

    estimate: float
    interval: Interval
    midp_interval: Interval
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Homogeneity:
    """Do the informative pools share one odds ratio? Small p: they differ.

    statistic, pvalue: Breslow-Day with Tarone's correction, chi-squared with ``dof`` degrees of freedom. ``nan`` with fewer
        than two informative pools, or where the Mantel-Haenszel odds ratio is 0 or infinite.
    dof: informative pools less one, and never below 0.
    uncorrected_statistic, uncorrected_pvalue: the same before Tarone's correction.
    zelen_pvalue: Zelen's exact test; ``None`` with fewer than two informative pools, or too many tables to go through.
    """

    statistic: float
    dof: int
    pvalue: float
    uncorrected_statistic: float
    uncorrected_pvalue: float
    zelen_pvalue: float | None
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StratifiedTest:
    """One group against everyone else in the same pools, conditional on every pool's margins.

    Counts of pools
        pools: all given. informative_pools: those that can say anything. The others are of one kind each:
        none_selected_pools (nobody goes, or nobody is there), all_selected_pools (everybody goes) and one_group_pools
        (some go, but the pool holds nobody of the group, or nobody else).
    Counts of people, informative pools only
        people, selected: everyone, and everyone selected. group_people: of the group. observed: of the group and selected.
        least, most: the smallest and largest ``observed`` that the margins allow.
    Chance, informative pools only
        expected, variance: of the number of the group selected, if selection ignored the group.
        excess: observed - expected. excess_interval: the mid-p limits of the odds ratio, in people above expectation;
        excludes 0 exactly where they exclude 1.
        pvalue: two-sided exact. log10_pvalue: its decimal log, right where pvalue itself is too small for a float.
        pvalue_greater, pvalue_less: exact, of a total at least, at most as large as that observed.
        midp: twice the smaller mid-p tail, at most 1. cmh_pvalue: Cochran-Mantel-Haenszel, without continuity correction.
        odds_ratio, mh_odds_ratio: common to the pools.
    All pools that hold both the group and others
        mh_rate_ratio, mh_rate_difference: selection rate of the group over, or minus, that of everyone else.
    homogeneity: whether the informative pools agree.
    level: coverage of every interval, in (0, 1).
    """

    pools: int
    informative_pools: int
    none_selected_pools: int
    all_selected_pools: int
    one_group_pools: int
    people: int
    selected: int
    group_people: int
    observed: int
    least: int
    most: int
    expected: float
    variance: float
    excess: float
    excess_interval: Interval
    pvalue: float
    log10_pvalue: float
    pvalue_greater: float
    pvalue_less: float
    midp: float
    cmh_pvalue: float
    odds_ratio: OddsRatio
    mh_odds_ratio: Estimate
    mh_rate_ratio: Estimate
    mh_rate_difference: Estimate
    homogeneity: Homogeneity
    level: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BinomialTest:
    """The share of a group among those selected, against a stated share of the workforce.

    group_selected, selected: people of the group selected, people selected. share: the stated share, in [0, 1].
    expected, excess: people of the group expected at that share; observed minus expected.
    estimate: the share observed, in [0, 1]; ``nan`` where nobody is selected. interval: Clopper-Pearson.
    pvalue: two-sided exact. pvalue_greater, pvalue_less: one-sided. midp: twice the smaller mid-p tail, at most 1.
    log10_...: decimal logs, right where the p-value itself is too small for a float; ``-inf`` where it is 0.
    """

    group_selected: int
    selected: int
    share: float
    expected: float
    excess: float
    estimate: float
    interval: Interval
    pvalue: float
    pvalue_greater: float
    pvalue_less: float
    log10_pvalue: float
    log10_pvalue_greater: float
    log10_pvalue_less: float
    midp: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """How a group's excess among those selected adds up, in people: scope + spread + selection = overall.

    selected: people to go, in all pools; a fraction where numbers to go are shared out to known answers.
    group_selected: people of the group selected; ``None`` while nobody has been chosen.
    expected_by_workforce: of the group, if those to go were drawn evenly from the whole workforce.
    expected_by_scope: the same, drawn evenly from everyone in a pool.
    expected_by_pools: the same, drawn evenly within each pool, each pool losing its own number.
    scope: expected_by_scope - expected_by_workforce: which jobs are at risk.
    spread: expected_by_pools - expected_by_scope: which pools lose most.
    selection: group_selected - expected_by_pools: who is selected within each pool; ``None`` while nobody has been chosen.
    overall_before_selection: scope + spread: what the pools and the numbers to go already settle.
    overall: group_selected - expected_by_workforce; ``None`` while nobody has been chosen.
    """

    selected: float
    group_selected: int | None
    expected_by_workforce: float
    expected_by_scope: float
    expected_by_pools: float
    scope: float
    spread: float
    selection: float | None
    overall_before_selection: float
    overall: float | None
