"""Sample rows: say what matters, the rest is at its default."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd

from analytics.model.extract import Extract
from analytics.model.values import COLUMNS, DEFAULTS, as_objects, as_values

WHEN = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)  # the snapshot, where a row does not say


def values(*rows: dict[str, object]) -> pd.DataFrame:
    """Rows of the long table. `low` alone is an exact number; without either the state is "unavailable".

    By default a post "p1" on facebook, seen on 20 November 2026; `start` without `end` is that one day.
    """
    return as_values(pd.DataFrame([_filled(row) for row in rows], columns=COLUMNS))


def objects(*rows: dict[str, object]) -> pd.DataFrame:
    """Posts, or whatever `object_kind` says; by default "p1" on facebook."""
    start: dict[str, object] = {"platform": "facebook", "object_kind": "post", "object": "p1", "snapshot_at": WHEN}
    return as_objects(pd.DataFrame([start | row for row in rows]))


def extract(*rows: dict[str, object], described: pd.DataFrame | None = None, **changes: object) -> Extract:
    """An export that holds those rows, as of its newest row. `described` are its objects."""
    held = values(*rows)
    facts: dict[str, object] = {
        "source": "meta.video_export",
        "version": "1",
        "locale": "en",
        "rows": len(held),
        "snapshot_at": held["snapshot_at"].max().to_pydatetime() if len(held) else WHEN,
        "snapshot_from": "given",
        "values": held,
    }
    if described is not None:
        facts["objects"] = described
    return Extract(**(facts | changes))  # type: ignore[arg-type]


def _filled(row: dict[str, object]) -> dict[str, object]:
    start: dict[str, object] = {"platform": "facebook", "object": "p1", "metric": "views", "snapshot_at": WHEN}
    filled = DEFAULTS | start | row
    if "low" not in filled:
        filled |= {"low": float("nan"), "state": "unavailable"}
    filled.setdefault("high", filled["low"])
    if "start" in row:
        day = pd.Timestamp(str(filled["start"]))
        filled["start"] = day.tz_localize("UTC") if day.tz is None else day
        filled["grain"] = row.get("grain", "day")
        filled["end"] = row.get("end", filled["start"] + pd.Timedelta(days=1))
    else:
        filled["grain"] = row.get("grain", "lifetime")
    return filled
