"""Age bands brought to one another: the finest common grid, coarsening onto it, splitting where nothing else helps.

Coarsening adds disjoint bands up, which holds for counts, and for people of one platform's one query. Splitting needs
weights (population × the platform's users), is a model, and says so with an interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from analytics.model.cells import OLDEST, AgeBand
from analytics.model.interval import Interval

# How far the odds of one part against the others may be from the weights': across seats, those of 55-64 within 55+
# are 0.41 to 1.17, a factor of 1.7 either way (29 to 54 %).
DOUBT: Final = 2.0


@dataclass(frozen=True, slots=True)
class Part:
    """What a band holds. "modelled" where it was split out of a wider one."""

    value: Interval
    state: Literal["observed", "modelled"]


def common_grid(bands: Iterable[Sequence[AgeBand]]) -> tuple[AgeBand, ...]:
    """The finest bands that are unions of bands in every one of `bands`; () where nothing is common.

    Ages that one of them does not cover are in no band of the grid.

    Raises:
        ValueError: bands of one input overlap.
    """
    inputs = [_disjoint(given) for given in bands]
    if not inputs:
        return ()
    edges = set.intersection(*({b.low for b in given} | {b.high + 1 for b in given} for given in inputs))
    return tuple(
        AgeBand(low, high - 1)
        for low, high in pairwise(sorted(edges))
        if all(_covered(AgeBand(low, high - 1), given) for given in inputs)
    )


def home(band: AgeBand, grid: Sequence[AgeBand]) -> AgeBand:
    """The band of the grid that holds all of `band`. ValueError if none does."""
    for wide in grid:
        if wide.contains(band):
            return wide
    raise ValueError(f"{band.label} is in no band of {', '.join(b.label for b in grid)}")


def coarsen(values: Mapping[AgeBand, Interval], grid: Sequence[AgeBand]) -> dict[AgeBand, Interval]:
    """Sums over the bands of a grid, in its order.

    Raises:
        ValueError: a band that lies across two, overlaps another, or is missing for one of the grid.
    """
    given = _disjoint(list(values))
    homes = {band: home(band, grid) for band in given}
    for wide in grid:
        if not _covered(wide, given):
            raise ValueError(f"nothing is known of a part of {wide.label}")
    return {wide: Interval.total(values[band] for band in given if homes[band] == wide) for wide in grid}


def split(
    values: Mapping[AgeBand, Interval], weights: Mapping[AgeBand, float], *, doubt: float = DOUBT
) -> dict[AgeBand, Part]:
    """Each value shared out among the bands of `weights` that it is made of, in proportion to them.

    A share is as low as the odds divided by `doubt` make it and as high as the odds times `doubt`; the shares
    of a whole always allow the whole. A band that needs no splitting stays as it is.

    Raises:
        ValueError: bands of `weights` that overlap or don't make up a band of `values`; weights below 0 or all 0.
    """
    fine = _disjoint(list(weights))
    if doubt < 1:
        raise ValueError("doubt is a factor of 1 or more")
    parts: dict[AgeBand, Part] = {}
    for band in _disjoint(list(values)):
        within = [part for part in fine if band.contains(part)]
        if not _exactly(band, within):
            raise ValueError(f"the weights don't make up {band.label}")
        if within == [band]:
            parts[band] = Part(values[band], "observed")
            continue
        shares = _shares([weights[part] for part in within], doubt)
        parts |= {
            part: Part(Interval(values[band].low * share.low, values[band].high * share.high), "modelled")
            for part, share in zip(within, shares, strict=True)
        }
    return parts


def _shares(weights: Sequence[float], doubt: float) -> list[Interval]:
    total = sum(weights)
    if min(weights) < 0 or total <= 0:
        raise ValueError("weights are 0 or more, and not all 0")
    return [
        Interval(weight / (weight + (total - weight) * doubt), weight * doubt / (weight * doubt + (total - weight)))
        if 0 < weight < total
        else Interval.exactly(weight / total)
        for weight in weights
    ]


def _disjoint(bands: Sequence[AgeBand]) -> list[AgeBand]:
    """Sorted. ValueError where two overlap."""
    ordered = sorted(bands)
    for one, two in pairwise(ordered):
        if two.low <= one.high:
            raise ValueError(f"{one.label} and {two.label} overlap")
    return ordered


def _covered(wide: AgeBand, bands: Sequence[AgeBand]) -> bool:
    return _exactly(wide, [band for band in bands if wide.contains(band)])


def _exactly(wide: AgeBand, parts: Sequence[AgeBand]) -> bool:
    """Whether sorted disjoint `parts` are the whole of `wide`. Beyond OLDEST there is nobody."""
    if not parts or parts[0].low != wide.low or min(parts[-1].high, OLDEST) != wide.high:
        return False
    return all(two.low == one.high + 1 for one, two in pairwise(parts))
