"""Takes the faults of an input; gives them with what to do on these pages, in place of options and lines of a case file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from eia.errors import Fault

_COLUMNS = "On the page “Your file”, under “Which column is which”, choose the header."
_DRAWN = "Give “Workforce file drawn on” under “The proposal”, or on “Your file” under “Who counts, and from when”."
_POSTS = "Add it; or give the proposed posts as a file of their own on the page “Start”."
_SHEET = "On the page “Your file”, under “Which column is which”, choose the sheet."
_DO = {
    "absences-of-posts": "Count people: on the page “Your file”, under “Who counts, and from when”. Or leave the file of absences out.",
    "case-unknown-column": _COLUMNS,
    "entered-after-the-day": "Give “Files say what came of people up to” under “The proposal”.",
    "figures-disagree": "Compare them with the original, and ask whoever published it. A row may be missing: add one for the people who are left out, with * "
    "as the figure. If figures were rounded, say to what: on the page “Your file”, under “How the counts are written”.",
    "file-elsewhere": "Move the file into the folder of the case file, and open the case again.",
    "identifiers": "Take these columns out of the file. Or have them dropped: on the page “Your file”, under “Who counts, and from when”.",
    "no-characteristic": _COLUMNS,
    "no-absences": "Add the file of absences on the page “Start”, and say what days are worth under “Does the stated rule give these selections?”.",
    "no-date-to-count-to": _DRAWN,
    "no-day-of-outcomes": "Give “Files say what came of people up to” under “The proposal”.",
    "no-earlier-record": "Take it out of the case file, and open the case again on the page “Start”.",
    "no-file": "Give a file of people, or a table of counts, on the page “Start”.",
    "no-list-column": _POSTS,
    "no-outcome": _COLUMNS,
    "no-reference": _COLUMNS,
    "no-relevant-date": "Give the day under “The proposal”.",
    "no-service": _COLUMNS,
    "no-number-to-go": "Give the numbers to go under “The proposal”.",
    "no-sheet-with-table": f"Look whether the sheet is hidden. {_SHEET}",
    "no-such-header": _COLUMNS,
    "not-a-count": "Correct these cells. Or say what a mark stands for: on the page “Your file”, under “How the counts are written”.",
    "one-list-only": _POSTS,
    "percentages-without-base": "Ask, and choose “Percentages are of” on the page “Your file”, under “How the counts are written”.",
    "posts-and-selections": "Put the outcome beside each post. Or count people: on the page “Your file”, under “Who counts, and from when”.",
    "rows-are-counts": "Ask for one row a person, or lay the figures out as counts: one row for each group of each characteristic in each pool. Leave the "
    "rows in until then, totals too. If each row is one person, say so on the page “Your file”, under “Who counts, and from when”.",
    "shares-only": "Give it on the page “Start” as the whole workforce, beside a table of counts.",
    "two-headers": _COLUMNS,
    "unknown-group-label": "Correct the label. Or say what it stands for: on the page “Your file”, under “What the answers mean”.",
    "unknown-outcome": "On the page “Your file”, under “What the words for outcomes mean”, say what each means.",
    "which-sheet": _SHEET,
}
_ALLOWED = {
    "no-leave-file": "a file of leave",
    "no-file": "a file of people, or a table of counts",
    "percentages-without-base": "of the same group, of the whole column, of those who answered, or of everyone in the pool",
    "no-relevant-date": "the day of the proposal, or of the first dismissal, under “The proposal”",
}


def on_page(faults: Iterable[Fault]) -> list[Fault]:
    """The same faults as a page says them.

    >>> fault = Fault(code="no-outcome", what="No outcomes.", file="case.toml", do='Name it: [columns] outcome = "the header".')
    >>> [(told.file, told.do) for told in on_page([fault])]
    [(None, 'On the page “Your file”, under “Which column is which”, choose the header.')]
    """
    return [_told(fault) if fault.code in _DO or fault.code in _ALLOWED else fault for fault in faults]


def _told(fault: Fault) -> Fault:
    """The fault with what to do here, and without a place in a case file, which nobody sees here."""
    told = replace(fault, allowed=_ALLOWED.get(fault.code, fault.allowed), do=_DO.get(fault.code, fault.do))
    return replace(told, file=None, column=None, row=(), rows=0) if fault.file == "case.toml" else told
