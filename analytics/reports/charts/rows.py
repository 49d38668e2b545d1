"""Rows under each other, a label each: beside its mark on a page, above it on a phone. y counts px from the top."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.model.interval import Interval

from .. import words
from .canvas import INK, QUIET, SIZE, Canvas, plain, width_of, wrapped

LEFT: Final = 236  # px for labels on a page
EDGE: Final = 10  # px on a phone, so that the first number of the axis is whole
_PITCH: Final = (36, 52)  # px from row to row: page, phone
_HEADING: Final = 34  # px more, above the first row of a group
_LETTERS: Final = (32, 46)
_END: Final = 9  # px between a mark and what is said of it


@dataclass(frozen=True, slots=True)
class Row:
    """`detail` is quiet, after the label; `end` is said at the right of its mark; `group` is a heading above the
    rows in sequence that share it."""

    label: str
    end: str = ""
    group: str = ""
    detail: str = ""
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class RowCanvas:
    """`ys`: the height of each row's mark; `edges`: where each row begins and ends; `bottom`: of all; in px."""

    figure: Canvas
    ys: tuple[float, ...]
    edges: tuple[tuple[float, float], ...]
    bottom: float

    @property
    def width(self) -> int:
        """Of the marks' area, in px."""
        return self.figure.width - self.figure.left - self.figure.right


def row_canvas(rows: Sequence[Row], is_narrow: bool, *, above: int = 0, has_column: bool = False) -> RowCanvas:
    """`above`: px that are kept free over the first row.

    `has_column`: what is said of the rows stands in a column at the right, on a phone at the right of their labels;
    without it, each follows its mark (`end_label`).
    """
    edges, headings, bottom = _places(rows, _PITCH[is_narrow], above)
    right = 16 if has_column and is_narrow else width_of([row.end for row in rows]) + _END + 12
    figure = Canvas(is_narrow, round(bottom) + 34, left=EDGE if is_narrow else LEFT, right=right, top=4, bottom=30)
    figure.y.update(range=[bottom, 0])
    figure.x.update(showgrid=not is_narrow)  # lines would cross the labels there
    for row, (top, end) in zip(rows, edges, strict=True):
        _label(figure, row, top + 13 if is_narrow else (top + end) / 2, is_narrow)
    for heading, y in headings:
        _beside(figure, f"<b>{plain(heading)}</b>", y, is_narrow, {"size": 12, "color": QUIET})
    ys = tuple(top + 35 if is_narrow else (top + end) / 2 for top, end in edges)
    return RowCanvas(figure, ys, tuple(edges), bottom)


def _places(
    rows: Sequence[Row], pitch: int, above: int
) -> tuple[list[tuple[float, float]], list[tuple[str, float]], float]:
    y, group = float(above), ""
    edges: list[tuple[float, float]] = []
    headings: list[tuple[str, float]] = []
    for row in rows:
        if row.group != group:
            group = row.group
            headings.append((group, y + _HEADING * 0.62))
            y += _HEADING
        edges.append((y, y + pitch))
        y += pitch
    return edges, headings, y + 4


def _label(figure: Canvas, row: Row, y: float, is_narrow: bool) -> None:
    lines = 1 if is_narrow or row.detail else 2
    said = wrapped(row.label, _LETTERS[is_narrow] - (len(row.detail) + 2 if is_narrow and row.detail else 0), lines)
    said = f"<b>{said}</b>" if row.is_key else said
    quiet = f'<span style="color:{QUIET};font-size:12px">{plain(row.detail)}</span>' if row.detail else ""
    _beside(figure, said + (("  " if is_narrow else "<br>") + quiet if quiet else ""), y, is_narrow, {})


def _beside(figure: Canvas, text: str, y: float, is_narrow: bool, font: dict[str, object]) -> None:
    place = {"xanchor": "left", "xshift": -EDGE} if is_narrow else {"xanchor": "right", "xshift": -14, "align": "right"}
    figure.write(text, 0, y, xref="paper", font={"size": SIZE, "color": INK, **font}, **place)


def end_label(figure: Canvas, row: Row, x: float, y: float) -> None:
    """What is said at the right of a mark."""
    said = f"<b>{plain(row.end)}</b>" if row.is_key else plain(row.end)
    figure.write(said, x, y, xshift=_END, font={"size": SIZE, "color": INK if row.is_key else QUIET})


def column_label(on: RowCanvas, place: int, text: str, is_narrow: bool) -> None:
    """What is said of that row, in the column at the right; `text` is escaped already."""
    if is_narrow:
        y = on.edges[place][0] + 13
        on.figure.write(text, 1, y, xref="paper", xanchor="right", xshift=14, align="right")
    else:
        on.figure.write(text, 1, on.ys[place], xref="paper", xshift=_END)


def axis_end(spans: Iterable[Interval | None]) -> float:
    """Where the axis ends: at the largest finite number, a quarter beyond it if one of them has no end; 1 for none."""
    numbers = [number for span in spans if span is not None for number in (span.low, span.high)]
    top = max((number for number in numbers if not math.isinf(number)), default=0.0) or 1.0
    return top * (1.25 if any(math.isinf(number) for number in numbers) else 1.0)


def number_axis(figure: Canvas, low: float, top: float, unit: words.Unit, currency: str = "GBP") -> None:
    """From `low` to `top`, with at most five numbers as people write them."""
    marks = ticks(low, top, 4)
    said = [words.amount(mark, unit, currency) for mark in marks]
    figure.x.update(
        range=[low, top], tickmode="array", tickvals=marks, ticktext=said, ticklabeloverflow="allow", tickangle=0
    )


def ticks(low: float, top: float, most: int) -> list[float]:
    """Round numbers from `low` to `top`, `most` steps or fewer between them."""
    span = (top - low) or 1.0
    size = 10.0 ** math.floor(math.log10(span / most))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if span / (size * factor) <= most * 1.0001)
    first = math.ceil(low / step - 1e-9)
    return [round(number * step, 12) for number in range(first, math.floor(top / step + 1e-9) + 1)]
