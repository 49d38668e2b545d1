"""TikTok's audience tables: followers by gender, age, territory or city, as fractions or per cent."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analytics.errors import ExportUnclear
from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Item, Table
from analytics.reading.numbers import parse_shares
from analytics.sources.contract import Known, Match, Source
from analytics.sources.who import ages, genders, places
from analytics.sources.wide import Contract, Wide, claim, locale_of_numbers, period, read_wide, table_of, to_extract

from .contracts import AUDIENCE

_SLACK: Final = 0.03  # each share is rounded; the smallest are left out


def read(contract: Contract, item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Shares of the account's followers, true when downloaded. Raises ExportRefused, ExportUnclear."""
    wide = _as_shares(read_wide(table_of(item), contract, ask, _title(contract)), ask)
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
    return to_extract(_name(contract), match, known, wide, keys, refused=refused)


def _as_shares(wide: Wide, ask: Ask) -> Wide:
    """0.51 or 51 %: which of the two the column's sum tells. Raises ExportUnclear where it does not."""
    column = wide.frame["Distribution"]
    read = wide.measures["Distribution"]
    total = float(read.numbers.low.sum())  # read as per cent
    if column.str.contains("%", regex=False).any() or _SLACK * 10 < total <= 1 + _SLACK:
        return wide
    if _SLACK / 10 < total <= (1 + _SLACK) / 100:
        numbers = parse_shares(column, locale_of_numbers(wide.table, ask), machine=not ask.locale).times(100)
        return replace(wide, measures={"Distribution": replace(read, numbers=numbers)})
    raise ExportUnclear(
        f"The shares in {wide.table.name} add up to {total * 100:g}, neither to 1 nor to 100",
        "Download the table again, whole.",
        column="Distribution",
    )


def _cells(wide: Wide) -> tuple[dict[str, pd.Series], tuple[RefusedRow, ...]]:
    frame = wide.frame
    match wide.contract.version:
        case "gender":
            read_genders = genders(frame["Gender"])
            return {"gender": read_genders.words}, read_genders.problems
        case "age":
            read_ages = ages(frame["Age"])
            return {"age": read_ages.words}, read_ages.problems
        case "territories":
            read_places, kinds = places(frame["Top territories"], "country")
            return {"place": read_places.words, "place_kind": kinds}, read_places.problems
        case _:
            read_places, kinds = places(frame["Top cities"], "city")
            return {"place": read_places.words, "place_kind": kinds}, read_places.problems


def recognise(item: Item, contract: Contract) -> Match | None:
    match = claim(item, contract)
    has_shares = isinstance(item, Table) and "Distribution" in contract.find(item.columns)[0].values()
    return match if has_shares else None


def _name(contract: Contract) -> str:
    return f"tiktok.audience_{contract.version}"


def _title(contract: Contract) -> str:
    return f"TikTok, audience by {contract.version}"


SOURCES: Final = tuple(
    Source(_name(c), _title(c), partial(recognise, contract=c), partial(read, c), c.columns) for c in AUDIENCE
)
