"""Compared with what is usual: the same number over the windows before."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analytics.model.interval import Interval
from analytics.questions.facts import Facts

Number = Callable[[Facts], Interval | None]


def usual(windows: Iterable[Facts], number: Number) -> Interval | None:
    """From the least to the most that the number was in earlier windows; None where none of them knows it."""
    known = [found for facts in windows if (found := number(facts)) is not None]
    return Interval(min(k.low for k in known), max(k.high for k in known)) if known else None
