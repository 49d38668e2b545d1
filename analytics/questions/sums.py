"""What adds up, added up once: totals and cells of additive metrics, each thing by its own fullest breakdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import pandas as pd

from analytics.model.interval import Interval
from analytics.model.metrics import metric as metric_named
from analytics.questions.facts import Facts

Whose = Literal["ours", "others", "everybody"]
Shape = Literal["total", "age and gender", "age", "gender", "country", "nation", "region", "seat", "city"]
# A thing's total: its own row for everybody, else its cells together, from the breakdown that loses least.
_SHAPE: Final = """
CASE WHEN place_kind <> 'all' AND (age <> 'all' OR gender <> 'all') THEN 'place, age and gender'
     WHEN place_kind <> 'all' THEN place_kind
     WHEN age <> 'all' AND gender <> 'all' THEN 'age and gender'
     WHEN age <> 'all' THEN 'age' WHEN gender <> 'all' THEN 'gender' ELSE 'total' END
"""
_ORDER: Final = (
    "total", "age and gender", "age", "gender", "country", "nation", "region", "seat", "place, age and gender", "city",
)  # fmt: skip
_WHOSE: Final = {"ours": "is_ours", "others": "NOT is_ours", "everybody": "TRUE"}
_META_POSTS: Final = ("facebook", "instagram")
THINGS: Final = ("post", "ad", "campaign")


def totals(
    facts: Facts, name: str, by: Sequence[str] = (), *, kinds: Sequence[str] = THINGS, whose: Whose = "ours"
) -> pd.DataFrame:
    """The sum of an additive metric over all things, cut by columns of `facts`.

    Returns: one row a group: the columns of `by`, low, high, things (how many), snapshot_at (the oldest).
    Delivered values only. Definitions are never added together: each group's newest is summed, `definition` says
    which. ValueError for a metric that does not add.
    """
    if not metric_named(name).is_additive:
        raise ValueError(f"{name} does not add")
    keys = ", ".join([*by, "definition"])
    newest = f"PARTITION BY {', '.join(by)} " if by else ""
    sql = f"""
        WITH shaped AS (
            SELECT *, list_position($order, {_SHAPE}) AS shape FROM facts
            WHERE metric = $metric AND basis = 'delivered' AND {_WHOSE[whose]} AND list_contains($kinds, object_kind)
        ), whole AS (
            SELECT * FROM shaped
            QUALIFY shape = min(shape) OVER (PARTITION BY platform, account, object_kind, object, definition, currency)
        ), summed AS (
            SELECT {keys}, sum(low) AS low, sum(high) AS high, min(snapshot_at) AS snapshot_at,
                count(DISTINCT (platform, account, object)) AS things
            FROM whole GROUP BY {keys}
        )
        SELECT * FROM summed QUALIFY row_number() OVER ({newest}ORDER BY definition = 'undated', definition DESC) = 1
        ORDER BY high DESC
    """
    return facts.frame(sql, {"order": list(_ORDER), "metric": name, "kinds": list(kinds)})


def total(facts: Facts, name: str, *, kinds: Sequence[str] = THINGS, whose: Whose = "ours") -> Interval | None:
    """One number: the sum over all things of all platforms; None where nothing reports the metric.

    Meta's exports of posts hold what was boosted, and its exports of ads hold that again: where both are there and
    the posts don't tell paid from organic, the total lies between the larger of the two and their sum.
    """
    frame = totals(facts, name, ["platform"], kinds=kinds, whose=whose)
    if frame.empty:
        return None
    by = {str(row.platform): Interval(row.low, row.high) for row in frame.itertuples()}
    ads, posts = by.get("meta"), [by[platform] for platform in _META_POSTS if platform in by]
    whole = Interval.total(by.values())
    if ads is None or not posts or not _may_be_boosted(facts, name):
        return whole
    twice = min(ads.low, Interval.total(posts).low)
    return Interval(whole.low - twice, whole.high)


def _may_be_boosted(facts: Facts, name: str) -> bool:
    """Whether posts of Facebook or Instagram report the metric without telling paid from organic."""
    found = facts.frame(
        """
        SELECT 1 FROM facts_by_payment WHERE metric = $metric AND is_ours AND basis = 'delivered'
            AND object_kind = 'post' AND list_contains($posts, platform) AND payment IN ('all', 'unknown') LIMIT 1
        """,
        {"metric": name, "posts": list(_META_POSTS)},
    )
    return len(found) > 0


def cells(
    facts: Facts,
    name: str,
    shape: Shape,
    by: Sequence[str] = (),
    *,
    kinds: Sequence[str] = THINGS,
    whose: Whose = "ours",
) -> pd.DataFrame:
    """One breakdown of a metric as it was reported, cut by columns of `facts`; delivered values only.

    Returns: the columns of `by`, age, gender, place, place_kind, low, high, state. For people, from the largest to
    the sum: they are bounds. Unknown ages, genders and places are rows of their own.
    """
    keys = ", ".join([*by, "age", "gender", "place", "place_kind"])
    low = "sum(low)" if metric_named(name).is_additive else "max(low)"
    sql = f"""
        SELECT {keys}, {low} AS low, sum(high) AS high, max(state) AS state FROM facts
        WHERE metric = $metric AND basis = 'delivered' AND {_WHOSE[whose]} AND list_contains($kinds, object_kind)
            AND {_SHAPE} = $shape
        GROUP BY {keys} ORDER BY ALL
    """
    return facts.frame(sql, {"metric": name, "shape": shape, "kinds": list(kinds)})
