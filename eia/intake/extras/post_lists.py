"""Takes one or two tables of posts; gives the Structure: the posts of now and those proposed, or one error with every fault.

A row is a kind of post and how many there are of it. Nobody is in these tables: who holds which post, the workforce file
says. Columns that are not known are not read, so that a column of post-holders' names is never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, TypeVar

import numpy as np

from eia.case import Case
from eia.errors import EiaError, Fault, inert, visible
from eia.intake.columns.cells import FileColumn, file_columns, numbers
from eia.intake.columns.identifiers import held_by_header
from eia.intake.files.layout import as_written
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Intake, Mapped, Recoding, Source
from eia.intake.people.people_file import identifiers_kept
from eia.vocabulary.synonyms import NO_POOL_WORDS, headers, is_missing, plain

Meaning = TypeVar("Meaning")
Which = Literal["current", "proposed"]
MatchedBy = Literal["number", "title", "title and unit"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "list": ("list", "which list", "structure", "current or proposed", "now or proposed"),
    "posts": ("posts", "number of posts", "no of posts"),
    "place": ("place", "location", "site", "workplace", "base", "office"),
    "ring_fence": ("ring fence", "ringfence", "ring fenced to", "ring fenced for", "ring fence group"),
    "slotted_into": ("slotted in to", "slotted into", "slot in to", "slot into", "slotted in", "assimilated to"),
    "open_part_time": ("open part time", "open part time or job share", "open to part time", "open to job share",
                       "part time or job share", "part time considered"),
    "fte": ("fte each", "fte per post", "fte of each post"),
    "fte_total": ("total fte", "fte total", "fte of all posts"),
}  # fmt: skip
SHARED = ("post", "post_reference", "unit", "grade", "pool", "fte", "hours")  # with the headers of a file of people
MOST_POSTS = 100_000
_LISTS: Mapping[str, Which] = {
    **dict.fromkeys(("current", "now", "existing", "present", "old", "before"), "current"),
    **dict.fromkeys(("proposed", "new", "future", "after", "target"), "proposed"),
}  # fmt: skip
_OPEN: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "y", "true", "1", "part time", "job share", "part time or job share", "either", "both"), True),
    **dict.fromkeys(("no", "n", "false", "0", "full time", "full time only"), False),
}  # fmt: skip
_IN_SCOPE = frozenset({"yes", "y", "true", "1", "in scope", "at risk"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One row of a list. Texts are "" where the list does not say.

    file, row: where it stands. same: equal for rows, of either list, that are the same post. posts: how many there are.
    fte: full-time equivalent of each; None where not known. pool: the redundancy selection pool; in_scope: whether it is
    in one, named or not. ring_fence: of a post of now whose competition its holders are in, of a proposed one for whom it
    is kept. slotted_into: ``same`` of the proposed post that holders of this one are given without competing, or None.
    open_part_time: to part-time work or a job share; None where not known.
    """

    file: str
    row: int
    title: str
    number: str
    unit: str
    place: str
    grade: str
    posts: int
    fte: float | None
    pool: str
    in_scope: bool
    ring_fence: str
    open_part_time: bool | None
    same: int = -1
    slotted_into: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLists:
    """The two lists. matched_by: what makes a post of now and a proposed one the same post. intake: how they were read."""

    current: tuple[Post, ...]
    proposed: tuple[Post, ...]
    matched_by: MatchedBy
    intake: Intake


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it was read: its list, the post, and the text that says into which it is slotted."""

    which: Which
    post: Post
    slotted: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A table as it was read; no rows where something is wrong with it."""

    rows: tuple[_Row, ...]
    intake: Intake
    faults: tuple[Fault, ...]


