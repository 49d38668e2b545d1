"""Twitter's tweet activity, as its analytics gave it until 2023: a row a tweet, or a row a day.

Organic and promoted stand side by side and stay apart. "-" in the promoted columns is a tweet that was not promoted.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from analytics.model.extract import Ask, Extract
from analytics.reading import Item
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import claim
from analytics.sources.wide import Wide, days, read_wide, table_of, to_extract

from .contracts import TWEET_DAYS, TWEETS


def read_tweets(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Lifetime values of each tweet. Raises ExportRefused, ExportUnclear."""
    wide = (
        read_wide(table_of(item), TWEETS, ask, "X, tweet activity").with_ids("Tweet id").dated("time", ask, zone="UTC")
    )
    wide = without_empty(wide)
    keys = pd.DataFrame(
        {"platform": "x", "account": ask.account, "object": wide.frame["Tweet id"], "grain": "lifetime"},
        index=wide.frame.index,
    )
    objects = keys[["platform", "account", "object"]].assign(
        object_kind="post",
        text=wide.text("Tweet text"),
        url=wide.text("Tweet permalink"),
        published_at=wide.dates["time"].start,
    )
    return to_extract("x.tweet_activity", match, known, wide, keys, objects=objects)


def read_days(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """One row a day of the account. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), TWEET_DAYS, ask, "X, tweet activity by day").dated("Date", ask)
    wide = without_empty(wide)
    start = wide.dates["Date"].start
    keys = pd.DataFrame(
        {
            "platform": "x",
            "account": ask.account,
            "object_kind": "account",
            "grain": "day",
            "start": start,
            "end": days(start, ask.zone),
        },
        index=wide.frame.index,
    )
    return to_extract("x.tweet_activity_by_day", match, known, wide, keys)


def without_empty(wide: Wide) -> Wide:
    """Without columns that hold nothing at all: nothing was promoted."""
    return wide.only(lambda one: bool((one.numbers.state != "unavailable").any() or one.numbers.problems))


SOURCES: Final = (
    Source("x.tweet_activity", "X, tweet activity", partial(claim, contract=TWEETS), read_tweets, TWEETS.columns),
    Source(
        "x.tweet_activity_by_day",
        "X, tweet activity by day",
        partial(claim, contract=TWEET_DAYS),
        read_days,
        TWEET_DAYS.columns,
    ),
)
