"""Everything a page may look at: this window's settled values, those just before, and what they are held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analytics.errors import NothingToReport
from analytics.lake import Lake
from analytics.model.interval import Interval
from analytics.model.scope import Window
from analytics.people.population import REACHABLE, Population
from analytics.people.targets import Target
from analytics.questions.audience import Hide
from analytics.questions.facts import Facts, settle
from analytics.questions.history import calibrations
from analytics.questions.reached import Uniting

USUAL_WINDOWS = 3  # how many windows before this one say what is usual


@dataclass(frozen=True)
class Sight:
    """`usual`: the windows of the same length just before, nearest first; those that hold nothing are left out."""

    lake: Lake
    facts: Facts
    usual: tuple[Facts, ...]
    population: Population
    uniting: Uniting
    zone: str
    own: tuple[str, ...] = ()
    target: Target | None = None
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    clip: str = ""
    claims: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)  # of the watchlist's entries
    hide: Hide | None = None  # takes small groups out of what is shown

    @property
    def window(self) -> Window:
        return self.facts.window


def look(
    lake: Lake,
    window: Window,
    *,
    population: Population,
    zone: str = "Europe/London",
    own: Sequence[str] = (),
    target: Target | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    clip: str = "",
    claims: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
    hide: Hide | None = None,
) -> Sight:
    """Settle the window and those before it, and calibrate on the lake's own past.

    Raises:
        NothingToReport: the lake holds nothing, or nothing of the window.
    """
    facts = settle(lake, window, zone, own=own)
    if is_empty(facts):
        raise NothingToReport(_nothing(lake, window), "Import exports of those days: soundbite metrics import FILE")

    return Sight(
        lake=lake,
        facts=facts,
        usual=tuple(_usual(lake, window, zone, own)),
        population=population,
        uniting=uniting_of(lake, population, population.people(REACHABLE)),
        zone=zone,
        own=tuple(own),
        target=target,
        groups=groups or {},
        clip=clip,
        claims=tuple(claims),
        weights=weights or {},
        hide=hide,
    )


def uniting_of(lake: Lake, population: Population, everybody: Interval) -> Uniting:
    """What reach is united with: published users, `everybody` who could be reached, and the lake's own past."""

    def users(platform: str) -> Interval | None:
        known = population.users(platform)
        return known.people if known else None

    return Uniting(users, everybody, calibrations(lake, users))


def is_empty(facts: Facts) -> bool:
    return not len(facts.frame("SELECT 1 FROM facts LIMIT 1"))


def _usual(lake: Lake, window: Window, zone: str, own: Sequence[str]) -> list[Facts]:
    windows = [window.before]
    while len(windows) < USUAL_WINDOWS:
        windows.append(windows[-1].before)
    settled = [settle(lake, earlier, zone, own=own) for earlier in windows]
    return [facts for facts in settled if not is_empty(facts)]


def _nothing(lake: Lake, window: Window) -> str:
    held = lake.frame('SELECT min(start) AS first, max("end") AS last FROM current_values')
    first, last = held["first"].iloc[0], held["last"].iloc[0]
    if pd.isna(first):
        return f"Nothing is known of {window.first} to {window.last}"
    held_days = f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
    return f"Nothing is known of {window.first} to {window.last}; what is held runs from {held_days}"
