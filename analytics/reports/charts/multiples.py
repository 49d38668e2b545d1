"""Age by gender, a small pyramid for each clip, platform or seat, with the population's share as a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.model.interval import Interval
from analytics.model.values import State

from .. import words
from .canvas import BLUE, INK, ORANGE, QUIET, Canvas, Chart, drawn, wrapped
from .marks import hatched, solid, upright

_COLUMNS: Final = (3, 1)
_ROW: Final = 22  # px an age
_THICK: Final = 14
_TITLE: Final = 46  # px of a panel's title in one line and the names of its sides
_LINE: Final = 17
_LETTERS: Final = 36
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

    def __post_init__(self) -> None:
        if self.gender not in ("female", "male"):
            raise ValueError(f"a pyramid has no side for {self.gender!r}: it goes to the panel's rest")


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


def _draw(panels: Sequence[Panel], is_narrow: bool) -> Canvas:
    columns = max(1, min(_COLUMNS[is_narrow], len(panels)))
    ages = list(dict.fromkeys(cell.age for panel in panels for cell in panel.cells))
    head = _TITLE + (_LINE if any(len(panel.title) > _LETTERS for panel in panels) else 0)
    tall = head + _ROW * len(ages) + _FOOT + 14
    figure = Canvas(is_narrow, tall * -(-len(panels) // columns) + 4, top=0, bottom=4)
    width, height = figure.width, figure.height - 4
    figure.x.update(range=[0, width], visible=False)
    figure.y.update(range=[height, 0])
    pitch = width / (columns if is_narrow else max(columns, 2))
    top = max((end for panel in panels for cell in panel.cells for end in _ends(cell)), default=1.0) or 1.0
    for place, panel in enumerate(panels):
        left, y = place % columns * pitch, place // columns * tall
        _panel(figure, panel, ages, _Side(left, y + head, (pitch - 30 - _AGES) / 2, top))
    return figure


def _ends(cell: AgeGender) -> list[float]:
    return [number for number in (cell.share.high if cell.share else None, cell.population) if number is not None]


@dataclass(frozen=True, slots=True)
class _Side:
    """Where a panel's ages begin, in px; `half`: how long the longest bar may be, `top`: the share it stands for."""

    left: float
    y: float
    half: float
    top: float

    def x(self, gender: str, share: float) -> float:
        length = share / self.top * (self.half - 34)  # room for the figure at the end of the bar
        return self.left + self.half - length if gender == "female" else self.left + self.half + _AGES + length


def _panel(figure: Canvas, panel: Panel, ages: Sequence[str], side: _Side) -> None:
    middle = side.left + side.half + _AGES / 2
    figure.write(f"<b>{wrapped(panel.title, _LETTERS)}</b>", side.left, side.y - 22, yanchor="bottom")
    figure.write("Women", side.x("female", 0), side.y - 12, xanchor="right", font={"size": 12, "color": BLUE})
    figure.write("Men", side.x("male", 0), side.y - 12, font={"size": 12, "color": ORANGE})
    for row, age in enumerate(ages):
        y = side.y + _ROW * (row + 0.5)
        figure.write(age.replace("-", "–"), middle, y, xanchor="center", font={"size": 12, "color": QUIET})
        for cell in panel.cells:
            if cell.age == age:
                _cell(figure, cell, y, side)
    foot = side.y + _ROW * len(ages) + _FOOT / 2 + 2
    figure.write(wrapped(panel.rest, 44, 1), side.left, foot, font={"size": 12, "color": QUIET})


def _cell(figure: Canvas, cell: AgeGender, y: float, side: _Side) -> None:
    colour = BLUE if cell.gender == "female" else ORANGE
    if cell.share is not None:
        certain = 0.0 if cell.state == "modelled" else cell.share.low
        start, middle, end = (side.x(cell.gender, share) for share in (0.0, certain, cell.share.high))
        solid(figure, start, middle, y, _THICK, colour)
        if cell.share.high > certain:
            hatched(figure, middle, end, y, _THICK, colour, 1.0)
    if cell.population is not None:
        upright(figure, side.x(cell.gender, cell.population), y - 9, y + 9, INK, 2)
    _at_end(figure, cell, y, side)


def _at_end(figure: Canvas, cell: AgeGender, y: float, side: _Side) -> None:
    end = side.x(cell.gender, max(_ends(cell), default=0.0))
    about = "" if cell.share is None or cell.share.is_exact else "≈"
    said = about + words.percent(cell.share.middle) if cell.share is not None else cell.state
    place = {"xanchor": "right", "xshift": -5} if cell.gender == "female" else {"xanchor": "left", "xshift": 5}
    figure.write(said, end, y, font={"size": 11, "color": INK if cell.share is not None else QUIET}, **place)
