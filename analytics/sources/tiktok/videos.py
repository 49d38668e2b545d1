"""TikTok's table of videos: what each has gathered since it went up."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from analytics.errors import ExportUnclear
from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Item
from analytics.reading.dates import parse_dates
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import claim
from analytics.sources.wide import Wide, read_wide, table_of, to_extract

from .contracts import VIDEO_LINK, VIDEOS

NAME: Final = "tiktok.videos"
TITLE: Final = "TikTok, videos"


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Lifetime values of each video. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), VIDEOS, ask, TITLE)
    ids = wide.frame["Video link"].str.extract(rf"^\s*{VIDEO_LINK}\s*$", expand=False)
    refused = tuple(
        RefusedRow(int(line), "Video link", link, "holds no video's id")
        for line, link in wide.frame["Video link"][ids.isna()].items()
    )
    published, note = _published(wide, ask, match)
    keys = pd.DataFrame(
        {
            "platform": "tiktok",
            "account": ask.account,
            "object_kind": "post",
            "object": ids.fillna(""),
            "payment": ask.payment or "unknown",
            "grain": "lifetime",
            "start": pd.NaT,
            "end": pd.NaT,
        },
        index=wide.frame.index,
    )
    objects = keys[["platform", "account", "object_kind", "object"]].assign(
        title=wide.text("Video title"),
        text=wide.text("Video title"),
        url=wide.frame["Video link"],
        published_at=published,
    )
    return to_extract(NAME, match, known, wide, keys, objects=objects, refused=refused, notes=(note,))


def _published(wide: Wide, ask: Ask, match: Match) -> tuple[pd.Series, str]:
    """When each went up. A date without a year, or one that can't be read, costs the date, not the row."""
    column = wide.text("Post time")
    try:
        read = parse_dates(column, ask.locale or match.locale, zone=ask.zone, first=ask.first, last=ask.last)
    except ExportUnclear as error:
        empty = pd.Series(pd.NaT, column.index, dtype="datetime64[us, UTC]")
        return empty, f"when the videos were posted is not kept: {error.what}"
    return read.start, f"{len(read.problems)} post times could not be read" if read.problems else ""


SOURCES: Final = (Source(NAME, TITLE, partial(claim, contract=VIDEOS), read, VIDEOS.columns),)
