"""How many people of each age and gender: united within the group, on each platform, never by adding."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.model.cells import Cell, Gender
from analytics.model.interval import Interval
from analytics.questions.audience import Hide, few_hidden
from analytics.questions.facts import Facts
from analytics.questions.reached import Uniting, reached


@dataclass(frozen=True, slots=True)
class GroupReached:
    """How many people of a group a platform reached, each counted once; None where they are too few to be shown."""

    platform: str
    age: str
    gender: Gender
    people: Interval | None


def people_by_group(
    facts: Facts, uniting: Uniting, *, clips: Sequence[str] = (), hide: Hide | None = None
) -> tuple[GroupReached, ...]:
    """People by platform, age and gender, where a platform tells reach by both: its posts united within each group.

    Between the largest post and the sum, as the users of the platform allow; no model of everybody is put on a group.
    """
    told = facts.frame(
        """
        SELECT DISTINCT age, gender FROM facts
        WHERE metric = 'reach' AND is_ours AND basis = 'delivered' AND place_kind = 'all'
            AND age NOT IN ('all', 'unknown') AND gender IN ('female', 'male')
            AND ($anything OR list_contains($clips, clip)) ORDER BY age, gender
        """,
        {"clips": list(clips), "anything": not clips},
    )
    bare, rows = Uniting(uniting.users), []
    for age, gender in told.itertuples(index=False):
        found = reached(facts, bare, cell=Cell(age, gender), clips=clips)
        rows += [
            (item.platform, age, gender, item.reach.people.low, item.reach.people.high) for item in found.platforms
        ]
    frame = pd.DataFrame(rows, columns=["platform", "age", "gender", "low", "high"])
    parts = [
        few_hidden(group, " ".join((*sorted(clips), str(name), "people")), facts.window, hide)
        for name, group in frame.groupby("platform")
    ]
    return tuple(
        GroupReached(row.platform, row.age, row.gender, None if math.isnan(row.low) else Interval(row.low, row.high))
        for part in parts
        for row in part.itertuples()
    )
