"""Takes an Assessment; gives what would change if a criterion or another choice were left out. The one place that documents ask."""

from __future__ import annotations

from collections.abc import Mapping

from eia.findings.assessment import Assessment
from eia.present.documents.model import Table


def criteria_left_out(_: Assessment) -> Mapping[str, str]:
    """What leaving a criterion out would do, by its name, in a few words; none where no such scenario was worked out."""
    return {}


def alternatives_table(_: Assessment) -> Table | None:
    """Every other way that was worked out, with what it does to the groups with a gap; none where none was."""
    return None
