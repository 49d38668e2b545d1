"""What a window came to, platform by platform and day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from analytics.model.definitions import Definition, changes_of
from analytics.model.interval import Interval
from analytics.questions.facts import Facts, bounds_of
from analytics.questions.sums import THINGS, totals

# What a platform counts most of, in words that it uses itself: shown, else played.
SHOWN: Final = ("impressions", "views", "views_3s", "views_2s", "views_1m")
USUAL_WEEKS: Final = 6
_LEAST_WEEKS: Final = 2  # one past day is no range
# Kept with the connection. What has no period of its own goes by its object's day.
_KNOWN: Final = """
CREATE TEMP TABLE IF NOT EXISTS known AS
WITH lasting AS (
    SELECT DISTINCT platform, metric, object_kind, object FROM current_values WHERE start IS NULL AND object <> ''
)
SELECT platform, metric, object_kind, min(start) + INTERVAL 12 HOUR AS since FROM current_values WHERE start IS NOT NULL
GROUP BY platform, metric, object_kind
UNION ALL
SELECT l.platform, l.metric, l.object_kind, min(coalesce(o.published_at, o.started_at)) FROM lasting l
JOIN objects o ON o.platform = l.platform AND o.object_kind = l.object_kind AND o.object = l.object
GROUP BY l.platform, l.metric, l.object_kind
"""
_KINDS: Final[tuple[tuple[str, ...], ...]] = (THINGS, ("account",))


@dataclass(frozen=True, slots=True)
class Shown:
    """How often a platform showed what is ours, in its own measure. Not to be added over platforms. `kinds`: what was
    counted, its posts and ads or the account as a whole; `things`: how many of them."""

    platform: str
    measure: str
    count: Interval
    things: int
    definition: str
    kinds: tuple[str, ...]


def shown(facts: Facts) -> tuple[Shown, ...]:
    """One a platform, in the first of SHOWN that it reports; posts where it reports those, else the account."""
    found: dict[str, Shown] = {}
    for kinds in _KINDS:
        for measure in SHOWN:
            for row in totals(facts, measure, ["platform"], kinds=kinds).itertuples():
                if row.platform not in found and row.high > 0:
                    count = Interval(row.low, row.high)
                    found[row.platform] = Shown(
                        row.platform, measure, count, int(row.things), row.definition, tuple(kinds)
                    )
    return tuple(sorted(found.values(), key=lambda item: -item.count.high))


def shown_on(facts: Facts, platform: str, measure: str, kinds: Sequence[str] = THINGS) -> Interval | None:
    """The same measure of the same platform, and of the same things, in another window."""
    frame = totals(facts, measure, ["platform"], kinds=kinds)
    frame = frame[frame["platform"] == platform]
    return None if frame.empty else Interval(float(frame["low"].iloc[0]), float(frame["high"].iloc[0]))


def known_since(facts: Facts, platform: str, measure: str, kinds: Sequence[str] = THINGS) -> date | None:
    """The first day that the platform tells the measure of, in any window: by its periods, or by when its posts were
    published. A window that begins before it is held in part, and is no comparison."""
    facts.connection.execute(_KNOWN)
    frame = facts.frame(
        """
        SELECT min(since) AS since FROM known
        WHERE platform = $platform AND metric = $measure AND list_contains($kinds, object_kind)
        """,
        {"platform": platform, "measure": measure, "kinds": list(kinds)},
    )
    since = frame["since"].iloc[0]
    return None if pd.isna(since) else since.date()


def by_day(facts: Facts, platform: str, measure: str) -> pd.DataFrame:
    """Each day of the window: day, low, high (NaN where nothing is known), for platforms that report days."""
    return _every_day(facts, _daily(facts, platform, measure, 0))


def usual_days(facts: Facts, platform: str, measure: str) -> pd.DataFrame | None:
    """For each day of the window, the same weekday in the weeks just before it: day, low, median, high.

    Counts of another meaning are left out. None where no day has had its like twice.
    """
    now, past = (_daily(facts, platform, measure, weeks) for weeks in (0, USUAL_WEEKS))
    past = past[(past["day"] < facts.window.first) & past["definition"].isin(now["definition"])]
    middle = past.assign(weekday=[day.weekday() for day in past["day"]], middle=(past["low"] + past["high"]) / 2)
    told = middle.groupby("weekday").agg(
        low=("low", "min"), median=("middle", "median"), high=("high", "max"), weeks=("middle", "size")
    )
    told = told[told["weeks"] >= _LEAST_WEEKS].drop(columns="weeks")
    days = _days_of(facts)
    band = pd.DataFrame({"day": days, "weekday": [day.weekday() for day in days]}).join(told, on="weekday")
    return None if band["high"].isna().any() else band.drop(columns="weekday")


def changes_in(facts: Facts, platform: str, measure: str) -> tuple[Definition, ...]:
    """Changes of what the measure means that fall inside the window, after its first day."""
    window = facts.window
    return tuple(change for change in changes_of(platform, measure) if window.first < change.since <= window.last)


def _daily(facts: Facts, platform: str, measure: str, weeks_before: int) -> pd.DataFrame:
    """day, definition, low, high from that many weeks before the window to its end, of the account where it is told."""
    opens, closes = bounds_of(facts.window, facts.zone)
    frame = facts.frame(
        """
        WITH days AS (
            SELECT object_kind, CAST(start + INTERVAL 12 HOUR AS DATE) AS day, max(definition) AS definition,
                sum(low) AS low, sum(high) AS high
            FROM current_values
            WHERE platform = $platform AND metric = $measure AND grain IN ('hour', 'day') AND basis = 'delivered'
                AND age = 'all' AND gender = 'all' AND place_kind = 'all' AND placement = ''
                AND state <> 'unavailable' AND start >= $opens - INTERVAL 12 HOUR AND start < $closes
            GROUP BY object_kind, day
        )
        SELECT day, definition, low, high FROM days
        WHERE object_kind = (SELECT min(object_kind) FROM days) ORDER BY day
        """,
        {
            "platform": platform,
            "measure": measure,
            "opens": opens - timedelta(weeks=weeks_before),
            "closes": closes,
        },
    )
    return frame.assign(day=pd.to_datetime(frame["day"]).dt.date)


def _days_of(facts: Facts) -> list[date]:
    return list(pd.date_range(facts.window.first, facts.window.last).date)


def _every_day(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    every = pd.DataFrame({"day": _days_of(facts)})
    return every.merge(frame.drop(columns="definition"), on="day", how="left")


def posts(facts: Facts, limit: int = 10) -> pd.DataFrame:
    """The window's posts that were shown most: platform, object, title (else its words), clip, for_seat, partner,
    audience, published_at, measure, low, high."""
    return facts.frame(
        """
        WITH ranked AS (
            SELECT platform, object, any_value(clip) AS clip, any_value(for_seat) AS for_seat,
                any_value(partner) AS partner, any_value(audience) AS audience,
                any_value(published_at) AS published_at, metric AS measure,
                sum(low) AS low, sum(high) AS high, list_position($shown, metric) AS preference
            FROM facts
            WHERE object_kind = 'post' AND is_ours AND basis = 'delivered' AND list_contains($shown, metric)
                AND age = 'all' AND gender = 'all' AND place_kind = 'all'
            GROUP BY platform, object, metric
            QUALIFY preference = min(preference) OVER (PARTITION BY platform, object)
        )
        SELECT r.* EXCLUDE (preference), coalesce(o.title, '') AS title
        FROM ranked r LEFT JOIN (
            SELECT platform, object, coalesce(any_value(nullif(title, '')), any_value(nullif(text, ''))) AS title
            FROM objects WHERE object_kind = 'post' GROUP BY platform, object) o
            ON o.platform = r.platform AND o.object = r.object
        WHERE high > 0 ORDER BY high DESC, r.platform, r.object LIMIT $limit
        """,
        {"shown": list(SHOWN), "limit": limit},
    )
