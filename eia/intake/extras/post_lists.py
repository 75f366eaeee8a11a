"""Takes one or two tables of posts; gives the PostLists: the current posts and those proposed, or one error with every fault.

Each row is a kind of post, and says how many there are of it. Nobody is in these tables: who holds which post, the workforce
file says. Columns that are not known are not read, so that a column of post-holders' names is never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal, cast

import numpy as np

from eia import budget
from eia.case import Case
from eia.errors import Fault, Faults, inert
from eia.intake.columns.cells import by_word, numbers
from eia.intake.columns.headers import identifiers_refused, two_headers
from eia.intake.columns.held_names import called_by_row, held_told
from eia.intake.columns.identifiers import held_by_header
from eia.intake.columns.known_table import KnownTable, columns_at, read_columns
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Intake, Mapped, Recoding
from eia.intake.people.people_file import identifiers_kept
from eia.vocabulary.synonyms import plain, post_lists, row_words, yes_no

WhichList = Literal["current", "proposed"]
MatchedBy = Literal["number", "title", "title and unit"]
_NAMES = {"title": "post", "unit": "unit", "place": "place", "grade": "grade", "pool": "pool", "ring_fence": "pool"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One row of a list. Texts are "" where the list does not say.

    file, row: where it stands. same: equal for rows, of either list, that are the same post. posts: how many there are.
    fte: full-time equivalent of each; None where not known. pool: the redundancy selection pool; in_scope: whether it is
    in one, named or not. ring_fence: of a current post whose competition its holders are in, of a proposed one for whom it
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


@dataclass(frozen=True, slots=True)
class _PostRow:
    """A row as it was read: its list, the post, and the text that says into which it is slotted."""

    which: WhichList
    post: Post
    slotted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLists:
    """The two lists. matched_by: what makes a current post and a proposed one the same post. intake: how they were read."""

    current: tuple[Post, ...]
    proposed: tuple[Post, ...]
    matched_by: MatchedBy
    intake: Intake


def load_post_lists(raw: RawTable, case: Case, proposed: RawTable | None = None) -> PostLists:
    r"""Check the two lists of posts: in one table, with a column that says which list, or in two.

    Parameters
    ----------
    raw: the table of both lists, or of the current posts. case: its headers for columns that a file of people has too, and
    the hours of a full week. proposed: the table of the proposed posts.

    Returns
    -------
    The lists. Rows of either are the same post where their numbers are equal, if every row has one; else where their
    titles are, and their units too if some title stands in more than one.

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
    faults = Faults()
    first = faults.read(lambda: _read(raw, case, "current" if proposed else None))
    second = faults.read(lambda: _read(proposed, case, "proposed")) if proposed else None
    faults.raise_if_any()
    tables = [table for table in (first, second) if table]
    rows = [row for table, _ in tables for row in table]
    known = _targets(rows)
    _check_across(rows, known, raw.file, faults)
    faults.raise_if_any()
    key, matched_by = _identity([row.post for row in rows])
    place: dict[tuple[str, ...], int] = {}
    for row in rows:
        place.setdefault(key(row.post), len(place))
    made: dict[WhichList, list[Post]] = {"current": [], "proposed": []}
    for row in rows:
        into = known.get(plain(row.slotted))
        same = place[key(row.post)]
        made[row.which].append(replace(row.post, same=same, slotted_into=place[key(into)] if into else None))
    _check_same_posts(made["current"], faults)
    faults.raise_if_any()
    said = _hold_names(made, case)
    intakes = [intake for _, intake in tables]
    return PostLists(
        current=tuple(made["current"]),
        proposed=tuple(made["proposed"]),
        matched_by=matched_by,
        intake=Intake(
            sources=tuple(chain.from_iterable(intake.sources for intake in intakes)),
            mapped=tuple(dict.fromkeys(chain.from_iterable(intake.mapped for intake in intakes))),
            unused=tuple(dict.fromkeys(chain.from_iterable(intake.unused for intake in intakes))),
            recodings=(*chain.from_iterable(intake.recodings for intake in intakes), *said),
        ),
    )


def _hold_names(made: dict[WhichList, list[Post]], case: Case) -> list[Recoding]:
    """Call by their rows the names in the lists that look like people's, now that rows have found each other by them; say of which kind they
    were."""
    said: dict[str, Recoding] = {}
    for field, name in _NAMES.items():
        for which, posts in made.items():
            held = called_by_row(name, [getattr(post, field) for post in posts], [post.row for post in posts], case)
            if held:
                said[name] = held_told(name, held)
                made[which] = [
                    replace(post, **{field: held.get(getattr(post, field), getattr(post, field))}) for post in posts
                ]
    return list(said.values())


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


