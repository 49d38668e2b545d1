"""Raking: a table made to agree with its margins, keeping the odds of a seed (iterative proportional fitting).

Deming and Stephan (1940), Annals of Mathematical Statistics 11:427. Here it joins what YouTube tells apart (shares by
age, shares by gender) from a seed of population × platform. The result is modelled: the margins know nothing of how
age and gender go together, so every cell is an interval between what a seed twice as far off in either direction gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.model.cells import AgeBand, Gender
from analytics.model.interval import Interval

DOUBT: Final = 2.0  # one cell's odds against the rest may be half or double the seed's
_CLOSE: Final = 1e-7  # of the total
_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Raked:
    """`gap` is the largest difference of the table's margins from those asked for, as a part of the total."""

    table: NDArray[np.float64]
    iterations: int
    converged: bool
    gap: float


@dataclass(frozen=True, slots=True)
class Joint:
    """Age and gender together, modelled. `unknown` is what either margin does not know: in no cell, and shown."""

    cells: dict[tuple[AgeBand, Gender], Interval]
    points: dict[tuple[AgeBand, Gender], float]
    unknown: Interval
    raked: Raked


def rake(seed: NDArray[np.float64], rows: NDArray[np.float64], columns: NDArray[np.float64]) -> Raked:
    """`seed` (r × c, ≥ 0) scaled until its rows sum to `rows` and its columns to `columns`.

    Margins whose totals differ (rounded percentages) are met half way: `gap` then shows the difference.

    Raises:
        ValueError: negative or missing numbers, shapes that don't fit, or a margin that the seed has no cell for.
    """
    _check(seed, rows, columns)
    total = (rows.sum() + columns.sum()) / 2
    if total == 0:
        return Raked(np.zeros_like(seed), 0, True, 0.0)
    wanted_rows, wanted_columns = rows * (total / rows.sum()), columns * (total / columns.sum())
    table, iterations, off = seed.astype(float), 0, np.inf
    while off > _CLOSE and iterations < _LIMIT:
        table = table * _ratio(wanted_rows, table.sum(axis=1))[:, None]
        table = table * _ratio(wanted_columns, table.sum(axis=0))[None, :]
        off = float(np.abs(table.sum(axis=1) - wanted_rows).max() / total)
        iterations += 1
    gap = max(np.abs(table.sum(axis=1) - rows).max(), np.abs(table.sum(axis=0) - columns).max()) / total
    return Raked(table, iterations, off <= _CLOSE, float(gap))


def join(
    ages: Mapping[AgeBand, Interval],
    genders: Mapping[Gender, Interval],
    seed: Mapping[tuple[AgeBand, Gender], float],
    *,
    unknown: Interval | None = None,
    doubt: float = DOUBT,
) -> Joint:
    """Age × gender from the two apart, in the unit that they are in (shares, views, people of one query).

    Raises:
        ValueError: a cell without a seed, or margins that can't be.
    """
    bands, kinds = list(ages), list(genders)
    rows = np.array([ages[band].middle for band in bands])
    columns = np.array([genders[kind].middle for kind in kinds])
    start = np.array([[_seed(seed, band, kind) for kind in kinds] for band in bands])
    raked = rake(start, rows, columns)
    keys = [(i, j) for i in range(len(bands)) for j in range(len(kinds))]
    ranges = {(i, j): _range(start, (i, j), rows, columns, doubt) for i, j in keys}
    return Joint(
        {(bands[i], kinds[j]): _within(ranges[i, j], ages[bands[i]], genders[kinds[j]], ages) for i, j in keys},
        {(bands[i], kinds[j]): float(raked.table[i, j]) for i, j in keys},
        unknown if unknown is not None else Interval.exactly(0.0),
        raked,
    )


def _range(
    seed: NDArray[np.float64],
    at: tuple[int, int],
    rows: NDArray[np.float64],
    columns: NDArray[np.float64],
    doubt: float,
) -> tuple[float, float]:
    """The cell as it comes out if its seed is `doubt` times too large, and too small."""
    ends = []
    for factor in (1 / doubt, doubt):
        bent = seed.copy()
        bent[at] *= factor
        ends.append(float(rake(bent, rows, columns).table[at]))
    return ends[0], ends[1]


def _within(ends: tuple[float, float], age: Interval, gender: Interval, ages: Mapping[AgeBand, Interval]) -> Interval:
    """`ends` widened by how exactly the margins are known, and clipped to the Fréchet bounds that always hold."""
    everybody = Interval.total(ages.values())
    hard = Interval(max(0.0, age.low + gender.low - everybody.high), max(0.0, min(age.high, gender.high)))
    slack = max((part.high - part.low) / 2 for part in (age, gender))
    low, high = min(ends) - slack, max(ends) + slack
    return Interval(min(max(low, hard.low), hard.high), max(min(high, hard.high), hard.low))


def _seed(seed: Mapping[tuple[AgeBand, Gender], float], band: AgeBand, kind: Gender) -> float:
    if (band, kind) not in seed:
        raise ValueError(f"no seed for {band.label}, {kind}")
    return seed[band, kind]


def _ratio(wanted: NDArray[np.float64], got: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(wanted, got, out=np.zeros_like(wanted), where=got > 0)


def _check(seed: NDArray[np.float64], rows: NDArray[np.float64], columns: NDArray[np.float64]) -> None:
    if seed.shape != (rows.size, columns.size):
        raise ValueError(f"a seed of {seed.shape} for {rows.size} rows and {columns.size} columns")
    for part in (seed, rows, columns):
        if not (np.isfinite(part).all() and (part >= 0).all()):
            raise ValueError("raking needs finite numbers of 0 or more")
    if ((seed.sum(axis=1) == 0) & (rows > 0)).any() or ((seed.sum(axis=0) == 0) & (columns > 0)).any():
        raise ValueError("a margin above 0 has no cell in the seed")
    if (rows.sum() == 0) != (columns.sum() == 0):
        raise ValueError("one margin is empty and the other is not")
