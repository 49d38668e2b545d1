"""The ranges in which Meta's Ad Library gives impressions and spend, and the one in which a published middle lies.

Observed in the Ad Library API (v5.0, GB, 2019) up to 100,000 impressions and 1,000 of spend; above that as the
library's own pages name the ranges. From a million on there is no upper end, and so no middle.
"""

from __future__ import annotations

from typing import Final

Steps = tuple[tuple[int, int], ...]  # up to (not including) the first number, ranges are as wide as the second
_LARGE: Final[Steps] = ((50_000, 5_000), (100_000, 10_000), (200_000, 25_000), (500_000, 50_000), (1_000_000, 100_000))
IMPRESSIONS: Final[Steps] = ((10_000, 1_000), *_LARGE)
SPEND: Final[Steps] = ((1_000, 100), (5_000, 500), (10_000, 1_000), *_LARGE)


def range_around(number: int, steps: Steps) -> tuple[int, int]:
    """The range in which `number` lies, both ends inside. ValueError below 0 and from a million on."""
    width = next((width for end, width in steps if 0 <= number < end), 0)
    if not width:
        raise ValueError(f"no closed range holds {number}")
    low = number // width * width
    return low, low + width - 1


def range_with_middle(middle: int, steps: Steps) -> tuple[int, int]:
    """The range whose published middle is `middle`: (low + high) // 2, or 1 for the lowest range.

    Source of the rule: LAHumphreys/UKElectionFacebookAdIndex, Reports.cpp, MidPoint with FLOOR_ZERO_BAND.

    Raises:
        ValueError: no range has that middle.
    """
    if middle == 1:
        return range_around(0, steps)
    low, high = range_around(middle, steps)
    if (low + high) // 2 != middle:
        raise ValueError(f"{middle} is the middle of no range; it lies in {low} to {high}")
    return low, high
