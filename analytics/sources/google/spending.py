"""Google's files of spending: by advertiser, by week and by place. Who was reached is in none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analytics.model.extract import Ask, Extract
from analytics.reading import Item
from analytics.sources.columns import Measured
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import Contract, claim
from analytics.sources.wide import Wide, days, read_wide, table_of, to_extract

from .contracts import SPENDING
from .ranges import currencies, spend

_ONS_NATIONS: Final = {"GB-ENG": "E92000001", "GB-SCT": "S92000003", "GB-WLS": "W92000004", "GB-NIR": "N92000002"}


def read(contract: Contract, item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Spend of each row, in the currency of its region. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), contract, ask, _title(contract), may_lack_numbers=True)
    if "Week_Start_Date" in wide.frame:
        wide = wide.dated("Week_Start_Date", ask)
    regions = wide.text("Country") if "Country" in wide.frame else wide.text("Regions")
    spent, currency = spend(wide, currencies(regions), ask, "Spend_{}", "Spend_{}")
    wide = replace(wide, measures={**wide.measures, "Spend": Measured("spend", spent)})
    keys = pd.DataFrame(
        {
            "platform": "google",
            "account": wide.text("Advertiser_ID"),
            "object_kind": "account",
            "payment": "paid",
            "currency": currency,
            **_when(wide, ask),
            **_where(wide),
        },
        index=wide.frame.index,
    )
    objects = None
    if "Advertiser_ID" in wide.frame:
        objects = keys[["platform", "account", "object_kind"]].assign(
            object="", account_name=wide.frame["Advertiser_Name"]
        )
    return to_extract(_name(contract), match, known, wide, keys, objects=objects)


def _when(wide: Wide, ask: Ask) -> Mapping[str, object]:
    if "Week_Start_Date" not in wide.dates:
        return {"grain": "lifetime", "start": pd.NaT, "end": pd.NaT}
    start = wide.dates["Week_Start_Date"].start
    return {"grain": "period", "start": start, "end": days(start, ask.zone, 7)}


def _where(wide: Wide) -> Mapping[str, pd.Series]:
    """The finest place of each row; the four nations by their ONS code."""
    if "Country" not in wide.frame:
        return {}
    country, first, second = (
        wide.text(name) for name in ("Country", "Country_Subdivision_Primary", "Country_Subdivision_Secondary")
    )
    place = second.where(second != "", first.where(first != "", country))
    is_nation = place.isin(list(_ONS_NATIONS))
    kind = pd.Series("region", place.index).mask(place == country, "country").mask(is_nation, "nation")
    return {"place": place.replace(_ONS_NATIONS), "place_kind": kind}


def _name(contract: Contract) -> str:
    return f"google.{contract.version.replace('-', '_')}"


def _title(contract: Contract) -> str:
    return f"Google political ads, {contract.version}"


SOURCES: Final = tuple(
    Source(_name(c), _title(c), partial(claim, contract=c), partial(read, c), c.columns) for c in SPENDING
)
