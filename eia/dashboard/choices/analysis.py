"""Takes a Case; shows which questions are asked, and the conventions; gives them as plain values."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import streamlit as st

from eia.case import QUESTIONS, Case, adjusters
from eia.dashboard.choices.fields import must_fit
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
    prose("All three are asked, because each can make a gap that the others do not show.", kind="soft")
    of = case.analysis.model_dump(mode="json")
    must_fit(case, "Choose one question or more.", analysis=of | {"questions": asked})
    levels = LEVELS | {case.analysis.level: case.analysis.alpha}
    left, right = st.columns(2)
    with left:
        level = st.selectbox(
            "Level of intervals, and the p that goes with it", list(levels), key=choice("level", case.analysis.level),
            format_func=lambda level: f"{level:g} and {levels[level]:g}",
        )  # fmt: skip
        prose("0.95 and 0.05, because that is what most tribunals and statisticians are used to.", kind="soft")
    with right:
        matters = st.number_input(
            "Odds ratio from which a gap would matter",
            min_value=1.1, max_value=3.0, step=0.1, key=choice("matters", case.analysis.matters),
        )  # fmt: skip
        prose("2, because “no clear gap” is then said only where a doubling of the odds can be ruled out.", kind="soft")
    bands = st.text_input(
        "Age bands: the lowest age of every band but the first, with commas between",
        key=choice("bands", ", ".join(str(edge) for edge in case.analysis.age_bands)),
    )
    edges = [int(edge) if edge.strip().isdecimal() else edge.strip() for edge in bands.split(",")]
    prose("Ten years each, because narrower bands are soon too small to say anything of.", kind="soft")
    must_fit(
        case,
        "Give whole years between 14 and 100, each higher than the one before, with commas between: 25, 35, 45.",
        analysis=of | {"age_bands": edges},
    )
    allowing = st.multiselect(
        "Show gaps also allowing for (named before looking; scores and whatever else people are chosen by are not offered)",
        adjusters(), key=choice("allowing for", list(case.analysis.adjust_for)), format_func=words.adjuster_name,
    )  # fmt: skip
    prose("Nothing, because what is allowed for may itself be part of the gap.", kind="soft")
    conventions = {"questions": asked, "level": level, "alpha": levels[level], "matters": matters, "age_bands": edges}
    return {"analysis": of | conventions | {"adjust_for": allowing}}


def characteristics_of(assessment: Assessment) -> tuple[str, ...]:
    """The titles of the characteristics that can be looked at, in the order of the assessment."""
    return tuple(dict.fromkeys(finding.characteristic.title for finding in assessment.findings))


def with_findings_of(assessment: Assessment, titles: Collection[str]) -> Assessment:
    """The assessment with the findings of some characteristics only."""
    return replace(assessment, findings=tuple(f for f in assessment.findings if f.characteristic.title in titles))