def load_post_lists(raw: RawTable, case: Case, proposed: RawTable | None = None) -> PostLists:
    r"""Check the two lists of posts: in one table, with a column that says which list, or in two.

    Parameters
    ----------
    raw: the table of both lists, or of the posts of now. case: its headers for columns that a file of people has too, and
    the hours of a full week. proposed: the table of the proposed posts.

    Returns
    -------
    The Structure. Rows of either list are the same post where their numbers are equal, if every row has one; else where
    their titles are, and their units too if some title stands in more than one.

    Raises
    ------
    EiaError with every fault of both tables: no title, no number of posts, a list or an answer that is not known, a post
    slotted into none of those proposed, or ring-fenced as well.

    >>> from eia.intake.files.raw_table import open_table
    >>> text = "List,Post,Posts\nnow,Clerk,3\nproposed,Clerk,2\nproposed,Data officer,1\n"
    >>> made = load_post_lists(open_table(text.encode(), name="posts.csv"), Case())
    >>> [(post.title, post.posts, post.same) for post in made.proposed], made.matched_by
    ([('Clerk', 2, 0), ('Data officer', 1, 1)], 'title')
    """
    tables = [
        _read(raw, case, "current" if proposed else None),
        *([_read(proposed, case, "proposed")] if proposed else []),
    ]
    rows = [row for table in tables for row in table.rows]
    faults = [fault for table in tables for fault in table.faults]
    if not faults:
        faults += _across(rows, raw.file)
    if faults:
        raise EiaError(faults)
    key, matched_by = _identity([row.post for row in rows])
    place: dict[tuple[str, ...], int] = {}
    for row in rows:
        place.setdefault(key(row.post), len(place))
    known = _targets(rows)
    made: dict[Which, list[Post]] = {"current": [], "proposed": []}
    for row in rows:
        into = known.get(plain(row.slotted))
        same = place[key(row.post)]
        made[row.which].append(replace(row.post, same=same, slotted_into=place[key(into)] if into else None))
    if uneven := _uneven(made["current"]):
        raise EiaError(uneven)
    return PostLists(
        current=tuple(made["current"]),
        proposed=tuple(made["proposed"]),
        matched_by=matched_by,
        intake=_joined([table.intake for table in tables]),
    )


def _identity(posts: Sequence[Post]) -> tuple[Callable[[Post], tuple[str, ...]], MatchedBy]:
    """What is the same for rows of the same post, and its name."""
    if all(post.number for post in posts):
        return lambda post: (plain(post.number),), "number"
    units: dict[str, set[str]] = {}
    for post in posts:
        units.setdefault(plain(post.title), set()).add(plain(post.unit))
    if all(len(held) == 1 for held in units.values()):
        return lambda post: (plain(post.title),), "title"
    return lambda post: (plain(post.title), plain(post.unit)), "title and unit"


def _targets(rows: Iterable[_Row]) -> dict[str, Post]:
    """The proposed posts by number, and by title where that leaves no doubt."""
    proposed = [row.post for row in rows if row.which == "proposed"]
    titles: dict[str, set[str]] = {}
    for post in proposed:
        titles.setdefault(plain(post.title), set()).add(plain(post.number) or plain(post.unit))
    by_title = {plain(post.title): post for post in proposed if len(titles[plain(post.title)]) == 1}
    found = by_title | {plain(post.number): post for post in proposed}
    found.pop("", None)
    return found


