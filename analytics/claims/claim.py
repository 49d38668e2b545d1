"""What a sentence claims, taken apart: how much, of what, whom, where, when."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from analytics.model.cells import Cell
from analytics.model.interval import Interval
from analytics.model.scope import Payment, Scope, Window

from .evidence import EVERYBODY, About

Of = Literal["people", "voters", "users", "target", "count"]
_SLACK = 1e-9  # one part in a billion: a third of a population is "one in three"


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that make a claim true. "More than 10" leaves 10 itself out: `is_low_open`."""

    low: float
    high: float = math.inf
    is_low_open: bool = False
    is_high_open: bool = False

    def holds(self, interval: Interval) -> bool:
        """Every number of `interval` makes it true."""
        return self._above(interval.low) and self._below(interval.high)

    def touches(self, interval: Interval) -> bool:
        """Some number of `interval` makes it true."""
        return self._above(interval.high) and self._below(interval.low)

    def scaled(self, factor: float) -> Range:
        return Range(self.low * factor, self.high * factor, self.is_low_open, self.is_high_open)

    def _above(self, number: float) -> bool:
        if self.low <= 0 and not self.is_low_open:
            return True
        return number > self.low if self.is_low_open else number >= self.low * (1 - _SLACK)

    def _below(self, number: float) -> bool:
        if math.isinf(self.high):
            return True
        return number < self.high if self.is_high_open else number <= self.high * (1 + _SLACK)


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, taken apart. `means` is in people, counts, or, where `is_share`, a fraction of the denominator.

    `of`: whom or what is counted; "count" for impressions and the like. `window` None: no dates were said.
    `whole`: set where the share is of those reached ("60 % of our viewers were women"), the part being `cell`
    and `platforms`, the whole `whole` and `whole_platforms`.
    """

    text: str
    means: Range
    is_share: bool = False
    metric: str = "reach"
    of: Of = "people"
    cell: Cell = EVERYBODY
    place_name: str = ""
    platforms: tuple[str, ...] = ()
    payment: Payment = "all"
    window: Window | None = None
    clips: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    partner: str = ""
    audience: str = ""
    target: str = ""
    clip_names: tuple[str, ...] = ()
    named: tuple[str, ...] = ()  # the names of groups of seats, partners and audiences
    whole: Cell | None = None
    whole_platforms: tuple[str, ...] = ()
    is_anybodys: bool = False  # other advertisers' ads are counted too: "our posts" would be wrong
    notes: tuple[str, ...] = ()  # how a word was understood, where it could be meant otherwise

    def about(self, window: Window, cell: Cell | None = None) -> About:
        """What to ask the evidence, over `window`; of `cell` in place of its own where given."""
        return self._asked(window, self.platforms, cell or self.cell)

    def about_whole(self, window: Window) -> About:
        """The whole that a part is a share of. ValueError where the claim has none."""
        if self.whole is None:
            raise ValueError("this claim is no share of those reached")
        return self._asked(window, self.whole_platforms, self.whole)

    def _asked(self, window: Window, platforms: tuple[str, ...], cell: Cell) -> About:
        scope = Scope(window, platforms, self.payment, self.clips, self.seats, self.partner, self.audience)
        return About(scope, cell, self.target)
