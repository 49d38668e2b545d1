"""How many people there are: by age, gender and place; on the register; on a platform. Every figure has a source.

People are ONS mid-2024 figures for nations and regions, exactly as published. Seats are derived from the census
and so are intervals (assets/population/README.md says how, and how far off they may be).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.errors import PopulationWrong
from analytics.model.cells import OLDEST, AgeBand, Gender
from analytics.model.interval import Interval

from .places import NATIONS, REGIONS, place, seats_in
from .seats import TABLES

TOP: Final = 90  # the column "90" holds everybody of 90 and over
EVERYONE: Final = AgeBand(0, OLDEST)
ADULTS: Final = AgeBand(18, OLDEST)
REACHABLE: Final = AgeBand(13, OLDEST)  # from the age at which platforms take people in
_AGES: Final = [str(age) for age in range(TOP + 1)]


@dataclass(frozen=True, slots=True)
class Denominator:
    """What a rate is divided by. `date` is the day or the month that the figure is of, as its source gives it."""

    people: Interval
    what: str  # "people aged 18-24 in Wales", "users of TikTok aged 18+"
    source: str
    date: str


class Population:
    """The tables of a folder, read once. `people` columns: code, gender, "0" … "90"."""

    def __init__(self, areas: pd.DataFrame, seats: pd.DataFrame, doubt: pd.DataFrame, users: pd.DataFrame) -> None:
        rows = pd.concat([areas, seats])
        counts = rows[_AGES].to_numpy(np.float64)
        self._counted = dict(zip(zip(rows["code"], rows["gender"], strict=True), counts, strict=True))
        self._doubt, self._users = doubt, users

    @classmethod
    def load(cls, folder: Path = TABLES) -> Population:
        """The shipped tables, or a team's own of the same shape.

        Raises:
            PopulationWrong: a table is missing or lacks a column.
        """
        people = {"code", "gender", *_AGES}
        return cls(
            _table(folder / "ons_mid2024.csv", people),
            _table(folder / "seats_ages.csv", people),
            _table(folder / "seats_doubt.csv", {"nations", "first", "last", "gender", "low", "high"}),
            _table(folder / "users.csv", {"platform", "age", "gender", "low", "high", "source", "date"}),
        )

    def people(self, band: AgeBand = EVERYONE, gender: Gender = "all", place: str = "GB") -> Interval:
        """Usual residents at mid-2024 with an age in `band`. Exact for the country, nations and regions.

        The offices count two sexes: of "other" and "unknown" there is no figure, and PopulationWrong says so.

        Raises:
            PopulationWrong, SeatUnknown: a gender or a place that there is no figure of.
        """
        return self._seat_people(band, gender, place) if _is_seat(place) else self._exactly(band, gender, place)

    def denominator(self, band: AgeBand = EVERYONE, gender: Gender = "all", place: str = "GB") -> Denominator:
        """`people` with its name, source and date."""
        is_seat = _is_seat(place)
        source = "Census 2021 and ONS mid-2024 estimates, derived" if is_seat else "ONS mid-year population estimates"
        return Denominator(self.people(band, gender, place), _words(band, gender, place), source, "2024-06-30")

    def seed(
        self, bands: Sequence[AgeBand], genders: Sequence[Gender], place: str = "GB"
    ) -> dict[tuple[AgeBand, Gender], float]:
        """Counts to start raking from. Genders that the offices don't count are spread as everybody is."""
        counted: dict[Gender, Gender] = {"female": "female", "male": "male"}
        return {
            (band, kind): self.people(band, counted.get(kind, "all"), place).middle
            for band in bands
            for kind in genders
        }

    def electorate(self, place: str = "GB") -> int:
        """Electors registered for 4 July 2024 in a seat, a region, a nation or the country."""
        return sum(seat.electorate for seat in seats_in(place))

    def users(self, platform: str, band: AgeBand | None = None, gender: Gender = "all") -> Denominator | None:
        """People in the UK who use the platform, from published figures; None where none is known.

        Without a band: the widest one that is published (its `what` names it).
        """
        rows = self._users[(self._users["platform"] == platform) & (self._users["gender"] == gender)]
        if band is not None:
            rows = rows[rows["age"] == band.label]
        if rows.empty:
            return None
        row = rows.iloc[0]
        what = f"users of {platform} aged {row['age']} in the United Kingdom" + (
            "" if gender == "all" else f", {gender}"
        )
        return Denominator(Interval(float(row["low"]), float(row["high"])), what, str(row["source"]), str(row["date"]))

    def _exactly(self, band: AgeBand, gender: Gender, where: str) -> Interval:
        return Interval.exactly(float(self._counts(gender, _areas(where))[_ages(band)].sum()))

    def _seat_people(self, band: AgeBand, gender: Gender, where: str) -> Interval:
        code = place(where).code
        counts = self._counts(gender, [code])[_ages(band)]
        low, high = self._factors[code[0], gender != "all"]
        return Interval(
            float(np.floor((counts * low[_ages(band)]).sum())), float(np.ceil((counts * high[_ages(band)]).sum()))
        )

    def _counts(self, gender: Gender, codes: list[str]) -> NDArray[np.float64]:
        """One count a single year."""
        if gender in ("other", "unknown"):
            raise PopulationWrong(f"there is no count of people of {gender} gender", "Ask for all, female or male")
        genders = ["female", "male"] if gender == "all" else [gender]
        total = np.zeros(TOP + 1)
        for key in ((code, name) for code in codes for name in genders):
            if key not in self._counted:
                raise PopulationWrong(f"the tables have no row for {key[0]}, {key[1]}", "Build them again, whole")
            total += self._counted[key]
        return total

    @cached_property
    def _factors(self) -> dict[tuple[str, bool], tuple[NDArray[np.float64], NDArray[np.float64]]]:
        """By first letter of a seat's code and whether one gender is asked for: factors of each single year."""
        factors = {(letter, one): (np.ones(TOP + 1), np.ones(TOP + 1)) for letter in "EWSN" for one in (False, True)}
        for row in self._doubt.itertuples():
            for letter in str(row.nations):
                low, high = factors[letter, row.gender == "one"]
                low[int(row.first) : int(row.last) + 1], high[int(row.first) : int(row.last) + 1] = row.low, row.high
        return factors


