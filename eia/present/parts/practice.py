"""Takes an Assessment; gives sections 6 to 9 of the draft: how people are selected, alternatives, justification, what will be done."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.findings.gaps import gaps
from eia.findings.supplementary.score_gaps import ScoresLook
from eia.intake.workforce import Criterion
from eia.present.documents.model import Answer, Block, Heading, Paragraph, Table, tabulated
from eia.present.parts.actions import actions
from eia.present.parts.gap_told import who
from eia.present.parts.left_out import alternatives_table, criteria_left_out
from eia.present.parts.proposal import OFFICER
from eia.present.sections.extras.scores import marks
from eia.present.sections.law_section import never_choose
from eia.present.text.numbers import people
from eia.present.text.supplementary import characteristic_of
from eia.present.text.words import SOURCES, capital, group_name, plural

_BEFORE = "the decision"
_TO_WRITE = "To write"


def selecting(assessment: Assessment) -> Iterator[Block]:
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
        yield Paragraph(_scored(look))
        yield criteria_table(assessment, look)
    yield Answer(
        "Who scores, and how they are checked",
        "Who scored, trained how? Was there a second marker, and moderation? How can people appeal?",
        OFFICER,
        _BEFORE,
    )
    yield Answer("Absence and adjustments", "Which absences are left out, such as those for disability or pregnancy? Which adjustments were made?", OFFICER, _BEFORE)  # fmt: skip


def _scored(look: ScoresLook) -> str:
    said = f"{plural(look.scored, 'person was', 'people were')} scored (annex, C6)."
    if above := sum(order.above for order in look.orders):
        said += f" {plural(above, 'person was', 'people were')} selected with a higher total than somebody retained in the same pool. What decided instead?"
    return said


def criteria_table(assessment: Assessment, look: ScoresLook) -> Table:
    """A row for each criterion, with its weight and the group that scores furthest below others; and what leaving it out would do."""
    other = criteria_left_out(assessment)
    columns = {
        "Criterion": lambda one: one.name,
        "Weight": lambda one: "–" if one.weight is None else f"{one.weight:g}",
        "Largest gap against a group": lambda one: _largest(assessment, look, one),
        **({"If it is left out": lambda one: other.get(one.name, "–")} if other else {}),
    }
    return tabulated("Criteria, weights and gaps", look.criteria, columns, words=None,
                     notes=("A gap in scores says where to look, not whether the scores are right. Every gap: annex, C6.",))  # fmt: skip


def _largest(assessment: Assessment, look: ScoresLook, criterion: Criterion) -> str:
    apart = [gap for gap in look.apart(assessment.case.analysis.alpha) if gap.criterion == criterion.name]
    if not apart:
        return "No clear gap"
    who_ = group_name(characteristic_of(assessment, apart[0].characteristic), apart[0].group)
    return f"{capital(who_)}: {marks(-apart[0].contrast.estimate)} lower than others in the same pools"


def alternatives(assessment: Assessment) -> Iterator[Block]:
    """Section 7: what else was looked at: by people, and whatever was worked out."""
    yield Heading("7 Alternatives considered", 2, "alternatives")
    if worked_out := alternatives_table(assessment):
        yield worked_out
    yield Answer(
        "Alternatives, and why each was not taken",
        "Take each in turn: vacancies, agency work, overtime, shorter hours, volunteers, retraining, other teams. What would it save? What would it do "
        "to the groups in section 5? Why not?",
        OFFICER,
        _BEFORE,
    )


def justifying(assessment: Assessment) -> Iterator[Block]:
    """Section 8: a box for each clear gap."""
    clear = [gap for gap in gaps(assessment) if gap.evidence]
    yield Heading("8 Can the gaps be justified?", 2, "justifying")
    yield Paragraph(
        "People write here what each practice is for, with evidence, and why nothing less harmful would do. Annex C9 has the law."
        if clear else "No gap here is clear or stands out. Section 5 says where we cannot say."
    )  # fmt: skip
    for gap in clear:
        yield Answer(
            f"{capital(who(gap))}: {SOURCES[gap.step]}", "What aim does this serve? What is the evidence? Why would nothing less harmful do?", OFFICER, _BEFORE
        )  # fmt: skip
    yield Paragraph(never_choose(assessment))


def doing(assessment: Assessment) -> Iterator[Block]:
    """Section 9: what will be done about each gap; who and when, people write."""
    yield Heading("9 What we will do", 2, "doing")
    made = actions(assessment)
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
        notes=("The actions are offered for an officer to confirm, change or add to.",),
    )
    if (found := assessment.priority) and found.with_priority:
        yield Paragraph(
            f"{people(found.with_priority)} people have priority for suitable vacancies because of pregnancy or family leave. A list of them is "
            "personal data: keep it apart from this document."
        )
