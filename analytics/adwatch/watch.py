"""Which ads the libraries showed when. An ad has vanished only where a later look at all of its page lacks it.

Ads stay in a library for years after they stop, so a missing one was taken out: 74,000 UK ads went on 10 December
2019, two days before the vote. A search, or a file of active ads, lacks ads for other reasons: only a snapshot that
covers the page (Extract.covers) says that something is gone.
"""

# ruff: noqa: S608  the SQL is put together from our own words

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import pandas as pd

LIBRARIES: Final = ("meta.ad_library_api", "meta.ad_library_csv", "google.political_ads", "snapchat.political_library")
# A library is asked in several ways: what one answer shows, another one of the same platform can lack.
_FAMILY: Final = "split_part(source, '.', 1)"
_SEEN: Final = f"""
    WITH looks AS (
        SELECT import_id, {_FAMILY} AS family, snapshot_at, covers FROM receipts WHERE list_contains($libraries, source)
    ), shown AS (
        SELECT platform, account, object, import_id FROM object_history WHERE object_kind = 'ad'
        UNION
        SELECT platform, account, object, import_id FROM history WHERE object_kind = 'ad'
    ), ads AS (
        SELECT platform, account, object, family, min(snapshot_at) AS first_seen, max(snapshot_at) AS last_seen
        FROM shown JOIN looks USING (import_id) GROUP BY ALL
    ), covered AS (
        SELECT DISTINCT family, unnest(covers) AS account, snapshot_at FROM looks
    ), dated AS (
        SELECT platform, ads.account, object, first_seen, last_seen,
               max(c.snapshot_at) FILTER (WHERE c.snapshot_at < first_seen) AS looked_before,
               min(c.snapshot_at) FILTER (WHERE c.snapshot_at > last_seen) AS missed_at
        FROM ads LEFT JOIN covered c ON c.family = ads.family AND c.account = ads.account GROUP BY ALL
    ), worth AS (
        SELECT platform, account, object, any_value(currency) FILTER (WHERE metric = 'spend') AS currency,
               max(low) FILTER (WHERE metric = 'spend') AS spend_low,
               max(high) FILTER (WHERE metric = 'spend') AS spend_high,
               max(low) FILTER (WHERE metric = 'impressions') AS impressions_low,
               max(high) FILTER (WHERE metric = 'impressions') AS impressions_high
        FROM current_values
        WHERE object_kind = 'ad' AND age = 'all' AND gender = 'all' AND place_kind = 'all' AND basis = 'delivered'
        GROUP BY ALL
    )
    SELECT d.platform, d.account, o.account_name, d.object, o.title, o.text, o.funder, o.url, o.started_at,
           o.stopped_at, first_seen, last_seen, looked_before, missed_at,
           w.currency, w.spend_low, w.spend_high, w.impressions_low, w.impressions_high,
           lower(d.account) IN (SELECT unnest($own)) OR coalesce(lower(o.account_name) IN (SELECT unnest($own)), false)
               AS is_own
    FROM dated d
    LEFT JOIN objects o ON o.platform = d.platform AND o.object_kind = 'ad' AND o.object = d.object
    LEFT JOIN worth w ON w.platform = d.platform AND w.account = d.account AND w.object = d.object
    ORDER BY d.first_seen, d.platform, d.account, d.object
"""


class Asked(Protocol):
    """A lake, or a connection to one that is open already."""

    def frame(self, sql: str, parameters: dict[str, object], /) -> pd.DataFrame: ...


def seen(lake: Asked, own: Iterable[str] = ()) -> pd.DataFrame:
    """Every ad that a library ever showed us, one row each.

    `own` are ids or names of one's own pages (column is_own). Columns: platform, account, account_name, object,
    title, text, funder, url, started_at, stopped_at; first_seen, last_seen: the snapshots it was in;
    looked_before: the last look at all of its page before that, if any; missed_at: the first look at all of its page
    that lacks it, NaT while there is none; currency, spend_low/_high, impressions_low/_high as last told; is_own.
    """
    return lake.frame(_SEEN, {"libraries": list(LIBRARIES), "own": [name.lower() for name in own]})


def new(lake: Asked, since: datetime, own: Iterable[str] = ()) -> pd.DataFrame:
    """Ads first seen at `since` (aware) or later that are new for certain: the page was looked at whole before, or
    they started since. What a first look at a page shows is new to us only, and is left out."""
    ads = seen(lake, own)
    is_new = (ads["first_seen"] >= since) & (ads["looked_before"].notna() | (ads["started_at"] >= since))
    return ads[is_new].reset_index(drop=True)


def vanished(lake: Asked, since: datetime, own: Iterable[str] = ()) -> pd.DataFrame:
    """Ads that a look at all of their page lacks at `since` (aware) or later, and that no later one has shown."""
    ads = seen(lake, own)
    return ads[ads["missed_at"] >= since].reset_index(drop=True)
