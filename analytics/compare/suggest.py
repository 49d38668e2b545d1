"""What did well feeds the watchlist: a weight to think about, with its reason. A person accepts it, or doesn't."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

STEP: Final = 0.25
_LEAST, _MOST = 0.25, 4.0
_CLOSEST = 0.5  # a weight moves at most by this factor, or its inverse, at a time


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`entry`: the watchlist entry's id or topic. Weights as there: 1 counts once, 2 twice."""

    entry: str
    weight_now: float
    weight_suggested: float
    why: str
    evidence: str


def suggest_weights(compared: pd.DataFrame, column: str, weights: Mapping[str, float]) -> tuple[Suggestion, ...]:
    """Suggestions from a comparison of `tell_apart` or `compare_factor`, for the entries in `weights`.

    Only what is told apart moves a weight, by the shrunken rate over the usual one, at most twofold, in quarters.
    """
    told = compared[compared["verdict"].isin(["higher", "lower"]) & compared[column].isin(list(weights))]
    found = (_suggested(row, str(row[column]), weights[str(row[column])]) for _, row in told.iterrows())
    return tuple(suggestion for suggestion in found if suggestion.weight_suggested != suggestion.weight_now)


def _suggested(row: pd.Series, entry: str, now: float) -> Suggestion:
    usual = max(float(row["usual"]), 1e-12)
    factor = min(max(float(row["shrunk"]) / usual, _CLOSEST), 1 / _CLOSEST)
    weight = min(max(round(now * factor / STEP) * STEP, _LEAST), _MOST)
    return Suggestion(
        entry,
        now,
        weight,
        f"{row['verdict']} than the usual {usual:.2%}: {float(row['shrunk']):.2%}",
        f"{int(row['numerator']):,} of {int(row['denominator']):,} over {int(row['replicates'])} repeats, "
        f"between {float(row['low']):.2%} and {float(row['high']):.2%}, q {float(row['q']):.2g}",
    )
