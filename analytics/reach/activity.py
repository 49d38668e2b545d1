"""One reach curve for a group of people whose activity varies: how much the audiences of several posts overlap.

Person u meets post j with probability 1 − exp(−sⱼ·aᵤ): some people are active and meet most posts, some meet
few. With activity a spread like a gamma of mean 1 and shape k among the `within` people who can be reached at all

    reach of one post      rⱼ = within · (1 − L(sⱼ)),        L(s) = (1 + s/k)⁻ᵏ
    reach of all of them   R  = within · (1 − L(Σ sⱼ)),      sⱼ = L⁻¹(1 − rⱼ/within)

This is the negative binomial model (Ehrenberg 1959; Goodhardt, Ehrenberg and Chatfield 1984) put on parts of any
size, and an Archimedean copula with generator L⁻¹ (Clayton). k → ∞ is independence (Sainsbury) within `within`,
k = 1 is Goerg's exponential mixture (2014), k → 0 full overlap; a large `within` and k gives the plain sum. So two
numbers reach every union between the Fréchet bounds, and both are estimated: `within` as a multiple of the
population (people who are never there make it smaller, audiences that avoid each other larger).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from .past import Parts

_FACTORS: Final = np.exp(np.linspace(np.log(0.05), np.log(12.0), 34))  # `within` over the population
_SHAPES: Final = np.exp(np.linspace(np.log(0.12), np.log(40.0), 26))  # k
FACTOR, SHAPE = (axis.ravel() for axis in np.meshgrid(_FACTORS, _SHAPES, indexing="ij"))
_FULL: Final = 1 - 1e-9  # nobody left: kept just below, since L⁻¹(0) is infinite


@lru_cache(maxsize=4_096)
def unions(parts: Parts) -> np.ndarray:
    """The union in people at every point (FACTOR, SHAPE) of the grid; read-only, shape (len(FACTOR),)."""
    reached = np.asarray(parts.people)[:, None]
    within = np.maximum(parts.population * FACTOR, reached.max() / _FULL)
    intensity = SHAPE * np.expm1(-np.log1p(-reached / within) / SHAPE)
    union: np.ndarray = -within * np.expm1(-SHAPE * np.log1p(intensity.sum(axis=0) / SHAPE))
    union.setflags(write=False)
    return union
