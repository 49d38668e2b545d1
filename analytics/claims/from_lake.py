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
from analytics.claims.most import SHOWN, Most, most
from analytics.claims.native import least
from analytics.claims.overlap import Group
from analytics.lake import Lake
from analytics.model.cells import ALL
from analytics.model.interval import Interval
from analytics.model.metrics import METRICS
from analytics.model.reach import Reach
from analytics.model.scope import Scope, Window
from analytics.people.population import Denominator, Population
from analytics.people.targets import Target
from analytics.questions.facts import Facts, bounds_of, narrow, settle
from analytics.questions.reached import Uniting, reached
from analytics.questions.sums import total

SMALL: Final = 10.0  # people: fewer are not told of a group
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
    ceilings: dict[tuple[About, str], Most] = field(default_factory=dict, repr=False, compare=False)

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
        """United from the platforms' own numbers; a ceiling only where everything in scope is told."""
        facts, is_whole = self._facts(about.scope), _is_whole(about)
        counted = reached(facts, self.uniting, metric=metric).together if is_whole else None
        if metric == "followers":
            return counted
        floor = self._least(facts, about, metric)
        if floor is None and counted is None:
            return None
        low = 0.0 if about.target else max(floor or 0.0, counted.bounds.low if counted else 0.0)
        top = self._capped(low, max(low, self._most(about, metric).high), about)
        hard = Interval(low, top) if is_whole else hidden(Interval(low, top))
        return _leaning(counted, hard) if counted else Reach(hard, hard, "bounds")

    def count(self, about: About, metric: str) -> Interval | None:
        """The total of the cell: native cells inside it at least; at most those that touch it, where all is told."""
        facts, is_whole = self._facts(about.scope), _is_whole(about)
        summed = total(facts, metric) if is_whole else None
        floor = least(facts, Group.of(about), metric)
        if floor is None and summed is None:
            return None
        low = 0.0 if about.target else summed.low if summed else floor or 0.0
        high = self._most(about, metric).high
        if low == 0 and math.isinf(high) and not is_whole:
            return None
        counted = Interval(low, max(low, high))
        return counted if is_whole or METRICS[metric].unit == "money" else hidden(counted)

    def counts_others(self, about: About) -> bool:
        """Whether ads of other advertisers are among what is counted."""
        if not self.is_anybodys:
            return False
        facts = settle(self.lake, about.scope.window, self.zone, payment=about.scope.payment, own=self.own)
        return len(narrow(facts, about.scope).frame("SELECT 1 FROM facts WHERE NOT is_ours LIMIT 1")) > 0

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
        """Platforms that tell no ages, genders or places of it, targeting that is no delivery, and what leaves the
        ceiling open."""
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
        return (*told, *self._most(about, metric).gaps)

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

    def _least(self, facts: Facts, about: About, metric: str) -> float | None:
        """People for certain: those counted; where nobody counts, one where anything was shown."""
        group = Group.of(about)
        counted = least(facts, group, metric)
        shown = [number for name in SHOWN if (number := least(facts, group, name)) is not None]
        if counted is None and not shown:
            return None
        somebody = float(metric == "reach" and any(number >= 1 for number in shown))
        return max(counted or 0.0, somebody)

    def _most(self, about: About, metric: str) -> Most:
        asked = (about, metric)
        if asked not in self.ceilings:
            facts = self._facts(about.scope)
            self.ceilings[asked] = most(facts, about, metric, own=self.own, is_anybodys=self.is_anybodys)
        return self.ceilings[asked]

    def _capped(self, low: float, high: float, about: About) -> float:
        """Never more than there are; but a platform's own count stands, for it holds people abroad too."""
        there_are = self.population(about, "target" if about.target else "people")
        return high if there_are is None else max(low, min(high, there_are.people.high))


def hidden(number: Interval) -> Interval:
    """A small group is not told: from 1 to 9 is somewhere from 0 to 10."""
    if 0 < number.high < SMALL:
        return Interval(0.0, SMALL)
    return Interval(0.0, number.high) if 0 < number.low < SMALL else number


def _is_whole(about: About) -> bool:
    return about.cell.is_everybody and not about.target and not about.scope.seats


def _leaning(counted: Reach, hard: Interval) -> Reach:
    """`counted` with room for whoever is not counted. Where that is nobody it stands; a model proves nothing."""
    is_all = hard.high <= counted.bounds.high * (1 + 1e-9)
    people = counted.people.meet(hard) or hard
    if is_all:
        return Reach(people, hard, counted.how, counted.point, counted.model)
    if counted.how in ("reported", "bounds"):
        return Reach(hard, hard, "bounds")
    return Reach(Interval(people.low, hard.high), hard, counted.how, None, counted.model)


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
