"""Models: what each says where its own assumption is the truth; who is chosen, and when nobody may speak."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.reach.activity import unions
from analytics.reach.calibration import LEAST_PERIODS, MODELS, back_test, calibrate, room
from analytics.reach.corrected import Corrected
from analytics.reach.models import BetaBinomial, DiracMixture, Independence, OnePoint
from analytics.reach.past import Parts, Past
from analytics.reach.pooled import Activity
from tests.analytics.reach.people import weeks

CELLS = {"F 18-24": 8_000.0, "M 18-24": 9_000.0}


def test_independence_is_the_complement_of_missing_everything() -> None:
    assert Independence().predict(Parts((500, 500), 1_000)) == pytest.approx(750)


def test_one_point_goes_through_its_point() -> None:
    past = Past("w1", Parts((600, 600), 5_000, 2_000), 900)
    assert OnePoint().fit([past]).predict(past.parts) == pytest.approx(900)


def test_one_point_of_a_period_without_repetition_is_nearly_the_sum() -> None:
    past = Past("w1", Parts((60, 60), 5_000), 120)
    assert OnePoint().fit([past]).predict(past.parts) == pytest.approx(120, rel=0.001)


@given(share=st.floats(0.05, 0.95))
@settings(max_examples=30, deadline=None)
def test_the_beta_binomial_goes_through_its_last_period(share: float) -> None:
    parts = Parts((400.0, 400.0, 400.0), 5_000)
    people = 400 + share * (Independence().predict(parts) - 400)
    assert BetaBinomial().fit([Past("w1", parts, people)]).predict(parts) == pytest.approx(people, rel=1e-3)


def test_the_beta_binomial_stops_at_independence_and_at_full_overlap() -> None:
    parts = Parts((400.0, 400.0), 5_000)
    assert BetaBinomial().fit([Past("w1", parts, 800)]).predict(parts) == pytest.approx(768, rel=1e-3)
    assert BetaBinomial().fit([Past("w1", parts, 400)]).predict(parts) == pytest.approx(400, rel=1e-2)


def test_the_dirac_mixture_finds_two_levels_of_activity() -> None:
    def reach(shown: float) -> float:
        return float(10_000 * (0.3 * -np.expm1(-5 * shown / 10_000) + 0.4 * -np.expm1(-0.5 * shown / 10_000)))

    history = [
        Past(f"w{i}", Parts((1.0,), 10_000, shown), reach(shown)) for i, shown in enumerate((500, 2e3, 5e3, 9e3))
    ]
    assert DiracMixture().fit(history).predict(Parts((1.0,), 10_000, 3_500)) == pytest.approx(reach(3_500), rel=0.01)


@given(st.lists(st.integers(0, 900), min_size=1, max_size=7))
def test_the_activity_grid_stays_within_the_frechet_bounds(people: list[int]) -> None:
    found = unions(Parts(tuple(people), 1_000.0))
    assert np.all(found >= max(people) * (1 - 1e-6))
    assert np.all(found <= sum(people) * (1 + 1e-6) + 1e-6)


def test_the_activity_grid_reaches_from_full_overlap_nearly_to_the_sum() -> None:
    found = unions(Parts((300.0, 300.0), 1_000.0))
    assert found.min() < 305
    assert found.max() > 590


def test_the_activity_model_finds_its_own_truth() -> None:
    history = weeks(10, CELLS)
    assert calibrate(history, [Activity()]).error < 0.01  # type: ignore[union-attr]


def test_a_cell_without_history_is_predicted_as_the_others() -> None:
    history = weeks(8, CELLS)
    stranger = weeks(1, {"F 65+": 20_000.0}, seed=77)[0]
    assert Activity().fit(history).predict(stranger.parts) == pytest.approx(stranger.people, rel=0.05)
    assert BetaBinomial().fit(history).predict(stranger.parts) is None


def test_too_little_history_calibrates_nothing() -> None:
    assert calibrate(weeks(LEAST_PERIODS - 1, CELLS)) is None
    assert calibrate([]) is None


def test_models_are_mixed_to_be_no_worse_than_the_best_and_every_error_is_shown() -> None:
    found = calibrate(weeks(8, {**CELLS, "F 25-34": 12_000.0}))
    assert found is not None
    assert found.error <= min(found.errors.values()) * 1.2
    assert set(found.errors) == {model.name for model in MODELS}
    assert sum(found.weights.values()) == pytest.approx(1)
    assert all(name in found.model for name in found.weights)


def test_a_short_past_leaves_the_activity_model_alone() -> None:
    few = calibrate(weeks(4, {"all": 10_000.0}))
    assert few is not None
    assert few.weights == {few.model: 1.0} == {"activity": 1.0}


def test_sizes_that_were_never_seen_widen_the_interval() -> None:
    found = calibrate(weeks(12, {"all": 10_000.0}))
    assert found is not None
    usual, huge = Parts((600.0,) * 5, 10_000), Parts((2_900.0,) * 5, 10_000)
    assert found.margin(huge, 5_000, 0.9) / room(huge, 5_000) > 1.5 * found.margin(usual, 1_700, 0.9) / room(
        usual, 1_700
    )


def test_a_cell_without_history_gets_no_calibrated_number() -> None:
    found = calibrate(weeks(4, CELLS))
    assert found is not None
    assert found.predict(weeks(1, {"F 65+": 20_000.0})[0].parts) is None


def test_a_correction_learns_what_activity_can_not_see() -> None:
    """The more posts there are, the fewer people they bring against what activity says."""
    history = [replace(past, people=past.people * len(past.parts.people) ** -0.15) for past in weeks(24, CELLS)]
    plain, corrected = (calibrate(history, [model]) for model in (Activity(), Corrected(Activity())))
    assert plain is not None
    assert corrected is not None
    assert corrected.error < plain.error * 0.6


def test_a_back_test_never_learns_from_the_period_it_predicts() -> None:
    """One wild week is predicted as the tame ones would have it, so its error is seen whole."""
    history = weeks(6, {"all": 10_000.0})
    wild = Past("w99", history[0].parts, history[0].people / 2)
    point = {past.period: point for past, point in back_test([*history, wild], Activity())}["w99"]
    assert point == pytest.approx(history[0].people, rel=0.05)


def test_worse_models_give_wider_intervals() -> None:
    history = weeks(10, CELLS)
    good, bad = calibrate(history, [Activity()]), calibrate(history, [Independence()])
    assert good is not None
    assert bad is not None
    parts = history[0].parts
    assert bad.margin(parts, 2_000, 0.9) > 3 * good.margin(parts, 2_000, 0.9)


def test_no_history_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no history"):
        Activity().fit([])


@pytest.mark.parametrize(("people", "population"), [((), 10.0), ((-1.0,), 10.0), ((1.0,), 0.0)])
def test_parts_are_counts_of_people_of_a_population(people: tuple[float, ...], population: float) -> None:
    with pytest.raises(ValueError, match="counts of people"):
        Parts(people, population)
