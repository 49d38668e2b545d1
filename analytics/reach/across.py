"""People reached on at least one of several platforms, which no platform can count.

Without past surveys or panel totals only an interval is given, "modelled": what the union would be for every way
platforms are seen to overlap in WFA's scenarios (planning evaluation framework, M3 design, 2021), from audiences
that avoid each other to one activity that drives all platforms. With them the model that predicted the past unions
best gives a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from analytics.model.interval import Interval
from analytics.model.reach import Reach

from .activity import FACTOR, SHAPE, unions
from .calibration import Calibration
from .overlaps import Pairs
from .past import Parts
from .unite import LEVEL, around_within, unite

# One standard deviation of the scenarios: `within` 1.4 times the population either way, shapes around 1.5 by 2.5 times.
_PRIOR: Final = np.exp(-((np.log(FACTOR) / np.log(1.4)) ** 2) / 2 - ((np.log(SHAPE / 1.5) / np.log(2.5)) ** 2) / 2)


def across(
    platforms: Sequence[Interval],
    population: Interval | float | None,
    calibration: Calibration | None = None,
    *,
    cell: str = "all",
    pairs: Pairs | None = None,
    level: float = LEVEL,
) -> Reach:
    """The union over platforms, each already united within itself. ValueError for none.

    "reported" for one platform, "calibrated" with a calibration on past unions, else "modelled"; "bounds" where no
    population is given.

    Raises:
        FiguresContradict: the figures can't all be true.
    """
    reach = unite(platforms, population, calibration, cell=cell, pairs=pairs, level=level)
    if reach.how != "bounds" or population is None:
        return reach
    among = population.middle if isinstance(population, Interval) else population
    low = _modelled([part.low for part in platforms], among, (1 - level) / 2)
    high = _modelled([min(part.high, max(among, part.low)) for part in platforms], among, (1 + level) / 2)
    return Reach(around_within(Interval(low, high), reach.bounds), reach.bounds, "modelled")


def _modelled(people: Sequence[float], population: float, share: float) -> float:
    """The union that a `share` of the scenarios stays below."""
    found = unions(Parts(tuple(people), population))
    order = np.argsort(found)
    below = np.cumsum(_PRIOR[order]) / _PRIOR.sum()
    return float(found[order][np.searchsorted(below, share)])
