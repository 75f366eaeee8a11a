"""Takes nothing; gives the columns that a table of people can have beside characteristics, and what each holds.

No characteristic of a case may have one of these names: characteristics stand in the same table, under their keys.
"""

from __future__ import annotations

from collections.abc import Mapping

PERSON_COLUMNS: Mapping[str, str] = {
    "pool": "redundancy selection pool; missing for people in none",
    "unit": "unit; missing where not given",
    "post": "number or title of the post; missing where not given",
    "outcome": "retained, or a stage of the case; not there while nobody has been chosen",
    "round": "round of selection in which each was selected, from 1; missing for the others",
    "age_years": "age in completed years on the day of the extract",
    "service_years": "service in completed years on the day of the extract",
    "age_at_dismissal": "age on the day of the first dismissal, where that is another day",
    "service_at_dismissal": "service on the day of the first dismissal, where that is another day",
    "fte": "full-time equivalent of the post, of the main one where somebody has several",
    "pay": "pounds a year, as the case says they are meant, of the main post",
    "applied": "whether each applied for voluntary exit, accepted or not",
    "downgraded": "whether somebody who stays in work is downgraded; missing where not said, or not in work",
    "hours_cut": "whether somebody who stays in work has hours cut",
    "pay_cut": "whether somebody who stays in work has pay cut",
    "moved": "whether somebody who stays in work is moved to another place",
    "pay_lost": "pounds a year lost by somebody who stays in work, below 0 where pay rises",
    "protected_months": "months of pay protection of somebody who loses pay",
    "other_work_offered": "day on which other work was offered, of those selected, counted from the year 1; missing for none",
    "other_work_starts": "day on which that work starts",
    "trial_ended": "day on which the trial period in it ends or ended",
    "other_work_answer": "place in ANSWERS of what became of the offer",
    "refusal_reason": "place in REFUSALS of why it was refused",
    "redeployment_days": "days in the redeployment pool",
    "redeployed": "whether these days ended in a new post",
}
"""Labels are ordered categoricals, what may not be known of somebody a nullable boolean, and numbers are nan where not known."""

ANSWERS = ("accepted", "refused", "left after trial")
REFUSALS = ("pay", "grade or status", "hours", "place or travel", "care", "health or disability", "another reason")
"""What became of an offer of other work, and why it was refused."""

CHANGES = ("downgraded", "hours_cut", "pay_cut", "moved")
"""What can change for somebody who stays in work."""
