"""Takes the two lists of posts, the people and the case; gives what goes, what comes, and who holds it. Counts only, no test.

Whether chance could have put these posts at risk is asked of the pools, where whole posts are permuted; what is
counted here says what stands behind that answer, in posts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.intake.extras.post_lists import MatchedBy, Post, PostLists
from eia.intake.intake_record import Intake
from eia.intake.workforce import Workforce, codes_of, labels_of, outcomes_of
from eia.process.post_changes import Aspect, Change, Share, change_of, changes_by_aspect, numbers_of, open_posts
from eia.process.post_differences import Difference, differences
from eia.vocabulary.characteristics import Group
from eia.vocabulary.synonyms import plain

JoinedBy = Literal["number", "title"]
NotJoined = Literal["no people", "no posts in the workforce file", "no numbers in the lists", "no post in common"]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

ALL_GO, SOME_GO, NONE_GO = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class RingFence:
    """Those who compete among themselves, and the posts kept for them.

    people: who hold its current posts, without those who had gone or been slotted in before people were chosen; where
    nobody is joined, as many as it has current posts. part_time: who of them work part-time, None where nobody is joined or
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
class Restructure:
    """What the two lists come to.

    total: all posts. changes: by grade, hours and place, each label that the lists have, in order, "" where they do not say; none of
    an aspect that they do not have. open_part_time: proposed posts that are part-time or open to it; new_open_part_time: those of
    them of which there are none now. part_time: who of the
    present post-holders work part-time; None where nobody is joined. in_scope: current posts that are in a pool by the list;
    None where it names no pools. slotted: current posts whose holders are slotted in. ring_fences: in the order of the list.
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
    >>> from eia.intake.files.raw_table import open_table
    >>> from eia.intake.extras.post_lists import load_post_lists
    >>> text = "List,Post,Posts,Grade,Ring-fence\\nnow,Clerk,3,4,A\\nproposed,Clerk,2,4,A\\nproposed,Analyst,1,7,\\n"
    >>> made = restructure(load_post_lists(open_table(text.encode(), name="posts.csv"), Case()), None, Case())
    >>> made.total.lost, made.total.gained, [(fence.name, fence.displaced) for fence in made.ring_fences]
    (1, 1, [('A', 1)])
    """
    post, joined_by, why = _join(structure, workforce)
    held = _held(post, workforce, case) if workforce is not None and joined_by else None
    now = {each.same for each in structure.current if each.posts}
    in_pool = any(each.in_scope for each in structure.current)
    everybody = held.of(range(int(post.max(initial=-1)) + 1)) if held else None
    return Restructure(
        total=change_of("", structure.current, structure.proposed),
        changes=changes_by_aspect(structure),
        open_part_time=open_posts(structure.proposed),
        new_open_part_time=open_posts([each for each in structure.proposed if each.same not in now]),
        part_time=_part_time(held, everybody) if held and everybody is not None else None,
        in_scope=sum(each.posts for each in structure.current if each.in_scope) if in_pool else None,
        slotted=sum(each.posts for each in structure.current if each.slotted_into is not None),
        ring_fences=tuple(_ring_fences(structure, held)),
        holdings=tuple(_holdings(structure, held, workforce)) if held and workforce else (),
        differences=tuple(differences(structure, _pools_held(held) if held else None, named=in_pool)),
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


def _ring_fences(structure: PostLists, held: _Held | None) -> Iterator[RingFence]:
    current, proposed = _by_ring_fence(structure.current), _by_ring_fence(structure.proposed)
    for word in {**current, **proposed}:
        ours, kept = current.get(word, []), proposed.get(word, [])
        people = held.of(post.same for post in ours) & held.there if held else None
        yield RingFence(
            name=(ours or kept)[0].ring_fence,
            people=sum(post.posts for post in ours) if people is None else int(people.sum()),
            part_time=_part_time(held, people) if held and people is not None else None,
            posts=sum(post.posts for post in kept),
            open_part_time=open_posts(kept),
        )


def _by_ring_fence(posts: Iterable[Post]) -> dict[str, list[Post]]:
    """Plain name of each ring-fence -> its posts, in order; posts in none are left out."""
    within: dict[str, list[Post]] = {}
    for post in posts:
        if word := plain(post.ring_fence):
            within.setdefault(word, []).append(post)
    return within


def _holdings(structure: PostLists, held: _Held, workforce: Workforce) -> Iterator[Holding]:
    then = numbers_of(structure.proposed)
    kind = np.zeros(int(held.post.max()) + 1, dtype=np.int64)
    for same, posts in numbers_of(structure.current).items():
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


def _pools_held(held: _Held) -> dict[int, dict[str, int]]:
    """Of each post how many of its holders are in which pool; "" is none."""
    joined = held.post >= 0
    pairs, sizes = np.unique(np.stack([held.post[joined], held.pool[joined]]), axis=1, return_counts=True)
    found: dict[int, dict[str, int]] = {}
    for (post, pool), people in zip(pairs.T.tolist(), sizes.tolist(), strict=True):
        found.setdefault(post, {})[held.pools[pool]] = people
    return found
