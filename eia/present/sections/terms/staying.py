"""Takes what happens to those who keep work; gives its sections: other work, pay protection, transfers to another employer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from eia.law.lookup import written
from eia.present.documents.model import Block, Bullets, Heading, Paragraph, Table, heads
from eia.present.sections.law import amount, citation
from eia.present.text.numbers import people, pounds, stated_percent
from eia.present.text.words import capital, listed, plural
from eia.process.leaving.large_groups import FEWEST
from eia.process.staying.other_work import OtherWork
from eia.process.staying.pay_protection import ProtectedPay
from eia.process.staying.transfer import Transfer

OTHER_WORK = "Other work offered"
TRANSFER = "Transfer to another employer"
PROTECTION = "Pay protection"


def transfer_section(found: Sequence[Transfer]) -> Iterator[Block]:
    """The section on transfers; nothing where no pool is marked."""
    if not found:
        return
    yield Heading(TRANSFER, 2, "transfer")
    yield Paragraph(
        "The case says that the work of these pools goes to another employer. Their people are in no redundancy selection pool here, "
        "and the rules of a transfer apply to them. Whether it is a transfer in law, no figure says.",
        lead=True,
    )
    for each in found:
        pools = "pool" if len(each.pools) == 1 else "pools"
        yield Paragraph(f"On {written(each.on)}: {pools} {listed([f'“{name}”' for name in each.pools])}.")
        if each.rules:
            yield Bullets(tuple(f"{amount(rule)} ({citation(rule)})" for rule in each.rules))
        else:
            yield Paragraph("The rules of a transfer are not recorded for this day and place. Check the law itself.")


def other_work_section(found: OtherWork | None) -> Iterator[Block]:
    """The section on other work; nothing where no file tells of offers."""
    if found is None:
        return
    yield Heading(OTHER_WORK, 2, "other-work")
    yield Paragraph(
        f"The files give the day of {plural(found.offered, 'offer', 'offers')} of other work to people selected. Who is offered it, who refuses "
        "and who leaves after a trial is told by characteristic under “What happened next”.",
        lead=True,
    )
    counted = (
        (found.late, "made after the day on which contracts end, as the case gives it"),
        (found.late_start, "of work that starts later than the law allows after that day"),
        (found.long_trial, "followed by a trial longer than the law's"),
    )
    told = [f"{_offers_were(number)} {what}." for number, what in counted if number is not None]
    if found.long_trial:
        told.append("Ask whether the longer trial was agreed in writing for retraining, beforehand.")
    if told:
        yield Bullets(tuple(told))
    if found.refused:
        yield Table(
            title="Why other work was refused",
            columns=heads("Reason", "People"),
            rows=tuple((capital(why), people(number)) for why, number in found.refused),
            notes=(f"Reasons that at least {FEWEST} people give.",),
        )
    if found.rules:
        yield Bullets(tuple(f"{rule.title}: {amount(rule)} ({citation(rule)})" for rule in found.rules))


def _offers_were(number: int) -> str:
    """How many offers, up to the verb.

    >>> [_offers_were(number) for number in (0, 1, 3)]
    ['No offer was', '1 offer was', '3 offers were']
    """
    return plural(number, "offer was", "offers were") if number else "No offer was"


def protection_section(found: ProtectedPay | None) -> Iterator[Block]:
    """The section on pay protection; nothing where the case gives no policy, or no file says who loses pay."""
    if found is None or found.policy.months is None:
        return
    yield Heading(PROTECTION, 2, "protection")
    yield Paragraph(protection_told(found), lead=True)
    yield Paragraph(
        "Who loses pay, and who is protected for how long, is told by characteristic under “What happened next”."
    )
    yield Bullets(tuple(_of_protection(found)))


def protection_told(found: ProtectedPay) -> str:
    """What the policy makes up, in a sentence or three."""
    months = plural(found.policy.months or 0, "month", "months")
    who = "are downgraded and lose pay" if found.downgraded else "stay on less pay"
    policy = f"The policy makes up {stated_percent(found.policy.share)} of lost pay for {months}. {people(found.people)} people {who}."
    if found.lost is None or found.protected is None:
        return f"{policy} Amounts of fewer than {FEWEST} people are not shown."
    return f"{policy} They lose {pounds(found.lost)} a year; the policy makes up {pounds(found.protected)} in all, and then nothing."


def _of_protection(found: ProtectedPay) -> Iterator[str]:
    if not found.downgraded:
        yield "No file says who is downgraded, so everybody who stays and loses pay is counted, those whose hours are cut among them."
    if found.told:
        yield (
            f"For {people(found.told)} of them the file gives months of protection: {people(found.shorter)} get fewer than the policy says."
        )
    yield "Ask whether the policy ends early for some: a drop of several grades, a fixed term, a short service. What pensions lose is not worked out."
