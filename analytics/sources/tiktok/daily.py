"""TikTok's tables by day: overview, followers, viewers. Older ones write dates without a year.

"Reached audience" is the account's reach of that day; days do not add. NAN and "undefined" are days that TikTok has
no number for.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from analytics.errors import ExportRefused
from analytics.model.extract import Ask, Extract
from analytics.reading import Item, Table
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import Contract, claim
from analytics.sources.wide import Wide, days, read_wide, table_of, to_extract

from .contracts import DAILY


def read(contract: Contract, item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """One row a day of the account. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), contract, ask, _title(contract)).dated("Date", ask, match.locale)
    wide = _without_sums(wide)
    start = wide.dates["Date"].start
    keys = pd.DataFrame(
        {
            "platform": "tiktok",
            "account": ask.account,
            "object_kind": "account",
            "payment": ask.payment or "unknown",
            "grain": "day",
            "start": start,
            "end": days(start, ask.zone),
        },
        index=wide.frame.index,
    )
    return to_extract(_name(contract), match, known, wide, keys)


def _without_sums(wide: Wide) -> Wide:
    """The net is left out where gains and losses stand beside it: it follows from them."""
    metrics = {one.metric for one in wide.measures.values()}
    return wide.only(lambda one: one.metric != "net_follows") if {"follows", "unfollows"} <= metrics else wide


def refuse_activity(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused, always."""
    raise ExportRefused(
        f"{item.name} says at which hours followers are active, not what they saw",
        "Download the overview, the followers or the content instead.",
        column="Active followers",
    )


def recognise_activity(item: Item) -> Match | None:
    is_activity = isinstance(item, Table) and {"hour", "active followers"} <= {name.casefold() for name in item.columns}
    return Match("activity", certainty=20) if is_activity else None


def _name(contract: Contract) -> str:
    return f"tiktok.{contract.version}"


def _title(contract: Contract) -> str:
    return f"TikTok, {contract.version} by day"


SOURCES: Final = (
    *(Source(_name(c), _title(c), partial(claim, contract=c), partial(read, c), c.columns) for c in DAILY),
    Source("tiktok.activity", "TikTok, follower activity", recognise_activity, refuse_activity),
)
