"""Who saw it: each platform's own split by age and gender, joined by raking where it gives the two apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import pandas as pd

from analytics.errors import PopulationWrong
from analytics.model.cells import OLDEST, UNKNOWN, AgeBand, Gender
from analytics.model.interval import Interval
from analytics.model.metrics import metric
from analytics.model.scope import Window
from analytics.model.values import State
from analytics.people.grid import coarsen, common_grid
from analytics.people.population import Population
from analytics.people.raking import join
from analytics.questions.facts import Facts
from analytics.questions.sums import THINGS, cells

# What is split, in this order: what adds up over posts, then people, then shares where there is nothing else.
MEASURES: Final = (
    "impressions", "views", "engaged_views", "views_3s", "views_2s", "views_1m", "reach", "viewers", "viewers_3s",
    "views_share", "impressions_share",
)  # fmt: skip
_SAME: Final = 1e-9
ADULT: Final = 18
FEW: Final = 10  # people: fewer are not shown
Hide = Callable[[str, Window, pd.DataFrame], pd.DataFrame]
GENDERS: Final[tuple[Gender, ...]] = ("female", "male")


@dataclass(frozen=True, slots=True)
class Split:
    """One group's part of what was delivered, 0…1; None where the group is too small to be shown ("suppressed").

    `state` is "modelled" where ages and genders were joined by us.
    """

    age: str
    gender: Gender
    share: Interval | None
    state: State


@dataclass(frozen=True, slots=True)
class Audience:
    """One platform's split of `measure`. `unknown` is the part that the platform does not place; `note` says how."""

    platform: str
    measure: str
    splits: tuple[Split, ...]
    unknown: Interval
    note: str = ""


def audiences(
    facts: Facts,
    population: Population,
    *,
    clips: Sequence[str] = (),
    kinds: Sequence[str] = (*THINGS, "account"),
    hide: Hide | None = None,
) -> tuple[Audience, ...]:
    """Each platform's audience of what was delivered in the window; a platform that tells nobody's age is left out.

    `hide` takes the name of a table (all that defines it but its days), its days and its whole counts (row: age,
    column: gender, count), and gives them back with those that are not to be shown as NaN.
    """
    found = []
    for platform, measures in _measured(facts, clips).items():
        audience = _first(facts, population, platform, measures, clips, kinds, hide)
        if audience is not None:
            found.append(audience)
    return tuple(found)


def few_hidden(
    frame: pd.DataFrame, name: str, window: Window, hide: Hide | None, row: str = "age", column: str = "gender"
) -> pd.DataFrame:
    """People (low, high) of the groups `row` by `column`: those of fewer than FEW without their numbers.

    Whole counts go through `hide`, which hides others with them. A range that may hold few is told from 0 on.
    """
    is_whole = (frame["low"] == frame["high"]) & (frame["low"] == frame["low"].round())
    if hide is None:
        return frame
    if is_whole.all():
        return _hidden(frame, name, window, hide, row, column)
    is_few = (frame["high"] > 0) & (frame["high"] < FEW)
    low = frame["low"].where(~frame["low"].between(0, FEW, inclusive="neither"), 0.0)
    return frame.assign(low=low.where(~is_few), high=frame["high"].where(~is_few))


def tells_all_adults(audience: Audience) -> bool:
    """Whether its groups make up everybody of 18 and over, women and men: without that a share of all says little."""
    for gender in GENDERS:
        told = sorted(band for s in audience.splits if s.gender == gender and (band := AgeBand.from_label(s.age)))
        adults = [band for band in told if band.high >= ADULT]
        is_whole = all(two.low == one.high + 1 for one, two in pairwise(adults))
        if not adults or not is_whole or adults[0].low > ADULT or adults[-1].high < OLDEST:
            return False
    return True


def on_common_grid(found: Sequence[Audience]) -> tuple[Audience, ...]:
    """The same audiences on the finest ages that all of them tell; ages outside of it are left out of `splits`."""
    bands = [[band for s in a.splits if s.gender == "female" and (band := AgeBand.from_label(s.age))] for a in found]
    grid = common_grid(sorted(set(given)) for given in bands)
    return (
        tuple(replace(audience, splits=_coarser(audience.splits, grid)) for audience in found) if grid else tuple(found)
    )


