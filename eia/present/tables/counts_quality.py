"""Takes what a table of counts is worth; gives it in words and as a table: whom it counts, how exactly, and what does not fit."""

from __future__ import annotations

from eia.counts.data_quality import CountsQuality, Span
from eia.present.documents.model import Table, tabulated
from eia.present.text.numbers import people
from eia.present.text.words import listed, plural
from eia.stats.bounds.ranges import Range


def counts_quality_words(worth: CountsQuality) -> tuple[str, ...]:
    """What the table is worth, in sentences."""
    return (_agreement(worth), *_headcount(worth), _exactness(worth))


def counts_quality_table(worth: CountsQuality) -> Table:
    """Every characteristic: the people it counts, missing answers, and how many of its counts are ranges."""
    return tabulated(
        "What the table of counts is worth",
        worth.each,
        {
            "Characteristic": lambda one: one.characteristic,
            "People": lambda one: span(one.people),
            "In pools": lambda one: span(one.in_pools),
            "Prefer not to say": lambda one: span(one.declined),
            "Not recorded": lambda one: span(one.not_recorded),
            "Counts that are ranges": lambda one: f"{one.ranges} of {one.counts}",
            "Widest of these": lambda one: span(one.widest) if one.widest else "–",
        },
        notes=(
            "Every characteristic counts everybody anew. A count known as a range is given from the least to the most.",
        ),
    )


def span(ends: Span) -> str:
    """A number of people from the least to the most.

    >>> span((4, 4)), span((0, 1200))
    ('4', '0 to 1,200')
    """
    return people(Range(low=ends[0], high=ends[1]))


def _agreement(worth: CountsQuality) -> str:
    counted = listed([f"{span(one.people)} by {one.characteristic.lower()}" for one in worth.each])
    if worth.agree:
        return f"The table counts {counted}."
    return (
        f"The characteristics do not count the same people: {counted}. Somebody was left out, or they are of different days. Ask "
        "which, since those left out may differ from the rest."
    )


def _headcount(worth: CountsQuality) -> tuple[str, ...]:
    if worth.stated is None:
        return ("Compare that with the headcount that the employer states.",)
    apart = [(one, worth.apart(one)) for one in worth.each if worth.apart(one)]
    if not apart:
        return (f"The headcount stated, {people(worth.stated)}, fits.",)
    gaps = [
        f"{people(abs(gap))} {'more' if gap > 0 else 'fewer'} than by {one.characteristic.lower()}"
        for one, gap in apart
    ]
    return (f"The headcount stated is {people(worth.stated)}: {listed(gaps)}. Ask why.",)


def _exactness(worth: CountsQuality) -> str:
    ranges, counts = sum(one.ranges for one in worth.each), sum(one.counts for one in worth.each)
    if not ranges:
        return "Every count is exact."
    return (
        f"Of {plural(counts, 'count', 'counts')} {ranges} {'is' if ranges == 1 else 'are'} known as ranges only. Totals by pool would "
        "narrow them; the exact counts would answer more."
    )
