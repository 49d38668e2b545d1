"""The 650 seats, one hexagon each, so that a seat counts the same wherever it lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from .. import words
from .canvas import INK, NARROW, QUIET, Chart, canvas, drawn, plain, wrapped, write

SCALE: Final = ("#E9EEF4", "#BBD0E6", "#7FA8D0", "#3F78B0", "#12395F")  # lightness falls evenly: it holds in grey
_EDGE: Final = "#FFFFFF"
_VEIL: Final = "rgba(250,248,244,0.82)"
_LABELS: Final = 0


def hexes(seats: pd.DataFrame, unit: words.Unit = "ratio", of: str = "", top: int = 5) -> Chart:
    """A map of seats by value.

    Args:
        seats: columns code, name, region (a label), q, r (axial, pointy-top, r grows to the south), value (NaN where
            there is none) and state (model.values.State).
        of: what the value is, such as "impressions per elector".
        top: so many seats of the highest values are named.
    """
    reading = (
        f"Each hexagon is one seat; darker is more {of}. Hatched: modelled. White with a grey edge: nothing known."
    )
    return drawn(lambda is_narrow: _draw(seats, unit, of, top, is_narrow), reading)


def _draw(seats: pd.DataFrame, unit: words.Unit, of: str, top: int, is_narrow: bool) -> go.Figure:
    placed = _placed(seats)
    frame = _Frame.of(placed, is_narrow)
    figure = canvas(is_narrow, frame.height, top=0, bottom=0)
    figure.update_xaxes(range=[0, figure.layout.width], visible=False).update_yaxes(range=[frame.height, 0])
    placed = placed.assign(x=frame.left + placed["x"] * frame.size, y=frame.top + placed["y"] * frame.size)
    breaks = _breaks(placed["value"])
    _fill(figure, placed, breaks, frame.size)
    _borders(figure, placed, frame.size)
    _regions(figure, placed, frame, is_narrow)
    _best(figure, placed, unit, top, frame, is_narrow)
    _scale(figure, breaks, unit, of, frame, is_narrow)
    return figure


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the map lies, in px; `size` is a hexagon's side. `side` is where words may stand: (x, y)."""

    left: float
    top: float
    size: float
    height: int
    side: tuple[float, float]

    @classmethod
    def of(cls, placed: pd.DataFrame, is_narrow: bool) -> _Frame:
        across, down = float(placed["x"].max()) + 2, float(placed["y"].max()) + 2
        room = (NARROW, 460) if is_narrow else (500, 700)
        size = min(room[0] / across, room[1] / down)
        tall, left = size * down, (NARROW - size * across) / 2 if is_narrow else _LABELS
        if is_narrow:
            return cls(left + size, size + 4, size, round(tall) + 190, (0.0, tall + 24))
        return cls(left + size, size + 4, size, round(tall) + 8, (left + size * across + _LABELS, 40.0))


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


def _fill(figure: go.Figure, placed: pd.DataFrame, breaks: list[float], size: float) -> None:
    shade = np.searchsorted(breaks, placed["value"].to_numpy(), side="right")
    unknown = placed["value"].isna().to_numpy()
    modelled = (placed["state"] == "modelled").to_numpy() & ~unknown
    _hexagons(figure, placed[unknown], size, {"fillcolor": "#FFFFFF"})
    for place, colour in enumerate(_colours(breaks)):
        inside = (shade == place) & ~unknown
        _hexagons(figure, placed[inside & ~modelled], size, {"fillcolor": colour})
        pattern = {
            "shape": "/",
            "size": 4,
            "solidity": 0.45,
            "fgcolor": colour,
            "bgcolor": "#FFFFFF",
            "fillmode": "replace",
        }
        _hexagons(figure, placed[inside & modelled], size, {"fillcolor": colour, "fillpattern": pattern})


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


def _hexagons(figure: go.Figure, placed: pd.DataFrame, size: float, fill: dict[str, object]) -> None:
    if placed.empty:
        return
    xs, ys = (
        np.hstack([c, c[:, :1], np.full((len(placed), 1), np.nan)]).ravel() for c in _corners(placed, size * 0.97)
    )
    figure.add_scatter(x=np.round(xs, 1), y=np.round(ys, 1), mode="lines", fill="toself", **fill,
                       line={"color": _EDGE, "width": 0.6}, hoverinfo="skip")  # fmt: skip


def _borders(figure: go.Figure, placed: pd.DataFrame, size: float) -> None:
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
    figure.add_scatter(x=line_x, y=line_y, mode="lines", line={"color": INK, "width": 1.1})


# The neighbour across the side that runs from corner i to corner i + 1, for y growing to the south.
_NEIGHBOURS: Final = ((0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1), (1, 0))


def _regions(figure: go.Figure, placed: pd.DataFrame, frame: _Frame, is_narrow: bool) -> None:
    middle = placed.groupby("region", sort=False)[["x", "y"]].mean()
    for region, row in middle.iterrows():
        write(figure, wrapped(str(region), 12, 3), row["x"], row["y"], xanchor="center", align="center", bgcolor=_VEIL,
              borderpad=1, font={"size": 10 if is_narrow else 11, "color": INK})  # fmt: skip


def _best(figure: go.Figure, placed: pd.DataFrame, unit: words.Unit, top: int, frame: _Frame, is_narrow: bool) -> None:
    best = placed.dropna(subset=["value"]).nlargest(top, "value")
    x, y = frame.side
    y += 0 if is_narrow else 150
    write(figure, "<b>Most</b>", x, y)
    for place, (_, seat) in enumerate(best.iterrows(), 1):
        said = f"{place}  {plain(str(seat['name']))}  <b>{words.amount(float(seat['value']), unit)}</b>"
        write(figure, said, x, y + 22 * place)
        write(
            figure,
            f"<b>{place}</b>",
            seat["x"],
            seat["y"],
            xanchor="center",
            font={"size": 9 if is_narrow else 11, "color": "#FFFFFF"},
        )


def _scale(figure: go.Figure, breaks: list[float], unit: words.Unit, of: str, frame: _Frame, is_narrow: bool) -> None:
    """What the shades mean: the class's lower and upper end beside each."""
    x, y = frame.side
    x += 190 if is_narrow else 0
    write(figure, f"<b>{wrapped(of, 22, 2)}</b>", x, y)
    ends = [words.amount(cut, unit) for cut in breaks]
    said = [f"under {ends[0]}", *(f"{a}–{b}" for a, b in pairwise(ends)), f"{ends[-1]} or more"] if ends else []
    for place, (colour, text) in enumerate(zip(_colours(breaks), said, strict=False), 1):
        at = y + 22 * place
        figure.add_shape(
            type="rect", x0=x, x1=x + 16, y0=at - 7, y1=at + 7, fillcolor=colour, line={"color": QUIET, "width": 0.5}
        )
        write(figure, text, x, at, xshift=24)
