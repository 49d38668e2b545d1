"""What is kept of each import: from which file, what was mended and refused on the way, what it came to."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, cast

from analytics.model.extract import Extract, RefusedRow, Repair, SnapshotFrom

Total = float | tuple[float, float]
MOST_KEPT: Final = 1000  # repairs, and refused rows: of a file that is wrong throughout the first say it all
# As DuckDB reads the file of receipts.
COLUMNS: Final = {
    "import_id": "VARCHAR", "name": "VARCHAR", "source": "VARCHAR", "version": "VARCHAR", "locale": "VARCHAR",
    "rows": "BIGINT", "refused": 'STRUCT(line BIGINT, "column" VARCHAR, "value" VARCHAR, why VARCHAR)[]',
    "repairs": "STRUCT(line BIGINT, what VARCHAR)[]", "notes": "VARCHAR[]", "snapshot_at": "TIMESTAMPTZ",
    "snapshot_from": "VARCHAR", "imported_at": "TIMESTAMPTZ", "options": "MAP(VARCHAR, VARCHAR)",
    "covers": "VARCHAR[]", "totals": "JSON", "refused_rows": "BIGINT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Receipt:
    """One import. `totals` maps a metric to its number, or to (low, high); `high` may be infinite.

    `refused` and `repairs` hold the first 1,000 each; `refused_rows` counts all, and a note says that there are more.
    """

    import_id: str
    name: str
    source: str
    version: str
    locale: str
    rows: int
    refused: tuple[RefusedRow, ...]
    repairs: tuple[Repair, ...]
    notes: tuple[str, ...]
    snapshot_at: datetime
    snapshot_from: SnapshotFrom
    imported_at: datetime
    options: Mapping[str, str]
    covers: tuple[str, ...]
    totals: Mapping[str, Total]
    refused_rows: int


def receipt_of(
    extract: Extract, import_id: str, name: str, options: Mapping[str, str], imported_at: datetime,
    totals: Mapping[str, Total],
) -> Receipt:  # fmt: skip
    more = [
        f"{len(listed) - MOST_KEPT:,} more {what} are not listed"
        for listed, what in ((extract.refused, "refused rows"), (extract.repairs, "repairs"))
        if len(listed) > MOST_KEPT
    ]
    return Receipt(
        import_id=import_id,
        name=name,
        source=extract.source,
        version=extract.version,
        locale=extract.locale,
        rows=extract.rows,
        refused=extract.refused[:MOST_KEPT],
        repairs=extract.repairs[:MOST_KEPT],
        notes=(*extract.notes, *more),
        snapshot_at=extract.snapshot_at,
        snapshot_from=extract.snapshot_from,
        imported_at=imported_at,
        options=dict(options),
        covers=extract.covers,
        totals=dict(totals),
        refused_rows=len(extract.refused),
    )


def to_json(receipt: Receipt) -> str:
    """One line. An open top is written as null: JSON has no infinity."""
    totals = {name: _total_to_json(total) for name, total in receipt.totals.items()}
    return json.dumps(asdict(receipt) | {"totals": totals}, default=datetime.isoformat, ensure_ascii=False)


def from_json(line: str) -> Receipt:
    """ValueError, KeyError or TypeError where it is no receipt."""
    kept = json.loads(line)
    return Receipt(
        **kept
        | {
            "refused": tuple(RefusedRow(**row) for row in kept["refused"]),
            "repairs": tuple(Repair(**repair) for repair in kept["repairs"]),
            "notes": tuple(kept["notes"]),
            "covers": tuple(kept["covers"]),
            "totals": {name: _total_from_json(total) for name, total in kept["totals"].items()},
        }
        | {name: datetime.fromisoformat(kept[name]) for name in ("snapshot_at", "imported_at")}
    )


def lines(receipts: Iterable[Receipt]) -> str:
    return "".join(f"{to_json(receipt)}\n" for receipt in receipts)


def _total_to_json(total: Total) -> object:
    return [None if math.isinf(end) else end for end in total] if isinstance(total, tuple) else total


def _total_from_json(kept: object) -> Total:
    if isinstance(kept, list):
        low, high = kept
        return low, math.inf if high is None else high
    return cast(float, kept)
