"""Unduplicated people. A type of its own that has no `+`: the same person can be in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NoReturn

from .interval import Interval

How = Literal["reported", "bounds", "calibrated", "modelled"]


@dataclass(frozen=True, slots=True)
class Reach:
    """People reached at least once, within `people`.

    `how` it is known: "reported" by one platform for exactly this; "bounds" that always hold; "calibrated"
    on the team's own history, then `point` is the best single number, `people` its interval and `model` the
    model's name; "modelled" where no calibration exists (an interval, never a point).
    `bounds` are the hard ones in every case.
    """

    people: Interval
    bounds: Interval
    how: How
    point: float | None = None
    model: str = ""

    def __add__(self, other: object) -> NoReturn:
        raise TypeError("Reach does not add: the same person can be in both. Use analytics.reach to unite them.")

    __radd__ = __add__
