"""Answers of Meta's Ad Library API (/ads_archive), old field names and new, as saved or as our own pull keeps them.

Impressions and spend are ranges; an open top has no upper end. Shares are of the people reached in a cell and are
applied to the range of impressions; cells that got nothing are not listed. Lifetime values: what had gathered by the
time of the pull. https://developers.facebook.com/docs/graph-api/reference/archived-ad/
"""

from __future__ import annotations

from typing import Final, cast

import pandas as pd

from analytics.model.extract import Ask, Extract
from analytics.reading import Document, Item
from analytics.reading.dates import parse_dates
from analytics.sources.columns import Measured, melt, problems_of, without_lines
from analytics.sources.contract import Known, Match, Source
from analytics.sources.pulled import when

from .amounts import between, numbers
from .contracts import LIBRARY_AD, breaches
from .finish import finished, first_of_each_line, refuse_if_nothing
from .ids import id_in_url, made_ids, optional_ids, without_token
from .library_cells import cells_of, people_of, reached_of, shares_of
from .records import Record, column, is_empty_pull, keys_of, raw, records

NAME: Final = "meta.ad_library_api"
NEW: Final = frozenset({"delivery_by_region", "ad_creative_bodies", "ad_creative_link_titles", "bylines"})
_DATES: Final = {
    "published_at": "ad_creation_time",
    "started_at": "ad_delivery_start_time",
    "stopped_at": "ad_delivery_stop_time",
}
_READ: Final = frozenset({
    "id", "ad_archive_id", "ad_snapshot_url", "page_id", "page_name", "bylines", "funding_entity", "disclaimer",
    "ad_creation_time", "ad_delivery_start_time", "ad_delivery_stop_time", "ad_creative_bodies", "ad_creative_body",
    "ad_creative_link_titles", "ad_creative_link_title", "ad_creative_link_captions", "ad_creative_link_caption",
    "ad_creative_link_descriptions", "ad_creative_link_description", "currency", "impressions", "spend",
    "demographic_distribution", "delivery_by_region", "region_distribution", "eu_total_reach",
    "age_country_gender_reach_breakdown", "total_reach_by_location",
})  # fmt: skip


