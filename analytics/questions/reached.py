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
    """One row a thing: platform, object_kind, owner, low, high, way; accounts only where nothing is narrowed."""
    said = {f"said_{column}": value for column, value in of.items()}
    narrowed = " ".join(f"AND {column} = $said_{column}" for column in of)
    return facts.frame(
        f"""
        SELECT platform, object_kind, CASE WHEN object_kind = 'account' THEN account ELSE owner END AS owner, low, high,
            way
        FROM facts
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
    """One platform. An account's own count stands for its things; with one account, for those of nobody named too."""
    users = uniting.users(platform)
    is_account = rows["object_kind"] == "account"
    accounts = sorted(set(rows[is_account]["owner"]))
    held = {*accounts, ""} if len(accounts) == 1 else set(accounts)
    things = [Interval(row.low, row.high) for row in rows[~is_account & ~rows["owner"].isin(held)].itertuples()]
    if not accounts:
        return PlatformReach(
            platform, _united(things, users, uniting.calibrations.get((platform, False))), len(rows), users
        )
    whole = [
        _of_account(platform, name, rows[is_account & (rows["owner"] == name)], facts, uniting) for name in accounts
    ]
    if len(whole) == 1 and not things:
        counted = int((~is_account).sum()) or len(_days(facts, platform, accounts[0]))
        return PlatformReach(platform, whole[0], counted, users)
    return PlatformReach(
        platform, _united([*(reach.bounds for reach in whole), *things], users, None), len(rows), users
    )


def _of_account(platform: str, name: str, rows: pd.DataFrame, facts: Facts, uniting: Uniting) -> Reach:
    """One account's people: its own count of the very window, else its days united."""
    users = uniting.users(platform)
    exact = [Interval(row.low, row.high) for row in rows.itertuples() if row.way == _PERIOD_WAY]
    if len(exact) == 1:
        return _capped(unite(exact), users)
    days = _days(facts, platform, name)
    if days:
        return _united(days, users, uniting.calibrations.get((platform, True)))
    return _united([Interval(row.low, row.high) for row in rows.itertuples()], users, None)


def _united(parts: Sequence[Interval], users: Interval | None, calibration: Calibration | None) -> Reach:
    """`parts` as unite has them; one part that is itself a range is bounds, not a report."""
    reach = unite(parts, _room(users, parts), calibration)
    if len(parts) == 1 and not parts[0].is_exact:
        return Reach(reach.people, reach.bounds, "bounds")
    return reach


def _days(facts: Facts, platform: str, account: str) -> list[Interval]:
    """The account's people of each day in the window: all that it published, whenever that was."""
    opens, closes = bounds_of(facts.window, facts.zone)
    frame = facts.frame(
        """
        SELECT max(low) AS low, max(high) AS high FROM current_values
        WHERE platform = $platform AND account = $account AND object_kind = 'account' AND metric = 'reach'
            AND basis = 'delivered' AND state <> 'unavailable' AND grain = 'day' AND start >= $opens
            AND start < $closes AND age = 'all' AND gender = 'all' AND place_kind = 'all' AND placement = ''
            AND ($payment = 'all' OR payment = $payment)
        GROUP BY start ORDER BY start
        """,
        {"platform": platform, "account": account, "opens": opens, "closes": closes, "payment": facts.payment},
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
    """All platforms: one alone as it is; else an interval from what each most likely is, within bounds of what is
    certain of each."""
    if len(platforms) < 2:
        return platforms[0].reach if platforms else None
    population = uniting.population if cell.age == ALL and cell.gender == "all" else None
    people = [item.reach.people for item in platforms]
    certain = [item.reach.bounds for item in platforms]
    hard = across(certain, _room(population, certain)).bounds
    likely = across(people, _room(population, people))
    return Reach(likely.people.meet(hard) or hard, hard, likely.how, likely.point, likely.model)


def _silent(facts: Facts, counted: set[str]) -> tuple[str, ...]:
    named = facts.frame("SELECT DISTINCT platform FROM facts WHERE is_ours AND basis = 'delivered' ORDER BY platform")
    return tuple(name for name in named["platform"] if name not in counted)
