"""Takes the assessment of the visit and the group in the address; tells the story of that group: how many, how sure, where from, what to ask."""

from functools import partial

import streamlit as st

from eia.dashboard.session import session
from eia.dashboard.taking.naming import on_story
from eia.dashboard.widgets import bullets, chart_and_table, dots, heading, needed, notice, prose, table
from eia.present.charts.from_assessment import waterfall
from eia.present.charts.from_group import against_chance, by_pool, intervals
from eia.present.parts.story import no_chances, not_fitting, shares, statistics, title
from eia.present.tables.evidence_matrix import by_address, evidence_matrix
from eia.present.text.evidence import statement
from eia.present.text.grounds import FEWEST_OF_A_GROUP, grounds_told
from eia.present.text.narrative import CONFIDENTIAL, questions_about
from eia.present.text.words import QUESTIONS, adds_up, row_name


def main() -> None:
    """The page."""
    visit = session()
    assessment = needed("A group's story", visit, in_short=True)
    groups = by_address(assessment)
    if not groups:
        prose("No group could be looked at.")
        return
    places = assessment.cube.layout.pools
    order = [row.address for row in visit.once("matrix", lambda: evidence_matrix(assessment)).rows]
    asked = st.query_params.get("group", "")
    here = asked if asked in groups else order[0]
    chosen = st.selectbox(
        "Group", order, index=order.index(here), key=f"group {here}", format_func=lambda one: row_name(groups[one][0])
    )
    if chosen != here:
        st.query_params["group"] = chosen
        st.rerun()
    found = groups[here]
    first = found[0]
    heading(title(found))
    prose(adds_up(first), kind="lead")
    dots(shares(found))
    left, right = st.columns(2, gap="large")
    with left:
        heading("Where the gap comes from", 3)
        if parts := waterfall(first):
            chart_and_table(parts, "waterfall")
        else:
            prose("It is not known exactly how it adds up.", kind="soft")
    with right:
        heading("Two questions to ask", 3)
        bullets(questions_about(assessment, found), ordered=True)
        on_story(visit, assessment, first)
    heading("How sure are we?", 3)
    if odds := intervals(found):
        chart_and_table(odds, "intervals")
    bullets([statement(finding) for finding in found])
    selection = next((one for one in found if one.question == "selection"), None)
    heading("What chance would give", 3)
    for finding in found:
        bars = visit.once(f"chances {here} {finding.question}", partial(assessment.chances, finding))
        if spec := against_chance(finding, bars):
            heading(QUESTIONS[finding.question], 4)
            chart_and_table(spec, f"chances-{finding.question}")
        else:
            prose(f"{QUESTIONS[finding.question]} {no_chances(finding)}", kind="soft")
    if selection and (in_pools := by_pool(selection, places)):
        heading("Pool by pool", 3)
        chart_and_table(in_pools, "pools")
        prose(
            f"Pools with fewer than {FEWEST_OF_A_GROUP} people of the group are left out, and those where all of them or none are selected: "
            "they would be about single people.",
            kind="soft",
        )
    with st.expander("What can be ruled out, and the statistics"):
        bullets([*not_fitting(found), *(line for one in found for line in grounds_told(one, places))])
        table(statistics(assessment, found))
    notice(CONFIDENTIAL, "confidential")


if __name__ == "__main__":
    main()
