"""How well unduplicated reach is known: simulated people, met through platform-shaped exports that are read back.

    python -m bench.reach [--people 40000] [--seeds 2] [--workers 2]

For every setting of bench/simulated/people.py, 20 weeks on four platforms. The first 12 calibrate, the other 8 are
asked for. Prints three markdown tables: posts of a week on Facebook and Instagram by age and gender; posts or days
of a week on YouTube and TikTok, everybody together; four platforms together, with 12 past panels of 10,000 people,
with three, and with none. Errors are mean absolute relative errors; "inside" is how often the truth lies within the
90 % interval. The last lines say how often it lay within the hard bounds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.reach.across import across
from analytics.reach.calibration import Calibration, calibrate, within_bounds
from analytics.reach.models import BetaBinomial, DiracMixture, Fitted, Independence, OnePoint
from analytics.reach.past import Parts, Past
from analytics.reach.unite import unite
from bench.simulated.exports import read_exports, total_viewers, write_exports
from bench.simulated.people import CELLS, PLATFORMS, SETTINGS, Setting, Week, World

HISTORY, ASKED = 12, 8
PANEL = 10_000
FEW = (1, 6, 11)  # the weeks of three surveys
MODELS = (Independence(), BetaBinomial(), OnePoint(), DiracMixture())
BASELINES = ("sum", "middle of bounds", *(model.name for model in MODELS))


@dataclass(frozen=True)
class Union:
    """Parts as they were read, what the platform said of them together, and the truth."""

    past: Past
    parts: tuple[Interval, ...]
    truth: float


@dataclass
class Tally:
    """Relative errors by who said it; whether the truth was inside; half widths over the truth; the bounds."""

    errors: dict[str, list[float]] = field(default_factory=dict)
    inside: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    bounded: list[bool] = field(default_factory=list)

    def add(self, name: str, said: float | None, truth: float) -> None:
        if said is not None and truth > 0:
            self.errors.setdefault(name, []).append(abs(said - truth) / truth)

    def judge(self, reach: Reach, truth: float) -> None:
        if truth > 0:
            self.inside.append(reach.people.low - 1e-6 <= truth <= reach.people.high + 1e-6)
            self.widths.append((reach.people.high - reach.people.low) / 2 / truth)
        self.bounded.append(reach.bounds.low - 1e-6 <= truth <= reach.bounds.high + 1e-6)

    def error(self, name: str) -> float:
        return float(np.mean(self.errors[name]))

    def row(self, setting: str, names: Sequence[str]) -> str:
        best = min(names, key=self.error)
        cells = [f"**{self.error(n):.1%}**" if n == best else f"{self.error(n):.1%}" for n in names]
        return f"| {setting} | {' | '.join(cells)} | {np.mean(self.inside):.0%} | ±{np.mean(self.widths):.1%} |"


def meta_unions(values: pd.DataFrame, weeks: Sequence[Week], world: World) -> dict[str, list[Union]]:
    """Each cell of each week on Facebook and on Instagram: its ads, and the account's own count."""
    cells = [f"{gender} {age}" for age, gender in CELLS]
    meta = values[values["platform"] == "meta"].assign(cell=values["gender"] + " " + values["age"])
    reach, shown = meta[meta["metric"] == "reach"], meta[meta["metric"] == "impressions"]
    found: dict[str, list[Union]] = {}
    for name, ads in reach[reach["object_kind"] == "ad"].groupby("placement"):
        account = reach[(reach["object_kind"] == "account") & (reach["placement"] == name)]
        counted = account.set_index(["week", "cell"])["high"]
        times = (
            shown[(shown["object_kind"] == "ad") & (shown["placement"] == name)].groupby(["week", "cell"])["high"].sum()
        )
        for (number, cell), group in ads.groupby(["week", "cell"]):
            week = int(number)
            k = cells.index(cell)
            population = float(world.populations[k])
            parts = Parts(tuple(group["high"]), population, float(times[week, cell]), cell)
            past = Past(f"{week:02}", parts, float(counted[week, cell]))
            truth = float(weeks[week].platforms[str(name)].people[k])
            found.setdefault(str(name), []).append(Union(past, _intervals(group), truth))
    return found


