"""Takes an Assessment; gives what stands behind who is selected within each pool: how sure we are, and what was checked further."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.findings.headlines import at_level
from eia.present.documents.model import Block, Bullets, Heading, Paragraph
from eia.present.text.grounds import could_show_table, grounds_told, overall_told
from eia.present.text.supplementary import supplementary_told
from eia.present.text.words import group_name

FULLY_TOLD = 4
"""Clear gaps of which everything is told; the tables have every comparison."""


def behind(assessment: Assessment) -> Iterator[Block]:
    """The blocks; their headings are of level 4."""
    if overall := overall_told(assessment):
        yield Paragraph(overall)
    pools = assessment.cube.layout.pools
    for finding in at_level(assessment.under("selection"), "found")[:FULLY_TOLD]:
        if held := grounds_told(finding, pools):
            yield Heading(f"How sure are we? {group_name(finding.characteristic, finding.group)}", 4)
            yield Bullets(held)
    if told := supplementary_told(assessment):
        yield Heading("Further checks", 4)
        yield Bullets(told)
    table = could_show_table(assessment)
    if table.rows:
        yield table
