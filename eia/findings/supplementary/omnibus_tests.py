"""Takes the Comparisons; gives each characteristic as a whole: whether any of its groups go more often, all tested at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eia.case import Case
from eia.findings.core.comparisons import Comparison
from eia.findings.draws import draws_of
from eia.stats.permutation.omnibus_tests import AssociationTest, association


@dataclass(frozen=True, slots=True, kw_only=True)
class OmnibusFinding:
    """All the answers of one characteristic against one another, inside pools. characteristic: its key."""

    characteristic: str
    test: AssociationTest


def omnibus_findings(compared: Sequence[Comparison], case: Case) -> tuple[OmnibusFinding, ...]:
    """Every characteristic of three answers or more: with two, the one comparison says it all."""
    answers: dict[str, list[Comparison]] = {}
    for comparison in compared:
        if comparison.group_of.kind == "answer" and comparison.group_went is not None:
            answers.setdefault(comparison.dimension.characteristic.key, []).append(comparison)
    return tuple(
        OmnibusFinding(
            characteristic=key,
            test=association(
                group_selected=np.array([one.group_went for one in groups]),
                group_total=np.array([one.group[:-1] for one in groups]),
                seed=case.analysis.seed,
                draws=draws_of(case, groups[0].pools),
            ),
        )
        for key, groups in answers.items()
        if len(groups) > 2
    )