def whole_unions(values: pd.DataFrame, folder: Path, weeks: Sequence[Week], world: World) -> dict[str, list[Union]]:
    """Each week on YouTube (its videos) and on TikTok (its days), everybody together."""
    youtube, tiktok = (values[values["platform"] == name] for name in ("youtube", "tiktok"))
    videos = youtube[(youtube["object_kind"] == "post") & (youtube["metric"] == "viewers")]
    views = youtube[(youtube["object_kind"] == "post") & (youtube["metric"] == "views")]
    days = tiktok[(tiktok["grain"] == "day") & (tiktok["metric"] == "reach") & (tiktok["high"] > 0)]
    plays = tiktok[(tiktok["grain"] == "day") & (tiktok["metric"] == "views")]
    campaigns = tiktok[(tiktok["object_kind"] == "campaign") & (tiktok["metric"] == "reach")]
    totals = {
        "youtube": {week.number: total_viewers(folder, week.number) for week in weeks},
        "tiktok": dict(zip(campaigns["week"].astype(int), campaigns["high"], strict=True)),
    }
    found: dict[str, list[Union]] = {}
    for name, parts, times in (("youtube", videos, views), ("tiktok", days, plays)):
        for number, group in parts.groupby("week"):
            week = int(number)
            middles = tuple((group["low"] + group["high"]) / 2)
            shown = float(times[times["week"] == week]["high"].sum())
            past = Past(f"{week:02}", Parts(middles, float(world.populations.sum()), shown), totals[name][week])
            truth = float(weeks[week].platforms[name].people.sum())
            found.setdefault(name, []).append(Union(past, _intervals(group), truth))
    return found


def _intervals(group: pd.DataFrame) -> tuple[Interval, ...]:
    return tuple(Interval(low, high) for low, high in zip(group["low"], group["high"], strict=True))


def judge_within(unions: Sequence[Union], tally: Tally) -> None:
    """Calibrate on the first weeks, ask for the others."""
    history = [union.past for union in unions if int(union.past.period) < HISTORY]
    asked = [union for union in unions if int(union.past.period) >= HISTORY]
    calibration = calibrate(history)
    fitted: dict[str, Fitted] = {model.name: model.fit(history) for model in MODELS}
    for union in asked:
        parts = union.past.parts
        reach = unite(union.parts, parts.population, calibration, cell=parts.cell, impressions=parts.impressions)
        tally.judge(reach, union.truth)
        tally.add("ours", reach.point, union.truth)
        _baselines(parts, fitted, union.truth, tally)


def _baselines(parts: Parts, fitted: Mapping[str, Fitted], truth: float, tally: Tally) -> None:
    tally.add("sum", sum(parts.people), truth)
    tally.add("middle of bounds", (parts.least + parts.most) / 2, truth)
    for name, model in fitted.items():
        tally.add(name, within_bounds(model.predict(parts), parts), truth)


def judge_across(
    unions: dict[str, list[Union]], weeks: Sequence[Week], world: World, tallies: dict[str, Tally]
) -> None:
    """Every week's platforms, as they counted them; panels of the first weeks, the truth of the others."""
    population = float(world.populations.sum())
    parts = [_platforms(unions, week.number, population) for week in weeks]
    panels = [Past(f"{week.number:02}", parts[week.number], _panel(week, world)) for week in weeks[:HISTORY]]
    fitted: dict[str, Fitted] = {model.name: model.fit(panels) for model in MODELS}
    fitted["scaled Sainsbury"] = _Scaled(panels)
    by_panels: dict[str, Calibration | None] = {
        "12 panels": calibrate(panels),
        "3 panels": calibrate([panels[k] for k in FEW]),
        "none": None,
    }
    for week in weeks[HISTORY:]:
        now, truth = parts[week.number], float(week.people.sum())
        _baselines(now, fitted, truth, tallies["12 panels"])
        for name, calibration in by_panels.items():
            reach = across([Interval.exactly(people) for people in now.people], population, calibration)
            tallies[name].judge(reach, truth)
            tallies["12 panels"].add(name, reach.point, truth)


def _platforms(unions: dict[str, list[Union]], week: int, population: float) -> Parts:
    counted = [sum(u.past.people for u in unions[name] if int(u.past.period) == week) for name in PLATFORMS]
    return Parts(tuple(counted), population)