def _across(rows: Sequence[_Row], file: str) -> list[Fault]:
    """Faults of rows that do not fit each other."""
    faults = []
    for which in ("current", "proposed"):
        if not any(row.which == which for row in rows):
            faults.append(
                Fault(code="one-list-only", what=f"There is no {which} post in the lists.", file=file,
                      allowed="the posts of now and the posts proposed",
                      do="Add them; or name them as a file of their own in the case: [files] proposed_posts.")
            )  # fmt: skip
    titled = not all(row.post.number for row in rows)
    known = _targets(rows)
    checks: tuple[tuple[str, list[_Row], str, str, str], ...] = (
        ("no-title", [row for row in rows if titled and not row.post.title],
         "Some posts have no title, and not every post has a number.", "a title for each post, or a number for each",
         "Fill these cells in."),
        ("slotted-into-unknown",
         [row for row in rows if row.slotted and (row.which == "proposed" or plain(row.slotted) not in known)],
         "Some rows are slotted into a post that is not among those proposed, or are proposed posts themselves.",
         "for a post of now, the number or the title of one proposed post",
         "Correct these cells; where a title stands in several units, name the post by its number."),
        ("slotted-and-ring-fenced", [row for row in rows if row.slotted and row.post.ring_fence],
         "Some posts are slotted in and ring-fenced.", "either of the two", "Leave one of the cells empty."),
    )  # fmt: skip
    for code, wrong, what, allowed, do in checks:
        for named in dict.fromkeys(row.post.file for row in wrong):
            at = tuple(row.post.row for row in wrong if row.post.file == named)
            faults.append(Fault(code=code, what=what, file=named, row=at, rows=len(at), allowed=allowed, do=do))
    return faults


def _uneven(current: Sequence[Post]) -> list[Fault]:
    """Rows of one post of now that say different things of what its holders compete for: nobody could tell whose are whose."""
    said: dict[int, set[tuple[str, int | None]]] = {}
    for post in current:
        said.setdefault(post.same, set()).add((plain(post.ring_fence), post.slotted_into))
    wrong = tuple(post.row for post in current if len(said[post.same]) > 1)
    if not wrong:
        return []
    return [
        Fault(code="ring-fences-differ", what="Some rows of the same post are ring-fenced or slotted in differently.", file=current[0].file,
              row=wrong, rows=len(wrong), allowed="the same for every row of a post", do="Give them numbers of their own, or correct the cells.")
    ]  # fmt: skip


def _joined(intakes: Sequence[Intake]) -> Intake:
    return Intake(
        sources=tuple(chain.from_iterable(intake.sources for intake in intakes)),
        mapped=tuple(dict.fromkeys(chain.from_iterable(intake.mapped for intake in intakes))),
        unused=tuple(dict.fromkeys(chain.from_iterable(intake.unused for intake in intakes))),
        recodings=tuple(chain.from_iterable(intake.recodings for intake in intakes)),
    )


def _read(raw: RawTable, case: Case, which: Which | None) -> _Read:
    """Read one table. ``which``: the list that all of it is; None where a column says so."""
    raw = raw.without_totals()
    at, unused, faults = _positions(raw, case, which)
    faults += _missing_columns(raw, at, which)
    if faults:
        return _Read((), Intake(sources=()), tuple(faults))
    cells = raw.read(list(at.values()), None).without_empty_end()
    columns = file_columns(raw, cells, at)
    rows, said = _rows(raw, case, columns, which, cells.rows)
    faults += [*(fault for column in columns.values() for fault in column.faults), *identifiers_kept(columns)]
    source = Source(
        file=raw.file, sha256=raw.sha256, encoding=cells.encoding, rows=cells.rows, remarks="; ".join(raw.remarks)
    )
    mapped = tuple(Mapped(inert(raw.headers[index]), name) for name, index in at.items())
    recodings = (*(done for column in columns.values() for done in column.recodings), *said)
    intake = Intake(sources=(source,), mapped=mapped, unused=unused, recodings=recodings)
    return _Read(() if faults else rows, intake, tuple(faults))


