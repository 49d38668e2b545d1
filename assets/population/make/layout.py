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
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial import Delaunay

HERE: Final = Path(__file__).resolve().parent
SEATS: Final = HERE.parent / "seats.csv"
AROUND: Final = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
Points = NDArray[np.float64]
Cell = tuple[int, int]
SPACING_KM: Final = 20.0
ROOT_3: Final = 3**0.5
LONGEST: Final = 14
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
    cells = _Layout(placed[mainland], even[mainland], _within(edges, mainland), points[mainland]).solved()
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


def centre(cell: Cell) -> tuple[float, float]:
    """East and south, hexagons with a point up and unit breadth."""
    return cell[0] + cell[1] / 2, cell[1] * ROOT_3 / 2


class _Layout:
    """Which hexagon each seat has, and how good that is. Smaller is better."""

    def __init__(self, placed: pd.DataFrame, even: Points, edges: NDArray[np.int64], points: Points) -> None:
        self.regions = placed["region"].to_numpy()
        self.even = even.tolist()
        apart = points[edges[:, 1]] - points[edges[:, 0]]
        wanted = apart / np.linalg.norm(apart, axis=1, keepdims=True)
        self.near: list[list[tuple[int, float, float]]] = [[] for _ in even]
        for (one, other), direction in zip(edges.tolist(), wanted.tolist(), strict=True):
            self.near[one].append((other, direction[0], direction[1]))
            self.near[other].append((one, -direction[0], -direction[1]))
        self.members = {region: np.flatnonzero(self.regions == region).tolist() for region in set(self.regions)}
        self.cells: list[Cell] = []
        self.owner: dict[Cell, int] = {}

    def solved(self) -> list[Cell]:
        self._assign()
        chance = np.random.default_rng(650)
        for heat in np.geomspace(1.5, 0.02, 60):
            self._round(chance, heat)
        while self._round(chance, 0.0) or self._march():
            pass
        return self.cells

    def _assign(self) -> None:
        even = np.array(self.even)
        low, high = np.floor(even.min(axis=0)) - 2, np.ceil(even.max(axis=0)) + 2
        rows = range(int(low[1] / 0.866) - 1, int(high[1] / 0.866) + 2)
        grid = [(q, r) for r in rows for q in range(int(low[0] - r / 2) - 1, int(high[0] - r / 2) + 2)]
        at = np.array([centre(cell) for cell in grid])
        cost = ((even[:, None, :] - at[None, :, :]) ** 2).sum(axis=2)
        _, chosen = linear_sum_assignment(cost)
        self.cells = [grid[i] for i in chosen]
        self.owner = {cell: i for i, cell in enumerate(self.cells)}

    def _round(self, chance: np.random.Generator, heat: float) -> int:
        """Every seat tries its six neighbours' places and two further ones; how many moves were kept."""
        kept = 0
        for seat in chance.permutation(len(self.cells)):
            q, r = self.cells[seat]
            for step in chance.permutation(6)[:4]:
                kept += self._try(int(seat), (q + AROUND[step][0], r + AROUND[step][1]), chance, heat)
                q, r = self.cells[seat]
        return kept

    def _try(self, seat: int, cell: Cell, chance: np.random.Generator, heat: float) -> bool:
        old, other = self.cells[seat], self.owner.get(cell)
        touched = {seat} if other is None else {seat, other}
        around = {old, cell, *_beside(old), *_beside(cell)}
        before = self._cost(touched, around)
        self._swap(seat, old, cell, other)
        worse = self._cost(touched, around) - before
        if worse < -1e-9 or (heat > 0 and chance.random() < np.exp(-worse / heat) and worse > 1e-9):
            return True
        self._swap(seat, cell, old, other)
        return False

    def _march(self) -> bool:
        """One free hexagon by the shore filled by a file of seats of one region, each a step on, if that is better."""
        shore = {cell for own in self.cells for cell in _beside(own) if cell not in self.owner}
        return any(self._fill(free, path) for free in sorted(shore) for path in self._files(free))

    def _files(self, free: Cell) -> Iterator[list[Cell]]:
        """Shortest ways from a hexagon beside `free` through its region, to every hexagon of it."""
        for first in sorted(cell for cell in _beside(free) if cell in self.owner):
            own = {self.cells[i] for i in self.members[self.regions[self.owner[first]]]}
            paths, ahead = {first: [first]}, [first]
            while ahead:
                here = ahead.pop(0)
                yield paths[here]
                for cell in _beside(here):
                    if cell in own and cell not in paths and len(paths[here]) < LONGEST:
                        paths[cell] = [*paths[here], cell]
                        ahead.append(cell)

    def _fill(self, free: Cell, path: list[Cell]) -> bool:
        touched, around = {self.owner[cell] for cell in path}, {free, *_beside(free)}
        around |= {cell for step in path for cell in (step, *_beside(step))}
        before = self._cost(touched, around)
        for cell, onto in zip(path, [free, *path], strict=False):
            self._swap(self.owner[cell], cell, onto, None)
        if self._cost(touched, around) < before - 1e-6:
            return True
        for cell, onto in reversed(list(zip(path, [free, *path], strict=False))):
            self._swap(self.owner[onto], onto, cell, None)
        return False

    def _swap(self, seat: int, old: Cell, new: Cell, other: int | None) -> None:
        del self.owner[old]
        if other is not None:
            self.cells[other], self.owner[old] = old, other
        self.cells[seat], self.owner[new] = new, seat

    def _cost(self, seats: set[int], around: set[Cell]) -> float:
        regions = sorted({str(self.regions[seat]) for seat in seats})
        return (
            sum(self._strain(seat) for seat in sorted(seats))
            + sum(self._tear(cell) for cell in sorted(around))
            + sum(self._split(region) for region in regions)
        )

    def _strain(self, seat: int) -> float:
        """Neighbours not where they should be, and a seat far from the cartogram."""
        east, south = centre(self.cells[seat])
        bent = 0.0
        for other, x, y in self.near[seat]:
            there = centre(self.cells[other])
            bent += (there[0] - east - x) ** 2 + (there[1] - south - y) ** 2
        away = (east - self.even[seat][0]) ** 2 + (south - self.even[seat][1]) ** 2
        return 0.35 * bent + 0.1 * away

    def _tear(self, cell: Cell) -> float:
        """A hole in the land, a spike in the sea, and a seat with few of its region around it."""
        filled = [self.owner[c] for c in _beside(cell) if c in self.owner]
        if cell not in self.owner:
            return (0.0, 0.0, 0.0, 0.8, 2.5, 9.0, 30.0)[len(filled)]
        own = self.regions[self.owner[cell]]
        friends = sum(self.regions[i] == own for i in filled)
        return (14.0, 5.0, 1.0, 0.2, 0.0, 0.0, 0.0)[friends]

    def _split(self, region: str) -> float:
        """The gaps between the pieces that a region is in, if it is in several."""
        cells = {self.cells[i] for i in self.members[region]}
        first = _piece(next(iter(cells)), cells)
        if len(first) == len(cells):
            return 0.0
        here, there = np.array(sorted(first)), np.array(sorted(cells - first))
        gap = here[:, None, :] - there[None, :, :]
        far = (np.abs(gap[..., 0]) + np.abs(gap[..., 1]) + np.abs(gap.sum(axis=2))).min() / 2
        return 12.0 * float(far)


