"""Takes an Assessment; gives the section on the two lists of posts: what goes and comes, who competes for what, who holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eia.findings.assessment import Assessment
from eia.findings.headlines import leading_holders
from eia.present.documents.model import Block, Bullets, Heading, Paragraph, Table, heads, tabulated
from eia.present.text.numbers import expected, people, percent
from eia.present.text.supplementary import characteristic_of
from eia.present.text.words import capital, group_name, plural
from eia.process.post_changes import Aspect, Change, Share
from eia.process.post_differences import Difference, DifferenceKind
from eia.process.restructure import Holding, NotJoined, Restructure, RingFence

HEADING = "The posts now and as proposed"
NOT_GIVEN = "Not given"
_ROWS_NAMED = 30

_ASPECTS: Mapping[Aspect, str] = {"grade": "Grade", "hours": "Hours", "place": "Place"}
_DIFFERENCES: Mapping[DifferenceKind, str] = {
    "no holder": "Nobody in the workforce file holds the post: it is vacant, or has another number or title there",
    "more people than posts": "More people hold the post than there are of it: job shares, or a number to correct",
    "another pool": "In a pool by the list; people who hold it are in another one, or in none",
    "no pool in the list": "In no pool by the list; people who hold it are in one",
    "cut and in no pool": "Some or all of the post goes, and the list puts it in no pool",
    "more slotted in than posts": "More posts are slotted into one proposed post than there will be of it",
}
_NOT_JOINED: Mapping[NotJoined, str] = {
    "no people": "these are counts and not people",
    "no posts in the workforce file": "the workforce file does not say who holds which post",
    "no numbers in the lists": "the workforce file has numbers of posts, and the lists have none",
    "no post in common": "no number or title of a post in the workforce file stands in the lists",
}


def posts_section(assessment: Assessment) -> Iterator[Block]:
    """The section; nothing where the case has no lists of posts."""
    made = assessment.restructure
    if made is None:
        return
    yield Heading(HEADING, 2, "posts")
    total, *others = posts_told(made)
    yield Paragraph(total, lead=True)
    yield Bullets(tuple(others))
    yield from post_tables(assessment)


def post_tables(assessment: Assessment) -> tuple[Table, ...]:
    """Every table of the lists of posts that has anything in it."""
    made = assessment.restructure
    if made is None:
        return ()
    tables = (changes_table(made), fences_table(made), _holders_table(assessment, made), differences_table(made))
    return tuple(table for table in tables if table.rows)


def posts_told(made: Restructure) -> tuple[str, ...]:
    """What the lists come to, in sentences, the whole first."""
    return (_total(made), *_told(made))


def holders_told(assessment: Assessment) -> tuple[str, ...]:
    """Who holds the posts that go, in a sentence for each group that holds most above its share."""
    return tuple(_holder(assessment, holding) for holding in leading_holders(assessment))


def open_to_part_time(made: Restructure) -> str:
    """How many proposed posts are open to part-time work, against how many people work part-time now; "" where nothing says."""
    if not made.open_part_time.of:
        return ""
    said = f"{_share(made.open_part_time)} proposed posts are part-time, or open part-time or as a job share"
    if made.new_open_part_time.of and made.new_open_part_time.of < made.open_part_time.of:
        said += f"; of the posts that are new, {_share(made.new_open_part_time)}"
    if made.part_time and made.part_time.of:
        said += f". Of the people who hold the current posts, {_share(made.part_time)} work part-time"
    return f"{capital(said)}."


def _share(share: Share) -> str:
    unknown = f", and {people(share.not_known)} not known" if share.not_known else ""
    return f"{people(share.number)} of {people(share.of)} ({percent(share.number, share.of)}{unknown})"


def _total(made: Restructure) -> str:
    total = made.total
    fte = ""
    if total.fte is not None and total.proposed_fte is not None:
        fte = f" In full-time equivalents it is {expected(total.fte)} now and {expected(total.proposed_fte)} proposed."
    return (
        f"{plural(total.now, 'post', 'posts')} now and {people(total.proposed)} proposed: {people(total.lost)} go and "
        f"{people(total.gained)} come. Each post is counted by itself, so that one that comes does not hide one that goes.{fte}"
    )


def _told(made: Restructure) -> Iterator[str]:
    if text := open_to_part_time(made):
        yield text
    if made.ring_fences:
        yield _fences(made)
    if made.slotted:
        yield f"{capital(plural(made.slotted, 'current post', 'current posts'))} slotted in: those who hold them do not compete."
    if made.in_scope is not None:
        yield f"By the list {people(made.in_scope)} of the {people(made.total.now)} current posts are in a pool."
    yield f"{_joined(made)} A current post and a proposed one are taken as the same where their {_SAME[made.matched_by]}."


_SAME = {
    "number": "numbers are equal",
    "title": "titles are equal",
    "title and unit": "titles and units are equal",
}


def _joined(made: Restructure) -> str:
    if made.not_joined:
        return f"Who holds the posts cannot be said: {_NOT_JOINED[made.not_joined]}."
    others = f"; {people(made.elsewhere)} hold none of them" if made.elsewhere else ""
    rows = "" if made.differences else " No row of the lists differs from it."
    return (
        f"By the {made.joined_by} of their post {plural(made.joined, 'person', 'people')} of the workforce file hold a post of the "
        f"list{others}.{rows}"
    )


def _fences(made: Restructure) -> str:
    """What the ring-fences come to, and the tightest."""
    short = [fence for fence in made.ring_fences if fence.displaced]
    total = sum(fence.displaced for fence in short)
    who = "people" if made.joined_by else "current posts"
    if not short:
        return f"In none of {plural(len(made.ring_fences), 'ring-fence', 'ring-fences')} are there more {who} than posts kept for them."
    most = max(short, key=lambda fence: fence.displaced)
    return (
        f"In {people(len(short))} of {plural(len(made.ring_fences), 'ring-fence', 'ring-fences')} there are more {who} than posts kept "
        f"for them: {people(total)} must be displaced whoever is chosen, unless posts are shared or others found. Most in “{most.name}”: "
        f"{people(most.people)} for {plural(most.posts, 'post', 'posts')}."
    )


def _holder(assessment: Assessment, holding: Holding) -> str:
    characteristic = assessment.cube.layout.dimensions[holding.characteristic].characteristic
    others = answered(assessment.restructure, holding.characteristic)
    going = sum(each.going for each in others)
    return (
        f"{capital(group_name(characteristic, holding.group))} hold {percent(holding.people, sum(each.people for each in others))} of all "
        f"posts of the list, by people, and {percent(holding.going, going)} of those of which some or all go ({people(holding.going)} of "
        f"{people(going)} people)."
    )


def answered(made: Restructure | None, characteristic: str) -> tuple[Holding, ...]:
    """The holdings of everybody whose answer is known."""
    holdings = made.holdings if made else ()
    return tuple(each for each in holdings if each.characteristic == characteristic and each.group.kind == "answer")


def changes_table(made: Restructure) -> Table:
    """Posts lost and gained."""
    rows = [(None, made.total), *((aspect, change) for aspect, changes in made.changes.items() for change in changes)]
    return Table(
        title="Posts lost and gained",
        columns=heads("Posts", "Now", "Lost", "Gained", "Proposed", "FTE now", "FTE proposed"),
        rows=tuple(
            _change(change, capital(change.label) or (NOT_GIVEN if aspect else "All posts")) for aspect, change in rows
        ),
        sections=tuple(_ASPECTS[aspect] if aspect else "All" for aspect, _ in rows),
        notes=(
            "Lost and gained are counted for each post by itself: a post that moves to another grade, other hours or another place is "
            "lost there and gained here. FTE: full-time equivalents.",
        ),
    )


def _change(change: Change, name: str) -> tuple[str, ...]:
    fte = ("–" if value is None else expected(value) for value in (change.fte, change.proposed_fte))
    return (name, *map(people, (change.now, change.lost, change.gained, change.proposed)), *fte)


def fences_table(made: Restructure, fewest: int = 0) -> Table:
    """Every ring-fence of so many people or more."""
    return tabulated(
        "People and posts in each ring-fence" + (f" of {fewest} people or more" if fewest else ""),
        [fence for fence in made.ring_fences if fence.people >= fewest],
        {
            "Ring-fence": lambda fence: fence.name,
            "People" if made.joined_by else "Posts now": lambda fence: people(fence.people),
            "Of them part-time": lambda fence: "–" if fence.part_time is None else people(fence.part_time.number),
            "Posts kept for them": lambda fence: people(fence.posts),
            "Part-time or open to it": _open_to_it,
            "People per post" if made.joined_by else "Now per post": lambda fence: (
                expected(fence.people / fence.posts) if fence.posts else "no post"
            ),
            "Displaced whoever is chosen, at least": lambda fence: people(fence.displaced),
        },
        notes=(
            "Volunteers accepted and people slotted in compete for none of these posts, and are left out. “At least” holds if no post is "
            "shared between two people.",
        ),
    )


def _open_to_it(fence: RingFence) -> str:
    known = fence.open_part_time.of or not fence.posts
    return people(fence.open_part_time.number) if known else NOT_GIVEN.lower()


def _holders_table(assessment: Assessment, made: Restructure) -> Table:
    """Who holds the posts that go."""
    return Table(
        title="Who holds the posts that go",
        columns=heads(
            "Group",
            "Hold a post of the list",
            "All of the post goes",
            "Some of it goes",
            "None of it goes",
            "Share of all holders",
            "Share of holders where some or all goes",
        ),
        rows=tuple(_holding(made, holding) for holding in made.holdings),
        sections=tuple(characteristic_of(assessment, holding.characteristic).title for holding in made.holdings),
        notes=(
            "People, each counted once. Shares are of those whose answer is known. No test of its own: whether chance could have put these "
            "posts at risk is asked under “Which jobs are at risk?”.",
        ),
    )


def _holding(made: Restructure, holding: Holding) -> tuple[str, ...]:
    counts = (holding.people, holding.all_go, holding.some_go, holding.none_go)
    shares = ("–", "–")
    if holding.group.kind == "answer":
        others = answered(made, holding.characteristic)
        shares = (
            percent(holding.people, sum(each.people for each in others)),
            percent(holding.going, sum(each.going for each in others)),
        )
    return (holding.group.label, *map(people, counts), *shares)


def differences_table(made: Restructure) -> Table:
    """Rows of the lists that do not fit."""
    return tabulated(
        "Rows of the lists that do not fit the workforce file, or each other",
        made.differences,
        {
            "What": lambda each: _DIFFERENCES[each.kind],
            "Where": _where,
            "People": lambda each: people(each.people) if each.people else "–",
        },
        words=("Where",),
        notes=("Ask which of the two is right. Nothing was changed: the pools of the workforce file count.",),
    )


def _where(difference: Difference) -> str:
    named = ", ".join(str(row) for row in difference.rows[:_ROWS_NAMED])
    more = len(difference.rows) - _ROWS_NAMED
    return f"{difference.file}, {'row' if len(difference.rows) == 1 else 'rows'} {named}" + (
        f" and {people(more)} more" if more > 0 else ""
    )
