"""Bounds on a union from the overlaps of pairs: exact for few parts, by known inequalities for many.

Few: the smallest and the largest union over every way to fill the 2ⁿ − 1 regions of the Venn diagram, a linear
programme (Hailperin, "Best possible inequalities for the probability of a logical function of events", 1965).
Many: from above Hunter (1976) and Worsley (1982), the sum less the heaviest spanning tree of overlaps; from below
Dawson and Sankoff (1967), 2/(k+1)·S₁ − 2/(k(k+1))·S₂, which holds for every whole k ≥ 1 (Galambos 1977).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse.csgraph import minimum_spanning_tree

from analytics.model.interval import Interval

Pairs = Mapping[tuple[int, int], Interval]
EXACT_PARTS = 9  # 511 regions: some hundredths of a second
_INFEASIBLE = 2


def union_by_overlaps(parts: Sequence[Interval], population: float, pairs: Pairs) -> Interval | None:
    """People in at least one part; None where no audience fits the figures. IndexError for a pair of no part."""
    ordered = {(min(i, j), max(i, j)): people for (i, j), people in pairs.items()}
    if any(i == j or i < 0 or j >= len(parts) for i, j in ordered):
        raise IndexError("an overlap is of two different parts")
    if len(parts) <= EXACT_PARTS:
        return _exact(parts, population, ordered)
    low, high = _from_below(parts, ordered), min(population, _from_above(parts, ordered))
    return Interval(low, high) if low <= high else None


def _exact(parts: Sequence[Interval], population: float, pairs: Pairs) -> Interval | None:
    regions = np.arange(1, 2 ** len(parts))
    inside = [(regions >> i & 1).astype(float) for i in range(len(parts))]
    rows = [*inside, *(inside[i] * inside[j] for i, j in pairs), np.ones(len(regions))]
    limits = [*parts, *pairs.values(), Interval(0, population)]
    scale = max(part.low for part in parts) or 1.0
    ends = [_extreme(np.array(rows), limits, scale, sign) for sign in (1.0, -1.0)]
    if ends[0] is None or ends[1] is None:
        return None
    return Interval(max(0.0, min(ends[0], ends[1])), max(ends[0], ends[1]))


def _extreme(rows: np.ndarray, limits: Sequence[Interval], scale: float, sign: float) -> float | None:
    """The smallest (sign 1) or largest (−1) sum over all regions, in people."""
    highs = np.array([limit.high for limit in limits]) / scale
    lows = np.array([limit.low for limit in limits]) / scale
    known = np.isfinite(highs)
    found = linprog(
        sign * np.ones(rows.shape[1]),
        A_ub=np.vstack([rows[known], -rows]),
        b_ub=np.concatenate([highs[known], -lows]),
        method="highs",
    )
    if found.status == _INFEASIBLE:
        return None
    return float(sign * found.fun * scale) if found.status == 0 else float("inf")


def _from_above(parts: Sequence[Interval], pairs: Pairs) -> float:
    weights = np.zeros((len(parts), len(parts)))
    for (i, j), people in pairs.items():
        weights[i, j] = -people.low
    return Interval.total(parts).high + float(minimum_spanning_tree(weights).sum())


def _from_below(parts: Sequence[Interval], pairs: Pairs) -> float:
    """The best over all parts, over those with a known overlap, over each such pair and over each part alone."""
    known = sorted({part for pair in pairs for part in pair})
    alone = max(part.low for part in parts)
    twos = [parts[i].low + parts[j].low - people.high for (i, j), people in pairs.items()]
    return max([alone, *twos, _dawson_sankoff(parts, range(len(parts)), pairs), _dawson_sankoff(parts, known, pairs)])


def _dawson_sankoff(parts: Sequence[Interval], chosen: Sequence[int], pairs: Pairs) -> float:
    """S₁ at its least and S₂ at its most, an unknown overlap being no larger than the smaller part."""
    s1 = sum(parts[i].low for i in chosen)
    s2 = sum(
        min(parts[i].high, parts[j].high, pairs[i, j].high if (i, j) in pairs else float("inf"))
        for i, j in combinations(chosen, 2)
    )
    k = np.arange(1, len(chosen) + 1)
    return float(np.max(2 / (k + 1) * s1 - 2 / (k * (k + 1)) * s2))
