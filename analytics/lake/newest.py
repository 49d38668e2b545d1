"""Which of many snapshots counts, as SQL. One rule for an import and for a rebuild, so that both give the same.

Of a value: the newest snapshot that has a number, since platforms stop telling what they once told (Meta drops
reach by age after 13 months); of two of the same time the one that was imported later. That is an order, so
neither the order of imports nor importing twice changes the outcome.
"""

# ruff: noqa: S608  the SQL is put together from our own names and quoted addresses

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from duckdb import DuckDBPyConnection

from analytics.model.cells import Gender, PlaceKind
from analytics.model.metrics import METRICS, PLATFORMS
from analytics.model.scope import Payment
from analytics.model.values import (
    COLUMNS,
    KEY,
    OBJECT_COLUMNS,
    OBJECT_TIMES,
    TIMES,
    Basis,
    Grain,
    ObjectKind,
    State,
)

from .engine import quoted

UNDATED: Final = "undated"
MONTH: Final = f"coalesce(strftime(start, '%Y-%m'), '{UNDATED}')"
# Rows of one metric and one object lie together: a question about a clip reads little.
CLUSTERED: Final = "metric, object, age, gender, place, start"
# Columns of closed words are a byte or two each while rows are compared and sorted, and order as listed: imports by
# when they came.
_WORDS: Final = {
    "platform": PLATFORMS, "object_kind": get_args(ObjectKind), "payment": get_args(Payment),
    "metric": tuple(METRICS), "grain": get_args(Grain), "gender": get_args(Gender),
    "place_kind": get_args(PlaceKind), "basis": get_args(Basis), "state": get_args(State),
}  # fmt: skip
_IMPORT: Final = "import_id"
_PACKED: Final = (*_WORDS, _IMPORT)
# An account's own row has no object: it is told apart by its account.
_OBJECT_KEY: Final = ("platform", "object_kind", "object", "owner")
# So is a thing of a platform that we don't know: two partners may both have a video "1". Elsewhere a post is itself
# whatever account a person or an export names beside it.
_OWNER: Final = "CASE WHEN object = '' OR platform = 'other' THEN account ELSE '' END"
_SAME: Final = ", ".join(_OWNER if name == "account" else f'"{name}"' for name in KEY)
_TYPES: Final = {
    **dict.fromkeys((*TIMES, *OBJECT_TIMES, "posted_at", "aired_at", "made_at"), "TIMESTAMPTZ"),
    **dict.fromkeys(("low", "high", "duration_s"), "DOUBLE"),
    "line": "BIGINT",
}


def during(month: str) -> str:
    """MONTH = `month`, said so that files which end before it or begin after it are not read."""
    if month == UNDATED:
        return "start IS NULL"
    first = f"TIMESTAMPTZ '{month}-01 00:00:00+00'"
    return f"start >= {first} AND start < {first} + INTERVAL 1 MONTH"


def empty_table(name: str, columns: tuple[str, ...]) -> str:
    """The statement that makes a typed table without rows."""
    typed = ", ".join(f"{_q(column)} {_TYPES.get(column, 'VARCHAR')}" for column in columns)
    return f"CREATE TEMP TABLE {name} ({typed})"


def note_order(connection: DuckDBPyConnection, sources: Mapping[str, str]) -> None:
    """Which import came when, and from which source: the types of `packed`, and the table `came` with its number `n`.

    `sources` by import, oldest first.
    """
    for name, words in {**_WORDS, _IMPORT: tuple(sources) or ("",)}.items():
        connection.execute(f"CREATE TYPE {_enum(name)} AS ENUM ({', '.join(map(quoted, words))})")
    rows = ", ".join(f"({quoted(name)}, {n}, {quoted(source)})" for n, (name, source) in enumerate(sources.items()))
    connection.execute("CREATE TEMP TABLE came (import_id VARCHAR, n INTEGER, source VARCHAR)")
    if rows:
        connection.execute(f"INSERT INTO came VALUES {rows}")


def packed(rows: str) -> str:
    """`rows` (SQL with the columns of values) as they are compared. Written to a file, each word is its text again."""
    return f"SELECT * REPLACE ({', '.join(f'{name}::{_enum(name)} AS {name}' for name in _PACKED)}) FROM ({rows})"


def in_order(rows: str) -> str:
    """`rows` as a file has them."""
    return f"SELECT {_listed(COLUMNS)} FROM ({rows}) ORDER BY {CLUSTERED}"


def hashed(rows: str) -> str:
    """`rows` (packed) with `h`, which rows of one KEY share."""
    return f"SELECT *, hash({_SAME}) AS h FROM ({rows})"


def newest_values(rows: str) -> str:
    """Of `rows` (packed) the one row a KEY that counts.

    Most keys come once. Only rows whose key's hash comes twice are compared, which keys that merely share a
    hash survive.
    """
    return f"""
        WITH hashed AS NOT MATERIALIZED ({hashed(rows)}),
             again AS MATERIALIZED (SELECT h FROM hashed GROUP BY h HAVING count(*) > 1)
        SELECT * EXCLUDE (h) FROM hashed ANTI JOIN again USING (h)
        UNION ALL
        SELECT * EXCLUDE (h) FROM (SELECT * FROM hashed SEMI JOIN again USING (h))
        QUALIFY row_number() OVER (
            PARTITION BY {_SAME} ORDER BY state = 'unavailable', snapshot_at DESC, import_id DESC, line DESC) = 1
    """


def newest_descriptions(rows: str) -> str:
    """Of `rows` (SQL with the columns of objects) the newest of each object from each source."""
    return f"""
        SELECT {_listed(OBJECT_COLUMNS)} FROM (SELECT *, {_OWNER} AS owner FROM ({rows})) JOIN came USING (import_id)
        QUALIFY row_number() OVER (
            PARTITION BY {_listed(_OBJECT_KEY)}, source ORDER BY snapshot_at DESC, n DESC, title, text) = 1
    """


def known_of_objects(descriptions: str) -> str:
    """One row an object: each field from the newest source that says something. Sources know different things."""
    fields = [name for name in OBJECT_COLUMNS if name not in _OBJECT_KEY]
    return f"""
        SELECT platform, object_kind, object, {", ".join(f"{_latest(name)} AS {_q(name)}" for name in fields)}
        FROM (SELECT *, {_OWNER} AS owner FROM ({descriptions})) JOIN came USING (import_id)
        GROUP BY {_listed(_OBJECT_KEY)}
    """


def _latest(name: str) -> str:
    if name in OBJECT_TIMES or name == "duration_s":  # a missing number is NaN in pandas and NULL in SQL
        return f"last({name} ORDER BY snapshot_at, n) FILTER (WHERE {name} IS NOT NULL AND {name}::VARCHAR <> 'nan')"
    return f"coalesce(last({_q(name)} ORDER BY snapshot_at, n) FILTER (WHERE {_q(name)} <> ''), '')"


def _enum(column: str) -> str:
    return f"{column}_word"


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(map(_q, columns))


def _q(column: str) -> str:
    return f'"{column}"'  # "end" is a word of SQL
