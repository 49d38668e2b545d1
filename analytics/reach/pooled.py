"""The activity model, learned from every period and every cell: what one cell can't tell, the others lend.

Each point of the grid of activity.py predicts every past union. A cell's weights are a posterior over the grid with
a normal error on the logarithm, under a power prior (Ibrahim and Chen 2000): the other cells count, together, as
`lent` periods of its own. The prediction is the weighted mean over the grid, never one fitted pair: with few or
similar periods the pair is not identified, the union is.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from .activity import FACTOR, unions
from .models import by_cell
from .past import Parts, Past

_EXPECTED_ERROR = 0.015  # of a past union, before there are any
_AS_IF = 2.0  # past unions that the expectation counts for


@dataclass(frozen=True)
class Activity:
    """`lent`: periods that the other cells are worth together."""

    name: ClassVar[str] = "activity"
    lent: float = 1.0
    weights: dict[str, np.ndarray] = field(default_factory=dict)
    shared: np.ndarray = field(default_factory=lambda: np.full(len(FACTOR), 1 / len(FACTOR)))

    def fit(self, history: Sequence[Past]) -> Activity:
        cells = {cell: _squares(pasts) for cell, pasts in by_cell(history).items()}
        error = _typical_error(cells.values())
        others = self.lent * np.mean([squares.mean(axis=0) for squares in cells.values()], axis=0) / error**2
        weights = {cell: _posterior(squares.sum(axis=0) / error**2 + others) for cell, squares in cells.items()}
        return Activity(self.lent, weights, _posterior(others))

    def predict(self, parts: Parts) -> float:
        """A cell that was never seen is predicted as the others together would."""
        return float(unions(parts) @ self.weights.get(parts.cell, self.shared))


def _squares(pasts: Sequence[Past]) -> np.ndarray:
    """Squared errors of the logarithm, shape (periods, grid)."""
    return np.array([np.log(unions(past.parts) / max(past.people, 1.0)) ** 2 for past in pasts])


def _typical_error(cells: Iterable[np.ndarray]) -> float:
    """The root mean square error at each cell's best point, for the freedom that two numbers take; drawn towards an
    expected one while periods are few."""
    best = [(float(squares.sum(axis=0).min()), max(len(squares) - 2, 0)) for squares in cells]
    squares, freedom = (sum(column) for column in zip(*best, strict=True))
    return math.sqrt((squares + _AS_IF * _EXPECTED_ERROR**2) / (freedom + _AS_IF))


def _posterior(misfit: np.ndarray) -> np.ndarray:
    likely = np.exp(-(misfit - misfit.min()) / 2)
    return np.asarray(likely / likely.sum())
