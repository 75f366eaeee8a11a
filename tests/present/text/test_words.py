"""Every key has its words, and the words keep to what figures can show."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from assessments import MAKERS, sample
from hypothesis import given
from hypothesis import strategies as st

from eia.case import QUESTIONS as ASKED
from eia.findings.core.finding import Level, Reason
from eia.present.text.evidence import statement
from eia.present.text.words import (
    COMPARISONS,
    LEVELS,
    MEANINGS,
    PRACTICES,
    QUESTIONS,
    REASONS,
    adds_up,
    capital,
    group_name,
    listed,
    more_or_fewer,
    plural,
)
from eia.vocabulary.characteristics import MISSING, Characteristic, Group, characteristics


def test_every_key_has_its_words() -> None:
    assert set(QUESTIONS) == set(PRACTICES) == set(COMPARISONS) == set(ASKED)
    assert set(LEVELS) == set(MEANINGS) == set(get_args(Level))
    assert set(REASONS) == set(get_args(Reason))


@pytest.mark.parametrize("key", characteristics())
def test_every_group_has_a_name_that_tells_it_from_the_others(key: str) -> None:
    characteristic = characteristics()[key]
    groups = [*map(Group, characteristic.groups or ("One", "Two")), *MISSING[:2]]
    names = [group_name(characteristic, group) for group in groups]
    assert len(set(names)) == len(names)
    assert all(re.search(r"\b(people|staff|women|men)\b", name) for name in names)


@given(st.text(min_size=1, max_size=50), st.text(min_size=1, max_size=50))
def test_a_label_stands_in_its_name_as_it_is(title: str, label: str) -> None:
    assert label in group_name(Characteristic(key="own", title=title), Group(label))


@pytest.mark.parametrize("name", MAKERS)
def test_every_finding_can_be_told(name: str) -> None:
    assessment = sample(name)
    for finding in assessment.findings:
        for text in (statement(finding), adds_up(finding)):
            assert text.endswith((".", ")."))
            assert not re.search(r"\bnan\b|\bNone of\b|\binf\b", text)


def test_words_for_an_excess_have_its_direction() -> None:
    assert (more_or_fewer(2.04), more_or_fewer(-0.6), more_or_fewer(0.4)) == (
        "about 2 more",
        "about 1 fewer",
        "as many",
    )


def test_lists_counts_and_capitals() -> None:
    assert [listed(["a", "b", "c"][:n]) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]
    assert (plural(1, "pool", "pools"), plural(0, "pool", "pools")) == ("1 pool", "0 pools")
    assert (capital("women"), capital("")) == ("Women", "")
