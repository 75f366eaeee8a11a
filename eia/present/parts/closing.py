"""Takes an Assessment; gives sections 10 to 12 of the draft: consultation, outcome and sign-off, how to read it."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.present.documents.model import Answer, Block, Bullets, Facts, Heading, Paragraph, Table, heads, tabulated
from eia.present.parts.duties import what_to_check
from eia.present.parts.proposal import DECIDES, OFFICER
from eia.present.parts.response.law_here import rules_cited
from eia.present.parts.unknowns import EVIDENCE, TOO_FEW
from eia.present.sections.consultation import MOMENTS, duty
from eia.present.sections.law import warning
from eia.present.text.numbers import people
from eia.present.text.words import capital


def consulting(assessment: Assessment) -> Iterator[Block]:
    """Section 10: the days of consultation; who was asked and what they said, by people."""
    clock = assessment.law.clock
    yield Heading("10 Consultation and engagement", 2, "consulting")
    if clock:
        yield Paragraph(duty(clock))
        if clock.milestones:
            yield tabulated(
                "The days that matter",
                clock.milestones,
                {
                    "What": lambda each: f"{MOMENTS[each.moment]}{warning(each.rule) if each.rule else ''}",
                    "Day": lambda each: written(each.day),
                    "Where it comes from": lambda each: "A rule of law: annex, C9" if each.rule else "As entered",
                },
                words=None,
            )
    else:
        yield Paragraph("The number of dismissals proposed and the days of consultation have not been entered.")
    yield Answer("What people said, and what changed", "Who was consulted, when, and how? What did they say? What changed because of it?", OFFICER, "the decision")  # fmt: skip
    yield Answer(
        "People who are away", "How were people on leave, off sick or on secondment reached?", OFFICER, "the decision"
    )


def outcome(_: Assessment) -> Iterator[Block]:
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
    yield Answer("When we look again", "Give a day after scoring, after appeals and after people have left. Say where this is published.", OFFICER, "the day of the decision")  # fmt: skip


def reading(assessment: Assessment) -> Iterator[Block]:
    """Section 12: what the figures rest on, who is missing, what to check of the law."""
    extract = assessment.case.dates.extract
    yield Heading("12 How to read this", 2, "reading")
    yield Bullets(
        (
            EVIDENCE,
            f"{TOO_FEW} Small groups can be harmed, and figures will not show it.",
            f"The staff records are of {written(extract)}." if extract else "We do not know the day of the staff records.",
            "Whole people are shown, rounded where a number is an estimate. This edition has exact counts: do not publish it.",
            "Groups are compared with everyone else whose answer is known. The annex has the method (C1) and every figure (C4).",
        )
    )  # fmt: skip
    missing = missing_table(assessment)
    if missing.rows:
        yield missing
    yield from what_to_check(assessment, rules_cited(assessment))


def missing_table(assessment: Assessment) -> Table:
    """How many people have no known answer, a row for each characteristic."""
    rows = []
    for key, dimension in assessment.cube.layout.dimensions.items():
        if key == "contract_short":  # the same people as contract, some left out
            continue
        counts = assessment.cube.tables[key].low.sum(axis=(1, 2)).tolist()
        kinds = dict.fromkeys(("declined", "not recorded"), 0)
        for group, count in zip(dimension.groups, counts, strict=True):
            if group.kind in kinds:
                kinds[group.kind] += count
        if any(kinds.values()):
            rows.append((capital(dimension.characteristic.title), *map(people, (*kinds.values(), sum(counts)))))
    return Table(
        title="Answers missing",
        columns=heads("Characteristic", "Preferred not to say", "Not recorded", "Of"),
        rows=tuple(rows),
    )
