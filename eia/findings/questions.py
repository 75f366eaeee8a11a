"""Takes a Cube and the case; gives the Findings of the three questions, for every group that anybody is in."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from eia.case import Case, Question
from eia.counts.codes import Dimension
from eia.counts.cube import Counts, Cube
from eia.counts.stages import Stage, compulsory
from eia.errors import EiaError, Fault, quotable
from eia.findings.finding import Finding, People, Reason
from eia.findings.rules import judge
from eia.stats.binomial import binomial_test
from eia.stats.homogeneity import zelen_monte_carlo
from eia.stats.multiplicity import holm
from eia.stats.results import BinomialTest, Split, StratifiedTest
from eia.stats.split import split
from eia.stats.stratified import stratified_test, stratified_tests

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    """One group and everyone it is compared with, by pool: only people whose answer is known, and the group itself.

    group, everyone: people there when choosing began, (pools + 1,), the last entry in no pool. group_start,
    everyone_start: the same before any stage. group_went, went: those who went, (pools,); went holds the numbers to go
    while nobody has been chosen. whole: the group and everyone in a table of the whole workforce, and whether these are
    shares. has_rest: whether anything is known of people outside the pools.
    """

    dimension: Dimension
    index: int
    group: Counts
    everyone: Counts
    group_start: Counts
    everyone_start: Counts
    group_went: Counts | None
    went: Numbers | None
    whole: tuple[float, float, bool] | None
    has_rest: bool
    left_out: int

    @property
    def workforce(self) -> tuple[float, float] | None:
        """The group and everyone in the workforce before any stage; None where only people in pools are known."""
        if self.whole:
            return self.whole[:2]
        return (float(self.group_start.sum()), float(self.everyone_start.sum())) if self.has_rest else None

    def people(self) -> People:
        """The totals."""
        workforce = self.workforce
        return People(
            group_workforce=workforce[0] if workforce else None,
            workforce=workforce[1] if workforce else None,
            group_in_scope=int(self.group_start[:-1].sum()),
            in_scope=int(self.everyone_start[:-1].sum()),
            group_there=int(self.group[:-1].sum()),
            there=int(self.everyone[:-1].sum()),
            group_selected=int(self.group_went.sum()) if self.group_went is not None else None,
            selected=float(self.went.sum()) if self.went is not None else None,
            left_out=self.left_out,
        )

    def split(self) -> Split | None:
        """The excess as three parts, among people still there when choosing began, so that the parts add up.

        Without a workforce outside the pools the pools stand for it, and scope is 0.
        """
        if self.went is None:
            return None
        group, everyone = self._workforce_there()
        return split(
            group_people=group,
            people=everyone,
            pool_group=self.group[:-1],
            pool_people=self.everyone[:-1],
            selected=self.went,
            group_selected=self.group_went,
        )

    def _workforce_there(self) -> tuple[float, float]:
        if self.whole and self.whole[2]:
            return self.whole[:2]
        if self.whole:
            gone, all_gone = (self.group_start - self.group).sum(), (self.everyone_start - self.everyone).sum()
            return self.whole[0] - float(gone), self.whole[1] - float(all_gone)
        there = slice(None) if self.has_rest else slice(-1)
        return float(self.group[there].sum()), float(self.everyone[there].sum())


def findings(cube: Cube, case: Case) -> tuple[Finding, ...]:
    """Every finding of the questions that the case asks, in the order of the pages.

    Raises EiaError where nobody has been chosen and the case gives the number to go for some pools and not for others.
    """
    to_go = _to_go(cube, case)
    asked = case.analysis.questions
    compared = [c for key in cube.layout.dimensions for c in _comparisons(cube, key, case, to_go)]
    found: list[Finding] = []
    if "scope" in asked:
        found += [_scope(comparison, cube, case) for comparison in compared]
    if "spread" in asked:
        found += [_spread(comparison) for comparison in compared]
    if "selection" in asked:
        found += _selection(compared, case)
    return tuple(found)


def _comparisons(cube: Cube, key: str, case: Case, to_go: Numbers | None) -> Iterator[_Comparison]:
    """Every group of a characteristic that anybody is in. Who declined and who is not recorded are compared with all who
    answered; "not applicable" is counted and never compared."""
    dimension = cube.layout.dimensions[key]
    stage = compulsory(cube, key, case.stages)
    start = stage.there + stage.earlier
    answered = np.array([group.kind == "answer" for group in dimension.groups])
    table = cube.whole_workforce
    amounts = table.amounts.get(key) if table else None
    for index, group in enumerate(dimension.groups):
        if group.kind == "not applicable" or not (start[index].any() or (amounts is not None and amounts[index] > 0)):
            continue
        among = answered.copy()
        among[index] = True
        everyone = stage.there[among].sum(axis=0)
        whole = None
        if table and amounts is not None and amounts[index]:
            whole = (float(amounts[index]), float(amounts[among].sum()), table.are_shares)
        yield _Comparison(
            dimension=dimension,
            index=index,
            group=stage.there[index],
            everyone=everyone,
            group_start=start[index],
            everyone_start=start[among].sum(axis=0),
            group_went=stage.went[index, :-1] if stage.went is not None else None,
            went=_went(stage, among, everyone, to_go),
            whole=whole,
            has_rest=cube.has_rest and table is None,
            left_out=int(start[~among].sum()),
        )


def _went(stage: Stage, among: npt.NDArray[np.bool_], everyone: Counts, to_go: Numbers | None) -> Numbers | None:
    """People of known answer who went from each pool; before anybody is chosen, the part of the number to go that is
    theirs when answers are missing evenly within the pool."""
    if stage.went is not None:
        return np.asarray(stage.went[among][:, :-1].sum(axis=0), dtype=float)
    if to_go is None:
        return None
    there = stage.there[:, :-1].sum(axis=0)
    return np.asarray(to_go * everyone[:-1] / np.maximum(there, 1))


def _to_go(cube: Cube, case: Case) -> Numbers | None:
    """The number to go from each pool as the case gives it; None where it gives none."""
    given = [case.pools[pool].to_go if pool in case.pools else None for pool in cube.layout.pools]
    if all(number is None for number in given):
        return None
    missing = [pool for pool, number in zip(cube.layout.pools, given, strict=True) if number is None]
    if missing and not cube.chosen:
        raise EiaError(
            Fault(code="to-go-missing", what=f"The case gives the number to go for some pools and not for {_named(cube, missing)}.",
                  file="case.toml", allowed="a number to go for every pool, 0 included, while nobody has been chosen",
                  do='Add to_go = 0 under [pools."the pool"] for pools from which nobody is to go.')
        )  # fmt: skip
    return np.array([number or 0 for number in given], dtype=float)


def _named(cube: Cube, missing: list[str]) -> str:
    """How many pools these are, and the names of those that enough people share."""
    table = cube.by_pool(next(iter(cube.layout.dimensions)))
    sizes = dict(zip(cube.layout.pools, table.low.sum(axis=(0, 2)).tolist(), strict=False))
    names = [name for pool in missing[:5] if (name := quotable(pool, sizes[pool]))]
    return f"{len(missing)} others" + (f", among them {', '.join(names)}" if names else "")


def _scope(comparison: _Comparison, cube: Cube, case: Case) -> Finding:
    people = comparison.people()
    reason: Reason = "stated in people"
    if people.workforce is None:
        reason = "no rest of the workforce" if cube.whole_workforce is None else "whole workforce not given"
    elif people.in_scope == 0:
        reason = "nobody in a pool"
    return replace(
        _finding(comparison, "scope", reason),
        drawn_one_by_one=_drawn_one_by_one(people, case) if reason == "stated in people" else None,
    )


def _drawn_one_by_one(people: People, case: Case) -> StratifiedTest | BinomialTest:
    """The test as if people had been put in pools one by one. Posts are, so this is for the annex."""
    level = case.analysis.level
    group, everyone = people.group_workforce or 0.0, people.workforce or 0.0
    if everyone == int(everyone) and group == int(group) and everyone >= people.in_scope > 0 and everyone > 1:
        return stratified_test(
            group_selected=[people.group_in_scope],
            group_total=[int(group)],
            selected=[people.in_scope],
            total=[int(everyone)],
            level=level,
        )
    return binomial_test(
        group_selected=people.group_in_scope, selected=people.in_scope, share=group / everyone, level=level
    )


def _spread(comparison: _Comparison) -> Finding:
    reason: Reason = "stated in people"
    if comparison.went is None:
        reason = "number to go not known"
    elif (comparison.everyone[:-1] > 0).sum() < 2:
        reason = "one pool"
    return _finding(comparison, "spread", reason)


def _selection(compared: list[_Comparison], case: Case) -> list[Finding]:
    """Test who goes within a job, then judge every comparison against the whole family."""
    chosen = [comparison for comparison in compared if comparison.group_went is not None]
    if not chosen:
        return [_finding(comparison, "selection", _why_not_chosen(comparison)) for comparison in compared]
    tests = stratified_tests(
        group_selected=np.array([comparison.group_went for comparison in chosen]),
        group_total=np.array([comparison.group[:-1] for comparison in chosen]),
        selected=np.array([comparison.went for comparison in chosen], dtype=np.int64),
        total=np.array([comparison.everyone[:-1] for comparison in chosen]),
        level=case.analysis.level,
    )
    mirrors = _mirrors(chosen, tests)
    counts = [bool(test.informative_pools) and place not in mirrors for place, test in enumerate(tests)]
    adjusted = holm([test.midp if once else np.nan for test, once in zip(tests, counts, strict=True)])
    for place, partner in mirrors.items():
        adjusted[place] = adjusted[partner]
    result = []
    for place, (comparison, test, pvalue) in enumerate(zip(chosen, tests, adjusted, strict=True)):
        agreement = _agreement(comparison, test, case)
        level, direction, reasons = judge(test, float(pvalue), agreement, case.analysis)
        result.append(
            replace(
                _finding(comparison, "selection"),
                level=level,
                direction=direction,
                reasons=(_why_not_tested(comparison),) if level == "not tested" else reasons,
                test=test,
                adjusted_p=float(pvalue),
                family=sum(counts),
                agreement=agreement,
                mirrored=place in mirrors,
            )
        )
    return result


def _agreement(comparison: _Comparison, test: StratifiedTest, case: Case) -> float:
    """P that the pools share one odds ratio: Zelen's exact test where it can be made. Where it cannot, and Tarone's says
    that they differ, Zelen's by drawing, since Tarone's raises false alarms in small pools; in large ones Tarone's stands.
    """
    if test.homogeneity.zelen_pvalue is not None:
        return test.homogeneity.zelen_pvalue
    if not test.homogeneity.pvalue <= case.analysis.alpha:
        return test.homogeneity.pvalue
    name = f"{comparison.dimension.characteristic.key}/{comparison.dimension.groups[comparison.index].label}"
    drawn = zelen_monte_carlo(
        group_selected=comparison.group_went if comparison.group_went is not None else [],
        group_total=comparison.group[:-1],
        selected=comparison.went if comparison.went is not None else [],
        total=comparison.everyone[:-1],
        rng=np.random.default_rng(zlib.crc32(name.encode())),  # the same draws for the same group in every run
    )
    return test.homogeneity.pvalue if drawn is None else drawn


def _why_not_chosen(comparison: _Comparison) -> Reason:
    """Nobody has been chosen; where everybody in the pools is to go, nobody ever will be."""
    there = comparison.everyone[:-1]
    closed = comparison.went is not None and there.any() and bool(np.allclose(comparison.went, there))
    return "everyone goes" if closed else "nobody chosen yet"


def _why_not_tested(comparison: _Comparison) -> Reason:
    """Why no pool can say anything of this group: what happened in the pools that hold it."""
    held = comparison.group[:-1] > 0
    went = comparison.went[held] if comparison.went is not None else comparison.everyone[:-1][held] * 0
    if not held.any():
        return "nobody to compare"
    if (went == comparison.everyone[:-1][held]).all():
        return "everyone goes"
    return "nobody to compare" if went.any() else "nobody goes"


def _mirrors(compared: list[_Comparison], tests: tuple[StratifiedTest, ...]) -> dict[int, int]:
    """Comparisons that repeat another from the other side: where exactly two answers of a characteristic can be tested,
    the second repeats the first. Given as place of the second -> place of the first."""
    answers: dict[str, list[int]] = {}
    for place, (comparison, test) in enumerate(zip(compared, tests, strict=True)):
        group = comparison.dimension.groups[comparison.index]
        if group.kind == "answer" and test.informative_pools:
            answers.setdefault(comparison.dimension.characteristic.key, []).append(place)
    return {places[1]: places[0] for places in answers.values() if len(places) == 2}


def _finding(comparison: _Comparison, question: Question, *reasons: Reason) -> Finding:
    """A finding stated in people, not tested, for these reasons."""
    return Finding(
        question=question,
        characteristic=comparison.dimension.characteristic,
        group=comparison.dimension.groups[comparison.index],
        people=comparison.people(),
        split=comparison.split(),
        level="not tested",
        reasons=reasons,
    )
