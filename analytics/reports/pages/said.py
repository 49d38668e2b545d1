"""What every page says in the same words: platforms, measures, how new the numbers are, what is missing."""

from __future__ import annotations

from datetime import date
from typing import Final

from analytics.model.interval import Interval
from analytics.model.metrics import METRICS
from analytics.model.reach import Reach
from analytics.questions.held import freshness, undated
from analytics.questions.reached import Reached
from analytics.questions.sight import Sight
from analytics.reports import words
from analytics.sources import SOURCES

PLATFORMS: Final = {
    "facebook": "Facebook", "instagram": "Instagram", "meta": "Facebook and Instagram", "youtube": "YouTube",
    "tiktok": "TikTok", "x": "X", "snapchat": "Snapchat", "google": "Google", "origin": "WFA Origin",
    "other": "elsewhere",
}  # fmt: skip
MEASURES: Final = {
    "impressions": "impressions", "views": "views", "engaged_views": "engaged views", "views_3s": "plays of 3 seconds",
    "views_2s": "plays of 2 seconds", "views_1m": "plays of a minute", "completions": "plays to the end",
    "views_share": "views", "impressions_share": "impressions", "reach": "people", "viewers": "viewers",
    "viewers_3s": "viewers of 3 seconds", "views_50pct": "plays to half", "engagements": "engagements",
    "reactions": "reactions", "shares": "shares", "likes": "likes",
}  # fmt: skip
TITLES: Final = {known.name: known.title for known in SOURCES}
_MANY: Final = 5
HOW: Final = {
    "reported": "counted once by the platform",
    "bounds": "hard bounds",
    "calibrated": "estimated, calibrated on our own past",
    "modelled": "modelled",
}


def platform(name: str) -> str:
    return PLATFORMS.get(name, name)


def measure(name: str) -> str:
    return MEASURES.get(name, METRICS[name].meaning)


def days(sight: Sight) -> str:
    return words.period(sight.window)


def people(reach: Reach | None) -> str:
    """In a sentence, with a point where the past calibrates one."""
    if reach is None:
        return "an unknown number of people"
    if reach.point is not None and not reach.people.is_exact:
        return f"about {words.whole(_to_two(reach.point))} people ({words.between(reach.people)})"
    return words.between(reach.people)


def source(name: str) -> str:
    """An export's kind as its platform calls it."""
    return TITLES.get(name, name)


def fresh(sight: Sight) -> str:
    """How new the newest and the oldest source of the lake are."""
    told = freshness(sight.facts)
    if not told:
        return ""
    newest, oldest = told[0], told[-1]
    first = f"newest numbers {words.day(newest.newest.date())} ({source(newest.source)})"
    return first if len(told) == 1 else f"{first}, oldest {words.day(oldest.newest.date())} ({source(oldest.source)})"


def as_of(sight: Sight) -> date | None:
    """The day of the newest download."""
    told = freshness(sight.facts)
    return told[0].newest.date() if told else None


def missing(sight: Sight, reached: Reached | None = None) -> tuple[str, ...]:
    """What the window's numbers do not hold: silent platforms, rows left out, periods that nobody stated."""
    silent = [platform(name) for name in (reached.silent if reached else ())]
    told = [f"{words.listed(silent)} {'does' if len(silent) == 1 else 'do'} not count people"] if silent else []
    told += [
        f"{source(item.source)}: {item.refused} rows were left out of {item.files} files"
        for item in freshness(sight.facts)
        if item.refused
    ]
    names = undated(sight.facts)
    if names:
        told.append(f"{words.listed(names)}: which days they cover is not said; import them again with --from and --to")
    return tuple(told)


def _to_two(number: float) -> float:
    """Two figures are as many as an estimate has."""
    return float(f"{number:.2g}")


def against_usual(now: Interval, usual: Interval) -> str:
    """ "about as usual", "at least 20% more than usual"; many times as much is said without its figure."""
    if now.low > usual.high * _MANY:
        return "far more than usual"
    return words.compared(now, usual)
