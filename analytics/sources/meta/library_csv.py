"""The Ad Library's search results as its pages let people download them: a table whose cells hold what the API answers.

Ranges read "lower_bound: 0, upper_bound: 999"; shares are JSON objects one after the other, without brackets.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Final, cast

import pandas as pd

from analytics.model.extract import Ask, Extract
from analytics.reading import Document, Item, Table
from analytics.sources.contract import Known, Match, Source

from . import ad_library_api
from .records import Record

NAME: Final = "meta.ad_library_csv"
_RANGE: Final = re.compile(r"lower_bound:\s*(\d+)(?:,\s*upper_bound:\s*(\d+))?")
_NEW_NAMES: Final = {"ad_archive_id": "id", "byline": "bylines", "region_distribution": "delivery_by_region"}
_COLUMNS: Final = (
    "ad_archive_id",
    "page_id",
    "page_name",
    "byline",
    "spend",
    "impressions",
    "demographic_distribution",
)


def recognise(item: Item) -> Match | None:
    if not isinstance(item, Table):
        return None
    columns = set(item.columns)
    is_ours = {"page_id", "ad_delivery_start_time"} <= columns and bool(columns & {"ad_archive_id", "id"})
    return Match("as downloaded", "en", certainty=3) if is_ours and columns & {"impressions", "spend"} else None


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """Raises ExportRefused where no row can be read."""
    table = cast(Table, item)
    document = Document(table.name, [_record(row) for row in table.frame.to_dict("records")])
    extract = ad_library_api.read(document, match, ask, known)
    lines = pd.Series(table.frame.index, range(1, len(table.frame) + 1))
    return replace(
        extract,
        source=NAME,
        values=extract.values.assign(line=extract.values["line"].map(lines)),
        refused=(*table.refused, *(replace(row, line=int(lines[row.line])) for row in extract.refused)),
        repairs=(*table.repairs, *extract.repairs),
    )


def _record(row: dict[str, str]) -> Record:
    return {_NEW_NAMES.get(name, name): _cell(cell.strip()) for name, cell in row.items()}


def _cell(cell: str) -> object:
    """What the API would have answered; the text itself where that is not certain."""
    if (bounds := _RANGE.fullmatch(cell)) is not None:
        return {"lower_bound": bounds[1], "upper_bound": bounds[2]}
    if cell.startswith(("{", "[")):
        try:
            return json.loads(cell if cell.startswith("[") else f"[{cell}]")
        except json.JSONDecodeError:
            return cell
    return cell or None


SOURCE: Final = Source(NAME, "Meta Ad Library, search results as downloaded", recognise, read, _COLUMNS)
