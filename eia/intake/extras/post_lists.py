"""Takes one or two tables of posts; gives the PostLists: the posts of now and those proposed, or one error with every fault.

Columns that are not known are not read, so that a column of post-holders' names is never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from eia.case import Case
from eia.errors import Fault, Faults
from eia.intake.extras.post_rows import Post, PostRow, WhichList, read_post_rows
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Intake
from eia.vocabulary.synonyms import plain

MatchedBy = Literal["number", "title", "title and unit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLists:
    """The two lists. matched_by: what makes a post of now and a proposed one the same post. intake: how they were read."""

    current: tuple[Post, ...]
    proposed: tuple[Post, ...]
    matched_by: MatchedBy
    intake: Intake


def load_post_lists(raw: RawTable, case: Case, proposed: RawTable | None = None) -> PostLists:
    r"""Check the two lists of posts: in one table, with a column that says which list, or in two.

    Parameters
    ----------
    raw: the table of both lists, or of the posts of now. case: its headers for columns that a file of people has too, and
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
    first = faults.read(lambda: read_post_rows(raw, case, "current" if proposed else None))
    second = faults.read(lambda: read_post_rows(proposed, case, "proposed")) if proposed else None
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
    return PostLists(
        current=tuple(made["current"]),
        proposed=tuple(made["proposed"]),
        matched_by=matched_by,
        intake=_joined([intake for _, intake in tables]),
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


def _targets(rows: Iterable[PostRow]) -> dict[str, Post]:
    """The proposed posts by number, and by title where that leaves no doubt."""
    proposed = [row.post for row in rows if row.which == "proposed"]
    titles: dict[str, set[str]] = {}
    for post in proposed:
        titles.setdefault(plain(post.title), set()).add(plain(post.number) or plain(post.unit))
    by_title = {plain(post.title): post for post in proposed if len(titles[plain(post.title)]) == 1}
    found = by_title | {plain(post.number): post for post in proposed}
    found.pop("", None)
    return found


def _check_across(rows: Sequence[PostRow], known: dict[str, Post], file: str, faults: Faults) -> None:
    """Faults of rows that do not fit each other. known: the proposed posts by the names that rows may be slotted into."""
    for which in ("current", "proposed"):
        if not any(row.which == which for row in rows):
            faults.add(Fault(code="one-list-only", what=f"There is no {which} post in the lists.", file=file,
                             allowed="the posts of now and the posts proposed",
                             do="Add them; or name them as a file of their own in the case: [files] proposed_posts."))  # fmt: skip
    titled = not all(row.post.number for row in rows)
    checks: tuple[tuple[str, list[PostRow], str, str, str], ...] = (
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
            faults.add(Fault(code=code, what=what, file=named, row=at, rows=len(at), allowed=allowed, do=do))


def _check_same_posts(current: Sequence[Post], faults: Faults) -> None:
    """Rows of one post of now that say different things of what its holders compete for: nobody could tell whose are whose."""
    said: dict[int, set[tuple[str, int | None]]] = {}
    for post in current:
        said.setdefault(post.same, set()).add((plain(post.ring_fence), post.slotted_into))
    if wrong := tuple(post.row for post in current if len(said[post.same]) > 1):
        faults.add(Fault(code="ring-fences-differ", what="Some rows of the same post are ring-fenced or slotted in differently.",
                         file=current[0].file, row=wrong, rows=len(wrong), allowed="the same for every row of a post",
                         do="Give them numbers of their own, or correct the cells."))  # fmt: skip


def _joined(intakes: Sequence[Intake]) -> Intake:
    return Intake(
        sources=tuple(chain.from_iterable(intake.sources for intake in intakes)),
        mapped=tuple(dict.fromkeys(chain.from_iterable(intake.mapped for intake in intakes))),
        unused=tuple(dict.fromkeys(chain.from_iterable(intake.unused for intake in intakes))),
        recodings=tuple(chain.from_iterable(intake.recodings for intake in intakes)),
    )
