"""Takes nothing; gives how charts look on paper and on the screen: colours, fonts, and a mark for each level of evidence.

Every level has its own shape, and its own words beside it; colour only repeats them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from eia.present.charts.specs import Level, Stage

BLUE, ORANGE, TEAL, PLUM, GREY = "#12436D", "#F46A25", "#28A197", "#801650", "#3D3D3D"
INK, SOFT, HAIR, BOND, SHADE, PAPER = "#1A1A1A", "#595959", "#DADADA", "#9AA3AD", "#ECEFF3", "#FFFFFF"
FONTS = ["Arial", "Helvetica", "Liberation Sans", "DejaVu Sans"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one level of evidence is drawn: shape of the mark, colour, filled or not, and a solid or broken interval."""

    shape: Literal["diamond", "square", "circle", "none"]
    colour: str
    filled: bool = True
    broken: bool = False


LOOKS: dict[Level, Look] = {
    "found against": Look(shape="diamond", colour=PLUM),
    "found for": Look(shape="square", colour=TEAL),
    "stands_out": Look(shape="diamond", colour=ORANGE, filled=False),
    "cannot_say": Look(shape="circle", colour=GREY, filled=False, broken=True),
    "not_found": Look(shape="circle", colour=BLUE),
    "not_tested": Look(shape="none", colour=GREY),
}
THIS, OTHER = Look(shape="diamond", colour=BLUE), Look(shape="circle", colour=GREY, filled=False)
SEEN, EVEN = Look(shape="square", colour=PLUM), Look(shape="square", colour=BOND)
OF_STAGES: dict[Stage, Look] = {"staff": EVEN, "at_risk": Look(shape="square", colour=BLUE), "selected": SEEN}
