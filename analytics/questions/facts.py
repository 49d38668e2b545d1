"""Which values count: of all that a lake holds of a window, one settled number a thing, measure and group of people.

The same plays are reported as days, as a period and as a lifetime; by placement and without; paid, organic and
together. Added up they would count double. Each thing (a post, an ad, a campaign, an account) is settled by the
first of these that is there for the measure and the group:

1. "period"    a value for the window, to within half a day (platforms cut days in zones of their own)
2. "days"      its days inside the window (3: its hours), if they run to the window's end or the download: added where
               that is allowed, else from the largest day to the sum of them, which hold whatever was seen twice
4. "lifetime"  all that had gathered, if the thing was published in the window: at least what the last download up to
               its end showed (three days' grace), at most what the first one after it shows
5. "later"     the same where the only download was later: it holds what gathered after the window, and proves nothing
               of the window itself (`settle(is_strict=True)` takes its low end to be 0)
6. "part"      periods inside the window: added if they do not overlap, else at least the longest of them
7. "some days" days that break off before the window's end
8. "unstated"  shares of a period that the export does not say, where the platform has something else in the window

A total beside its parts wins over them: no placement over placements, "all" over paid and organic. Our own ads in a
library are left out where a platform's own export tells of our ads in the window: they are the same ads.
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

_WHICH = f"{_THING}, placement, payment, {_MEASURE}, {_CELL}"
# What a placement is cut by, which it says first: "platform, placement: facebook / feed" (sources/placements.py).
_CUT = "regexp_extract(placement, '^((?:platform|placement|impression device|device platform|language|, )+): ', 1)"
_STATE = """CASE WHEN bool_or(state = 'modelled') THEN 'modelled' WHEN bool_or(state = 'suppressed') THEN 'suppressed'
        ELSE 'observed' END AS state, max(snapshot_at) AS snapshot_at, max(owner) AS owner"""
# Days are summed before anything is joined to them: they are most of a lake.
_CANDIDATES = f"""
CREATE OR REPLACE TEMP TABLE candidates AS
WITH things AS (
    SELECT platform, object_kind, object, any_value(coalesce(published_at, started_at)) AS published_at,
        max(stopped_at) AS stopped_at
    FROM objects GROUP BY ALL
), posted AS (
    SELECT platform, object, any_value(posted_at) AS posted_at FROM links WHERE object <> '' GROUP BY ALL
), pages AS (
    SELECT DISTINCT platform, account FROM objects
    WHERE list_contains($own, lower(account)) OR list_contains($own, lower(account_name))
), told AS NOT MATERIALIZED (
    SELECT * REPLACE (CASE WHEN object = '' OR platform = 'other' THEN account ELSE '' END AS account),
        account AS owner, list_contains($library, import_id) AS is_library
    FROM current_values WHERE state <> 'unavailable'
), bought AS (
    SELECT DISTINCT unnest(CASE WHEN platform IN ('facebook', 'instagram') THEN [platform, 'meta'] ELSE [platform] END)
        AS platform FROM told
    WHERE NOT is_library AND object_kind IN ('ad', 'campaign') AND start < $closes AND "end" > $opens
), by_day AS (
    SELECT {_WHICH}, is_library, max("end") AS until,
        CASE WHEN list_contains($additive, metric) THEN sum(low) ELSE max(low) END AS low, sum(high) AS high,
        CASE grain WHEN 'day' THEN 2 ELSE 3 END AS rung, {_STATE}
    FROM told
    WHERE grain IN ('hour', 'day') AND start >= $opens AND start < $closes
        AND list_contains($additive || $people, metric)
    GROUP BY {_WHICH}, is_library, grain
), days AS (
    SELECT {_WHICH}, is_library, CASE WHEN until >= least($closes, snapshot_at) - INTERVAL 60 HOUR THEN rung ELSE 7 END
        AS way, low, high, state, snapshot_at, owner
    FROM by_day
), periods AS (
    SELECT *, abs(epoch(start - $opens)) <= 43200 AND abs(epoch("end" - $closes)) <= 43200 AS is_all,
        epoch("end" - start) AS long, lag("end") OVER (PARTITION BY {_WHICH} ORDER BY start, "end") AS before
    FROM told
    WHERE grain = 'period' AND start >= $opens - INTERVAL 12 HOUR AND "end" <= $closes + INTERVAL 12 HOUR
), packed AS (
    SELECT {_WHICH}, is_library, CASE WHEN is_all THEN 1 ELSE 6 END AS way, arg_max(low, long) AS longest_low,
        arg_max(high, long) AS longest_high, sum(low) AS all_low, sum(high) AS all_high,
        arg_max(start, long) <= min(start) AND arg_max("end", long) >= max("end") AS is_whole,
        bool_and(coalesce(before <= start, TRUE)) AS is_apart, {_STATE}
    FROM periods GROUP BY {_WHICH}, is_library, is_all
), longest AS (
    SELECT {_WHICH}, is_library, way,
        CASE WHEN is_apart AND NOT is_whole AND list_contains($additive, metric) THEN all_low ELSE longest_low END
            AS low,
        CASE WHEN is_whole OR NOT list_contains($additive || $people, metric) THEN longest_high ELSE all_high END
            AS high,
        state, snapshot_at, owner
    FROM packed
), seen AS (
    SELECT * REPLACE (CASE WHEN object = '' OR platform = 'other' THEN account ELSE '' END AS account),
        account AS owner, list_contains($library, import_id) AS is_library,
        least(snapshot_at, stopped_at) < $closes + INTERVAL 3 DAY AS is_told
    FROM history LEFT JOIN things USING (platform, object_kind, object) LEFT JOIN posted USING (platform, object)
    WHERE grain = 'lifetime' AND state <> 'unavailable' AND coalesce(posted_at, published_at) >= $opens
        AND coalesce(posted_at, published_at) < $closes
), lifetimes AS (
    SELECT {_WHICH.replace("definition", "max_by(definition, snapshot_at) AS definition")},
        bool_or(is_library) AS is_library, CASE WHEN bool_or(is_told) THEN 4 ELSE 5 END AS way,
        coalesce(max_by(low, snapshot_at) FILTER (is_told),
            CASE WHEN $is_strict THEN 0 ELSE min_by(low, snapshot_at) END) AS low,
        coalesce(min_by(high, snapshot_at) FILTER (snapshot_at >= $closes), max_by(high, snapshot_at)) AS high,
        {_STATE}
    FROM seen GROUP BY {_WHICH.replace("definition, ", "")}
), dated AS MATERIALIZED (
    FROM days UNION ALL FROM longest UNION ALL FROM lifetimes
), shares AS (
    SELECT {_WHICH}, is_library, 8 AS way, low, high, state, snapshot_at, owner FROM told
    WHERE grain = 'unstated' AND list_contains($shares, metric) AND platform IN (SELECT platform FROM dated)
), every AS (
    FROM dated UNION ALL FROM shares
)
SELECT every.* EXCLUDE (is_library, payment), coalesce(l.clip, '') AS clip, coalesce(l.seat, '') AS for_seat,
    coalesce(l.partner, '') AS partner, coalesce(l.audience, '') AS audience, coalesce(l.recipe, '') AS recipe,
    coalesce(l.posted_at, t.published_at) AS published_at,
    CASE WHEN every.payment IN ('all', 'unknown') AND coalesce(l.payment, '') <> '' THEN l.payment ELSE every.payment
        END AS payment,
    NOT is_library OR (every.platform, owner) IN (SELECT (platform, account) FROM pages) AS is_ours
