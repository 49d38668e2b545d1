"""What an import comes to, metric by metric, counted once: the figures a person compares with the platform's page."""

# ruff: noqa: S608  the SQL is put together from our own names and quoted addresses

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from duckdb import DuckDBPyConnection

from analytics.model.metrics import METRICS
from analytics.model.values import KEY

from .engine import quoted
from .receipts import Total

# An object's own total is given several times over: whole, by age, by gender, by placement, by day. The shape of a
# row is what it is split by; of each object's shapes the least split one counts, and only that.
_WHAT: Final = "platform, account, metric, definition, currency, basis"
_SHAPE: Final = "age = 'all' AS a, gender = 'all' AS b, place_kind, placement = '' AS c, payment = 'all' AS d, grain"
_TOTALS: Final = f"""
    WITH shaped AS (
        SELECT {_WHAT}, object_kind, object, {_SHAPE},
               first((age = 'all')::INT + (gender = 'all')::INT + (place_kind = 'all')::INT
                     + (placement = '')::INT + (payment = 'all')::INT) AS wholeness,
               first(list_position(['unstated', 'hour', 'day', 'period', 'lifetime'], grain::VARCHAR)) AS length,
               sum(low) AS low, sum(high) AS high, max(low) AS largest
        FROM arrived WHERE state <> 'unavailable' GROUP BY ALL
    ), least_split AS (
        SELECT * FROM shaped QUALIFY row_number() OVER (
            PARTITION BY {_WHAT}, object_kind, object ORDER BY wholeness DESC, length DESC, a, b, c, d, place_kind) = 1
    ), once AS (  -- an account's or a campaign's own row says again what its posts or ads say
        SELECT * FROM least_split QUALIFY dense_rank() OVER (
            PARTITION BY {_WHAT} ORDER BY CASE object_kind WHEN 'account' THEN 2 WHEN 'campaign' THEN 1 ELSE 0 END) = 1
    )
    SELECT metric::VARCHAR AS metric, definition, currency, basis::VARCHAR AS basis, sum(low), sum(high), max(largest)
    FROM once GROUP BY ALL ORDER BY ALL
"""


def totals_of(connection: DuckDBPyConnection) -> dict[str, Total]:
    """The totals of the table `arrived`: sums where values add, (largest, sum) of people, nothing for shares.

    A metric in two meanings, currencies or bases within one file is told apart: "views (2025-03-31)".
    """
    rows = [row for row in connection.sql(_TOTALS).fetchall() if _has_total(row[0])]
    return {_named(row, rows): _total(row) for row in rows}


def totals_together(connection: DuckDBPyConnection, imports: Iterable[str]) -> dict[str, Total]:
    """The totals of several imports as if they were one: the tables of one file. A value in two of them counts once.

    `connection` is one of Lake.connect.
    """
    listed, key = ", ".join(map(quoted, imports)), ", ".join(f'"{name}"' for name in KEY)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE arrived AS SELECT DISTINCT ON ({key}) * FROM history "
        f"WHERE import_id IN ({listed}) ORDER BY state = 'unavailable', high - low"
    )
    return totals_of(connection)


def _has_total(metric: str) -> bool:
    return METRICS[metric].is_additive or METRICS[metric].unit == "people"


def _named(row: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """The metric, with whatever tells it apart from its namesakes."""
    metric, *facts = row[:4]
    namesakes = [other[1:4] for other in rows if other[0] == metric]
    apart = [fact for place, fact in enumerate(facts) if len({other[place] for other in namesakes}) > 1]
    return f"{metric} ({', '.join(filter(None, apart))})" if any(apart) else metric


def _total(row: tuple[str, str, str, str, float, float, float]) -> Total:
    metric, _, _, _, low, high, largest = row
    ends = (low if METRICS[metric].is_additive else largest, high)
    low, high = (int(end) if math.isfinite(end) and end == int(end) else end for end in ends)
    return low if low == high else (low, high)
