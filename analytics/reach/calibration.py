"""Which models may speak, and how far they may be off: decided on the team's own history, by leaving periods out.

Every model predicts each past period from all others. Those predictions are mixed so that the mixture would have
been least wrong (stacking: Wolpert 1992, Breiman 1996; weights ≥ 0 that sum to 1, on the logarithm), or the best is
taken alone where the past is short. Their own errors give the interval, by the rank rule of conformal prediction
(Vovk, Gammerman and Shafer 2005), each error measured against the room that the Fréchet bounds left it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import nnls
from scipy.stats import t as student

from .corrected import Corrected
from .models import BetaBinomial, DiracMixture, Fitted, Independence, Model, OnePoint, by_cell
from .past import Parts, Past, periods_of
from .pooled import Activity

MODELS: Final[tuple[Model, ...]] = (
    Independence(),
    BetaBinomial(),
    OnePoint(),
    DiracMixture(),
    Activity(),
    Corrected(Activity()),
    Corrected(BetaBinomial(over_all=True)),
)
LEAST_PERIODS: Final = 3
_SOME: Final = 8  # past unions from which models are mixed; before, activity it is
_MANY: Final = 20  # from which errors are ranked
_OWN: Final = 6.0  # past unions of a cell that count as much as all cells together, for how far it may be off
Tested = list[tuple[Past, float]]


@dataclass(frozen=True)
class Calibration:
    """Models that were tried on `periods` past periods, and what each of them is worth.

    `error`: mean absolute relative error when a period is predicted from the others, a fraction; `errors` the same
    for every model tried alone. `misses`: a tuple a period of every error over its room and its cell's typical one
    (`spreads`). `seen`: the smallest and largest parts of each cell, and how much they vary (see `_size`).
    """

    weights: Mapping[str, float]
    fitted: Mapping[str, Fitted]
    error: float
    errors: Mapping[str, float]
    periods: int
    misses: tuple[tuple[float, ...], ...]
    spreads: Mapping[str, float]
    seen: Mapping[str, tuple[float, float, float]]

    @property
    def model(self) -> str:
        """Its models, the weightiest first: "activity 70 %, one-point 30 %"; one alone by its name."""
        ordered = sorted(self.weights, key=lambda name: -self.weights[name])
        named = [f"{name} {self.weights[name]:.0%}".replace("%", " %") for name in ordered]
        return ordered[0] if len(ordered) == 1 else ", ".join(named)

    def predict(self, parts: Parts) -> float | None:
        """People in the union, within the Fréchet bounds; None for a cell without history."""
        if parts.cell not in self.spreads:
            return None
        points = {name: within_bounds(fitted.predict(parts), parts) for name, fitted in self.fitted.items()}
        logs = [self.weights[name] * math.log(max(point, 1e-9)) for name, point in points.items() if point is not None]
        return within_bounds(math.exp(sum(logs)), parts) if len(logs) == len(points) else None

    def margin(self, parts: Parts, point: float, level: float) -> float:
        """People that `point` may be off, either way, with a chance of `level`. KeyError for a cell without history."""
        return self._widest(level) * self.spreads[parts.cell] * room(parts, point) * self._stretch(parts)

    def _stretch(self, parts: Parts) -> float:
        """1 within the sizes that were seen, one more for each standard deviation beyond them."""
        smallest, largest, deviation = self.seen[parts.cell]
        size = _size(parts)
        return 1 + max(0.0, smallest - size, size - largest) / deviation

    def _widest(self, level: float) -> float:
        """Where there are too few errors to rank, Student's t on periods, since the cells of one go wrong together."""
        every = np.sort(np.concatenate([np.array(period) for period in self.misses]))
        if len(every) >= _MANY:
            safe = level + self._unsure(_ranked(every, level))
            return _ranked(every, safe) * math.sqrt(1 + 1 / self.periods)
        fitted = len(every) / max(len(every) - len(self.weights), 1)  # weights were chosen to make errors small
        return float(student.ppf((1 + level) / 2, self.periods - 1)) * math.sqrt(fitted + 1 / self.periods)

    def _unsure(self, width: float) -> float:
        """The standard error, over periods, of the share that lies within `width`."""
        inside = [np.mean(np.array(period) <= width) for period in self.misses]
        return float(np.std(inside, ddof=1) / math.sqrt(self.periods))


def _ranked(every: np.ndarray, level: float) -> float:
    """The miss of rank ⌈(n + 1)·level⌉ of n, the last at most; sorted in, as conformal prediction has it."""
    return float(every[min(math.ceil((len(every) + 1) * level), len(every)) - 1])


