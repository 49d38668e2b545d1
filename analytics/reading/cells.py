"""One cell of numbers: what it says, once the decimal sign is known."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from .scales import scale_of
from .separators import SPACES, Separators

State = Literal["observed", "zero", "suppressed", "unavailable", "refused", "unclear"]
EXACT_MOST: Final = 1e15  # a spreadsheet, and a float, keep fifteen digits
_SENTINELS: Final = frozenset({
    "", "-", "--", "---", "–", "—", "−", "NAN", "N/A", "n/a", "NA", "na", "null", "NULL", "None", "none", "nil", "#N/A",
    "undefined", "n.a.", "n. a.", "k. A.", "k.A.", "nd", "n/d", "s/o", "н/д",
})  # fmt: skip
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c]")
_WRAPPED: Final = re.compile(r'="(.*)"', re.DOTALL)
_BELOW: Final = re.compile(
    r"(<=|≤|<|&lt;|less than |fewer than |under |below |weniger als |moins de |menos de )\s*(.+)", re.I
)
_ABOVE: Final = re.compile(r"(>=|≥|>|&gt;|more than |over |mehr als |plus de |más de )\s*(.+)|(.+?)\s*\+", re.I)
_RANGE: Final = re.compile(r"([\d.,\s'’\u00a0\u202f]+?)\s*(?:[-–—]|\bto\b|\bbis\b|\.\.)\s*([\d.,\s'’\u00a0\u202f]+)")
_ROUNDED: Final = re.compile(r"([\d.,\s\u00a0\u202f]+?)\s*([^\W\d_]+)\.?")
_DATE: Final = re.compile(
    r"\d{1,2}[\s./-]+[^\W\d_]{3,9}\.?(?:[\s./-]+\d{2,4})?|[^\W\d_]{3,9}\.?[\s./-]+\d{1,4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*"
)
_SCIENTIFIC: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?[eE][-+]?\d+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says. `why`: what is wrong with a refused or unclear one, or how a rounded one was read."""

    state: State
    low: float = float("nan")
    high: float = float("nan")
    why: str = ""


def normal(text: str) -> str:
    """The cell without invisible characters, white space at its ends, or a spreadsheet's `="…"` around it."""
    bare = _INVISIBLE.sub("", text).strip()
    wrapped = _WRAPPED.fullmatch(bare)
    return wrapped[1].strip() if wrapped else bare


def read_cell(text: str, signs: Separators, *, is_whole: bool, language: str = "") -> Said:
    """What `text` (normal) says under those decimal and group signs. `is_whole`: only whole numbers make sense.

    `language` is that of words such as "mil." ("cs", "de-DE"), "" where it is not known.
    """
    if text in _SENTINELS:
        return Said("unavailable")
    for reader in (_exact, _bounded, _ranged):
        said = reader(text, signs, is_whole)
        if said is not None:
            return said
    if (rounded := _rounded(text, signs, is_whole, language)) is not None:
        return rounded
    return Said("refused", why=_why_not(text, is_whole))


def _exact(text: str, signs: Separators, is_whole: bool) -> Said | None:
    number = number_of(text, signs)
    if number is None:
        return Said("unclear", why="a decimal sign or a group of thousands") if could_be_grouped(text) else None
    if number > EXACT_MOST:
        return Said("refused", why="is larger than any count")
    if is_whole and not number.is_integer():
        return Said("unclear" if could_be_grouped(text) else "refused", why="is no whole number, where a count is due")
    return Said("observed" if number else "zero", number, number)


def _bounded(text: str, signs: Separators, is_whole: bool) -> Said | None:
    if below := _BELOW.fullmatch(text):
        top = number_of(below[2], signs)
        if top is None:
            return None
        is_inside = below[1] in ("<=", "≤") or not is_whole
        return Said("suppressed", 0.0, top if is_inside else max(top - 1, 0.0))
    if above := _ABOVE.fullmatch(text):
        least = number_of(above[2] or above[3], signs)
        is_inside = above[3] is not None or above[1] in (">=", "≥") or not is_whole
        return None if least is None else Said("observed", least if is_inside else least + 1, float("inf"))
    return None


def _ranged(text: str, signs: Separators, is_whole: bool) -> Said | None:
    ends = _RANGE.fullmatch(text)
    if ends is None:
        return None
    low, high = number_of(ends[1], signs), number_of(ends[2], signs)
    return None if low is None or high is None or low > high else Said("observed", low, high)


def _rounded(text: str, signs: Separators, is_whole: bool, language: str) -> Said | None:
    """ "1.2K": rounded to its last digit, or cut off after it, as platforms do either: from 1,150 to below 1,300."""
    parts = _ROUNDED.fullmatch(text)
    factor = scale_of(parts[2], language) if parts else None
    if parts is None or factor is None:
        return None
    if math.isnan(factor):
        return Said("unclear", why=f"“{parts[2]}” is another number in another language")
    shown = parts[1].strip()
    small = re.fullmatch(r"(\d+)[.,](\d{1,2})", shown)  # a group has three digits: this is a decimal in any language
    number = float(f"{small[1]}.{small[2]}") if small else number_of(shown, signs)
    if number is None:
        return Said("unclear", why="a decimal sign or a group of thousands") if could_be_grouped(shown) else None
    digits = len(small[2]) if small else len(shown.partition(signs.decimal)[2]) if signs.decimal else 0
    unit = factor * 10.0**-digits
    low, high = max(number * factor - unit / 2, 0.0), number * factor + unit - (is_whole and unit > 1)
    return Said("observed", low, high, why=f"is rounded or cut off: kept as {low:,.0f} to {high:,.0f}")


def number_of(text: str, signs: Separators) -> float | None:
    """The number 0 or above that `text` is under those signs, or None."""
    bare = text.strip()
    if bare.isascii() and bare.isdigit():
        return float(bare)
    match = _pattern(signs.decimal, signs.group).fullmatch(bare)
    if match is None:
        return None
    whole = re.sub(rf"[{SPACES}.,]", "", match["whole"] or "0")
    return float(f"{whole}.{match['part'] or match['bare'] or 0}")


@cache
def _pattern(decimal: str, group: str) -> re.Pattern[str]:
    by = rf"(?P<by>[{SPACES}]" + (rf"|{re.escape(group)})" if group else ")")
    indian = r"|\d{1,2}(?:,\d{2})+,\d{3}" if group == "," else ""
    whole = rf"(?P<whole>\d{{1,3}}{by}\d{{3}}(?:(?P=by)\d{{3}})*{indian}|\d+)"
    sign = re.escape(decimal) if decimal else "(?!)"
    return re.compile(rf"{whole}(?:{sign}(?P<part>\d+))?|{sign}(?P<bare>\d+)")


def could_be_grouped(text: str) -> bool:
    """Whether "1.234" or "1,234" is what is written, and nothing says which sign groups."""
    return re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text) is not None


def _why_not(text: str, is_whole: bool) -> str:
    if text.lower() == "nan":
        return "is a program's “not a number”: the platform has no value, or the export went wrong"
    if re.match(r"[-−(]\s*[\d.]", text):
        return "is below zero, where a count is due"
    if _SCIENTIFIC.fullmatch(text):
        return "was shortened by a spreadsheet: its digits are lost"
    if _DATE.fullmatch(text):
        return "was turned into a date by a spreadsheet: the number is lost"
    return "is no whole number" if is_whole else "is no number"
