"""What a window came to, platform by platform and day by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.model.interval import Interval
from analytics.questions.facts import Facts, bounds_of
from analytics.questions.sums import totals

# What a platform counts most of, in words that it uses itself: shown, else played.
SHOWN: Final = ("impressions", "views", "views_3s", "views_2s", "views_1m")
USUAL_WEEKS: Final = 6
_KINDS: Final = ("post", "ad", "campaign", "account")


@dataclass(frozen=True, slots=True)
class Shown:
    """How often a platform showed what is ours, in its own measure. Not to be added over platforms."""

    platform: str
    measure: str
    count: Interval
    things: int
    definition: str


def shown(facts: Facts) -> tuple[Shown, ...]:
    """One a platform, in the first of SHOWN that it reports; posts where it reports those, else the account."""
    found: dict[str, Shown] = {}
    for kinds in (("post", "ad", "campaign"), ("account",)):
        for measure in SHOWN:
            for row in totals(facts, measure, ["platform"], kinds=kinds).itertuples():
                if row.platform not in found:
                    count = Interval(row.low, row.high)
                    found[row.platform] = Shown(row.platform, measure, count, int(row.things), row.definition)
    return tuple(sorted(found.values(), key=lambda item: -item.count.high))


def shown_on(facts: Facts, platform: str, measure: str) -> Interval | None:
    """The same measure of the same platform in another window."""
    for kinds in (("post", "ad", "campaign"), ("account",)):
        frame = totals(facts, measure, ["platform"], kinds=kinds)
        frame = frame[frame["platform"] == platform]
        if not frame.empty:
            return Interval(float(frame["low"].iloc[0]), float(frame["high"].iloc[0]))
    return None


def by_day(facts: Facts, platform: str, measure: str) -> pd.DataFrame:
    """Each day of the window: day, low, high (NaN where nothing is known), for platforms that report days."""
    opens, closes = bounds_of(facts.window, facts.zone)
    frame = facts.frame(
        """
        WITH days AS (
            SELECT object_kind, CAST(start + INTERVAL 12 HOUR AS DATE) AS day, sum(low) AS low, sum(high) AS high
            FROM current_values
            WHERE platform = $platform AND metric = $measure AND grain IN ('hour', 'day') AND basis = 'delivered'
                AND age = 'all' AND gender = 'all' AND place_kind = 'all' AND placement = ''
                AND state <> 'unavailable' AND start >= $opens - INTERVAL 12 HOUR AND start < $closes
            GROUP BY ALL
        )
        SELECT day, low, high FROM days
        WHERE object_kind = (SELECT max(object_kind) FROM days) ORDER BY day
        """,
        {"platform": platform, "measure": measure, "opens": opens, "closes": closes},
    )
    every = pd.DataFrame({"day": pd.date_range(facts.window.first, facts.window.last).date})
    frame = frame.assign(day=pd.to_datetime(frame["day"]).dt.date)
    return every.merge(frame, on="day", how="left")


def posts(facts: Facts, limit: int = 10) -> pd.DataFrame:
    """The window's posts that were shown most: platform, object, title, clip, for_seat, partner, published_at,
    payment unsaid, measure, low, high."""
    return facts.frame(
        """
        WITH ranked AS (
            SELECT platform, object, any_value(clip) AS clip, any_value(for_seat) AS for_seat,
                any_value(partner) AS partner, any_value(published_at) AS published_at, metric AS measure,
                sum(low) AS low, sum(high) AS high, list_position($shown, metric) AS preference
            FROM facts
            WHERE object_kind = 'post' AND is_ours AND basis = 'delivered' AND list_contains($shown, metric)
                AND age = 'all' AND gender = 'all' AND place_kind = 'all'
            GROUP BY platform, object, metric
            QUALIFY preference = min(preference) OVER (PARTITION BY platform, object)
        )
        SELECT r.* EXCLUDE (preference), coalesce(o.title, '') AS title
        FROM ranked r LEFT JOIN (SELECT platform, object, any_value(title) AS title FROM objects GROUP BY ALL) o
            ON o.platform = r.platform AND o.object = r.object
        ORDER BY high DESC LIMIT $limit
        """,
        {"shown": list(SHOWN), "limit": limit},
    )
