"""Which days a sentence means: "in November", "last week", "since 1 November 2019", "from 6 to 12 December"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from analytics.errors import ClaimUnclear
from analytics.model.scope import Window

from .numbers import NUMBER, number_of
from .wording import Sentence

EVER: Final = date(2004, 1, 1)  # before any platform that is read here: "up to 12 December" begins on it
_MONTHS: Final = {name.lower(): n for n, name in enumerate(calendar.month_name) if n}
_SHORT: Final = {name.lower(): n for n, name in enumerate(calendar.month_abbr) if n} | {"sept": 9}
_DAYS: Final = {name.lower(): n for n, name in enumerate(calendar.day_name)}
_MONTH = rf"(?:{'|'.join((*_MONTHS, *sorted(_SHORT, key=len, reverse=True)))})"
_YEAR = r"(?:19|20)\d\d"
_COUNTED = (
    r"people|persons|voters?|electors|adults|women|men|users|viewers|residents|followers|impressions|views|plays|likes"
    r"|comments|shares|clicks|engagements|reactions|saves|replies|times|hours|minutes|target|seconds|of|out|percent"
)
# A number from 1900 to 2099 that counts nothing is a year.
_BARE_YEAR = rf"{_YEAR}\b(?!,\d)(?! (?:[\w-]+ ){{0,2}}(?:{_COUNTED})\b)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_POINT = (
    rf"(?:{_DAY}(?: of)? {_MONTH}\b(?: {_YEAR})?|{_MONTH} {_DAY}\b(?!,\d)(?: {_YEAR})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/(?:\d{4}|\d\d)"
    rf"|(?:last |this )?{_MONTH}\b(?: {_YEAR}\b)?|(?:last |this )?(?:{'|'.join(_DAYS)})\b"
    rf"|yesterday|today|q[1-4](?: {_YEAR})?|{_BARE_YEAR})"
)
# By itself, a year is one after a word that says so.
_ALONE = (
    rf"(?:(?!{_YEAR}\b){_POINT}"
    rf"|(?:(?<=\bin )|(?<=\bof )|(?<=\byear )|(?<=\bduring )|(?<=\bthroughout )){_BARE_YEAR}|{_YEAR}-\d\d-\d\d)"
)
_NTH: Final = {"first": 0, "second": 1, "third": 2}
_SPAN = (
    rf"(?:(?:from|between) )?(?P<one>{_POINT}|{_DAY}(?= to | and |-| - ))(?: to | and | until | till | through |-| - )"
    rf"(?:the )?(?P<two>{_POINT}|now\b)"
)
_BEFORE = r"(?:up to|until|till|by|before|prior to)(?: the)?(?: end of)?"
_IN = (
    r"(?:(?:(?:all )?(?:through|throughout|during|in|on|over|across|for|of)) )?(?:the )?(?:whole of |month of |year )?"
)


@dataclass(frozen=True, slots=True)
class _Point:
    window: Window
    has_year: bool


def read_window(sentence: Sentence, today: date) -> Window | None:
    """The days that are said, read away from `sentence`; None where none are. `today` closes "since" and "this week".

    A month without a year is the latest that has begun. Raises ClaimUnclear for two windows or a date there is not.
    """
    found = [
        window
        for read in (_week_of_month, _week, _span, _since, _until, _relative, _single)
        if (window := read(sentence, today))
    ]
    if len(set(found)) > 1:
        raise ClaimUnclear("Two windows of time in one sentence", 'Say one, as "from 1 to 30 November 2026".')
    return found[0] if found else None


def _week_of_month(sentence: Sentence, today: date) -> Window | None:
    """ "The last week of November": its last seven days; the first: its first seven."""
    match = sentence.take(
        rf"\b{_IN}(?P<nth>first|second|third|last|final) week (?:of|in) (?P<month>{_MONTH}\b(?: {_YEAR}\b)?)"
    )
    if match is None:
        return None
    month = _point(match["month"], today).window
    if match["nth"] in _NTH:
        first = month.first + timedelta(days=7 * _NTH[match["nth"]])
        return Window(first, first + timedelta(days=6))
    return Window(month.last - timedelta(days=6), month.last)


def _week(sentence: Sentence, today: date) -> Window | None:
    match = sentence.take(
        rf"\b{_IN}(?P<how>w/c|w/e|week (?:of|commencing|beginning|starting|ending|to))(?: the)? (?P<point>{_POINT})"
    )
    if match is None:
        return None
    day = _point(match["point"], today).window.first
    is_end = match["how"] in ("w/e", "week ending", "week to")
    return Window(day - timedelta(days=6), day) if is_end else Window(day, day + timedelta(days=6))


def _span(sentence: Sentence, today: date) -> Window | None:
    match = sentence.take(rf"\b{_SPAN}")
    if match is None:
        return None
    last = _point(match["two"], _month_end(today.year, today.month))  # "1 to 30 November" is said before it is over
    words = match["one"]
    if re.fullmatch(_DAY, words):  # "1 to 30 November"
        words = f"{words} {calendar.month_name[last.window.last.month].lower()} {last.window.last.year}"
    first = _point(words, today)
    if last.has_year and not first.has_year:
        first = _point(f"{words} {last.window.last.year}", today)
    begin = first.window.first
    if begin > last.window.last and not first.has_year:
        begin = begin.replace(year=begin.year - 1)
    return _window(begin, last.window.last, match[0])


def _since(sentence: Sentence, today: date) -> Window | None:
    match = sentence.take(
        rf"\b(?P<how>since|from|after)(?: the)?(?: start of| beginning of)? (?P<point>{_POINT})(?: onwards?| on)?\b"
    )
    if match is None:
        return None
    point = _point(match["point"], today).window
    return _window(point.last + timedelta(days=1) if match["how"] == "after" else point.first, today, match[0])


def _until(sentence: Sentence, today: date) -> Window | None:
    match = sentence.take(rf"\b(?P<how>{_BEFORE}) (?P<point>{_POINT})")
    if match is None:
        return None
    point = _point(match["point"], today).window
    excludes = match["how"].startswith(("before", "prior"))
    return _window(EVER, point.first - timedelta(days=1) if excludes else point.last, match[0])


def _relative(sentence: Sentence, today: date) -> Window | None:
    many = sentence.take(
        rf"\b{_IN}(?:last|past|previous) (?:(?P<n>{NUMBER}) )?"
        r"(?P<unit>hour|day|night|week|weekend|fortnight|month|quarter|year)s?\b"
    )
    if many:
        return _back(many["n"] or "", many["unit"], "past " in many[0], today)
    this = sentence.take(
        rf"\b{_IN}this (?P<unit>week|month|quarter|year)(?: so far)?\b|\b{_IN}(?P<weekend>the weekend)\b"
    )
    if this is None:
        return None
    return _back("", "weekend", False, today) if this["weekend"] else Window(_begin(this["unit"], today), today)


def _back(number: str, unit: str, is_rolling: bool, today: date) -> Window:
    """ "Last week" is the whole one before this; "the past week" and "the last 3 weeks" end today."""
    if unit in ("day", "night") and not number:
        return Window(today - timedelta(days=1), today - timedelta(days=1))
    if unit == "weekend":
        sunday = today - timedelta(days=(today.weekday() + 1) % 7 or 7)
        return Window(sunday - timedelta(days=1), sunday)
    if number or is_rolling or unit == "fortnight":
        return _rolling(number_of(number) if number else 1, unit, today)
    before = _begin(unit, today) - timedelta(days=1)
    return Window(_begin(unit, before), before)


def _rolling(number: float, unit: str, today: date) -> Window:
    days = {"hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365}
    length = max(1, round(number * days[unit]))
    if length > (today - EVER).days:
        raise ClaimUnclear(f"{number:g} {unit}s is longer than there is anything", "Say the dates.")
    return Window(today - timedelta(days=length - (unit != "hour")), today)


def _begin(unit: str, day: date) -> date:
    """The first day of the calendar week (Monday), month, quarter or year that holds `day`."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    month = {"month": day.month, "quarter": day.month - (day.month - 1) % 3, "year": 1}[unit]
    return day.replace(month=month, day=1)


