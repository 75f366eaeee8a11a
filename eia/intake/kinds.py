"""Holds the kinds of file that an assessment may be made from: the one list of them, wherever files are named, dropped or opened.

``later``, of which a case may name several, stands in the case alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FileKey = Literal[
    "main", "selections", "whole_workforce", "scores", "absences", "posts", "proposed_posts", "leave", "vacancies", "offers",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file.

    key: its name. title: in a sentence. wanted: what a place to drop it says. holds: what stands in it. sheet: the key of
    the case that names its sheet; "" where none does. The case names the file itself by the key, and the main one as
    ``workforce`` or ``counts``.
    """

    key: FileKey
    title: str
    wanted: str
    holds: str
    sheet: str = ""


FILE_KINDS = (
    FileKind("main", "the table", "Workforce or counts (workbook or CSV)", "One row a person, or a table of counts.", "sheet"),
    FileKind("selections", "the selections", "Selections, if they are in a file of their own",
             "The reference, pool and outcome of everyone in a pool.", "selections_sheet"),
    FileKind("whole_workforce", "the counts of the whole workforce",
             "Counts of the whole workforce, if the first file holds only people in pools",
             "A table with the columns characteristic, group, and people or share.", "whole_workforce_sheet"),
    FileKind("scores", "the scores", "Scores, if people were scored",
             "The reference, and a score for each criterion; or a row for each person and criterion.", "scores_sheet"),
    FileKind("absences", "the absences", "Absences, if you have them with their reasons",
             "The reference, days (or the first and the last day) and the reason.", "absences_sheet"),
    FileKind("posts", "the list of posts", "Posts now and as proposed, if you have the lists",
             "One row a kind of post, with a column that says which list; or only the current posts.", "posts_sheet"),
    FileKind("proposed_posts", "the list of proposed posts", "Proposed posts, if they are in a file of their own",
             "The posts as proposed, beside a file of the current posts.", "proposed_posts_sheet"),
    FileKind("leave", "pregnancies and family leave", "Pregnancies and family leave", "One row each: reference, leave type and dates."),
    FileKind("vacancies", "the vacancies", "Vacancies", "One row each: reference, title, number of posts, when it opens and closes."),
    FileKind("offers", "the offers", "Offers", "One row for each vacancy and person: reference, whether it suits, and when it was offered."),
)  # fmt: skip
