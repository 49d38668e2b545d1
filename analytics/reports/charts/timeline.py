"""Day by day, over the band of what is usual."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.model.interval import Interval

from .. import words
from .canvas import CONTEXT, LINE, QUIET, SIGNAL, Canvas, Chart, drawn, known, plain, width_of
from .rows import ticks


@dataclass(frozen=True, slots=True)
class Change:
    """From that day on the number means something else: the line is broken there and `said` stands at the break."""

    on: date
    said: str


def timeline(
    days: pd.DataFrame, usual: pd.DataFrame | None = None, unit: words.Unit = "count", changes: Sequence[Change] = ()
) -> Chart:
    """Days by day.

    Args:
        days: columns day (date), low, high: one row a day in order; NaN where it is not known.
        usual: columns day, low, median, high: the range and the median of the same weekdays in past weeks.
    """
    dated = days.assign(day=pd.to_datetime(days["day"]).dt.date)
    band = None if usual is None else usual.assign(day=pd.to_datetime(usual["day"]).dt.date)
    return drawn(lambda is_narrow: _draw(dated, band, unit, changes, is_narrow), _reading(usual))


def _draw(
    days: pd.DataFrame, usual: pd.DataFrame | None, unit: words.Unit, changes: Sequence[Change], is_narrow: bool
) -> Canvas:
    said = _last_said(days, unit)
    right = width_of([said]) + 16
    figure = Canvas(is_narrow, 250 if is_narrow else 310, left=44, right=right, top=20, bottom=30)
    top = _top(days if usual is None else pd.concat([days, usual]))
    if usual is not None:
        _usual(figure, usual)
    _days(figure, days, changes)
    if said:
        last = days.dropna(subset=["low"]).iloc[-1]
        height = last["low"] if math.isinf(last["high"]) else (last["low"] + last["high"]) / 2
        figure.write(f"<b>{said}</b>", last["day"], height, xshift=9, font={"color": SIGNAL})
    for change in changes:
        _change(figure, change, days, top)
    _axes(figure, days, top, unit, is_narrow)
    return figure


def _top(rows: pd.DataFrame) -> float:
    """Above every finite number; 1 where there is none."""
    ends = rows[["low", "high"]].to_numpy(dtype=float)
    return (float(ends[np.isfinite(ends)].max(initial=0.0)) or 1.0) * 1.06


def _last_said(days: pd.DataFrame, unit: words.Unit) -> str:
    known = days.dropna(subset=["low"])
    if known.empty:
        return ""
    return words.label(Interval(float(known["low"].iloc[-1]), float(known["high"].iloc[-1])), unit)


def _usual(figure: Canvas, usual: pd.DataFrame) -> None:
    days, none = list(usual["day"]), {"width": 0}
    figure.scatter(x=days, y=known(usual["low"]), mode="lines", line=none)
    figure.scatter(x=days, y=known(usual["high"]), mode="lines", line=none, fill="tonexty", fillcolor=LINE)
    line = {"width": 1.5, "color": CONTEXT, "dash": "dot"}
    figure.scatter(x=days, y=known(usual["median"]), mode="lines", line=line)
    # At the band's beginning: at its end stands the last day's number.
    figure.write("usual", days[0], float(usual["high"].iloc[0]), yshift=9, font={"color": QUIET})


def _days(figure: Canvas, days: pd.DataFrame, changes: Sequence[Change]) -> None:
    """The line with its interval; broken where a day is missing or the meaning changes."""
    spread = {"type": "data", "color": SIGNAL, "thickness": 1.5, "width": 0}
    part = pd.Series([sum(change.on <= day for change in changes) for day in days["day"]], index=days.index)
    for _, rows in days.groupby(part):
        half = ((rows["high"] - rows["low"]) / 2).replace(math.inf, 0.0)  # no upper end: its label says so
        figure.scatter(
            x=list(rows["day"]),
            y=known(rows["low"] + half),
            mode="lines+markers",
            line={"width": 2.25, "color": SIGNAL},
            marker={"color": SIGNAL, "size": 6},
            error_y={**spread, "array": known(half)},
        )


def _change(figure: Canvas, change: Change, days: pd.DataFrame, top: float) -> None:
    line = {"color": QUIET, "width": 1, "dash": "dot"}
    figure.shape(type="line", x0=change.on, x1=change.on, y0=0, y1=top * 1.08, line=line)
    is_late = change.on > days["day"].iloc[len(days) // 2]
    place = {"xanchor": "right", "xshift": -6} if is_late else {"xanchor": "left", "xshift": 6}
    figure.write(plain(change.said), change.on, top, yshift=10, font={"size": 12, "color": QUIET}, **place)


def _axes(figure: Canvas, days: pd.DataFrame, top: float, unit: words.Unit, is_narrow: bool) -> None:
    marks = ticks(0.0, top, 4)
    said = [words.amount(mark, unit) for mark in marks]
    figure.y.update(visible=True, showgrid=True, gridcolor=LINE, zeroline=False, range=[0, top])
    figure.y.update(tickmode="array", tickvals=marks, ticktext=said, tickfont={"color": QUIET, "size": 12})
    step = max(1, math.ceil(len(days) / (3 if is_narrow else 8)))
    shown = list(days["day"])[::-step][::-1]
    figure.x.update(
        showgrid=False, tickmode="array", tickvals=shown, ticktext=[f"{d.day} {d:%b}" for d in shown], tickangle=0
    )


def _reading(usual: pd.DataFrame | None) -> str:
    said = "Red: each day; an upright is its interval where it is not exact."
    return said if usual is None else f"{said} Grey: the range of the same weekdays in past weeks; dots: their median."
