"""Takes the two lists of posts; gives what goes and what comes, by grade, hours and place. Posts alone, no people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from eia.intake.columns.cells import natural
from eia.intake.extras.post_lists import Post, PostLists

Aspect = Literal["grade", "hours", "place"]
FULL_TIME, PART_TIME = "full-time", "part-time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Posts now and as proposed, of one label or of all.

    lost: posts that are fewer of the same kind than now, gained: those that are more, each post counted by itself, so that
    one lost and another gained do not cancel: now - lost + gained = proposed. fte, proposed_fte: full-time equivalents,
    None where those of some post are not known.
    """

    label: str
    now: int
    proposed: int
    lost: int
    gained: int
    fte: float | None
    proposed_fte: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of some people or posts, of those of which it is known; not_known: the others."""

    number: int
    of: int
    not_known: int


def open_posts(posts: Sequence[Post]) -> Share:
    """Posts that are part-time or open to it. A post below one full-time equivalent is part-time, whatever its row says."""
    told = {True: 0, False: 0, None: 0}
    for post in posts:
        told[True if post.fte is not None and post.fte < 1 else post.open_part_time] += post.posts
    return Share(number=told[True], of=told[True] + told[False], not_known=told[None])


def changes_by_aspect(structure: PostLists) -> Mapping[Aspect, tuple[Change, ...]]:
    """What goes and comes by each label of an aspect, in order; nothing of an aspect that no post of the lists has."""
    aspects: Mapping[Aspect, Callable[[Post], str]] = {
        "grade": attrgetter("grade"),
        "hours": _hours,
        "place": attrgetter("place"),
    }
    lists = structure.current, structure.proposed
    found: dict[Aspect, tuple[Change, ...]] = {}
    for aspect, of in aspects.items():
        labels = sorted({of(post) for posts in lists for post in posts}, key=natural)
        if any(labels):
            found[aspect] = tuple(
                change_of(label, *([post for post in posts if of(post) == label] for posts in lists))
                for label in labels
            )
    return found


def _hours(post: Post) -> str:
    return "" if post.fte is None else FULL_TIME if post.fte == 1 else PART_TIME


def change_of(label: str, current: Sequence[Post], proposed: Sequence[Post]) -> Change:
    """What goes and comes between some current posts and some proposed ones."""
    now, then = numbers_of(current), numbers_of(proposed)
    return Change(
        label=label,
        now=now.total(),
        proposed=then.total(),
        lost=(now - then).total(),
        gained=(then - now).total(),
        fte=_fte(current),
        proposed_fte=_fte(proposed),
    )


def numbers_of(posts: Iterable[Post]) -> Counter[int]:
    """How many there are of each post."""
    found: Counter[int] = Counter()
    for post in posts:
        found[post.same] += post.posts
    return found


def _fte(posts: Sequence[Post]) -> float | None:
    known = [post.posts * post.fte for post in posts if post.fte is not None]
    return sum(known) if len(known) == len(posts) else None
