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

from analytics.claims.denominators import denominator
from analytics.claims.evidence import About, DenominatorKind, Named
from analytics.claims.native import inside
from analytics.lake import Lake
from analytics.model.cells import ALL
from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.model.scope import Scope, Window
from analytics.people.population import Denominator, Population
from analytics.people.targets import Target
from analytics.questions.facts import Facts, bounds_of, narrow, settle
from analytics.questions.reached import Reached, Uniting, reached
from analytics.questions.sums import total, totals

_SHOWN: Final = ("impressions", "views", "views_3s")
_MOST_SOURCES: Final = 8
_US: Final = re.compile(r"\b(?:we|us|ours?)\b", re.IGNORECASE)


def speaks_of_us(sentence: str) -> bool:
    """ "our videos", "we reached": not what anybody else delivered."""
    return _US.search(sentence) is not None


@dataclass(frozen=True)
class LakeEvidence:
    """Answers `Evidence` from a lake. `is_anybodys`: other advertisers' ads in a library count too. `asked`: the days
    that a sentence without dates is about. `settled`: facts that are at hand already, by what they are of."""

    lake: Lake
    tables: Population
    uniting: Uniting
    zone: str = "Europe/London"
    own: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    asked: Window | None = None
    is_anybodys: bool = False
    settled: dict[Scope, Facts] = field(default_factory=dict, repr=False, compare=False)

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
        if about.cell.is_everybody and not about.target and not about.scope.seats:
            counted = reached(facts, self.uniting, metric=metric)
            whole = counted.together
            return (
                self._from_counts(about) if whole is None else self._capped(_with_silent(facts, counted, whole), about)
            )
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
        return denominator(self.tables, {target.name: target for target in self.targets}, about, of)

    def sources(self, about: About, metric: str) -> tuple[str, ...]:
        """The exports that hold the metric in the window, on the platforms asked for, newest first."""
        opens, closes = bounds_of(about.scope.window, self.zone)
        rows = self._facts(about.scope).frame(
            """
            SELECT DISTINCT r.name, r.source, r.snapshot_at FROM current_values v JOIN receipts r USING (import_id)
            WHERE v.metric = $metric AND v.basis = 'delivered'
                AND (v.start IS NULL OR (v.start >= $opens AND v.start < $closes))
                AND (len($platforms) = 0 OR list_contains($platforms, v.platform))
            ORDER BY r.snapshot_at DESC, r.name LIMIT $most
            """,
            {
                "metric": metric,
                "opens": opens,
                "closes": closes,
                "platforms": list(about.scope.platforms),
                "most": _MOST_SOURCES,
            },
        )
        return tuple(f"{row.name} ({row.source}), downloaded {row.snapshot_at:%-d %B %Y}" for row in rows.itertuples())

    def missing(self, about: About, metric: str) -> tuple[str, ...]:
        """Platforms that tell no ages, genders or places of it, and targeting that is no delivery."""
        rows = self._facts(about.scope).frame(
            """
            SELECT platform, bool_or(age NOT IN ('all', 'unknown')) AS ages, bool_or(place_kind <> 'all') AS places,
                bool_and(basis <> 'delivered') AS untold
            FROM facts GROUP BY platform ORDER BY platform
            """
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
        if scope not in self.settled:
            facts = settle(self.lake, scope.window, self.zone, payment=scope.payment, own=self.own)
            if self.is_anybodys:
                facts.connection.execute("UPDATE facts SET is_ours = TRUE")
            self.settled[scope] = narrow(facts, scope)
        return self.settled[scope]

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


def _with_silent(facts: Facts, counted: Reached, whole: Reach) -> Reach:
    """`whole` with room for the platforms that count no people: nobody is reached more often than it was shown."""
    rows = [totals(facts, name, ["platform"], kinds=("post", "ad", "campaign", "account")) for name in _SHOWN]
    shown = pd.concat(rows).groupby("platform")["high"].max()
    more = float(shown[shown.index.isin(counted.silent)].sum())
    if more == 0:
        return whole
    bounds = Interval(whole.bounds.low, whole.bounds.high + more)
    return Reach(Interval(whole.people.low, whole.people.high + more), bounds, "bounds")


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
