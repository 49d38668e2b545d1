"""A simulated electorate that meets posts on four platforms, after WFA's planning evaluation framework.

Varied as there (M3 data design: publishers' sizes, impression generators, overlap generators): how unequal people's
activity is, how audiences overlap across platforms, how large posts are against each other; and beyond it tastes for
topics, people who come and go, campaigns that grow. Everybody is counted, so the truth is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import norm

AGES: Final = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")
GENDERS: Final = ("female", "male")
CELLS: Final = tuple((age, gender) for age in AGES for gender in GENDERS)
PLATFORMS: Final = ("facebook", "instagram", "youtube", "tiktok")
# Part of each age that uses the platform at all: younger people Instagram and TikTok, older ones Facebook.
USERS: Final = {
    "facebook": (0.50, 0.68, 0.74, 0.76, 0.72, 0.60),
    "instagram": (0.84, 0.74, 0.60, 0.46, 0.32, 0.18),
    "youtube": (0.93, 0.91, 0.86, 0.80, 0.70, 0.52),
    "tiktok": (0.76, 0.56, 0.40, 0.30, 0.20, 0.09),
}
DAYS: Final = 7
_TOPICS: Final = 3
Draw = Callable[[np.ndarray], np.ndarray]  # quantiles 0…1 → activity of mean about 1


def _gamma(shape: float) -> Draw:
    from scipy.stats import gamma

    return lambda quantiles: np.asarray(gamma.ppf(quantiles, shape, scale=1 / shape))


def _lognormal(sigma: float) -> Draw:
    return lambda quantiles: np.exp(sigma * norm.ppf(quantiles) - sigma**2 / 2)


def _zipf(power: float) -> Draw:
    """Zipf's counts 1, 2, 3…: most people once, some very often. Cut at 200."""
    ranks = np.arange(1, 201)
    shares = np.cumsum(ranks**-power) / np.sum(ranks**-power)
    return lambda quantiles: (np.searchsorted(shares, quantiles) + 1.0) / float(ranks @ np.diff(shares, prepend=0))


def _two_kinds(share: float, times: float) -> Draw:
    """Followers, and passers-by who are `times` less active."""
    mean = share + (1 - share) / times
    return lambda quantiles: np.where(quantiles > 1 - share, 1.0, 1 / times) / mean


def _alike(quantiles: np.ndarray) -> np.ndarray:
    return np.ones_like(quantiles)


@dataclass(frozen=True)
class Setting:
    """One world. `together`: correlation of activity, and of being a user at all, across platforms. `sizes`: spread
    of posts' sizes (of the logarithm). `taste`: spread of people's liking for a topic. `there`: chance that a person is
    about in a given week. `growth`: of posts' sizes from week to week. `chain`: part of a post's impressions that
    goes to those who met an earlier one (WFA: sequentially correlated, all sets)."""

    name: str
    activity: Draw
    together: float = 0.3
    sizes: float = 0.8
    taste: float = 0.0
    there: float = 1.0
    growth: float = 1.0
    chain: float = 0.0


SETTINGS: Final = (
    Setting("all alike, platforms independent", _alike, together=0.0),
    Setting("light: gamma 4, independent", _gamma(4), together=0.0),
    Setting("middling: gamma 1", _gamma(1)),
    Setting("heavy: gamma 0.4, platforms alike", _gamma(0.4), together=0.7),
    Setting("lognormal 1.3", _lognormal(1.3)),
    Setting("heavy-tailed: Zipf 2.5", _zipf(2.5), together=0.5),
    Setting("followers 10 %, 20 times as active", _two_kinds(0.1, 20)),
    Setting("platforms avoid each other", _gamma(1), together=-0.3),
    Setting("one activity on all platforms", _gamma(1), together=0.98),
    Setting("sizes 100 : 1", _gamma(1), sizes=1.8),
    Setting("tastes for topics", _gamma(1), taste=0.9),
    Setting("people come and go", _lognormal(1.0), there=0.6),
    Setting("campaign grows by 8 % a week", _gamma(0.8), growth=1.08),
    Setting("chained audiences 25 %", _gamma(1), chain=0.25),
    Setting("chained audiences 75 %", _gamma(1), chain=0.75),
)


