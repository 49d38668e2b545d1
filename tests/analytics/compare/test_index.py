"""Over-index against the page's own average, and what goes with a better rate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.compare.factors import compare_factor, length_band, part_of_day
from analytics.compare.index import OWN_AVERAGE, over_index
from analytics.compare.rates import Rate
from analytics.compare.suggest import suggest_weights
from analytics.errors import NothingToReport
from analytics.model.interval import Interval
from analytics.model.scope import Window

AGES = ("18-24", "25-34", "35-44", "45-54")


def by_age(chance: np.random.Generator, shares: list[list[float]], posts: int = 6) -> pd.DataFrame:
    rows = []
    for clip, share in enumerate(shares):
        for post in range(posts):
            counts = chance.multinomial(int(chance.lognormal(7, 1)) + 50, chance.dirichlet(np.array(share) * 80))
            rows += [(f"c{clip}", f"c{clip}-{post}", age, count) for age, count in zip(AGES, counts, strict=True)]
    return pd.DataFrame(rows, columns=["clip", "object", "age", "numerator"])


USUAL = [0.3, 0.2, 0.4, 0.1]


def test_a_clip_that_the_young_watched_more_is_over_there() -> None:
    frame = by_age(np.random.default_rng(4), [[0.6, 0.15, 0.2, 0.05]] + [USUAL] * 11)
    told = over_index(frame, ["age"]).set_index(["clip", "age"])
    young = told.loc[("c0", "18-24")]
    assert young["verdict"] == "over"
    assert young["low"] > 100
    assert young["index"] == pytest.approx(200, rel=0.2)
    assert young["baseline"] == OWN_AVERAGE
    assert (told.drop("c0", level="clip")["verdict"] == "can't be told apart").mean() > 0.9


def test_intervals_hold_the_average_where_all_clips_are_alike() -> None:
    chance = np.random.default_rng(9)
    runs = [over_index(by_age(chance, [USUAL] * 12), ["age"]) for _ in range(15)]
    assert np.mean([(run["low"] <= 100) & (run["high"] >= 100) for run in runs]) == pytest.approx(0.9, abs=0.06)
    assert np.mean([(run["verdict"] != "can't be told apart").any() for run in runs]) <= 0.3


def test_cells_that_an_export_leaves_out_are_none_of_them() -> None:
    frame = by_age(np.random.default_rng(4), [USUAL] * 5)
    zero = frame.assign(numerator=frame["numerator"].where(frame["age"] != "45-54", 0))
    left_out = zero[zero["numerator"] > 0]
    whole, partial = (over_index(kind, ["age"]).set_index(["clip", "age"]) for kind in (zero, left_out))
    assert partial.loc[("c0", "25-34"), "index"] == pytest.approx(whole.loc[("c0", "25-34"), "index"])


def test_a_population_can_be_the_baseline_and_is_named() -> None:
    frame = by_age(np.random.default_rng(4), [USUAL] * 5)
    population: dict[tuple[str, ...], float] = {(age,): 0.25 for age in AGES}
    told = over_index(frame, ["age"], baseline=population, baseline_name="people of Wales").set_index(["clip", "age"])
    assert told.loc[("c0", "35-44"), "usual"] == 0.25
    assert told.loc[("c0", "35-44"), "index"] > 100
    assert set(told["baseline"]) == {"people of Wales"}


def clips_of_topics(chance: np.random.Generator, better: float) -> pd.DataFrame:
    rows = []
    for clip in range(40):
        topic = ("housing", "health")[clip % 2]
        rate = np.clip((0.05 * (better if topic == "housing" else 1)) * np.exp(chance.normal(0, 0.3)), 0, 1)
        asked = int(chance.lognormal(8, 1)) + 50
        rows.append((f"c{clip}", topic, chance.binomial(asked, rate), asked, 10.0 + clip, clip % 24))
    return pd.DataFrame(rows, columns=["clip", "topic", "numerator", "denominator", "duration_s", "posted_hour"])


def test_a_topic_that_does_better_is_found_and_suggested() -> None:
    told = compare_factor(clips_of_topics(np.random.default_rng(6), 2.0), "topic")
    assert dict(zip(told["topic"], told["verdict"], strict=True)) == {"housing": "higher", "health": "lower"}
    more, less = suggest_weights(told, "topic", {"housing": 1.0, "health": 1.0, "schools": 1.0})
    assert (more.entry, more.weight_now) == ("housing", 1.0)
    assert 1.0 < more.weight_suggested <= 2.0
    assert 0.5 <= less.weight_suggested < 1.0
    assert "higher than the usual" in more.why
    assert "q" in more.evidence


def test_topics_that_can_not_be_told_apart_suggest_nothing() -> None:
    told = compare_factor(clips_of_topics(np.random.default_rng(6), 1.0), "topic")
    assert suggest_weights(told, "topic", {"housing": 1.0, "health": 1.0}) == ()


def test_lengths_and_hours_are_put_into_bands() -> None:
    frame = clips_of_topics(np.random.default_rng(6), 1.0)
    assert set(compare_factor(frame, "length")["length"]) == {"up to 15 s", "15 to 30 s", "30 to 60 s"}
    assert set(compare_factor(frame, "hour")["hour"]) == {"night", "morning", "afternoon", "evening"}
    assert [length_band(seconds) for seconds in (15, 61, float("nan"))] == ["up to 15 s", "over 60 s", "unknown"]
    assert part_of_day(float("nan")) == "unknown"


def test_a_factor_that_nothing_is_known_of_says_so() -> None:
    frame = clips_of_topics(np.random.default_rng(6), 1.0).assign(topic="")
    with pytest.raises(NothingToReport, match="topic"):
        compare_factor(frame, "topic")


def test_a_rate_of_intervals_is_an_interval() -> None:
    window = Window(pd.Timestamp("2026-11-01").date(), pd.Timestamp("2026-11-30").date())
    rate = Rate(Interval(10, 20), Interval(100, 200), "views_3s / reach", window, "export")
    assert (rate.share.low, rate.share.high) == (0.05, 0.2)