def _positions(raw: RawTable, case: Case, which: Which | None) -> tuple[dict[str, int], tuple[str, ...], list[Fault]]:
    """Where each column stands, the headers that are not used, and faults of the headers."""
    words = {word: name for name, known in COLUMNS.items() for word in known}
    said = {header: name for name, header in case.columns.items() if name in SHARED}
    found: dict[str, list[int]] = {}
    for index, header in enumerate(raw.headers):
        word = plain(as_written(header))
        name = said.get(header) or words.get(word) or headers().get(word, "")
        if (name in COLUMNS or name in SHARED) and not (name == "list" and which):
            found.setdefault(name, []).append(index)
    faults = []
    for name, indices in found.items():
        named = [index for index in indices if said.get(raw.headers[index]) == name]
        found[name] = named if named else indices
        if (
            len(found[name]) > 1 and name != "unit"
        ):  # as in a file of people, units are done without where they are in doubt
            shown = ", ".join(f"“{inert(raw.headers[index])}”" for index in indices)
            faults.append(
                Fault(code="two-headers", what=f"More than one column could be the {name.replace('_', ' ')} of posts: {shown}.",
                      file=raw.file, row=(raw.header_row,), allowed="one", do="Rename or remove the others.")
            )  # fmt: skip
    at = {name: indices[0] for name, indices in found.items() if len(indices) == 1}
    unused = tuple(inert(header) for index, header in enumerate(raw.headers) if header and index not in at.values())
    who = [header for header in unused if held_by_header(as_written(header))]
    if who and case.privacy.identifiers == "refuse":
        faults.append(
            Fault(code="identifiers", what="Columns of the posts say who somebody is: " + ", ".join(f"“{one}”" for one in who) + ".",
                  file=raw.file, row=(raw.header_row,), allowed="posts, and nobody in them", do="Take these columns out of the file.")
        )  # fmt: skip
    return at, unused, faults


def _missing_columns(raw: RawTable, at: Mapping[str, int], which: Which | None) -> list[Fault]:
    faults = []
    if "post" not in at and "post_reference" not in at:
        faults.append(
            Fault(code="no-post-column", what="There is no column of posts.", file=raw.file, row=(raw.header_row,),
                  allowed="a column headed post, job title or post number", do="Add it, or rename the column that has them.")
        )  # fmt: skip
    if which is None and "list" not in at:
        faults.append(
            Fault(code="no-list-column", what="Nothing says which posts are those of now and which are proposed.", file=raw.file,
                  row=(raw.header_row,), allowed="a column headed list, with “current” or “proposed” in every row",
                  do="Add it; or put the proposed posts into a file of their own: [files] proposed_posts.")
        )  # fmt: skip
    return faults


def _rows(
    raw: RawTable, case: Case, columns: Mapping[str, FileColumn], which: Which | None, count: int
) -> tuple[tuple[_Row, ...], list[Recoding]]:
    """Every row, and what is to be said of how they were read."""
    said: list[Recoding] = []
    lists = [which] * count if which else _by_word(columns["list"], _LISTS, code="unknown-list", what="Some rows are of no list.",
                                                   allowed="current or proposed", blank=False)  # fmt: skip
    posts = _posts(columns.get("posts"), raw, count, said)
    fte = _fte(columns, case, posts, count, said)
    opened: Sequence[bool | None] = [None] * count
    if "open_part_time" in columns:
        opened = _by_word(columns["open_part_time"], _OPEN, code="unknown-open-part-time",
                          what="Some cells do not say whether a post is open part-time.", allowed="yes, no, or an empty cell")  # fmt: skip
    text = {name: _text(columns.get(name), count) for name in ("post", "post_reference", "unit", "place", "grade", "pool", "ring_fence", "slotted_into")}  # fmt: skip
    row_numbers = range(raw.header_row + 1, raw.header_row + 1 + count)
    rows = tuple(
        _Row(
            lists[i] or "current",
            Post(
                file=raw.file,
                row=row_numbers[i],
                title=text["post"][i],
                number=text["post_reference"][i],
                unit=text["unit"][i],
                place=text["place"][i],
                grade=text["grade"][i],
                posts=posts[i],
                fte=fte[i],
                pool="" if plain(text["pool"][i]) in NO_POOL_WORDS | _IN_SCOPE else text["pool"][i],
                in_scope=plain(text["pool"][i]) not in NO_POOL_WORDS,
                ring_fence="" if plain(text["ring_fence"][i]) in NO_POOL_WORDS else text["ring_fence"][i],
                open_part_time=opened[i],
            ),
            "" if plain(text["slotted_into"][i]) in NO_POOL_WORDS else text["slotted_into"][i],
        )
        for i in range(count)
    )
    return rows, said


