"""What a question is about: which days, which platforms, which part of the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Payment = Literal["organic", "paid", "all", "unknown"]


@dataclass(frozen=True, slots=True)
class Window:
    """Whole days, `first` and `last` both inside. ValueError if they are the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a window from {self.first} to {self.last} ends before it begins")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Window:
        """The window of the same length that ends the day before this one begins."""
        return Window(self.first - timedelta(days=self.days), self.first - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Scope:
    """A window and what it is narrowed to; an empty tuple narrows nothing. Paid and organic are asked for apart."""

    window: Window
    platforms: tuple[str, ...] = ()
    payment: Payment = "all"
    clips: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    partner: str = ""
    audience: str = ""
