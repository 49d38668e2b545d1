"""All that the lake tells of the things a question is about, over whatever days: what a ceiling is drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

import pandas as pd

from analytics.model.metrics import METRICS
from analytics.model.scope import Scope
from analytics.questions.facts import LIBRARIES, Facts, bounds_of

from .ceilings import Stretch, runs
from .overlap import Row

EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
# A platform whose rows may hold people or plays of another: Meta's ads run on Facebook and on Instagram.
SHARED: Final = {
    "facebook": ("meta", "origin"), "instagram": ("meta", "origin"), "youtube": ("google", "origin"),
    "meta": ("facebook", "instagram", "origin"), "google": ("youtube", "origin"),
}  # fmt: skip
_NAME: Final = "platform, object_kind, who, object"
# What is known of a thing beside its numbers, for the rows of `{rows}`, and whether the scope is about it.
_NAMED: Final = """
WITH pages AS (
    SELECT DISTINCT platform, account FROM objects
    WHERE list_contains($own, lower(account)) OR list_contains($own, lower(account_name))
), libraries AS (
    SELECT import_id FROM receipts WHERE list_contains($libraries, source)
), v AS (
    {rows}
), named AS (
    SELECT v.*, CASE WHEN v.object = '' OR v.platform = 'other' THEN v.account ELSE '' END AS who,
        CASE WHEN v.payment IN ('all', 'unknown') AND coalesce(l.payment, '') <> '' THEN l.payment ELSE v.payment END
            AS paid,
        coalesce(l.posted_at, o.published_at, o.started_at) AS published, o.stopped_at,
        v.import_id IN (FROM libraries) AND (v.platform, v.account) NOT IN (SELECT (platform, account) FROM pages)
            AS is_others
    FROM v
    LEFT JOIN links l ON l.platform = v.platform AND l.object = v.object AND v.object <> ''
    LEFT JOIN objects o ON o.platform = v.platform AND o.object_kind = v.object_kind AND o.object = v.object
        AND v.object <> '' AND (v.platform <> 'other' OR o.account = v.account)
    WHERE (len($clips) = 0 OR list_contains($clips, coalesce(l.clip, '')))
        AND $partner IN ('', coalesce(l.partner, '')) AND $audience IN ('', coalesce(l.audience, ''))
        AND NOT ($is_narrow AND v.object_kind = 'account')
), scoped AS (
    SELECT * FROM named
    WHERE coalesce(published < $closes, true) AND coalesce(stopped_at >= $opens, true)
        AND ($payment NOT IN ('organic', 'paid') OR paid IN ($payment, 'all', 'unknown'))
)
"""  # columns of ours
_WITHIN: Final = "basis <> 'follower' AND (len($platforms) = 0 OR list_contains($platforms, platform))"
# Days outside the window say nothing of it: a lake holds far more of them than of everything else.
_NUMBERS: Final = f"""SELECT * FROM current_values WHERE {_WITHIN} AND (grain NOT IN ('hour', 'day')
        OR (start >= $opens - INTERVAL 1 DAY AND start < $closes))"""  # noqa: S608
_SUMMED: Final = f"""SELECT platform, account, object_kind, object, payment, import_id,
        bool_or(basis = 'delivered' AND metric IN ('reach', 'impressions', 'views')) AS is_shown,
        bool_or(basis = 'delivered' AND grain = 'unstated' AND state <> 'unavailable'
            AND list_contains($counts, metric)) AS is_undated,
        bool_or(metric IN ('spend', 'revenue') AND currency <> 'GBP' AND coalesce(high, 1) > 0) AS is_foreign
    FROM current_values WHERE {_WITHIN} GROUP BY ALL"""  # noqa: S608
_SCOPED: Final = f"CREATE OR REPLACE TEMP TABLE told_rows AS {_NAMED.format(rows=_NUMBERS)} SELECT * FROM scoped"  # noqa: S608
# Where a thing tells paid from organic, what it tells of both together is left out.
_TOLD_APART: Final = f"""
QUALIFY paid = $payment OR NOT bool_or(paid = $payment) OVER (PARTITION BY {_NAME}, metric)"""
# One row a thing, measure, stretch and cell; of placements those that tell the whole, else all of them.
_ROWS: Final = f"""
WITH counted AS (
    SELECT * FROM told_rows
    WHERE basis = 'delivered' AND state <> 'unavailable' AND grain <> 'unstated' AND list_contains($metrics, metric)
        AND (currency = 'GBP' OR metric NOT IN ('spend', 'revenue'))
    QUALIFY placement = '' OR NOT bool_or(placement = '') OVER (PARTITION BY {_NAME}, metric, definition, grain)
), days AS (
    SELECT * FROM counted WHERE grain IN ('hour', 'day')
        AND start + ("end" - start) / 2 >= $opens AND start + ("end" - start) / 2 < $closes
), stated AS (
    SELECT import_id, platform, object_kind, metric, definition,
        list([epoch(start), epoch("end")]) AS days
    FROM (SELECT DISTINCT import_id, platform, object_kind, metric, definition, start, "end" FROM days) GROUP BY ALL
), covered AS (
    SELECT {_NAME}, metric, definition, list_distinct(flatten(list(s.days))) AS days
    FROM (SELECT DISTINCT {_NAME}, metric, definition, import_id FROM days) d
    JOIN stated s USING (import_id, platform, object_kind, metric, definition) GROUP BY ALL
), daily AS (
    SELECT {_NAME}, metric, definition, NULL::TIMESTAMPTZ AS first, NULL::TIMESTAMPTZ AS last, age, gender, place,
        place_kind, CASE WHEN list_contains($additive, metric) THEN sum(low) ELSE max(low) END AS low, sum(high) AS high
    FROM days GROUP BY {_NAME}, metric, definition, age, gender, place, place_kind
), longer AS (
    SELECT {_NAME}, metric, definition, CASE WHEN grain = 'period' THEN start END AS first,
        CASE WHEN grain = 'period' THEN "end" ELSE snapshot_at END AS last, age, gender, place, place_kind,
        max(low) AS low, sum(high) AS high
    FROM counted
    WHERE grain = 'lifetime' OR (grain = 'period' AND start < $closes AND "end" > $opens)
    GROUP BY ALL
)
SELECT e.*, c.days FROM (FROM daily UNION ALL FROM longer) e
LEFT JOIN covered c ON e.last IS NULL AND c.platform = e.platform AND c.object_kind = e.object_kind AND c.who = e.who
    AND c.object = e.object AND c.metric = e.metric AND c.definition = e.definition
