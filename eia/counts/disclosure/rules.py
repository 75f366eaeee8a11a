"""Takes the name of a set of rules; gives the Rules: which counts may be published, and how they are rounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from eia.errors import EiaError, Fault

SENSITIVE = frozenset({"gender_reassignment", "sexual_orientation", "pregnancy_maternity", "family_leave"})
"""Never published by whether people are at risk or selected, at any size and under any rules."""

TOLD_OTHERWISE: Mapping[str, str] = {
    "race": "race_group", "impairment": "disability", "contract_short": "contract", "gender": "sex", "family_leave": "pregnancy_maternity",
}  # fmt: skip
"""What tells the same people in another way: of both only the second is published, or their difference would give people away."""

TO = 5
"""Whole number to which “if even” is rounded, under any rules."""

MEANINGS: Mapping[str, str] = {
    "0": "Nobody.",
    "[c]": "Withheld: too few people, or everybody or nobody was selected, or another number could be worked out from it. It is not a finding.",
    "[z]": "Not asked: the employer's file does not have it.",
}
"""The three marks, and what each says. What is too small and what is withheld for its sake share one mark, or the mark gives it away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Which counts may be published.

    key: the name of the rules. title: in words. group: the fewest people of a group, in the workforce or at risk, whose number is shown.
    side: the fewest selected, and not selected, for either to be shown. base: numbers are multiples of it. adds_up: whether numbers are
    rounded so that they add up, and not each to the nearest multiple. relaxed: where they allow more than the default, and why.
    """

    key: str
    title: str
    group: int
    side: int
    base: int
    adds_up: bool = False
    relaxed: tuple[str, ...] = ()

    @property
    def off(self) -> int:
        """How far at most a number that is shown lies from the count."""
        return (self.base - 1) if self.adds_up else self.base // 2


DEFAULT = "default"
PRESETS: Mapping[str, Rules] = {
    rules.key: rules
    for rules in (
        Rules(key=DEFAULT, title="Groups of 10 or more, every number rounded up or down to a multiple of 5", group=10, side=5, base=5, adds_up=True),
        Rules(key="hesa", title="Every number rounded to the nearest 5; 0, 1 and 2 withheld", group=3, side=3, base=5, relaxed=(
            "Groups of 3 to 9 people are shown, rounded. Reason: the rounding that HESA asks of universities and colleges does not leave them out.",
            "Three or four people on one side are shown as 5. Reason: the same.",
        )),
        Rules(key="ofqual", title="Every number rounded to the nearest 5; fewer than 5 withheld", group=5, side=5, base=5, relaxed=(
            "Groups of 5 to 9 people are shown, rounded. Reason: Ofqual's rounding policy withholds fewer than 5 only.",
        )),
        Rules(key="below-5", title="Fewer than 5 withheld, every other number exact", group=5, side=5, base=1, relaxed=(
            "Groups of 5 to 9 people are shown. Reason: fewer than 5 is the threshold that many employers have used.",
            "Numbers are exact. Reason: these rules withhold further numbers in place of rounding.",
        )),
    )
}  # fmt: skip


def rules_called(name: str, *, smallest: int = 10, reason: str = "") -> Rules:
    """Give the rules of this name. smallest: the smallest group that the case lets be shown, which the default rules take. reason: why
    they are used, in the words of whoever publishes.

    Raises EiaError where there are no such rules, or where a smaller group is to be shown without a reason.

    >>> rules_called("default").group, rules_called("default", smallest=20).group
    (10, 20)
    """
    if name not in PRESETS:
        raise EiaError(Fault(code="no-such-rules", what="There are no rules for publishing by this name.", allowed=", ".join(PRESETS),
                             do="Name one of them, or leave --rules out."))  # fmt: skip
    rules, usual = PRESETS[name], PRESETS[DEFAULT].group
    said = (f"These rules were chosen. Reason given: {reason}",) if reason and name != DEFAULT else ()
    if smallest >= usual or name != DEFAULT:
        group = max(rules.group, smallest) if smallest > usual else rules.group
        return replace(rules, group=group, relaxed=(*rules.relaxed, *said))
    if not reason:
        raise EiaError(Fault(code="no-reason", what=f"The case lets groups of fewer than {usual} people be published, and no reason is given.",
                             file="case.toml", column="publication", allowed=f"smallest_count of {usual} or more, or a reason",
                             do="Give the reason with --reason, or take smallest_count out."))  # fmt: skip
    relaxed = (f"Groups of {smallest} to {usual - 1} people are shown, rounded. Reason given: {reason}",)
    title = f"Groups of {smallest} or more, every number rounded up or down to a multiple of 5"
    return replace(rules, title=title, group=smallest, side=min(rules.side, smallest), relaxed=relaxed)
