"""A small world that claims are held against: made-up figures, real electorates and populations."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest

from analytics.claims.denominators import denominator
from analytics.claims.evidence import About, DenominatorKind, Evidence, Named
from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.model.scope import Window
from analytics.people.population import Denominator, Population

TODAY = date(2026, 11, 22)
WALES, SCOTLAND, BOLSOVER = "W92000004", "S92000003", "E14001109"
NAMES = (
    Named("target", "target voters"),
    Named("clip", "Waiting list", ("c1",)),
    Named("group", "town seats", (BOLSOVER,)),
    Named("period", "the campaign", (), Window(date(2019, 11, 6), date(2019, 12, 12))),
)


@dataclass(frozen=True)
class Fact:
    """One figure that is held: of which people or count, on which platform, among whom."""

    metric: str
    low: float
    high: float
    platform: str = "facebook"
    age: str = "all"
    gender: str = "all"
    place: str = "all"
    payment: str = "organic"
    clip: str = ""
    target: str = ""


USERS: dict[tuple[str, ...], Denominator] = {
    ("facebook",): Denominator(Interval(40e6, 44e6), "users of Facebook", "a survey", "2026")
}
FACTS = (
    Fact("reach", 14_000_000, 14_000_000),
    Fact("reach", 2_000_000, 2_000_000, "youtube"),
    Fact("reach", 900_000, 900_000, "tiktok"),
    Fact("reach", 1_100_000, 1_100_000, gender="female", age="55+", place=SCOTLAND, clip="c1"),
    Fact("reach", 1_800_000, 1_900_000, place=WALES),
    Fact("reach", 7_500_000, 7_600_000, gender="female"),
    Fact("reach", 5_000, 6_000, age="0-24"),
    Fact("reach", 210_000, 260_000, target="target voters"),
    Fact("reach_2plus", 4_000_000, 4_500_000),
    Fact("views", 2_400_000, 2_400_000, "tiktok"),
    Fact("views", 1_500_000, 1_500_000, "tiktok", gender="female"),
    Fact("impressions", 309_485, 309_485, place=BOLSOVER, payment="paid"),
    Fact("spend", 3_127, 3_127, place=BOLSOVER, payment="paid"),
    Fact("watch_time", 40_000_000, 40_000_000, "youtube"),
    Fact("shares", 5_200, 5_200),
)


@cache
def tables() -> Population:
    return Population.load()


@dataclass(frozen=True)
class World:
    """The evidence over `facts`: one fact is a report, several are bounds. `reach` or `number` answers everything."""

    facts: tuple[Fact, ...] = FACTS
    reach: Reach | None = None
    number: Interval | None = None

    def names(self) -> Iterable[Named]:
        return NAMES

    def window(self) -> Window | None:
        return Window(date(2026, 10, 1), date(2026, 11, 20)) if self.facts else None

    def people(self, about: About, metric: str) -> Reach | None:
        found = [Interval(fact.low, fact.high) for fact in self.about(about, metric)]
        if self.reach or not found:
            return self.reach
        if len(found) == 1:
            return Reach(found[0], found[0], "reported")
        both = Interval(max(one.low for one in found), math.fsum(one.high for one in found))
        return Reach(both, both, "bounds")

    def count(self, about: About, metric: str) -> Interval | None:
        found = [Interval(fact.low, fact.high) for fact in self.about(about, metric)]
        return self.number or (Interval.total(found) if found else None)

    def counts_others(self, about: About) -> bool:
        return False

    def population(self, about: About, of: DenominatorKind) -> Denominator | None:
        if of == "users":
            return USERS.get(about.scope.platforms)
        if about.target:
            return Denominator(Interval(900_000, 950_000), "target voters", "target file", "2026-11-01")
        return denominator(tables(), {}, about, of)

    def sources(self, about: About, metric: str) -> tuple[str, ...]:
        return tuple(f"export of {fact.platform}" for fact in self.about(about, metric))

    def missing(self, about: About, metric: str) -> tuple[str, ...]:
        return ()

    def about(self, about: About, metric: str) -> list[Fact]:
        cell, scope = about.cell, about.scope
        return [
            fact
            for fact in self.facts
            if fact.metric == metric
            and (not scope.platforms or fact.platform in scope.platforms)
            and scope.payment in ("all", fact.payment)
            and (fact.age, fact.gender, fact.place, fact.target) == (cell.age, cell.gender, cell.place, about.target)
            and (not scope.clips or fact.clip in scope.clips)
            and not scope.seats
        ]


@pytest.fixture(scope="session")
def answering() -> Callable[[Reach | None, Interval | None], Evidence]:
    """The world, where every question about people, or about a count, has the same answer."""
    return lambda reach, number: World(reach=reach, number=number)


@pytest.fixture(scope="session")
def empty() -> Evidence:
    return World(facts=())


@pytest.fixture(scope="session")
def world() -> Evidence:
    return World()
