"""Answers of the Ads Insights API: JSON or JSON lines, bare or in a connector's envelope, with breakdowns.

https://developers.facebook.com/docs/marketing-api/insights
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

import pandas as pd

from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Dates, Document, Item, Numbers
from analytics.reading.dates import parse_dates
from analytics.sources.columns import Measured, melt, problems_of, without_lines
from analytics.sources.contract import Known, Match, Source
from analytics.sources.pulled import when

from .ads_rows import cells, objects, things
from .amounts import numbers
from .contracts import ADS, breaches
from .finish import finished, first_of_each_line, refuse_if_nothing
from .ids import optional_ids
from .records import Record, as_text, column, dicts, is_empty_pull, keys_of, records
from .tables import days_after, left_out

NAME: Final = "meta.ads_insights"
PULLED: Final = "meta.insights_api"  # as pulls/meta.py names it
_COUNTED: Final = {
    "reach": "reach", "impressions": "impressions", "frequency": "frequency", "spend": "spend", "clicks": "clicks",
    "inline_link_clicks": "link_clicks", "inline_post_engagement": "engagements",
}  # fmt: skip
# Lists of {"action_type": …, "value": …}: the field, the type in it, and our metric.
_ACTIONS: Final = (
    ("actions", "link_click", "link_clicks"),
    ("actions", "post_engagement", "engagements"),
    ("actions", "post_reaction", "reactions"),
    ("actions", "comment", "comments"),
    ("actions", "post", "shares"),
    ("actions", "onsite_conversion.post_save", "saves"),
    ("actions", "video_view", "views_3s"),
    ("actions", "lead", "leads"),
    ("video_play_actions", "video_view", "views"),
    ("video_continuous_2_sec_watched_actions", "video_view", "views_2s"),
    ("video_15_sec_watched_actions", "video_view", "views_15s"),
    ("video_30_sec_watched_actions", "video_view", "views_30s"),
    ("video_p25_watched_actions", "video_view", "views_25pct"),
    ("video_p50_watched_actions", "video_view", "views_50pct"),
    ("video_p75_watched_actions", "video_view", "views_75pct"),
    ("video_p100_watched_actions", "video_view", "completions"),
    ("video_avg_time_watched_actions", "video_view", "average_watch_time"),
)
_WORDS: Final = {
    "ad": ("ad_id",), "ad_name": ("ad_name",), "adset": ("adset_id",), "adset_name": ("adset_name",),
    "campaign": ("campaign_id",), "campaign_name": ("campaign_name",), "account": ("account_id",),
    "account_name": ("account_name",), "age": ("age",), "gender": ("gender",), "country": ("country",),
    "region": ("region", "dma"), "platform": ("publisher_platform",), "placement": ("platform_position",),
    "impression device": ("impression_device",), "device platform": ("device_platform",),
}  # fmt: skip
_HOUR: Final = "hourly_stats_aggregated_by_advertiser_time_zone"
_READ: Final = frozenset({
    "date_start", "date_stop", "account_currency", _HOUR, *_COUNTED,
    *(name for names in _WORDS.values() for name in names), *(field for field, _, _ in _ACTIONS),
})  # fmt: skip
# Breakdowns that we have no place for: their rows would look alike.
_OTHER_CUTS: Final = frozenset({
    "hourly_stats_aggregated_by_audience_time_zone", "product_id", "action_type", "action_device", "frequency_value",
    "body_asset", "title_asset", "video_asset", "image_asset", "link_url_asset", "description_asset",
    "call_to_action_asset", "ad_format_asset", "user_segment_key", "skan_conversion_id", "place_page_id", "media_type",
})  # fmt: skip


def recognise(item: Item) -> Match | None:
    if not isinstance(item, Document):
        return None
    keys = keys_of(item)
    if is_empty_pull(item, PULLED):
        return Match("v1", "en", certainty=3)
    is_ours = {"date_start", "date_stop"} <= keys and bool(keys & {"impressions", "reach", "spend"})
    return Match("v1", "en", certainty=3) if is_ours else None


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused where no record can be read."""
    answer = records(cast(Document, item))
    known, rows = when(answer.pulled, ask, known), answer.rows
    words = pd.DataFrame({name: column(rows, *theirs) for name, theirs in _WORDS.items()})
    ids = {name: optional_ids(words[name]) for name in ("account", "campaign", "adset", "ad")}
    words = words.assign(**{name: clean for name, (clean, _) in ids.items()})
    dated, period = _period(rows, ask)
    cell, doubts = cells(words)
    about = pd.concat([things(words), cell, period], axis=1).assign(currency=column(rows, "account_currency"))
    counts = _counts(rows)
    lost = [problem for _, problems in ids.values() for problem in problems]
    strange = [*_unplaced(rows), *doubts, *lost, *breaches(ADS, about)]
    refused = first_of_each_line((*problems_of(*counts.values(), *dated), *strange))
    about = without_lines(about, refused.values())
    refuse_if_nothing(item.name, len(about), refused.values())
    keys = about.drop(columns=["title", "parent", "account_name", "days", "currency"]).assign(
        payment="paid", snapshot_at=known.snapshot_at
    )
    plain = [Measured(metric, number) for metric, number in counts.items() if metric != "spend"]
    values = [melt(keys, plain), melt(keys.assign(currency=about["currency"]), [Measured("spend", counts["spend"])])]
    left = sorted({key for row in rows for key in row} - _READ)
    return finished(
        NAME, match, ask, known, [_stated(part) for part in values], rows=len(about), objects=objects(about),
        refused=(*refused.values(), *answer.strays), repairs=item.repairs,
        notes=[f"days are read as {ask.zone}", *left_out(left, "for we have no metric for them")],
    )  # fmt: skip


