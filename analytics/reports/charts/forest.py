"""Rates under each other, each with its interval; those that can't be told apart stand together in one band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.model.interval import Interval

from .. import words
from .canvas import INK, QUIET, SIGNAL, Canvas, Chart, drawn, plain
from .marks import dot, level, upright
from .rows import Row, RowCanvas, axis_end, column_label, number_axis, row_canvas

_BAND = "rgba(18,22,27,0.045)"


@dataclass(frozen=True, slots=True)
class Rate:
    """`tie`: rows in sequence of one name can't be told apart; "" stands alone. `detail` is quiet, after the label."""

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
    named = [Row(row.label, words.amount(row.point, unit), detail=row.detail, is_key=row.is_key) for row in rows]
    reading = "Dot: the rate. Line: its interval."
    if any(row.tie for row in rows):
        reading += " Rows in one grey band can't be told apart."
    return drawn(lambda is_narrow: _draw(rows, named, unit, usual, usual_label, is_narrow), reading)


def _draw(
    rows: Sequence[Rate], named: Sequence[Row], unit: words.Unit, usual: float | None, usual_label: str, is_narrow: bool
) -> Canvas:
    on = row_canvas(named, is_narrow, above=24 if usual is not None else 0, has_column=True)
    top = axis_end([*(row.interval for row in rows), Interval.exactly(usual or 0.0)]) * 1.03
    _bands(on, rows)
    if usual is not None:
        _usual(on, usual, f"{plain(usual_label)}: {words.amount(usual, unit)}", is_narrow)
    for place, (row, y) in enumerate(zip(rows, on.ys, strict=True)):
        colour = SIGNAL if row.is_key else INK
        level(on.figure, row.interval.low, row.interval.high, y, colour, 2)
        dot(on.figure, row.point, y, colour)
        said = f"<b>{words.amount(row.point, unit)}</b>"
        column_label(on, place, said, is_narrow)
    number_axis(on.figure, 0.0, top, unit)
    return on.figure


def _usual(on: RowCanvas, usual: float, said: str, is_narrow: bool) -> None:
    """Dotted, through the marks but not through the labels."""
    for above, below in on.edges:
        upright(on.figure, usual, above + (22 if is_narrow else 0), below, QUIET, 1.25, "dot")
    on.figure.write(said, usual, 9, xanchor="center", font={"size": 12, "color": QUIET})


def _bands(on: RowCanvas, rows: Sequence[Rate]) -> None:
    """One grey band behind each run of rows of one tie, from edge to edge."""
    left, right = on.figure.left / on.width, on.figure.right / on.width
    band = {"x0": -left, "x1": 1 + right, "fillcolor": _BAND, "line": {"width": 0}}
    start = 0
    for place in range(1, len(rows) + 1):
        if place < len(rows) and rows[place].tie and rows[place].tie == rows[start].tie:
            continue
        if place - start > 1:
            above, below = on.edges[start][0] + 1, on.edges[place - 1][1] - 1
            on.figure.shape(type="rect", xref="paper", y0=above, y1=below, layer="below", **band)
        start = place
