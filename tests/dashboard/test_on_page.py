"""A page says what to do in its own fields: never by a line of a case file or an option."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import eia
from eia.dashboard.on_page import on_page
from eia.errors import Fault, message

OF_A_CASE = re.compile(r"\[[a-z_]+[a-z_.]*\] ?|case\.toml|--[a-z]")
NOT_HERE = {
    "open-question",
    "cannot-write",
    "no-case",
    "case-not-toml",
    "no-leave-file",
    "contradicting-options",
    "no-reason",
    "no-such-rules",
    "moment-of-a-record",
    "several-years",
    "shared-no-library",
    "shared-no-sign-in",
    "shared-with-case",
    "needs-large",
}  # of the command line alone, the last nine

"""Faults that no page shows, and those of a case file that its visitor brought."""


def faults_of_a_case() -> Iterator[str]:
    """The codes of all faults whose advice names a part of a case file."""
    for path in Path(eia.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said = {one.arg: one.value for one in node.keywords} if isinstance(node, ast.Call) else {}
            texts = [part.value for name in ("allowed", "do") if name in said for part in ast.walk(said[name]) if isinstance(part, ast.Constant)]  # fmt: skip
            if isinstance(code := said.get("code"), ast.Constant) and any(
                OF_A_CASE.search(str(text)) for text in texts
            ):
                yield str(code.value)


@pytest.mark.parametrize("code", sorted({*faults_of_a_case()} - NOT_HERE))
def test_what_to_do_is_a_field_of_a_page(code: str) -> None:
    fault = Fault(
        code=code, what="Something.", file="case.toml", column="dates.extract", do='[columns] sex = "x"', allowed="x"
    )
    assert not OF_A_CASE.search(message(on_page([fault])))


def test_a_fault_of_a_case_file_that_was_opened_keeps_its_line() -> None:
    (told,) = on_page([Fault(code="case-not-toml", what="Not TOML.", file="case.toml", row=(3,))])
    assert (told.file, told.row) == ("case.toml", (3,))