def _text(column: FileColumn | None, count: int) -> list[str]:
    if column is None:
        return [""] * count
    shown = [visible(value) for value in column.cells]
    return [shown[code] for code in column.text.codes.tolist()]


def _by_word(
    column: FileColumn, known: Mapping[str, Meaning], *, code: str, what: str, allowed: str, blank: bool = True
) -> list[Meaning | None]:
    """What each row says in one of the known words; None where it says nothing."""
    found = [known.get(plain(cell)) for cell in column.cells]
    silent = [blank and (not cell or is_missing(cell)) for cell in column.cells]
    wrong = [i for i, meaning in enumerate(found) if meaning is None and not silent[i]]
    column.blame(wrong, code=code, what=what, allowed=allowed, do="Use one of these words in every row.")
    return [found[code] for code in column.text.codes.tolist()]


def _posts(column: FileColumn | None, raw: RawTable, count: int, said: list[Recoding]) -> list[int]:
    """How many posts each row stands for: one where the table has no column of it."""
    if column is None:
        said.append(
            Recoding(
                column="posts", rule=f"no number of posts in {inert(raw.file)}: each row read as one post", rows=count
            )
        )
        return [1] * count
    found = numbers(column, low=0, high=MOST_POSTS)
    by_cell = dict(zip(column.text.codes.tolist(), found.tolist(), strict=True))
    blank = [cell for cell, number in by_cell.items() if np.isnan(number) and not column.faults]
    parts = [cell for cell, number in by_cell.items() if not np.isnan(number) and number % 1]
    column.blame(blank, code="no-number-of-posts", what="Some rows do not say how many posts they are.",
                 allowed="a whole number in every row", do="Fill these cells in.")  # fmt: skip
    column.blame(parts, code="posts-not-whole", what="Some numbers of posts are not whole.", allowed="whole numbers",
                 do="Give the number of posts here, and full-time equivalents in a column headed FTE each or Total FTE.")  # fmt: skip
    return [0 if np.isnan(number) else int(number) for number in found.tolist()]


def _fte(
    columns: Mapping[str, FileColumn], case: Case, posts: Sequence[int], count: int, said: list[Recoding]
) -> list[float | None]:
    """Full-time equivalent of each post of a row: given, or from that of all of them, or from hours a week."""
    full = case.people.full_time_hours
    if "fte" in columns:
        each = numbers(columns["fte"], low=0, high=MOST_POSTS).tolist()
        codes = columns["fte"].text.codes.tolist()
        over = {cell for cell, value in zip(codes, each, strict=True) if value > 1}
        columns["fte"].blame(sorted(over), code="fte-above-one", what="Some posts are more than one full-time equivalent each.",
                             allowed="0 to 1, of one post", do="Where it is of all posts of the row, head the column Total FTE.")  # fmt: skip
    elif "fte_total" in columns:
        total = numbers(columns["fte_total"], low=0, high=MOST_POSTS).tolist()
        each = [whole / number if number else np.nan for whole, number in zip(total, posts, strict=True)]
    elif "hours" in columns and full:
        hours = numbers(columns["hours"], low=0, high=100).tolist()
        each = [weekly / full for weekly in hours]
        said.append(Recoding(column=columns["hours"].header, rule=f"full-time read as {full:g} hours", rows=count))
    else:
        each = [np.nan] * count
        if "hours" in columns:
            rule = "not read: nothing says what a full week is; say it in the case: [people] full_time_hours = 37"
            said.append(Recoding(column=columns["hours"].header, rule=rule, rows=count))
    return [None if np.isnan(value) else float(round(value, 6)) for value in each]
