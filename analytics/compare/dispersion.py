"""How far rates of the same thing lie apart. Impressions are no independent trials: a post takes off, or does not.

Within a group the rate of a replicate has the variance p (1 − p) (ρ + (1 − ρ) / n): the beta-binomial's, with ρ its
intraclass correlation. ρ is found by moments, pooled over all groups (Kleinman 1973, JASA 68:46; Williams 1982,
Applied Statistics 31:144).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

FEWEST_FREE: Final = 4  # degrees of freedom below which chance can't be judged


@dataclass(frozen=True, slots=True)
class Dispersion:
    """`rho`: 0 for independent trials. `free`: degrees of freedom it was found with."""

    rho: float
    free: int

    @property
    def is_known(self) -> bool:
        return self.free >= FEWEST_FREE


def dispersion(gathered: pd.DataFrame, by: Sequence[str]) -> Dispersion:
    """ρ from replicates within groups. `gathered` is of `rates.gather`: numerator and denominator by row."""
    groups = gathered.groupby(list(by), observed=True, sort=False)
    total = groups[["numerator", "denominator"]].transform("sum")
    rate, size = total["numerator"] / total["denominator"], gathered["denominator"]
    spread = rate * (1 - rate)
    apart = float((size * (gathered["numerator"] / size - rate) ** 2).sum())
    # E[apart] = ρ · correlated + (1 − ρ) · independent
    correlated = float((spread * size * (1 - size / total["denominator"])).sum())
    independent = float((spread * (1 - size / total["denominator"])).sum())
    gap = correlated - independent
    rho = float(np.clip((apart - independent) / gap, 0.0, 0.999)) if gap > 0 else 0.0
    return Dispersion(rho, len(gathered) - groups.ngroups)


def per_spread(gathered: pd.DataFrame, by: Sequence[str], rho: float) -> pd.DataFrame:
    """One row a group, with its rate and `unit`: the variance of that rate over p (1 − p)."""
    size = gathered["denominator"]
    weighed = gathered.assign(unit=size**2 * (rho + (1 - rho) / size), replicates=1)
    summed = weighed.groupby(list(by), observed=True, sort=True)[
        ["numerator", "denominator", "unit", "replicates"]
    ].sum()
    return summed.assign(
        rate=summed["numerator"] / summed["denominator"], unit=summed["unit"] / summed["denominator"] ** 2
    ).reset_index()
