"""Reach models from the trade, behind one shape: learn from past unions, then say how many people a new one holds.

independence    learns nothing                        Sainsbury; Caffyn and Sagovsky 1963
beta-binomial   one spread a cell, its last period    Metheringham 1964; Leckenby and Kishi 1982
one-point       one audience a cell, its last period  Goerg, "Estimating reach curves from one data point", 2014
Dirac mixture   levels of activity a cell             WFA planning evaluation framework, 2021
activity        reachable share, spread of activity   activity.py and pooled.py; cells lend to each other
… corrected     what a model gets wrong regularly     corrected.py
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
from scipy.optimize import brentq, nnls
from scipy.special import betaln

from .past import Parts, Past


class Fitted(Protocol):
    def predict(self, parts: Parts) -> float | None:
        """People in the union of `parts`; None for a cell that it never learned."""
        ...


class Model(Protocol):
    @property
    def name(self) -> str: ...

    def fit(self, history: Sequence[Past]) -> Fitted:
        """Learn from the past, in any order. ValueError for an empty history."""
        ...


class Independence:
    """N·(1 − Π(1 − rⱼ/N)): nobody is likelier than anybody else to be met again."""

    name = "independence"

    def fit(self, history: Sequence[Past]) -> Independence:
        return self

    def predict(self, parts: Parts) -> float:
        missed = 1 - np.minimum(np.asarray(parts.people) / parts.population, 1.0)
        return float(parts.population * (1 - missed.prod()))


class BetaBinomial:
    """Chances to be met are spread like a beta of mean r̄/N; n posts miss a person with B(α, β + n)/B(α, β).

    α + β is that of the last period, as the trade does it, or the geometric mean over all of them.
    """

    def __init__(self, *, over_all: bool = False, sizes: dict[str, float] | None = None) -> None:
        self.over_all, self.sizes = over_all, sizes or {}  # α + β, a cell

    @property
    def name(self) -> str:
        return "beta-binomial of all periods" if self.over_all else "beta-binomial"

    def fit(self, history: Sequence[Past]) -> BetaBinomial:
        first = 0 if self.over_all else -1
        sizes = {
            cell: float(np.exp(np.mean([np.log(_size_of(past)) for past in pasts[first:]])))
            for cell, pasts in by_cell(history).items()
        }
        return BetaBinomial(over_all=self.over_all, sizes=sizes)

    def predict(self, parts: Parts) -> float | None:
        return _beta_binomial(parts, self.sizes[parts.cell]) if parts.cell in self.sizes else None


class OnePoint:
    """R = ρ·I/(I + ρ) with ρ = I₀R₀/(I₀ − R₀) from one known point: an exponential mixture of Poissons."""

    name = "one-point"

    def __init__(self, audiences: dict[str, float] | None = None) -> None:
        self.audiences = audiences or {}  # ρ, a cell

    def fit(self, history: Sequence[Past]) -> OnePoint:
        return OnePoint({cell: _audience_of(pasts[-1]) for cell, pasts in by_cell(history).items()})

    def predict(self, parts: Parts) -> float | None:
        audience = self.audiences.get(parts.cell)
        return None if audience is None else audience * parts.shown / (parts.shown + audience)


class DiracMixture:
    """R(I) = N·Σ wᵢ(1 − exp(−aᵢI/N)): people are of a few levels of activity aᵢ, with shares wᵢ ≥ 0, Σ wᵢ ≤ 1."""

    name = "Dirac mixture"
    levels: Final = np.geomspace(0.05, 60.0, 24)

    def __init__(self, weights: dict[str, np.ndarray] | None = None) -> None:
        self.weights = weights or {}

    def fit(self, history: Sequence[Past]) -> DiracMixture:
        return DiracMixture({cell: self._weights(pasts) for cell, pasts in by_cell(history).items()})

    def predict(self, parts: Parts) -> float | None:
        if parts.cell not in self.weights:
            return None
        return float(parts.population * self._curve(parts) @ self.weights[parts.cell])

    def _curve(self, parts: Parts) -> np.ndarray:
        return np.asarray(-np.expm1(-self.levels * parts.shown / parts.population))

    def _weights(self, pasts: Sequence[Past]) -> np.ndarray:
        """Least squares of relative errors; one row more, lightly, asks the shares to sum to one."""
        shares = np.array([max(past.people, 1.0) / past.parts.population for past in pasts])
        rows = np.array([self._curve(past.parts) for past in pasts]) / shares[:, None]
        lightly = 0.03
        closed = np.vstack([rows, np.full(len(self.levels), lightly)])
        found, _ = nnls(closed, np.append(np.ones(len(pasts)), lightly))
        return np.asarray(found / max(1.0, found.sum()))


def by_cell(history: Sequence[Past]) -> dict[str, list[Past]]:
    """The history of each cell, oldest first. ValueError for none."""
    if not history:
        raise ValueError("no history to learn from")
    cells: dict[str, list[Past]] = {}
    for past in sorted(history, key=lambda past: past.period):
        cells.setdefault(past.parts.cell, []).append(past)
    return cells


def _beta_binomial(parts: Parts, size: float) -> float:
    n, mean = len(parts.people), sum(parts.people) / len(parts.people) / parts.population
    mean = min(max(mean, 1e-12), 1 - 1e-9)
    alpha, beta = mean * size, (1 - mean) * size
    return float(-parts.population * np.expm1(betaln(alpha, beta + n) - betaln(alpha, beta)))


_SIZES: Final = (1e-4, 1e6)  # α + β: from one taste for everything to no difference between people


def _size_of(past: Past) -> float:
    def miss(log_size: float) -> float:
        return _beta_binomial(past.parts, np.exp(log_size)) - past.people

    ends = [float(np.log(size)) for size in _SIZES]
    if miss(ends[0]) >= 0:
        return _SIZES[0]
    return float(np.exp(brentq(miss, *ends))) if miss(ends[1]) > 0 else _SIZES[1]


def _audience_of(past: Past) -> float:
    again = past.parts.shown - past.people
    return past.parts.shown * past.people / again if again > 0 else 1e3 * past.parts.population