def _stated(values: pd.DataFrame) -> pd.DataFrame:
    """The API leaves out what nobody asked for: that is no value, not one that is unavailable."""
    return values[values["state"] != "unavailable"] if len(values) else values


def _period(rows: Sequence[Record], ask: Ask) -> tuple[list[Dates], pd.DataFrame]:
    hour = column(rows, _HOUR).str.slice(0, 8)
    is_hour = hour != ""
    first_text = column(rows, "date_start")
    first = parse_dates(first_text.where(~is_hour, first_text + " " + hour).rename("date_start"), zone=ask.zone)
    last = parse_dates(column(rows, "date_stop").rename("date_stop"), zone=ask.zone)
    start = first.start
    end = days_after(last.start, ask.zone).mask(is_hour, start + pd.Timedelta(1, "h"))
    days = (end - start).dt.total_seconds() / 86_400
    grain = pd.Series("period", start.index, dtype="str").mask(days < 1.5, "day").mask(is_hour, "hour")
    utc = "datetime64[us, UTC]"
    return [first, last], pd.DataFrame(
        {"grain": grain, "start": start.astype(utc), "end": end.astype(utc), "days": days}
    )


def _counts(rows: Sequence[Record]) -> dict[str, Numbers]:
    counts = {metric: numbers(column(rows, field).rename(field)) for field, metric in _COUNTED.items()}
    for field, kind, metric in _ACTIONS:
        found = numbers(as_text(_action(row, field, kind) for row in rows).rename(field))
        stated = metric in counts and (counts[metric].state != "unavailable").any()
        if not stated and (found.state != "unavailable").any():
            counts[metric] = found
    return counts


def _action(row: Record, field: str, kind: str) -> object:
    return next((one.get("value") for one in dicts(row.get(field)) if one.get("action_type") == kind), None)


def _unplaced(rows: Sequence[Record]) -> list[RefusedRow]:
    return [
        RefusedRow(line, name, str(row[name])[:80], "is cut in a way that we have no place for: ask without it")
        for line, row in enumerate(rows, 1)
        for name in sorted(_OTHER_CUTS & set(row))
    ]


_COLUMNS: Final = tuple(sorted(_READ))
SOURCE: Final = Source(NAME, "Meta Ads Insights API", recognise, read, _COLUMNS)
