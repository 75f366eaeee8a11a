"""Takes an Assessment; gives what would change under another rule, as the documents tell it: each criterion left out, and each change tried."""

from __future__ import annotations

from collections.abc import Mapping

from eia.findings.assessment import Assessment
from eia.present.documents.model import Table, tabulated
from eia.present.sections.scenarios import alternatives
from eia.present.text.scenarios import column_name, gap_groups, left_out_cell


def criteria_left_out(assessment: Assessment) -> Mapping[str, str]:
    """What leaving each criterion out would do, by its name: how many of each group with a gap would be selected, instead of how many now.
    Nothing where no such change could be tried."""
    changes = assessment.changes
    if changes is None or not changes.without_one:
        return {}
    pairs = gap_groups(changes)
    return {
        one.criterion: "; ".join(f"{column_name(changes, pair)}: {left_out_cell(one, pair=pair)}" for pair in pairs)
        for one in changes.without_one
    }


def alternatives_table(assessment: Assessment) -> Table | None:
    """Every change that the case names, with what it does to the groups with a clear gap; nothing where it names none."""
    made = alternatives(assessment.changes)
    if not made:
        return None
    return tabulated(
        "Alternatives tried on these figures",
        made,
        {
            "Change": lambda one: one[0],
            "What it does to the groups with a gap": lambda one: one[1],
            "Different people selected": lambda one: one[2],
        },
        words=None,
        notes=(
            "As many people are selected as now, unless the change says otherwise. Pools in which everybody is selected count too.",
            *((OPENS,) if _opens_any(assessment) else ()),
        ),
    )


OPENS = "Where a change would open another gap, look into that first. It is no reason for the gap that there is now."


def _opens_any(assessment: Assessment) -> bool:
    """Whether any change tried opens a gap against a group."""
    tried = assessment.changes.tried if assessment.changes else ()
    return any(one.effect == "opened" and one.after.direction == "against" for each in tried for one in each.groups)
