"""Small worlds where everybody is known by name, and histories in which the activity model is the truth."""

from __future__ import annotations

import numpy as np

from analytics.model.interval import Interval
from analytics.reach.past import Parts, Past


def counted(audiences: list[set[int]]) -> list[Interval]:
    return [Interval.exactly(len(audience)) for audience in audiences]


def everybody(audiences: list[set[int]]) -> int:
    return len(set().union(*audiences))


def overlaps(audiences: list[set[int]], pairs: list[tuple[int, int]]) -> dict[tuple[int, int], Interval]:
    return {(i, j): Interval.exactly(len(audiences[i] & audiences[j])) for i, j in pairs}


def weeks(count: int, cells: dict[str, float], *, shape: float = 0.8, within: float = 0.6, seed: int = 5) -> list[Past]:
    """Weeks of 4 to 14 posts among people whose activity is spread like a gamma of that shape."""
    dice = np.random.default_rng(seed)
    return [
        week(f"w{number:02}", cell, people, shape, within, dice)
        for number in range(count)
        for cell, people in cells.items()
    ]


def week(name: str, cell: str, population: float, shape: float, within: float, dice: np.random.Generator) -> Past:
    intensity = dice.lognormal(-3.0, 0.6, dice.integers(4, 15))
    reachable = population * within
    reached = reachable * (1 - (1 + intensity / shape) ** -shape)
    united = reachable * (1 - (1 + intensity.sum() / shape) ** -shape)
    return Past(name, Parts(tuple(map(float, reached)), population, cell=cell), float(united))
