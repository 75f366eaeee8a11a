"""Takes nothing; loads what the first answer needs while the first visitor still reads the first page."""

from __future__ import annotations

from functools import cache

from eia.case import Case
from eia.dashboard.open_files import Sources, read_and_assessed
from eia.intake.evidence import Upload
from eia.present.charts.from_assessment import figure as spec
from eia.present.charts.plotly_figures import figure

_STAFF = b"sex,pool,selected\nF,A,yes\nF,A,no\nM,A,yes\nM,A,no\n"


@cache
def ready() -> None:
    """Assess four invented people and draw the chart, once for the whole server."""
    _, made = read_and_assessed(Case(), Sources(uploads={"main": Upload(name="staff.csv", content=_STAFF)}))
    if made is not None and (chart := spec(made, "selection")) is not None:
        figure(chart)
