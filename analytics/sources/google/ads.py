"""Google's ads file: impressions and spend of each political ad in ranges, and whom it was aimed at."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analytics.model.extract import Ask, Extract
from analytics.reading import Item
from analytics.sources.columns import Measured
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import claim
from analytics.sources.targeting import each, targeted_age, targeted_gender, with_targeted
from analytics.sources.wide import Wide, read_wide, table_of, to_extract

from .contracts import ADS
from .ranges import buckets, currencies, spend

NAME: Final = "google.political_ads"
TITLE: Final = "Google political ads, creative stats"
_NOTE: Final = "ages, genders and places are whom the ads were aimed at, not who saw them"


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Lifetime spend and impressions of each ad. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), ADS, ask, TITLE, may_lack_numbers=True)
    for day in ("Date_Range_Start", "Date_Range_End"):
        wide = wide.dated(day, ask)
    spent, currency = spend(
        wide, currencies(wide.frame["Regions"]), ask, "Spend_Range_Min_{}", "Spend_Range_Max_{}"
    )  # fmt: skip
    measures = {
        "Impressions, as a range": Measured("impressions", buckets(wide.frame["Impressions"])),
        "Spend, as a range": Measured("spend", spent),
    }
    wide = replace(wide, measures=measures)
    keys = pd.DataFrame(
        {
            "platform": "google",
            "account": wide.frame["Advertiser_ID"],
            "object_kind": "ad",
            "object": wide.frame["Ad_ID"],
            "payment": "paid",
            "currency": currency,
            "grain": "lifetime",
        },
        index=wide.frame.index,
    )
    extract = to_extract(NAME, match, known, wide, keys, objects=_objects(wide, keys), notes=(_NOTE,))
    covers = tuple(sorted(set(extract.values["account"]))) if ask.is_whole_library else ()
    return replace(extract, values=with_targeted(extract.values, _cells(wide)), covers=covers)


def _cells(wide: Wide) -> pd.DataFrame:
    """An ad that ran in one country was aimed at it at most; finer places are in the ad's text."""
    region = wide.frame["Regions"].str.replace(r"^EU,\s*|,\s*EU$", "", regex=True).str.strip()
    is_country = region.str.fullmatch("[A-Z]{2}") & (region != "EU")
    return pd.DataFrame(
        {
            "age": each(wide.text("Age_Targeting"), targeted_age),
            "gender": each(wide.text("Gender_Targeting"), targeted_gender),
            "place": region.where(is_country, "all"),
            "place_kind": is_country.map({True: "country", False: "all"}).astype(str),
        }
    )


def _objects(wide: Wide, keys: pd.DataFrame) -> pd.DataFrame:
    aimed, spared = wide.text("Geo_Targeting_Included"), wide.text("Geo_Targeting_Excluded")
    return keys[["platform", "account", "object_kind", "object"]].assign(
        title=wide.text("Ad_Type"),
        text=("Places: " + aimed).where(aimed != "", "") + ("; without: " + spared).where(spared != "", ""),
        url=wide.text("Ad_URL"),
        account_name=wide.frame["Advertiser_Name"],
        funder=wide.frame["Advertiser_Name"],
        started_at=wide.dates["Date_Range_Start"].start,
        stopped_at=wide.dates["Date_Range_End"].start,
    )


SOURCES: Final = (Source(NAME, TITLE, partial(claim, contract=ADS), read, ADS.columns),)
