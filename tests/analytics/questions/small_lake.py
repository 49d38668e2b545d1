"""A lake in memory: the views that facts are settled from, over frames that a test writes down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

import duckdb
import pandas as pd

from analytics.model.links import as_clips, as_links
from analytics.model.values import DEFAULTS, as_objects, as_values

SEEN = datetime(2026, 11, 16, 6, tzinfo=UTC)


@dataclass
class SmallLake:
    """Rows as dictionaries; what isn't said is the model's default."""

    values: list[dict[str, object]] = field(default_factory=list)
    objects: list[dict[str, object]] = field(default_factory=list)
    links: list[dict[str, object]] = field(default_factory=list)
    clips: list[dict[str, object]] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)

    def connect(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        rows = [{**DEFAULTS, "snapshot_at": SEEN, "high": row.get("low"), **row} for row in self.values]
        tables = {
            "current_values": as_values(pd.DataFrame(rows)) if rows else None,
            "objects": as_objects(pd.DataFrame(self.objects)),
            "links": as_links(pd.DataFrame(self.links)),
            "clips": as_clips(pd.DataFrame(self.clips)),
            "receipts": pd.DataFrame(
                [{"import_id": k, "source": v} for k, v in self.sources.items()] or [{"import_id": "-", "source": ""}]
            ),
        }
        for name, frame in tables.items():
            connection.register(f"{name}_frame", frame)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_frame")
        connection.execute("CREATE TABLE history AS SELECT * FROM current_values")
        return connection

    def frame(self, sql: str, parameters: object = ()) -> pd.DataFrame:
        return self.connect().sql(sql, params=parameters).to_arrow_table().to_pandas()