@dataclass(frozen=True)
class PlatformWeek:
    """People by post or day and cell, as counted. `day` of each post; `people` is the union over the week."""

    day: np.ndarray  # (posts,)
    reach: np.ndarray  # (posts, cells)
    impressions: np.ndarray  # (posts, cells)
    daily_reach: np.ndarray  # (days, cells)
    daily_impressions: np.ndarray  # (days, cells)
    people: np.ndarray  # (cells,)


@dataclass(frozen=True)
class Week:
    number: int
    platforms: dict[str, PlatformWeek]
    people: np.ndarray  # (cells,): met a post on any platform
    seen: np.ndarray  # (people,): the same, person by person, for a panel to ask


class World:
    """People of twelve cells. `populations`: (cells,). Weeks come one after the other."""

    def __init__(self, setting: Setting, seed: int, people: int = 60_000) -> None:
        self.setting, self.dice = setting, np.random.default_rng(seed)
        shares = self.dice.dirichlet(np.full(len(CELLS), 8.0))
        self.populations = np.maximum(1_500, shares * people).astype(int)
        self.cell = np.repeat(np.arange(len(CELLS)), self.populations)
        self.activity = {name: self._activity(name, common) for common in (self._normal(),) for name in PLATFORMS}
        self.tastes = np.exp(setting.taste * self.dice.standard_normal((_TOPICS, len(self.cell))))
        # What a platform's feed shows to whom: fixed for the world.
        self.feeds = {name: self.dice.lognormal(0, 0.35, len(CELLS)) for name in PLATFORMS}

    def week(self, number: int) -> Week:
        about = self.dice.random(len(self.cell)) < self.setting.there
        weeks, seen = {}, np.zeros(len(self.cell), bool)
        for name in PLATFORMS:
            weeks[name], met = self._platform_week(name, number, about)
            seen |= met
        return Week(number, weeks, self._by_cell(seen), seen)

    def _normal(self) -> np.ndarray:
        return self.dice.standard_normal(len(self.cell))

    def _activity(self, platform: str, common: np.ndarray) -> np.ndarray:
        """0 for those who do not use it; the keener on everything, the likelier a user and the more active."""
        together = self.setting.together
        sign = -1 if together < 0 and PLATFORMS.index(platform) % 2 else 1
        own = np.sqrt(1 - abs(together)) * self._normal()
        quantile = norm.cdf(sign * np.sqrt(abs(together)) * common + own)
        users = np.asarray(USERS[platform])[self.cell // len(GENDERS)]
        among = np.clip((quantile - (1 - users)) / users, 1e-6, 1 - 1e-6)
        return np.where(quantile > 1 - users, self.setting.activity(among), 0.0)

    def _platform_week(self, name: str, number: int, about: np.ndarray) -> tuple[PlatformWeek, np.ndarray]:
        posts = int(self.dice.integers(4, 15))
        sizes = self.dice.lognormal(-2.6, self.setting.sizes, posts).clip(0.002, 1.2) * self.setting.growth**number
        days, topics = np.sort(self.dice.integers(0, DAYS, posts)), self.dice.integers(0, _TOPICS, posts)
        keen = self.activity[name] * self.feeds[name][self.cell] * about
        met = np.zeros((DAYS, len(self.cell)), bool)
        reach, shown, before = [], [], np.zeros(len(self.cell), bool)
        for size, day, topic in zip(sizes, days, topics, strict=True):
            times = self.dice.poisson(size * keen * self.tastes[topic] * self._chained(before))
            before |= times > 0
            met[day] |= times > 0
            reach.append(self._by_cell(times > 0))
            shown.append(self._by_cell(times))
        daily = np.array([self._by_cell(met[day]) for day in range(DAYS)])
        impressions = np.array(
            [
                [*np.sum([s for s, d in zip(shown, days, strict=True) if d == day], axis=0)]
                if day in days
                else [0] * len(CELLS)
                for day in range(DAYS)
            ]
        )
        ever = np.asarray(met.any(axis=0))
        return PlatformWeek(days, np.array(reach), np.array(shown), daily, impressions, self._by_cell(ever)), ever

    def _chained(self, before: np.ndarray) -> np.ndarray | float:
        """Whom a post favours: `chain` of it goes to those who met an earlier one this week."""
        chain = self.setting.chain
        return 1 - chain + chain * before / before.mean() if chain and before.any() else 1.0

    def _by_cell(self, counts: np.ndarray) -> np.ndarray:
        return np.bincount(self.cell, counts, len(CELLS)).astype(int)
