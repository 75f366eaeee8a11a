"""Takes nothing; loads what the first answer needs while the first visitor still reads the first page."""

from __future__ import annotations

from functools import cache

from eia.case import Case
from eia.dashboard.opened import Sources, assessed
from eia.intake.evidence import Upload
from eia.present.charts_screen import figure
from eia.present.figures import figure as spec

_STAFF = b"sex,pool,selected\nF,A,yes\nF,A,no\nM,A,yes\nM,A,no\n"


@cache
def ready() -> None:
    """Assess four invented people and draw the chart, once for the whole server."""
    chart = spec(assessed(Case(), Sources(main=Upload(name="staff.csv", content=_STAFF))), "selection")
    if chart is not None:
        figure(chart)
