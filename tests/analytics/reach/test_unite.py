"""What may be said of a union: bounds always, a point only after calibration, never outside the bounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.model.interval import Interval
from analytics.model.reach import Reach
from analytics.reach.across import across
from analytics.reach.calibration import Calibration, calibrate
from analytics.reach.unite import unite, unite_cells
from tests.analytics.reach.people import weeks

exactly = Interval.exactly
POPULATION = 50_000.0


def calibrated() -> Calibration:
    found = calibrate(weeks(8, {"all": POPULATION, "18-24": 9_000.0}))
    assert found is not None
    return found


CALIBRATED = calibrated()


def test_one_part_is_as_reported() -> None:
    assert unite([exactly(500)], 1_000) == Reach(exactly(500), exactly(500), "reported", 500)


def test_without_calibration_only_the_bounds_are_given() -> None:
    reach = unite([exactly(500), exactly(700)], 1_000)
    assert (reach.people, reach.how, reach.point) == (Interval(700, 1_000), "bounds", None)


def test_without_a_population_no_model_speaks() -> None:
    assert unite([exactly(500), exactly(700)], None, CALIBRATED).how == "bounds"


def test_with_calibration_a_point_is_given_and_the_model_named() -> None:
    truth = weeks(1, {"all": POPULATION}, seed=99)[0]
    reach = unite([exactly(people) for people in truth.parts.people], POPULATION, CALIBRATED)
    assert reach.how == "calibrated"
    assert reach.model == CALIBRATED.model
    assert reach.point == pytest.approx(truth.people, rel=0.02)
    assert reach.people.within(reach.bounds)


@settings(max_examples=50, deadline=None)
@given(parts=st.lists(st.tuples(st.integers(0, 9_000), st.integers(0, 2_000)), min_size=2, max_size=6))
def test_points_and_intervals_never_leave_the_bounds(parts: list[tuple[int, int]]) -> None:
    reach = unite([Interval(low, low + more) for low, more in parts], 9_000.0, CALIBRATED, cell="18-24")
    assert reach.people.within(reach.bounds)
    assert reach.point is not None
    assert reach.people.low <= reach.point <= reach.people.high


def test_vague_parts_give_a_wider_answer() -> None:
    sharp = unite([exactly(5_000)] * 3, POPULATION, CALIBRATED)
    vague = unite([Interval(4_500, 5_500)] * 3, POPULATION, CALIBRATED)
    assert vague.people.low < sharp.people.low < sharp.people.high < vague.people.high


def test_known_overlaps_hold_against_the_model() -> None:
    reach = unite([exactly(5_000), exactly(4_000)], POPULATION, CALIBRATED, pairs={(0, 1): exactly(4_000)})
    assert reach.people == reach.bounds == exactly(5_000)
    assert reach.point == 5_000


def test_cells_add_up_only_to_what_the_worst_known_of_them_allows() -> None:
    known = unite([exactly(500), exactly(700)], 9_000.0, CALIBRATED, cell="18-24")
    bare = unite([exactly(500), exactly(700)], 9_000.0)
    assert unite_cells({1: known, 2: known}).how == "calibrated"
    assert unite_cells({1: known, 2: known}).point == pytest.approx(2 * (known.point or 0))
    both = unite_cells({1: known, 2: bare})
    assert (both.how, both.point) == ("bounds", None)
    assert both.people.within(both.bounds)


def test_no_cells_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no cells"):
        unite_cells({})


def test_across_platforms_without_calibration_is_modelled_and_has_no_point() -> None:
    reach = across([exactly(20_000), exactly(15_000), exactly(9_000)], POPULATION)
    assert (reach.how, reach.point) == ("modelled", None)
    assert reach.bounds.low < reach.people.low < reach.people.high < reach.bounds.high


def test_across_platforms_with_panel_totals_is_calibrated() -> None:
    assert across([exactly(20_000), exactly(15_000)], POPULATION, CALIBRATED).how == "calibrated"


def test_across_platforms_without_a_population_there_are_bounds_only() -> None:
    assert across([exactly(20_000), exactly(15_000)], None).how == "bounds"
