"""People in at least one of several audiences on one platform: the bounds always, a point only where calibrated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.model.interval import Interval
from analytics.model.reach import Reach

from .bounds import Containing, bounds, bounds_over_cells
from .calibration import Calibration
from .overlaps import Pairs
from .past import Parts

LEVEL = 0.9  # of every interval that a model gives


def unite(
    parts: Sequence[Interval],
    population: Interval | float | None = None,
    calibration: Calibration | None = None,
    *,
    cell: str = "all",
    impressions: float = 0.0,
    pairs: Pairs | None = None,
    containing: Sequence[Containing] = (),
    contained: Sequence[Interval] = (),
    level: float = LEVEL,
) -> Reach:
    """The union of `parts`: people reached by each post, or on each day, among the same group of people.

    One part alone is "reported". Otherwise "calibrated" where `calibration` knows the cell and a population is
    given, "bounds" where not. The model's interval never leaves the hard bounds. ValueError without parts.

    Raises:
        FiguresContradict: the figures can't all be true.
    """
    hard = bounds(parts, population, pairs=pairs, containing=containing, contained=contained)
    if len(parts) == 1:
        return Reach(hard, hard, "reported", hard.low if hard.is_exact else None)
    modelled = _calibrated(parts, population, calibration, cell, impressions, level)
    if calibration is None or modelled is None:
        return Reach(hard, hard, "bounds")
    point, around = modelled
    return Reach(around_within(around, hard), hard, "calibrated", clipped(point, hard), calibration.model)


def unite_cells(cells: Mapping[object, Reach], whole: Interval | None = None) -> Reach:
    """All people of cells that nobody is in twice: one platform, one query. ValueError for no cells.

    The intervals' ends are added: cells of one period go wrong together, so errors are not taken to cancel out.
    `whole`: bounds for all cells together, where they are known. It is known as well as its worst-known cell.

    Raises:
        FiguresContradict: the cells add up to something else than the whole.
    """
    if not cells:
        raise ValueError("a union of no cells")
    reaches = list(cells.values())
    hard = bounds_over_cells({cell: reach.bounds for cell, reach in cells.items()}, whole)
    people = around_within(Interval.total(reach.people for reach in reaches), hard)
    points = [reach.point for reach in reaches if reach.point is not None]
    how = max((reach.how for reach in reaches), key=("reported", "calibrated", "modelled", "bounds").index)
    if how in ("bounds", "modelled") or len(points) < len(reaches):
        return Reach(people, hard, how)
    models = sorted({reach.model for reach in reaches} - {""})
    return Reach(people, hard, how, clipped(sum(points), hard), ", ".join(models))


def _calibrated(
    parts: Sequence[Interval],
    population: Interval | float | None,
    calibration: Calibration | None,
    cell: str,
    impressions: float,
    level: float,
) -> tuple[float, Interval] | None:
    """The point, and the interval for what the model and the parts themselves leave open."""
    if calibration is None or population is None:
        return None
    among = population.middle if isinstance(population, Interval) else population
    ends = [
        Parts(tuple(people), among, impressions, cell)
        for people in zip(*((part.low, part.middle, _top(part, among)) for part in parts), strict=True)
    ]
    points = [calibration.predict(end) for end in ends]
    low, point, high = points
    if low is None or point is None or high is None:
        return None
    below = low - calibration.margin(ends[0], low, level)
    return point, Interval(max(0.0, min(below, point)), max(point, high + calibration.margin(ends[2], high, level)))


def _top(part: Interval, among: float) -> float:
    return min(part.high, max(among, part.low))


def clipped(point: float, hard: Interval) -> float:
    return min(max(point, hard.low), hard.high)


def around_within(around: Interval, hard: Interval) -> Interval:
    """`around` cut to the hard bounds; where they do not meet, the end of the bounds that is nearest."""
    return Interval(clipped(around.low, hard), clipped(around.high, hard))
