"""Takes the evidence matrix; shows it as a table with a button a row, and gives the address of the group whose button was pressed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from eia.present.charts.looks import LOOKS
from eia.present.documents.model import plain
from eia.present.tables.evidence_matrix import GroupRow, Matrix

ROWS_FIRST = 12
"""Rows to begin with; a button in the table shows the others."""
_HERE = Path(__file__).parent
_table = st.components.v2.component(
    "eia_matrix",
    html='<div class="matrix"></div>',
    css=(_HERE / "matrix.css").read_text(encoding="utf-8"),
    js=(_HERE / "matrix.js").read_text(encoding="utf-8"),
)


def matrix(made: Matrix, key: str) -> str | None:
    """The table. Every word goes to the browser as data, and is set there as text and never as markup."""
    data = {
        "caption": "The evidence, group by group",
        "hint": "Push the table sideways for the other questions and the total.",
        "group": "Group",
        "columns": made.columns,
        "rows": [_row(row) for row in made.rows],
        "first": ROWS_FIRST,
        "more": f"Show all {len(made.rows)} groups",
        "looks": {
            level: {"shape": look.shape, "colour": look.colour, "filled": look.filled} for level, look in LOOKS.items()
        },
    }
    pressed: str | None = _table(key=key, data=data, on_group_change=lambda: None).group
    return pressed


def _row(row: GroupRow) -> dict[str, object]:
    return {
        "under": plain(row.characteristic),
        "address": row.address,
        "name": plain(row.group),
        "cells": [{"level": cell.level, "word": cell.word, "people": cell.people} for cell in row.cells],
        "total": row.total,
    }
