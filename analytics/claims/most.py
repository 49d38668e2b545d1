"""The ceiling of a question: drawn only where everything in its scope is told; else there is none, and why."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from analytics.model.metrics import METRICS
from analytics.questions.facts import Facts, bounds_of

from .ceilings import cheapest_cover, most_in
from .evidence import About
from .overlap import Group
from .told import Thing, things_of

SHOWN: Final = ("impressions", "views")  # nobody is reached more often than it was shown or played
_OF_REACH: Final = ("viewers", "viewers_3s", "viewers_1m")  # never more than were reached


@dataclass(frozen=True, slots=True)
class Most:
    """`high` is infinite where something is not told; `gaps` say what, one line each."""

    high: float
    gaps: tuple[str, ...] = ()


def most(facts: Facts, about: About, metric: str, *, own: tuple[str, ...] = (), is_anybodys: bool = False) -> Most:
    """At most how much of `metric` there is, or how many people, in what `about` asks for."""
    things = things_of(facts, about.scope, own, (metric, "reach", *SHOWN))
    ours = [thing for thing in things if not thing.is_others]
    closes = bounds_of(about.scope.window, facts.zone)[1]
    reading = _Reading(Group.of(about), closes, metric)
    gaps = [f"{name}: nothing is held" for name in about.scope.platforms if name not in {it.platform for it in things}]
    if is_anybodys and len(ours) < len(things):
        gaps.append("Ads of others: those that are held are not all there are")
    if not ours and not gaps:
        return Most(math.inf, ("Nothing is held",))
    by = {name: [it for it in ours if it.platform == name] for name in sorted({it.platform for it in ours})}
    high = reading.of_all(by)
    if math.isinf(high):
        gaps += [gap for name, there in by.items() if (gap := reading.gap(name, there))]
    return Most(math.inf if gaps else high, tuple(gaps))


@dataclass(frozen=True, slots=True)
class _Reading:
    group: Group
    closes: datetime
    metric: str

    def of_all(self, by: dict[str, list[Thing]]) -> float:
        """Platforms together. Who saw something twice took two showings, of one thing or of several."""
        if not (self.metric.startswith("reach_") and self.metric.endswith("plus")):
            return math.fsum(self.of_platform(there, self.one) for there in by.values())
        times = int(self.metric.removeprefix("reach_").removesuffix("plus"))
        reached = math.fsum(self.of_platform(there, self.people) for there in by.values())
        shown = math.fsum(self.of_platform(there, self.shown) for there in by.values())
        things = [thing for there in by.values() for thing in there]
        alone = self.told(things[0], self.metric) if len(things) == 1 else math.inf
        return min(reached, shown / times, alone)

    def of_platform(self, things: Sequence[Thing], one: Callable[[Thing], float]) -> float:
        """An account's own number stands for its posts; ads, and posts of other accounts, come on top."""
        accounts = [thing for thing in things if thing.kind == "account" and thing.is_shown]
        rest = [thing for thing in things if thing.kind != "account"]
        names = {account.account for account in accounts}
        if not accounts and not rest:
            return math.inf
        rest = [it for it in rest if not (it.kind == "post" and accounts and it.account in names)]
        return math.fsum(one(thing) for thing in (*accounts, *rest))

    def one(self, thing: Thing) -> float:
        if METRICS[self.metric].unit != "people":
            return math.inf if self.metric == "spend" and thing.is_foreign else self.told(thing, self.metric)
        if self.metric == "reach":
            return self.people(thing)
        own = self.told(thing, self.metric)
        return min(own, self.people(thing)) if self.metric in _OF_REACH else own

    def people(self, thing: Thing) -> float:
        counted = self.told(thing, "reach")
        return min(counted, self.told(thing, "impressions")) if math.isfinite(counted) else self.shown(thing)

    def shown(self, thing: Thing) -> float:
        """The largest of the counts that are told: each showing or play is one person's."""
        told = [number for name in SHOWN if math.isfinite(number := self.told(thing, name))]
        return max(told, default=math.inf)

    def told(self, thing: Thing, metric: str) -> float:
        """Over the whole window; of several definitions the one that comes to most, or all of them in turn."""
        stretches: dict[tuple[datetime, datetime], float] = {}
        for definition in thing.told.get(metric, []):
            for stretch, rows in definition.items():
                stretches[stretch] = max(stretches.get(stretch, 0.0), most_in(rows, self.group))
        return cheapest_cover(stretches, thing.since, self.closes)

    def gap(self, platform: str, things: Sequence[Thing]) -> str:
        """One line for a platform that doesn't tell all; "" for one that does."""
        untold = [thing for thing in things if math.isinf(self.of_platform([thing], self.one))]
        if not untold:
            return ""
        if any(thing.is_undated for thing in untold):
            return f"{platform} gives numbers without saying of which days: they are no ceiling"
        kind = "accounts" if all(thing.kind == "account" for thing in untold) else "posts and ads"
        if self.metric == "spend" and any(thing.is_foreign for thing in untold):
            return f"{platform}: spend in other currencies is not counted in pounds"
        what = f"{platform}: {len(untold)} of {len(things)} {kind}"
        return f"{what} are not told for all of those days and people: no ceiling is known"
