"""Takes the two lists of posts, the people and the case; gives what goes, what comes, and who holds it. Counts only, no test.

Whether chance could have put these posts in play is asked of the pools, where whole posts are dealt out again; what is
counted here says what stands behind that answer, in posts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.intake.columns.cells import natural
from eia.intake.extras.post_lists import MatchedBy, Post, PostLists
from eia.intake.intake_record import Intake
from eia.intake.workforce import Workforce, codes_of, labels_of, outcomes_of
from eia.vocabulary.characteristics import Group
from eia.vocabulary.synonyms import plain

Aspect = Literal["grade", "hours", "place"]
JoinedBy = Literal["number", "title"]
NotJoined = Literal["no people", "no posts in the workforce file", "no numbers in the lists", "no post in common"]
DifferenceKind = Literal[
    "no holder", "more people than posts", "another pool", "no pool in the list", "cut and in no pool", "more slotted in than posts",
]  # fmt: skip
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

FULL_TIME, PART_TIME = "full-time", "part-time"
ALL_GO, SOME_GO, NONE_GO = range(3)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RingFence:
    """Those who compete among themselves, and the posts kept for them.

    people: who hold its posts of now, without those who had gone or been slotted in before people were chosen; where
    nobody is joined, as many as it has posts of now. part_time: who of them work part-time, None where nobody is joined or
    it is not in the file. posts: proposed ones kept for them. open_part_time: of these, part-time or open to it.
    """

    name: str
    people: int
    part_time: Share | None
    posts: int
    open_part_time: Share

    @property
    def displaced(self) -> int:
        """How many can have none of these posts, whoever is chosen, if no post is shared."""
        return max(0, self.people - self.posts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """People of one group by what happens to the posts they hold: all of that post goes, some of it, or none."""

    characteristic: str
    group: Group
    all_go: int
    some_go: int
    none_go: int

    @property
    def going(self) -> int:
        """Those who hold a post of which some or all goes."""
        return self.all_go + self.some_go

    @property
    def people(self) -> int:
        """Everybody of the group who holds a post of the list."""
        return self.going + self.none_go


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Rows of a file of posts that do not fit the workforce file or each other. people: those concerned, where there are any."""

    kind: DifferenceKind
    file: str
    rows: tuple[int, ...]
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Restructure:
    """What the two lists come to.

    total: all posts. changes: by grade, hours and place, each label that the lists have, in order, "" where they do not say; none of
    an aspect that they do not have. open_part_time: proposed posts that are part-time or open to it; new_open_part_time: those of
    them of which there are none now. part_time: who of the
    present post-holders work part-time; None where nobody is joined. in_scope: posts of now that are in a pool by the list;
    None where it names no pools. slotted: posts of now whose holders are slotted in. ring_fences: in the order of the list.
    holdings: who holds the posts. joined: people whose post is in the list of now, joined_by its number or title; not_joined:
    why nobody is. elsewhere: people whose post is not in it. differences: with the workforce file, and among the rows.
    """

    total: Change
    changes: Mapping[Aspect, tuple[Change, ...]]
    open_part_time: Share
    new_open_part_time: Share
    part_time: Share | None
    in_scope: int | None
    slotted: int
    ring_fences: tuple[RingFence, ...]
    holdings: tuple[Holding, ...]
    differences: tuple[Difference, ...]
    matched_by: MatchedBy
    joined: int
    joined_by: JoinedBy | None
    not_joined: NotJoined | None
    elsewhere: int
    intake: Intake


@dataclass(frozen=True, slots=True)
class _Held:
    """Who holds what. post: ``Post.same`` of each person, -1 for none in the list. there: who is still there when people are
    chosen. pool: code of each person in pools. part_time: 1 for part-time, 0 for not, -1 where not known; None where the file does not say."""

    post: Ints
    there: Mask
    pool: npt.NDArray[np.int32]
    pools: tuple[str, ...]
    part_time: Ints | None

    def of(self, posts: Iterable[int]) -> Mask:
        """Who holds one of these posts."""
        return np.isin(self.post, list(posts))


