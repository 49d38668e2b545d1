"""What adds up, added up once: totals and cells of additive metrics, each thing by its own fullest breakdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
_KINDS: Final = ("post", "ad", "campaign", "account")
NOTHING: Final = Interval.exactly(0.0)
_META_POSTS: Final = ("facebook", "instagram")
THINGS: Final = ("post", "ad", "campaign")


def totals(
    facts: Facts, name: str, by: Sequence[str] = (), *, kinds: Sequence[str] = THINGS, whose: Whose = "ours"
) -> pd.DataFrame:
    """The sum of an additive metric over all things, cut by columns of `facts`.

    Returns: one row a group: the columns of `by`, definition, low, high, things (how many), snapshot_at (the oldest),
    and most: the sum of every definition's highs. Delivered values only, money in pounds only. Definitions are never
    added together: each group's newest is summed. ValueError for a metric that does not add.
    """
    measured = metric_named(name)
    if not measured.is_additive:
        raise ValueError(f"{name} does not add")
    is_money = measured.unit == "money"
    keys = ", ".join([*by, "definition"])
    newest = f"PARTITION BY {', '.join(by)} " if by else ""
    sql = f"""
        WITH shaped AS (
            SELECT *, list_position($order, {_SHAPE}) AS shape FROM facts
            WHERE metric = $metric AND basis = 'delivered' AND {_WHOSE[whose]} AND list_contains($kinds, object_kind)
                AND (currency = 'GBP' OR NOT $is_money)
        ), whole AS (
            SELECT * FROM shaped
            QUALIFY shape = min(shape) OVER (PARTITION BY platform, account, object_kind, object, definition, currency)
        ), summed AS (
            SELECT {keys}, sum(low) AS low, sum(high) AS high, min(snapshot_at) AS snapshot_at,
                count(DISTINCT (platform, account, object)) AS things
            FROM whole GROUP BY {keys}
        )
        SELECT *, sum(high) OVER ({newest}) AS most FROM summed
        QUALIFY row_number() OVER ({newest}ORDER BY definition = 'undated', definition DESC) = 1
        ORDER BY high DESC
    """
    return facts.frame(sql, {"order": list(_ORDER), "metric": name, "kinds": list(kinds), "is_money": is_money})


def total(facts: Facts, name: str, *, kinds: Sequence[str] = THINGS, whose: Whose = "ours") -> Interval | None:
    """One number: over all things of all platforms; None where nothing reports the metric.

    What is told twice is not added. An account's own row holds its posts: the larger counts. A campaign holds its ads,
    and Meta's posts hold what was boosted and told again as ads: the total lies between the larger and the sum.
    """
    kinds = [*kinds, *(() if "account" in kinds or whose == "others" else ("account",))]
    frame = totals(facts, name, ["platform", "object_kind"], kinds=kinds, whose=whose)
    if frame.empty:
        return None
    told = {(str(r.platform), str(r.object_kind)): Interval(r.low, max(r.high, r.most)) for r in frame.itertuples()}
    by = {platform: _of_platform(told, platform) for platform in dict.fromkeys(platform for platform, _ in told)}
    ads, posts = by.get("meta"), [by[platform] for platform in _META_POSTS if platform in by]
    whole = Interval.total(by.values())
    if ads is None or not posts or not _may_be_boosted(facts, name):
        return whole
    return Interval(whole.low - min(ads.low, Interval.total(posts).low), whole.high)


def _of_platform(told: Mapping[tuple[str, str], Interval], platform: str) -> Interval:
    """One platform's total from its posts, its ads and campaigns, and its account."""
    posts, ads, campaigns, account = (told.get((platform, kind), NOTHING) for kind in _KINDS)
    bought = Interval(max(ads.low, campaigns.low), ads.high + campaigns.high)
    things = posts + bought
    return Interval(max(things.low, account.low), max(things.high, account.high))


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
        WITH one_meaning AS (
            SELECT * FROM facts
            WHERE metric = $metric AND basis = 'delivered' AND {_WHOSE[whose]} AND list_contains($kinds, object_kind)
                AND {_SHAPE} = $shape
            QUALIFY definition = max(definition) OVER (PARTITION BY platform)
        )
        SELECT {keys}, {low} AS low, sum(high) AS high, max(state) AS state FROM one_meaning
        GROUP BY {keys} ORDER BY ALL
    """
    return facts.frame(sql, {"metric": name, "shape": shape, "kinds": list(kinds)})
