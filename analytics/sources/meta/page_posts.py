"""Lifetime figures of posts from the Graph API, as connectors store them: a row a post and day, a snapshot of then.

https://developers.facebook.com/docs/graph-api/reference/insights (post metrics)
"""

from __future__ import annotations

import re
from typing import Final, cast

import pandas as pd

from analytics.model.extract import Ask, Extract
from analytics.reading import Dates, Item, Numbers, Table
from analytics.reading.dates import parse_dates
from analytics.reading.ids import parse_ids
from analytics.sources.columns import Measured, melt, problems_of, repairs_of, without_lines
from analytics.sources.contract import Known, Match, Source, refuse_unknown_columns

from .amounts import numbers
from .contracts import PAGE_POST, breaches
from .finish import finished, first_of_each_line, refuse_if_nothing
from .tables import is_like, left_out

NAME: Final = "meta.page_posts"
_KINDS: Final = {"": "all", "_organic": "organic", "_paid": "paid"}
# Name without "_organic" or "_paid" → metric, and how much its unit is of ours.
COUNTED: Final[dict[str, tuple[str, float]]] = {
    "post_impressions": ("impressions", 1),
    "post_impressions_unique": ("reach", 1),
    "post_media_view": ("views", 1),
    "post_total_media_view_unique": ("viewers", 1),
    "post_clicks": ("clicks", 1),
    "post_engaged_users": ("engaged_people", 1),
    "post_negative_feedback": ("negative_feedback", 1),
    "post_video_views": ("views_3s", 1),
    "post_video_views_unique": ("viewers_3s", 1),
    "post_video_views_15_s": ("views_15s", 1),
    "post_video_views_15s": ("views_15s", 1),
    "post_video_complete_views_30_s": ("views_30s", 1),
    "post_video_complete_views_30s": ("views_30s", 1),
    "post_video_complete_views": ("completions", 1),
    "post_video_view_time": ("watch_time", 0.001),  # milliseconds there
    "post_video_avg_time_watched": ("average_watch_time", 0.001),
}
_MEANINGS: Final = {
    (name.removesuffix("_unique") + ending + "_unique" if name.endswith("_unique") else name + ending): (
        *meant,
        payment,
    )
    for name, meant in COUNTED.items()
    for ending, payment in _KINDS.items()
}
_REACTIONS: Final = re.compile(r"post_reactions_(?:like|love|wow|haha|sorry|anger|care)_total")
_LEFT_OUT: Final = (
    r"post_.*",
    r"_fivetran_.*",
    r"_airbyte_.*",
    r"created_time|message|story|permalink_url|status_type",
)
_KNOWN: Final = ("date", "post_id", "post_video_length")


def recognise(item: Item) -> Match | None:
    if not isinstance(item, Table) or not {"date", "post_id"} <= set(item.columns):
        return None
    return Match("lifetime", "en", certainty=3) if sum(name.startswith("post_") for name in item.columns) > 2 else None


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused."""
    table = cast(Table, item)
    counted = {column: found for column in table.columns if (found := _MEANINGS.get(column)) is not None}
    reactions = [column for column in table.columns if _REACTIONS.fullmatch(column)]
    other = [column for column in table.columns if column not in {*counted, *reactions, *_KNOWN}]
    out = [column for column in other if is_like(_LEFT_OUT, column)]
    refuse_unknown_columns(table, {*table.columns} - ({*other} - {*out}), "a table of post insights")
    frame = table.frame
    read_columns = {column: numbers(frame[column]) for column in (*counted, *reactions)}
    ids, damaged = parse_ids(frame["post_id"])
    day = parse_dates(frame["date"])
    length = numbers(frame["post_video_length"]) if "post_video_length" in frame else numbers(_empty(frame))
    about = ids.str.extract(r"^(?:(?P<account>\d+)_)?(?P<object>.*)$").fillna("").astype("str")
    about = about.assign(snapshot_at=day.start, duration_s=length.low / 1000)
    read_all: tuple[Numbers | Dates, ...] = (*read_columns.values(), day, length)
    refused = first_of_each_line((*problems_of(*read_all), *damaged, *breaches(PAGE_POST, about)))
    about = without_lines(about, refused.values())
    refuse_if_nothing(table.name, len(about), refused.values())
    measured = [
        Measured(metric, read_columns[column].times(factor), {"payment": payment})
        for column, (metric, factor, payment) in counted.items()
    ]
    if reactions:
        measured.append(Measured("reactions", _sum([read_columns[column] for column in reactions]), {"payment": "all"}))
    keys = about[["account", "object", "snapshot_at"]].assign(platform="facebook", object_kind="post", grain="lifetime")
    newest = Known(about["snapshot_at"].max().to_pydatetime(), "stated") if len(about) else known
    return finished(
        NAME, match, ask, newest, [melt(keys, measured)], rows=len(about), objects=_objects(about),
        refused=(*table.refused, *refused.values()), repairs=(*table.repairs, *repairs_of(*read_all)),
        notes=[
            "lifetime figures as they stood on each row's date",
            *left_out(out, "for they count parts that our model has no place for"),
        ],
    )  # fmt: skip


def _sum(parts: list[Numbers]) -> Numbers:
    """The sum of what is stated; unavailable where nothing is."""
    low = pd.concat([part.low for part in parts], axis=1).sum(axis=1, min_count=1)
    state = pd.Series("observed", low.index, dtype="str").mask(low == 0, "zero").mask(low.isna(), "unavailable")
    return Numbers(low, low, state)


def _empty(frame: pd.DataFrame) -> pd.Series:
    return pd.Series("", frame.index, dtype="str", name="post_video_length")


def _objects(about: pd.DataFrame) -> pd.DataFrame:
    once = about.drop_duplicates(["account", "object"], ignore_index=True)
    return once[["account", "object", "duration_s"]].assign(platform="facebook", object_kind="post")


SOURCE: Final = Source(NAME, "Facebook post insights (Graph API)", recognise, read, ("date", "post_id", *COUNTED))
