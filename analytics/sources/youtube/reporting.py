"""The YouTube Reporting API's daily files: channel_demographics and channel_basic, also as a service fetched them.

Their rows are split further, by subscribers and by live or not. Counts that differ in nothing else are added up;
shares are not, and keep the split as their placement.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.model.values import KEY
from analytics.reading import Item
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import Contract, claim
from analytics.sources.who import ages, countries, genders
from analytics.sources.wide import Wide, days, read_wide, table_of, to_extract

from .contracts import BASIC, DEMOGRAPHICS, REPORTING_SPLITS

_UNKNOWN_SHARE_BASE: Final = "the shares are of the views of that video and day, split by country and subscription"


def read(contract: Contract, item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """The values of one or several days. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), contract, ask, _title(contract)).dated("date", ask)
    cells, refused = _cells(wide)
    keys = _keys(wide, ask).assign(**cells)
    extract = to_extract(_name(contract), match, known, wide, keys, refused=refused)
    if contract is DEMOGRAPHICS:
        return replace(extract, notes=(*extract.notes, _UNKNOWN_SHARE_BASE))
    return replace(extract, values=_added(extract.values))


def _keys(wide: Wide, ask: Ask) -> pd.DataFrame:
    video, start = wide.text("video_id"), wide.dates["date"].start
    splits = [wide.text(name).str.replace("_", " ") for name in REPORTING_SPLITS]
    placement = splits[0].str.cat(splits[1], sep=", ").str.strip(", ")
    return pd.DataFrame(
        {
            "platform": "youtube",
            "account": wide.text("channel_id").where(wide.text("channel_id") != "", ask.account),
            "payment": ask.payment or "all",
            "object_kind": "post" if "video_id" in wide.frame else "account",
            "object": video,
            "placement": placement if wide.contract is DEMOGRAPHICS else "",
            "grain": "day",
            "start": start,
            "end": days(start, ask.zone),
        },
        index=wide.frame.index,
    )


def _cells(wide: Wide) -> tuple[dict[str, pd.Series], tuple[RefusedRow, ...]]:
    cells, refused = dict[str, pd.Series](), list[RefusedRow]()
    for name, read_labels, header in (("age", ages, "age_group"), ("gender", genders, "gender")):
        if header in wide.frame:
            labels = read_labels(wide.frame[header])
            cells[name] = labels.words
            refused += labels.problems
    if "province_code" in wide.frame:
        return {**cells, "place": wide.frame["province_code"], "place_kind": pd.Series("region", wide.frame.index)}, ()
    if "country_code" in wide.frame:
        places, kinds = countries(wide.frame["country_code"])
        cells |= {"place": places.words, "place_kind": kinds}
        refused += places.problems
    return cells, tuple(refused)


def _added(values: pd.DataFrame) -> pd.DataFrame:
    """One row a key: counts of the same video, day and country over the further splits; unavailable if one is."""
    rest = {"low": "sum", "high": "sum", "snapshot_at": "first", "import_id": "first", "line": "min", "is_lost": "any"}
    parts = values.assign(is_lost=values["state"] == "unavailable")
    sums = parts.groupby(list(KEY), dropna=False, sort=False, as_index=False).agg(rest)
    lost = sums.pop("is_lost")
    state = np.select([lost, sums["high"] == 0], ["unavailable", "zero"], "observed")
    return sums.assign(state=state, low=sums["low"].mask(lost), high=sums["high"].mask(lost))


def _name(contract: Contract) -> str:
    return f"youtube.reporting_{contract.version.removeprefix('channel_').removesuffix('_a1')}"


def _title(contract: Contract) -> str:
    return f"YouTube Reporting API, {contract.version}"


SOURCES: Final = tuple(
    Source(_name(one), _title(one), partial(claim, contract=one), partial(read, one), one.columns)
    for one in (DEMOGRAPHICS, BASIC)
)
