"""Local broadcast time → UTC, deterministically, and said where the clock was no help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.errors import SettingsWrong

# Outside of these no broadcast was or will be, and clocks run off the end of the calendar.
_YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class AirTime:
    """When it was on air, in UTC. `note` is empty unless the local time was ambiguous or did not exist."""

    at: datetime
    note: str = ""


def local_to_utc(when: datetime, zone: str) -> AirTime:
    """`when` in UTC; without a zone of its own it is local time in `zone` (an IANA name).

    A time that happened twice is taken as the first; one that was skipped counts on from before the change,
    as PEP 495 has it. Raises SettingsWrong for an unknown zone, and for a year that no broadcast can have.
    """
    if when.year not in _YEARS:
        raise SettingsWrong(f"{when.year} is no year of a broadcast", "Write the air time as 2026-11-20 22:00.")
    if when.tzinfo is not None:
        return AirTime(when.astimezone(UTC))
    rules = _zone(zone)
    first, second = when.replace(tzinfo=rules, fold=0), when.replace(tzinfo=rules, fold=1)
    at = first.astimezone(UTC)
    if first.utcoffset() == second.utcoffset():
        return AirTime(at)
    shown = f"{when:%Y-%m-%d %H:%M:%S}"
    back = at.astimezone(rules)
    if back.replace(tzinfo=None) == when.replace(fold=0):
        return AirTime(at, f"{shown} happened twice in {zone}; the first was taken ({at:%H:%M:%S} UTC)")
    return AirTime(at, f"{shown} did not exist in {zone}; {back:%H:%M:%S} was taken ({at:%H:%M:%S} UTC)")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsWrong(f"{name!r} is no time zone", "Write one such as Europe/London.") from error