FROM every
LEFT JOIN links l ON l.platform = every.platform AND l.object = every.object AND every.object <> ''
LEFT JOIN things t ON t.platform = every.platform AND t.object_kind = every.object_kind AND t.object = every.object
WHERE NOT (is_library AND every.platform IN (FROM bought)
    AND (every.platform, owner) IN (SELECT (platform, account) FROM pages))
"""

# Who says later whether a post was paid for says it of the same plays: the newer of "unknown" and what is known counts.
_SAID = f"(PARTITION BY {_THING}, placement, {_MEASURE}, {_CELL})"
# Who says later whether a post was paid for says it of the same plays: the newer of "unknown" and what is known counts.
_SETTLED = f"""
CREATE OR REPLACE TEMP TABLE settled AS
SELECT * FROM candidates
QUALIFY way = min(way) OVER (PARTITION BY {_THING}, placement, payment, {_MEASURE}, {_CELL})
    AND (payment = 'unknown') = coalesce(
        max(CASE WHEN payment = 'unknown' THEN snapshot_at END) OVER {_SAID}
            > coalesce(max(CASE WHEN payment <> 'unknown' THEN snapshot_at END) OVER {_SAID}, TIMESTAMPTZ '-infinity'),
        FALSE)
"""


def _united(source: str, result: str, dropped: str, whole: str, kept: str = "", cut: str = "") -> str:
    """SQL that drops a column: its `whole` where there is one, else its parts together. `kept` stays a column.

    Where `cut` tells several cuts into parts, each of which counts all again, one is taken: settled by the first of
    the ways, and of those the one that comes to most, for a cut can leave out but not add.
    """
    key = ", ".join(filter(None, [_THING, kept, _MEASURE, _CELL]))
    columns = ", ".join(filter(None, [_THING, _ABOUT, kept, _MEASURE, _CELL]))
    one_cut = f"QUALIFY row_number() OVER (PARTITION BY {columns} ORDER BY way, high DESC, cut) = 1" if cut else ""
    cut = cut or "''"
    return f"""
