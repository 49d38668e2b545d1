"""Who: a cell is an age band, a gender and a place. "all" is everybody together, "unknown" is unknown and stays so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Gender = Literal["all", "female", "male", "other", "unknown"]
PlaceKind = Literal["all", "country", "nation", "region", "seat", "city", "unknown"]
OLDEST: Final = 120  # the top of an open band, for arithmetic
ALL: Final = "all"
UNKNOWN: Final = "unknown"
_LABEL = re.compile(r"(\d+)-(\d+)|(\d+)\+")


@dataclass(frozen=True, slots=True, order=True)
class AgeBand:
    """Whole years, both ends inside. `high` is OLDEST where the band is open at the top."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= OLDEST:
            raise ValueError(f"no age band: {self.low} to {self.high}")

    @property
    def label(self) -> str:
        """As stored: "18-24", or "65+" where it is open."""
        return f"{self.low}+" if self.high >= OLDEST else f"{self.low}-{self.high}"

    @classmethod
    def from_label(cls, label: str) -> AgeBand | None:
        """The band of a stored label; None for "all" and "unknown". ValueError for anything else."""
        if label in (ALL, UNKNOWN):
            return None
        match = _LABEL.fullmatch(label)
        if match is None:
            raise ValueError(f"no stored age label: {label!r}")
        low, high, open_low = match.groups()
        return cls(int(open_low), OLDEST) if open_low else cls(int(low), int(high))

    def contains(self, other: AgeBand) -> bool:
        return self.low <= other.low and other.high <= self.high


# The finest grid that most platforms can be brought to without splitting a band (FIELD-NOTES: TikTok ends at 55+).
COMMON_GRID: Final = (
    AgeBand(13, 17),
    AgeBand(18, 24),
    AgeBand(25, 34),
    AgeBand(35, 44),
    AgeBand(45, 54),
    AgeBand(55, OLDEST),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One group of people. `age` is a stored label; `place` an ISO country, an ONS code or a city's name."""

    age: str = ALL
    gender: Gender = "all"
    place: str = ALL
    place_kind: PlaceKind = "all"

    @property
    def is_everybody(self) -> bool:
        return self.age == ALL and self.gender == "all" and self.place == ALL
