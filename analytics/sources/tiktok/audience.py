"""TikTok's audience tables: followers by gender, age, territory or city, as fractions or per cent."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.errors import ExportUnclear
from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Item
from analytics.reading.locales import locale_of_numbers
from analytics.reading.numbers import parse_shares
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import claim
from analytics.sources.who import ages, genders, places
from analytics.sources.wide import Wide, period, read_wide, table_of, to_extract

from .contracts import AUDIENCE, GROUPS, OF_AUDIENCE

NAME: Final = "tiktok.audience"
TITLE: Final = "TikTok, audience"
_SLACK: Final = 0.03  # each share is rounded; the smallest are left out


def recognise(item: Item) -> Match | None:
    match = claim(item, AUDIENCE)
    if match is None:
        return None
    found = set(AUDIENCE.find(table_of(item).columns)[0].values())
    return match if found & set(GROUPS) and found & set(OF_AUDIENCE) else None


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """The account's followers or audience by group, as of the download. Raises ExportRefused, ExportUnclear."""
    wide = read_wide(table_of(item), AUDIENCE, ask, TITLE)
    wide = _as_shares(wide, ask) if "Distribution" in wide.measures else wide
    cells, refused = _cells(wide)
    keys = pd.DataFrame(
        {
            "platform": "tiktok",
            "account": ask.account,
            "object_kind": "account",
            "payment": "all",
            **(period(ask) if ask.first else {"grain": "lifetime", "start": pd.NaT, "end": pd.NaT}),
            **cells,
        },
        index=wide.frame.index,
    )
    return to_extract(NAME, match, known, wide, keys, refused=refused)


def _as_shares(wide: Wide, ask: Ask) -> Wide:
    """0.51 or 51 %: which of the two the column's sum tells. Raises ExportUnclear where it does not."""
    column = wide.frame["Distribution"]
    read = wide.measures["Distribution"]
    total = float(read.numbers.low.sum())  # read as per cent
    if column.str.contains("%", regex=False).any() or _SLACK * 10 < total <= 1 + _SLACK:
        return wide
    if _SLACK / 10 < total <= (1 + _SLACK) / 100:
        locale = locale_of_numbers(wide.table, ask.locale)
        numbers = parse_shares(column, locale, machine=not locale).times(100)
        return replace(wide, measures={**wide.measures, "Distribution": replace(read, numbers=numbers)})
    raise ExportUnclear(
        f"The shares in {wide.table.name} add up to {total * 100:g}, neither to 1 nor to 100",
        "Download the table again, whole.",
        column="Distribution",
    )


def _cells(wide: Wide) -> tuple[dict[str, pd.Series], tuple[RefusedRow, ...]]:
    cells, refused = dict[str, pd.Series](), list[RefusedRow]()
    for header, name, read_labels in (("Gender", "gender", genders), ("Age", "age", ages)):
        if header in wide.frame:
            labels = read_labels(wide.frame[header])
            cells[name] = labels.words
            refused += labels.problems
    for header, kind in (("Top territories", "country"), ("Top cities", "city")):
        if header in wide.frame:
            labels, kinds = places(wide.frame[header], kind)
            cells |= {"place": labels.words, "place_kind": kinds}
            refused += labels.problems
    return cells, tuple(refused)


SOURCES: Final = (Source(NAME, TITLE, recognise, read, AUDIENCE.columns),)
