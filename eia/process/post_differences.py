"""Takes the two lists of posts and who holds them by pool; gives the rows that do not fit the workforce file or each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from eia.intake.extras.post_lists import Post, PostLists
from eia.process.post_changes import numbers_of
from eia.vocabulary.synonyms import plain

DifferenceKind = Literal[
    "no holder", "more people than posts", "another pool", "no pool in the list", "cut and in no pool", "more slotted in than posts",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Rows of a file of posts that do not fit the workforce file or each other. people: those concerned, where there are any."""

    kind: DifferenceKind
    file: str
    rows: tuple[int, ...]
    people: int = 0


def differences(
    structure: PostLists, holders: Mapping[int, Mapping[str, int]] | None, *, named: bool
) -> Iterator[Difference]:
    """Rows that do not fit, of each kind by file.

    holders: of each post how many of its holders are in which pool; None where nobody is joined. named: whether the list
    says which posts are in pools.
    """
    then = numbers_of(structure.proposed)
    slotted = numbers_of(
        replace(post, same=post.slotted_into) for post in structure.current if post.slotted_into is not None
    )
    found: dict[tuple[DifferenceKind, str], tuple[list[int], int]] = {}
    for rows in _by_post(structure.current):
        left = then[rows[0].same] < sum(post.posts for post in rows)
        pools = holders.get(rows[0].same, {}) if holders is not None else None
        over = [into for post in rows if (into := post.slotted_into) is not None and slotted[into] > then[into]]
        kinds: list[tuple[DifferenceKind, int]] = list(_unlike(rows, pools, named=named))
        if named and left and not any(post.in_scope for post in rows):
            kinds.append(("cut and in no pool", sum(pools.values()) if pools else 0))
        if over:
            kinds.append(("more slotted in than posts", 0))
        for kind, people in kinds:
            for file in dict.fromkeys(post.file for post in rows):
                listed, before = found.get((kind, file), ([], 0))
                found[kind, file] = ([*listed, *(post.row for post in rows if post.file == file)], before + people)
    for (kind, file), (listed, people) in found.items():
        yield Difference(kind=kind, file=file, rows=tuple(sorted(listed)), people=people)


def _unlike(
    rows: Sequence[Post], pools: Mapping[str, int] | None, *, named: bool
) -> Iterator[tuple[DifferenceKind, int]]:
    """How the rows of one current post differ from its holders by ``pools``; None where nobody is joined."""
    posts = sum(post.posts for post in rows)
    if pools is None or not posts:
        return
    people = sum(pools.values())
    if not people:
        yield "no holder", 0
    if people > posts:
        yield "more people than posts", people
    in_scope = [post for post in rows if post.in_scope]
    if named and not in_scope and (pooled := people - pools.get("", 0)):
        yield "no pool in the list", pooled
    if in_scope:
        listed = {plain(post.pool) for post in in_scope}
        listed = set(pools) - {""} if listed == {""} else listed  # in a pool, which is not named
        if others := sum(number for pool, number in pools.items() if pool not in listed):
            yield "another pool", others


def _by_post(posts: Iterable[Post]) -> list[list[Post]]:
    """The rows of each post."""
    found: dict[int, list[Post]] = {}
    for post in posts:
        found.setdefault(post.same, []).append(post)
    return list(found.values())
