"""What is held: which sources, how new each is, and what in them can't be placed in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from analytics.questions.facts import Facts

MOST_UNDATED = 5


@dataclass(frozen=True, slots=True)
class Freshness:
    """One source of the window's numbers: when its newest download was made, and what was wrong with it."""

    source: str
    newest: datetime
    files: int
    refused: int
    repaired: int


def freshness(facts: Facts) -> tuple[Freshness, ...]:
    """Every source that was ever imported, newest first."""
    frame = facts.frame(
        """
        SELECT source, max(snapshot_at) AS newest, count(*) AS files, sum(len(refused))::BIGINT AS refused,
            sum(len(repairs))::BIGINT AS repaired
        FROM receipts GROUP BY source ORDER BY newest DESC, source
        """
    )
    return tuple(
        Freshness(str(r.source), r.newest.to_pydatetime(), int(r.files), int(r.refused), int(r.repaired))
        for r in frame.itertuples()
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
