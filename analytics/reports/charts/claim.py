"""A claim as a line against what is known."""

from __future__ import annotations

import plotly.graph_objects as go

from analytics.model.interval import Interval

from .. import words
from .bars import whisker
from .canvas import INK, QUIET, SIGNAL, Chart, canvas, drawn, plain, write
from .rows import axis_end, number_axis, upright


def claim(
    claimed: Interval,
    known: Interval,
    unit: words.Unit = "people",
    *,
    bounds: Interval | None = None,
    ceiling: float | None = None,
    ceiling_label: str = "",
) -> Chart:
    """The claimed number, upright in red, over the interval that is known and its hard bounds.

    `ceiling`: what it can never be more than, such as the electorate, drawn where it helps to read the rest.
    """
    reading = (
        "Dark bar: what we know. "
        + ("Thin line: bounds that always hold. " if bounds else "")
        + "Red: what is claimed."
    )
    return drawn(lambda is_narrow: _draw(claimed, known, unit, bounds, ceiling, ceiling_label, is_narrow), reading)


def _draw(
    claimed: Interval, known: Interval, unit: words.Unit, bounds: Interval | None, ceiling: float | None,
    ceiling_label: str, is_narrow: bool,
) -> go.Figure:  # fmt: skip
    figure = canvas(is_narrow, 190, left=3, right=26, top=4)
    figure.update_yaxes(range=[150, 0])
    ends = [claimed.low, known.high, *([bounds.high] if bounds else []), *([ceiling] if ceiling is not None else [])]
    top = axis_end(ends) * 1.05
    _known(figure, known, bounds, top)
    _said_above(figure, f"known: {words.label(known, unit)}", known.low, top, 52)
    upright(figure, claimed.low, 30, 150, SIGNAL, 3)
    _said_above(figure, f"<b>claimed: {words.label(claimed, unit)}</b>", claimed.low, top, 16, SIGNAL)
    if ceiling is not None:
        upright(figure, ceiling, 60, 150, QUIET, 1.5, "dot")
        _said_above(figure, f"{plain(ceiling_label)}: {words.amount(ceiling, unit)}", ceiling, top, 128, QUIET)
    number_axis(figure, 0.0, top, unit)
    return figure


def _known(figure: go.Figure, known: Interval, bounds: Interval | None, top: float) -> None:
    high = min(known.high, top)
    if bounds is not None:
        whisker(figure, bounds, 84, top)
    figure.add_bar(x=[max(high - known.low, top * 0.004)], base=[known.low], y=[84], orientation="h", width=22,
                   marker={"color": INK, "line": {"width": 0}})  # fmt: skip


def _said_above(figure: go.Figure, text: str, x: float, top: float, y: float, colour: str = INK) -> None:
    """To the right of its mark where there is room, else to its left."""
    is_right = x < top * 0.6
    write(
        figure,
        text,
        x,
        y,
        xanchor="left" if is_right else "right",
        xshift=6 if is_right else -6,
        font={"color": colour},
    )
