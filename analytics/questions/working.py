"""What works: rates of clips, as compare/ wants them, with what each clip is."""

from __future__ import annotations

from typing import Final

import pandas as pd

from analytics.questions.facts import Facts

# Numerators and denominators that mean the same on one platform, best first: people who stayed, then who acted.
RATES: Final = (
    ("completions", "views"),
    ("views_50pct", "views"),
    ("engagements", "impressions"),
    ("engagements", "views"),
    ("reactions", "views_3s"),
    ("shares", "views"),
    ("shares", "views_3s"),
    ("likes", "views"),
    ("views_1m", "views_3s"),
)
_ROWS: Final = """
WITH sides AS (
    SELECT clip, platform, payment, definition, age, gender, object, published_at, recipe, metric, low, high
    FROM facts_by_payment
    WHERE basis = 'delivered' AND is_ours AND object_kind = 'post' AND place_kind = 'all' AND payment <> 'paid'
        AND metric IN ($numerator, $denominator)
)
SELECT n.clip, n.object, n.platform, n.payment, n.age, n.gender, (n.low + n.high) / 2 AS numerator,
    (d.low + d.high) / 2 AS denominator, n.published_at, n.recipe AS shape, coalesce(c.topic, '') AS topic,
    coalesce(c.kind, '') AS kind, coalesce(c.quote, '') AS quote, coalesce(c.duration_s, o.duration_s) AS duration_s
FROM sides n JOIN sides d ON d.object = n.object AND d.platform = n.platform AND d.payment = n.payment
    AND d.age = n.age AND d.gender = n.gender AND d.metric = $denominator
LEFT JOIN clips c ON c.clip = n.clip
LEFT JOIN (SELECT platform, object, max(duration_s) AS duration_s FROM objects WHERE object_kind = 'post'
    GROUP BY platform, object) o ON o.platform = n.platform AND o.object = n.object
WHERE n.metric = $numerator AND d.low > 0 AND n.high <= d.high ORDER BY ALL
"""


def rate_rows(facts: Facts, numerator: str, denominator: str) -> pd.DataFrame:
    """One row a post and group, paid ones left out: the frame that compare/ wants.

    Columns: clip ("" for what is none of ours to cut), object, platform, payment, age, gender, numerator, denominator,
    topic, kind, shape, quote, duration_s, posted_hour (local, NaN where it is not known).
    """
    rows = facts.frame(_ROWS, {"numerator": numerator, "denominator": denominator})
    hours = pd.to_datetime(rows["published_at"], utc=True).dt.tz_convert(facts.zone).dt.hour
    return rows.assign(posted_hour=hours.astype(float)).drop(columns="published_at")


def best_rate(facts: Facts, platform: str) -> tuple[str, str] | None:
    """The first of RATES that the platform gives both sides of for most posts; None where it gives none."""
    counted = []
    for numerator, denominator in RATES:
        rows = rate_rows(facts, numerator, denominator)
        counted.append((rows[rows["platform"] == platform]["object"].nunique(), (numerator, denominator)))
    most = max(count for count, _ in counted)
    return next((rate for count, rate in counted if count == most), None) if most > 1 else None


def platforms(facts: Facts) -> list[str]:
    """Platforms with posts of ours, those with most of them first."""
    frame = facts.frame(
        "SELECT platform, count(DISTINCT object) AS posts FROM facts WHERE is_ours AND object_kind = 'post' "
        "GROUP BY platform ORDER BY posts DESC, platform"
    )
    return [str(name) for name in frame["platform"]]
