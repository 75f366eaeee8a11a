"""A chart on the screen has room for its words: right of its longest bar, and for names on two lines."""

from eia.present.charts.plotly_figures import figure
from eia.present.charts.specs import PairRow, Pairs, RatesChart, RatesRow

LONG = "about 34 within each pool"


def pairs(label, even_text, rows=3):
    made = tuple(PairRow(label=label, seen=39, even=34.2, seen_text="39", even_text=even_text) for _ in range(rows))
    return figure(Pairs(title="Selected", alt="39 of them.", rows=made)).layout


def test_words_beside_the_longest_bar_are_not_cut_off():
    assert pairs("White", LONG).margin.r - pairs("White", "34").margin.r >= 5 * (len(LONG) - 2)
    made = RatesRow(label="A", group_rate=0.298, comparator_rate=0.1, group_text=LONG, comparator_text="10%")
    assert figure(RatesChart(title="Rates", alt="29.8%.", rows=(made,))).layout.margin.r >= 5 * len(LONG)


def test_names_on_two_lines_have_room_for_both():
    long = "Housing and neighbourhood services, north office (120 people)"
    assert pairs(long, "34").height > pairs("Housing", "34").height
