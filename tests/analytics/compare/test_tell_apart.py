"""Clips are told apart where they differ, and not where chance alone goes that far."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from analytics.compare.dispersion import dispersion
from analytics.compare.rates import gather
from analytics.compare.tell_apart import FALSE_DISCOVERIES, NO_TELLING, tell_apart
from analytics.errors import NothingToReport

Simulate = Callable[[np.random.Generator, Sequence[float]], pd.DataFrame]
RUNS = 40
UP, DOWN, SAME = [0.08] * 4, [0.02] * 4, [0.05] * 32


def test_most_of_what_is_called_different_is(simulate: Simulate) -> None:
    chance = np.random.default_rng(7)
    wrong: list[float] = []
    right: list[float] = []
    for _ in range(RUNS):
        told = tell_apart(simulate(chance, UP + DOWN + SAME), ["clip"], "object").set_index("clip")
        called = told.index[told["verdict"] != NO_TELLING]
        true = [told.loc[f"c{n:02}", "verdict"] == ("higher" if n < 4 else "lower") for n in range(8)]
        wrong.append(float(np.mean([int(name[1:]) >= 8 for name in called])) if len(called) else 0.0)
        right.append(float(np.mean(true)))
    assert np.mean(wrong) <= FALSE_DISCOVERIES + 0.05
    assert np.mean(right) >= 0.5


def test_clips_that_are_all_alike_are_hardly_ever_told_apart(simulate: Simulate) -> None:
    chance = np.random.default_rng(11)
    runs = [tell_apart(simulate(chance, [0.05] * 40), ["clip"], "object") for _ in range(RUNS)]
    assert np.mean([(run["verdict"] != NO_TELLING).any() for run in runs]) <= 0.2


def test_independent_trials_would_have_called_most_of_them_different(simulate: Simulate) -> None:
    """The reason for over-dispersion: the same data, all clips alike, under the plain binomial."""
    frame = simulate(np.random.default_rng(3), [0.05] * 40)
    sums = frame.groupby("clip")[["numerator", "denominator"]].sum()
    p = [binomtest(int(row.numerator), int(row.denominator), 0.05).pvalue for row in sums.itertuples()]
    assert np.mean(np.array(p) < 0.01) > 0.4


def test_credible_intervals_hold_the_true_rate(simulate: Simulate) -> None:
    chance = np.random.default_rng(5)
    held = []
    for _ in range(RUNS):
        true = list(0.05 * np.exp(chance.normal(0, 0.4, 40)))
        told = tell_apart(simulate(chance, true), ["clip"], "object").set_index("clip").sort_index()
        held.append(((told["low"] <= true) & (told["high"] >= true)).mean())
    assert 0.85 <= np.mean(held) <= 0.97


def test_the_correlation_within_posts_is_found(simulate: Simulate) -> None:
    gathered = gather(simulate(np.random.default_rng(1), [0.05] * 60), ["clip"], "object")
    assert dispersion(gathered, ["clip"]).rho == pytest.approx(0.01, rel=0.3)


def test_a_clip_with_little_behind_it_is_drawn_to_the_usual(simulate: Simulate) -> None:
    frame = simulate(np.random.default_rng(2), [0.05] * 20)
    lucky = pd.DataFrame({"clip": ["new"] * 2, "object": ["n1", "n2"], "numerator": [4, 3], "denominator": [20, 20]})
    told = tell_apart(pd.concat([frame, lucky]), ["clip"], "object").set_index("clip")
    assert told.loc["new", "rate"] == pytest.approx(7 / 40)
    assert told.loc["new", "shrunk"] < 0.1
    assert told.loc["new", "verdict"] == NO_TELLING


def test_without_repeats_nothing_is_told_apart_and_it_says_why() -> None:
    frame = pd.DataFrame({"clip": ["a", "b"], "object": ["1", "2"], "numerator": [900, 1], "denominator": [1000, 1000]})
    told = tell_apart(frame, ["clip"], "object")
    assert set(told["verdict"]) == {NO_TELLING}
    assert "too few repeats" in told["why"].iloc[0]


def test_a_single_clip_has_nothing_to_be_compared_with(simulate: Simulate) -> None:
    told = tell_apart(simulate(np.random.default_rng(2), [0.05]), ["clip"], "object")
    assert list(told["verdict"]) == [NO_TELLING]


def test_paid_and_organic_are_never_mixed(simulate: Simulate) -> None:
    frame = simulate(np.random.default_rng(2), [0.05] * 3)
    mixed = pd.concat([frame.assign(payment="paid"), frame.assign(payment="organic")])
    with pytest.raises(NothingToReport, match="organic, paid"):
        tell_apart(mixed, ["clip"], "object")
    assert len(tell_apart(mixed, ["clip", "payment"], "object")) == 6


def test_groups_in_which_nobody_or_everybody_acted_are_answered() -> None:
    frame = pd.DataFrame(
        {
            "clip": ["a"] * 4 + ["b"] * 4,
            "object": list("12345678"),
            "numerator": [0] * 4 + [50] * 4,
            "denominator": [50] * 8,
        }
    )
    told = tell_apart(frame, ["clip"], "object")
    assert told[["shrunk", "low", "high", "p", "q"]].notna().all().all()
    assert told["low"].between(0, 1).all()


def test_more_done_than_asked_is_our_mistake() -> None:
    frame = pd.DataFrame({"clip": ["a"], "object": ["1"], "numerator": [3], "denominator": [2]})
    with pytest.raises(ValueError, match="between 0 and its denominator"):
        tell_apart(frame, ["clip"], "object")


def test_an_empty_comparison_is_nothing_to_report() -> None:
    frame = pd.DataFrame({"clip": ["a"], "object": ["1"], "numerator": [0], "denominator": [0]})
    with pytest.raises(NothingToReport):
        tell_apart(frame, ["clip"], "object")
