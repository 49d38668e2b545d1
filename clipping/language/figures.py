"""Figures as they are written and spoken: "40,000", "forty thousand", "40k", "£2bn", "12 per cent"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Unit = Literal["", "percent", "money"]

_BELOW_TWENTY = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen
"""
_FROM_TWENTY = "twenty thirty forty fifty sixty seventy eighty ninety"
_ONES = {word: value for value, word in enumerate(_BELOW_TWENTY.split())}
_TENS = {word: value * 10 for value, word in enumerate(_FROM_TWENTY.split(), start=2)}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SUFFIXES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "%": 1, "": 1}
_MONEY = frozenset({"pound", "pounds", "quid", "euro", "euros", "dollar", "dollars"})
_DIGITS = re.compile(r"([£$€])?(\d{1,15}(?:,\d{3})*)(\.\d{1,6})?(k|mn|m|bn|tn|%)?")
_CENTURIES = (18, 19, 20)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was said. `is_year` where it was said as a year, `is_one` for a lone spoken "one"."""

    value: Fraction
    unit: Unit = ""
    is_year: bool = False
    is_one: bool = False

    def agrees_with(self, said: Figure) -> bool:
        """Whether `said` may stand for this one: the same value, and the unit if this one has one."""
        return self.value == said.value and self.unit in ("", said.unit)


def read_figure(texts: Sequence[str], at: int) -> tuple[Figure, int] | None:
    """The figure that begins at `at` and the index after it, or None. `texts` are lower-case words."""
    found = _written(texts, at) or _spoken(texts, at)
    if found is None:
        return None
    figure, end = found
    following = tuple(texts[end : end + 2])
    if following[:1] in (("percent",), ("%",)):
        return _with_unit(figure, "percent"), end + 1
    if following == ("per", "cent"):
        return _with_unit(figure, "percent"), end + 2
    if following[:1] and following[0] in _MONEY:
        return _with_unit(figure, "money"), end + 1
    return figure, end


def _with_unit(figure: Figure, unit: Unit) -> Figure:
    return Figure(figure.value, unit)


def _written(texts: Sequence[str], at: int) -> tuple[Figure, int] | None:
    found = _DIGITS.fullmatch(texts[at])
    if found is None:
        return None
    sign, whole, decimals, suffix = found.groups()
    value = Fraction(whole.replace(",", "") + (decimals or "")) * _SUFFIXES[suffix or ""]
    value, end = _scaled(texts, at + 1, value)
    unit: Unit = "money" if sign else "percent" if suffix == "%" else ""
    is_plain = end == at + 1 and texts[at] == whole and "," not in whole
    return Figure(value, unit, is_year=is_plain and len(whole) == 4 and 1800 <= value < 2100), end


def _spoken(texts: Sequence[str], at: int) -> tuple[Figure, int] | None:
    first = _below_thousand(texts, at)
    if first is None:
        return None
    value, end = first
    if value in _CENTURIES and end == at + 1 and (rest := _below_hundred(texts, end)) and rest[0] >= 10:
        return Figure(Fraction(value * 100 + rest[0]), is_year=True), rest[1]
    total, end = _scaled(texts, *_fraction(texts, end, Fraction(value))[::-1])
    scale = total
    while total >= 1000 and (more := _below_thousand(texts, end + (texts[end : end + 1] == ["and"]))):
        part, after = _scaled(texts, more[1], Fraction(more[0]))
        if part >= 1000 and part * 1000 > scale:
            break
        total, end, scale = total + part, after, part
        if part < 1000:
            break
    return Figure(total, is_one=total == 1), end


def _scaled(texts: Sequence[str], at: int, value: Fraction) -> tuple[Fraction, int]:
    while at < len(texts) and texts[at] in _SCALES:
        value, at = value * _SCALES[texts[at]], at + 1
    return value, at


def _fraction(texts: Sequence[str], at: int, value: Fraction) -> tuple[Fraction, int]:
    """ "… point five", "… and a half"."""
    if list(texts[at : at + 3]) == ["and", "a", "half"]:
        return value + Fraction(1, 2), at + 3
    if at + 1 < len(texts) and texts[at] == "point" and texts[at + 1] in _ONES:
        step, at = Fraction(1, 10), at + 1
        while at < len(texts) and _ONES.get(texts[at], 10) < 10:
            value, step, at = value + _ONES[texts[at]] * step, step / 10, at + 1
    return value, at


def _below_thousand(texts: Sequence[str], at: int) -> tuple[int, int] | None:
    following = texts[at + 1] if at + 1 < len(texts) else ""
    if at < len(texts) and texts[at] == "a" and (following == "hundred" or following in _SCALES):
        first: tuple[int, int] | None = (1, at + 1)
    else:
        first = _below_hundred(texts, at)
    if first is None or first[0] > 99 or texts[first[1] : first[1] + 1] != ["hundred"]:
        return first
    value, end = first[0] * 100, first[1] + 1
    rest = _below_hundred(texts, end + (texts[end : end + 1] == ["and"]))
    return (value + rest[0], rest[1]) if rest else (value, end)


def _below_hundred(texts: Sequence[str], at: int) -> tuple[int, int] | None:
    if at >= len(texts):
        return None
    if texts[at] in _TENS:
        ones = _ONES.get(texts[at + 1], 0) if at + 1 < len(texts) else 0
        return (_TENS[texts[at]] + ones, at + 2) if 0 < ones < 10 else (_TENS[texts[at]], at + 1)
    return (_ONES[texts[at]], at + 1) if texts[at] in _ONES else None
