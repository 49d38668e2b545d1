"""A number that is known to lie between two others. An exact number has both ends the same."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """Closed, `low` ≤ `high`; `high` may be infinite ("1,000,000 or more"). ValueError otherwise."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high) or self.low > self.high:
            raise ValueError(f"no interval: {self.low} to {self.high}")

    @classmethod
    def exactly(cls, number: float) -> Interval:
        return cls(number, number)

    @classmethod
    def total(cls, parts: Iterable[Interval]) -> Interval:
        """The sum of things that may be added; exactly 0 for none."""
        listed = list(parts)
        return cls(math.fsum(p.low for p in listed), math.fsum(p.high for p in listed))

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def middle(self) -> float:
        """Halfway; the lower end where there is no upper one."""
        return self.low if math.isinf(self.high) else (self.low + self.high) / 2

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def scaled(self, factor: float) -> Interval:
        """Times a factor ≥ 0. ValueError below 0."""
        if factor < 0:
            raise ValueError("an interval is scaled by a factor of 0 or more")
        return Interval(self.low * factor, self.high * factor if factor else 0.0)

    def over(self, other: Interval) -> Interval:
        """The range of this divided by `other`, whose low must be above 0. ZeroDivisionError otherwise."""
        return Interval(self.low / other.high if not math.isinf(other.high) else 0.0, self.high / other.low)

    def within(self, other: Interval) -> bool:
        return other.low <= self.low and self.high <= other.high

    def meet(self, other: Interval) -> Interval | None:
        """What both allow; None if nothing."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else None
