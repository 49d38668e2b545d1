"""What a claim is held against. The room asks through this protocol; analytics/questions answers from the lake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from analytics.model.cells import Cell
from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.model.scope import Scope, Window
from analytics.people.population import Denominator

EVERYBODY: Final = Cell()
NameKind = Literal["target", "clip", "topic", "group", "partner", "audience", "period", "city"]
DenominatorKind = Literal["people", "voters", "users", "target"]


@dataclass(frozen=True, slots=True)
class Named:
    """Something a person may call by its name. Seats, regions and nations are known without being named here.

    `codes`: for a clip or a topic the clips' ids; for a group of seats their codes; else the one id or name that
    the evidence knows it by. `window` is set for a period ("the campaign") and for nothing else.
    """

    kind: NameKind
    name: str
    codes: tuple[str, ...] = ()
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What is asked for: the posts, days and platforms of `scope`, among the people of `cell`, and in `target`.

    `cell.age` is a stored label of any width ("0-24", "18+", "55+"): it holds every narrower band inside it.
    `cell.place` is an ISO country, an ONS code (2024 seats) or a city's name, its kind in `cell.place_kind`.
    `target` is the name of a target ("" for none): its seats, ages and genders narrow the cell further.
    """

    scope: Scope
    cell: Cell = EVERYBODY
    target: str = ""


class Evidence(Protocol):
    """Only what was delivered: targeting and followers never answer `people` or `count`.

    None always means "not known", never zero. An unreported split (no ages for TikTok, say) is None, or an honest
    interval from 0 to the whole. A high is infinite wherever something in scope is not told: it is no ceiling then.
    """

    def names(self) -> Iterable[Named]:
        """Targets, clips, topics, groups of seats, partners, audiences, periods, cities."""
        ...

    def window(self) -> Window | None:
        """The days that anything is held for: what a sentence without dates is about. None: nothing is held."""
        ...

    def people(self, about: About, metric: str) -> Reach | None:
        """People of a people metric ("reach", "reach_2plus", "followers"), each counted once."""
        ...

    def count(self, about: About, metric: str) -> Interval | None:
        """The total of an additive metric; seconds for watch time, pounds for spend."""
        ...

    def counts_others(self, about: About) -> bool:
        """Whether the ads of other advertisers are among what `people` and `count` tell."""
        ...

    def population(self, about: About, of: DenominatorKind) -> Denominator | None:
        """How many people, voters (electorate), platform users or members of the target `about.cell` holds.

        For "users": of `about.scope.platforms`. With no place: the United Kingdom. `about.scope.seats` narrows it.
        """
        ...

    def sources(self, about: About, metric: str) -> tuple[str, ...]:
        """One line an export that was used: what it is, when it was downloaded."""
        ...

    def missing(self, about: About, metric: str) -> tuple[str, ...]:
        """One line a gap: "TikTok gives no places", "nothing after 20 November", "targeting only in Bolsover"."""
        ...
