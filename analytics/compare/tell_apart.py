"""Which groups really differ from the usual: "higher", "lower", or "can't be told apart", which is an answer too.

Each group is tested against all others together, with the variance of dispersion.py and Student's t on the degrees
of freedom that ρ was found with; over all groups the false discovery rate is held (Benjamini and Hochberg 1995).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control, t

from .dispersion import Dispersion, dispersion, per_spread
from .rates import gather
from .shrink import prior, shrunk

Verdict = Literal["higher", "lower", "can't be told apart"]
NO_TELLING: Final = "can't be told apart"
FALSE_DISCOVERIES: Final = 0.1  # of those called higher or lower, so many may be wrong


def tell_apart(
    frame: pd.DataFrame, by: Sequence[str], replicate: str, *, rate: float = FALSE_DISCOVERIES, level: float = 0.9
) -> pd.DataFrame:
    """One row a group of `by`, best first.

    Columns: `by`, numerator, denominator, replicates, rate, shrunk, low, high (credible, `level`), usual (the rate of
    all others), p, q (after false-discovery control), verdict, why. `frame`: long, with numerator and denominator.

    Raises:
        NothingToReport, ValueError: as rates.gather.
    """
    gathered = gather(frame, by, replicate)
    spread = dispersion(gathered, by)
    groups = per_spread(gathered, by, spread.rho)
    tested = _against_others(shrunk(groups, prior(groups), level), spread)
    q = false_discovery_control(tested["p"].to_numpy(float), method="bh")
    judged = tested.assign(q=q, verdict=_verdicts(tested, q, rate, spread), why=_why(spread, len(groups)))
    return (
        judged.drop(columns="unit")
        .sort_values(["shrunk", *by], ascending=[False, *[True] * len(by)])
        .reset_index(drop=True)
    )


def _against_others(groups: pd.DataFrame, spread: Dispersion) -> pd.DataFrame:
    made, asked = groups["numerator"].sum(), groups["denominator"].sum()
    others = asked - groups["denominator"]
    usual = ((made - groups["numerator"]) / others).where(others > 0)
    weights = groups["denominator"] ** 2 * groups["unit"]
    unit_others = ((weights.sum() - weights) / others**2).where(others > 0)
    return groups.assign(usual=usual, p=p_apart(groups["rate"], usual, groups["unit"] + unit_others, spread))


def p_apart(rate: pd.Series, usual: pd.Series, unit: pd.Series, spread: Dispersion) -> np.ndarray:
    """Two-sided p of two rates being one. `unit`: the variance of their difference over p (1 − p).

    On the scale of 2 arcsin √p, where the variance of such a rate is `unit` whatever p is (Anscombe 1948) and small
    rates are not skewed; 1 where there is nothing to compare with.
    """
    gap = 2 * (np.arcsin(np.sqrt(rate)) - np.arcsin(np.sqrt(usual)))
    distance = (gap / np.sqrt(unit.where(unit > 0))).fillna(0.0)
    return np.asarray(2 * t.sf(distance.abs(), max(1, spread.free)))


def _verdicts(tested: pd.DataFrame, q: np.ndarray, rate: float, spread: Dispersion) -> list[Verdict]:
    found = (q <= rate) & spread.is_known
    return [
        NO_TELLING if not is_found else "higher" if is_above else "lower"
        for is_found, is_above in zip(found, tested["rate"] > tested["usual"], strict=True)
    ]


def _why(spread: Dispersion, groups: int) -> str:
    if not spread.is_known:
        return "too few repeats of the same thing to know how far chance alone goes"
    if groups < 2:
        return "nothing to compare with"
    return f"chance measured on {spread.free} repeats of the same thing"
