"""The 650 seats, one hexagon each, so that a seat counts the same wherever it lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from .. import words
from .canvas import CONTEXT, INK, NARROW, QUIET, WIDE, Canvas, Chart, drawn, known, wrapped

SCALE: Final = ("#E9EEF4", "#BBD0E6", "#7FA8D0", "#3F78B0", "#12395F")  # lightness falls evenly: it holds in grey
_HALO: Final = ", ".join(f"{x}px {y}px 0 #FFFFFF" for x in (-1.5, 0, 1.5) for y in (-1.5, 0, 1.5) if x or y)
_WORDS: Final = 270  # px beside the map
_PITCH: Final = 23


def hexes(seats: pd.DataFrame, unit: words.Unit = "ratio", of: str = "", top: int = 5) -> Chart:
    """A map of seats by value.

    Args:
        seats: columns code, name, region (a label), q, r (axial, pointy-top, r grows to the south), value (NaN where
            there is none) and state (model.values.State).
        of: what the value is, such as "impressions per elector".
        top: so many seats of the highest values are named.
    """
    reading = "Each hexagon is one seat, of whatever size; they are shaded in fifths."
    if (seats["state"] == "modelled").any():
        reading += " Lines across it: modelled."
    return drawn(lambda is_narrow: _draw(seats, unit, of, top, is_narrow), reading)


def _draw(seats: pd.DataFrame, unit: words.Unit, of: str, top: int, is_narrow: bool) -> Canvas:
    placed = _placed(seats)
    frame = _Frame.of(placed, top, is_narrow)
    figure = Canvas(is_narrow, frame.height, top=0, bottom=0)
    figure.x.update(range=[0, figure.width], visible=False)
    figure.y.update(range=[frame.height, 0])
    placed = placed.assign(x=frame.left + placed["x"] * frame.size, y=frame.top + placed["y"] * frame.size)
    breaks = _breaks(placed["value"])
    _fill(figure, placed, breaks, frame.size)
    _borders(figure, placed, frame.size)
    _regions(figure, placed, is_narrow)
    _best(figure, placed, unit, top, frame)
    _scale(figure, breaks, unit, of, frame, bool(placed["value"].isna().any()))
    return figure


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where all lies, in px: the first hexagon's centre, a hexagon's side, the scale and the list of the best."""

    left: float
    top: float
    size: float
    height: int
    scale: tuple[float, float]
    best: tuple[float, float]

    @classmethod
    def of(cls, placed: pd.DataFrame, top: int, is_narrow: bool) -> _Frame:
        across, down = float(placed["x"].max()) + 2, float(placed["y"].max()) + 2
        room = (NARROW, 480) if is_narrow else (WIDE - _WORDS, 760)
        size = min(room[0] / across, room[1] / down)
        tall = size * down
        left = (room[0] - size * across) / 2 + size
        if not is_narrow:
            return cls(left, size + 2, size, round(tall) + 4, (WIDE - _WORDS + 16, 30), (WIDE - _WORDS + 16, 210))
        below = tall + 26
        return cls(left, size + 2, size, round(below + _PITCH * max(7, top + 1)), (0, below + 6), (178, below + 6))


def _placed(seats: pd.DataFrame) -> pd.DataFrame:
    """With x and y of each centre, in sides of a hexagon, from 0."""
    x, y = math.sqrt(3) * (seats["q"] + seats["r"] / 2), 1.5 * seats["r"]
    return seats.assign(x=x - x.min(), y=y - y.min()).reset_index(drop=True)


def _breaks(values: pd.Series) -> list[float]:
    """The upper ends of four fifths of the seats, to two figures; fewer where many are the same."""
    known = values.dropna()
    if known.empty:
        return []
    cuts = known.quantile([0.2, 0.4, 0.6, 0.8]).tolist()
    return sorted({float(f"{cut:.2g}") for cut in cuts if known.min() < cut < known.max()})


def _fill(figure: Canvas, placed: pd.DataFrame, breaks: list[float], size: float) -> None:
    shade = np.searchsorted(breaks, placed["value"].to_numpy(), side="right")
    unknown = placed["value"].isna().to_numpy()
    modelled = (placed["state"] == "modelled").to_numpy() & ~unknown
    _hexagons(figure, placed[unknown], size, "#FFFFFF", CONTEXT)
    for place, colour in enumerate(_colours(breaks)):
        _hexagons(figure, placed[(shade == place) & ~unknown], size, colour, "#FFFFFF")
    dark = shade > len(breaks) // 2
    _hatch(figure, placed[modelled & ~dark], size, QUIET)
    _hatch(figure, placed[modelled & dark], size, "#FFFFFF")


def _colours(breaks: list[float]) -> tuple[str, ...]:
    """As many as there are classes, spread over the whole scale."""
    if not breaks:
        return (SCALE[2],)
    return tuple(SCALE[round(place * (len(SCALE) - 1) / len(breaks))] for place in range(len(breaks) + 1))


_CORNERS: Final = np.pi / 6 + np.pi / 3 * np.arange(6)  # the first to the lower right, then round by the west


def _corners(placed: pd.DataFrame, size: float) -> tuple[np.ndarray, np.ndarray]:
    """(n, 6) each: x and y of the corners."""
    x, y = placed["x"].to_numpy()[:, None], placed["y"].to_numpy()[:, None]
    return x + size * np.cos(_CORNERS), y + size * np.sin(_CORNERS)


