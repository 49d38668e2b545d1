"""The activity model, learned from every period and every cell: what one cell can't tell, the others lend.

Each point of the grid of activity.py predicts every past union. A cell's weights are a posterior over the grid with
a normal error on the logarithm, under a power prior (Ibrahim and Chen 2000): the other cells count, together, as
`lent` periods of its own. The prediction is the weighted mean over the grid, never one fitted pair: with few or
similar periods the pair is not identified, the union is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .activity import FACTOR, unions
from .models import by_cell
from .past import Parts, Past

_LEAST_ERROR = 0.002  # of a past union: counts are rounded, and no model is exact


@dataclass(frozen=True)
class Activity:
    """`lent`: periods that the other cells are worth together. `fades`: periods after which the past counts half."""

    lent: float = 1.0
    fades: float = float("inf")
    weights: dict[str, np.ndarray] = field(default_factory=dict)
    shared: np.ndarray = field(default_factory=lambda: np.full(len(FACTOR), 1 / len(FACTOR)))

    @property
    def name(self) -> str:
        return "activity" if self.fades == float("inf") else "activity, recent first"

    def fit(self, history: Sequence[Past]) -> Activity:
        fits = {cell: self._misfit(pasts) for cell, pasts in by_cell(history).items()}
        error = _typical_error(fits.values())
        together = np.mean([misfit / weighs.sum() for misfit, weighs in fits.values()], axis=0)
        weights = {cell: _posterior((misfit + self.lent * together) / error**2) for cell, (misfit, _) in fits.items()}
        return Activity(self.lent, self.fades, weights, _posterior(self.lent * together / error**2))

    def predict(self, parts: Parts) -> float:
        """A cell that was never seen is predicted as the others together would."""
        return float(unions(parts) @ self.weights.get(parts.cell, self.shared))

    def _misfit(self, pasts: Sequence[Past]) -> tuple[np.ndarray, np.ndarray]:
        """Squared errors of the logarithm at every grid point, summed over periods; and what each period weighs."""
        off = np.array([np.log(unions(past.parts) / max(past.people, 1.0)) for past in pasts])
        weighs = 0.5 ** (np.arange(len(pasts))[::-1] / self.fades)
        return weighs @ off**2, weighs


def _typical_error(fits: Iterable[tuple[np.ndarray, np.ndarray]]) -> float:
    """The root mean square error at each cell's best point, for the freedom that two numbers take."""
    squares = [misfit.min() / max(weighs.sum() - 2, 1.0) for misfit, weighs in fits]
    return float(max(np.sqrt(np.mean(squares)), _LEAST_ERROR))


def _posterior(misfit: np.ndarray) -> np.ndarray:
    likely = np.exp(-(misfit - misfit.min()) / 2)
    return np.asarray(likely / likely.sum())
