"""The organic tweet report of X's ads API, a row a tweet, day and placement, as a service fetched it.

A day begins at midnight of the account's own zone, which the time in `date` is when read as UTC.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from analytics.model.extract import Ask, Extract
from analytics.reading import Item
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import claim
from analytics.sources.wide import read_wide, table_of, to_extract

from .contracts import ORGANIC

NAME: Final = "x.organic_tweet_report"
TITLE: Final = "X ads API, organic tweet report"


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Daily values of each tweet. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), ORGANIC, ask, TITLE).with_ids("organic_tweet_id").dated("date", ask, zone="UTC")
    start = wide.dates["date"].start
    placement = wide.frame["placement"].str.lower().str.replace("_", " ")
    keys = pd.DataFrame(
        {
            "platform": "x",
            "account": wide.frame["account_id"],
            "object": wide.frame["organic_tweet_id"],
            "placement": placement.where(placement != "all on twitter", ""),
            "payment": "organic",
            "grain": "day",
            "start": start,
            "end": start + pd.Timedelta(1, "D"),
        },
        index=wide.frame.index,
    )
    objects = keys[["platform", "account", "object"]].assign(object_kind="post")
    return to_extract(NAME, match, known, wide, keys, objects=objects)


SOURCES: Final = (Source(NAME, TITLE, partial(claim, contract=ORGANIC), read, ORGANIC.columns),)