def _coarser(splits: Sequence[Split], grid: Sequence[AgeBand]) -> tuple[Split, ...]:
    told: list[Split] = []
    for gender in GENDERS:
        mine = {band: s for s in splits if s.gender == gender and (band := AgeBand.from_label(s.age))}
        for wide in grid:
            parts = {band: s for band, s in mine.items() if wide.contains(band)}
            shares = {band: s.share for band, s in parts.items() if s.share is not None}
            state: State = max((s.state for s in parts.values()), default="unavailable")
            try:
                told.append(Split(wide.label, gender, coarsen(shares, [wide])[wide], state))
            except ValueError:  # a part of it is hidden, or was never told
                told.append(Split(wide.label, gender, None, "suppressed" if parts else "unavailable"))
    return tuple(told)


def _measured(facts: Facts, clips: Sequence[str]) -> dict[str, list[str]]:
    """Platform → the measures that it splits by age or gender, best first."""
    rows = facts.frame(
        """
        SELECT DISTINCT platform, metric FROM facts WHERE is_ours AND basis = 'delivered' AND place_kind = 'all'
            AND (age <> 'all' OR gender <> 'all') AND list_contains($measures, metric)
            AND ($anything OR list_contains($clips, clip)) ORDER BY platform, list_position($measures, metric)
        """,
        {"measures": list(MEASURES), "clips": list(clips), "anything": not clips},
    )
    return {str(platform): list(group["metric"]) for platform, group in rows.groupby("platform")}


def _first(
    facts: Facts, population: Population, platform: str, measures: Sequence[str], clips: Sequence[str],
    kinds: Sequence[str],
    hide: Hide | None,
) -> Audience | None:  # fmt: skip
    for measure in measures:
        joint = _cells(facts, platform, measure, "age and gender", clips, kinds)
        if not joint.empty:
            named = " ".join((*sorted(clips), platform, measure, "of", *sorted(kinds)))
            return _told(platform, measure, _hidden(joint, named, facts.window, hide))
        ages = _cells(facts, platform, measure, "age", clips, kinds)
        genders = _cells(facts, platform, measure, "gender", clips, kinds)
        if not ages.empty and not genders.empty:
            return _joined(platform, measure, ages, genders, population)
    return None


def _cells(
    facts: Facts, platform: str, measure: str, shape: str, clips: Sequence[str], kinds: Sequence[str]
) -> pd.DataFrame:
    by = ["platform", "clip"] if clips else ["platform"]
    frame = cells(facts, measure, shape, by, kinds=kinds)  # type: ignore[arg-type]  # the shapes named above
    frame = frame[frame["platform"] == platform]
    if clips:
        frame = frame[frame["clip"].isin(clips)]
    return frame.groupby(["age", "gender"], as_index=False).agg(
        low=("low", "sum"), high=("high", "sum"), state=("state", "max")
    )


def _hidden(
    frame: pd.DataFrame, name: str, window: Window, hide: Hide | None, row: str = "age", column: str = "gender"
) -> pd.DataFrame:
    """Small groups without their numbers. Ranges and parts of numbers are no counts, and stay."""
    is_whole = (frame["low"] == frame["high"]) & (frame["low"] == frame["low"].round())
    if hide is None or not is_whole.all():
        return frame
    wide = frame.pivot(index=row, columns=column, values="low").fillna(0.0)
    table = wide.stack().rename("count").rename_axis(["row", "column"]).reset_index()
    shown = hide(name, window, table).rename(columns={"row": row, "column": column})
    merged = frame.drop(columns=["low", "high"]).merge(shown[[row, column, "count"]], on=[row, column])
    return merged.assign(low=merged["count"], high=merged["count"]).drop(columns="count")