def _is_seat(where: str) -> bool:
    return place(where).kind == "seat"


def _areas(where: str) -> list[str]:
    """The codes of the table that together are that place."""
    found = place(where)
    parts = {"country": [*REGIONS, *list(NATIONS)[1:]], "nation": list(REGIONS)}
    return [found.code] if found.code not in ("GB", "E92000001") else parts[found.kind]


def _ages(band: AgeBand) -> slice:
    if band.low > TOP or (band.high >= TOP and band.high < OLDEST):
        raise PopulationWrong(f"there are no counts of {band.label}", f"Single years end at {TOP - 1}: ask for {TOP}+")
    return slice(band.low, min(band.high, TOP) + 1)


def _words(band: AgeBand, gender: Gender, where: str) -> str:
    who = {"all": "people", "female": "women and girls", "male": "men and boys"}[gender]
    aged = "" if band == EVERYONE else f" aged {band.label}"
    return f"{who}{aged} in {place(where).name}"


def _table(path: Path, columns: set[str]) -> pd.DataFrame:
    try:
        frame = pd.read_csv(path, dtype={"code": "str", "age": "str", "nations": "str", "date": "str"})
    except (OSError, ValueError) as error:
        raise PopulationWrong(f"{path} can't be read ({error})", "Put the shipped table back") from None
    if missing := columns - set(frame.columns):
        raise PopulationWrong(f"{path} lacks {', '.join(sorted(missing))}", "docs/population.md shows its shape")
    return frame
