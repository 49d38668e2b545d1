"""At most how many: from what is told of a thing, stretch by stretch, until the whole window is covered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from .overlap import Group, Row, most_apart

Stretch = tuple[datetime, datetime]
SLACK: Final = timedelta(hours=12)  # platforms cut days in zones of their own
_DAY: Final = timedelta(days=1)
_LISTS: Final = ("country", "nation", "region")  # cuts by place that name everywhere


def most_in(rows: Sequence[Row], group: Group) -> float:
    """The ceiling of one stretch: the best of the shapes that it is told in; infinite where none tells it."""
    shapes: dict[tuple[str, bool, bool], list[Row]] = {}
    for row in rows:
        shapes.setdefault(row.shape, []).append(row)
    whole = _whole(shapes)
    return min((_of_shape(kind, told, group, whole) for (kind, *_), told in shapes.items()), default=math.inf)


def _of_shape(kind: str, rows: list[Row], group: Group, whole: float) -> float:
    """The cells that touch the group, and what the thing's whole has beyond the cells that don't."""
    touching = math.fsum(row.high for row in rows if group.touches(row))
    is_listed = kind == "all" or (group.is_told_by(rows) if group.places else kind in _LISTS)
    if kind != "all" and group.places and is_listed:
        return touching
    if math.isinf(whole):
        return touching if is_listed else math.inf
    return max(touching, whole - most_apart(row for row in rows if not group.touches(row)))


def _whole(shapes: Mapping[tuple[str, bool, bool], list[Row]]) -> float:
    """Everybody: their own row, else the cells together, of ages and genders before places."""
    summed = {shape: math.fsum(row.high for row in rows) for shape, rows in shapes.items()}
    cut = [number for (kind, *_), number in summed.items() if kind == "all"]
    placed = [number for (kind, *_), number in summed.items() if kind in _LISTS]
    total = summed.get(("all", False, False))
    return total if total is not None else max(cut, default=max(placed, default=math.inf))


def cheapest_cover(stretches: Mapping[Stretch, float], opens: datetime, closes: datetime) -> float:
    """The least sum of ceilings whose stretches leave no time of the window out; infinite where some is untold."""
    first = min(opens, closes - _DAY)
    ends: list[tuple[datetime, float]] = [(first, 0.0)]
    for (start, stop), most in sorted(stretches.items()):
        reached = [cost for end, cost in ends if start <= end + SLACK]
        if reached and stop > first:
            ends.append((stop, min(reached) + most))
    return min((cost for end, cost in ends if end >= closes - SLACK), default=math.inf)


def runs(days: Iterable[Stretch]) -> list[Stretch]:
    """Days (or hours) in a row, each row of them as one stretch."""
    found: list[Stretch] = []
    for start, stop in sorted(days):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((start, stop))
    return found
