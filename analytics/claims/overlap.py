"""Which of the platforms' own cells lie inside a group of people, and which only touch it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from analytics.model.cells import ALL, UNKNOWN, AgeBand, Cell
from analytics.people.places import find_place, seats_in

from .evidence import About


class Row(NamedTuple):
    """One reported number of a cell, from `low` to `high`."""

    age: str
    gender: str
    place: str
    place_kind: str
    low: float
    high: float

    @property
    def shape(self) -> tuple[str, bool, bool]:
        """What it is cut by: the rows of one thing and one shape tell different people."""
        return self.place_kind, self.age != ALL, self.gender != ALL


@dataclass(frozen=True, slots=True)
class Group:
    """People of an age and a gender, anywhere in `places` (none: everywhere)."""

    cell: Cell
    places: tuple[str, ...]

    @classmethod
    def of(cls, about: About) -> Group:
        """Whom a question is about; seats within a place are those of both."""
        cell, seats = about.cell, about.scope.seats
        if cell.place == ALL or not seats:
            return cls(cell, seats or (() if cell.place == ALL else (cell.place,)))
        return cls(cell, tuple(code for code in seats if {code} <= _seats(cell.place)) or ("nowhere",))

    @property
    def seats(self) -> frozenset[str]:
        return frozenset[str]().union(*(_seats(code) for code in self.places))

    def holds(self, row: Row) -> bool:
        """Everybody of the row is in the group for certain."""
        band, native = AgeBand.from_label(self.cell.age), AgeBand.from_label(row.age)
        if self.cell.gender not in (ALL, row.gender) or (band and not (native and band.contains(native))):
            return False
        if not self.places or row.place in self.places:
            return True
        there = _seats(row.place) if row.place_kind != "all" else frozenset[str]()
        return bool(there) and there <= self.seats

    def touches(self, row: Row) -> bool:
        """Somebody of the row may be in the group. A row that tells no place may be anywhere."""
        if self.cell.gender != ALL and row.gender not in (self.cell.gender, UNKNOWN, ALL):
            return False
        band, native = AgeBand.from_label(self.cell.age), AgeBand.from_label(row.age)
        if band and native and (native.high < band.low or band.high < native.low):
            return False
        return self._may_be_there(row)

    def is_told_by(self, rows: Iterable[Row]) -> bool:
        """The rows of one shape name every place of the group, itself or what holds it."""
        named = {row.place for row in rows}
        if not self.places or "city" in {row.place_kind for row in rows}:
            return set(self.places) <= named and bool(self.places)
        told = frozenset[str]().union(*(_seats(code) for code in named))
        return all(code in named or (_seats(code) and _seats(code) <= told) for code in self.places)

    def _may_be_there(self, row: Row) -> bool:
        if not self.places or row.place_kind in ("all", "unknown") or row.place in self.places:
            return True
        there, asked = _seats(row.place), self.seats
        if there and asked:
            return bool(there & asked)
        is_foreign = row.place_kind == "country" and bool(asked)
        return not is_foreign and row.place_kind != self.cell.place_kind


def most_apart(rows: Iterable[Row]) -> float:
    """The largest sum of lows over rows that share nobody: of bands that overlap, the better ones."""
    apart: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        apart.setdefault((row.gender, row.place), []).append(row)
    return sum(_apart(group) for group in apart.values())


def _apart(rows: list[Row]) -> float:
    """Weighted interval scheduling over age bands; rows without a band count besides."""
    banded = sorted((band.high, band.low, row.low) for row in rows if (band := AgeBand.from_label(row.age)))
    best = [(-1, 0.0)]  # up to this age, this many
    for high, low, number in banded:
        before = max(many for age, many in best if age < low)
        best.append((high, max(best[-1][1], before + number)))
    plain = max((row.low for row in rows if row.age == ALL), default=0.0)
    unknown = sum(row.low for row in rows if row.age == UNKNOWN)
    return max(best[-1][1] + unknown, plain)


@cache
def _seats(code: str) -> frozenset[str]:
    """The seats of a place; none for a city, another country, or what is unknown."""
    return frozenset(seat.code for seat in seats_in(code)) if find_place(code) is not None else frozenset()
