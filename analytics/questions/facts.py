"""Which values count: of all that a lake holds of a window, one settled number a thing, measure and group of people.

The same plays are reported as days, as a period and as a lifetime; by placement and without; paid, organic and
together. Added up they would count double. Each thing (a post, an ad, a campaign, an account) is settled by the
first of these that is there for the measure and the group:

1. "period"    a value for the window, to within half a day (platforms cut days in zones of their own)
2. "days"      its days (or hours) inside the window: added where that is allowed, else from the largest day to
               the sum of them, which hold whatever was seen twice
3. "lifetime"  all that had gathered, if the thing was published in the window
4. "part"      the longest period inside the window
5. "unstated"  shares of a period that the export does not say

A total beside its parts wins over them: no placement over placements, "all" over paid and organic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd

from analytics.model.metrics import METRICS
from analytics.model.scope import Payment, Scope, Window

# Files that list the ads of many advertisers, not only one's own.
LIBRARIES: Final = (
    "meta.ad_library_api",
    "meta.ad_library_csv",
    "meta.ad_library_report",
    "meta.election_ad_index",
    "google.political_ads",
    "google.advertiser_stats",
    "google.advertiser_weekly_spend",
    "google.geo_spend",
    "google.advertiser_geo_spend",
    "snapchat.political_library",
)
_ADDITIVE: Final = tuple(name for name, metric in METRICS.items() if metric.is_additive)
_PEOPLE: Final = tuple(name for name, metric in METRICS.items() if metric.unit == "people")
_SHARES: Final = tuple(name for name, metric in METRICS.items() if metric.unit == "share")

_THING = "platform, account, object_kind, object"
_ABOUT = "clip, for_seat, partner, audience, recipe, published_at, is_ours"
_MEASURE = "metric, definition, currency, basis"
_CELL = "age, gender, place, place_kind"

_CANDIDATES = f"""
CREATE OR REPLACE TEMP TABLE candidates AS
WITH things AS (
    SELECT platform, object_kind, object, any_value(coalesce(published_at, started_at)) AS published_at
    FROM objects GROUP BY ALL
), pages AS (
    SELECT DISTINCT platform, account FROM objects
    WHERE list_contains($own, lower(account)) OR list_contains($own, lower(account_name))
), library AS (
    SELECT import_id FROM receipts WHERE list_contains($libraries, source)
), dated AS (
    SELECT v.*, coalesce(l.clip, '') AS clip, coalesce(l.seat, '') AS for_seat, coalesce(l.partner, '') AS partner,
        coalesce(l.audience, '') AS audience, coalesce(l.recipe, '') AS recipe,
        coalesce(l.posted_at, t.published_at) AS published_at,
        CASE WHEN v.payment IN ('all', 'unknown') AND coalesce(l.payment, '') <> '' THEN l.payment ELSE v.payment END
            AS paid,
        v.import_id NOT IN (SELECT import_id FROM library)
            OR (v.platform, v.account) IN (SELECT (platform, account) FROM pages) AS is_ours,
    FROM current_values v
    LEFT JOIN links l ON l.platform = v.platform AND l.object = v.object AND v.object <> ''
    LEFT JOIN things t ON t.platform = v.platform AND t.object_kind = v.object_kind AND t.object = v.object
    WHERE v.state <> 'unavailable' AND (
        v.grain IN ('lifetime', 'unstated') OR (v.start >= $opens - INTERVAL 12 HOUR AND v.start < $closes))
), placed AS (
    SELECT *, CASE
        WHEN grain = 'period' AND abs(epoch(start - $opens)) <= 43200 AND abs(epoch("end" - $closes)) <= 43200 THEN 1
        WHEN grain IN ('hour', 'day') AND start >= $opens THEN 2
        WHEN grain = 'lifetime' AND published_at >= $opens AND published_at < $closes THEN 3
        WHEN grain = 'period' AND start >= $opens - INTERVAL 12 HOUR AND "end" <= $closes + INTERVAL 12 HOUR THEN 4
        WHEN grain = 'unstated' AND list_contains($shares, metric) THEN 5
    END AS way
    FROM dated
    QUALIFY grain <> 'lifetime' OR snapshot_at = max(snapshot_at) FILTER (grain = 'lifetime') OVER (
        PARTITION BY {_THING}, placement, payment, metric, currency, basis, {_CELL})
)
SELECT {_THING}, {_ABOUT}, placement, paid AS payment, {_MEASURE}, {_CELL}, way,
    CASE WHEN way = 2 AND list_contains($additive, metric) THEN sum(low)
         WHEN way = 2 THEN max(low) ELSE arg_max(low, coalesce(epoch("end" - start), 0)) END AS low,
    CASE WHEN way = 2 THEN sum(high) ELSE arg_max(high, coalesce(epoch("end" - start), 0)) END AS high,
    CASE WHEN bool_or(state = 'modelled') THEN 'modelled' WHEN bool_or(state = 'suppressed') THEN 'suppressed'
         ELSE 'observed' END AS state,
    max(snapshot_at) AS snapshot_at