def _told(platform: str, measure: str, frame: pd.DataFrame) -> Audience:
    """As the platform tells it: each cell over all cells, whose sum is the whole (unknown ones among them)."""
    frame = frame.assign(**_shares(measure, frame["low"], frame["high"]))
    is_known = (frame["age"] != UNKNOWN) & frame["gender"].isin(GENDERS)
    columns = ["age", "gender", "first", "last", "state"]
    splits = tuple(_split(*row) for row in frame.loc[is_known, columns].itertuples(index=False))
    rest = frame[~is_known].dropna(subset=["first"])
    unknown = Interval(float(rest["first"].sum()), min(1.0, float(rest["last"].sum())))
    return Audience(platform, measure, splits, unknown)


def _shares(measure: str, low: pd.Series, high: pd.Series) -> dict[str, pd.Series]:
    """Least and most that each may be of all. Ranges that are parts of one range, as ad libraries give them, keep
    their proportions; people of several posts, from the largest to the sum, need not."""
    is_whole = metric(measure).unit != "people" or low.equals(high)
    if (
        is_whole
        and low.sum() > 0
        and high.sum() < math.inf
        and ((high / high.sum() - low / low.sum()).abs() < _SAME).all()
    ):
        return {"first": low / low.sum(), "last": low / low.sum()}
    first = low / (low + (high.sum() - high)).where(lambda whole: whole > 0, 1.0)
    last = high / (high + (low.sum() - low)).where(lambda whole: whole > 0, 1.0)
    return {"first": first.fillna(0.0).where(low.notna()), "last": last.fillna(1.0).where(low.notna())}


def _split(age: str, gender: Gender, first: float, last: float, state: State) -> Split:
    if math.isnan(first):
        return Split(age, gender, None, "suppressed")
    return Split(age, gender, Interval(first, last), state)


def _joined(
    platform: str, measure: str, ages: pd.DataFrame, genders: pd.DataFrame, population: Population
) -> Audience | None:
    """Ages and genders apart, raked to a joint from population odds."""
    rows, age_unknown = _margin(measure, ages, "age")
    columns, gender_unknown = _margin(measure, genders, "gender")
    bands = {AgeBand.from_label(label): share for label, share in rows.items()}
    kinds: dict[Gender, Interval] = {name: columns[name] for name in GENDERS if name in columns}
    known = {band: share for band, share in bands.items() if band is not None}
    if not known or len(kinds) < len(GENDERS):
        return None
    joint = join(known, kinds, _seed(known, population), unknown=_larger(age_unknown, gender_unknown))
    splits = tuple(Split(band.label, gender, share, "modelled") for (band, gender), share in joint.cells.items())
    gap = "" if joint.raked.converged else f", which do not fit by {joint.raked.gap:.1%}"
    return Audience(platform, measure, splits, joint.unknown, f"estimated from ages and genders told apart{gap}")


def _margin(measure: str, frame: pd.DataFrame, name: str) -> tuple[Mapping[str, Interval], Interval]:
    """Shares of the known part by label, and the part that is unknown or neither female nor male."""
    summed = frame.groupby(name)[["low", "high"]].sum()
    ends = summed.assign(**_shares(measure, summed["low"], summed["high"]))
    shares = {str(label): Interval(row["first"], row["last"]) for label, row in ends.iterrows()}
    unplaced = [share for label, share in shares.items() if label in (UNKNOWN, "other")]
    known = {label: share for label, share in shares.items() if label not in (UNKNOWN, "other")}
    return known, Interval.total(unplaced)


def _seed(bands: Mapping[AgeBand, Interval], population: Population) -> dict[tuple[AgeBand, Gender], float]:
    return {(band, gender): population.people(band, gender).middle for band in bands for gender in GENDERS}


def _larger(one: Interval, other: Interval) -> Interval:
    return one if one.high >= other.high else other


def population_share(
    population: Population, age: str, gender: Gender, among: Sequence[Split], place: str
) -> float | None:
    """The cell's part of all people in the bands of `among`; None where the offices have no count of it."""
    try:
        cells_of = {(split.age, split.gender) for split in among}
        whole = sum(_people(population, label, kind, place) for label, kind in cells_of)
        return _people(population, age, gender, place) / whole if whole else None
    except PopulationWrong:
        return None


def _people(population: Population, label: str, gender: Gender, place: str) -> float:
    band = AgeBand.from_label(label)
    return population.people(band, gender, place).middle if band else 0.0
