"""A reach model and what it gets wrong in a regular way.

Whom a platform shows the next post to is not only a matter of activity: an audience may be served again, so that
overlap grows with the number of posts. The logarithm of past unions over a model's own is regressed on the shape of
the parts, all cells together, with a ridge penalty (Hoerl and Kennard 1970) that keeps the correction near 0 unless
the past insists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .models import Fitted, Model
from .past import Parts, Past

_RIDGE = 2.0  # in past unions
_FURTHEST = 2.5  # standard deviations from the past: a correction is not drawn out beyond


@dataclass(frozen=True)
class Correction:
    """A fitted model times exp(slopes · standardised shape)."""

    base: Fitted
    slopes: np.ndarray
    centre: np.ndarray
    spread: np.ndarray

    def predict(self, parts: Parts) -> float | None:
        point = self.base.predict(parts)
        away = np.clip((_shape(parts) - self.centre) / self.spread, -_FURTHEST, _FURTHEST)
        return None if point is None else float(point * np.exp(away @ self.slopes))


@dataclass(frozen=True)
class Corrected:
    model: Model

    @property
    def name(self) -> str:
        return f"{self.model.name}, corrected"

    def fit(self, history: Sequence[Past]) -> Correction:
        base = self.model.fit(history)
        points = [(past, base.predict(past.parts)) for past in history if past.people > 0]
        known = [(past, point) for past, point in points if point]
        off = np.array([np.log(past.people / point) for past, point in known])
        shapes = np.array([_shape(past.parts) for past, _ in known]).reshape(-1, _FEATURES)
        centre, spread = shapes.mean(axis=0), np.maximum(shapes.std(axis=0), 0.05)
        scaled = (shapes - centre) / spread
        slopes = np.linalg.solve(scaled.T @ scaled + _RIDGE * np.eye(_FEATURES), scaled.T @ off)
        return Correction(base, slopes, centre, spread)


_FEATURES = 4


def _shape(parts: Parts) -> np.ndarray:
    """How many parts, how much of the population, how unequal, how often each person of a part was shown it."""
    total = max(sum(parts.people), 1.0)
    return np.log(
        [len(parts.people), total / parts.population, total / max(parts.least, 1.0), max(parts.shown, 1.0) / total]
    )
