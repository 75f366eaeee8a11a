"""The public names are there, cost nothing until they are used, and an unknown one is refused as everywhere in Python."""

from __future__ import annotations

import pytest

import eia


@pytest.mark.parametrize("name", eia.__all__)
def test_a_public_name_is_there(name: str) -> None:
    assert getattr(eia, name) is not None
    assert name in dir(eia)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'asses'"):
        eia.asses  # noqa: B018


def test_public_functions_and_classes_are_documented() -> None:
    assert all(getattr(eia, name).__doc__ for name in eia.__all__ if name != "__version__")


def test_the_whole_way_goes_through_public_names(tmp_path) -> None:
    choices = eia.Case(title="Finance review")
    eia.write_case(choices, tmp_path / "case.toml")
    people = eia.read_workforce(b"sex,pool,selected\nF,A,yes\nM,A,no\n", eia.read_case(tmp_path / "case.toml"))
    written = eia.write_report(eia.assess(people, choices), tmp_path / "report")
    assert written.pages["draft"].read_text(encoding="utf-8").lstrip().startswith("<!DOCTYPE html>")
