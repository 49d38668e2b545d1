"""Which clip does better with whom than the page does on average: a dot for every clip in every group."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from analytics.model.interval import Interval

from .canvas import BLUE, CONTEXT, LINE, NARROW, PAPER, QUIET, SIGNAL, WIDE, Canvas, Chart, drawn, wrapped
from .marks import level, upright

Verdict = Literal["higher", "lower", "can't be told apart"]
_LEFT: Final = 200  # px for the clips' names
_LEFT_NARROW: Final = 150
_MOST: Final = 6  # groups beside each other
_ROW: Final = 34
_HEAD: Final = 44
_MARKS: Final = {
    "higher": (SIGNAL, {"color": SIGNAL, "size": 11}),
    "lower": (BLUE, {"color": PAPER, "size": 10, "line": {"color": BLUE, "width": 2.5}}),
    "can't be told apart": (CONTEXT, {"color": CONTEXT, "size": 7}),
}


@dataclass(frozen=True, slots=True)
class OverIndex:
    """100 is the baseline's own rate. None where the cell is suppressed or not known."""

    clip: str
    group: str
    index: Interval | None
    point: float | None
    verdict: Verdict


def over_index(cells: Sequence[OverIndex], baseline: str) -> Chart:
    """Clips as rows, groups as columns, each with its own small scale around 100, which is `baseline`."""
    reading = (
        f"100 is {baseline}. Filled and red: higher. Open and blue: lower. Small and grey: can't be told apart. "
        "The line is the interval."
    )
    return drawn(lambda is_narrow: _draw(cells, is_narrow), reading)


def _draw(cells: Sequence[OverIndex], is_narrow: bool) -> Canvas:
    clips, groups = list(dict.fromkeys(c.clip for c in cells)), list(dict.fromkeys(c.group for c in cells))
    grid = _Grid.of(len(clips), len(groups), is_narrow)
    figure = Canvas(is_narrow, grid.height + 4, top=0, bottom=4)
    figure.x.update(range=[0, figure.width], visible=False)
    figure.y.update(range=[grid.height, 0])
    for block in range(0, len(groups), grid.columns):
        for row, clip in enumerate(clips):
            figure.write(
                wrapped(clip, grid.left // 7, 2), 0, grid.y(row, block), font={"size": 12 if is_narrow else 13}
            )
    for column, group in enumerate(groups):
        _scale(figure, group, grid, column, len(clips))
    for cell in cells:
        _dot(figure, cell, grid, clips.index(cell.clip), groups.index(cell.group))
    return figure


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the dots lie, in px."""

    left: int
    columns: int
    width: float
    block: int
    height: int

    @classmethod
    def of(cls, clips: int, groups: int, is_narrow: bool) -> _Grid:
        left, columns = (_LEFT_NARROW, 1) if is_narrow else (_LEFT, max(1, min(groups, _MOST)))
        block = _HEAD + _ROW * clips + 12
        return cls(
            left, columns, ((NARROW if is_narrow else WIDE) - left) / columns, block, block * -(-groups // columns)
        )

    def x(self, column: int, index: float) -> float:
        """Of an index, on a scale of doublings that ends at a half and at the double."""
        doublings = min(1.0, max(-1.0, math.log2(max(index, 1e-9) / 100)))
        return self.left + (column % self.columns + 0.5 + doublings * 0.36) * self.width

    def y(self, row: int, column: int) -> float:
        return column // self.columns * self.block + _HEAD + (row + 0.5) * _ROW


def _scale(figure: Canvas, group: str, grid: _Grid, column: int, rows: int) -> None:
    first, last = grid.y(0, column) - _ROW / 2, grid.y(rows - 1, column) + _ROW / 2
    figure.write(
        f"<b>{wrapped(group, max(12, int(grid.width // 8)), 1)}</b>",
        grid.x(column, 100),
        first - 30,
        xanchor="center",
    )
    for index in (50, 100, 200):
        x = grid.x(column, index)
        upright(figure, x, first - 6, last, QUIET if index == 100 else LINE, 1)
        figure.write(str(index), x, first - 13, xanchor="center", font={"size": 11, "color": QUIET})


def _dot(figure: Canvas, cell: OverIndex, grid: _Grid, row: int, column: int) -> None:
    y = grid.y(row, column)
    if cell.index is None or cell.point is None:
        figure.write(
            "too few",
            grid.x(column, 100),
            y,
            xanchor="center",
            bgcolor=PAPER,
            font={"size": 11, "color": QUIET},
        )
        return
    colour, marker = _MARKS[cell.verdict]
    level(figure, grid.x(column, cell.index.low), grid.x(column, cell.index.high), y, colour, 1.5)
    figure.scatter(x=[grid.x(column, cell.point)], y=[y], mode="markers", marker=marker)
    if cell.verdict != "can't be told apart":
        figure.write(
            f"<b>{cell.point:.0f}</b>",
            grid.x(column, cell.point),
            y - 13,
            xanchor="center",
            font={"size": 11, "color": colour},
        )
