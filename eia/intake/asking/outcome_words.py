"""Takes a raw table with outcomes and the case; gives the questions about words for outcomes that are not known but say something.

Asked is only about words of a status: whatever else stands in such a column may be about one person, and is never shown.
"""

from __future__ import annotations

import re

from eia.case import RETAINED, Case
from eia.errors import visible
from eia.intake.columns.identifiers import may_be_shown
from eia.intake.files.raw_table import RawTable
from eia.intake.people.outcomes import known_outcomes
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.headers import match
from eia.vocabulary.synonyms import is_missing, plain, row_words

_MOST = 12
_ROUND = 2  # digits of the number of a phase or a round
_BY_CHOICE = r"(vr|ve|vers?|vs|vss|ves|vrs|mars|er|early retirement|early release|voluntary|voluntarily|volunteer\w*|mutual\w*|retire\w*|resign\w*|severance|settlement)"
_GRANTED = r"(accepted|approved|agreed|granted|confirmed|successful|signed off)"
_MEANINGS = (  # the first that fits; a volunteer who was turned down, or has only applied, stays
    (re.compile(r"\b(refused|declined|rejected|withdrawn|withdrew|turned down|not (accepted|approved|agreed|granted))\b"), RETAINED),
    (re.compile(rf"^(?=.*\bunsuccessful\b).*\b({_BY_CHOICE}|exit)\b"), RETAINED),
    (re.compile(r"\b(compulsory|compulsorily|involuntary|non voluntary)\b"), "selected"),
    (re.compile(rf"^(?!.*\b{_GRANTED}\b)(?=.*\b({_BY_CHOICE}|exit|release)\b).*\b(appl\w+|request\w*|pending|await\w*|eoi|interest\w*|consider\w*)\b"), RETAINED),
    (re.compile(rf"\b{_BY_CHOICE}\b|\b(exit|release)\b.*\b{_GRANTED}\b|\b{_GRANTED}\b.*\b(exit|release)\b"), "volunteer accepted"),
    (re.compile(r"\b(not|no|un)\b.*\b(selected|affected|risk|redundant|displaced|change|impact)|\b(retain\w*|kept|keep\w*|stay\w*|remain\w*|safe|saved|secure\w*)\b"), RETAINED),
    (re.compile(r"\b(slot\w*|ring fence\w*|ringfence\w*|assimilat\w*|match\w*)\b"), "slotted in"),
    (re.compile(r"\bredeploy\w*\b"), "redeployed"),
    (re.compile(r"\b(dismiss\w*|made redundant|left|terminated)\b"), "dismissed"),
    (re.compile(r"\b(select\w*|redundan\w*|displac\w*|delet\w*|compulsory|cr|rif|go|goes|going|leaving|losing|lost|loss|losses|losers|cut|cuts|exit\w*|separat\w*|reductions?|laid off|lay ?offs?|leavers?|(?:to|will|would) leave|not (placed|appointed|matched)|unplaced|unmatched|unsuccessful|notice)\b"), "selected"),
)  # fmt: skip


def ask_outcome_words(raw: RawTable, case: Case) -> list[OpenQuestion]:
    """A question for each word for an outcome that is not known and may be shown: what its own words say, or else nothing has come of it."""
    return [
        _question(visible(label), rows, outcome_by_words(label, case), case)
        for label, rows in _unknown(raw, case)
        if _may_be_shown(label, rows)
    ]


def unknown_outcome_words(raw: RawTable, case: Case) -> tuple[str, ...]:
    """The words for outcomes that are not known and may be shown."""
    return tuple(visible(label) for label, rows in _unknown(raw, case) if _may_be_shown(label, rows))


def _unknown(raw: RawTable, case: Case) -> list[tuple[str, int]]:
    """The labels of the column of outcomes that are not known, with the rows of each; none where they are too many to be outcomes."""
    at = match(raw.headers, "people", said=case.columns).get("outcome", ())
    if len(at) != 1 or raw.headers[at[0]] in case.ignored:
        return []
    cells = raw.read([at[0]], None)
    column = cells.texts[at[0]].array
    known = known_outcomes(case)
    sizes = cells.weights.by(column.codes, len(column.categories)).tolist()
    told = zip(column.categories.tolist(), sizes, strict=True)
    new = [(label, rows) for label, rows in told if label and plain(label) not in known and not is_missing(label)]
    return new if len(new) <= _MOST else []


def _may_be_shown(label: str, rows: int) -> bool:
    words = [word for word in plain(label).split() if not (word.isdecimal() and len(word) <= _ROUND)]
    return set(words) <= row_words("of a status") or may_be_shown(label, rows)


def outcome_by_words(label: str, case: Case) -> str:
    """The outcome that a label speaks for, though it is not known; "" where it speaks for none.

    >>> outcome_by_words("VER agreed", Case()), outcome_by_words("Finance", Case())
    ('volunteer accepted', '')
    """
    word = plain(label)
    meant = next((outcome for pattern, outcome in _MEANINGS if pattern.search(word)), "")
    meant = case.stages.compulsory if meant == "selected" else meant
    return meant if meant in (RETAINED, *case.stages.order) else ""


def _question(label: str, rows: int, meant: str, case: Case) -> OpenQuestion:
    words = {RETAINED: "Stays: retained", case.stages.compulsory: "Selected, against their will"}
    return OpenQuestion(
        kind="outcome words", about=label, seen=(label,), rows=rows, guess=meant or RETAINED, setting=("outcomes", label),
        reason="its words say so" if meant else "its words do not say, and nobody counts as selected by a word that is not known",
        choices=tuple(Choice(answer=outcome, words=words.get(outcome, outcome.capitalize())) for outcome in (RETAINED, *case.stages.order)),
        depends="who counts as selected",
    )  # fmt: skip
