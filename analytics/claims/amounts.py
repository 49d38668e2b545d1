"""Numbers back into ordinary words, rounded so that the sentence stays true: down for a floor, up for a ceiling."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from analytics.model.interval import Interval

from .claim import Range

_FIGURES: Final = 2
_FRIENDLY: Final = (
    (3 / 4, "three quarters"), (2 / 3, "two thirds"), (1 / 2, "half"), (1 / 3, "one in three"), (1 / 4, "one in four"),
    (1 / 5, "one in five"), (1 / 10, "one in ten"),
)  # fmt: skip


def amount_words(means: Range, known: Interval, is_share: bool) -> str:
    """ "At least 210,000", "No more than 5%", "Between 30% and 40%": the strongest of the claim's own kind.

    A floor that is nothing is answered by the ceiling; "" where there is neither. A claim of a floor has no upper end.
    """
    is_floor, is_ceiling = math.isinf(means.high), means.low <= 0
    if is_floor and known.low > 0:
        return floor_words(known.low, is_share)
    if not is_floor and not is_ceiling and known.low > 0 and math.isfinite(known.high):
        low, high = rounded(known.low, math.floor, is_share), rounded(known.high, math.ceil, is_share)
        if low == high:
            return f"Exactly {_figures(low, is_share)}"
        return f"Between {_figures(low, is_share)} and {_figures(high, is_share)}"
    is_idle = math.isinf(known.high) or (is_share and known.high >= 1)  # "no more than all of them" says nothing
    return "" if is_idle else ceiling_words(known.high, is_share)


def floor_words(low: float, is_share: bool) -> str:
    """Two figures, rounded down: 309,485 is "More than 300,000", 0.341 "More than one in three"."""
    down = rounded(low, math.floor, is_share)
    for fraction, words in _FRIENDLY if is_share else ():
        if down <= fraction + 1e-9 and fraction <= low * (1 + 1e-9):
            return f"{'More than' if low > fraction * (1 + 1e-9) else 'At least'} {words}"
    return f"{'More than' if low > down else 'At least'} {_figures(down, is_share)}"


def ceiling_words(high: float, is_share: bool) -> str:
    """Two figures, rounded up: 77,207 is "No more than 78,000"; "No" for no people, "0%" for none of them."""
    if is_share and high <= 0:
        return "0%"
    return f"No more than {_figures(rounded(high, math.ceil, is_share), is_share)}" if high > 0 else "No"


def rounded(number: float, way: Callable[[float], int], is_share: bool) -> float:
    """To two figures; a share to a whole percent (below 1 % to one figure). Small counts stay as they are."""
    if is_share and number >= 0.01:
        return way(round(number * 100, 9)) / 100
    if not is_share and number < 100:
        return float(way(number))
    if number <= 0:
        return 0.0
    step = 10.0 ** (math.floor(math.log10(number)) - (0 if is_share else _FIGURES - 1))
    return float(f"{way(round(number / step, 9)) * step:.6g}")


def _figures(number: float, is_share: bool) -> str:
    if is_share:
        return f"{number * 100:.10f}".rstrip("0").rstrip(".") + "%"
    return f"{number / 1e6:.6g} million" if number >= 1e6 else f"{number:,.0f}"