def _hexagons(figure: Canvas, placed: pd.DataFrame, size: float, colour: str, edge: str) -> None:
    if placed.empty:
        return
    xs, ys = (np.hstack([c, c[:, :1], np.full((len(placed), 1), np.nan)]) for c in _corners(placed, size * 0.97))
    line = {"color": edge, "width": 0.6}
    _lines(figure, xs, ys, line, fill="toself", fillcolor=colour)


def _hatch(figure: Canvas, placed: pd.DataFrame, size: float, colour: str) -> None:
    """Three lines across each hexagon, parallel to two of its sides."""
    along, away = np.array([math.cos(-math.pi / 6), math.sin(-math.pi / 6)]), np.array([0.5, math.cos(math.pi / 6)])
    for offset in (-0.42, 0.0, 0.42):
        half = 0.94 - abs(offset) / math.sqrt(3)
        ends = [size * (offset * away + sign * half * along) for sign in (-1, 1)]
        xs, ys = ([placed[axis].to_numpy() + end[i] for end in ends] for i, axis in enumerate("xy"))
        gap = np.full(len(placed), np.nan)
        _lines(figure, np.column_stack([*xs, gap]), np.column_stack([*ys, gap]), {"color": colour, "width": 1})


def _lines(figure: Canvas, xs: np.ndarray, ys: np.ndarray, line: dict[str, object], **fill: str) -> None:
    """A row a line, ending in NaN."""
    x, y = (known(part.ravel().round(1)) for part in (xs, ys))
    figure.scatter(x=x, y=y, mode="lines", line=line, **fill)


def _borders(figure: Canvas, placed: pd.DataFrame, size: float) -> None:
    """A line along every side between two regions, and around the whole."""
    regions = {
        (int(q), int(r)): region for q, r, region in zip(placed["q"], placed["r"], placed["region"], strict=True)
    }
    xs, ys = _corners(placed, size)
    line_x: list[float | None] = []
    line_y: list[float | None] = []
    for seat, (q, r) in enumerate(zip(placed["q"], placed["r"], strict=True)):
        for side, (over, down) in enumerate(_NEIGHBOURS):
            if regions.get((int(q) + over, int(r) + down)) != placed["region"][seat]:
                ends = [side, (side + 1) % 6]
                line_x += [*xs[seat, ends].round(1), None]
                line_y += [*ys[seat, ends].round(1), None]
    figure.scatter(x=line_x, y=line_y, mode="lines", line={"color": INK, "width": 1.1})


# The neighbour across the side that runs from corner i to corner i + 1, for y growing to the south.
_NEIGHBOURS: Final = ((0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1), (1, 0))


def _regions(figure: Canvas, placed: pd.DataFrame, is_narrow: bool) -> None:
    font = {"size": 10 if is_narrow else 12, "color": INK, "shadow": _HALO}
    for region, inside in placed.groupby("region", sort=False):
        away = inside[["x", "y"]] - inside[["x", "y"]].mean()
        seat = inside.loc[(away**2).sum(axis=1).idxmin()]  # the mean itself may lie in another region
        said = f"<b>{wrapped(str(region), 12, 3)}</b>"
        figure.write(said, seat["x"], seat["y"], xanchor="center", align="center", font=font)


def _best(figure: Canvas, placed: pd.DataFrame, unit: words.Unit, top: int, frame: _Frame) -> None:
    """The highest, numbered on the map and named beside it."""
    x, y = frame.best
    figure.write("<b>Most</b>", x, y)
    for place, (_, seat) in enumerate(placed.dropna(subset=["value"]).nlargest(top, "value").iterrows(), 1):
        name = wrapped(str(seat["name"]), 30 if x > NARROW else 19, 1)
        said = f"<b>{place}</b>  {name}  <b>{words.amount(float(seat['value']), unit)}</b>"
        figure.write(said, x, y + _PITCH * place)
        font = {"size": round(min(11, frame.size * 1.15)), "color": "#FFFFFF"}
        figure.write(f"<b>{place}</b>", seat["x"], seat["y"], xanchor="center", font=font)


def _scale(figure: Canvas, breaks: list[float], unit: words.Unit, of: str, frame: _Frame, has_gaps: bool) -> None:
    """What the shades mean: the class's lower and upper end beside each."""
    x, y = frame.scale
    figure.write(f"<b>{wrapped(of[:1].upper() + of[1:], 40, 1)}</b>", x, y)
    ends = [words.amount(cut, unit) for cut in breaks]
    said = [f"under {ends[0]}", *(f"{a}–{b}" for a, b in pairwise(ends)), f"{ends[-1]} or more"] if ends else ["all"]
    shades = [*zip(_colours(breaks), said, strict=True), *([("#FFFFFF", "not known")] if has_gaps else [])]
    for place, (colour, text) in enumerate(shades, 1):
        at = y + _PITCH * place
        box = {"fillcolor": colour, "line": {"color": QUIET, "width": 0.5}}
        figure.shape(type="rect", x0=x, x1=x + 18, y0=at - 7, y1=at + 7, **box)
        figure.write(text, x, at, xshift=26)
