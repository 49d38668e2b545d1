"""A plain table → values. What it does not say, a person does: --platform, --account, --from and --to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analytics.model.definitions import FIRST
from analytics.model.extract import Ask, Extract
from analytics.reading import Item, Table, parse_counts, parse_dates, total_lines
from analytics.reading.locales import locale_of_numbers
from analytics.sources.columns import UNDATED, Measured, definitions
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import claim
from analytics.sources.wide import Wide, days, period, read_wide, table_of, to_extract

from .contracts import HOUR, ID, TABLE

NAME: Final = "plain.table"
TITLE: Final = "a plain table of videos"
# YouTube counts “engaged views” apart since views took in every start: beside them, “views” means the new count.
_WITH_ENGAGED: Final = "2025-03-31"


def read(item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    """One row a video, or a video and hour or day. Raises ExportRefused, ExportUnclear."""
    table = table_of(item)
    ask = replace(ask, locale=ask.locale or (table.language if table.delimiter else ""))
    wide = _timed(read_wide(table, TABLE, ask, TITLE).with_ids(ID), ask)
    keys = _keys(wide, ask)
    return to_extract(
        NAME,
        match,
        known,
        _redefined(wide, keys.assign(snapshot_at=known.snapshot_at)),
        keys,
        objects=_objects(wide, ask),
        notes=_against_totals(table, wide, ask),
    )


def _timed(wide: Wide, ask: Ask) -> Wide:
    for header in ("Published", "Date"):
        if header in wide.frame:
            wide = wide.dated(header, ask)
    if HOUR not in wide.frame:
        return wide
    hours = parse_dates(wide.frame[HOUR], ask.locale, zone=ask.zone, within=wide.frame[ID])
    return replace(wide, dates={**wide.dates, HOUR: hours})


def _keys(wide: Wide, ask: Ask) -> pd.DataFrame:
    keys = pd.DataFrame(
        {
            "platform": ask.platform or "other",
            "account": ask.account,
            "payment": ask.payment or "unknown",
            "object": wide.frame[ID],
        },
        index=wide.frame.index,
    )
    if HOUR in wide.dates:
        start = wide.dates[HOUR].start
        return keys.assign(grain="hour", start=start, end=start + pd.Timedelta(1, "h"))
    if "Date" in wide.dates:
        start = wide.dates["Date"].start
        return keys.assign(grain="day", start=start, end=days(start, ask.zone))
    whole = period(ask)
    keys = keys.assign(**(whole if ask.first and ask.last else {**whole, "grain": "lifetime"}))
    return keys.assign(counted_from=wide.dates["Published"].start) if "Published" in wide.dates else keys


def _redefined(wide: Wide, keys: pd.DataFrame) -> Wide:
    if "Engaged views" not in wide.measures or "Views" not in wide.measures:
        return wide
    found = set(definitions(keys, "views")) - {FIRST, UNDATED}
    later = next(iter(found)) if len(found) == 1 else _WITH_ENGAGED
    views = wide.measures["Views"]
    said = Measured(views.metric, views.numbers, {**views.says, "definition": later})
    return replace(wide, measures={**wide.measures, "Views": said})


def _objects(wide: Wide, ask: Ask) -> pd.DataFrame:
    objects = pd.DataFrame(
        {"platform": ask.platform or "other", "account": ask.account, "object": wide.frame[ID]}, index=wide.frame.index
    ).assign(object_kind="post", title=wide.text("Title"))
    return objects.assign(published_at=wide.dates["Published"].start) if "Published" in wide.dates else objects


def _against_totals(table: Table, wide: Wide, ask: Ask) -> tuple[str, ...]:
    """Where the file's own total is another than its rows come to: rows are missing, or were refused."""
    found, _ = TABLE.find(table.columns)
    lines = list(total_lines(table, next(column for column, header in found.items() if header == ID), anywhere=True))
    notes = []
    for column, header in found.items() if len(lines) == 1 else ():
        if header in wide.measures:
            total = parse_counts(table.frame.loc[lines, column], locale_of_numbers(table, ask.locale)).low.iloc[0]
            summed = wide.measures[header].numbers.low.sum()
            if pd.notna(total) and total != summed:
                notes.append(f"the file's own total of {header} is {total:,.0f}, its rows come to {summed:,.0f}")
    return tuple(notes)


SOURCES: Final = (Source(NAME, TITLE, partial(claim, contract=TABLE), read, TABLE.columns),)
