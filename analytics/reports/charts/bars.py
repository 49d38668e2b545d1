"""Bars that show how sure we are: solid as far as is certain, hatched as far as it may go, thin to the bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from analytics.model.interval import Interval
from analytics.model.values import State

from .. import words
from .canvas import CONTEXT, INK, SIGNAL, Chart, drawn
from .rows import Row, axis_end, end_label, number_axis, row_canvas, upright

_THICK: Final = 16  # px


@dataclass(frozen=True, slots=True)
class Bar:
    """One number. Solid to `value.low`, hatched to `value.high`; hatched whole where `state` is "modelled".

    `point` is the best single number, `bounds` what always holds. No value: `state` says why ("suppressed",
    "unavailable"). `is_key`: the one the finding is about. `said`: the label, where the number is not enough.
    """

    label: str
    value: Interval | None
    state: State = "observed"
    point: float | None = None
    bounds: Interval | None = None
    is_key: bool = False
    said: str = ""
    group: str = ""


def bars(rows: Sequence[Bar], unit: words.Unit = "count", currency: str = "GBP") -> Chart:
    """One bar a row, in the order given; rows in sequence of one `group` have it as their heading."""
    named = [Row(row.label, _said(row, unit, currency), row.group, row.is_key) for row in rows]
    return drawn(lambda is_narrow: _draw(rows, named, unit, currency, is_narrow), _reading(rows))


def _said(row: Bar, unit: words.Unit, currency: str) -> str:
    return row.said or (words.label(row.value, unit, currency) if row.value is not None else row.state)


def _draw(rows: Sequence[Bar], named: Sequence[Row], unit: words.Unit, currency: str, is_narrow: bool) -> go.Figure:
    on = row_canvas(named, is_narrow)
    top = axis_end(end for row in rows for end in _ends(row))
    for row, name, y in zip(rows, named, on.ys, strict=True):
        end_label(on.figure, name, _bar(on.figure, row, y, top), y)
    number_axis(on.figure, 0.0, top, unit, currency)
    return on.figure


def _ends(row: Bar) -> list[float]:
    return [span.high for span in (row.value, row.bounds) if span is not None]


def _bar(figure: go.Figure, row: Bar, y: float, top: float) -> float:
    """Draws it; where it ends."""
    if row.value is None:
        return 0.0
    colour = SIGNAL if row.is_key else CONTEXT
    certain, high = (0.0 if row.state == "modelled" else row.value.low), min(row.value.high, top)
    place = {"y": [y], "orientation": "h", "width": _THICK}
    figure.add_bar(x=[certain], marker={"color": colour, "line": {"width": 0}}, **place)
    if high > certain:
        figure.add_bar(x=[high - certain], base=[certain], marker=hatched(colour), **place)
    if row.bounds is not None:
        whisker(figure, row.bounds, y, top)
        high = max(high, min(row.bounds.high, top))
    if row.point is not None:
        upright(figure, row.point, y - _THICK * 0.7, y + _THICK * 0.7, INK, 2.5)
    return high


def hatched(colour: str) -> dict[str, object]:
    """A bar that may be, not one that is."""
    pattern = {
        "shape": "/",
        "size": 5,
        "solidity": 0.3,
        "fgcolor": colour,
        "bgcolor": "rgba(0,0,0,0)",
        "fillmode": "replace",
    }
    return {"color": colour, "pattern": pattern, "line": {"color": colour, "width": 1}}


def whisker(figure: go.Figure, span: Interval, y: float, top: float, colour: str = INK) -> None:
    """A thin line from end to end with a cap at each; no cap where it has no end."""
    high = min(span.high, top)
    figure.add_shape(type="line", x0=span.low, x1=high, y0=y, y1=y, line={"color": colour, "width": 1.25})
    for cap in [span.low] + ([] if math.isinf(span.high) else [high]):
        upright(figure, cap, y - 5, y + 5, colour, 1.25)


def _reading(rows: Sequence[Bar]) -> str:
    is_open = any(row.value and not row.value.is_exact and row.state != "modelled" for row in rows)
    parts = (
        ("Solid: certain. Hatched: as much as it may be.", is_open),
        ("Hatched from nought: modelled.", any(row.state == "modelled" and row.value for row in rows)),
        ("Black tick: the best single number.", any(row.point is not None for row in rows)),
        ("Thin line: bounds that always hold.", any(row.bounds for row in rows)),
    )
    return " ".join(text for text, is_there in parts if is_there)
