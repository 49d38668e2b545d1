"""Can small groups be worked out from published tables? 1,000 random ones, attacked.

    python -m bench.disclosure [--tables 1000] [--seed 1] [--workers 2]

Each is published twice, the second time after some more people were counted. The attacker has both editions with
their totals, knows that counts are whole, not negative and (where it is so) never fall, and finds the most that each
hidden number can be, in whole people, with programmes of its own: it shares no code with the product. A number from
1 to 9 is recovered if it is shown, or if the most that it can be is under 10 (and no less than it is); and no number
may stand 1 to 9 apart in two editions. Against: no suppression of others, and each edition protected as if there
were no other.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from itertools import product, repeat

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.disclosure.edition import edition_of
from analytics.disclosure.protect import protect

SMALL = 10
ALL = "all"
Table = dict[tuple[str, str], float]  # NaN where hidden; totals under "all"
Publish = Callable[[pd.DataFrame, pd.DataFrame], tuple[Table, Table]]


@dataclass
class Score:
    """Over all tables: numbers from 1 to 9 in what was published, recovered ones, and numbers hidden of all."""

    small: int = 0
    recovered: int = 0
    apart: int = 0
    hidden: int = 0
    numbers: int = 0
    seconds: float = 0.0


def two_editions(dice: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Skewed counts with some zeros, 1 to 8 rows and 2 to 6 columns; then a few more people, or many."""
    rows, columns = int(dice.integers(1, 9)), int(dice.integers(2, 7))
    first = np.floor(dice.lognormal(dice.uniform(2.2, 5), 1.4, (rows, columns))) * (dice.random((rows, columns)) > 0.1)
    more = dice.poisson(dice.choice([0.5, 4.0, 30.0]) * dice.random((rows, columns)))
    restated = dice.random() < 0.2
    then = np.maximum(first + more - (dice.poisson(3.0, first.shape) if restated else 0), 0)
    return _frame(first), _frame(then)


def _frame(counts: np.ndarray) -> pd.DataFrame:
    places = list(product(range(counts.shape[0]), range(counts.shape[1])))
    return pd.DataFrame([(f"r{i}", f"c{j}", int(counts[i, j])) for i, j in places], columns=["row", "column", "count"])


def as_table(shown: pd.DataFrame) -> Table:
    return {(row, column): count for row, column, count in shown[["row", "column", "count"]].itertuples(index=False)}


def exact(frame: pd.DataFrame) -> Table:
    edition = edition_of(frame)
    return {
        (row, column): float(edition.counts[i, j])
        for i, row in enumerate(edition.rows)
        for j, column in enumerate(edition.columns)
    }


def ours(first: pd.DataFrame, then: pd.DataFrame) -> tuple[Table, Table]:
    before = protect(first)
    return as_table(before.shown), as_table(protect(then, previous=before).shown)


def apart(first: pd.DataFrame, then: pd.DataFrame) -> tuple[Table, Table]:
    return as_table(protect(first).shown), as_table(protect(then).shown)


def small_only(first: pd.DataFrame, then: pd.DataFrame) -> tuple[Table, Table]:
    hidden = [{k: float("nan") if 0 < v < SMALL else v for k, v in exact(frame).items()} for frame in (first, then)]
    return hidden[0], hidden[1]


METHODS: dict[str, Publish] = {
    "small numbers hidden, nothing else": small_only,
    "each edition protected by itself": apart,
    "protected against the edition before (ours)": ours,
}


class Attack:
    """Everything that both editions say, as a programme over whole numbers."""

    def __init__(self, first: Table, then: Table, *, grows: bool) -> None:
        self.cells = [(0, key) for key in first] + [(1, key) for key in then]
        self.number = {cell: k for k, cell in enumerate(self.cells)}
        values = np.array([*first.values(), *then.values()])
        self.bounds = Bounds(np.where(np.isnan(values), 0, values), np.where(np.isnan(values), np.inf, values))
        self.rules = [LinearConstraint(self._sums(), 0, 0)]
        if grows:
            self.rules.append(LinearConstraint(self._growth(set(first) & set(then)), 0, np.inf))

    def most(self, edition: int, key: tuple[str, str]) -> float:
        aim = np.zeros(len(self.cells))
        aim[self.number[edition, key]] = -1
        found = milp(aim, constraints=self.rules, bounds=self.bounds, integrality=np.ones(len(aim)))
        if found.status == 2:
            raise RuntimeError("the published numbers contradict each other")
        return -float(found.fun) if found.status == 0 else float("inf")

    def _sums(self) -> np.ndarray:
        lines = []
        for edition, (row, column) in self.cells:
            for axis, name in enumerate((row, column)):
                if name == ALL:
                    other = (row, column)[1 - axis]
                    inner = [k for k in self.cells if k[0] == edition and k[1][1 - axis] == other and k[1][axis] != ALL]
                    lines.append(self._line([(cell, 1.0) for cell in inner] + [((edition, (row, column)), -1.0)]))
        return np.array(lines)

    def _growth(self, shared: set[tuple[str, str]]) -> np.ndarray:
        inner = [key for key in shared if ALL not in key]
        return np.array([self._line([((1, key), 1.0), ((0, key), -1.0)]) for key in inner])

    def _line(self, terms: Sequence[tuple[tuple[int, tuple[str, str]], float]]) -> np.ndarray:
        line = np.zeros(len(self.cells))
        for cell, sign in terms:
            line[self.number[cell]] = sign
        return line


def attack(score: Score, truths: tuple[Table, Table], published: tuple[Table, Table]) -> None:
    """Try every small number that the truth of either edition has."""
    grew = all(truths[1][key] >= value for key, value in truths[0].items() if key in truths[1])
    attacker = Attack(*published, grows=grew)
    for edition, truth in enumerate(truths):
        for key, value in truth.items():
            score.numbers += 1
            score.hidden += int(np.isnan(published[edition][key]))
            if 0 < value < SMALL:
                score.small += 1
                shown = published[edition][key]
                if np.isnan(shown):
                    score.recovered += value <= attacker.most(edition, key) < SMALL
                else:
                    score.recovered += shown == value
    both = [(published[0][key], published[1][key]) for key in published[0] if key in published[1]]
    score.apart += sum(0 < abs(b - a) < SMALL for a, b in both)


def run(numbers: Sequence[int], seed: int) -> dict[str, Score]:
    scores = {name: Score() for name in METHODS}
    for number in numbers:
        first, then = two_editions(np.random.default_rng((seed, number)))
        for name, publish in METHODS.items():
            began = time.process_time()
            published = publish(first, then)
            scores[name].seconds += time.process_time() - began
            attack(scores[name], (exact(first), exact(then)), published)
    return scores


def together(parts: Sequence[Score]) -> Score:
    return Score(*(sum(getattr(part, field.name) for part in parts) for field in fields(Score)))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    wanted = parser.parse_args(arguments)
    print("| method | small numbers | recovered | editions apart by 1–9 | hidden of all numbers | CPU-s a pair |")
    print("|---|---|---|---|---|---|")
    shares = [range(k, wanted.tables, wanted.workers) for k in range(wanted.workers)]
    with ProcessPoolExecutor(wanted.workers) as workers:
        parts = list(workers.map(run, shares, repeat(wanted.seed)))
    for name in METHODS:
        score = together([part[name] for part in parts])
        share, cost = score.hidden / score.numbers, score.seconds / wanted.tables
        print(f"| {name} | {score.small:,} | {score.recovered:,} | {score.apart:,} | {share:.1%} | {cost:.3f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
