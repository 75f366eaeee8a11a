"""Differences in marks, pay and time as a data frame: the figures of the report, and one shape whatever there is."""

from __future__ import annotations

import numpy as np
from made import QUICK, Person, assessed, staff

from eia.findings.frames import contrasts_frame
from eia.findings.supplementary.look_further import Supplementary
from eia.findings.supplementary.score_gaps import ScoreGap, ScoresLook
from eia.stats.models.scores import score_difference
from eia.vocabulary.characteristics import Group


def paid(women: int) -> list[Person]:
    return [
        {"reference": f"P{n}", "sex": "Female" if n % 2 else "Male", "pool": "AB"[n % 3 % 2], "outcome": "retained",
         "pay lost": str(100 + n % 7 + women * (n % 2))}
        for n in range(40)
    ]  # fmt: skip


def test_the_frame_has_the_contrasts_of_the_groups_by_name() -> None:
    assessment = assessed(staff(paid(50)), QUICK)
    further, frame = assessment.further, assessment.contrasts_frame()
    row = frame.loc[("pay lost", "sex", "Female", "")]
    (women,) = [g for g in further.subsequent_outcomes.numbers[0].groups if g.group.label == "Female"]
    assert women.contrast
    assert women.contrast.interval
    assert (row["estimate"], row["ci_low"], row["people"]) == (
        women.contrast.estimate,
        women.contrast.interval.low,
        women.contrast.people,
    )
    assert (bool(row["reliable"]), row["p_adjusted"]) == (False, women.adjusted_p)


def test_a_score_has_its_criterion_and_a_missing_interval_its_reason() -> None:
    alike = score_difference(mark=[3, 3], group=[True, False], pool=[0, 0], level=0.95)
    gap = ScoreGap(
        characteristic="sex", group=Group("Female"), criterion=None, mean=3.0, contrast=alike, z=0.0, pvalue=1.0, adjusted_p=1.0
    )  # fmt: skip
    look = ScoresLook(criteria=(), total_given=True, scored=2, not_scored=0, gaps=(gap,), orders=())
    row = contrasts_frame(Supplementary(scores=look)).loc[("score", "sex", "Female", "Total")]
    assert (row["estimate"], row["no_interval"]) == (0.0, "all the same")
    assert np.isnan(row["ci_low"])


def test_nothing_to_compare_is_an_empty_frame_of_the_same_columns_and_types() -> None:
    some, none = contrasts_frame(assessed(staff(paid(50)), QUICK).further), contrasts_frame(Supplementary())
    assert none.empty
    assert dict(some.dtypes) == dict(none.dtypes)
    assert list(some.index.names) == list(none.index.names)
