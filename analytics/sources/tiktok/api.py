"""TikTok's API for Business, report/integrated/get: {"data": {"list": [{"dimensions": {…}, "metrics": {…}}, …]}}.

Rows may have different metrics: what a row does not have is not there, and not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Item, Table
from analytics.sources.contract import Known, Match, Source
from analytics.sources.placements import placements
from analytics.sources.pulled import opened, when
from analytics.sources.who import ages, genders, places
from analytics.sources.wide import Wide, days, period, read_wide, to_extract

from .contracts import API, SHOWN

NAME: Final = "tiktok.business_api"
TITLE: Final = "TikTok API for Business, audience report"
_LEVELS: Final = (
    ("ad_id", "ad"),
    ("adgroup_id", "campaign"),
    ("campaign_id", "campaign"),
    ("advertiser_id", "account"),
)
Row = Mapping[str, object]


def recognise(item: Item) -> Match | None:
    pulled = opened(item)
    if pulled is None or (pulled.source and pulled.source != NAME):
        return None
    pages = [_list(page) for page in pulled.pages]
    is_ours = bool(pages) and all(page is not None and all(_is_row(row) for row in page) for page in pages)
    return Match(API.version, certainty=30) if is_ours and (pulled.source or any(pages)) else None


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Paid values of each row of the report. Raises ExportRefused, ExportUnclear."""
    pulled = opened(item)
    rows = [row for page in (pulled.pages if pulled else ()) for row in _list(page) or ()]
    wide = read_wide(_table(item, rows), API, ask, TITLE)
    for day in ("stat_time_day", "stat_time_hour"):
        wide = wide.dated(day, ask) if day in wide.frame else wide
    cells, refused = _cells(wide)
    advertiser = pulled.asked("advertiser_id") if pulled else ""
    keys = _keys(wide, ask, advertiser).assign(**cells)
    extract = to_extract(
        NAME, match, when(pulled, ask, known) if pulled else known, wide, keys,
        objects=_objects(wide, keys), refused=refused, notes=_notes(wide, keys),
    )  # fmt: skip
    return replace(extract, values=_only_what_is_there(extract.values, wide))


def _list(page: object) -> list[object] | None:
    """The rows of one answer, whether wrapped in data or not."""
    inner = page.get("data", page) if isinstance(page, dict) else page
    listed = inner.get("list") if isinstance(inner, dict) else inner
    return listed if isinstance(listed, list) else None


def _is_row(row: object) -> bool:
    return isinstance(row, dict) and isinstance(row.get("dimensions"), dict) and isinstance(row.get("metrics"), dict)


def _table(item: Item, rows: list[object]) -> Table:
    """One column a dimension or metric; "" where a row has none. The index counts the rows from 1."""
    flat = [{**row["metrics"], **row["dimensions"]} for row in rows if isinstance(row, dict)]
    names = list(dict.fromkeys(name for row in flat for name in row))
    frame = pd.DataFrame(
        [["" if row.get(name) is None else str(row[name]) for name in names] for row in flat],
        columns=names,
        index=range(1, len(flat) + 1),
        dtype="str",
    )
    return Table(item.name, frame, repairs=item.repairs, is_machine=True)


def _keys(wide: Wide, ask: Ask, advertiser: str) -> pd.DataFrame:
    """Each row is about the finest thing that it names: rows of one report may be about different ones."""
    frame = wide.frame
    kind, thing = pd.Series("account", frame.index), pd.Series("", frame.index)
    for name, level in reversed(_LEVELS):
        has = wide.text(name) != ""
        is_part = has & (level != "account")
        thing, kind = thing.mask(is_part, wide.text(name)), kind.mask(is_part, level)
    account = wide.text("advertiser_id").where(wide.text("advertiser_id") != "", ask.account or advertiser)
    keys = pd.DataFrame(
        {"platform": "tiktok", "account": account, "object_kind": kind, "object": thing, "payment": "paid"},
        index=frame.index,
    )
    keys["currency"] = wide.text("currency")
    keys["placement"] = placements(pd.DataFrame({name: wide.text(name) for name in SHOWN}, frame.index), SHOWN)
    return keys.assign(**_when(wide, ask))


def _when(wide: Wide, ask: Ask) -> Mapping[str, object]:
    if "stat_time_hour" in wide.dates:
        start = wide.dates["stat_time_hour"].start
        return {"grain": "hour", "start": start, "end": start + pd.Timedelta(1, "h")}
    if "stat_time_day" in wide.dates:
        start = wide.dates["stat_time_day"].start
        return {"grain": "day", "start": start, "end": days(start, ask.zone)}
    return period(ask)


def _cells(wide: Wide) -> tuple[Mapping[str, pd.Series], tuple[RefusedRow, ...]]:
    cells, refused = dict[str, pd.Series](), list[RefusedRow]()
    for name, read_labels in (("age", ages), ("gender", genders)):
        if name in wide.frame:
            labels = read_labels(wide.frame[name].replace("NONE", ""))
            cells[name] = labels.words
            refused += labels.problems
    if "country_code" in wide.frame:
        found, kinds = places(wide.frame["country_code"], "country")
        cells |= {"place": found.words, "place_kind": kinds}
        refused += found.problems
    return cells, tuple(refused)


def _notes(wide: Wide, keys: pd.DataFrame) -> tuple[str, ...]:
    has_spend = any(one.metric == "spend" for one in wide.measures.values())
    is_unsaid = has_spend and bool((keys["currency"] == "").any())
    return ("the spend is in the account's currency, which the report does not name",) if is_unsaid else ()


def _objects(wide: Wide, keys: pd.DataFrame) -> pd.DataFrame:
    ads = keys["object_kind"] == "ad"
    return keys.loc[ads, ["platform", "account", "object_kind", "object"]].assign(
        title=wide.text("ad_name")[ads], parent=wide.text("campaign_id")[ads]
    )


def _only_what_is_there(values: pd.DataFrame, wide: Wide) -> pd.DataFrame:
    """Without the cells that only other rows of the report have."""
    if values.empty:
        return values
    there: Iterator[tuple[str, pd.Index]] = (
        (one.metric, wide.frame.index[wide.frame[header] != ""]) for header, one in wide.measures.items()
    )
    kept = [values[(values["metric"] == metric) & values["line"].isin(lines)] for metric, lines in there]
    return pd.concat(kept, ignore_index=True)


SOURCES: Final = (Source(NAME, TITLE, recognise, read, API.columns),)
