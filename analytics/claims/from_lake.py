"""The evidence that the lake holds: what was delivered, narrowed to what a sentence is about."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.claims.evidence import About, DenominatorKind, Named
from analytics.claims.native import inside
from analytics.lake import Lake
from analytics.model.cells import ALL, AgeBand
from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.model.scope import Scope, Window
from analytics.people.places import find_place
from analytics.people.population import EVERYONE, Denominator, Population
from analytics.people.targets import Target
from analytics.questions.facts import Facts, narrow, settle
from analytics.questions.reached import Uniting, reached
from analytics.questions.sums import total

_SHOWN: Final = ("impressions", "views", "views_3s")
_MOST_SOURCES: Final = 8
_US: Final = re.compile(r"\b(?:we|us|ours?)\b", re.IGNORECASE)


def speaks_of_us(sentence: str) -> bool:
    """ "our videos", "we reached": not what anybody else delivered."""
    return _US.search(sentence) is not None


@dataclass(frozen=True)
class LakeEvidence:
    """Answers `Evidence` from a lake. `is_anybodys`: other advertisers' ads in a library count too. `asked`: the days
    that a sentence without dates is about."""

    lake: Lake
    population_: Population
    uniting: Uniting
    zone: str = "Europe/London"
    own: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked: Window | None = None
    is_anybodys: bool = False
    _settled: dict[Scope, Facts] = field(default_factory=dict, repr=False, compare=False)

    def names(self) -> Iterable[Named]:
        """Targets, groups of seats, clips by id and quote, topics, partners and audiences."""
        yield from (Named("target", target.name, tuple(target.seats)) for target in self.targets)
        yield from (Named("group", name, tuple(codes)) for name, codes in self.groups.items())
        clips = self.lake.frame("SELECT clip, quote, topic FROM clips")
        yield from (
            Named("clip", name, (row.clip,)) for row in clips.itertuples() for name in (row.clip, row.quote) if name
        )
        for topic, group in clips[clips["topic"] != ""].groupby("topic"):
            yield Named("topic", str(topic), tuple(group["clip"]))
        yield from (Named("partner", name, (name,)) for name in self._linked("partner"))
        yield from (Named("audience", name, (name,)) for name in self._linked("audience"))

    def window(self) -> Window | None:
        """The days asked for; else from the first day that anything is known of to the last."""
        if self.asked is not None:
            return self.asked
        held = self.lake.frame(
            """
            WITH days AS (
                SELECT start AS first, "end" - INTERVAL 1 SECOND AS last FROM current_values WHERE start IS NOT NULL
                UNION ALL SELECT published_at, published_at FROM objects WHERE published_at IS NOT NULL
                UNION ALL SELECT started_at, coalesce(stopped_at, snapshot_at) FROM objects WHERE started_at IS NOT NULL
                UNION ALL SELECT posted_at, posted_at FROM links WHERE posted_at IS NOT NULL
                UNION ALL SELECT snapshot_at, snapshot_at FROM current_values WHERE grain = 'lifetime'
            )
            SELECT min(first) AS first, max(last) AS last FROM days
            """
        )
        first, last = held["first"].iloc[0], held["last"].iloc[0]
        return None if pd.isna(first) else Window(_day(first, self.zone), _day(last, self.zone))

    def people(self, about: About, metric: str) -> Reach | None:
        """People among the cell: united from the platforms' own cells; where they tell none, from 0 to all of them."""
        facts = self._facts(about.scope)
        whole = reached(facts, self.uniting, metric=metric).together
        if about.cell.is_everybody and not about.target and not about.scope.seats:
            return whole or self._from_counts(about)
        found = inside(facts, about.cell, metric, is_anywhere=bool(about.scope.seats))
        if not found:
            return self._from_counts(about)
        least = 0.0 if about.target else max(item.amount.low for item in found)
        bounds = Interval(least, max(least, math.fsum(item.amount.high for item in found)))
        return self._capped(Reach(bounds, bounds, "bounds"), about)

    def count(self, about: About, metric: str) -> Interval | None:
        """The total of the cell: native cells inside it at least, those that touch it at most."""
        facts = self._facts(about.scope)
        if about.cell.is_everybody and not about.target and not about.scope.seats:
            return total(facts, metric)
        found = inside(facts, about.cell, metric, is_anywhere=bool(about.scope.seats))
        if not found or (about.cell.place_kind == "seat" and not any(item.is_told for item in found)):
            return None
        whole = Interval.total(item.amount for item in found)
        return Interval(0.0, whole.high) if about.target else whole

    def population(self, about: About, of: DenominatorKind) -> Denominator | None:
        """People by the ONS, voters by the register, users by published figures, a target by its own size."""
        cell = about.cell
        if of == "target":
            target = next((t for t in self.targets if t.name == about.target), None)
            return None if target is None else Denominator(target.size, f"“{target.name}”", target.source, "")
        if of == "users":
            return self._users(about)
        places = list(about.scope.seats) or [cell.place if cell.place != ALL else "GB"]
        if any(find_place(place) is None for place in places):
            return None
        where = _where(places, self.groups)
        if of == "voters":
            number = sum(self.population_.electorate(place) for place in places)
            source = "Electors registered for 4 July 2024, House of Commons Library"
            return Denominator(Interval.exactly(number), f"electorate of {where}", source, "2024-07-04")
        band = AgeBand.from_label(cell.age) or EVERYONE
        found = [self.population_.denominator(band, cell.gender, place) for place in places]
        what = found[0].what if len(found) == 1 else f"people in {where}"
        return Denominator(Interval.total(f.people for f in found), what, found[0].source, found[0].date)

    def sources(self, about: About, metric: str) -> tuple[str, ...]:
        """The exports that hold the metric on the platforms asked for, newest first."""
        rows = self.lake.frame(
            """
            SELECT DISTINCT r.name, r.source, r.snapshot_at FROM current_values v JOIN receipts r USING (import_id)
            WHERE v.metric = ? AND v.basis = 'delivered' AND (? OR list_contains(?, v.platform))
            ORDER BY r.snapshot_at DESC, r.name LIMIT ?
            """,
            [metric, not about.scope.platforms, list(about.scope.platforms), _MOST_SOURCES],
        )
        return tuple(f"{row.name} ({row.source}), downloaded {row.snapshot_at:%-d %B %Y}" for row in rows.itertuples())

    def missing(self, about: About, metric: str) -> tuple[str, ...]:
        """Platforms that tell no ages, genders or places of it, and targeting that is no delivery."""
        rows = self.lake.frame(
            """
            SELECT platform, bool_or(age NOT IN ('all', 'unknown')) AS ages, bool_or(place_kind <> 'all') AS places,
                bool_and(basis <> 'delivered') AS untold
            FROM current_values WHERE ? OR list_contains(?, platform) GROUP BY platform ORDER BY platform
            """,
            [not about.scope.platforms, list(about.scope.platforms)],
        )
        told = []
        for row in rows.itertuples():
            if row.untold:
                told.append(f"{row.platform}: only targeting or followers, which is no delivery")
            elif about.cell.age != ALL and not row.ages:
                told.append(f"{row.platform} tells no ages")
            elif about.cell.place != ALL and not row.places:
                told.append(f"{row.platform} tells no places")
        return tuple(told)

    def _facts(self, scope: Scope) -> Facts:
        if scope not in self._settled:
            facts = settle(self.lake, scope.window, self.zone, payment=scope.payment, own=self.own)
            if self.is_anybodys:
                facts.connection.execute("UPDATE facts SET is_ours = TRUE")
            self._settled[scope] = narrow(facts, scope)
        return self._settled[scope]

    def _linked(self, column: str) -> list[str]:
        frame = self.lake.frame(f"SELECT DISTINCT {column} AS name FROM links WHERE {column} <> '' ORDER BY 1")  # noqa: S608  # ours
        return [str(name) for name in frame["name"]]

    def _capped(self, reach: Reach, about: About) -> Reach:
        """Never more than there are."""
        there_are = self.population(about, "target" if about.target else "people")
        if there_are is None or reach.people.high <= there_are.people.high:
            return reach
        top = max(there_are.people.high, 0.0)
        bounds = Interval(min(reach.people.low, top), top)
        return Reach(bounds, bounds, "bounds")

    def _from_counts(self, about: About) -> Reach | None:
        """Nobody counts people: at least somebody, at most as many as it was shown."""
        counts = [found for name in _SHOWN if (found := self.count(about, name)) is not None]
        if not counts:
            return None
        most = max(count.high for count in counts)
        bounds = Interval(min(1.0, most), most)
        return self._capped(Reach(bounds, bounds, "bounds"), about)

    def _users(self, about: About) -> Denominator | None:
        band = AgeBand.from_label(about.cell.age)
        found = [self.population_.users(name, band, about.cell.gender) for name in about.scope.platforms]
        if not found or any(item is None for item in found):
            return None
        known = [item for item in found if item is not None]
        if len(known) == 1:
            return known[0]
        people = Interval(max(k.people.low for k in known), math.fsum(k.people.high for k in known))
        return Denominator(
            people, " or ".join(k.what for k in known), "; ".join(sorted({k.source for k in known})), known[0].date
        )


def _where(places: Sequence[str], groups: Mapping[str, Sequence[str]]) -> str:
    """In words: a group's own name where the places are one."""
    named = next((name for name, codes in groups.items() if set(codes) == set(places)), None)
    if named:
        return named
    found = [place.name for code in places if (place := find_place(code)) is not None]
    return found[0] if len(found) == 1 else f"{len(found)} places"


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
