"""Ids for things that come without, and what an Ad Library address says of one."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pandas as pd

from analytics.model.extract import RefusedRow
from analytics.reading.ids import parse_ids


def optional_ids(column: pd.Series) -> tuple[pd.Series, tuple[RefusedRow, ...]]:
    """As `parse_ids`, where a row may do without."""
    return parse_ids(column, may_be_empty=True)


def made_ids(parts: pd.DataFrame) -> pd.Series:
    """Ids for things that come without: the same from the same words; the 2nd of two alike ends in "-2".

    Only as stable as the words: a changed title makes another id.
    """
    joined = parts.astype("str").fillna("").agg("\x1f".join, axis=1)
    ids = joined.map(lambda text: "made-" + hashlib.sha256(text.encode()).hexdigest()[:16])
    place = ids.groupby(ids).cumcount() + 1
    return ids.where(place == 1, ids + "-" + place.astype("str")).astype("str")


def id_in_url(url: str) -> str:
    """The `id` of an Ad Library snapshot address, or ""."""
    return parse_qs(urlsplit(url).query).get("id", [""])[0]


def without_token(url: str) -> str:
    """An address without the access token that Meta puts into it: it is a secret."""
    parts = urlsplit(url)
    query = [(key, value) for key, value in parse_qsl(parts.query) if key != "access_token"]
    return parts._replace(query=urlencode(query)).geturl()
