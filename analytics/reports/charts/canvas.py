"""What every chart stands on: its two widths, its colours, its type.

A chart is drawn twice, for a page (WIDE) and for a phone (NARROW); the page's script shows the one that fits. It is
static: nothing moves, nothing has to be hovered over.
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

WIDE: Final = 860  # px, the page's column; on A4 it is shrunk to four fifths
NARROW: Final = 358  # a phone of 390 px less its margins
INK: Final = "#12161B"
PAPER: Final = "#FAF8F4"
SIGNAL: Final = "#D7263D"
QUIET: Final = "#6B7280"  # words that are not the point
CONTEXT: Final = "#A9A69E"  # bars and dots that are not the point
LINE: Final = "#E3DFD6"
BLUE: Final = "#1F6FB2"
ORANGE: Final = "#B85504"
FONT: Final = "Inter, system-ui, 'Segoe UI', Helvetica, Arial, sans-serif"
SIZE: Final = 13
_LETTER: Final = 7.0  # px, a letter of Inter at 13 px on average, a little generous


@dataclass(frozen=True, slots=True)
class Chart:
    """The same drawing for a page and for a phone. `reading` says in a line how to read it; "" where that is plain."""

    wide: go.Figure
    narrow: go.Figure
    reading: str = ""


def drawn(draw: Callable[[bool], go.Figure], reading: str = "") -> Chart:
    """`draw(is_narrow)` called for both widths."""
    return Chart(draw(False), draw(True), reading)


def canvas(is_narrow: bool, height: int, *, left: int = 0, right: int = 0, top: int = 8, bottom: int = 32) -> go.Figure:
    """An empty drawing; the margins in px are for labels."""
    figure = go.Figure(
        layout={
            "width": NARROW if is_narrow else WIDE,
            "height": height,
            "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
            "font": {"family": FONT, "size": SIZE, "color": INK},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "barmode": "overlay",
            "template": {},
        }
    )
    return figure.update_xaxes(**AXIS).update_yaxes(visible=False, fixedrange=True)


AXIS: Final = {
    "showgrid": True,
    "gridcolor": LINE,
    "gridwidth": 1,
    "zeroline": False,
    "nticks": 5,
    "tickfont": {"color": QUIET, "size": 12},
    "ticks": "",
    "fixedrange": True,
}


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


def write(figure: go.Figure, text: str, x: object, y: object, **options: object) -> None:
    """A label at (x, y) in data, left-aligned and centred on its line unless told; `text` is escaped already."""
    figure.add_annotation(
        **{
            "text": text, "x": x, "y": y, "showarrow": False, "xanchor": "left", "yanchor": "middle", "align": "left",
            "borderpad": 0, **options,
        }
    )  # fmt: skip
