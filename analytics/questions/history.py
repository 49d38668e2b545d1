"""What a team's own past says about overlap: periods whose people a platform counted once, beside their parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from analytics.model.interval import Interval
from analytics.questions.facts import Readable
from analytics.reach.calibration import Calibration, calibrate
from analytics.reach.past import Parts, Past

Users = Callable[[str], Interval | None]  # platform → how many people use it
MOST_PERIODS: Final = 60
WORST: Final = 0.3  # mean relative error of a past period: beyond it bounds say as much
_Row = tuple[str, str, bool, datetime, datetime, float, list[float]]

# Every period that an account or a campaign reports the people of, and the reach of each thing or day inside it.
_PARTS: Final = """
WITH reach AS (
    SELECT v.*, coalesce(l.posted_at, o.published_at, o.started_at) AS published_at
    FROM current_values v
    LEFT JOIN links l ON l.platform = v.platform AND l.object = v.object AND v.object <> ''
    LEFT JOIN objects o ON o.platform = v.platform AND o.object_kind = v.object_kind AND o.object = v.object
    WHERE v.metric = 'reach' AND v.basis = 'delivered' AND v.state = 'observed' AND v.placement = ''
        AND v.age = 'all' AND v.gender = 'all' AND v.place_kind = 'all' AND v.low = v.high
), periods AS (
    SELECT * FROM reach WHERE object_kind = 'account' AND grain = 'period' AND "end" - start > INTERVAL 36 HOUR
    ORDER BY "end" DESC LIMIT $most
), joined AS (
    SELECT p.platform, p.account, p.start, p."end", p.high AS people, part.grain = 'day' AS is_day, part.high AS part
    FROM periods p JOIN reach part ON part.platform = p.platform
        AND (part.account = p.account OR '' IN (part.account, p.account)) AND CASE part.grain
        WHEN 'day' THEN part.object_kind = 'account' AND part.start >= p.start AND part."end" <= p."end"
        WHEN 'lifetime' THEN part.object <> '' AND part.published_at >= p.start AND part.published_at < p."end"
        WHEN 'period' THEN part.object <> '' AND part.start >= p.start AND part."end" <= p."end" END
)
SELECT platform, account, is_day, start, "end", people, list(part ORDER BY part DESC) AS parts
FROM joined WHERE part > 0
GROUP BY ALL HAVING count(*) > 1 AND people BETWEEN max(part) AND sum(part)
    AND (NOT is_day OR count(*) >= date_diff('day', start, "end")) ORDER BY platform, account, is_day, "end"
"""


def calibrations(lake: Readable, users: Users) -> Mapping[tuple[str, bool], Calibration]:
    """For each platform, and for days (True) or posts (False) as the parts: the model that its past calibrates.

    Periods that overlap, miss days, or hold fewer or more people than their parts can, teach nothing. Without three of
    them, without a number of users, or with a back-test error above WORST, there is none.
    """
    history: dict[tuple[str, bool], list[Past]] = {}
    until: dict[tuple[str, str, bool], datetime] = {}
    with lake.connect() as connection:
        rows: list[_Row] = connection.execute(_PARTS, {"most": MOST_PERIODS}).fetchall()
    for platform, account, is_day, start, end, people, parts in rows:
        population = users(platform)
        if population is None or start < until.get((platform, account, is_day), start):
            continue
        until[platform, account, is_day] = end
        among = max(population.middle, people)
        history.setdefault((platform, is_day), []).append(Past(start.isoformat(), Parts(tuple(parts), among), people))
    found = {key: calibrate(pasts) for key, pasts in history.items()}
    return {key: one for key, one in found.items() if one is not None and one.error <= WORST}