def restructure(structure: PostLists, workforce: Workforce | None, case: Case) -> Restructure:
    """Count what the two lists come to.

    Parameters
    ----------
    structure: the lists. workforce: the people, None where there is a table of counts. case: its stages, which say who is
    still there when people are chosen.

    Returns
    -------
    The Restructure. People are joined by the number of their post where both files have it, else by its title. Those
    slotted in and volunteers accepted compete for no post, and are in no ring-fence.

    Example
    -------
    >>> from eia.intake.files.raw_table import read_table
    >>> from eia.intake.extras.post_lists import load_post_lists
    >>> text = "List,Post,Posts,Grade,Ring-fence\\nnow,Clerk,3,4,A\\nproposed,Clerk,2,4,A\\nproposed,Analyst,1,7,\\n"
    >>> made = restructure(load_post_lists(read_table(text.encode(), name="posts.csv"), Case()), None, Case())
    >>> made.total.lost, made.total.gained, [(fence.name, fence.displaced) for fence in made.ring_fences]
    (1, 1, [('A', 1)])
    """
    post, joined_by, why = _join(structure, workforce)
    held = _held(post, workforce, case) if workforce is not None and joined_by else None
    now = {each.same for each in structure.current if each.posts}
    in_pool = any(each.in_scope for each in structure.current)
    everybody = held.of(range(int(post.max(initial=-1)) + 1)) if held else None
    return Restructure(
        total=_change("", structure.current, structure.proposed),
        changes=_changes(structure),
        open_part_time=_open(structure.proposed),
        new_open_part_time=_open([each for each in structure.proposed if each.same not in now]),
        part_time=_part_time(held, everybody) if held and everybody is not None else None,
        in_scope=sum(each.posts for each in structure.current if each.in_scope) if in_pool else None,
        slotted=sum(each.posts for each in structure.current if each.slotted_into is not None),
        ring_fences=tuple(_ring_fences(structure, held)),
        holdings=tuple(_holdings(structure, held, workforce)) if held and workforce else (),
        differences=tuple(_differences(structure, held, named=in_pool)),
        matched_by=structure.matched_by,
        joined=int((post >= 0).sum()),
        joined_by=joined_by,
        not_joined=why,
        elsewhere=int((post < 0).sum()) if joined_by else 0,
        intake=structure.intake,
    )


def _join(structure: PostLists, workforce: Workforce | None) -> tuple[Ints, JoinedBy | None, NotJoined | None]:
    """The post in the list of now that each person holds, -1 for none; by what they were joined, or why they were not."""
    nobody = np.empty(0, dtype=np.int64)
    if workforce is None:
        return nobody, None, "no people"
    people = workforce.frame
    if not labels_of(people, "post"):
        return nobody, None, "no posts in the workforce file"
    by_number = any(mapped.column == "post_reference" for mapped in workforce.intake.mapped)
    if by_number and not any(each.number for each in structure.current):
        return nobody, None, "no numbers in the lists"
    by_unit = structure.matched_by == "title and unit" and not by_number
    known: dict[tuple[str, str], int] = {}
    for each in structure.current:
        known[plain(each.number if by_number else each.title), plain(each.unit) if by_unit else ""] = each.same
    known.pop(("", ""), None)
    units = [plain(label) for label in labels_of(people, "unit")] if by_unit else []
    held = codes_of(people, "post")
    unit = codes_of(people, "unit") if by_unit else np.zeros_like(held)
    pairs, person = np.unique(np.stack([held, unit]), axis=1, return_inverse=True)
    labels = [plain(label) for label in labels_of(people, "post")]
    found = [
        known.get((labels[post], units[unit] if by_unit and unit >= 0 else ""), -1) if post >= 0 else -1
        for post, unit in pairs.T.tolist()
    ]
    post = np.array(found, dtype=np.int64)[person.reshape(-1)]
    if not (post >= 0).any():
        return nobody, None, "no post in common"
    return post, "number" if by_number else "title", None


def _held(post: Ints, workforce: Workforce, case: Case) -> _Held:
    compulsory = 1 + case.stages.order.index(case.stages.compulsory)
    people, outcome = workforce.frame, outcomes_of(workforce.frame)
    there = np.ones(workforce.people, dtype=np.bool_) if outcome is None else (outcome == 0) | (outcome >= compulsory)
    part_time = None
    if pattern := workforce.dimensions.get("working_pattern"):
        meaning = [int(group.label == "Part-time") if group.kind == "answer" else -1 for group in pattern.groups]
        part_time = np.array(meaning, dtype=np.int64)[codes_of(people, "working_pattern")]
    return _Held(
        post=post,
        there=there,
        pool=codes_of(people, "pool"),
        pools=(*map(plain, labels_of(people, "pool")), ""),  # code -1 is none
        part_time=part_time,
    )


def _part_time(held: _Held, people: Mask) -> Share | None:
    if held.part_time is None:
        return None
    told = held.part_time[people]
    return Share(number=int((told == 1).sum()), of=int((told >= 0).sum()), not_known=int((told < 0).sum()))


