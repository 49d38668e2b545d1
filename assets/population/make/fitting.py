"""Which hexagon each seat gets: neighbours close and in their direction, regions in one piece, land without holes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

AROUND: Final = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
Points = NDArray[np.float64]
Cell = tuple[int, int]
ROOT_3: Final = 3**0.5
LONGEST: Final = 14  # of a file of seats that each move on by one


def centre(cell: Cell) -> tuple[float, float]:
    """East and south, hexagons with a point up and unit breadth."""
    return cell[0] + cell[1] / 2, cell[1] * ROOT_3 / 2


class Fitting:
    """Which hexagon each seat has, and how good that is. Smaller is better."""

    def __init__(self, placed: pd.DataFrame, even: Points, edges: NDArray[np.int64], points: Points) -> None:
        self.regions: list[str] = placed["region"].tolist()
        self.even: list[tuple[float, float]] = [(float(x), float(y)) for x, y in even]
        apart = points[edges[:, 1]] - points[edges[:, 0]]
        wanted = apart / np.linalg.norm(apart, axis=1, keepdims=True)
        self.near: list[list[tuple[int, float, float]]] = [[] for _ in even]
        for (one, other), direction in zip(edges.tolist(), wanted.tolist(), strict=True):
            self.near[one].append((other, direction[0], direction[1]))
            self.near[other].append((one, -direction[0], -direction[1]))
        self.members = {
            region: [i for i, other in enumerate(self.regions) if other == region] for region in set(self.regions)
        }
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
        around = {old, cell, *beside(old), *beside(cell)}
        before = self._cost(touched, around)
        self._swap(seat, old, cell, other)
        worse = self._cost(touched, around) - before
        if worse < -1e-9 or (heat > 0 and chance.random() < np.exp(-worse / heat) and worse > 1e-9):
            return True
        self._swap(seat, cell, old, other)
        return False

    def _march(self) -> bool:
        """One free hexagon by the shore filled by a file of seats of one region, each a step on, if that is better."""
        shore = {cell for own in self.cells for cell in beside(own) if cell not in self.owner}
        return any(self._fill(free, path) for free in sorted(shore) for path in self._files(free))

    def _files(self, free: Cell) -> Iterator[list[Cell]]:
        """Shortest ways from a hexagon beside `free` through its region, to every hexagon of it."""
        for first in sorted(cell for cell in beside(free) if cell in self.owner):
            own = {self.cells[i] for i in self.members[self.regions[self.owner[first]]]}
            paths, ahead = {first: [first]}, [first]
            while ahead:
                here = ahead.pop(0)
                yield paths[here]
                for cell in beside(here):
                    if cell in own and cell not in paths and len(paths[here]) < LONGEST:
                        paths[cell] = [*paths[here], cell]
                        ahead.append(cell)

    def _fill(self, free: Cell, path: list[Cell]) -> bool:
        touched, around = {self.owner[cell] for cell in path}, {free, *beside(free)}
        around |= {cell for step in path for cell in (step, *beside(step))}
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
        regions = sorted({self.regions[seat] for seat in seats})
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
            bent += float((there[0] - east - x) ** 2 + (there[1] - south - y) ** 2)
        away = (east - self.even[seat][0]) ** 2 + (south - self.even[seat][1]) ** 2
        return 0.35 * bent + 0.1 * away

    def _tear(self, cell: Cell) -> float:
        """A hole in the land, a spike in the sea, and a seat with few of its region around it."""
        filled = [self.owner[c] for c in beside(cell) if c in self.owner]
        if cell not in self.owner:
            return (0.0, 0.0, 0.0, 0.8, 2.5, 9.0, 30.0)[len(filled)]
        own = self.regions[self.owner[cell]]
        friends = sum(1 for i in filled if self.regions[i] == own)
        return (14.0, 5.0, 1.0, 0.2, 0.0, 0.0, 0.0)[friends]

    def _split(self, region: str) -> float:
        """The gaps between the pieces that a region is in, if it is in several."""
        cells = {self.cells[i] for i in self.members[region]}
        first = _piece(next(iter(cells)), cells)
        if len(first) == len(cells):
            return 0.0
        here, there = np.array(sorted(first)), np.array(sorted(cells - first))
        gap = here[:, None, :] - there[None, :, :]
        far = float((np.abs(gap[..., 0]) + np.abs(gap[..., 1]) + np.abs(gap.sum(axis=2))).min()) / 2
        return 12.0 * far


def _piece(start: Cell, cells: set[Cell]) -> set[Cell]:
    """What is connected to `start` within `cells`."""
    found, ahead = {start}, [start]
    while ahead:
        fresh = [cell for cell in beside(ahead.pop()) if cell in cells and cell not in found]
        found.update(fresh)
        ahead += fresh
    return found


def beside(cell: Cell) -> Iterator[Cell]:
    return ((cell[0] + q, cell[1] + r) for q, r in AROUND)
