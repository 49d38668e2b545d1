"""Which model may speak, and how far it may be off: decided on the team's own history, by leaving periods out.

Every model predicts each past period from all others. The one that was least wrong is kept, and its own errors give
the interval, by the rank rule of split conformal prediction (Vovk, Gammerman and Shafer 2005), each error measured
against the room that the Fréchet bounds left it. With few errors Student's t stands in for the rank.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import t as student

from .models import BetaBinomial, DiracMixture, Fitted, Independence, Model, OnePoint
from .past import Parts, Past, periods_of
from .pooled import Activity

MODELS: Final[tuple[Model, ...]] = (
    Independence(),
    BetaBinomial(),
    OnePoint(),
    DiracMixture(),
    Activity(),
    Activity(fades=4.0),
)
LEAST_PERIODS: Final = 3
_RANKED: Final = 20  # errors from which their own ranks are used


@dataclass(frozen=True)
class Calibration:
    """A model that was tried on `periods` past periods.

    `error`: mean absolute relative error when a period is predicted from the others, a fraction; `errors` the same
    for every model tried. `misses`: every error over its room (see `room`), sorted.
    """

    model: str
    fitted: Fitted
    error: float
    errors: Mapping[str, float]
    periods: int
    misses: tuple[float, ...]

    def predict(self, parts: Parts) -> float | None:
        """People in the union, within the Fréchet bounds; None for a cell without history."""
        return within_bounds(self.fitted.predict(parts), parts)

    def margin(self, parts: Parts, point: float, level: float) -> float:
        """People that `point` may be off, either way, with a chance of `level`."""
        return self._reach_of_misses(level) * room(parts, point)

    def _reach_of_misses(self, level: float) -> float:
        """The widest miss to allow for. Cells of one period go wrong together, hence Student's t on the periods too."""
        count = len(self.misses)
        rank = math.ceil((count + 1) * level)
        spread = math.sqrt(sum(miss * miss for miss in self.misses) / count)
        by_t = float(student.ppf((1 + level) / 2, self.periods - 1)) * spread * math.sqrt(1 + 1 / self.periods)
        return self.misses[rank - 1] * self._few() if count >= _RANKED and rank <= count else by_t

    def _few(self) -> float:
        return math.sqrt(1 + 2 / self.periods)


def calibrate(history: Sequence[Past], models: Sequence[Model] = MODELS) -> Calibration | None:
    """The model with the least back-test error, fitted on all of `history`; None under LEAST_PERIODS periods."""
    periods = periods_of(history)
    if len(periods) < LEAST_PERIODS:
        return None
    predicted = {model.name: back_test(history, model) for model in models}
    errors = {name: _mean_error(pairs) for name, pairs in predicted.items()}
    best = min(models, key=lambda model: errors[model.name])
    misses = sorted(abs(past.people - point) / room(past.parts, point) for past, point in predicted[best.name])
    return Calibration(best.name, best.fit(history), errors[best.name], errors, len(periods), tuple(misses))


def back_test(history: Sequence[Past], model: Model) -> list[tuple[Past, float]]:
    """Each past union beside what the model says of it after learning from the other periods only."""
    pairs = []
    for period in periods_of(history):
        fitted = model.fit([past for past in history if past.period != period])
        for past in history:
            point = within_bounds(fitted.predict(past.parts), past.parts) if past.period == period else None
            if point is not None:
                pairs.append((past, point))
    return pairs


def within_bounds(point: float | None, parts: Parts) -> float | None:
    return None if point is None else min(max(point, parts.least), parts.most)


def room(parts: Parts, point: float) -> float:
    """How far `point` can be off at all: half the harmonic mean of its distances to both bounds, and never less than
    the chance in counting that many people. 0 only where nothing can be wrong."""
    below, above = point - parts.least, parts.most - point
    between = parts.most - parts.least
    counting = min(math.sqrt(point), between)
    return max(below * above / between, counting) if between > 0 else 1e-9


def _mean_error(pairs: Sequence[tuple[Past, float]]) -> float:
    off = [abs(point - past.people) / past.people for past, point in pairs if past.people > 0]
    return float(np.mean(off)) if off else math.inf
