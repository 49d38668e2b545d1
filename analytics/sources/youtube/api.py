"""Result tables of the YouTube Analytics API (v2): columnHeaders and rows, bare or as pulls/ keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

import pandas as pd

from analytics.errors import ExportRefused
from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.reading import Item, Table
from analytics.sources.contract import Known, Match, Source
from analytics.sources.pulled import Pulled, opened, when
from analytics.sources.who import ages, countries, genders
from analytics.sources.wide import Wide, days, period, read_wide, to_extract

from .contracts import API

NAME: Final = "youtube.analytics_api"
TITLE: Final = "YouTube Analytics API, result table"


def recognise(item: Item) -> Match | None:
    pulled = opened(item)
    if pulled is None or (pulled.source and pulled.source != NAME):
        return None
    return Match(API.version, certainty=30) if pulled.pages and all(_is_table(page) for page in pulled.pages) else None


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """The values of the table, over all its pages. Raises ExportRefused, ExportUnclear."""
    pulled = opened(item) or Pulled("", {}, ())
    wide = read_wide(_table(item, pulled), API, ask, TITLE)
    asked = _asked(ask, pulled, item)
    if "day" in wide.frame:
        wide = wide.dated("day", ask)
    cells, refused = _cells(wide)
    keys = _keys(wide, asked, pulled).assign(**cells)
    return to_extract(NAME, match, when(pulled, ask, known), wide, keys, objects=_objects(keys), refused=refused)


def _is_table(page: object) -> bool:
    return isinstance(page, dict) and isinstance(page.get("columnHeaders"), list)


def _table(item: Item, pulled: Pulled) -> Table:
    """All pages as one table of text; its index counts the rows from 1."""
    names, rows = list[str](), list[list[str]]()
    for page in pulled.pages:
        assert isinstance(page, dict)  # noqa: S101 (recognise says so)
        these = [str(header.get("name", "")) for header in page["columnHeaders"]]
        if names and these != names:
            raise ExportRefused(f"The pages of {item.name} have different columns", "Pull it again.")
        names = these
        rows += [["" if cell is None else str(cell) for cell in row] for row in page.get("rows", [])]
    if any(len(row) != len(names) for row in rows):
        raise ExportRefused(f"A row of {item.name} has not as many cells as there are columns", "Pull it again.")
    frame = pd.DataFrame(rows, columns=names, index=range(1, len(rows) + 1), dtype="str")
    return Table(item.name, frame, repairs=item.repairs, is_machine=True)


def _asked(ask: Ask, pulled: Pulled, item: Item) -> Ask:
    """The period is what was asked of the API, unless a person says otherwise."""
    if ask.first is not None or not pulled.asked("startDate"):
        return ask
    try:
        first, last = (date.fromisoformat(pulled.asked(name)) for name in ("startDate", "endDate"))
    except ValueError as error:
        raise ExportRefused(f"{item.name} does not say which days were asked for", "Pull it again.") from error
    return replace(ask, first=first, last=last)


def _keys(wide: Wide, ask: Ask, pulled: Pulled) -> pd.DataFrame:
    channel = pulled.asked("ids").partition("==")[2]
    account = ask.account or ("" if channel == "MINE" else channel)
    video = wide.text("video") if "video" in wide.frame else _filtered(wide, pulled)
    keys = pd.DataFrame(
        {
            "platform": "youtube",
            "account": account,
            "payment": ask.payment or "all",
            "object_kind": "post" if (video != "").any() else "account",
            "object": video,
        },
        index=wide.frame.index,
    )
    if "day" not in wide.dates:
        return keys.assign(**period(ask))
    start = wide.dates["day"].start
    return keys.assign(grain="day", start=start, end=days(start, ask.zone))


def _filtered(wide: Wide, pulled: Pulled) -> pd.Series:
    """The one video that was asked for, if it was one; several together are no object that we know."""
    filters = dict(part.split("==", 1) for part in pulled.asked("filters").split(";") if "==" in part)
    video = filters.get("video", "")
    if "," in video or set(filters) - {"video"}:
        raise ExportRefused(
            f"{wide.table.name} was asked for with the filters {pulled.asked('filters')}", "Pull one video at a time."
        )
    return pd.Series(video, wide.frame.index)


def _cells(wide: Wide) -> tuple[Mapping[str, pd.Series], tuple[RefusedRow, ...]]:
    cells, refused = dict[str, pd.Series](), list[RefusedRow]()
    for name, read_labels, header in (("age", ages, "ageGroup"), ("gender", genders, "gender")):
        if header in wide.frame:
            labels = read_labels(wide.frame[header])
            cells[name] = labels.words
            refused += labels.problems
    if "province" in wide.frame:
        cells |= {"place": wide.frame["province"], "place_kind": pd.Series("region", wide.frame.index)}
    elif "country" in wide.frame:
        places, kinds = countries(wide.frame["country"])
        cells |= {"place": places.words, "place_kind": kinds}
        refused += places.problems
    return cells, tuple(refused)


def _objects(keys: pd.DataFrame) -> pd.DataFrame | None:
    if not (keys["object"] != "").any():
        return None
    return keys[["platform", "account", "object_kind", "object"]].assign(
        url="https://www.youtube.com/watch?v=" + keys["object"]
    )


SOURCES: Final = (Source(NAME, TITLE, recognise, read, API.columns),)
