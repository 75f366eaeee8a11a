"""Takes an Assessment and its Figures; gives sections 10 to 12 of the draft: consultation, outcome and sign-off, how to read it."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.present.documents.model import Answer, Block, Bullets, Facts, Heading, Paragraph, Table, heads, tabulated
from eia.present.figures.model import Figures
from eia.present.figures.unknowns import TOO_FEW
from eia.present.parts.duties import marked
from eia.present.parts.proposal import DECIDES, OFFICER
from eia.present.sections.consultation import MOMENTS, duty
from eia.present.sections.law import warning
from eia.process.consultation_clock import Moment

_IN_ANNEX: tuple[Moment, ...] = ("begin by for notice", "begin by")
"""Days that the annex has: by when consultation should have begun."""
INTRUDER = (
    "Ask somebody who knows the place: with a staff list, could a colleague or a local reporter find anyone in this document? Give their name, the day "
    "and what they found. Read the words of the case as well, which stand here as they were written."
)
"""The check that no program can make before figures are published."""


def consulting(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 10: the days of consultation; who was asked and what they said, by people."""
    clock = assessment.law.clock
    yield Heading("10 Consultation and engagement", 2, "consulting")
    if clock:
        yield Paragraph(duty(clock))
        if days := [each for each in clock.milestones if each.moment not in _IN_ANNEX]:
            yield tabulated(
                "The days that matter",
                days,
                {
                    "What": lambda each: f"{MOMENTS[each.moment]}{warning(each.rule) if each.rule else ''}",
                    "Day": lambda each: written(each.day),
                    "Where it comes from": lambda each: (
                        f"A rule of law{figures.see('C9')}" if each.rule else "As entered"
                    ),
                },
                words=None,
            )
    else:
        yield Paragraph("The number of dismissals proposed and the days of consultation have not been entered.")
    yield Answer("What people said, and what changed", "Who was consulted, when, and how were people on leave or off sick reached? What did they say? What changed?", OFFICER, "the decision")  # fmt: skip


def outcome(_: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 11: what each outcome means, and who signs."""
    yield Heading("11 Outcome and sign-off", 2, "outcome")
    yield Paragraph("Tick one outcome on page one. A person decides; the figures do not.")
    yield Facts(
        (
            ("No major change", "Nothing here calls for a change, and every chance to promote equality was taken"),
            ("Adjust the proposal", "A change removes or lessens a gap"),
            ("Continue, and justify it", "A gap stays, and section 8 says why it is justified"),
            ("Stop and reconsider", "A gap cannot be justified or lessened"),
        )
    )
    yield Answer("Signature", "Name, post and date. State that you have read this version and thought about the duty.", DECIDES, "the day of the decision")  # fmt: skip
    if figures.edition == "publishable":
        yield Answer("Could anybody be found?", INTRUDER, OFFICER, "the day of publication")
    yield Answer("When we look again", "Give a day after appeals, and one after people have left. Say where this is published.", OFFICER, "the day of the decision")  # fmt: skip


def reading(_: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 12: what the figures rest on, who is missing, what to check of the law."""
    yield Heading("12 How to read this", 2, "reading")
    yield Bullets(
        (
            f"{TOO_FEW} Small groups can be harmed, and figures will not show it.",
            *figures.reading,
            f"Groups are compared with everyone else whose answer is known{figures.see('C1 and C4')}.",
            f"{marked(figures)} Check it before relying on it.",
        )
    )  # fmt: skip
    missing = missing_table(figures)
    if missing.rows:
        yield missing


def missing_table(figures: Figures) -> Table:
    """How many people have no known answer, a row for each characteristic."""
    columns = heads("Characteristic", "Preferred not to say", "Not recorded", "Of")
    return Table(title="Answers missing", columns=columns, rows=figures.missing)
