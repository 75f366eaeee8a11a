"""What may be published is a type of its own: it holds words and printed numbers, and writers have no way from it to the counts."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import eia
from eia.counts.disclosure.published import Published
from eia.counts.disclosure.rules import PRESETS, SENSITIVE, rules_called
from eia.errors import EiaError
from eia.findings.publication import from_json, published, to_json

PEOPLE = b"sex,pool,selected\n" + b"F,A,yes\nF,A,no\nM,A,yes\nM,A,no\n" * 20 + b"F,,\nM,,\n" * 3


def leaves(value: object) -> Iterator[object]:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from leaves(each)
    else:
        yield value


def figures() -> Published:
    return published(eia.assess(PEOPLE))


def test_it_holds_words_printed_numbers_and_nothing_else() -> None:
    assert {type(each) for each in leaves(figures())} <= {str, int, bool, type(None)}
    numbers = [value for table in figures().tables for row in table.rows for value in row.values]
    assert all(value is None or value % 5 == 0 for value in numbers)
    with pytest.raises(dataclasses.FrozenInstanceError):
        figures().case = ""  # type: ignore[misc]


def test_what_shows_it_knows_only_the_type_and_the_rules() -> None:
    present = (Path(eia.__file__).parent / "present").rglob("*.py")
    imported = {
        name
        for path in present
        for name in re.findall(r"eia\.counts\.disclosure\.(\w+)", path.read_text(encoding="utf-8"))
    }
    assert imported == {"published", "rules"}


def test_it_is_read_back_as_it_was() -> None:
    assert from_json(to_json(figures())) == figures()


def test_every_set_of_rules_that_allows_more_than_the_default_says_why() -> None:
    for name, rules in PRESETS.items():
        assert bool(rules.relaxed) == (name != "default")
        assert all("Reason:" in line for line in rules.relaxed if not line.startswith("Three"))
    assert any("Agreed." in line for line in rules_called("hesa", reason="Agreed.").relaxed)
    assert "gender_reassignment" in SENSITIVE


def test_rules_that_are_not_there_are_refused() -> None:
    with pytest.raises(EiaError) as error:
        rules_called("census")
    assert error.value.faults[0].code == "no-such-rules"


def _of(characteristic: str, groups: dict[str, tuple[int, int]]) -> Published:
    """One pool, of whom so many of each group are there and selected."""
    lines = [f"{characteristic},pool,selected"]
    for group, (there, went) in groups.items():
        lines += [f"{group},A,{'yes' if n < went else 'no'}" for n in range(there)]
    return published(eia.assess("\n".join(lines).encode(), analysis={"draws": 999}))


def _listed(figures: Published) -> list[str]:
    return [row.label for row in figures.tables[0].rows]


def test_a_small_sensitive_group_is_listed_no_more_than_one_that_nobody_is_in() -> None:
    somebody = _of("gender_reassignment", {"No": (59, 20), "Yes": (1, 0)})
    nobody = _of("gender_reassignment", {"No": (60, 20)})
    assert somebody.tables == nobody.tables == ()


def test_a_sensitive_characteristic_of_two_whole_groups_is_told_of_the_workforce_alone() -> None:
    figures = _of("sexual_orientation", {"Heterosexual or straight": (60, 20), "Gay or lesbian": (20, 8)})
    numbers = {row.label: row.values[:2] for row in figures.tables[0].rows}
    assert numbers["Gay or lesbian"] == (20, None)


def test_a_group_without_any_number_to_show_has_no_row_to_be_counted() -> None:
    figures = _of(
        "religion", {"Christian": (60, 20), "Muslim": (2, 1), "Hindu": (2, 1), "Sikh": (2, 1), "Jewish": (2, 0)}
    )
    assert _listed(figures) == ["Everyone", "Christian"]
