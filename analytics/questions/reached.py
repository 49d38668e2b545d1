"""How many people: each platform united within itself, then all of them together, never by adding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import pandas as pd

from analytics.model.cells import ALL, Cell
from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.questions.facts import Facts, bounds_of
from analytics.questions.history import Users
from analytics.reach.across import across
from analytics.reach.calibration import Calibration
from analytics.reach.unite import unite

EVERYBODY: Final = Cell()
NOTHING_SAID: Final[Mapping[str, str]] = MappingProxyType({})
Calibrations = Mapping[tuple[str, bool], Calibration]
_PERIOD_WAY: Final = 1  # facts.py: a value for the very window


@dataclass(frozen=True, slots=True)
class PlatformReach:
    """One platform's people. `things`: how many posts, ads or days were united; `users`: out of how many."""

    platform: str
    reach: Reach
    things: int
    users: Interval | None


@dataclass(frozen=True, slots=True)
class Reached:
    """People of each platform, most first, and of all together: None where no platform counts people.

    `silent`: platforms that report something in the window but no people.
    """

    platforms: tuple[PlatformReach, ...]
    together: Reach | None
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Uniting:
    """What reach is united with: how many people there are, and what the past calibrates."""

    users: Users
    population: Interval | None = None  # of everybody who could be reached, on any platform
    calibrations: Calibrations = field(default_factory=dict)


def reached(
    facts: Facts,
    uniting: Uniting,
    *,
    metric: str = "reach",
    cell: Cell = EVERYBODY,
    clips: Sequence[str] = (),
    of: Mapping[str, str] = NOTHING_SAID,
    kinds: Sequence[str] = ("post", "ad", "campaign"),
) -> Reached:
    """The people that things of the window reached among `cell`, each counted once.

    Narrowed to `clips`, or `of` a column's value ({"partner": "Nurses"}). Where it is not, an account's own count of
    its people stands for everything that it published. Values of others' ads are left out.
    """
    rows = _counted(facts, metric, cell, clips, of, kinds)
    found = [_one(str(name), group, facts, uniting) for name, group in rows.groupby("platform")]
    ordered = tuple(sorted(found, key=lambda item: -item.reach.people.middle))
    return Reached(ordered, _together(ordered, uniting, cell), _silent(facts, {item.platform for item in ordered}))


def _counted(
    facts: Facts, metric: str, cell: Cell, clips: Sequence[str], of: Mapping[str, str], kinds: Sequence[str]
) -> pd.DataFrame:
    """One row a thing: platform, object_kind, low, high, way; accounts only where nothing is narrowed."""
    said = {f"said_{column}": value for column, value in of.items()}
    narrowed = " ".join(f"AND {column} = $said_{column}" for column in of)
    return facts.frame(
        f"""
        SELECT platform, object_kind, low, high, way FROM facts
        WHERE metric = $metric AND basis = 'delivered' AND is_ours AND age = $age AND gender = $gender
            AND place = $place AND list_contains($kinds, object_kind)
            AND (len($clips) = 0 OR list_contains($clips, clip)) {narrowed}
        """,
        {
            "metric": metric,
            "age": cell.age,
            "gender": cell.gender,
            "place": cell.place,
            "kinds": [*kinds, *(() if clips or of else ("account",))],
            "clips": list(clips),
            **said,
        },
    )


def _one(platform: str, rows: pd.DataFrame, facts: Facts, uniting: Uniting) -> PlatformReach:
    users = uniting.users(platform)
    is_account = rows["object_kind"] == "account"
    things = [Interval(row.low, row.high) for row in rows[~is_account].itertuples()]
    account = [(Interval(row.low, row.high), int(row.way)) for row in rows[is_account].itertuples()]
    if len(account) == 1 and account[0][1] == _PERIOD_WAY:  # counted once by the platform, for this very window
        return PlatformReach(platform, _capped(unite([account[0][0]]), users), len(rows) - 1, users)
    parts = (_days(facts, platform) or [interval for interval, _ in account]) if account else things
    calibration = uniting.calibrations.get((platform, bool(account)))
    return PlatformReach(platform, unite(parts, _room(users, parts), calibration), len(parts), users)


def _days(facts: Facts, platform: str) -> list[Interval]:
    """The account's people of each day in the window: all that it published, whenever that was."""
    opens, closes = bounds_of(facts.window, facts.zone)
    frame = facts.frame(
        """
        SELECT max(low) AS low, max(high) AS high FROM current_values
        WHERE platform = $platform AND object_kind = 'account' AND metric = 'reach' AND basis = 'delivered'
            AND state <> 'unavailable' AND grain = 'day' AND start >= $opens AND start < $closes
            AND age = 'all' AND gender = 'all' AND place_kind = 'all' AND placement = ''
        GROUP BY account, start ORDER BY start
        """,
        {"platform": platform, "opens": opens, "closes": closes},
    )
    return [Interval(low, high) for low, high in zip(frame["low"], frame["high"], strict=True)]


def _room(users: Interval | None, parts: Sequence[Interval]) -> Interval | None:
    """The users, never fewer than one part alone: platforms count accounts, and some people have two."""
    if users is None:
        return None
    least = max(part.low for part in parts)
    return Interval(max(users.low, least), max(users.high, least))


def _capped(reach: Reach, users: Interval | None) -> Reach:
    if users is None or reach.people.high <= users.high:
        return reach
    top = max(users.high, reach.people.low)
    people = Interval(reach.people.low, top)
    return Reach(people, people, reach.how, reach.point, reach.model)


def _together(platforms: Sequence[PlatformReach], uniting: Uniting, cell: Cell) -> Reach | None:
    if not platforms:
        return None
    people = [item.reach.people for item in platforms]
    population = uniting.population if cell.age == ALL and cell.gender == "all" else None
    return across(people, _room(population, people), cell="all")


def _silent(facts: Facts, counted: set[str]) -> tuple[str, ...]:
    named = facts.frame("SELECT DISTINCT platform FROM facts WHERE is_ours AND basis = 'delivered' ORDER BY platform")
    return tuple(name for name in named["platform"] if name not in counted)