def _targets(rows: Iterable[_PostRow]) -> dict[str, Post]:
    """The proposed posts by number, and by title where that leaves no doubt."""
    proposed = [row.post for row in rows if row.which == "proposed"]
    titles: dict[str, set[str]] = {}
    for post in proposed:
        titles.setdefault(plain(post.title), set()).add(plain(post.number) or plain(post.unit))
    by_title = {plain(post.title): post for post in proposed if len(titles[plain(post.title)]) == 1}
    found = by_title | {plain(post.number): post for post in proposed}
    found.pop("", None)
    return found


def _check_across(rows: Sequence[_PostRow], known: dict[str, Post], file: str, faults: Faults) -> None:
    """Faults of rows that do not fit each other. known: the proposed posts by the names that rows may be slotted into."""
    for which in ("current", "proposed"):
        if not any(row.which == which for row in rows):
            faults.add(Fault(code="one-list-only", what=f"There is no {which} post in the lists.", file=file,
                             allowed="the current posts and the posts proposed",
                             do="Add them; or name them as a file of their own in the case: [files] proposed_posts."))  # fmt: skip
    titled = not all(row.post.number for row in rows)
    checks: tuple[tuple[str, list[_PostRow], str, str, str], ...] = (
        ("no-title", [row for row in rows if titled and not row.post.title],
         "Some posts have no title, and not every post has a number.", "a title for each post, or a number for each",
         "Fill these cells in."),
        ("slotted-into-unknown",
         [row for row in rows if row.slotted and (row.which == "proposed" or plain(row.slotted) not in known)],
         "Some rows are slotted into a post that is not among those proposed, or are proposed posts themselves.",
         "for a current post, the number or the title of one proposed post",
         "Correct these cells; where a title stands in several units, name the post by its number."),
        ("slotted-and-ring-fenced", [row for row in rows if row.slotted and row.post.ring_fence],
         "Some posts are slotted in and ring-fenced.", "either of the two", "Leave one of the cells empty."),
    )  # fmt: skip
    for code, wrong, what, allowed, do in checks:
        for named in dict.fromkeys(row.post.file for row in wrong):
            at = tuple(row.post.row for row in wrong if row.post.file == named)
            faults.add(Fault(code=code, what=what, file=named, row=at, rows=len(at), allowed=allowed, do=do))


def _check_same_posts(current: Sequence[Post], faults: Faults) -> None:
    """Rows of one current post that say different things of what its holders compete for: nobody could tell whose are whose."""
    said: dict[int, set[tuple[str, int | None]]] = {}
    for post in current:
        said.setdefault(post.same, set()).add((plain(post.ring_fence), post.slotted_into))
    if wrong := tuple(post.row for post in current if len(said[post.same]) > 1):
        faults.add(Fault(code="ring-fences-differ", what="Some rows of the same post are ring-fenced or slotted in differently.",
                         file=current[0].file, row=wrong, rows=len(wrong), allowed="the same for every row of a post",
                         do="Give them numbers of their own, or correct the cells."))  # fmt: skip


# ------------------------------------------------------------------------------------------------------ the rows of a table


def _read(raw: RawTable, case: Case, which: WhichList | None) -> tuple[tuple[_PostRow, ...], Intake]:
    """The rows of a table, and how they were read. ``which``: the list that all of it is; None where a column says so.

    Raises EiaError with every fault of its headers, or of its cells.
    """
    raw = raw.without_totals()
    at, unused = _positions(raw, case, which)
    table = read_columns(raw, at, case)
    said: list[Recoding] = []
    rows = _rows(table, case, which, said)
    faults = table.faults()
    faults.extend(identifiers_kept(table.columns))
    faults.raise_if_any()
    return rows, Intake(
        sources=(table.source,),
        mapped=tuple(Mapped(inert(raw.headers[index]), name) for name, index in at.items()),
        unused=unused,
        recodings=(*(done for column in table.columns.values() for done in column.recodings), *said),
    )


