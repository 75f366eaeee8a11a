"""Takes an Assessment; gives charts of the rule under change: each change that was tried, before and after, and each criterion left out in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from eia.findings.assessment import Assessment
from eia.findings.scenarios.changes import Changes
from eia.findings.scenarios.one_criterion import CountChange
from eia.present.charts.specs import Chart, PairRow, Pairs
from eia.present.sections.scenarios import tried_chart
from eia.present.text.numbers import people
from eia.present.text.scenarios import change_told, gap_groups, headline, name_of, so_many

Told = tuple[str, str, str, Chart]
LEFT_OUT = "each-criterion-left-out"
_LONGEST = 40  # letters of a name


def change_charts(assessment: Assessment) -> Iterator[Told]:
    """The name, the finding, what is counted, and the chart of each."""
    changes = assessment.changes
    if changes is None:
        return
    names: dict[str, int] = {}
    for tried in changes.tried:
        chart = tried_chart(tried)
        if chart:
            name = f"before-and-after-{_in_letters(tried.name)}"
            names[name] = names.get(name, 0) + 1
            told_apart = name if names[name] == 1 else f"{name}-again-{names[name]}"
            counted = f"Share selected of the people at risk, now and {change_told(tried.scenario)}"
            yield told_apart, headline(tried), counted, chart
    if changes.without_one:
        yield from _without_one(changes)


def _in_letters(name: str) -> str:
    """As many words of a name as a file's can have, in plain letters.

    >>> _in_letters("Absences for disability, and pregnancy, left out")
    'absences-for-disability-and-pregnancy'
    """
    words = re.findall(r"[a-z0-9]+", name.lower())
    ends = accumulate(len(word) + 1 for word in words)
    return "-".join(word[:_LONGEST] for word, end in zip(words, ends, strict=True) if end <= _LONGEST) or "change"


def _without_one(changes: Changes) -> Iterator[Told]:
    """How many of the group with the clearest gap would be selected without each criterion, beside how many are; nothing where none changes it."""
    for pair in gap_groups(changes)[:1]:
        told = [
            (left_out.criterion, change)
            for left_out in changes.without_one
            for change in left_out.groups
            if (change.characteristic, change.group.label) == pair
        ]
        criterion, most = max(told, key=lambda one: abs(one[1].selected[1] - one[1].selected[0]))
        now, then = most.selected
        if now == then:
            continue
        finding = f"Without “{criterion}”, {so_many(then, name_of(most))} would be selected instead of {people(now)}"
        chart = Pairs(
            title=finding,
            alt=" ".join(f"Without “{name}”: {people(one.selected[1])}." for name, one in told)
            + f" Now: {people(now)}.",
            rows=tuple(_row(name, one) for name, one in told),
            axis=f"Selected: {name_of(most)}",
            seen_label="If it is left out",
            even_label="As the rule stands",
        )
        yield LEFT_OUT, finding, "People selected, with each criterion left out in turn and nothing else changed", chart


def _row(criterion: str, change: CountChange) -> PairRow:
    now, then = change.selected
    return PairRow(label=criterion, seen=then, even=now, seen_text=people(then), even_text=people(now))
