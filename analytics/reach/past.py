"""What reach models learn from: parts whose union is asked for, and past ones whose union the platform reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parts:
    """Audiences to unite: people in each, out of `population`; `impressions` of all together, 0 where not known.

    `cell` names the group of people (any text, the same in the history). ValueError for none, for a negative one
    or for an empty population.
    """

    people: tuple[float, ...]
    population: float
    impressions: float = 0.0
    cell: str = "all"

    def __post_init__(self) -> None:
        if not self.people or min(self.people) < 0 or self.population <= 0:
            raise ValueError("parts are one or more counts of people, out of a population")

    @property
    def shown(self) -> float:
        """Impressions; where they are not known, each person of each part once."""
        return max(self.impressions, sum(self.people))

    @property
    def least(self) -> float:
        return max(self.people)

    @property
    def most(self) -> float:
        return max(self.least, min(self.population, sum(self.people)))


@dataclass(frozen=True, slots=True)
class Past:
    """One period of the past: its parts, and the people in their union as the platform or a survey counted them.

    `period` orders the history ("2026-W45") and is what a back-test leaves out, all cells at once.
    """

    period: str
    parts: Parts
    people: float


def periods_of(history: Sequence[Past]) -> list[str]:
    """Each period once, oldest first."""
    return sorted({past.period for past in history})
