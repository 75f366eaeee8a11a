"""Takes an Assessment and its Figures; gives sections 6 to 9 of the draft: how people are selected, alternatives, justification, what will be done."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.findings.supplementary.score_gaps import ScoresLook
from eia.present.documents.model import Answer, Block, Heading, Paragraph, Table, tabulated
from eia.present.figures.model import Figures
from eia.present.parts.actions import actions
from eia.present.parts.proposal import OFFICER
from eia.present.sections.law_section import never_choose
from eia.present.text.words import SOURCES, capital

_BEFORE = "the decision"
_TO_WRITE = "To write"


def selecting(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 6: criteria, weights and the largest gap of each; what is left out of them and who scored, by people."""
    look = assessment.further.scores
    yield Heading("6 How people are selected", 2, "selecting")
    if look is None:
        yield Paragraph(
            "No scores are in the file. Criteria, weights and scores by group are needed before this part can be judged."
        )
        yield Answer(
            "Criteria and weights",
            "Which criteria are used, with which weights? Why each, and how was it tested?",
            OFFICER,
            _BEFORE,
        )
    else:
        if figures.scored:
            yield Paragraph(figures.scored)
        yield criteria_table(look, figures)
    yield Answer(
        "Who scores, and what is adjusted",
        "Who scored, trained and checked how? How can people appeal? Which absences are left out, and which adjustments were made?",
        OFFICER,
        _BEFORE,
    )


def criteria_table(look: ScoresLook, figures: Figures) -> Table:
    """A row for each criterion, with its weight; where they are shown, the group that scores furthest below others, and what leaving it out would do."""
    columns = {
        "Criterion": lambda one: one.name,
        "Weight": lambda one: "–" if one.weight is None else f"{one.weight:g}",
        **({"Largest gap against a group": lambda one: figures.criteria.get(one.name, "No clear gap")} if figures.scored else {}),
        **({"If it is left out": lambda one: figures.left_out.get(one.name, "–")} if figures.left_out else {}),
    }  # fmt: skip
    notes = (
        (f"A gap in scores says where to look, not whether the scores are right{figures.see('C6')}.",)
        if figures.scored
        else ()
    )
    return tabulated("Criteria, weights and gaps" if figures.scored else "Criteria and weights", look.criteria, columns, words=None, notes=notes)  # fmt: skip


def alternatives(_: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 7: what else was looked at: by people, and whatever was worked out."""
    yield Heading("7 Alternatives considered", 2, "alternatives")
    if figures.alternatives:
        yield figures.alternatives
    yield Answer(
        "Alternatives, and why each was not taken",
        "Vacancies, agency work, overtime, shorter hours, volunteers, retraining, other teams: what would each save and do to these groups, and why not?",
        OFFICER,
        _BEFORE,
    )


def justifying(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 8: a box for each clear gap."""
    clear = figures.clear
    yield Heading("8 Can the gaps be justified?", 2, "justifying")
    yield Paragraph(
        "Of each: what aim does it serve, what is the evidence, and why would nothing less harmful do?"
        if clear else "No gap here is clear or stands out. Section 5 says where we cannot say."
    )  # fmt: skip
    for gap in clear:
        yield Answer(
            f"{capital(gap.who)}: {SOURCES[gap.step]}", "Aim, evidence, and why nothing less harmful.", OFFICER, _BEFORE
        )  # fmt: skip
    yield Paragraph(never_choose(assessment))


def doing(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 9: what will be done about each gap; who and when, people write."""
    yield Heading("9 What we will do", 2, "doing")
    made = actions(assessment, figures)
    number = {id(action): place for place, action in enumerate(made, start=1)}
    yield tabulated(
        "Actions",
        made,
        {
            "Action": lambda one: f"{number[id(one)]}. {one.do}",
            "For whom": lambda one: one.whom,
            "Owner": lambda _: _TO_WRITE,
            "By": lambda _: _TO_WRITE,
            "How we will know": lambda _: _TO_WRITE,
        },
        words=None,
        written=("Owner", "By", "How we will know"),
        notes=("Offered for an officer to confirm, change or add to.",),
    )
    if figures.priority:
        yield Paragraph(
            "A list of people with priority for vacancies is personal data: keep it apart from this document."
        )
