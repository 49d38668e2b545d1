"""What a metric meant, when: platforms change what they count, and two meanings are never spliced into one series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST: Final = "first"  # the only meaning we know of


@dataclass(frozen=True, slots=True)
class Definition:
    """From `since` on, `metric` on `platform` means this. `version` is unique within platform and metric."""

    platform: str
    metric: str
    version: str
    since: date
    meaning: str
    source: str


CHANGES: Final[tuple[Definition, ...]] = (
    Definition(
        "youtube",
        "views",
        "2025-03-31",
        date(2025, 3, 31),
        "Shorts count every start and replay, however short; the earlier count goes on as engaged views",
        "YouTube Help, 'How engagement metrics are counted', March 2025",
    ),
    Definition(
        "youtube",
        "views",
        "2026-08-27",
        date(2026, 8, 27),
        "the count changed a second time; not comparable with either earlier one",
        "YouTube Help, August 2026",
    ),
    Definition(
        "facebook",
        "views",
        "2024-11-01",
        date(2024, 11, 1),
        "times content was played or displayed, replays included; replaces impressions and plays",
        "Meta Business Help Centre, 'About views', November 2024",
    ),
    Definition(
        "instagram",
        "views",
        "2024-11-01",
        date(2024, 11, 1),
        "times content was played or displayed, replays included; replaces impressions and plays",
        "Meta Business Help Centre, 'About views', November 2024",
    ),
    Definition(
        "facebook",
        "reach",
        "2026-06-15",
        date(2026, 6, 15),
        "the old reach fields are gone: viewers of content replace them",
        "Meta Graph API changelog, June 2026",
    ),
    Definition(
        "instagram",
        "reach",
        "2026-06-15",
        date(2026, 6, 15),
        "the old reach fields are gone: viewers of content replace them",
        "Meta Graph API changelog, June 2026",
    ),
)


def changes_of(platform: str, metric: str) -> tuple[Definition, ...]:
    """Every dated change of that metric, oldest first."""
    return tuple(
        sorted((c for c in CHANGES if (c.platform, c.metric) == (platform, metric)), key=lambda change: change.since)
    )


def version_on(platform: str, metric: str, day: date | None) -> str:
    """The version in force on `day`. A value without a day, of a metric that has changed, is "undated"."""
    changes = changes_of(platform, metric)
    if not changes:
        return FIRST
    if day is None:
        return "undated"
    in_force = [change.version for change in changes if change.since <= day]
    return in_force[-1] if in_force else FIRST
