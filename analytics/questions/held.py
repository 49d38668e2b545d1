"""What is held: which sources, how new each is, and what in them can't be placed in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from analytics.questions.facts import Facts, bounds_of

MOST_UNDATED: Final = 5
# Kept with the connection: every section of a report asks for it.
_FRESH: Final = """
CREATE TEMP TABLE IF NOT EXISTS fresh AS
WITH lasting AS (
    SELECT DISTINCT import_id, platform, object_kind, object, grain = 'unstated' AND metric LIKE '%share%' AS is_share
    FROM current_values WHERE start IS NULL
), told AS (
    SELECT import_id, platform FROM current_values WHERE start >= $opens - INTERVAL 12 HOUR AND start < $closes
    UNION
    SELECT l.import_id, l.platform FROM lasting l
    LEFT JOIN objects o ON o.platform = l.platform AND o.object_kind = l.object_kind AND o.object = l.object
    WHERE l.is_share OR (coalesce(o.published_at, o.started_at) < $closes
        AND coalesce(o.published_at, o.stopped_at, o.snapshot_at) >= $opens)
)
SELECT source, list(DISTINCT platform ORDER BY platform) AS platforms, max(snapshot_at) AS newest,
    count(DISTINCT import_id)::BIGINT AS files, sum(refused)::BIGINT AS refused, sum(repaired)::BIGINT AS repaired
FROM (
    SELECT source, import_id, platform, snapshot_at,
        CASE WHEN row_number() OVER (PARTITION BY import_id ORDER BY platform) = 1 THEN len(refused) ELSE 0 END
            AS refused,
        CASE WHEN row_number() OVER (PARTITION BY import_id ORDER BY platform) = 1 THEN len(repairs) ELSE 0 END
            AS repaired
    FROM receipts JOIN told USING (import_id)
) GROUP BY source
"""


@dataclass(frozen=True, slots=True)
class Freshness:
    """One source of the window's numbers: when its newest download was made, and what was wrong with it."""

    source: str
    platforms: tuple[str, ...]
    newest: datetime
    files: int
    refused: int
    repaired: int


def freshness(facts: Facts) -> tuple[Freshness, ...]:
    """Every source with something of the window, newest first: its days, its posts, or shares without a date."""
    opens, closes = bounds_of(facts.window, facts.zone)
    facts.connection.execute(_FRESH, {"opens": opens, "closes": closes})
    frame = facts.frame("SELECT * FROM fresh ORDER BY newest DESC, source")
    return tuple(
        Freshness(
            str(row.source),
            tuple(map(str, row.platforms)),
            row.newest.to_pydatetime(),
            int(row.files),
            int(row.refused),
            int(row.repaired),
        )
        for row in frame.itertuples()
    )


def undated(facts: Facts) -> tuple[str, ...]:
    """Files with counts of a period that nobody has stated: they are in no window."""
    frame = facts.frame(
        """
        SELECT DISTINCT r.name FROM receipts r
        WHERE r.import_id IN (
            SELECT import_id FROM current_values WHERE grain = 'unstated' AND metric NOT LIKE '%share%')
        ORDER BY r.name LIMIT $most
        """,
        {"most": MOST_UNDATED},
    )
    return tuple(str(name) for name in frame["name"])
