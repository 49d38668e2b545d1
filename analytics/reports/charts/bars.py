"""Bars that show how sure we are: solid as far as is certain, hatched as far as it may go, thin to the bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.model.interval import Interval
from analytics.model.values import State

from .. import words
from .canvas import CONTEXT, INK, SIGNAL, Canvas, Chart, drawn
from .marks import hatched, solid, upright, whisker
from .rows import Row, axis_end, end_label, number_axis, row_canvas

_THICK: Final = 16  # px
_MOST_BOUNDS: Final = 1.6  # times the longest bar: bounds beyond that run out of the picture


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
    named = [Row(row.label, _said(row, unit, currency), row.group, is_key=row.is_key) for row in rows]
    return drawn(lambda is_narrow: _draw(rows, named, unit, currency, is_narrow), _reading(rows))


def _said(row: Bar, unit: words.Unit, currency: str) -> str:
    return row.said or (words.label(row.value, unit, currency) if row.value is not None else row.state)


def _draw(rows: Sequence[Bar], named: Sequence[Row], unit: words.Unit, currency: str, is_narrow: bool) -> Canvas:
    on = row_canvas(named, is_narrow)
    top = _top(rows)
    for row, name, y in zip(rows, named, on.ys, strict=True):
        end_label(on.figure, name, _bar(on.figure, row, y, top, top / on.width), y)
    number_axis(on.figure, 0.0, top, unit, currency)
    return on.figure


def _top(rows: Sequence[Bar]) -> float:
    """Room for every value, and for bounds as far as they do not dwarf the values."""
    values, bounds = axis_end(row.value for row in rows), axis_end(row.bounds for row in rows)
    return max(values, min(bounds, values * _MOST_BOUNDS)) if any(row.bounds for row in rows) else values


def _bar(figure: Canvas, row: Bar, y: float, top: float, px: float) -> float:
    """Draws it; where it ends."""
    if row.value is None:
        return 0.0
    colour = SIGNAL if row.is_key else CONTEXT
    certain, high = (0.0 if row.state == "modelled" else row.value.low), min(row.value.high, top)
    solid(figure, 0.0, certain, y, _THICK, colour)
    if high > certain:
        hatched(figure, certain, high, y, _THICK, colour, px)
    if row.bounds is not None:
        whisker(figure, row.bounds, y, top)
        high = max(high, min(row.bounds.high, top))
    if row.point is not None:
        upright(figure, row.point, y - _THICK * 0.7, y + _THICK * 0.7, INK, 2.5)
    return high


def _reading(rows: Sequence[Bar]) -> str:
    is_open = any(row.value and not row.value.is_exact and row.state != "modelled" for row in rows)
    parts = (
        ("Solid: certain. Hatched: as much as it may be.", is_open),
        ("Hatched whole: modelled, not observed.", any(row.state == "modelled" and row.value for row in rows)),
        ("Black tick: the best single number.", any(row.point is not None for row in rows)),
        ("Thin line: bounds that always hold.", any(row.bounds for row in rows)),
    )
    return " ".join(text for text, is_there in parts if is_there)
