"""Shows posts to the simulated people, day after day, and counts as platforms count.

One number a person, post and day decides everything: below `p` it was seen, below a part of `p` it was seen twice,
watched, liked. So every count fits every other: likers watched, watchers saw, cells add up to their total.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from .audience import AGES, GENDERS, SEED, Seat, Users, towns
from .postings import HISTORY, LAST, Post

# Count → the part of those who saw it; with "stay" in front, of those who watched three seconds or more.
_PARTS = {"again": 0.35, "thrice": 0.1}
_OF_WATCHERS = {"plays": 1.0, "minute": 0.12}
_ACTS = {"reactions": 0.07, "comments": 0.008, "shares": 0.022, "saves": 0.012}
_EVENING, _MORNING = (0.12, 0.55, 0.2, 0.09, 0.04), (0.6, 0.23, 0.1, 0.05, 0.02)
Counts = npt.NDArray[np.int64]


@dataclass
class Showing:
    """One post: `daily` day → count → number; `cells` count → (ages × genders); `seats` count → (seats,)."""

    post: Post
    seen: npt.NDArray[np.bool_]
    watched: npt.NDArray[np.bool_]
    daily: dict[date, dict[str, int]] = field(default_factory=dict)
    cells: dict[str, Counts] = field(default_factory=dict)
    seats: dict[str, Counts] = field(default_factory=dict)

    def total(self, count: str, days: Iterable[date] = ()) -> int:
        """All of it, or of the days given."""
        chosen = set(days)
        return sum(counted.get(count, 0) for day, counted in self.daily.items() if not chosen or day in chosen)


@dataclass
class Shown:
    """A platform: its users, every post's showing, and how many different people each day and each fortnight."""

    users: Users
    posts: dict[str, Showing]
    people_of_day: dict[date, int]
    people_of_fortnight: dict[date, int]
    people_by_cell: Counts  # ages × genders, of the last fortnight


def show(users: Users, posts: Sequence[Post], where: Sequence[Seat], turn: int) -> Shown:
    """`turn` makes the chances of one platform its own."""
    dice, many = np.random.default_rng([SEED, turn]), len(users.age)
    shown = {post.id: Showing(post, np.zeros(many, bool), np.zeros(many, bool)) for post in posts}
    chances = {post.id: _chance(users, post, where) for post in posts}
    of_day, of_fortnight, fortnight = {}, {}, np.zeros(many, bool)
    for number in range((LAST - HISTORY).days + 1):
        day, anybody = HISTORY + timedelta(days=number), np.zeros(many, bool)
        if number % 14 == 0:
            fortnight[:] = False
        for post in posts:
            part = _part_of(post, day)
            if part:
                anybody |= _show_once(dice, shown[post.id], users, chances[post.id] * part, day, len(where))
        fortnight |= anybody
        of_day[day], of_fortnight[day - timedelta(days=number % 14)] = int(anybody.sum()), int(fortnight.sum())
    return Shown(users, shown, of_day, of_fortnight, _by_cell(users, np.flatnonzero(fortnight)))


def _chance(users: Users, post: Post, where: Sequence[Seat]) -> npt.NDArray[np.float32]:
    age = 1 + post.young * (3 - users.age) / 3
    gender = 1 + post.women * np.array([1.0, -1.0, 0.0])[users.gender]
    chance = np.clip(users.activity * post.appeal * age * gender, 0, 0.95)
    if post.seat:
        chance = chance * np.where(np.array([seat.name == post.seat for seat in where])[users.seat], 6, 0.3)
    if post.towns_only:
        is_town = np.isin(users.seat, towns(list(where)))
        chance = chance * (is_town & (users.age >= 1) & (users.age <= 2))
    return np.clip(chance, 0, 0.95).astype(np.float32)


def _part_of(post: Post, day: date) -> float:
    """How much of its appeal a post has on that day: most soon after it went up; a paid one evenly."""
    age = (day - post.at.date()).days
    if not 0 <= age < post.days:
        return 0.0
    if post.payment == "paid":
        return 0.5
    fading = _EVENING if post.at.hour >= 20 else _MORNING
    return fading[age] if age < len(fading) else 0.01


def _show_once(
    dice: np.random.Generator, showing: Showing, users: Users, chance: npt.NDArray[np.float32], day: date, seats: int
) -> npt.NDArray[np.bool_]:
    drawn = dice.random(len(chance), dtype=np.float32)
    seen = drawn < chance
    who = np.flatnonzero(seen)
    drawn, chance = drawn[who], chance[who]
    stay = chance * np.float32(showing.post.stay)
    counted = {name: who[drawn < chance * np.float32(part)] for name, part in _PARTS.items()}
    counted |= {name: who[drawn < stay * np.float32(part)] for name, part in _OF_WATCHERS.items()}
    stay = stay * np.float32(showing.post.moving)
    counted |= {name: who[drawn < stay * np.float32(part)] for name, part in _ACTS.items()}
    impressions = np.concatenate([who, counted.pop("again"), counted.pop("thrice")])
    showing.daily[day] = {name: len(found) for name, found in counted.items()}
    showing.daily[day] |= {"impressions": len(impressions), "people": len(who)}
    for name, found in (("impressions", impressions), ("plays", counted["plays"])):
        _add(showing.cells, name, _by_cell(users, found))
        _add(showing.seats, name, np.bincount(users.seat[found], minlength=seats))
    showing.seen |= seen
    showing.watched[counted["plays"]] = True
    return seen


def _add(to: dict[str, Counts], name: str, counts: Counts) -> None:
    to[name] = to[name] + counts if name in to else counts


def _by_cell(users: Users, who: npt.NDArray[np.intp]) -> Counts:
    flat = np.bincount(users.age[who] * len(GENDERS) + users.gender[who], minlength=len(AGES) * len(GENDERS))
    return flat.reshape(len(AGES), len(GENDERS))


def people(showing: Showing, users: Users) -> Counts:
    """Different people who saw it, ages × genders."""
    return _by_cell(users, np.flatnonzero(showing.seen))


def people_by_seat(showing: Showing, users: Users, seats: int) -> Counts:
    return np.bincount(users.seat[showing.seen], minlength=seats)
