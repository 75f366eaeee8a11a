"""Takes a raw table with outcomes and the case; gives the questions about words for outcomes that are not known but say something.

Asked is only about words of a status: whatever else stands in such a column may be about one person, and is never shown.
"""

from __future__ import annotations

import re

import numpy as np

from eia.case import RETAINED, Case
from eia.errors import quotable, visible
from eia.intake.files.raw_table import RawTable
from eia.intake.people.outcomes import known_outcomes
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.headers import match
from eia.vocabulary.synonyms import is_missing, plain, row_words

_MOST = 12
_VOLUNTARY = re.compile(r"\b(vr|ve|ver|vers|vs|mars|voluntary|voluntarily|volunteer|volunteered)\b")
_MEANINGS = (  # the first that fits; a volunteer who was turned down stays
    (re.compile(r"\b(refused|declined|rejected|withdrawn|withdrew|turned down|not (accepted|approved|agreed))\b"), RETAINED),
    (_VOLUNTARY, "volunteer accepted"),
    (re.compile(r"\b(not|no|un)\b.*\b(selected|affected|risk|redundant|displaced|change|impact)|\b(retain\w*|kept|keep\w*|stay\w*|remain\w*|safe|saved|secure)\b"), RETAINED),
    (re.compile(r"\b(slot\w*|ring fence\w*|ringfence\w*|assimilat\w*|match\w*)\b"), "slotted in"),
    (re.compile(r"\bredeploy\w*\b"), "redeployed"),
    (re.compile(r"\b(dismiss\w*|made redundant|left|terminated)\b"), "dismissed"),
    (re.compile(r"\b(select\w*|redundan\w*|displac\w*|delet\w*|compulsory|cr|go|goes|leaving|lost)\b"), "selected"),
)  # fmt: skip


def ask_outcome_words(raw: RawTable, case: Case) -> list[OpenQuestion]:
    """A question for each word for an outcome that is not known and whose own words say which it may be."""
    at = match(raw.headers, "people", said=case.columns).get("outcome", ())
    if len(at) != 1 or raw.headers[at[0]] in case.ignored:
        return []
    column = raw.read([at[0]], None).texts[at[0]].array
    known = known_outcomes(case)
    labels = column.categories.tolist()
    new = [index for index, label in enumerate(labels) if label and plain(label) not in known and not is_missing(label)]
    if not new or len(new) > _MOST:
        return []
    sizes = np.bincount(column.codes, minlength=len(labels)).tolist()
    told = [
        (labels[index], sizes[index], meant) for index in new if (meant := _meant(labels[index], sizes[index], case))
    ]
    return [_question(visible(label), rows, meant, case) for label, rows, meant in told]


def _meant(label: str, rows: int, case: Case) -> str:
    """The outcome that the words of a label speak for; "" where they speak for none, or may not be shown."""
    word = plain(label)
    if not (set(word.split()) <= row_words("of a status") or quotable(label, rows)):
        return ""
    meant = next((outcome for pattern, outcome in _MEANINGS if pattern.search(word)), "")
    meant = case.stages.compulsory if meant == "selected" else meant
    return meant if meant in (RETAINED, *case.stages.order) else ""


def _question(label: str, rows: int, meant: str, case: Case) -> OpenQuestion:
    words = {RETAINED: "Stays: retained", case.stages.compulsory: "Selected, against their will"}
    return OpenQuestion(
        kind="outcome words", about=label, seen=(label,), rows=rows, guess=meant, reason="its words say so", setting=("outcomes", label),
        choices=tuple(Choice(answer=outcome, words=words.get(outcome, outcome.capitalize())) for outcome in (RETAINED, *case.stages.order)),
        depends="who counts as selected",
    )  # fmt: skip
