"""Dates and hours as exports write them → UTC."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import pandas as pd

from analytics.errors import ExportUnclear
from analytics.model.extract import RefusedRow, Repair

from .cells import normal
from .clock import to_utc
from .moments import EARLIEST, LATEST, Moment, moment_of, year_within
from .texts import Texts

DateGrain = Literal["day", "hour", "instant"]
DateOrder = Literal["", "mdy", "dmy"]
_UTC = "datetime64[us, UTC]"
_EMPTY = frozenset({"", "-", "--", "–", "—", "N/A", "n/a", "null", "None", "NAN"})
_ISO = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"  # most rows of most files: read all at once
)
_DAY_LONG = len("2026-05-01")
_NEVER = "is no date that there was"
_AMERICAN = ("US", "PH", "FM", "PR")


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of text, read: `start` is UTC (datetime64[us, UTC]), NaT where empty or refused.

    `grain` is "day" where no clock time but midnight is written, "hour" where minutes and seconds are all 0, else
    "instant". A day begins at local midnight of the zone that was asked for.
    """

    start: pd.Series
    grain: DateGrain
    problems: tuple[RefusedRow, ...] = ()
    repairs: tuple[Repair, ...] = ()


def parse_dates(
    column: pd.Series,
    locale: str = "",
    *,
    zone: str = "UTC",
    order: DateOrder = "",
    first: date | None = None,
    last: date | None = None,
    within: pd.Series | None = None,
) -> Dates:
    """Every date of a column in one reading of it: "3/4/2025" is 3 April in all rows or in none.

    `zone` is that of local times; an offset in the cell wins. `order` is the source's contract for "3/4/2025".
    `first` and `last` give the year to dates without one. `within` says what a row belongs to (a video's id): where
    the clock goes back, the second 01:00 of the same one is the later hour.

    Raises:
        ExportUnclear: day and month, or the year, are not certain.
        ExportRefused: no such time zone or locale.
    """
    texts = Texts.of(column)
    is_iso, each = _iso(texts.each)
    odd = texts.each[~is_iso]
    said = {text: moment_of(normal(text), locale) for text in odd if normal(text) not in _EMPTY}
    moments = {text: moment for text, moment in said.items() if isinstance(moment, Moment)}
    wrong = {text: why for text, why in said.items() if isinstance(why, str)}
    wrong |= dict.fromkeys(texts.each[is_iso & each.isna()], _NEVER)
    order = order or _order(moments, locale, column)
    naive = _all_dated(moments, order, first, last, column)
    wrong |= dict.fromkeys(moments.keys() - naive.keys(), _NEVER)
    fixed = {text: when - shift for text, when in naive.items() if (shift := moments[text].offset) is not None}
    each = each.fillna(_times(odd, {text: when for text, when in naive.items() if text not in fixed}))
    start, repairs, gaps = to_utc(texts.spread(each), column, zone, within)
    if fixed:
        stated = _times(odd, fixed).reindex(each.index).dt.tz_localize("UTC")
        start = start.fillna(texts.spread(stated))
    problems = [RefusedRow(at, str(column.name), text[:80], wrong[text]) for at, text in texts.lines_of(wrong)]
    has_clock = bool((texts.each[is_iso].str.len() > _DAY_LONG).any()) or any(m.has_clock for m in moments.values())
    listed = tuple(sorted([*problems, *gaps], key=lambda p: p.line))
    return Dates(start.astype(_UTC), _grain(each, has_clock), listed, repairs)


def _iso(texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Which texts are ISO, and their times; NaT for others and for years that no platform had."""
    is_iso = texts.str.fullmatch(_ISO).astype(bool)
    times = pd.to_datetime(texts.where(is_iso), format="ISO8601", errors="coerce").astype("datetime64[us]")
    return is_iso, times.where(times.dt.year.between(EARLIEST, LATEST))


def _times(texts: pd.Series, meant: dict[str, datetime]) -> pd.Series:
    return pd.to_datetime(texts.map(meant)).astype("datetime64[us]")


def _grain(wall: pd.Series, has_clock: bool) -> DateGrain:
    known = wall.dropna()
    if not has_clock or (len(known) and (known == known.dt.normalize()).all()):
        return "day"
    return "hour" if len(known) and (known == known.dt.floor("h")).all() else "instant"


def _order(moments: dict[str, Moment], locale: str, column: pd.Series) -> DateOrder:
    """Which of two numbers is the day: what the locale's country does, else what the column itself shows."""
    pairs = {text: (m.first, m.second) for text, m in moments.items() if m.first != m.second}
    pairs = {text: pair for text, pair in pairs.items() if min(pair) <= 12}
    shows_dmy = next((text for text, (one, _) in pairs.items() if one > 12), "")
    shows_mdy = next((text for text, (_, two) in pairs.items() if two > 12), "")
    if shows_dmy and shows_mdy:
        raise _unclear(column, shows_dmy, f"“{shows_mdy}” is there as well, so day and month change places")
    if shows_dmy or shows_mdy:
        return "dmy" if shows_dmy else "mdy"
    language, _, country = locale.replace("_", "-").partition("-")
    if country.upper() in _AMERICAN:
        return "mdy"
    if country or language not in ("", "und", "en") or not pairs:
        return "dmy"
    raise _unclear(column, next(iter(pairs)), "either number can be the day")


def _all_dated(
    moments: dict[str, Moment], order: DateOrder, first: date | None, last: date | None, column: pd.Series
) -> dict[str, datetime]:
    """Without those of days that there never were, such as 30 February."""
    found: dict[str, datetime] = {}
    for text, moment in moments.items():
        with suppress(ValueError):
            found[text] = _dated(text, moment, order, first, last, column)
    return found


def _dated(
    text: str, moment: Moment, order: DateOrder, first: date | None, last: date | None, column: pd.Series
) -> datetime:
    month, day = moment.month, moment.day
    if moment.first:
        month, day = (moment.first, moment.second) if order == "mdy" else (moment.second, moment.first)
    if moment.year:
        return moment.at(moment.year, month, day)
    if first is None or last is None:
        raise _unclear(column, text, "no year is written", "Say which days the file covers: --from and --to.")
    years = year_within(month, day, first, last)
    if len(years) > 1:
        raise _unclear(column, text, "the period has that day twice", "Say a period of less than a year.")
    if not years:
        raise ValueError(text)
    return moment.at(years[0], month, day)


def _unclear(column: pd.Series, value: str, why: str, mend: str = "") -> ExportUnclear:
    lines = column.index[column == value]
    return ExportUnclear(
        f"The dates in “{column.name}” could mean two things, such as “{value}”: {why}",
        mend or "Say how they are written: --locale en-GB (day first) or --locale en-US (month first).",
        line=int(lines[0]) if len(lines) else 0,
        column=str(column.name),
        value=value,
    )
