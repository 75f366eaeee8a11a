"""Takes an Assessment; gives the five questions to put to the employer, each with its figure: of selection, of jobs and pools, and of every other step."""

from __future__ import annotations

from eia.findings import headlines
from eia.findings.assessment import Assessment
from eia.present.sections.extras.clear_steps import clearest_of_each_step
from eia.present.text.narrative import asked


def five_questions(assessment: Assessment) -> tuple[str, ...]:
    """The questions, most telling first: a clear gap at another step, such as who was downgraded, comes after the clear gaps of the three questions."""
    asks = headlines.asks(assessment)
    clear = [place for place, ask in enumerate(asks, start=1) if ask.finding and ask.finding.level == "found"]
    first = max(clear, default=0)
    of_steps = [f"{told} How was each of these decided, and by whom?" for told in clearest_of_each_step(assessment)]
    texts = [asked(ask, assessment) for ask in asks]
    return tuple([*texts[:first], *of_steps, *texts[first:]][: headlines.ASKED])
