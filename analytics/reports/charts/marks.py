"""What is drawn: solid for what is certain, hatched for what may be, thin lines for bounds. y counts px downwards.

Hatching is drawn as lines: a browser's own patterns swell a printed page to megabytes.
"""

from __future__ import annotations

import math
from typing import Final

from analytics.model.interval import Interval

from .canvas import INK, Canvas

_STEP: Final = 6.0  # px between the lines of a hatching


def solid(figure: Canvas, x0: float, x1: float, y: float, thick: float, colour: str) -> None:
    """A bar from x0 to x1, `thick` px around y."""
    marker = {"color": colour, "line": {"width": 0}}
    figure.bar(x=[x1 - x0], base=[x0], y=[y], width=thick, marker=marker)


def hatched(figure: Canvas, x0: float, x1: float, y: float, thick: float, colour: str, px: float) -> None:
    """The outline of a bar with lines in it, as in //. `px`: how much of x one px is."""
    wide = abs(x1 - x0) / px
    left, top = min(x0, x1), y - thick / 2
    xs: list[float | None] = [0, wide, wide, 0, 0, None]
    ys: list[float | None] = [0, 0, thick, thick, 0, None]
    for line in range(1, math.ceil((wide + thick) / _STEP)):
        away = line * _STEP  # x + y along it
        xs += [max(0.0, away - thick), min(wide, away), None]
        ys += [min(thick, away), max(0.0, away - wide), None]
    figure.scatter(
        x=[None if x is None else left + x * px for x in xs],
        y=[None if y is None else top + y for y in ys],
        mode="lines",
        line={"color": colour, "width": 1},
    )


def whisker(figure: Canvas, span: Interval, y: float, top: float, colour: str = INK) -> None:
    """A thin line from end to end with a cap at each; an arrow where it goes on beyond `top`."""
    level(figure, span.low, min(span.high, top), y, colour, 1.25)
    for cap in (span.low, span.high):
        if cap <= top:
            upright(figure, cap, y - 5, y + 5, colour, 1.25)
    if span.high > top:
        figure.write("▶", top, y, xanchor="center", font={"size": 9, "color": colour})


def upright(figure: Canvas, x: float, y0: float, y1: float, colour: str, width: float, dash: str = "solid") -> None:
    """A vertical line."""
    figure.shape(type="line", x0=x, x1=x, y0=y0, y1=y1, line={"color": colour, "width": width, "dash": dash})


def level(figure: Canvas, x0: float, x1: float, y: float, colour: str, width: float, layer: str = "above") -> None:
    """A horizontal line."""
    figure.shape(type="line", x0=x0, x1=x1, y0=y, y1=y, line={"color": colour, "width": width}, layer=layer)


def dot(figure: Canvas, x: float, y: float, colour: str, size: float = 11) -> None:
    """A round mark."""
    figure.scatter(x=[x], y=[y], mode="markers", marker={"color": colour, "size": size, "line": {"width": 0}})
