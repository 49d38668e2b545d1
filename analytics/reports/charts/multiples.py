"""Age by gender, a small pyramid for each clip, platform or seat, with the population's share as a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import plotly.graph_objects as go

from analytics.model.interval import Interval
from analytics.model.values import State

from .. import words
from .bars import hatched
from .canvas import BLUE, INK, ORANGE, QUIET, Chart, canvas, drawn, wrapped, write

_COLUMNS: Final = (3, 1)
_ROW: Final = 22  # px an age
_TITLE: Final = 46
_FOOT: Final = 18
_AGES: Final = 52  # px between the two sides


@dataclass(frozen=True, slots=True)
class AgeGender:
    """A cell: its share of all in the panel, and the population's share (None: not drawn). No share: see `state`."""

    age: str
    gender: str  # "female" or "male"; others go to the panel's `rest`
    share: Interval | None
    population: float | None = None
    state: State = "observed"


@dataclass(frozen=True, slots=True)
class Panel:
    """`rest`: what stands in no cell, in words, such as "3% of unknown age or gender"."""

    title: str
    cells: tuple[AgeGender, ...]
    rest: str = ""


def age_gender(panels: Sequence[Panel]) -> Chart:
    """Women to the left, men to the right, ages as rows in the order of the first panel; one scale for all panels."""
    reading = "Bars: share of those we reached; hatched where it is not certain. Black mark: share of the population."
    return drawn(lambda is_narrow: _draw(panels, is_narrow), reading)


def _draw(panels: Sequence[Panel], is_narrow: bool) -> go.Figure:
    columns = min(_COLUMNS[is_narrow], len(panels))
    ages = list(dict.fromkeys(cell.age for panel in panels for cell in panel.cells))
    tall = _TITLE + _ROW * len(ages) + _FOOT + 14
    figure = canvas(is_narrow, tall * -(-len(panels) // columns) + 4, top=0, bottom=4)
    width, height = figure.layout.width, figure.layout.height - 4
    figure.update_xaxes(range=[0, width], visible=False).update_yaxes(range=[height, 0])
    pitch = width / max(columns, 2 if not is_narrow else 1)
    top = max((end for panel in panels for cell in panel.cells for end in _ends(cell)), default=1.0) or 1.0
    for place, panel in enumerate(panels):
        left, y = place % columns * pitch, place // columns * tall
        _panel(figure, panel, ages, _Side(left, y, (pitch - 30 - _AGES) / 2, top))
    return figure


def _ends(cell: AgeGender) -> list[float]:
    return [number for number in (cell.share.high if cell.share else None, cell.population) if number is not None]


@dataclass(frozen=True, slots=True)
class _Side:
    """Where a panel lies, in px; `half` is how long the longest bar may be, `top` the share that it stands for."""

    left: float
    y: float
    half: float
    top: float

    def x(self, gender: str, share: float) -> float:
        length = share / self.top * (self.half - 34)  # room for the figure at the end of the bar
        return self.left + self.half - length if gender == "female" else self.left + self.half + _AGES + length


def _panel(figure: go.Figure, panel: Panel, ages: Sequence[str], side: _Side) -> None:
    middle = side.left + side.half + _AGES / 2
    write(figure, f"<b>{wrapped(panel.title, 34, 1)}</b>", side.left, side.y + 12)
    write(figure, "Women", side.x("female", 0), side.y + 34, xanchor="right", font={"size": 12, "color": BLUE})
    write(figure, "Men", side.x("male", 0), side.y + 34, font={"size": 12, "color": ORANGE})
    for row, age in enumerate(ages):
        y = side.y + _TITLE + _ROW * (row + 0.5)
        write(figure, age.replace("-", "–"), middle, y, xanchor="center", font={"size": 12, "color": QUIET})
        for cell in panel.cells:
            if cell.age == age:
                _cell(figure, cell, y, side)
    write(figure, wrapped(panel.rest, 44, 1), side.left, side.y + _TITLE + _ROW * len(ages) + _FOOT / 2 + 2,
          font={"size": 12, "color": QUIET})  # fmt: skip


def _cell(figure: go.Figure, cell: AgeGender, y: float, side: _Side) -> None:
    start = side.x(cell.gender, 0)
    if cell.share is not None:
        certain = 0.0 if cell.state == "modelled" else cell.share.low
        _bar(figure, start, side.x(cell.gender, certain), y, _solid(cell.gender))
        if cell.share.high > certain:
            _bar(
                figure,
                side.x(cell.gender, certain),
                side.x(cell.gender, cell.share.high),
                y,
                hatched(_colour(cell.gender)),
            )
    if cell.population is not None:
        x = side.x(cell.gender, cell.population)
        figure.add_shape(type="line", x0=x, x1=x, y0=y - 9, y1=y + 9, line={"color": INK, "width": 2}, layer="above")
    _figure_at_end(figure, cell, y, side)


def _figure_at_end(figure: go.Figure, cell: AgeGender, y: float, side: _Side) -> None:
    end = side.x(cell.gender, max(_ends(cell), default=0.0))
    said = words.percent(cell.share.middle) if cell.share is not None else cell.state
    is_left = cell.gender == "female"
    write(
        figure,
        said,
        end,
        y,
        xanchor="right" if is_left else "left",
        xshift=-5 if is_left else 5,
        font={"size": 11, "color": INK},
    )


def _colour(gender: str) -> str:
    return BLUE if gender == "female" else ORANGE


def _solid(gender: str) -> dict[str, object]:
    return {"color": _colour(gender), "line": {"width": 0}}


def _bar(figure: go.Figure, start: float, end: float, y: float, marker: dict[str, object]) -> None:
    figure.add_bar(x=[end - start], base=[start], y=[y], orientation="h", width=_ROW - 8, marker=marker)