def _open(posts: Sequence[Post]) -> Share:
    """Posts that are part-time or open to it. A post below one full-time equivalent is part-time, whatever its row says."""
    told = {True: 0, False: 0, None: 0}
    for post in posts:
        told[True if post.fte is not None and post.fte < 1 else post.open_part_time] += post.posts
    return Share(number=told[True], of=told[True] + told[False], not_known=told[None])


def _changes(structure: PostLists) -> Mapping[Aspect, tuple[Change, ...]]:
    aspects: Mapping[Aspect, Callable[[Post], str]] = {"grade": _grade, "hours": _hours, "place": _place}
    found: dict[Aspect, tuple[Change, ...]] = {}
    for aspect, of in aspects.items():
        labels = sorted({of(post) for post in (*structure.current, *structure.proposed)}, key=natural)
        if any(labels):
            found[aspect] = tuple(
                _change(
                    label,
                    *(
                        [post for post in posts if of(post) == label]
                        for posts in (structure.current, structure.proposed)
                    ),
                )
                for label in labels
            )
    return found


def _grade(post: Post) -> str:
    return post.grade


def _hours(post: Post) -> str:
    return "" if post.fte is None else FULL_TIME if post.fte == 1 else PART_TIME


def _place(post: Post) -> str:
    return post.place


def _change(label: str, current: Sequence[Post], proposed: Sequence[Post]) -> Change:
    now, then = _numbers(current), _numbers(proposed)
    return Change(
        label=label,
        now=now.total(),
        proposed=then.total(),
        lost=(now - then).total(),
        gained=(then - now).total(),
        fte=_fte(current),
        proposed_fte=_fte(proposed),
    )


def _numbers(posts: Iterable[Post]) -> Counter[int]:
    """How many there are of each post."""
    found: Counter[int] = Counter()
    for post in posts:
        found[post.same] += post.posts
    return found


def _fte(posts: Sequence[Post]) -> float | None:
    known = [post.posts * post.fte for post in posts if post.fte is not None]
    return sum(known) if len(known) == len(posts) else None


def _ring_fences(structure: PostLists, held: _Held | None) -> Iterator[RingFence]:
    names: dict[str, str] = {}
    for post in (*structure.current, *structure.proposed):
        names.setdefault(plain(post.ring_fence), post.ring_fence)
    names.pop("", None)
    for word, name in names.items():
        ours = [post for post in structure.current if plain(post.ring_fence) == word]
        kept = [post for post in structure.proposed if plain(post.ring_fence) == word]
        people = held.of(post.same for post in ours) & held.there if held else None
        yield RingFence(
            name=name,
            people=sum(post.posts for post in ours) if people is None else int(people.sum()),
            part_time=_part_time(held, people) if held and people is not None else None,
            posts=sum(post.posts for post in kept),
            open_part_time=_open(kept),
        )


def _holdings(structure: PostLists, held: _Held, workforce: Workforce) -> Iterator[Holding]:
    then = _numbers(structure.proposed)
    kind = np.zeros(int(held.post.max()) + 1, dtype=np.int64)
    for same, posts in _numbers(structure.current).items():
        left = then[same]
        kind[same : same + 1] = NONE_GO if left >= posts else SOME_GO if left else ALL_GO
    holders = held.post >= 0
    of_person = kind[held.post[holders]]
    for key, dimension in workforce.dimensions.items():
        codes = codes_of(workforce.frame, key)[holders]
        counts = np.bincount(codes * 3 + of_person, minlength=3 * len(dimension.groups)).reshape(-1, 3)
        for group, (all_go, some_go, none_go) in zip(dimension.groups, counts.tolist(), strict=True):
            if all_go + some_go + none_go:
                yield Holding(characteristic=key, group=group, all_go=all_go, some_go=some_go, none_go=none_go)


def _differences(structure: PostLists, held: _Held | None, *, named: bool) -> Iterator[Difference]:
    """Rows that do not fit, of each kind by file. ``named``: whether the list says which posts are in pools."""
    then = _numbers(structure.proposed)
    holders = _pools_held(held) if held else None
    slotted = _numbers(
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
    """How the rows of one post of now differ from its holders by ``pools``; None where nobody is joined."""
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


def _pools_held(held: _Held) -> dict[int, dict[str, int]]:
    """Of each post how many of its holders are in which pool; "" is none."""
    joined = held.post >= 0
    pairs, sizes = np.unique(np.stack([held.post[joined], held.pool[joined]]), axis=1, return_counts=True)
    found: dict[int, dict[str, int]] = {}
    for (post, pool), people in zip(pairs.T.tolist(), sizes.tolist(), strict=True):
        found.setdefault(post, {})[held.pools[pool]] = people
    return found
