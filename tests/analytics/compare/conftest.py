"""Posts of clips whose true rates are known, over-dispersed as posts are: each draws its own rate about its clip's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest

Simulate = Callable[[np.random.Generator, Sequence[float]], pd.DataFrame]


@pytest.fixture(scope="session")
def simulate() -> Simulate:
    return simulated


def simulated(chance: np.random.Generator, rates: Sequence[float], posts: int = 6, rho: float = 0.01) -> pd.DataFrame:
    rows = []
    for clip, rate in enumerate(rates):
        for post in range(posts):
            asked = int(chance.lognormal(8, 1)) + 20
            drawn = chance.beta(rate * (1 / rho - 1), (1 - rate) * (1 / rho - 1))
            rows.append((f"c{clip:02}", f"c{clip:02}-{post}", chance.binomial(asked, drawn), asked))
    return pd.DataFrame(rows, columns=["clip", "object", "numerator", "denominator"])