def _single(sentence: Sentence, today: date) -> Window | None:
    matches = sentence.take_all(rf"\b{_IN}(?P<point>(?:last night)|{_ALONE})(?! ?percent)")
    if not matches:
        return None
    windows = [_point(match["point"], today).window for match in matches]
    if len(windows) == 2 and windows[0].last + timedelta(days=1) == windows[1].first:  # "in October and November"
        return Window(windows[0].first, windows[1].last)
    if len(set(windows)) > 1:
        raise ClaimUnclear("Two windows of time in one sentence", 'Say one, as "from 1 to 30 November 2026".')
    return windows[0]


def _point(words: str, today: date) -> _Point:
    year = re.search(rf"\b{_YEAR}\b", words)
    month = re.search(rf"\b{_MONTH}\b", words)
    if re.fullmatch(r"\d{4}-\d\d-\d\d|[\d/]+/\d+", words):
        return _Point(_one_day(words), True)
    if month:
        number = _MONTHS.get(month[0]) or _SHORT[month[0]]
        day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words)
        chosen = int(year[0]) if year else _latest(number, int(day[1]) if day else 1, today, words.startswith("last "))
        return _Point(_days(chosen, number, int(day[1]) if day else None, words), year is not None)
    if quarter := re.match(r"q(\d)", words):
        first = date(int(year[0]) if year else today.year, 3 * int(quarter[1]) - 2, 1)
        return _Point(Window(first, _month_end(first.year, first.month + 2)), year is not None)
    if year:
        return _Point(Window(date(int(year[0]), 1, 1), date(int(year[0]), 12, 31)), True)
    return _Point(_near_day(words, today), True)


def _near_day(words: str, today: date) -> Window:
    if words in ("today", "now"):
        return Window(today, today)
    if words in ("yesterday", "last night"):
        return Window(today - timedelta(days=1), today - timedelta(days=1))
    back = (today.weekday() - _DAYS[words.rsplit(maxsplit=1)[-1]]) % 7
    day = today - timedelta(days=back or (7 if words.startswith("last ") else 0))
    return Window(day, day)


def _latest(month: int, day: int, today: date, is_last: bool) -> int:
    if is_last and month == today.month:
        return today.year - 1
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1


def _days(year: int, month: int, day: int | None, words: str) -> Window:
    try:
        return Window(date(year, month, day or 1), date(year, month, day) if day else _month_end(year, month))
    except ValueError:
        raise ClaimUnclear(f'"{words}" is no day', "Check the date.") from None


def _one_day(words: str) -> Window:
    """2026-11-01, or day first: 1/11/2026."""
    year, month, day = words.split("-") if "-" in words else reversed(words.split("/"))
    try:
        there = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        raise ClaimUnclear(f'"{words}" is no day', 'Write it as "30 November 2026".') from None
    return Window(there, there)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _window(first: date, last: date, words: str) -> Window:
    if first > last:
        raise ClaimUnclear(f'"{words.strip()}" ends before it begins', "Check the dates.")
    return Window(first, last)
