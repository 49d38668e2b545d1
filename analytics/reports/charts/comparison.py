"""Two numbers of each group and the way between them: whom we reach beside who there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.model.interval import Interval

from .. import words
from .canvas import BLUE, CONTEXT, ORANGE, Chart, drawn
from .rows import Row, axis_end, end_label, level, number_axis, row_canvas


@dataclass(frozen=True, slots=True)
class Pair:
    """One group: ours (None where not known) and what it is compared with."""

    label: str
    ours: Interval | None
    theirs: Interval
    group: str = ""
    is_key: bool = False


def comparison(rows: Sequence[Pair], ours: str, theirs: str, unit: words.Unit = "share") -> Chart:
    """A round blue dot with its interval for ours, an orange upright for what it is compared with."""
    named = [Row(row.label, _said(row, unit), row.group, row.is_key) for row in rows]
    reading = f"Blue dot with its interval: {ours}. Orange upright: {theirs}."
    return drawn(lambda is_narrow: _draw(rows, named, unit, (ours, theirs), is_narrow), reading)


def _said(row: Pair, unit: words.Unit) -> str:
    return f"{words.label(row.ours, unit)} of {words.label(row.theirs, unit)}"


def _draw(
    rows: Sequence[Pair], named: Sequence[Row], unit: words.Unit, names: tuple[str, str], is_narrow: bool
) -> go.Figure:
    on = row_canvas(named, is_narrow, above=22)
    ends = [span.high for row in rows for span in (row.ours, row.theirs) if span is not None]
    top = axis_end(ends) * 1.04
    for row, name, y in zip(rows, named, on.ys, strict=True):
        _pair(on.figure, row, y)
        end_label(on.figure, name, top, y)
    number_axis(on.figure, 0.0, top, unit)
    return on.figure


def _pair(figure: go.Figure, row: Pair, y: float) -> None:
    theirs = row.theirs.middle
    if row.ours is not None:
        level(figure, row.ours.middle, theirs, y, CONTEXT, 1.5)
        level(figure, row.ours.low, row.ours.high, y, BLUE, 5)
        figure.add_scatter(x=[row.ours.middle], y=[y], mode="markers", marker={"color": BLUE, "size": 13})
    mark = {"color": ORANGE, "size": 18, "symbol": "line-ns", "line": {"color": ORANGE, "width": 4}}
    figure.add_scatter(x=[theirs], y=[y], mode="markers", marker=mark)
