"""Faults are told in one message that says what, where, what is allowed and what to do, and that a terminal only shows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.errors import EiaError, Fault, Faults, inert, message, quotable, visible


def test_one_fault_makes_an_error_as_a_list_of_one_does() -> None:
    fault = Fault(code="x", what="Wrong.")
    assert EiaError(fault).faults == EiaError([fault]).faults == (fault,)
    assert str(EiaError(fault)) == message([fault])


def test_faults_keep_their_order_and_are_numbered() -> None:
    faults = [Fault(code=str(n), what=f"Fault {n}.", do="Mend it.") for n in range(12)]
    text = message(faults)
    assert text.startswith("12 things need putting right")
    assert [text.index(f"{n + 1}. Fault {n}.") for n in range(12)] == sorted(
        text.index(f"Fault {n}.") - len(f"{n + 1}. ") for n in range(12)
    )
    assert text.count("What to do: Mend it.") == 12


class _Table:
    """Rows below a line of headers."""

    file = "staff.csv"

    def row_numbers(self, positions: list[int]) -> tuple[int, ...]:
        return tuple(position + 2 for position in positions)

    def how_many(self, positions: list[int]) -> int:
        return len(positions)


def _broken() -> str:
    raise EiaError(Fault(code="broken", what="Broken."))


def test_a_collector_raises_everything_it_took_at_once_and_in_order() -> None:
    faults = Faults()
    faults.raise_if_any()
    faults.add(Fault(code="first", what="."))
    assert faults.read(lambda: "read") == "read"
    assert faults.read(_broken) is None
    faults.of_rows(_Table(), [], code="none", what=".", allowed="", do="")
    faults.of_rows(_Table(), [0, 4], code="rows", what=".", allowed="", do="", column="FTE")
    with pytest.raises(EiaError) as error:
        faults.raise_if_any()
    assert [fault.code for fault in error.value.faults] == ["first", "broken", "rows"]
    assert (error.value.faults[-1].row, error.value.faults[-1].rows, error.value.faults[-1].column) == (
        (2, 6),
        2,
        "FTE",
    )


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        ({}, ""),
        ({"file": "a.csv"}, "a.csv"),
        ({"file": "a.csv", "row": (3,)}, "a.csv, row 3"),
        ({"file": "a.csv", "row": (3, 4)}, "a.csv, rows 3, 4"),
        ({"row": (3,), "rows": 2}, "rows 3 and 1 more"),
        ({"row": tuple(range(2, 10))}, "rows 2, 3, 4, 5, 6 and 3 more"),
        ({"sheet": "Staff", "column": "FTE"}, "sheet “Staff”, column “FTE”"),
    ],
)
def test_the_place_of_a_fault_in_words(fault: dict, place: str) -> None:
    assert Fault(code="x", what="", **fault).place() == place


@given(st.text())
def test_inert_text_is_one_line_of_at_most_eighty_visible_characters(text: str) -> None:
    shown = inert(text)
    assert len(shown) <= 80
    assert not any(unicodedata.category(character).startswith("C") for character in shown)
    assert inert(shown) == shown
    assert visible(text).startswith(shown.removesuffix("…")) or shown.endswith("…")


@given(st.text(max_size=60), st.integers(0, 10))
def test_a_label_is_quoted_only_where_it_points_at_nobody(label: str, rows: int) -> None:
    assert (quotable(label, rows) is not None) == (rows >= 5 and len(label) <= 60)
