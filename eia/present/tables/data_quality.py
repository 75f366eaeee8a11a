"""Takes the quality of a file; gives it in words and as a table: what is missing and where, and how far people stand out."""

from __future__ import annotations

from eia.intake.quality import Missing, Part, Quality
from eia.present.documents.model import Table, tabulated
from eia.present.text.numbers import people


def quality_words(quality: Quality) -> tuple[str, ...]:
    """What the file is worth, in sentences."""
    return (_headcount(quality), *_standing_out(quality))


def quality_table(quality: Quality) -> Table:
    """Answers missing of each characteristic: of all people, and by pool and outcome."""
    return tabulated(
        "Answers that are missing",
        quality.missing,
        {
            "Characteristic": lambda missing: missing.characteristic,
            "Prefer not to say": lambda missing: people(missing.declined),
            "Not recorded": lambda missing: people(missing.not_recorded),
            "Outside pools": lambda missing: _share(missing.outside),
            "In pools": lambda missing: _share(missing.inside),
            "Selected": lambda missing: _share(missing.selected),
            "Retained": lambda missing: _share(missing.retained),
            "By pool": _by_pool,
        },
        words=None,
    )


def _by_pool(missing: Missing) -> str:
    return f"{_share(missing.least)} to {_share(missing.most)}" if missing.least and missing.most else "–"


def _share(part: Part | None) -> str:
    return f"{part.missing / part.people:.0%}" if part and part.people else "–"


def _headcount(quality: Quality) -> str:
    counted = f"{people(quality.rows)} rows were read, and {people(quality.people)} people are counted."
    if quality.stated is None:
        return f"{counted} Compare that with the headcount that the employer states."
    if quality.stated == quality.people:
        return f"{counted} That is the headcount stated."
    gap = abs(quality.stated - quality.people)
    return f"{counted} The headcount stated is {people(quality.stated)}: {people(gap)} {'more' if quality.stated > quality.people else 'fewer'}. Ask why."


def _standing_out(quality: Quality) -> tuple[str, ...]:
    found = quality.standing_out
    said = (
        f"No name is kept, but {people(found.unique)} of {people(found.people)} people are the only one with their answers and "
        f"their pool together, and {people(found.few)} share theirs with fewer than nine others. Whoever knows them could "
        "find them in the file: keep it as you would keep their records."
    )
    if not found.unique:
        return (said,)
    title, left = next(iter(found.without.items()))
    if left == found.unique:
        return (said,)
    return (said, f"Coarser groups help, {title} most of all: without it {people(left)} would be the only one.")