def _positions(raw: RawTable, case: Case, which: WhichList | None) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each column stands, in the order of the file, and the headers that are not used."""
    faults = Faults()
    found = {name: at for name, at in columns_at(raw, "posts", case).items() if not (name == "list" and which)}
    for name, several in found.items():
        if len(several) > 1 and name != "unit":  # units are done without where they are in doubt
            faults.add(two_headers(raw, name, several, of="posts"))
    at = {name: only[0] for name, only in sorted(found.items(), key=lambda item: item[1]) if len(only) == 1}
    unused = tuple(inert(header) for index, header in enumerate(raw.headers) if header and index not in at.values())
    faults.extend(identifiers_refused(raw, case, [header for header in unused if held_by_header(header)]))
    if not {"post", "post_reference"} & found.keys():
        faults.add(Fault(code="no-post-column", what="There is no column of posts.", file=raw.file, row=(raw.header_row,),
                         allowed="a column headed post, job title or post number", do="Add it, or rename the column that has them."))  # fmt: skip
    if which is None and "list" not in found:
        faults.add(Fault(code="no-list-column", what="Nothing says which posts are those of now and which are proposed.", file=raw.file,
                         row=(raw.header_row,), allowed="a column headed list, with “current” or “proposed” in every row",
                         do="Add it; or put the proposed posts into a file of their own: [files] proposed_posts."))  # fmt: skip
    faults.raise_if_any()
    return at, unused


def _rows(table: KnownTable, case: Case, which: WhichList | None, said: list[Recoding]) -> tuple[_PostRow, ...]:
    lists = [which] * table.rows if which else _lists(table)
    posts = _posts(table, said)
    fte = _fte(table, case, posts, said)
    opened = _open_part_time(table)
    titles, numbers_, units, places, grades, pools, ring_fences, slotted = (
        table.cells(name)
        for name in ("post", "post_reference", "unit", "place", "grade", "pool", "ring_fence", "slotted_into")
    )
    in_scope = {word for word, yes in yes_no("in_scope").items() if yes}
    return tuple(
        _PostRow(
            lists[row] or "current",
            Post(
                file=table.raw.file,
                row=table.raw.header_row + 1 + row,
                title=titles[row],
                number=numbers_[row],
                unit=units[row],
                place=places[row],
                grade=grades[row],
                posts=posts[row],
                fte=fte[row],
                pool="" if plain(pools[row]) in in_scope else _named(pools[row]),
                in_scope=bool(_named(pools[row])),
                ring_fence=_named(ring_fences[row]),
                open_part_time=opened[row],
            ),
            _named(slotted[row]),
        )
        for row in range(table.rows)
    )


def _named(cell: str) -> str:
    """The name in a cell, "" where it says that there is none."""
    return "" if plain(cell) in row_words("no pool") else cell


def _lists(table: KnownTable) -> list[WhichList | None]:
    known = cast(Mapping[str, WhichList], post_lists())
    return by_word(table.columns["list"], known, silent=lambda _: False, code="unknown-list", what="Some rows are of no list.",
                   allowed="current or proposed", do="Use one of these words in every row.")  # fmt: skip


def _open_part_time(table: KnownTable) -> list[bool | None]:
    if "open_part_time" not in table.columns:
        return [None] * table.rows
    return by_word(table.columns["open_part_time"], yes_no("open_part_time"), code="unknown-open-part-time",
                   what="Some cells do not say whether a post is open part-time.", allowed="yes, no, or an empty cell",
                   do="Use one of these words in every row.")  # fmt: skip


def _posts(table: KnownTable, said: list[Recoding]) -> list[int]:
    """How many posts each row stands for: one where the table has no column of it."""
    column = table.columns.get("posts")
    if column is None:
        rule = f"no number of posts in {inert(table.raw.file)}: each row read as one post"
        said.append(Recoding(column="posts", rule=rule, rows=table.rows))
        return [1] * table.rows
    found = numbers(column, low=0, high=budget.POSTS_IN_A_LIST)
    by_cell = dict(zip(column.text.codes.tolist(), found.tolist(), strict=True))
    blank = [cell for cell, number in by_cell.items() if np.isnan(number) and not column.faults]
    parts = [cell for cell, number in by_cell.items() if not np.isnan(number) and number % 1]
    column.blame(blank, code="no-number-of-posts", what="Some rows do not say how many posts they are.",
                 allowed="a whole number in every row", do="Fill these cells in.")  # fmt: skip
    column.blame(parts, code="posts-not-whole", what="Some numbers of posts are not whole.", allowed="whole numbers",
                 do="Give the number of posts here, and full-time equivalents in a column headed FTE each or Total FTE.")  # fmt: skip
    return [0 if np.isnan(number) else int(number) for number in found.tolist()]


def _fte(table: KnownTable, case: Case, posts: Sequence[int], said: list[Recoding]) -> list[float | None]:
    """Full-time equivalent of each post of a row: given, or from that of all of them, or from hours a week."""
    columns, full = table.columns, case.people.full_time_hours
    each = [float("nan")] * table.rows
    if "fte" in columns:
        each = numbers(columns["fte"], low=0, high=budget.POSTS_IN_A_LIST).tolist()
        codes = columns["fte"].text.codes.tolist()
        over = {cell for cell, value in zip(codes, each, strict=True) if value > 1}
        columns["fte"].blame(sorted(over), code="fte-above-one", what="Some posts are more than one full-time equivalent each.",
                             allowed="0 to 1, of one post", do="Where it is of all posts of the row, head the column Total FTE.")  # fmt: skip
    elif "fte_total" in columns:
        total = numbers(columns["fte_total"], low=0, high=budget.POSTS_IN_A_LIST).tolist()
        each = [whole / number if number else np.nan for whole, number in zip(total, posts, strict=True)]
    elif "hours" in columns:
        rule = "not read: nothing says what a full week is; give the hours of a full week"
        if full:
            each = [weekly / full for weekly in numbers(columns["hours"], low=0, high=100).tolist()]
            rule = f"full-time read as {full:g} hours"
        said.append(Recoding(column=columns["hours"].header, rule=rule, rows=table.rows))
    return [None if np.isnan(value) else float(round(value, 6)) for value in each]