def calibrate(history: Sequence[Past], models: Sequence[Model] = MODELS) -> Calibration | None:
    """The models mixed for the least back-test error, fitted on all of `history`; None under LEAST_PERIODS periods."""
    periods = periods_of(history)
    if len(periods) < LEAST_PERIODS:
        return None
    tested = {model.name: back_test(history, model) for model in models}
    errors = {name: _mean_error(pairs) for name, pairs in tested.items()}
    weights = _weigh(tested)
    mixed = _mixed({name: tested[name] for name in weights}, weights)
    missed = [(past, abs(past.people - point) / room(past.parts, point)) for past, point in mixed]
    spreads = _spreads([(past.parts.cell, miss) for past, miss in missed])
    misses = tuple(
        tuple(miss / spreads[past.parts.cell] for past, miss in missed if past.period == period) for period in periods
    )
    fitted = {model.name: model.fit(history) for model in models if model.name in weights}
    return Calibration(weights, fitted, _mean_error(mixed), errors, len(periods), misses, spreads, _seen(history))


def back_test(history: Sequence[Past], model: Model) -> Tested:
    """Each past union beside what the model says of it after learning from the other periods only.

    A union that it can't say anything of (a cell of one period) counts as its Fréchet middle.
    """
    pairs: Tested = []
    for period in periods_of(history):
        fitted = model.fit([past for past in history if past.period != period])
        asked = [past for past in history if past.period == period]
        pairs += [(past, _said(fitted, past.parts)) for past in asked]
    return pairs


def within_bounds(point: float | None, parts: Parts) -> float | None:
    return None if point is None else min(max(point, parts.least), parts.most)


def room(parts: Parts, point: float) -> float:
    """How far `point` can be off: half the harmonic mean of its distances to both bounds, and no less than the
    chance in counting that many people."""
    below, above = point - parts.least, parts.most - point
    between = parts.most - parts.least
    return max(below * above / between, min(math.sqrt(point), between)) if between > 0 else 1e-9


def _said(fitted: Fitted, parts: Parts) -> float:
    point = within_bounds(fitted.predict(parts), parts)
    return (parts.least + parts.most) / 2 if point is None else point


def _weigh(tested: Mapping[str, Tested]) -> dict[str, float]:
    """Few errors can't tell models apart: then it is the one that borrows most from what is known of activity."""
    unions = len(next(iter(tested.values())))
    return {Activity.name: 1.0} if unions < _SOME and Activity.name in tested else _stacked(tested)


def _stacked(tested: Mapping[str, Tested]) -> dict[str, float]:
    """Weights ≥ 0 of sum 1 with the least squared error of the logarithm. Under 2 % is left out: it is noise."""
    off = np.array([[math.log(max(p, 1.0) / max(past.people, 1.0)) for past, p in pairs] for pairs in tested.values()])
    heavily = 1e3  # the row that makes them sum to 1
    found, _ = nnls(np.vstack([off.T, np.full(len(tested), heavily)]), np.append(np.zeros(off.shape[1]), heavily))
    kept = {name: float(weight) for name, weight in zip(tested, found, strict=True) if weight >= 0.02 * found.sum()}
    return {name: weight / sum(kept.values()) for name, weight in kept.items()}


def _mixed(tested: Mapping[str, Tested], weights: Mapping[str, float]) -> Tested:
    logs = sum(weights[name] * np.log([max(point, 1e-9) for _, point in pairs]) for name, pairs in tested.items())
    pasts = [past for past, _ in next(iter(tested.values()))]
    return [(past, float(point)) for past, point in zip(pasts, np.exp(logs), strict=True)]


def _spreads(misses: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Each cell's root mean square miss, drawn towards that of all cells."""
    everywhere = float(np.mean([miss**2 for _, miss in misses])) or 1e-12
    squares: dict[str, list[float]] = {}
    for cell, miss in misses:
        squares.setdefault(cell, []).append(miss**2)
    return {cell: math.sqrt((sum(own) + _OWN * everywhere) / (len(own) + _OWN)) for cell, own in squares.items()}


def _size(parts: Parts) -> float:
    """The logarithm of all parts together, over the population."""
    return math.log(max(sum(parts.people), 1.0) / parts.population)


def _seen(history: Sequence[Past]) -> dict[str, tuple[float, float, float]]:
    sizes = {cell: np.array([_size(past.parts) for past in pasts]) for cell, pasts in by_cell(history).items()}
    return {cell: (float(s.min()), float(s.max()), max(float(s.std()), 0.05)) for cell, s in sizes.items()}


def _mean_error(pairs: Tested) -> float:
    off = [abs(point - past.people) / past.people for past, point in pairs if past.people > 0]
    return float(np.mean(off)) if off else math.inf