def _panel(week: Week, world: World) -> float:
    """What a panel says of the week: people asked at random."""
    asked = world.dice.choice(len(week.seen), PANEL, replace=False)
    return float(week.seen[asked].mean() * len(week.seen))


class _Scaled:
    """Independence within a share of the population that fits the past best."""

    def __init__(self, history: Iterable[Past]) -> None:
        self.scales = np.linspace(0.3, 4.0, 371)
        listed = list(history)
        off = [sum(np.log(self._said(past.parts, s) / past.people) ** 2 for past in listed) for s in self.scales]
        self.scale = float(self.scales[int(np.argmin(off))])

    def predict(self, parts: Parts) -> float:
        return self._said(parts, self.scale)

    def _said(self, parts: Parts, scale: float) -> float:
        among = max(parts.population * scale, parts.least)
        return float(among * (1 - np.prod(1 - np.asarray(parts.people) / among)))


@dataclass
class Judged:
    within: Tally
    whole: Tally
    together: dict[str, Tally]


def run(setting: Setting, seeds: Sequence[int], people: int) -> Judged:
    judged = Judged(Tally(), Tally(), {name: Tally() for name in ("12 panels", "3 panels", "none")})
    for seed in seeds:
        world = World(setting, seed, people)
        weeks = [world.week(number) for number in range(HISTORY + ASKED)]
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            write_exports(weeks, folder)
            values = read_exports(folder)
            by_cell = meta_unions(values, weeks, world)
            whole = whole_unions(values, folder, weeks, world)
        for unions in by_cell.values():
            judge_within(unions, judged.within)
        for unions in whole.values():
            judge_within(unions, judged.whole)
        judge_across(by_cell | whole, weeks, world, judged.together)
    return judged


def header(names: Sequence[str]) -> str:
    return f"| setting | {' | '.join(names)} | inside 90 % | width |\n|---{'|---' * (len(names) + 2)}|"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=40_000)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--setting", default="", help="only those whose name has this in it")
    wanted = parser.parse_args(arguments)
    numbers = [number for number, setting in enumerate(SETTINGS) if wanted.setting in setting.name]
    with ProcessPoolExecutor(wanted.workers) as workers:
        done = workers.map(_numbered, numbers, repeat(wanted.seeds), repeat(wanted.people))
        print_tables({SETTINGS[number].name: judged for number, judged in zip(numbers, done, strict=True)})
    return 0


def _numbered(number: int, seeds: int, people: int) -> Judged:
    return run(SETTINGS[number], range(1_000 * (number + 1), 1_000 * (number + 1) + seeds), people)


def print_tables(found: dict[str, Judged]) -> None:
    names = (*BASELINES, "ours")
    print(f"### Posts of a week, by age and gender\n\n{header(names)}")
    for setting, judged in found.items():
        print(judged.within.row(setting, names))
    print(f"\n### Videos or days of a week, everybody together\n\n{header(names)}")
    for setting, judged in found.items():
        print(judged.whole.row(setting, names))
    names = ("sum", "middle of bounds", "independence", "scaled Sainsbury", "3 panels", "12 panels")
    print(f"\n### Four platforms\n\n{header(names)}")
    for setting, judged in found.items():
        print(judged.together["12 panels"].row(setting, names))
    print_intervals(found)


def print_intervals(found: dict[str, Judged]) -> None:
    for name, what in (("3 panels", "three panels"), ("none", "no panel, modelled")):
        tallies = [judged.together[name] for judged in found.values()]
        inside = [hit for tally in tallies for hit in tally.inside]
        width = np.mean([width for tally in tallies for width in tally.widths])
        print(f"\nFour platforms with {what}: {np.mean(inside):.1%} inside, ±{width:.1%}.")
    every = [t for judged in found.values() for t in (judged.within, judged.whole, *judged.together.values())]
    bounded = [hit for tally in every for hit in tally.bounded]
    print(f"\nHard bounds held in {sum(bounded):,} of {len(bounded):,} cases.")
    for kind in ("within", "whole"):
        inside = [hit for judged in found.values() for hit in getattr(judged, kind).inside]
        print(f"\nInside 90 %, {kind}: {np.mean(inside):.1%} of {len(inside):,}.")


if __name__ == "__main__":
    raise SystemExit(main())
