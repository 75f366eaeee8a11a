"""Sentences of evidence say no more than their numbers, whatever the conventions: for every level and every p."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from assessments import MAKERS, sample
from made import QUICK, assessed, case, one, pools

from eia.findings.core.evidence_level import judge
from eia.findings.core.finding import Finding
from eia.findings.headlines import leading
from eia.present.text.evidence import COMMON, NO_CHANCE, chance, fact, pvalue_alone, ruled_out, statement, to_read_out
from eia.present.text.narrative import answers
from eia.present.text.words import LEVELS
from eia.stats.results import Interval

REASSURING = re.compile(r"\b(readily|often does|no clear gap|could be chance)\b", re.IGNORECASE)
P = [0.00001, 0.0014, 0.009, 0.01, 0.03, 0.05, 0.06, 0.09, 0.19, 0.2, 0.4, 0.9]
CONVENTIONS = [(alpha, matters) for alpha in (0.01, 0.05, 0.1) for matters in (1.1, 2.0, 3.0)]


def women() -> Finding:
    return one(assessed(pools(A=(6, 20, 4, 20), B=(5, 20, 4, 20)), QUICK), "selection", "Female")


@pytest.fixture(scope="module")
def tested() -> Finding:
    return women()


def told_at(tested: Finding, pvalue: float, adjusted_p: float, own_p: float, alpha: float, matters: float) -> Finding:
    """The same finding at another p, judged again by the conventions given, its narrower interval well within what matters."""
    conventions = tested.conventions.model_copy(update={"alpha": alpha, "level": 1 - alpha, "matters": matters})
    inside = Interval(low=1 / 1.05, high=1.05, level=1 - 2 * alpha, method="exact")
    level, direction, reasons = judge(
        pvalue=pvalue, adjusted_p=adjusted_p, own_p=own_p, equivalence=inside, conventions=conventions, excess=2.0,
        odds_ratio=Interval(low=1.01, high=4.0, level=1 - alpha, method="exact"),
    )  # fmt: skip
    assert tested.tested is not None
    return replace(
        tested, level=level, direction=direction, reasons=reasons, conventions=conventions, equivalence=inside,
        adjusted_p=adjusted_p, own_p=own_p, test=replace(tested.tested, midp=pvalue),
    )  # fmt: skip


@pytest.mark.parametrize(("alpha", "matters"), CONVENTIONS)
def test_no_word_of_comfort_stands_beside_a_small_p_whatever_the_conventions(
    tested: Finding, alpha: float, matters: float
) -> None:
    for pvalue, adjusted, own in product(P, P, P):
        if not pvalue <= own <= adjusted:
            continue
        finding = told_at(tested, pvalue, adjusted, own, alpha, matters)
        said = chance(finding)
        if pvalue < COMMON:
            assert "often" not in said
            assert "readily" not in said
            assert re.search(r"once in|1,000", said), said  # how often chance would do it is always told
        if pvalue <= 0.05:
            assert not REASSURING.search(said), (pvalue, said)
        if finding.level == "found":
            assert adjusted <= alpha


@pytest.mark.parametrize("name", MAKERS)
def test_how_often_chance_does_it_is_said_of_every_finding_by_its_number(name: str) -> None:
    for finding in sample(name).findings:
        said, p = statement(finding), pvalue_alone(finding)
        if finding.level == "found":
            assert "Chance would do this" in said
        elif not math.isnan(p.low) and p.low < COMMON and not NO_CHANCE.intersection(finding.reasons):
            assert "hance would do this" in said
        assert ("often does" in said) <= (p.low >= COMMON)  # the least p there is, not the largest


@pytest.mark.parametrize("name", MAKERS)
def test_every_cannot_say_gives_its_reason_and_what_is_ruled_out(name: str) -> None:
    for finding in sample(name).findings:
        if finding.level == "cannot_say":
            assert chance(finding).startswith(f"{LEVELS['cannot_say']}: ")
            if finding.equivalence and not NO_CHANCE.intersection(finding.reasons):
                assert "The figures" in chance(finding)


@pytest.mark.parametrize("high", np.exp(np.linspace(0.01, 6, 40)).tolist())
def test_what_is_ruled_out_lies_beyond_the_interval_and_what_is_not_within_it(tested: Finding, high: float) -> None:
    limits = Interval(low=0.9, high=high, level=0.9, method="exact")
    said = ruled_out(replace(tested, level="cannot_say", equivalence=limits))
    if out := re.search(r"not (?:fit )?more than ([\d.]+) times", said):
        assert float(out[1]) >= high
    else:
        assert "even 50 times" in said
        assert high > 50
    if within := re.search(r"figures fit ([\d.]+) times the odds of being selected", said):
        assert float(within[1]) < high


@pytest.mark.parametrize("name", MAKERS)
def test_a_fact_is_of_whole_people(name: str) -> None:
    for finding in sample(name).findings:
        if finding.tested or finding.stated:
            assert not re.search(r"\d\.\d(?!%)", fact(finding).replace(finding.group.label, "")), fact(finding)


def test_a_strict_case_puts_a_planted_gap_on_its_first_page_and_never_calls_it_chance() -> None:
    """Odds five times as high, under the strictest conventions that a case can have."""
    strict = case(analysis={"alpha": 0.01, "level": 0.99, "matters": 3.0, "draws": 999})
    assessment = assessed(pools(A=(12, 30, 3, 30), B=(9, 30, 3, 30)), strict)
    women_there = one(assessment, "selection", "Female")
    told = dict(answers(assessment))["Who is selected within each pool?"]
    assert women_there.level in ("found", "stands_out")
    assert "women" in told
    assert not REASSURING.search(told)
    assert leading(assessment.under("selection"))[0] == women_there


def test_what_is_read_out_says_clear_gap_or_that_it_stands_out_and_leaves_figures_to_the_row(tested: Finding) -> None:
    assert "clear gap" in to_read_out(replace(tested, level="found", direction="against"))
    assert "stands out" in to_read_out(replace(tested, level="stands_out", direction="against"))
    assert "once in" not in to_read_out(replace(tested, level="found", direction="against"))