"""  # noqa: S608  # columns of ours
_THINGS: Final = f"""{_NAMED.format(rows=_SUMMED)}
SELECT {_NAME}, min(published) AS published, max(account) AS account, bool_and(is_others) AS is_others,
    bool_or(is_shown) AS is_shown, bool_or(is_undated) AS is_undated, bool_or(is_foreign) AS is_foreign
FROM scoped GROUP BY {_NAME} ORDER BY ALL
"""  # noqa: S608  # columns of ours

Measure = tuple[str, str]  # metric, definition


@dataclass(frozen=True)
class Thing:
    """A post, an ad, a campaign or an account, with all that is told of it. `since`: it can't have been seen before."""

    platform: str
    kind: str
    account: str
    since: datetime
    is_others: bool
    is_shown: bool
    is_undated: bool
    is_foreign: bool
    told: dict[str, list[dict[Stretch, list[Row]]]] = field(default_factory=dict)


@lru_cache(maxsize=4)  # the sentences of one page ask for the same things
def things_of(facts: Facts, scope: Scope, own: tuple[str, ...], metrics: tuple[str, ...]) -> tuple[Thing, ...]:
    """Everything in `scope` that could have been seen in its window, and what is told of `metrics`."""
    opens, closes = bounds_of(scope.window, facts.zone)
    platforms = {*scope.platforms, *(other for name in scope.platforms for other in SHARED.get(name, ()))}
    is_narrow = bool(scope.clips or scope.partner or scope.audience)
    dated = {"opens": opens, "closes": closes}
    words = {
        "own": [name.lower() for name in own], "libraries": list(LIBRARIES), "platforms": sorted(platforms),
        "clips": list(scope.clips), "partner": scope.partner, "audience": scope.audience, "payment": scope.payment,
        "is_narrow": is_narrow,
    }  # fmt: skip
    apart = _TOLD_APART if scope.payment in ("organic", "paid") else ""
    facts.connection.execute(_SCOPED + apart, {**dated, **words})
    additive = [name for name, metric in METRICS.items() if metric.is_additive]
    counts = [name for name, metric in METRICS.items() if metric.is_additive or metric.unit == "people"]
    named = facts.frame(_THINGS, {**dated, **words, "counts": counts})
    rows = facts.frame(_ROWS, {**dated, "metrics": list(metrics), "additive": additive})
    told = _told(rows, closes, facts.zone)
    return tuple(
        Thing(
            row.platform, row.object_kind, row.account, max(opens, _moment(row.published)), bool(row.is_others),
            bool(row.is_shown), bool(row.is_undated), bool(row.is_foreign),
            told.get((row.platform, row.object_kind, row.who, row.object), {}),
        )
        for row in named.itertuples()
    )  # fmt: skip


def _told(
    rows: pd.DataFrame, closes: datetime, zone: str
) -> dict[tuple[str, ...], dict[str, list[dict[Stretch, list[Row]]]]]:
    """By thing and metric: for each definition its stretches, each with its rows."""
    found: dict[tuple[str, ...], dict[str, dict[str, dict[Stretch, list[Row]]]]] = {}
    for row in rows.itertuples():
        thing = (row.platform, row.object_kind, row.who, row.object)
        stretches = found.setdefault(thing, {}).setdefault(row.metric, {}).setdefault(row.definition, {})
        cell = Row(row.age, row.gender, row.place, row.place_kind, row.low, row.high)
        for stretch in _stretches(row, zone):
            stretches.setdefault(stretch, []).append(cell)
    return {thing: {metric: list(by.values()) for metric, by in measures.items()} for thing, measures in found.items()}


def _stretches(row: object, zone: str) -> list[Stretch]:
    """Days in a row; a period; or, for a lifetime, ever until the end of the day of its download."""
    last = getattr(row, "last")  # noqa: B009  # a row of pandas has no type
    if pd.isna(last):
        return runs((_at(first), _at(last)) for first, last in getattr(row, "days"))  # noqa: B009
    first = getattr(row, "first")  # noqa: B009
    if not pd.isna(first):
        return [(first.to_pydatetime(), last.to_pydatetime())]
    midnight = pd.Timestamp(last).tz_convert(zone).normalize() + timedelta(days=1)
    return [(EVER, midnight.to_pydatetime())]


def _at(epoch: float) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)


def _moment(when: pd.Timestamp) -> datetime:
    return EVER if pd.isna(when) else when.to_pydatetime()
