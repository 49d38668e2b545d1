"""One cell that holds a date, perhaps with a clock: its parts, before anybody says which number is the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from .months import folded, months, weekdays

_CLOCK: Final = re.compile(
    r"(?:^|[\sT,]+|\bat\b|\bum\b)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}|[A-Z]{3,4})?\s*(?:\([\w/ ]+\))?$",
    re.IGNORECASE,
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})")
_COMPACT: Final = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_EPOCH: Final = re.compile(r"(1\d{9})(\d{3})?")
_EAST: Final = re.compile(r"(?:(\d{4})[年년]\s?)?(\d{1,2})[月월]\s?(\d{1,2})[日일]")
_WORDS: Final = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
_CONNECT: Final = frozenset(
    {"de", "del", "of", "the", "at", "um", "a", "le", "den", "г", "г.", "р", "r", "d", "st", "nd", "rd", "th", "er"}
)  # fmt: skip
_ZONES: Final = {"Z": 0, "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "PST": -8, "PDT": -7, "EST": -5, "EDT": -4}
EARLIEST, LATEST = 2004, 2100  # no platform is older, no campaign is later


@dataclass(frozen=True, slots=True)
class Moment:
    """`year` 0 where none is written. `first` and `second` are the numbers of "3/4/2025", 0 where month and day are
    known. `offset` None: local time. `has_clock`: a time of day is written."""

    year: int
    month: int
    day: int
    first: int = 0
    second: int = 0
    hour: int = 0
    minute: int = 0
    second_of: int = 0
    micro: int = 0
    offset: timedelta | None = None
    has_clock: bool = False

    def at(self, year: int, month: int, day: int) -> datetime:
        """The naive time on that date. ValueError if there is no such date."""
        if not EARLIEST <= year <= LATEST:
            raise ValueError(f"the year {year}")
        return datetime(year, month, day, self.hour, self.minute, self.second_of, self.micro)


def moment_of(text: str, language: str) -> Moment | str:
    """The parts of a date, or why it is none. `text` is normal (cells.normal)."""
    if epoch := _EPOCH.fullmatch(text):
        then = datetime.fromtimestamp(int(epoch[1]) + int(epoch[2] or 0) / 1000, UTC)
        clock = (then.hour, then.minute, then.second, then.microsecond)
        return Moment(then.year, then.month, then.day, 0, 0, *clock, timedelta(0), True)
    clock_at = _CLOCK.search(text)
    day_text = text[: clock_at.start()].strip(" ,T") if clock_at else text.strip(" ,")
    try:
        time = _clock(clock_at) if clock_at else {}
    except ValueError as error:
        return f"is no time of day: {error}"
    parts = _numeric(day_text) or _named(day_text, language)
    return parts if isinstance(parts, str) else Moment(*parts, **time)  # type: ignore[arg-type]


def _numeric(text: str) -> tuple[int, ...] | None:
    for pattern in (_YEAR_FIRST, _COMPACT):
        if match := pattern.fullmatch(text):
            year, month, day = (int(part) for part in match.groups())
            return year, month, day
    if match := _EAST.fullmatch(text):
        return int(match[1] or 0), int(match[2]), int(match[3])
    if match := _YEAR_LAST.fullmatch(text):
        first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
        full = year if year > 99 else 2000 + year
        return (full, second, first) if sign == "." else (full, 0, 0, first, second)
    return None


def _named(text: str, language: str) -> tuple[int, int, int] | str:
    known, days = months(language), weekdays(language)
    month: frozenset[int] = frozenset()
    numbers: list[int] = []
    for word in _WORDS.findall(text):
        name = folded(word)
        if word.isdecimal():
            numbers.append(int(word))
        elif name in known and not month:
            month = known[name]
        elif name not in days and name not in _CONNECT and name not in known:
            return "is no date"
    if len(month) > 1:
        return "names a month that differs between languages: say --locale"
    return _day_and_year(numbers, next(iter(month), 0))


def _day_and_year(numbers: list[int], month: int) -> tuple[int, int, int] | str:
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if 1 <= number <= 31]
    if not month or len(days) != 1 or len(years) > 1 or len(days) + len(years) != len(numbers):
        return "is no date"
    return (years[0] if years else 0), month, days[0]


def _clock(match: re.Match[str]) -> dict[str, object]:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    if half := match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(match[0].strip())
        hour = hour % 12 + 12 * (half[0].lower() == "p")
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(match[0].strip())
    micro = int((match["part"] or "0").ljust(6, "0")[:6])
    offset = _offset(match["zone"])
    return {"hour": hour, "minute": minute, "second_of": second, "micro": micro, "offset": offset, "has_clock": True}


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    if zone.upper() in _ZONES:
        return timedelta(hours=_ZONES[zone.upper()])
    if zone[0] not in "+-":
        raise ValueError(f"the time zone {zone}")
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return (1 if zone[0] == "+" else -1) * timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))


def year_within(month: int, day: int, first: date, last: date) -> list[int]:
    """The years that put that day between `first` and `last`."""
    found = []
    for year in range(first.year, last.year + 1):
        try:
            if first <= date(year, month, day) <= last:
                found.append(year)
        except ValueError:  # 29 February
            continue
    return found