def _piece(start: Cell, cells: set[Cell]) -> set[Cell]:
    """What is connected to `start` within `cells`."""
    found, ahead = {start}, [start]
    while ahead:
        fresh = [cell for cell in _beside(ahead.pop()) if cell in cells and cell not in found]
        found.update(fresh)
        ahead += fresh
    return found


def _beside(cell: Cell) -> Iterator[Cell]:
    return ((cell[0] + q, cell[1] + r) for q, r in AROUND)


def in_one_piece(cells: set[Cell]) -> bool:
    """Whether the hexagons are connected, edge to edge."""
    return len(_piece(next(iter(cells)), cells)) == len(cells)


def _apart(some: set[Cell], others: set[Cell]) -> int:
    """Steps between the two closest of them; 1 where they touch, 0 where one is in both."""
    here, there = np.array(sorted(some)), np.array(sorted(others))
    gap = here[:, None, :] - there[None, :, :]
    return int((np.abs(gap[..., 0]) + np.abs(gap[..., 1]) + np.abs(gap.sum(axis=2))).min()) // 2


def _drawn_up(cells: set[Cell], others: set[Cell], steps: Iterator[Cell], apart: int) -> Cell:
    """The first of `steps` that brings the nearest of `cells` to `apart` from the others."""
    return next(s for s in steps if _apart({(q + s[0], r + s[1]) for q, r in cells}, others) <= apart)


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
    off = sorted({c for b in land for a in _beside(b) for c in _beside(a) if _apart({c}, land) == 2})
    for name, east_pull, south_pull in zip(ISLANDS, (-0.9, 0.3), (-0.7, -1.0), strict=True):
        best = max(off, key=lambda c, e=east_pull, s=south_pull: centre(c)[0] * e + centre(c)[1] * s)
        hexes[int(placed.index[placed["name"] == name][0])] = best
    left, top = min(q for q, _ in hexes.values()), min(r for _, r in hexes.values())
    return {
        "hex_q": [hexes[i][0] - left for i in placed.index],
        "hex_r": [hexes[i][1] - top for i in placed.index],
    }


if __name__ == "__main__":
    lay_out().to_csv(SEATS, index=False, lineterminator="\n")
