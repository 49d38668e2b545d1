"""What every page says in the same words: platforms, measures, how new the numbers are, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from analytics.model.interval import Interval
from analytics.model.metrics import METRICS
from analytics.model.reach import Reach
from analytics.questions.reached import Reached
from analytics.questions.sight import Sight, freshness, newest_day
from analytics.reports import words

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


def fresh(sight: Sight) -> str:
    """How new the newest and the oldest source of the lake are."""
    told = freshness(sight.lake)
    if not told:
        return ""
    newest, oldest = told[0], told[-1]
    first = f"Newest numbers: {words.day(newest.newest.date())} ({newest.source})"
    return first if len(told) == 1 else f"{first}; oldest: {words.day(oldest.newest.date())} ({oldest.source})"


def as_of(sight: Sight) -> date | None:
    return newest_day(sight.lake)


def missing(sight: Sight, reached: Reached | None = None) -> tuple[str, ...]:
    """What the window's numbers do not hold: silent platforms, rows left out, periods that nobody stated."""
    silent = [platform(name) for name in (reached.silent if reached else ())]
    told = [f"{words.listed(silent)} {'does' if len(silent) == 1 else 'do'} not count people"] if silent else []
    told += [
        f"{item.source}: {item.refused} rows were left out of {item.files} files"
        for item in freshness(sight.lake)
        if item.refused
    ]
    return (*told, *_undated(sight))


def _undated(sight: Sight) -> Iterable[str]:
    rows = sight.lake.frame(
        "SELECT DISTINCT r.name FROM current_values v JOIN receipts r ON r.import_id = v.import_id "
        "WHERE v.grain = 'unstated' AND v.metric NOT LIKE '%share%' ORDER BY r.name LIMIT 5"
    )
    for name in rows["name"]:
        yield f"{name} does not say which days it covers: import it again with --from and --to"


def _to_two(number: float) -> float:
    """Two figures are as many as an estimate has."""
    return float(f"{number:.2g}")


def against_usual(now: Interval | None, usual: Interval | None) -> str:
    """ "about as usual"; "" where nothing is usual yet."""
    return words.compared(now, usual) if now is not None and usual is not None else ""
