"""How many groups nothing can be said of is one count, wherever it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assessments import MAKERS, sample

from eia.findings.headlines import limits, looked_at
from eia.present.figures.unknowns import cannot_say_of, silent_groups, unknowns
from eia.present.parts.first_screen import large_numbers
from eia.present.text.evidence import levels_counted
from eia.present.text.words import in_words


@pytest.mark.parametrize("name", MAKERS)
def test_the_first_screen_the_draft_and_the_answers_count_the_same_groups(name: str) -> None:
    assessment = sample(name)
    last = assessment.case.analysis.questions[-1]
    silent = silent_groups(assessment)
    assert (f"For {in_words(len(silent))} we cannot say." in levels_counted(assessment.under(last))) is bool(silent)
    told = [said for said in unknowns(assessment) if "whether there is a gap" in said]
    assert len(told) == bool(silent)
    assert all(cannot_say_of(assessment) in said and f"For {in_words(len(silent))} group" in said for said in told)
    numbers = [one.number for one in large_numbers(assessment) if "we cannot say" in one.says]
    assert set(numbers) <= {str(len(silent))}


@pytest.mark.parametrize("name", MAKERS)
def test_groups_of_each_reason_add_up_to_those_counted(name: str) -> None:
    silent = silent_groups(sample(name))
    for limit in limits(sample(name)):
        if limit.key == "cannot say" and "selection" in sample(name).case.analysis.questions:
            assert limit.number == len(silent) == sum(limit.numbers)


def test_the_same_people_are_not_counted_twice() -> None:
    finding = sample("cannot_say").under("selection")[0]
    again = replace(finding, characteristic=replace(finding.characteristic, key="contract_short"), mirrored=False)
    assert looked_at([finding, again]) == (finding,)
