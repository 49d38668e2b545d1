"""Rates under each other, each with its interval; those that can't be told apart stand together in one band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.model.interval import Interval

from .. import words
from .canvas import INK, QUIET, SIGNAL, Chart, drawn, plain, write
from .rows import Row, axis_end, end_label, level, number_axis, row_canvas, upright

_BAND = "rgba(18,22,27,0.045)"


@dataclass(frozen=True, slots=True)
class Rate:
    """`tie`: rows in sequence of one name can't be told apart; "" stands alone. `detail` is said after the label."""

    label: str
    point: float
    interval: Interval
    tie: str = ""
    detail: str = ""
    is_key: bool = False


def forest(
    rows: Sequence[Rate], unit: words.Unit = "share", usual: float | None = None, usual_label: str = "usual"
) -> Chart:
    """In the order given, best first. `usual`: a dashed upright to compare with, such as the page's own average."""
    named = [Row(_name(row), words.amount(row.point, unit), is_key=row.is_key) for row in rows]
    reading = "Dot: the rate. Line: where it lies nine times in ten."
    if any(row.tie for row in rows):
        reading += " Clips in one grey band can't be told apart."
    return drawn(lambda is_narrow: _draw(rows, named, unit, usual, usual_label, is_narrow), reading)


def _name(row: Rate) -> str:
    return f"{row.label} ({row.detail})" if row.detail else row.label


def _draw(
    rows: Sequence[Rate], named: Sequence[Row], unit: words.Unit, usual: float | None, usual_label: str, is_narrow: bool
) -> go.Figure:
    on = row_canvas(named, is_narrow, above=24 if usual is not None else 0)
    top = axis_end([row.interval.high for row in rows] + ([usual] if usual is not None else [])) * 1.03
    _bands(on.figure, rows, on.ys, 50 if is_narrow else 34, 9 if is_narrow else 0)
    if usual is not None:
        upright(on.figure, usual, 20, on.bottom, QUIET, 1.25, "dot")
        write(
            on.figure,
            f"{plain(usual_label)} {words.amount(usual, unit)}",
            usual,
            9,
            xanchor="center",
            font={"size": 12, "color": QUIET},
        )
    for row, name, y in zip(rows, named, on.ys, strict=True):
        colour = SIGNAL if row.is_key else INK
        level(on.figure, row.interval.low, row.interval.high, y, colour, 2)
        on.figure.add_scatter(x=[row.point], y=[y], mode="markers", marker={"color": colour, "size": 10})
        end_label(on.figure, name, top, y)
    number_axis(on.figure, 0.0, top, unit)
    return on.figure


def _bands(figure: go.Figure, rows: Sequence[Rate], ys: Sequence[float], pitch: int, lower: int) -> None:
    """One grey band behind each run of rows of one tie."""
    start = 0
    for place in range(1, len(rows) + 1):
        if place < len(rows) and rows[place].tie and rows[place].tie == rows[start].tie:
            continue
        if place - start > 1:
            above, below = ys[start] - pitch / 2 - lower + 3, ys[place - 1] + pitch / 2 - lower - 3
            band = {"fillcolor": _BAND, "line": {"width": 0}, "layer": "below"}
            figure.add_shape(type="rect", xref="paper", x0=0, x1=1, y0=above, y1=below, **band)
        start = place
