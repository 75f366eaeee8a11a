"""Takes an Assessment; gives what its scores show, in sentences and tables. Nobody is pointed at: counts of a pool, no rows."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.findings.supplementary.score_gaps import ScoreGap, ScoresLook
from eia.present.documents.model import Table, tabulated
from eia.present.text.contrasts import CLUSTERED, DESCRIPTIVE, contrast_cells
from eia.present.text.numbers import how_often, people, pvalue
from eia.present.text.supplementary import characteristic_of
from eia.present.text.words import capital, group_name, listed, plural

UNDER_TEST = "Scores are the practice under test: no finding allows for them. A gap in scores says where to look, and not whether the scores are right."
_MINUS = "−"
_TOLD = 3


def scores_told(assessment: Assessment) -> tuple[str, ...]:
    """What the scores show, in sentences; none where there are no scores."""
    look = assessment.further.scores
    return tuple(_told(assessment, look)) if look else ()


def scores_tables(assessment: Assessment) -> tuple[Table, ...]:
    """How scores differ between groups, and the pools in which others than the lowest went; those with any rows."""
    look = assessment.further.scores
    made = (_gaps_table(assessment, look), _orders_table(assessment, look)) if look else ()
    return tuple(table for table in made if table.rows)


def gap_told(assessment: Assessment, gap: ScoreGap) -> str:
    """A gap in which a group scores lower, as a clause: whose marks, by what, and by how much. It begins in small letters, and names no p."""
    characteristic = characteristic_of(assessment, gap.characteristic)
    by = "in total" if gap.criterion is None else f"on “{gap.criterion}”"
    return f"{group_name(characteristic, gap.group)} score {marks(-gap.contrast.estimate)} lower {by} than everyone else in the same pools"


def marks(value: float) -> str:
    """Marks: whole from 100 on, else to one decimal.

    >>> marks(7.25), marks(641.6), marks(-0.04)
    ('7.2', '642', '0.0')
    """
    shown = f"{abs(value):,.0f}" if abs(value) >= 100 else f"{abs(value):.1f}"
    return f"{_MINUS if value < 0 and float(shown.replace(',', '')) else ''}{shown}"


def _signed(value: float) -> str:
    shown = marks(value)
    return f"+{shown}" if value > 0 and shown != marks(0) else shown


def _told(assessment: Assessment, look: ScoresLook) -> Iterator[str]:
    yield _what_there_is(look)
    found = look.apart(assessment.case.analysis.alpha)
    searched = f"{plural(len(look.gaps), 'comparison', 'comparisons')} of scores"
    for gap in found[:_TOLD]:
        yield (
            f"{capital(gap_told(assessment, gap))}. This was found by searching {searched}: allowing for all of them, chance would do it "
            f"{how_often(gap.adjusted_p)}."
        )
    if len(found) > _TOLD:
        yield f"{people(len(found) - _TOLD)} more of these comparisons stand out; the table has them all."
    if look.gaps and not found:
        yield f"Of {searched}, no group scores lower by a clear gap. Small pools can hide one."
    if look.most:
        name = group_name(characteristic_of(assessment, look.most.characteristic), look.most.group)
        yield f"The criterion that separates groups most is “{look.most.criterion}”, by {name} and everyone else."
    if look.orders:
        yield _orders(look)
    yield UNDER_TEST


def _what_there_is(look: ScoresLook) -> str:
    named = [f"“{one.name}”" + ("" if one.weight is None else f" (weight {one.weight:g})") for one in look.criteria]
    criteria = f" on {listed(named)}" if named else ""
    total = ""
    if look.total_given:
        total = " The total is the one given."
    elif any(gap.criterion is None for gap in look.gaps) or look.orders:
        total = " The total is worked out from the scores and their weights."
    without = f"; {people(look.not_scored)} have no score" if look.not_scored else ""
    return f"{plural(look.scored, 'person', 'people')} in pools scored{criteria}{without}.{total}"


def _orders(look: ScoresLook) -> str:
    turned = [order for order in look.orders if order.above]
    tied = [order for order in look.orders if order.tied]
    base = f"{plural(len(look.orders), 'pool', 'pools')} where some go and some stay"
    if turned:
        above, below = sum(order.above for order in turned), sum(order.below for order in turned)
        said = (
            f"In {people(len(turned))} of {base}, {plural(above, 'person was', 'people were')} selected with a higher total than somebody "
            f"retained in the same pool, and {people(below)} retained with a lower one than somebody selected. If the lowest scores are selected, ask why."
        )
    else:
        said = f"In none of {base} was anybody selected with a higher total than somebody retained."
    if tied:
        said += (
            f" In {people(len(tied))}, {plural(sum(order.tied for order in tied), 'person was', 'people were')} selected with the same total "
            "as somebody retained: ask what decided between them."
        )
    return said


def _gaps_table(assessment: Assessment, look: ScoresLook) -> Table:
    return tabulated(
        "Scores by group, inside pools",
        look.gaps,
        {
            "Group": lambda gap: gap.group.label,
            "Criterion": lambda gap: "Total" if gap.criterion is None else gap.criterion,
            "Of the group": lambda gap: people(gap.contrast.of_group),
            "People compared": lambda gap: people(gap.contrast.people),
            "Mean": lambda gap: marks(gap.mean),
            "Difference": lambda gap: contrast_cells(gap.contrast, _signed)[0],
            "Interval": lambda gap: contrast_cells(gap.contrast, _signed)[1],
            "p, alone": lambda gap: pvalue(gap.pvalue),
            "p, all of these": lambda gap: pvalue(gap.adjusted_p),
        },
        words=("Criterion",),
        under=lambda gap: characteristic_of(assessment, gap.characteristic).title,
        notes=(
            "Difference: of the group's marks from those of everyone else whose answer is known, in the same pools (ordinary least squares with "
            f"an effect of each pool). {CLUSTERED}",
            "p: van Elteren's test, by sharing out the marks of each pool again at random. Found by searching: all these comparisons are a family of their "
            f"own, for which Holm's method allows. {DESCRIPTIVE}",
            "A group of fewer than five people in such pools, or with fewer than five others, is left out: its mean would tell somebody's marks.",
            UNDER_TEST,
        ),
    )


def _orders_table(assessment: Assessment, look: ScoresLook) -> Table:
    pools = assessment.cube.layout.pools
    return tabulated(
        "Pools in which others than the lowest totals were selected, or equal ones decided otherwise",
        [order for order in look.orders if order.above or order.tied],
        {
            "Pool": lambda order: pools[order.pool],
            "With a total": lambda order: people(order.people),
            "Selected": lambda order: people(order.selected),
            "Selected above somebody retained": lambda order: people(order.above),
            "Retained below somebody selected": lambda order: people(order.below),
            "Selected level with somebody retained": lambda order: people(order.tied),
        },
        notes=(
            "Counts only, taking it that the lowest total goes. There may be a reason, such as another criterion that decides: ask.",
        ),
    )
