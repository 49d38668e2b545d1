"""People who do not exist, and could see what an invented party posts: where they live, how old they are.

Two million of them, more of them in the seats that the party works in. Every chance is seeded.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

SEED = 20_261_120
PEOPLE = 2_000_000
AGES = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
GENDERS = ("female", "male", "unknown")
SEATS = Path(__file__).parents[2] / "population" / "seats.csv"
TOWNS = {
    "Mill towns": ("Burnley", "Hyndburn", "Rochdale", "Oldham East and Saddleworth", "Bolton North East", "Bury South",
                   "Keighley and Ilkley", "Pendle and Clitheroe"),
    "Coalfield towns": ("Bolsover", "Ashfield", "Mansfield", "Barnsley North", "Rother Valley", "Wigan", "Makerfield",
                        "Merthyr Tydfil and Aberdare"),
    "Coastal towns": ("Blackpool South", "Hartlepool", "Great Grimsby and Cleethorpes", "Redcar", "Southport",
                      "Whitehaven and Workington", "Clwyd North", "Lowestoft"),
}  # fmt: skip

_AGE_WEIGHTS = (0.02, 0.11, 0.17, 0.18, 0.17, 0.17, 0.18)
_GENDER_WEIGHTS = (0.5, 0.485, 0.015)
_REGION_WEIGHTS = {
    "North West": 2.0, "Yorkshire and The Humber": 1.7, "North East": 1.7, "East Midlands": 1.4, "West Midlands": 1.2,
    "Wales": 1.1, "Scotland": 0.6, "Northern Ireland": 0.05, "London": 0.8,
}  # fmt: skip
_TOWN_WEIGHT = 5.0
_USE = {  # by age, in the order of AGES
    "facebook": (0.2, 0.5, 0.7, 0.78, 0.76, 0.7, 0.6),
    "youtube": (0.95, 0.95, 0.93, 0.9, 0.82, 0.7, 0.5),
    "tiktok": (0.85, 0.75, 0.5, 0.35, 0.25, 0.15, 0.08),
}
Whole = npt.NDArray[np.intp]
Real = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Seat:
    code: str
    name: str
    region: str
    nation: str
    electorate: int


@dataclass(frozen=True)
class Users:
    """The users of one platform: `age`, `gender` and `seat` are places in AGES, GENDERS and the list of seats."""

    age: Whole
    gender: Whole
    seat: Whole
    activity: Real  # 1 on average: few see nearly everything, many nearly nothing


def seats() -> list[Seat]:
    with SEATS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Seat(r["code"], r["name"], r["region"], r["nation"], int(r["electorate"])) for r in rows]


def towns(where: list[Seat]) -> Whole:
    """Places of the town seats in the list."""
    names = {name for group in TOWNS.values() for name in group}
    return np.array([place for place, seat in enumerate(where) if seat.name in names])


def populate(where: list[Seat]) -> dict[str, Users]:
    """Platform → its users among the two million."""
    dice = np.random.default_rng(SEED)
    weights = np.array([seat.electorate * _REGION_WEIGHTS.get(seat.region, 1.0) for seat in where])
    weights[towns(where)] *= _TOWN_WEIGHT
    age = _drawn(dice, _AGE_WEIGHTS)
    gender = _drawn(dice, _GENDER_WEIGHTS)
    seat = _drawn(dice, tuple(weights / weights.sum()))
    users = {}
    for platform, use in _USE.items():
        on_it = np.flatnonzero(dice.random(PEOPLE) < np.array(use)[age])
        activity = -np.log1p(-dice.random(len(on_it)))
        activity = (activity * np.sqrt(activity) / 1.33).astype(np.float32)
        users[platform] = Users(age[on_it], gender[on_it], seat[on_it], activity)
    return users


def _drawn(dice: np.random.Generator, weights: tuple[float, ...]) -> Whole:
    steps = np.cumsum(weights)
    steps[-1] = 1.0
    return np.searchsorted(steps, dice.random(PEOPLE), side="right")