def recognise(item: Item) -> Match | None:
    if not isinstance(item, Document):
        return None
    if is_empty_pull(item, NAME):
        return Match("new names", "en", certainty=3)
    keys = keys_of(item)
    is_ad = bool(keys & {"ad_delivery_start_time", "ad_creation_time", "ad_snapshot_url"})
    if not is_ad or not keys & {
        "impressions",
        "spend",
        "eu_total_reach",
        "demographic_distribution",
        "ad_snapshot_url",
    }:
        return None
    return Match("new names" if keys & NEW else "old names", "en", certainty=3)


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused where no record can be read."""
    answer = records(cast(Document, item))
    known, rows = when(answer.pulled, ask, known), answer.rows
    dates = {ours: parse_dates(column(rows, theirs).rename(theirs)) for ours, theirs in _DATES.items()}
    ids, damaged = optional_ids(column(rows, "id", "ad_archive_id").rename("id"))
    ads, made = _identified(_ads(rows, ids).assign(**{name: date.start for name, date in dates.items()}))
    counted = {name: between(raw(rows, name), name) for name in ("impressions", "spend")}
    counted["reach"] = numbers(column(rows, "eu_total_reach").rename("eu_total_reach"))
    (shares, doubts), (reached, misread) = shares_of(rows), reached_of(rows)
    problems = (
        *problems_of(*counted.values(), *dates.values()),
        *damaged,
        *breaches(LIBRARY_AD, ads),
        *doubts,
        *misread,
    )
    refused = first_of_each_line(problems)
    ads = without_lines(ads, refused.values())
    refuse_if_nothing(item.name, len(ads), refused.values())
    keys = _keys(ads, known)
    values = [
        melt(keys, [Measured("impressions", counted["impressions"])]),
        melt(keys.assign(currency=ads["currency"]), [Measured("spend", counted["spend"])]),
        _present(melt(keys, [Measured("reach", counted["reach"], {"place": "EU", "place_kind": "region"})])),
        cells_of(keys, counted["impressions"], shares),
        people_of(keys, reached),
    ]
    return finished(
        NAME, match, ask, known, values, rows=len(ads), objects=_objects(ads), repairs=item.repairs,
        refused=(*refused.values(), *answer.strays), notes=[*made, *_notes(ads, rows)],
        covers=_covers(ads, answer.pulled.request, ask, answer.is_whole),
    )  # fmt: skip


def _ads(rows: tuple[Record, ...], ids: pd.Series) -> pd.DataFrame:
    """One row an ad: what it is, in the words of the objects table."""
    url = column(rows, "ad_snapshot_url")
    return pd.DataFrame(
        {
            "object": ids.where(ids != "", url.map(id_in_url)),
            "account": column(rows, "page_id"),
            "account_name": column(rows, "page_name"),
            "funder": column(rows, "bylines", "funding_entity", "disclaimer"),
            "title": _texts(rows, "ad_creative_link_titles", "ad_creative_link_title"),
            "text": _texts(rows, "ad_creative_bodies", "ad_creative_body"),
            "caption": _texts(rows, "ad_creative_link_captions", "ad_creative_link_caption"),
            "url": url.map(without_token),
            "currency": column(rows, "currency").str.upper(),
        }
    )


def _identified(ads: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """`ads` with an id each, and what to say about those that we made."""
    missing = ads["object"] == ""
    if not missing.any():
        return ads, []
    words = ["published_at", "started_at", "account", "account_name", "funder", "title", "text", "caption"]
    note = (
        f"{missing.sum()} of {len(ads)} ads come without an id; ours are made from creation time, funder and text, so "
        "that the same ad is the same again; ads alike in all of that are numbered in their order"
    )
    return ads.assign(object=ads["object"].mask(missing, made_ids(ads.loc[missing, words]))), [note]


def _texts(rows: tuple[Record, ...], *names: str) -> pd.Series:
    cells = raw(rows, *names)
    return cells.map(lambda cell: "\n".join(map(str, cell)) if isinstance(cell, list) else str(cell or "")).astype(
        "str"
    )


def _keys(ads: pd.DataFrame, known: Known) -> pd.DataFrame:
    return ads[["account", "object"]].assign(
        platform="meta",
        object_kind="ad",
        payment="paid",
        grain="lifetime",
        basis="delivered",
        counted_from=ads["started_at"].fillna(ads["published_at"]),
        snapshot_at=known.snapshot_at,
    )


def _present(values: pd.DataFrame) -> pd.DataFrame:
    return values[values["state"] != "unavailable"]


def _objects(ads: pd.DataFrame) -> pd.DataFrame:
    return ads.drop(columns=["caption", "currency"]).assign(platform="meta", object_kind="ad").reset_index(drop=True)


def _notes(ads: pd.DataFrame, rows: tuple[Record, ...]) -> list[str]:
    other = sorted({key for row in rows for key in row} - _READ)
    no_currency = int((ads["currency"] == "").sum())
    return [
        "shares by age, gender and region are of the people reached; we apply them to the range of impressions",
        *([f"{no_currency} ads state no currency: their spend has none"] if no_currency else []),
        *([f"left out: {', '.join(other)}"] if other else []),
    ]


def _covers(ads: pd.DataFrame, request: Record, ask: Ask, is_whole: bool) -> tuple[str, ...]:
    """Pages all of whose ads are here: those that our own pull asked for to the end, or that a person vouches for."""
    if ask.is_whole_library:
        return tuple(sorted(set(ads["account"]) - {""}))
    asked = request.get("search_page_ids")
    pages = asked if isinstance(asked, list) else str(asked or "").strip("[]").replace('"', "").split(",")
    return tuple(sorted({str(page).strip() for page in pages} - {""})) if is_whole else ()


SOURCE: Final = Source(NAME, "Meta Ad Library API", recognise, read, tuple(sorted(_READ)))
