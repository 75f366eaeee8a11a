"""Takes an Assessment; gives the five questions to put to the employer, each with its figure: of selection, of jobs and pools, and of every other step."""

from __future__ import annotations

from eia.findings import headlines
from eia.findings.assessment import Assessment
from eia.present.sections.extras.clear_steps import asked_of_steps
from eia.present.text.narrative import asked


def five_questions(assessment: Assessment) -> tuple[str, ...]:
    """The questions, most telling first: a clear gap at another step, such as who was downgraded, comes after the clear gaps of the three questions."""
    asks = headlines.asks(assessment)
    clear = [place for place, ask in enumerate(asks, start=1) if ask.finding and ask.finding.level == "found"]
    first = max(clear, default=0)
    texts = [asked(ask, assessment) for ask in asks]
    return tuple([*texts[:first], *asked_of_steps(assessment), *texts[first:]][: headlines.ASKED])
