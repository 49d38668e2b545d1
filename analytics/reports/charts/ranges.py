"""Ranges that float: spend or impressions known only between two numbers, by demographic or nation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.model.interval import Interval

from .. import words
from .canvas import CONTEXT, LINE, SIGNAL, Canvas, Chart, drawn
from .marks import dot, level, solid
from .rows import Row, axis_end, end_label, number_axis, row_canvas

_THICK: Final = 12  # px


@dataclass(frozen=True, slots=True)
class Range:
    """One row. `group` is a heading above the rows in sequence that share it; no value where nothing is known."""

    label: str
    value: Interval | None
    group: str = ""
    is_key: bool = False


def ranges(rows: Sequence[Range], unit: words.Unit = "money", currency: str = "GBP") -> Chart:
    """A bar from the low end to the high end of each; one without an upper end goes on as an arrow."""
    named = [Row(row.label, words.label(row.value, unit, currency), row.group, is_key=row.is_key) for row in rows]
    return drawn(
        lambda is_narrow: _draw(rows, named, unit, currency, is_narrow),
        "Each bar runs from the least to the most that it can be.",
    )


def _draw(rows: Sequence[Range], named: Sequence[Row], unit: words.Unit, currency: str, is_narrow: bool) -> Canvas:
    on = row_canvas(named, is_narrow)
    top = axis_end(row.value for row in rows)
    for row, name, y in zip(rows, named, on.ys, strict=True):
        end_label(on.figure, name, _bar(on.figure, row, y, top), y)
    number_axis(on.figure, 0.0, top, unit, currency)
    return on.figure


def _bar(figure: Canvas, row: Range, y: float, top: float) -> float:
    """Draws it; where it ends."""
    if row.value is None:
        return 0.0
    colour, low, high = SIGNAL if row.is_key else CONTEXT, row.value.low, min(row.value.high, top)
    level(figure, 0, low, y, LINE, 2)
    if row.value.is_exact:
        dot(figure, high, y, colour, _THICK)
    else:
        solid(figure, low, high, y, _THICK, colour)
    if math.isinf(row.value.high):
        figure.write("▶", high, y, xanchor="center", font={"size": 18, "color": colour})
    return high
