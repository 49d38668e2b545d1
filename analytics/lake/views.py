"""What a connection to the lake shows: views over the files of one generation."""

# ruff: noqa: S608  the SQL is put together from our own names and quoted addresses

from __future__ import annotations

from typing import Final

from duckdb import DuckDBPyConnection

from analytics.model.links import CLIP_COLUMNS, LINK_COLUMNS
from analytics.model.values import COLUMNS, OBJECT_COLUMNS

from . import receipts
from .engine import quoted, scan
from .generation import OBJECTS, VALUES, Generation
from .newest import empty_table
from .place import Place

_EMPTY: Final = {
    "no_values": COLUMNS,
    "no_objects": OBJECT_COLUMNS,
    "no_links": LINK_COLUMNS,
    "no_clips": CLIP_COLUMNS,
}
# A post that was put down for two seats, or holds two clips, stays one row: its values are never counted twice.
_TIDY: Final = """
    WITH posts AS (
        SELECT platform, object, string_agg(DISTINCT nullif(clip, ''), ', ' ORDER BY nullif(clip, '')) AS clip,
               string_agg(DISTINCT nullif(seat, ''), ', ' ORDER BY nullif(seat, '')) AS seat,
               string_agg(DISTINCT nullif(audience, ''), ', ' ORDER BY nullif(audience, '')) AS audience,
               string_agg(DISTINCT nullif(partner, ''), ', ' ORDER BY nullif(partner, '')) AS partner,
               string_agg(DISTINCT nullif(recipe, ''), ', ' ORDER BY nullif(recipe, '')) AS recipe,
               CASE WHEN count(DISTINCT payment) = 1 THEN any_value(payment) ELSE '' END AS payment,
               min(posted_at) AS posted_at
        FROM links GROUP BY platform, object
    )
    SELECT v.* REPLACE (coalesce(nullif(v.payment, 'unknown'), nullif(l.payment, ''), 'unknown') AS payment),
           o.title, o.text, o.url, o.parent, o.account_name, o.funder,
           coalesce(l.posted_at, o.published_at) AS posted_at, o.started_at, o.stopped_at,
           coalesce(l.clip, '') AS clip, coalesce(l.seat, '') AS seat, coalesce(l.audience, '') AS audience,
           coalesce(l.partner, '') AS partner, coalesce(l.recipe, '') AS recipe,
           c.quote, c.topic, c.kind, c.programme, c.channel, c.aired_at,
           coalesce(c.duration_s, o.duration_s) AS duration_s
    FROM current_values v
    LEFT JOIN objects o ON o.platform = v.platform AND o.object_kind = v.object_kind AND o.object = v.object
                       AND (v.object <> '' OR o.account = v.account)
    LEFT JOIN posts l ON l.platform = v.platform AND l.object = v.object AND v.object <> ''
    LEFT JOIN clips c ON c.clip = l.clip
"""


def show(connection: DuckDBPyConnection, place: Place, generation: Generation) -> None:
    """Make current_values, history, objects, object_history, links, clips, receipts and tidy."""
    for name, columns in _EMPTY.items():
        connection.execute(empty_table(name, columns))
    for view, keys, empty in (
        ("current_values", list(generation.values.values()), "no_values"),
        ("history", generation.history(VALUES), "no_values"),
        ("objects", _single(generation.objects), "no_objects"),
        ("object_history", generation.history(OBJECTS), "no_objects"),
        ("links", _single(generation.links), "no_links"),
        ("clips", _single(generation.clips), "no_clips"),
    ):
        connection.execute(f"CREATE TEMP VIEW {view} AS {scan(place, keys, empty)}")
    connection.execute(f"CREATE TEMP VIEW receipts AS {_receipts(place, generation)}")
    connection.execute(f"CREATE TEMP VIEW tidy AS {_TIDY}")


def _single(key: str) -> list[str]:
    return [key] if key else []


def _receipts(place: Place, generation: Generation) -> str:
    if not generation.receipts:
        return f"SELECT {', '.join(f'NULL::{kind} AS {name}' for name, kind in receipts.COLUMNS.items())} WHERE false"
    columns = ", ".join(f"{name}: {quoted(kind)}" for name, kind in receipts.COLUMNS.items())
    address = quoted(place.address(generation.receipts))
    return f"SELECT * FROM read_json({address}, format = 'newline_delimited', columns = {{{columns}}})"
