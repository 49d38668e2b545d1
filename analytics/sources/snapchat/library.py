"""Snap's political library: exact spend and impressions of each ad, and whom it was aimed at."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Item
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import claim
from analytics.sources.targeting import each, targeted_age, targeted_gender, with_targeted
from analytics.sources.who import places
from analytics.sources.wide import Wide, read_wide, table_of, to_extract

from .contracts import AIMS, LIBRARY, OTHER_AIMS

NAME: Final = "snapchat.political_library"
TITLE: Final = "Snapchat, political ads library"
_NOTE: Final = "ages, genders and places are whom the ads were aimed at, not who saw them"
_SHOWN_AT_MOST: Final = 300  # characters of one list of places or interests


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Lifetime spend and impressions of each ad. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), LIBRARY, ask, TITLE).with_ids("ADID")
    for day in ("StartDate", "EndDate"):
        wide = wide.dated(day, ask, zone="UTC") if day in wide.frame else wide
    frame = wide.frame
    keys = pd.DataFrame(
        {
            "platform": "snapchat",
            "account": frame["OrganizationName"],
            "object_kind": "ad",
            "object": frame["ADID"],
            "payment": "paid",
            "currency": frame["Currency Code"],
            "grain": "lifetime",
        },
        index=frame.index,
    )
    cells, wrong = _cells(wide)
    extract = to_extract(
        NAME, match, known, wide, keys, objects=_objects(wide, keys), refused=wrong, notes=(_NOTE,)
    )  # fmt: skip
    covers = tuple(sorted(set(extract.values["account"]))) if ask.is_whole_library else ()
    return replace(extract, values=with_targeted(extract.values, cells), covers=covers)


def _cells(wide: Wide) -> tuple[pd.DataFrame, tuple[RefusedRow, ...]]:
    found, kinds = places(wide.frame["CountryCode"], "country")
    cells = pd.DataFrame(
        {
            "age": each(wide.frame["AgeBracket"], targeted_age),
            "gender": each(wide.frame["Gender"], targeted_gender),
            "place": found.words,
            "place_kind": kinds,
        }
    )
    return cells, found.problems


def _objects(wide: Wide, keys: pd.DataFrame) -> pd.DataFrame:
    times = {name: wide.dates[day].start for day, name in (("StartDate", "started_at"), ("EndDate", "stopped_at"))
             if day in wide.dates}  # fmt: skip
    return keys[["platform", "account", "object_kind", "object"]].assign(
        title=wide.text("CandidateBallotInformation"),
        text=_aimed_at(wide),
        url=wide.text("CreativeUrl"),
        account_name=wide.frame["OrganizationName"],
        funder=wide.text("PayingAdvertiserName"),
        **times,
    )


def _aimed_at(wide: Wide) -> pd.Series:
    """ "Regions: Dudley,Wolverhampton; without Regions: Coventry; Interests: Gamers" """
    said = pd.Series("", wide.frame.index)
    columns = [(f"{aim} (Included)", aim) for aim in AIMS]
    columns += [(f"{aim} (Excluded)", f"without {aim}") for aim in AIMS] + [(aim, aim) for aim in OTHER_AIMS]
    for column, name in columns:
        cells = wide.text(column).str.slice(0, _SHOWN_AT_MOST)
        said += (f"{name}: " + cells + "; ").where(cells != "", "")
    return said.str.removesuffix("; ")


SOURCES: Final = (Source(NAME, TITLE, partial(claim, contract=LIBRARY), read, LIBRARY.columns),)
