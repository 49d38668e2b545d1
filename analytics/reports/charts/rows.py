"""Rows under each other, a label each: beside its mark on a page, above it on a phone. y counts px from the top."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from .. import words
from .canvas import INK, QUIET, SIZE, canvas, plain, width_of, wrapped, write

LEFT: Final = 236  # px for labels on a page
_PITCH: Final = (34, 50)  # px from row to row: page, phone
_HEADING: Final = 34  # px more, above the first row of a group
_LETTERS: Final = (32, 46)
_END: Final = 8  # px between a mark and what is said of it


@dataclass(frozen=True, slots=True)
class Row:
    """`end` is said at the right of its mark; `group` is a heading above the rows in sequence that share it."""

    label: str
    end: str = ""
    group: str = ""
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class RowCanvas:
    """`ys`: the height of each row's mark. `top` and `bottom` are the ends of the marks' area, in px."""

    figure: go.Figure
    ys: tuple[float, ...]
    bottom: float


def row_canvas(rows: Sequence[Row], is_narrow: bool, *, above: int = 0) -> RowCanvas:
    """`above`: px that are kept free over the first row."""
    ys, headings, bottom = _places(rows, _PITCH[is_narrow], above)
    right = width_of([row.end for row in rows]) + _END + 6
    figure = canvas(is_narrow, round(bottom) + 36, left=3 if is_narrow else LEFT, right=right, top=4)
    figure.update_yaxes(range=[bottom, 0])
    for row, y in zip(rows, ys, strict=True):
        _label(figure, row, y, is_narrow)
    for heading, y in headings:
        _heading(figure, heading, y, is_narrow)
    marks = tuple(y + (9 if is_narrow else 0) for y in ys)
    return RowCanvas(figure, marks, bottom)


def _places(rows: Sequence[Row], pitch: int, above: int) -> tuple[list[float], list[tuple[str, float]], float]:
    y, group, ys, headings = float(above), "", [], []
    for row in rows:
        if row.group != group:
            group = row.group
            headings.append((group, y + _HEADING * 0.6))
            y += _HEADING
        ys.append(y + pitch / 2)
        y += pitch
    return ys, headings, y + 4


def _label(figure: go.Figure, row: Row, y: float, is_narrow: bool) -> None:
    said = wrapped(row.label, _LETTERS[is_narrow], 1 if is_narrow else 2)
    place = (
        {"xanchor": "left", "yshift": 12, "xshift": -2}
        if is_narrow
        else {"xanchor": "right", "xshift": -14, "align": "right"}
    )
    write(figure, f"<b>{said}</b>" if row.is_key else said, 0, y, xref="paper", **place)


def _heading(figure: go.Figure, text: str, y: float, is_narrow: bool) -> None:
    place = {"xanchor": "left", "xshift": -2} if is_narrow else {"xanchor": "right", "xshift": -14}
    write(figure, f"<b>{plain(text)}</b>", 0, y, xref="paper", font={"size": 12, "color": QUIET}, **place)


def end_label(figure: go.Figure, row: Row, x: float, y: float) -> None:
    """What is said at the right of a mark."""
    said = f"<b>{plain(row.end)}</b>" if row.is_key else plain(row.end)
    write(figure, said, x, y, xshift=_END, font={"size": SIZE, "color": INK if row.is_key else QUIET})


def upright(figure: go.Figure, x: float, y0: float, y1: float, colour: str, width: float, dash: str = "solid") -> None:
    """A vertical line."""
    line = {"color": colour, "width": width, "dash": dash}
    figure.add_shape(type="line", x0=x, x1=x, y0=y0, y1=y1, line=line, layer="above")


def level(figure: go.Figure, x0: float, x1: float, y: float, colour: str, width: float) -> None:
    """A horizontal line."""
    figure.add_shape(type="line", x0=x0, x1=x1, y0=y, y1=y, line={"color": colour, "width": width}, layer="below")


def axis_end(numbers: Iterable[float]) -> float:
    """Where the axis ends: at the largest finite number, a quarter beyond it if one of them has no end."""
    listed = list(numbers)
    top = max((number for number in listed if not math.isinf(number)), default=0.0) or 1.0
    return top * (1.25 if any(math.isinf(number) for number in listed) else 1.0)


def number_axis(figure: go.Figure, low: float, top: float, unit: words.Unit, currency: str = "GBP") -> None:
    """From `low` to `top`, with at most five numbers as people write them."""
    marks = ticks(low, top, 4)
    said = [words.amount(mark, unit, currency) for mark in marks]
    figure.update_xaxes(range=[low, top], tickmode="array", tickvals=marks, ticktext=said)


def ticks(low: float, top: float, most: int) -> list[float]:
    """Round numbers from `low` to `top`, `most` steps or fewer between them."""
    span = (top - low) or 1.0
    size = 10.0 ** math.floor(math.log10(span / most))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if span / (size * factor) <= most)
    first = math.ceil(low / step - 1e-9)
    return [round(number * step, 12) for number in range(first, math.floor(top / step + 1e-9) + 1)]
