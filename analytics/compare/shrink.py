"""Empirical-Bayes rates: a clip with little behind it is drawn towards what clips usually do.

A group's rate counts as `effective` = 1 / unit independent trials (dispersion.py). Over groups the true rates are
taken as Beta(a, b), fitted by marginal likelihood of the beta-binomial (Casella 1985, The American Statistician 39:83),
so that the posterior is Beta(a + successes, b + failures).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import betaln
from scipy.stats import beta


@dataclass(frozen=True, slots=True)
class Prior:
    """What rates of such groups usually are: Beta(a, b)."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)


def prior(groups: pd.DataFrame) -> Prior:
    """Fitted to groups of `dispersion.per_spread`; of one group alone hardly weighing.

    It is never worth more trials than all groups have together: where all look the same, their common rate is
    known only as well as that.
    """
    trials, successes = _effective(groups)

    def against(size: float) -> float:
        a, b = _prior(groups, np.exp(size))
        return -float(np.sum(betaln(a + successes, b + trials - successes) - betaln(a, b)))

    most = np.log(max(2.0, trials.sum()))
    best = minimize_scalar(against, bounds=(0.0, most), method="bounded").x if len(groups) > 1 else 0.0
    return Prior(*_prior(groups, np.exp(best)))


def _prior(groups: pd.DataFrame, size: float) -> tuple[float, float]:
    """Beta(a, b) worth `size` trials, its mean the best one for that size: each group by its variance about it."""
    weight = 1 / (groups["unit"] + 1 / (size + 1))
    mean = float(np.clip((weight * groups["rate"]).sum() / weight.sum(), 1e-9, 1 - 1e-9))
    return size * mean, size * (1 - mean)


def shrunk(groups: pd.DataFrame, usual: Prior, level: float = 0.9) -> pd.DataFrame:
    """`groups` with `shrunk` (the posterior mean), `low` and `high` (its central credible interval of `level`)."""
    trials, successes = _effective(groups)
    a, b = usual.a + successes, usual.b + trials - successes
    edge = (1 - level) / 2
    return groups.assign(shrunk=a / (a + b), low=beta.ppf(edge, a, b), high=beta.ppf(1 - edge, a, b))


def _effective(groups: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Independent trials that the group's rate is worth, and successes among them."""
    trials = 1 / groups["unit"].to_numpy(float)
    return trials, trials * groups["rate"].to_numpy(float)
