"""What every chart stands on: its two widths, its colours, its type.

A chart is drawn twice, for a page (WIDE) and for a phone (NARROW); the page's script shows the one that fits. It is
static: nothing moves, nothing has to be hovered over.
"""

from __future__ import annotations

import html
import math
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import plotly.graph_objects as go

WIDE: Final = 860  # px, the page's column; on A4 it is shrunk to four fifths
NARROW: Final = 358  # a phone of 390 px less its margins
INK: Final = "#12161B"
PAPER: Final = "#FAF8F4"
SIGNAL: Final = "#D7263D"
QUIET: Final = "#6B7280"  # words that are not the point
CONTEXT: Final = "#8F8C84"  # bars and dots that are not the point: 3:1 on paper
LINE: Final = "#E3DFD6"
BLUE: Final = "#1F6FB2"
ORANGE: Final = "#B85504"
FONT: Final = "Inter, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif"
SIZE: Final = 13
_LETTER: Final = 7.0  # px, a letter of Inter at 13 px on average, a little generous
Marks = dict[str, object]  # of plotly's JSON
_LAYOUT: Final[Marks] = {
    "font": {"family": FONT, "size": SIZE, "color": INK},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "showlegend": False,
    "barmode": "overlay",
}
_LABEL: Final[Marks] = {"showarrow": False, "xanchor": "left", "yanchor": "middle", "align": "left", "borderpad": 0}
_AXIS: Final[Marks] = {
    "showgrid": True,
    "gridcolor": LINE,
    "gridwidth": 1,
    "zeroline": False,
    "nticks": 5,
    "tickfont": {"color": QUIET, "size": 12},
    "ticks": "",
    "fixedrange": True,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """The same drawing for a page and for a phone. `reading` says in a line how to read it; "" where that is plain."""

    wide: Canvas
    narrow: Canvas
    reading: str = ""


def drawn(draw: Callable[[bool], Canvas], reading: str = "") -> Chart:
    """`draw(is_narrow)` called for both widths."""
    return Chart(draw(False), draw(True), reading)


class Canvas:
    """A plotly figure in the making, as plain dicts: plotly's own objects check every mark anew, which takes seconds.

    The margins in px are for labels. `figure` gives plotly's object, checked, for a notebook.
    """

    def __init__(
        self, is_narrow: bool, height: int, *, left: int = 0, right: int = 0, top: int = 8, bottom: int = 32
    ) -> None:
        self.width, self.height, self.left, self.right = (NARROW if is_narrow else WIDE), max(height, 10), left, right
        self.margin: Marks = {"l": left, "r": right, "t": top, "b": bottom, "pad": 0}
        self.traces: list[Marks] = []
        self.shapes: list[Marks] = []
        self.labels: list[Marks] = []
        self.x: Marks = dict(_AXIS)
        self.y: Marks = {"visible": False, "fixedrange": True}

    def scatter(self, **marks: object) -> None:
        self.traces.append({"type": "scatter", **marks})

    def bar(self, **marks: object) -> None:
        self.traces.append({"type": "bar", "orientation": "h", **marks})

    def shape(self, **marks: object) -> None:
        self.shapes.append(marks)

    def write(self, text: str, x: object, y: object, **options: object) -> None:
        """A label at (x, y) in data, left-aligned and centred on its line unless told; `text` is escaped already."""
        self.labels.append({"text": text, "x": x, "y": y, **_LABEL, **options})

    def json(self) -> Marks:
        """As plotly.js takes it."""
        size = {"width": self.width, "height": self.height, "margin": self.margin}
        marks = {"xaxis": self.x, "yaxis": self.y, "shapes": self.shapes, "annotations": self.labels}
        return {"data": self.traces, "layout": {**_LAYOUT, **size, **marks}}

    def figure(self) -> go.Figure:
        """plotly's own. ValueError: it is none."""
        import plotly.graph_objects as go

        return go.Figure(self.json())


def known(numbers: Iterable[float]) -> list[float | None]:
    """NaN is None in JSON, and a gap in a line."""
    return [None if math.isnan(number) else float(number) for number in numbers]


def plain(text: str) -> str:
    """Text of others, as plotly may show it: it reads a few HTML tags in every label."""
    return html.escape(text, quote=False)


def wrapped(text: str, letters: int, lines: int = 2) -> str:
    """At most that many lines of about that many letters, escaped; what does not fit ends in …"""
    parts = textwrap.wrap(text, letters, max_lines=lines, placeholder=" …") or [""]
    return "<br>".join(plain(part) for part in parts)


def width_of(texts: list[str], size: int = SIZE) -> int:
    """About how many px the longest of them is wide."""
    return round(max((len(text) for text in texts), default=0) * _LETTER * size / SIZE)
