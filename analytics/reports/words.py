"""Numbers in ordinary words. An interval is rounded outwards: what is said is never narrower than what is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, Literal

from analytics.model.interval import Interval
from analytics.model.scope import Window

Unit = Literal["people", "count", "seconds", "share", "money", "ratio"]
MISSING: Final = "not known"
_SIGNS: Final = {"GBP": "£", "EUR": "€", "USD": "$"}
_ONE_IN: Final = 20  # beyond 1 in 20 a percentage says more
_CLOSE: Final = 0.1


def whole(number: float) -> str:
    """1,234,567"""
    return f"{number:,.0f}"


def short(number: float) -> str:
    """For labels: 950, 9.5k, 95k, 1.2m. Three figures at most."""
    for size, letter in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(number) >= size * 0.9995:
            return f"{_figures(number / size, 3)}{letter}"
    return _figures(number, 3)


def percent(share: float) -> str:
    """0.213 → 21%, 0.0213 → 2.1%, 0.0000004 → under 0.1%, 0.99995 → over 99.9%."""
    if 0 < share < 0.001:
        return "under 0.1%"
    if 0.999 < share < 1:
        return "over 99.9%"
    return f"{_figures(share * 100, 2 if share < 0.995 else 3)}%"


def amount(number: float, unit: Unit = "count", currency: str = "GBP") -> str:
    """One number, short, with its unit where that is one sign."""
    if unit == "share":
        return percent(number)
    if unit == "money":
        return f"{_SIGNS.get(currency, currency + ' ')}{short(number)}"
    if unit == "seconds":
        return f"{_figures(number, 3)} s" if number < 90 else f"{int(number) // 60}:{int(number) % 60:02d} min"
    return _figures(number, 2) if unit == "ratio" else short(number)


def label(value: Interval | None, unit: Unit = "count", currency: str = "GBP") -> str:
    """Beside a bar: 210k–260k, 12–15%, £100–£199, 1m or more, not known."""
    if value is None:
        return MISSING
    shown = outwards(value)
    if math.isinf(shown.high):
        return f"{amount(shown.low, unit, currency)} or more"
    low, high = (amount(number, unit, currency) for number in (shown.low, shown.high))
    if low == high or high.startswith("under"):
        return high
    return f"{low.removesuffix('%') if high.endswith('%') else low}–{high}"


def outwards(value: Interval, figures: int = 2) -> Interval:
    """The low end rounded down and the high end up, to that many figures; an exact number stays as it is."""
    if value.is_exact:
        return value
    return Interval(_round(value.low, figures, math.floor), _round(value.high, figures, math.ceil))


def between(value: Interval | None, of: str = "people") -> str:
    """In a sentence: "between 210,000 and 260,000 people", "243,118 people", "at least 1,000,000 people"."""
    if value is None:
        return f"an unknown number of {of}"
    shown = outwards(value)
    if math.isinf(shown.high):
        return f"at least {whole(shown.low)} {of}"
    if whole(shown.low) == whole(shown.high):
        return f"{whole(shown.low)} {of}"
    return (
        f"at most {whole(shown.high)} {of}"
        if shown.low < 1
        else f"between {whole(shown.low)} and {whole(shown.high)} {of}"
    )


def spent(value: Interval | None, currency: str = "GBP") -> str:
    """In a sentence: "between £1,200 and £3,400"."""
    if value is None:
        return "an unknown sum"
    sign, shown = _SIGNS.get(currency, currency + " "), outwards(value)
    if math.isinf(shown.high):
        return f"at least {sign}{whole(shown.low)}"
    if whole(shown.low) == whole(shown.high):
        return f"{sign}{whole(shown.low)}"
    return f"between {sign}{whole(shown.low)} and {sign}{whole(shown.high)}"


def part_of(share: Interval | None) -> str:
    """A share as people say it: "about 1 in 5", "between 1 in 6 and 1 in 4", "at most half", "between 71% and 80%"."""
    if share is None:
        return "an unknown part"
    if share.is_exact:
        return "none" if share.low == 0 else "all" if share.low == 1 else f"about {_one_in(share.low, round)}"
    if share.low <= 0:
        return f"at most {_one_in(share.high, math.floor)}" if share.high < 1 else "anything from none to all"
    low, high = _one_in(share.low, math.ceil), _one_in(share.high, math.floor)
    if low.endswith("%") or high.endswith("%"):  # both in the same terms
        low, high = percent(_round(share.low, 2, math.floor)), percent(min(1.0, _round(share.high, 2, math.ceil)))
    return low if low == high else f"between {low} and {high}"


def compared(now: Interval, usual: Interval) -> str:
    """ "about as usual" where the two overlap; else by how much at the least it is more or less than usual."""
    if now.meet(usual) is not None:
        return "about as usual"
    if now.low > usual.high:
        return f"at least {percent(now.low / usual.high - 1)} more than usual" if usual.high else "more than usual"
    return f"at least {percent(1 - now.high / usual.low)} less than usual"


def day(on: date) -> str:
    """14 November 2026"""
    return f"{on.day} {on:%B} {on.year}"


def short_day(on: date) -> str:
    """14 Nov 2026"""
    return f"{on.day} {on:%b} {on.year}"


def period(window: Window) -> str:
    """ "1 to 14 November 2026", "28 October to 3 November 2026", one day by itself."""
    first, last = window.first, window.last
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    return f"{first.day}{'' if first.month == last.month else f' {first:%B}'} to {day(last)}"


def listed(items: Sequence[str]) -> str:
    """ "a, b and c"; "" for none."""
    return " and ".join([part for part in (", ".join(items[:-1]), items[-1]) if part]) if items else ""


def _one_in(share: float, whole_of: Callable[[float], int]) -> str:
    """Half, or 1 in n up to _ONE_IN where that is close; else a percentage. Floor makes it more, ceil less."""
    parts = whole_of(round(1 / share, 9))
    if not 2 <= parts <= _ONE_IN or abs(1 / parts - share) > share * _CLOSE:
        return percent(share)
    return "half" if parts == 2 else f"1 in {parts}"


def _figures(number: float, figures: int) -> str:
    """Rounded to that many figures, never in powers of ten, without trailing noughts."""
    if number == 0:
        return "0"
    digits = max(0, figures - 1 - math.floor(math.log10(abs(number))))
    text = f"{number:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _round(number: float, figures: int, towards: Callable[[float], int]) -> float:
    if number == 0 or math.isinf(number):
        return number
    size = 10.0 ** (math.floor(math.log10(abs(number))) - figures + 1)
    return towards(number / size) * size
