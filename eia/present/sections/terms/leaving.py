"""Takes what leaving means for people selected; gives its sections: notice by length of service, pensions on redundancy."""

from __future__ import annotations

from collections.abc import Iterator

from eia.law.lookup import written
from eia.present.documents.model import Block, Bullets, Heading, Paragraph, Table, heads, tabulated
from eia.present.sections.law import amount, citation
from eia.present.text.numbers import people
from eia.present.text.words import plural
from eia.process.leaving.large_groups import FEWEST, GroupNumber
from eia.process.leaving.notice import Notice, NoticeRules
from eia.process.leaving.pension import PensionOnRedundancy

NOTICE = "Notice"
PENSION = "Pensions on redundancy"


def notice_section(found: Notice | None) -> Iterator[Block]:
    """The section on notice; nothing where the case gives no day."""
    if found is None:
        return
    yield Heading(NOTICE, 2, "notice")
    yield Paragraph(notice_told(found), lead=True)
    if found.rules:
        yield _lengths_table(found.rules)
        yield Bullets(tuple(_beside(found)))
    if found.groups:
        yield groups_table("Whose notice is longer than the case leaves", "Longer notice", found.groups)


def notice_told(found: Notice) -> str:
    """Whether the days between notice and dismissal are enough, in a sentence or three."""
    if found.crown:
        return f"The civil service scheme speaks of {amount(found.crown)} of notice ({citation(found.crown)}). Contracts can say otherwise. Ask what they say."
    if found.rules is None:
        return "The least notice is not recorded for this place and day. Check the law itself."
    if found.days is None:
        return (
            "Notice grows with service. The case does not give both the first day of notice and the first dismissal, so whether "
            "they leave room for it cannot be told."
        )
    given = f"The case leaves {plural(found.days, 'day', 'days')} between the first notice and the first dismissal."
    if found.chosen is None or not found.known:
        return f"{given} Notice grows with service. Whose is longer cannot be told: the files do not give who is selected and how long they have served."
    if not found.longer:
        return (
            f"{given} Nobody of the {people(found.known)} selected whose service is known is owed longer notice by law."
        )
    return (
        f"{given} {people(found.longer)} of the {people(found.known)} selected whose service is known are owed longer notice by law. "
        "That notice, given on the first day, ends after the first dismissal. Ask whether they work it, or are paid instead."
    )


def groups_table(title: str, column: str, groups: tuple[GroupNumber, ...]) -> Table:
    """Numbers by group, of which fewer than ten people stand behind none."""
    return Table(
        title=title,
        columns=heads("Group", column, "Of"),
        rows=tuple((each.group, people(each.number), people(each.of)) for each in groups),
        sections=tuple(each.title for each in groups),
        notes=(
            f"A number stands here only where at least {FEWEST} people stand behind it, and behind what is left out beside it. "
            "Nothing is tested here.",
        ),
    )


def _lengths_table(rules: NoticeRules) -> Table:
    first, most = int(rules.years_at_first.number), int(rules.most_weeks.number)
    rows = (
        (f"{amount(rules.months_of_service)} to {first} years", amount(rules.weeks_at_first)),
        (f"{first} to {most} years", f"{amount(rules.weeks_a_year)} for each complete year"),
        (f"{most} years or more", amount(rules.most_weeks)),
    )
    return tabulated(
        "Least notice by length of service",
        rows,
        {"Service": lambda row: row[0], "Notice": lambda row: row[1]},
        words=None,
    )


def _beside(found: Notice) -> Iterator[str]:
    if found.longest_ends and found.rules:
        yield (
            f"The longest notice, {amount(found.rules.most_weeks)}, given on {written(found.on)}, ends on {written(found.longest_ends)}."
        )
    yield "Notice given before consultation has ended is open to challenge: see the consultation clock."
    if found.chosen is not None and found.known < found.chosen:
        yield f"Of {people(found.chosen - found.known)} selected people the length of service is not known."
    yield "Service is that of the file, in complete years. Whoever has another anniversary before the day of notice can be owed a week more."
    yield "A contract can give longer notice, and service with other employers can count. Ask for both."


def pension_section(found: PensionOnRedundancy | None) -> Iterator[Block]:
    """The section on pensions that are drawn on redundancy; nothing where the case names no scheme."""
    if found is None:
        return
    yield Heading(PENSION, 2, "pension")
    yield Paragraph(pension_told(found), lead=True)
    if found.groups:
        yield groups_table("Who would draw a pension on redundancy", "Has reached it", found.groups)
    yield Bullets(tuple(_of_pensions(found)))


def pension_told(found: PensionOnRedundancy) -> str:
    """How many have reached the age, and what follows for them."""
    whose = "people selected" if found.chosen else "people in pools"
    return (
        f"{people(found.reached)} of the {people(found.known)} {whose} whose age and service are known would be {found.age} or over, with "
        f"{amount(found.membership)} of service, on {written(found.on)}. Those of them who are members of the local government scheme must "
        f"take the pension at once, unreduced ({citation(found.trigger)})."
    )


def _of_pensions(found: PensionOnRedundancy) -> Iterator[str]:
    if found.coming:
        yield (
            f"From {written(found.coming.from_)} the least age for most pensions is {amount(found.coming)} ({citation(found.coming)}). "
            f"{found.coming.note} {people(found.below_coming)} of those counted here would be younger than that."
        )
    elif found.age > found.trigger.number:
        yield f"The Regulations say {amount(found.trigger)}. {found.least.note}"
    yield "Who is a member, and for how long, the file does not say: length of service stands for it. Ask for membership."
    yield "What this costs the employer, the strain cost, is not worked out here. Ask for it: it can weigh on who is selected."
    if found.known < found.people:
        yield f"Of {people(found.people - found.known)} people age or service is not known."
