"""A small world that claims are held against: made-up figures, real electorates and populations."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import pytest

from analytics.claims.evidence import About, DenominatorKind, Evidence, Named
from analytics.model.cells import AgeBand
from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.model.scope import Window
from analytics.people.population import ADULTS, EVERYONE, Denominator, Population

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
    """The evidence over `facts`: one fact is a report, several are bounds."""

    facts: tuple[Fact, ...] = FACTS

    def names(self) -> Iterable[Named]:
        return NAMES

    def window(self) -> Window | None:
        return Window(date(2026, 10, 1), date(2026, 11, 20)) if self.facts else None

    def people(self, about: About, metric: str) -> Reach | None:
        found = [Interval(fact.low, fact.high) for fact in self.about(about, metric)]
        if not found:
            return None
        if len(found) == 1:
            return Reach(found[0], found[0], "reported")
        both = Interval(max(one.low for one in found), math.fsum(one.high for one in found))
        return Reach(both, both, "bounds")

    def count(self, about: About, metric: str) -> Interval | None:
        found = [Interval(fact.low, fact.high) for fact in self.about(about, metric)]
        return Interval.total(found) if found else None

    def population(self, about: About, of: DenominatorKind) -> Denominator | None:
        band = AgeBand.from_label(about.cell.age)
        place = "GB" if about.cell.place == "all" else about.cell.place
        if of == "users":
            users = [tables().users(platform, None, about.cell.gender) for platform in about.scope.platforms]
            return users[0] if len(users) == 1 else None
        if of == "target":
            return Denominator(Interval(900_000, 950_000), "target voters", "target file", "2026-11-01")
        if of == "voters":
            people = Interval.exactly(float(tables().electorate(place)))
            return Denominator(people, f"electors of {place}", "Commons Library", "2024-07-04")
        return tables().denominator(band or (ADULTS if about.cell.age == "18+" else EVERYONE), about.cell.gender, place)

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

    def with_fact(self, fact: Fact) -> World:
        return replace(self, facts=(fact,))


@pytest.fixture(scope="session")
def world() -> Evidence:
    return World()
