"""The objects in a JSON answer, whatever it is wrapped in: Meta's paging, a connector's envelope, or our own pull's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import pandas as pd

from analytics.model.extract import RefusedRow
from analytics.reading import Document
from analytics.sources.pulled import Pulled, opened

Record: TypeAlias = Mapping[str, object]
_PAYLOADS = ("_airbyte_data", "record", "data")
_MESSAGES = frozenset({"STATE", "LOG", "SPEC", "CATALOG", "TRACE", "CONNECTION_STATUS"})  # Airbyte, besides records


@dataclass(frozen=True, slots=True)
class Records:
    """`rows` in order, what our own pull says of them, and whether no further page is named (`is_whole`)."""

    rows: tuple[Record, ...]
    pulled: Pulled
    is_whole: bool = False
    strays: tuple[RefusedRow, ...] = ()


def records(document: Document) -> Records:
    """Every record of the document; what is no record is among `strays`, counted from 1 as its place in the list.

    Raises:
        ExportRefused: an envelope with a time that is none.
    """
    pulled = opened(document) or Pulled("", {}, ())
    found = [one for page in pulled.pages for one in _unwrapped(page)]
    return Records(
        tuple(one for one in found if isinstance(one, Mapping)),
        pulled,
        bool(pulled.pages) and _is_whole(pulled.pages[-1]),
        tuple(
            RefusedRow(place, "", repr(one)[:80], "is no object")
            for place, one in enumerate(found, 1)
            if not isinstance(one, Mapping)
        ),
    )


def keys_of(document: Document) -> frozenset[str]:
    """Every key that the first records have: what a source is recognised by."""
    rows = records(document).rows[:50]
    return frozenset(key for row in rows for key in row)


def is_empty_pull(document: Document, source: str) -> bool:
    """Whether `document` is a pull of ours from `source` that found nothing, page after page: that says something too.

    The envelope says what was asked; the records, which other answers are known by, are not there.
    """
    pulled = opened(document)
    if pulled is None or pulled.source != source:
        return False
    return bool(pulled.pages) and all(isinstance(page, Mapping) and page.get("data") == [] for page in pulled.pages)


def column(rows: Sequence[Record], *names: str) -> pd.Series:
    """The first of `names` that a record has, as text; "" where there is none. Index: place in the list, from 1."""
    return as_text(_first(row, names) for row in rows)


def as_text(cells: Iterable[object]) -> pd.Series:
    texts = ["" if cell is None else cell if isinstance(cell, str) else str(cell) for cell in cells]
    return pd.Series(texts, pd.RangeIndex(1, len(texts) + 1, name="line"), dtype="str")


def raw(rows: Sequence[Record], *names: str) -> pd.Series:
    """As `column`, but the objects themselves."""
    return pd.Series([_first(row, names) for row in rows], pd.RangeIndex(1, len(rows) + 1, name="line"), dtype=object)


def dicts(cell: object) -> list[Record]:
    return [one for one in cell if isinstance(one, Mapping)] if isinstance(cell, list) else []


def _first(row: Record, names: tuple[str, ...]) -> object:
    return next((row[name] for name in names if row.get(name) is not None), None)


def _unwrapped(data: object) -> Iterator[object]:
    if isinstance(data, list):
        for one in data:
            yield from _unwrapped(one)
    elif isinstance(data, dict) and data.get("type") in _MESSAGES:
        return
    elif isinstance(data, dict) and (inner := _payload(data)) is not None:
        yield from _unwrapped(inner)
    else:
        yield data


def _payload(data: Record) -> object:
    return next((data[key] for key in _PAYLOADS if isinstance(data.get(key), dict | list)), None)


def _is_whole(data: object) -> bool:
    last = data[-1] if isinstance(data, list) and data else data
    if not isinstance(last, Mapping) or "data" not in last:
        return False
    paging = last.get("paging")
    return not (isinstance(paging, Mapping) and paging.get("next"))
