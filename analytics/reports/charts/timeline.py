"""Day by day, over the band of what is usual."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from analytics.model.interval import Interval

from .. import words
from .canvas import CONTEXT, LINE, QUIET, SIGNAL, Chart, canvas, drawn, plain, write
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
        days: columns day (date), low, high: one row a day; NaN where it is not known.
        usual: columns day, low, median, high: the range and the median of the same weekdays in past weeks.
    """
    return drawn(lambda is_narrow: _draw(days, usual, unit, changes, is_narrow), _reading(usual))


def _draw(
    days: pd.DataFrame, usual: pd.DataFrame | None, unit: words.Unit, changes: Sequence[Change], is_narrow: bool
) -> go.Figure:
    figure = canvas(is_narrow, 250 if is_narrow else 300, left=44, right=30 if is_narrow else 110, top=18)
    frames = [days] if usual is None else [days, usual]
    top = max(float(frame["high"].max()) for frame in frames) * 1.08
    if usual is not None:
        _usual(figure, usual, is_narrow)
    _days(figure, days, changes)
    _last(figure, days, unit, is_narrow)
    for change in changes:
        _change(figure, change, top)
    _axes(figure, days, top, unit, is_narrow)
    return figure


def _usual(figure: go.Figure, usual: pd.DataFrame, is_narrow: bool) -> None:
    days = list(usual["day"])
    figure.add_scatter(x=days, y=list(usual["low"]), mode="lines", line={"width": 0, "shape": "linear"})
    figure.add_scatter(x=days, y=list(usual["high"]), mode="lines", line={"width": 0}, fill="tonexty", fillcolor=LINE)
    figure.add_scatter(
        x=days, y=list(usual["median"]), mode="lines", line={"width": 1.5, "color": CONTEXT, "dash": "dot"}
    )
    if not is_narrow:
        write(figure, "usual", days[-1], float(usual["median"].iloc[-1]), xshift=8, font={"color": QUIET})


def _days(figure: go.Figure, days: pd.DataFrame, changes: Sequence[Change]) -> None:
    """The line with its interval; broken where a day is missing or the meaning changes."""
    middle = (days["low"] + days["high"]) / 2
    breaks = sorted(change.on for change in changes)
    part = pd.Series([sum(on <= day for on in breaks) for day in days["day"]], index=days.index)
    for _, rows in days.groupby(part):
        marker = {"color": SIGNAL, "size": 6}
        figure.add_scatter(x=list(rows["day"]), y=list(middle[rows.index]), mode="lines+markers", connectgaps=False,
                           line={"width": 2.25, "color": SIGNAL}, marker=marker,
                           error_y={"type": "data", "symmetric": True, "array": list((rows["high"] - rows["low"]) / 2),
                                    "color": SIGNAL, "thickness": 1.25, "width": 0})  # fmt: skip


def _last(figure: go.Figure, days: pd.DataFrame, unit: words.Unit, is_narrow: bool) -> None:
    known = days.dropna(subset=["low"])
    if known.empty:
        return
    row = known.iloc[-1]
    said = words.label(Interval(float(row["low"]), float(row["high"])), unit)
    place = {"xanchor": "right", "yshift": 16} if is_narrow else {"xshift": 8}
    write(figure, f"<b>{said}</b>", row["day"], (row["low"] + row["high"]) / 2, font={"color": SIGNAL}, **place)


def _change(figure: go.Figure, change: Change, top: float) -> None:
    line = {"color": QUIET, "width": 1, "dash": "dot"}
    figure.add_shape(type="line", x0=change.on, x1=change.on, y0=0, y1=top, line=line)
    write(figure, plain(change.said), change.on, top, xanchor="right", xshift=-6, font={"size": 12, "color": QUIET})


def _axes(figure: go.Figure, days: pd.DataFrame, top: float, unit: words.Unit, is_narrow: bool) -> None:
    marks = ticks(0.0, top, 4)
    figure.update_yaxes(visible=True, showgrid=True, gridcolor=LINE, zeroline=False, range=[0, top], tickmode="array",
                        tickvals=marks, ticktext=[words.amount(mark, unit) for mark in marks],
                        tickfont={"color": QUIET, "size": 12})  # fmt: skip
    step = max(1, math.ceil(len(days) / (4 if is_narrow else 8)))
    shown = list(days["day"])[::-step][::-1]
    figure.update_xaxes(
        showgrid=False, tickmode="array", tickvals=shown, ticktext=[f"{day.day} {day:%b}" for day in shown]
    )


def _reading(usual: pd.DataFrame | None) -> str:
    said = "Red: each day, with its interval where it is not exact."
    return (
        said
        if usual is None
        else f"{said} Grey band: the range of the same weekdays in past weeks; dots: their median."
    )