CREATE OR REPLACE TEMP TABLE {result} AS
WITH chosen AS (
    SELECT * FROM {source}
    QUALIFY {dropped} = '{whole}' OR NOT bool_or({dropped} = '{whole}') OVER (PARTITION BY {key})
), united AS (
    SELECT {columns}, {cut} AS cut, max(way) AS way,
        CASE WHEN list_contains($people, metric) THEN max(low)
             WHEN list_contains($additive, metric) OR count(*) = 1 THEN sum(low) END AS low,
        sum(high) AS high, max(state) AS state, max(snapshot_at) AS snapshot_at, max(owner) AS owner
    FROM chosen GROUP BY {columns}, {cut}
)
SELECT * EXCLUDE (cut) FROM united WHERE low IS NOT NULL
{one_cut}
"""


class Readable(Protocol):
    """What facts are settled from: anything that gives a connection with the lake's views."""

    def connect(self) -> duckdb.DuckDBPyConnection: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """The settled values of one window: the tables `facts` and, with the column payment, `facts_by_payment`.

    Columns: platform, account, object_kind, object; clip, for_seat, partner, audience, recipe, published_at,
    is_ours; metric, definition, currency, basis; age, gender, place, place_kind; way, low, high, state,
    snapshot_at, owner (the account that a thing belongs to, where it is told; `account` is "" but for accounts' own
    rows). One row a thing, measure and cell.
    """

    connection: duckdb.DuckDBPyConnection
    window: Window
    zone: str
    payment: Payment = "all"

    def frame(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> pd.DataFrame:
        """The answer to any SQL over the two tables and the lake's views."""
        return self.connection.sql(sql, params=parameters).to_arrow_table().to_pandas()


def settle(
    lake: Readable,
    window: Window,
    zone: str = "Europe/London",
    *,
    payment: Payment = "all",
    own: Sequence[str] = (),
    is_strict: bool = False,
) -> Facts:
    """Settle every value of the window's days, which begin and end at midnight in `zone`.

    `own` are the names or ids of one's own pages in ad libraries; other advertisers' ads are not `is_ours`. With a
    `payment` of "organic" or "paid", `facts` holds only what is known to be that. `is_strict`: nothing counts but what
    is proven to be of the window.
    """
    connection = lake.connect()
    opens, closes = bounds_of(window, zone)
    words = {"additive": list(_ADDITIVE), "people": list(_PEOPLE)}
    library = connection.execute(
        "SELECT coalesce(list(import_id), []) FROM receipts WHERE list_contains($libraries, source)",
        {"libraries": list(LIBRARIES)},
    ).fetchall()
    asked = {"opens": opens, "closes": closes, "library": library[0][0], "own": [name.lower() for name in own]}
    connection.execute(_CANDIDATES, {**asked, **words, "shares": list(_SHARES), "is_strict": is_strict})
    connection.execute(_SETTLED)
    connection.execute(_united("settled", "facts_by_payment", "placement", "", kept="payment", cut=_CUT), words)
    if payment in ("organic", "paid"):
        only = (
            "CREATE OR REPLACE TEMP TABLE facts AS SELECT * EXCLUDE (payment) FROM facts_by_payment WHERE payment = ?"
        )
        connection.execute(only, [payment])
    else:
        connection.execute(_united("facts_by_payment", "facts", "payment", "all"), words)
    return Facts(connection, window, zone, payment)


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
