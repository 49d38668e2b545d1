"""What was spent on whom, as intervals: the libraries give ranges, and the ranges go into every sum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal

from analytics.model.scope import Window

from .watch import LIBRARIES, Asked

if TYPE_CHECKING:
    import pandas as pd

_TOLD: Final = (*LIBRARIES, "meta.election_ad_index")
By = Literal["page", "age and gender", "place"]
_CELLS: Final[dict[By, tuple[str, str]]] = {  # (what tells the cells apart, which rows are cells)
    "page": ("'all' AS cell", "false"),
    "age and gender": ("age, gender", "place_kind = 'all' AND (age <> 'all' OR gender <> 'all')"),
    "place": ("place, place_kind", "place_kind <> 'all' AND age = 'all' AND gender = 'all'"),
}
_SPENDING: Final = """
    WITH told AS (
        SELECT v.* FROM current_values v
        JOIN receipts r ON r.import_id = v.import_id AND list_contains($libraries, r.source)
        WHERE v.object_kind = 'ad' AND v.basis = 'delivered' AND v.state <> 'unavailable'
          AND v.metric IN ('spend', 'impressions')
    ), whole AS (
        SELECT platform, account, object,
               coalesce(any_value(currency) FILTER (WHERE metric = 'spend'), '') AS currency,
               max(low) FILTER (WHERE metric = 'spend') AS spend_low,
               max(high) FILTER (WHERE metric = 'spend') AS spend_high,
               max(low) FILTER (WHERE metric = 'impressions') AS seen_low,
               max(high) FILTER (WHERE metric = 'impressions') AS seen_high
        FROM (  -- a file that a person places in a seat has no other whole
            SELECT * FROM told WHERE age = 'all' AND gender = 'all' AND place_kind IN ('all', 'seat')
            QUALIFY place_kind = 'all' OR NOT bool_or(place_kind = 'all') OVER (PARTITION BY platform, account, object)
        ) GROUP BY platform, account, object
    ), ran AS (
        SELECT w.*, coalesce(nullif(o.account_name, ''), o.funder, '') AS account_name,
               lower(w.account) IN (SELECT unnest($own))
               OR coalesce(lower(o.account_name) IN (SELECT unnest($own)), false) AS is_own
        FROM whole w
        LEFT JOIN objects o ON o.platform = w.platform AND o.object_kind = 'ad' AND o.object = w.object
        WHERE ($first::DATE IS NULL OR coalesce(o.stopped_at, o.snapshot_at)::DATE >= $first)
          AND ($last::DATE IS NULL OR o.started_at::DATE <= $last)
    ), cells AS (
        SELECT platform, account, object, {cell}, low, high FROM told WHERE metric = 'impressions' AND {is_cell}
    ), parts AS (  -- the part of the ad's range that is the cell's; an ad without cells is one unknown cell
        SELECT r.*, {names}, c.object IS NULL AS is_unsplit,
               CASE WHEN isfinite(seen_high) AND seen_high > 0 THEN c.high / seen_high
                    WHEN seen_low > 0 THEN c.low / seen_low END AS share
        FROM ran r LEFT JOIN cells c USING (platform, account, object)
    )
    SELECT platform, {grouping}, currency, is_own, count(DISTINCT (account, object)) AS ads,
           sum(spend_low * CASE WHEN is_unsplit THEN 1 ELSE coalesce(share, 0) END) AS spend_low,
           sum(CASE WHEN is_unsplit OR share IS NULL THEN spend_high WHEN share = 0 THEN 0 ELSE spend_high * share END)
               AS spend_high,
           sum(seen_low * CASE WHEN is_unsplit THEN 1 ELSE coalesce(share, 0) END) AS impressions_low,
           sum(CASE WHEN is_unsplit OR share IS NULL THEN seen_high WHEN share = 0 THEN 0 ELSE seen_high * share END)
               AS impressions_high
    FROM parts GROUP BY ALL ORDER BY ALL
"""


def spending(lake: Asked, by: By, own: Iterable[str] = (), window: Window | None = None) -> pd.DataFrame:
    """Spend and impressions of the ads in the libraries, summed as intervals, one's own apart from others'.

    Columns: platform; account and account_name ("page"), age and gender, or place and place_kind; currency, is_own,
    ads, spend_low, spend_high, impressions_low, impressions_high; an open top is infinite, nothing told NaN.
    A page without a name has its funder's.
    The libraries give lifetime figures: a `window` takes the ads that ran in it, with all they ever had; an
    ad without an end ran until it was last seen. Their
    shares are of people reached; applied to spend and impressions they are an estimate. What an ad does not split
    is in the cell "unknown".
    """
    cell, is_cell = _CELLS[by]
    columns = [] if by == "page" else cell.split(", ")
    query = _SPENDING.format(
        cell=cell,
        is_cell=is_cell,
        names=", ".join(f"coalesce(c.{column}, 'unknown') AS {column}" for column in columns) or "1 AS one",
        grouping=", ".join(columns) or "account, account_name",
    )
    named = {"libraries": list(_TOLD), "own": [name.lower() for name in own]}
    days = {"first": window and window.first, "last": window and window.last}
    return lake.frame(query, {**named, **days})
