"""The 650 seats as equal hexagons: our own layout, from approximate positions that we wrote down ourselves.

    python -m assets.population.make.layout        # rewrites hex_q and hex_r in seats.csv, in about 4 minutes

1. Neighbours are the edges of a Delaunay triangulation (those over open sea left out).
2. Points are drawn to one hexagon's breadth from their neighbours, in the direction that they lie in, and pushed
   apart where they are closer: an even cartogram, where London is large and the Highlands are small.
3. `linear_sum_assignment` gives each seat the hexagon that suits all best; then seats change places or move to a
   free hexagon as long as that keeps neighbours closer, regions in one piece and the land without holes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from .fitting import Cell, Fitting, Points, beside, centre

HERE: Final = Path(__file__).resolve().parent
SEATS: Final = HERE.parent / "seats.csv"
SPACING_KM: Final = 20.0
ISLANDS: Final = ("Na h-Eileanan an Iar", "Orkney and Shetland")
FORD: Final = ("Forest of Dean", "Monmouthshire", "Newport East", "Thornbury and Yate")  # where the Severn is narrow


def lay_out() -> pd.DataFrame:
    """seats.csv with its hexagons, those of Northern Ireland to the west of the North Channel."""
    seats = pd.read_csv(SEATS, dtype={"code": "str"})
    placed = seats.merge(pd.read_csv(HERE / "positions.csv").drop(columns="name"), on="code", validate="1:1")
    points = _kilometres(placed) / SPACING_KM
    edges = _neighbours(placed, points)
    even = _even(points, edges)
    mainland = (~placed["name"].isin(ISLANDS)).to_numpy()
    cells = Fitting(placed[mainland], even[mainland], _within(edges, mainland), points[mainland]).solved()
    hexes = dict(zip(placed.index[mainland], cells, strict=True))
    return seats.assign(**_with_islands(placed, hexes))


def _kilometres(placed: pd.DataFrame) -> Points:
    """East and south, on a plane that is true at 54° N."""
    east = placed["longitude"] * 111.32 * np.cos(np.radians(54.0))
    return np.column_stack([east, -placed["latitude"] * 110.9])


def _neighbours(placed: pd.DataFrame, points: Points) -> NDArray[np.int64]:
    corners = Delaunay(points).simplices
    pairs = {tuple(sorted((t[i], t[j]))) for t in corners for i, j in ((0, 1), (1, 2), (0, 2))}
    rows = list(placed.itertuples())
    return np.array(sorted(pair for pair in pairs if _by_land(rows[pair[0]], rows[pair[1]], points, pair)))


def _by_land(one: object, other: object, points: Points, pair: tuple[int, int]) -> bool:
    nations = {one.nation, other.nation}  # type: ignore[attr-defined]
    regions = {one.region, other.region}  # type: ignore[attr-defined]
    far = float(np.hypot(*(points[pair[0]] - points[pair[1]]))) * SPACING_KM
    if "Northern Ireland" in nations and len(nations) > 1:
        return False
    if regions == {"Scotland", "North West"}:
        return False  # Cumbria has four seats: the Solway is wider here than it is
    if regions == {"South West", "Wales"}:
        return one.name in FORD and other.name in FORD  # type: ignore[attr-defined]
    if regions == {"South East", "East of England"} and one.longitude > 0.2 and other.longitude > 0.2:  # type: ignore[attr-defined]
        return False
    return far < (130 if nations == {"Scotland"} else 70)


def _even(points: Points, edges: NDArray[np.int64], rounds: int = 500) -> Points:
    """The cartogram: unit distance between neighbours, nobody closer than that."""
    at = points.copy()
    one, other = edges.T
    apart = points[other] - points[one]
    wanted = apart / np.linalg.norm(apart, axis=1, keepdims=True)
    degree = np.bincount(edges.ravel(), minlength=len(points))[:, None]
    for step in range(rounds):
        pull = (at[other] - at[one] - wanted) * 0.5
        move = np.zeros_like(at)
        np.add.at(move, one, pull)
        np.add.at(move, other, -pull)
        at += 0.5 * move / np.maximum(degree, 1)
        at += _push(at, 0.9 if step > rounds // 4 else 0.5)
    return at


def _push(at: Points, reach: float) -> Points:
    gap = at[:, None, :] - at[None, :, :]
    far = np.sqrt((gap**2).sum(axis=2)) + 1e-9
    np.fill_diagonal(far, 2 * reach)
    force = np.where(far < reach, (reach - far) / far * 0.4, 0.0)
    moved: Points = (gap * force[:, :, None]).sum(axis=1)
    return moved


def _within(edges: NDArray[np.int64], kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    number = np.cumsum(kept) - 1
    return number[edges[kept[edges].all(axis=1)]]


def _apart(some: set[Cell], others: set[Cell]) -> int:
    """Steps between the two closest of them; 1 where they touch, 0 where one is in both."""
    here, there = np.array(sorted(some)), np.array(sorted(others))
    gap = here[:, None, :] - there[None, :, :]
    return int((np.abs(gap[..., 0]) + np.abs(gap[..., 1]) + np.abs(gap.sum(axis=2))).min()) // 2


def _drawn_up(cells: set[Cell], others: set[Cell], steps: Iterator[Cell], apart: int) -> Cell:
    """The first of `steps` that brings the nearest of `cells` to `apart` from the others."""
    return next(s for s in steps if _apart({(q + s[0], r + s[1]) for q, r in cells}, others) <= apart)


def _towards(east: float, south: float, cell: Cell) -> float:
    """How far the hexagon lies in that direction."""
    return centre(cell)[0] * east + centre(cell)[1] * south


def _with_islands(placed: pd.DataFrame, hexes: dict[int, Cell]) -> dict[str, list[int]]:
    """Scotland moved south until it meets England, Northern Ireland east until two hexagons of sea are left.

    The island seats of Scotland go a hexagon off its coast, to the north-west and to the north.
    """
    nation = placed["nation"]
    of = {name: {hexes[i] for i in hexes if nation[i] == name} for name in nation.unique()}
    south = _drawn_up(of["Scotland"], of["England"], ((-(k // 2), k) for k in range(30)), 1)
    hexes = {i: (q + south[0], r + south[1]) if nation[i] == "Scotland" else (q, r) for i, (q, r) in hexes.items()}
    britain = {cell for i, cell in hexes.items() if nation[i] != "Northern Ireland"}
    east = _drawn_up(of["Northern Ireland"], britain, ((k + 1, -2) for k in range(30)), 3)
    hexes = {
        i: (q + east[0], r + east[1]) if nation[i] == "Northern Ireland" else (q, r) for i, (q, r) in hexes.items()
    }
    land = {cell for i, cell in hexes.items() if nation[i] == "Scotland"}
    off = sorted({c for b in land for a in beside(b) for c in beside(a) if _apart({c}, land) == 2})
    for name, east_pull, south_pull in zip(ISLANDS, (-0.9, 0.3), (-0.7, -1.0), strict=True):
        best = max(off, key=partial(_towards, east_pull, south_pull))
        hexes[int(placed.index[placed["name"] == name][0])] = best
    left, top = min(q for q, _ in hexes.values()), min(r for _, r in hexes.values())
    return {
        "hex_q": [hexes[i][0] - left for i in placed.index],
        "hex_r": [hexes[i][1] - top for i in placed.index],
    }


if __name__ == "__main__":
    lay_out().to_csv(SEATS, index=False, lineterminator="\n")
