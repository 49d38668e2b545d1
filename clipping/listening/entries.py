"""What a watchlist holds: entries, their kinds, and the answers that go with them (docs/watchlists.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """What a moment is to the campaign."""

    SLIP_UP = "slip-up"
    LANDED = "landed"
    CLAIM = "claim"
    MENTION = "mention"
    VOICES = "voices"
    BY_HAND = "by-hand"  # a person chose it; never in a watchlist


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """What to answer, in one line, and where it stands."""

    line: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """How close the parts of `all_of` must be: so many words, or so many seconds."""

    words: int | None = 20
    seconds: Fraction | None = None

    def __str__(self) -> str:
        return f"{self.words} words" if self.seconds is None else f"{float(self.seconds):g} seconds"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to listen for. Empty tuples mean "not asked"; `line` is where it stands in its file."""

    id: str
    kind: Kind
    phrases: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    within: Within = field(default_factory=Within)
    unless: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    weight: float = 1.0
    rebuttal: Rebuttal | None = None
    note: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom captions name, as the lower third shows them."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Watchlist:
    """At least one entry, in the order of the file; `people` give the speakers' names and roles."""

    name: str
    entries: tuple[Entry, ...]
    people: tuple[Person, ...] = ()
