"""At least how many: what the platforms' own cells inside a group add up to, for certain."""

from __future__ import annotations

from typing import Final

from analytics.model.metrics import METRICS
from analytics.questions.facts import Facts

from .overlap import Group, Row, most_apart

_FAMILY: Final = {"facebook": "meta", "instagram": "meta", "youtube": "google"}  # whose ads show the others' posts


def least(facts: Facts, group: Group, metric: str) -> float | None:
    """The floor of `metric` in `group`; None where nothing reports the metric of anybody.

    People of several things can be the same: the most of one cell counts, over cells that share nobody. Counts are
    added over things, but what one kind of thing tells (ads) another may have told (posts, campaigns).
    """
    rows = _rows(facts, metric)
    if not rows:
        return None
    floors: dict[tuple[str, ...], float] = {}
    for thing, cells in rows.items():
        shapes: dict[tuple[str, bool, bool], list[Row]] = {}
        for row in cells:
            if group.holds(row):
                shapes.setdefault(row.shape, []).append(row)
        floors[thing] = max((most_apart(shape) for shape in shapes.values()), default=0.0)
    return _added(floors) if METRICS[metric].is_additive else max(floors.values())


def _rows(facts: Facts, metric: str) -> dict[tuple[str, ...], list[Row]]:
    """By thing and definition for what adds; for people by platform, the most that one thing tells of a cell."""
    is_additive = METRICS[metric].is_additive
    thing = "platform, object_kind, account, object, definition" if is_additive else "platform"
    frame = facts.frame(
        f"""
        SELECT {thing}, age, gender, place, place_kind, max(low) AS low, max(high) AS high FROM facts
        WHERE metric = $metric AND basis = 'delivered' AND is_ours AND (NOT $is_money OR currency = 'GBP')
        GROUP BY ALL
        """,  # noqa: S608  # columns of ours
        {"metric": metric, "is_money": METRICS[metric].unit == "money"},
    )
    columns = thing.split(", ")
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in frame.itertuples():
        key = tuple(str(getattr(row, column)) for column in columns)
        found.setdefault(key, []).append(Row(row.age, row.gender, row.place, row.place_kind, row.low, row.high))
    return found


def _added(floors: dict[tuple[str, ...], float]) -> float:
    """A thing's definitions tell the same plays, and so may the kinds of things in a family of platforms."""
    things: dict[tuple[str, ...], float] = {}
    for (*thing, _), floor in floors.items():
        things[tuple(thing)] = max(things.get(tuple(thing), 0.0), floor)
    posts: dict[tuple[str, str, str], float] = {}
    for (platform, kind, *_), floor in things.items():
        place = (_FAMILY.get(platform, platform), kind, platform)
        posts[place] = posts.get(place, 0.0) + floor
    kinds: dict[str, dict[str, float]] = {}
    for (family, kind, _), floor in posts.items():
        kinds.setdefault(family, {}).setdefault(kind, 0.0)
        kinds[family][kind] += floor
    by_family = {family: max(each.values()) for family, each in kinds.items()}
    panel = by_family.pop("origin", 0.0)  # measures across the others
    return max(sum(by_family.values()), panel)
