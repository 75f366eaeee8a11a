"""Takes a Case; shows which questions are asked, and the conventions; gives them as plain values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import streamlit as st

from eia.case import QUESTIONS, Case, adjusters
from eia.dashboard.session import choice
from eia.dashboard.widgets import heading, prose
from eia.findings.assessment import Assessment
from eia.present.text import words

LEVELS = {0.90: 0.10, 0.95: 0.05, 0.99: 0.01}  # each with the alpha that belongs to it


def analysis_choices(case: Case) -> dict[str, Any]:
    """Which questions are asked, and the conventions."""
    heading("Questions and conventions")
    prose("These are conventions of the analysis, not law. Change them only for a reason that you can write down.")
    asked = [
        question
        for question in QUESTIONS
        if st.checkbox(words.QUESTIONS[question], key=choice(f"ask {question}", question in case.analysis.questions))
    ]
    levels = LEVELS | {case.analysis.level: case.analysis.alpha}
    left, right = st.columns(2)
    with left:
        level = st.selectbox(
            "Level of intervals, and the p that goes with it", list(levels), key=choice("level", case.analysis.level),
            format_func=lambda level: f"{level:g} and {levels[level]:g}",
        )  # fmt: skip
    with right:
        matters = st.number_input(
            "Odds ratio from which a gap would matter",
            min_value=1.1, max_value=3.0, step=0.1, key=choice("matters", case.analysis.matters),
        )  # fmt: skip
    bands = st.text_input(
        "Age bands: the lowest age of every band but the first, with commas between",
        key=choice("bands", ", ".join(str(edge) for edge in case.analysis.age_bands)),
    )
    edges = [int(edge) if edge.strip().isdecimal() else edge.strip() for edge in bands.split(",")]
    allowing = st.multiselect(
        "Show gaps also allowing for (named before looking; scores and whatever else people are chosen by are not offered)",
        adjusters(), key=choice("allowing for", list(case.analysis.adjust_for)), format_func=words.adjuster_name,
    )  # fmt: skip
    conventions = {"questions": asked, "level": level, "alpha": levels[level], "matters": matters, "age_bands": edges}
    return {"analysis": case.analysis.model_dump(mode="json") | conventions | {"adjust_for": allowing}}


def characteristics_of(assessment: Assessment) -> tuple[str, ...]:
    """The titles of the characteristics that can be looked at, in the order of the assessment."""
    return tuple(dict.fromkeys(finding.characteristic.title for finding in assessment.findings))


def with_findings_of(assessment: Assessment, titles: Collection[str]) -> Assessment:
    """The assessment with the findings of some characteristics only."""
    return replace(assessment, findings=tuple(f for f in assessment.findings if f.characteristic.title in titles))
