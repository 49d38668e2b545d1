"""X's account analytics: an overview by day, and the content, a row a post.

Days are UTC there and are kept under their own date. A post's numbers are what it had gathered when downloaded.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from analytics.model.extract import Ask, Extract
from analytics.reading import Item
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import claim
from analytics.sources.wide import days, read_wide, table_of, to_extract

from .contracts import CONTENT, OVERVIEW

_UTC_DAYS: Final = "X's days are days of UTC; they are kept under their own date"


def read_overview(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """One row a day of the account. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), OVERVIEW, ask, "X, account overview").dated("Date", ask)
    start = wide.dates["Date"].start
    keys = pd.DataFrame(
        {
            "platform": "x",
            "account": ask.account,
            "object_kind": "account",
            "payment": ask.payment or "unknown",
            "grain": "day",
            "start": start,
            "end": days(start, ask.zone),
        },
        index=wide.frame.index,
    )
    return to_extract("x.overview", match, known, wide, keys, notes=(_UTC_DAYS,))


def read_content(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Lifetime values of each post. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), CONTENT, ask, "X, account content").with_ids("Post id")
    if "Date" in wide.frame:
        wide = wide.dated("Date", ask)
    keys = pd.DataFrame(
        {
            "platform": "x",
            "account": ask.account,
            "object": wide.frame["Post id"],
            "payment": ask.payment or "unknown",
            "grain": "lifetime",
        },
        index=wide.frame.index,
    )
    objects = keys[["platform", "account", "object"]].assign(
        object_kind="post",
        text=wide.text("Post text"),
        url=wide.text("Post Link"),
        published_at=wide.dates["Date"].start if "Date" in wide.dates else pd.NaT,
    )
    return to_extract("x.content", match, known, wide, keys, objects=objects)


SOURCES: Final = (
    Source("x.overview", "X, account overview", partial(claim, contract=OVERVIEW), read_overview, OVERVIEW.columns),
    Source("x.content", "X, account content", partial(claim, contract=CONTENT), read_content, CONTENT.columns),
)
