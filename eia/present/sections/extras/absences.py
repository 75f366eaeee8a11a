"""Takes totals of absence; gives their section: days by kind of reason and group, and what to ask where attendance is scored."""

from __future__ import annotations

from collections.abc import Iterator

from eia.present.documents.model import Block, Bullets, Heading, Paragraph, tabulated
from eia.present.sections.law import citation
from eia.present.text.numbers import people
from eia.present.text.words import capital, listed
from eia.process.leaving.absences import AbsenceTotals
from eia.process.leaving.large_groups import FEWEST

ABSENCES = "Absences"


def absences_section(found: AbsenceTotals | None) -> Iterator[Block]:
    """The section on absences; nothing without a file of them. Its heading is of level 4."""
    if found is None:
        return
    yield Heading(ABSENCES, 4)
    if found.totals:
        yield tabulated(
            "Days of absence by kind of reason, of people in pools",
            found.totals,
            {
                "Kind of reason": lambda total: capital(total.kind),
                "People": lambda total: capital(total.whose),
                "Characteristic": lambda total: total.title or "All",
                "Group": lambda total: total.group or "All",
                "With such days": lambda total: people(total.people),
                "Days": lambda total: people(round(total.days, 1)),
            },
            words=("Kind of reason", "People", "Characteristic", "Group"),
            notes=(
                f"Only totals that at least {FEWEST} people stand behind. A kind or group that is missing here need not have none.",
            ),
        )
    else:
        yield Paragraph(f"No total of absence has {FEWEST} people behind it, so none is shown.")
    if found.criteria:
        yield Bullets(tuple(_to_ask(found)))


def _to_ask(found: AbsenceTotals) -> Iterator[str]:
    names = listed([f"“{name}”" for name in found.criteria])
    yield f"People are scored on {names}. Days of these kinds may have counted in it."
    yield "Ask: were days linked to pregnancy, disability or dependants left out?"
    for rule in found.rules:
        yield f"{rule.title} ({citation(rule)})."