FROM placed WHERE way IS NOT NULL AND NOT (way = 2 AND NOT list_contains($additive || $people, metric))
GROUP BY {_THING}, {_ABOUT}, placement, paid, {_MEASURE}, {_CELL}, way
"""

_SETTLED = f"""
CREATE OR REPLACE TEMP TABLE settled AS
SELECT * FROM candidates
QUALIFY way = min(way) OVER (PARTITION BY {_THING}, placement, payment, {_MEASURE}, {_CELL})
"""


def _united(source: str, result: str, dropped: str, whole: str, kept: str = "") -> str:
    """SQL that drops a column: its `whole` where there is one, else its parts together. `kept` stays a column."""
    key = ", ".join(filter(None, [_THING, kept, _MEASURE, _CELL]))
    columns = ", ".join(filter(None, [_THING, _ABOUT, kept, _MEASURE, _CELL]))
    return f"""
CREATE OR REPLACE TEMP TABLE {result} AS
WITH chosen AS (
    SELECT * FROM {source}
    QUALIFY {dropped} = '{whole}' OR NOT bool_or({dropped} = '{whole}') OVER (PARTITION BY {key})
), united AS (
    SELECT {columns}, max(way) AS way,
        CASE WHEN list_contains($people, metric) THEN max(low)
             WHEN list_contains($additive, metric) OR count(*) = 1 THEN sum(low) END AS low,
        sum(high) AS high, max(state) AS state, max(snapshot_at) AS snapshot_at
    FROM chosen GROUP BY {columns}
)
SELECT * FROM united WHERE low IS NOT NULL
"""


class Readable(Protocol):
    """What facts are settled from: anything that gives a connection with the lake's views."""

    def connect(self) -> duckdb.DuckDBPyConnection: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """The settled values of one window: the tables `facts` and, with the column payment, `facts_by_payment`.

    Columns: platform, account, object_kind, object; clip, for_seat, partner, audience, recipe, published_at,
    is_ours; metric, definition, currency, basis; age, gender, place, place_kind; way, low, high, state,
    snapshot_at. One row a thing, measure and cell.
    """

    connection: duckdb.DuckDBPyConnection
    window: Window
    zone: str

    def frame(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> pd.DataFrame:
        """The answer to any SQL over the two tables and the lake's views."""
        return self.connection.sql(sql, params=parameters).to_arrow_table().to_pandas()


def settle(
    lake: Readable, window: Window, zone: str = "Europe/London", *, payment: Payment = "all", own: Sequence[str] = ()
) -> Facts:
    """Settle every value of the window's days, which begin and end at midnight in `zone`.

    `own` are the names or ids of one's own pages in ad libraries; other advertisers' ads are not `is_ours`. With a
    `payment` of "organic" or "paid", `facts` holds only what is known to be that.
    """
    connection = lake.connect()
    opens, closes = bounds_of(window, zone)
    words = {"additive": list(_ADDITIVE), "people": list(_PEOPLE)}
    asked = {"opens": opens, "closes": closes, "libraries": list(LIBRARIES), "own": [name.lower() for name in own]}
    connection.execute(_CANDIDATES, {**asked, **words, "shares": list(_SHARES)})
    connection.execute(_SETTLED)
    connection.execute(_united("settled", "facts_by_payment", "placement", "", kept="payment"), words)
    if payment in ("organic", "paid"):
        only = (
            "CREATE OR REPLACE TEMP TABLE facts AS SELECT * EXCLUDE (payment) FROM facts_by_payment WHERE payment = ?"
        )
        connection.execute(only, [payment])
    else:
        connection.execute(_united("facts_by_payment", "facts", "payment", "all"), words)
    return Facts(connection, window, zone)


def narrow(facts: Facts, scope: Scope) -> Facts:
    """`facts` with nothing left but what `scope` asks for: its tables are changed. The window stays; seats are where
    things were delivered."""
    asked = {
        "platform": scope.platforms,
        "clip": scope.clips,
        "place": scope.seats,
        "partner": (scope.partner,) if scope.partner else (),
        "audience": (scope.audience,) if scope.audience else (),
    }
    for column, allowed in asked.items():
        if allowed:
            facts.connection.execute(f"DELETE FROM facts WHERE NOT list_contains(?, {column})", [list(allowed)])
    return facts


def bounds_of(window: Window, zone: str) -> tuple[datetime, datetime]:
    """When the window's first day begins and its last one ends, in UTC."""
    place = ZoneInfo(zone)
    opens = datetime.combine(window.first, time(), place)
    closes = datetime.combine(window.last + timedelta(days=1), time(), place)
    return opens.astimezone(UTC), closes.astimezone(UTC)
