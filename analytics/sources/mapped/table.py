"""A table or a list of JSON records, read as a mapping says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analytics.errors import ExportRefused, MappingWrong, SeatUnknown
from analytics.model.extract import Ask, Extract, RefusedRow
from analytics.people.places import find_place, seat
from analytics.reading import Document, Item, Table, parse_dates, parse_durations
from analytics.reading.locales import written
from analytics.sources.contract import Known, Match, Source
from analytics.sources.schema import Contract
from analytics.sources.who import Labels, ages, countries, genders
from analytics.sources.wide import Wide, days, period, read_wide, to_extract

from .contracts import contract_of
from .mapping import FieldName, Mapping, load_mapping

_PAYMENTS: Final = {"organic": "organic", "paid": "paid", "all": "all", "": "unknown", "unknown": "unknown"}
_DEPTH: Final = 4


def mapped(item: Item, path: str) -> tuple[Source, Match]:
    """The source that the mapping at `path` makes of `item`.

    Raises:
        MappingWrong: the mapping does not hold.
        ExportRefused: a column that the mapping needs is not in `item`.
    """
    mapping = load_mapping(path)
    contract = contract_of(mapping)
    table = as_table(item)
    found, _ = contract.find(table.columns)
    needed = [header for header, column in mapping.columns.items() if not column.optional and not column.ignore]
    missing = [header for header in needed if header not in found.values()]
    if missing:
        raise ExportRefused(
            f"{item.name} lacks columns that the mapping names: {', '.join(missing)}",
            "Mark them optional in the mapping, or choose the mapping that belongs to this export.",
            line=table.header_line,
            column=missing[0],
        )
    read = partial(_read, mapping, contract)
    name = f"mapped.{mapping.name}"
    return Source(name, f"the mapping {mapping.name}", lambda _: None, read), Match(mapping.name, mapping.locale)


def _read(mapping: Mapping, contract: Contract, item: Item, match: Match, ask: Ask, known: Known) -> Extract:
    ask = replace(ask, locale=ask.locale or mapping.locale, zone=mapping.zone or ask.zone)
    table = as_table(item, ask.locale)
    wide = read_wide(table, contract, ask, f"the mapping {mapping.name}", is_by_person=True)
    if object_header := mapping.header_of("object"):
        wide = wide.with_ids(object_header)
    wide = _dated(wide, mapping, ask)
    _need_currencies(wide)
    cells, refused = _cells(wide, mapping)
    keys = _keys(wide, mapping, ask).assign(**cells)
    return to_extract(
        f"mapped.{mapping.name}",
        match,
        known,
        wide,
        keys,
        locale=ask.locale,
        objects=_objects(wide, mapping, keys) if object_header else None,
        refused=refused,
    )


def _column(wide: Wide, mapping: Mapping, field: FieldName) -> pd.Series | None:
    header = mapping.header_of(field)
    return wide.frame[header] if header and header in wide.frame else None


def _dated(wide: Wide, mapping: Mapping, ask: Ask) -> Wide:
    within = _column(wide, mapping, "object")
    fields: tuple[FieldName, ...] = ("day", "hour", "first", "last", "published_at")
    for field in fields:
        column = _column(wide, mapping, field)
        if column is None:
            continue
        read = parse_dates(
            column,
            ask.locale,
            zone=ask.zone,
            order=mapping.columns[str(column.name)].order,
            first=ask.first,
            last=ask.last,
            within=_beside(within, column) if field == "hour" else None,
        )
        wide = replace(wide, dates={**wide.dates, str(column.name): read})
    return wide


def _beside(within: pd.Series | None, column: pd.Series) -> pd.Series:
    return within if within is not None else pd.Series("", column.index)


def _keys(wide: Wide, mapping: Mapping, ask: Ask) -> pd.DataFrame:
    keys = pd.DataFrame(
        {
            "platform": ask.platform or mapping.platform or "other",
            "object_kind": mapping.object_kind,
            "basis": mapping.basis,
            "account": ask.account or mapping.account,
            "payment": ask.payment or mapping.payment,
        },
        index=wide.frame.index,
    )
    fields: tuple[FieldName, ...] = ("object", "account", "placement")
    for field in fields:
        column = _column(wide, mapping, field)
        if column is not None:
            keys = keys.assign(**{field: column})
    return keys.assign(**_period(wide, mapping, ask))


def _period(wide: Wide, mapping: Mapping, ask: Ask) -> dict[str, object]:
    def start(field: FieldName) -> pd.Series | None:
        header = mapping.header_of(field)
        return wide.dates[header].start if header in wide.dates else None

    if (hour := start("hour")) is not None:
        return {"grain": "hour", "start": hour, "end": hour + pd.Timedelta(1, "h")}
    if (day := start("day")) is not None:
        return {"grain": "day", "start": day, "end": days(day, ask.zone)}
    first, last = start("first"), start("last")
    if first is not None and last is not None:
        return {"grain": "period", "start": first, "end": days(last, ask.zone)}
    if ask.first and ask.last:
        return period(ask)
    born = start("published_at")
    nothing: dict[str, object] = {"grain": "lifetime", "start": pd.NaT, "end": pd.NaT}
    return nothing if born is None else {**nothing, "counted_from": born}


def _cells(wide: Wide, mapping: Mapping) -> tuple[dict[str, pd.Series], tuple[RefusedRow, ...]]:
    found: dict[str, pd.Series] = {}
    read: list[Labels] = []
    if (column := _column(wide, mapping, "age")) is not None:
        read.append(ages(column))
        found["age"] = read[-1].words
    if (column := _column(wide, mapping, "gender")) is not None:
        read.append(genders(column))
        found["gender"] = read[-1].words
    if (column := _column(wide, mapping, "payment")) is not None:
        read.append(
            _words(column, {text: _PAYMENTS.get(text.strip().lower()) for text in column.unique()}, "no payment")
        )
        found["payment"] = read[-1].words
    if (column := _column(wide, mapping, "country")) is not None:
        labels, found["place_kind"] = countries(column)
        read.append(labels)
        found["place"] = labels.words
    for field, find in (("seat", _seat), ("place", _place)):
        column = _column(wide, mapping, field)  # type: ignore[arg-type]
        if column is not None:
            there = {text: find(text) for text in column.unique()}
            read.append(
                _words(column, {text: place[0] if place else None for text, place in there.items()}, "no place")
            )
            found["place"] = read[-1].words
            found["place_kind"] = column.map({t: p[1] if p else "unknown" for t, p in there.items()}).astype("str")
    return found, tuple(problem for labels in read for problem in labels.problems)


def _words(column: pd.Series, words: dict[str, str | None], why: str) -> Labels:
    wrong = column[column.isin([text for text, word in words.items() if word is None])]
    problems = tuple(
        RefusedRow(int(at), str(column.name), text[:80], f"{why} that we know") for at, text in wrong.items()
    )
    return Labels(column.map({text: word or "unknown" for text, word in words.items()}).astype("str"), problems)


def _seat(text: str) -> tuple[str, str] | None:
    try:
        return seat(text).code, "seat"
    except SeatUnknown:
        return None


def _place(text: str) -> tuple[str, str] | None:
    found = find_place(text)
    return (found.code, found.kind) if found else None


def _need_currencies(wide: Wide) -> None:
    for header, one in wide.measures.items():
        if one.metric in ("spend", "revenue") and not one.says.get("currency"):
            raise MappingWrong(f"“{header}” is money without a currency", "Add currency: GBP to that column.")


def _objects(wide: Wide, mapping: Mapping, keys: pd.DataFrame) -> pd.DataFrame:
    objects = keys[["platform", "account", "object_kind", "object"]]
    fields: tuple[FieldName, ...] = ("title", "text", "url", "parent", "account_name")
    for field in fields:
        column = _column(wide, mapping, field)
        if column is not None:
            objects = objects.assign(**{field: column})
    if (born := mapping.header_of("published_at")) in wide.dates:
        objects = objects.assign(published_at=wide.dates[born].start)
    if (length := _column(wide, mapping, "duration_s")) is not None:
        objects = objects.assign(duration_s=parse_durations(length).low)
    return objects


def as_table(item: Item, locale: str = "") -> Table:
    """A table as it is; JSON records as a table of text, inner keys joined by points, index = record from 1.

    Numbers, which are in no locale there, come out as `locale` writes them, as the records' texts are.

    Raises:
        ExportRefused: a document without a list of records.
    """
    if isinstance(item, Table):
        return item
    records = [_flat(record, locale) for record in _records(item)]
    frame = pd.DataFrame(records, index=pd.RangeIndex(1, len(records) + 1, name="line"), dtype="str").fillna("")
    return Table(item.name, frame.astype("str"), 0, repairs=item.repairs, delimiter="")


def _records(item: Document) -> list[dict[str, object]]:
    data = item.data
    for _ in range(_DEPTH):
        if isinstance(data, list):
            break
        lists = [value for value in data.values() if isinstance(value, dict | list)] if isinstance(data, dict) else []
        data = lists[0] if len(lists) == 1 else data
    if not isinstance(data, list) or not data or not all(isinstance(record, dict) for record in data):
        raise ExportRefused(f"{item.name} holds no list of records", "A mapping reads a list of JSON objects.")
    return data


def _flat(record: dict[str, object], locale: str) -> dict[str, str]:
    return dict(_cells_of(record, "", locale))


def _cells_of(record: dict[str, object], before: str, locale: str) -> Iterable[tuple[str, str]]:
    for key, value in record.items():
        if isinstance(value, dict) and before.count(".") < _DEPTH:
            yield from _cells_of(value, f"{before}{key}.", locale)
        else:
            yield f"{before}{key}", _text(value, locale)


def _text(value: object, locale: str) -> str:
    if value is None:
        return ""
    return written(value, locale) if isinstance(value, float) else str(value)
