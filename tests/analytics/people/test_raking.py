"""Raked tables agree with their margins and keep the seed's odds; joined cells are intervals within the hard bounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from analytics.model.cells import OLDEST, AgeBand, Gender
from analytics.model.interval import Interval
from analytics.people.raking import join, rake

shapes = st.tuples(st.integers(1, 7), st.integers(1, 3))
tables = shapes.flatmap(lambda shape: arrays(np.float64, shape, elements=st.floats(0.5, 20)))
YOUNG, OLD = AgeBand(18, 34), AgeBand(35, OLDEST)


@given(tables, st.data())
def test_a_raked_table_has_the_margins_that_were_asked_for(seed: NDArray[np.float64], data: st.DataObject) -> None:
    wanted = data.draw(arrays(np.float64, seed.shape, elements=st.floats(0.1, 100)))
    rows, columns = wanted.sum(axis=1), wanted.sum(axis=0)
    raked = rake(seed, rows, columns)
    assert raked.converged
    np.testing.assert_allclose(raked.table.sum(axis=1), rows, atol=1e-6 * rows.sum())
    np.testing.assert_allclose(raked.table.sum(axis=0), columns, atol=1e-6 * rows.sum())
    assert raked.gap < 1e-6


@given(tables, st.data())
def test_the_odds_of_the_seed_are_kept(seed: NDArray[np.float64], data: st.DataObject) -> None:
    wanted = data.draw(arrays(np.float64, seed.shape, elements=st.floats(0.1, 100)))
    table = rake(seed, wanted.sum(axis=1), wanted.sum(axis=0)).table
    odds = [t[0, 0] * t[-1, -1] / (t[0, -1] * t[-1, 0]) for t in (seed, table)]
    assert odds[0] == pytest.approx(odds[1], rel=1e-6)


def test_a_table_that_fits_already_stays() -> None:
    seed = np.array([[1.0, 2.0], [3.0, 4.0]])
    raked = rake(seed, seed.sum(axis=1), seed.sum(axis=0))
    np.testing.assert_allclose(raked.table, seed)
    assert raked.iterations == 1


def test_margins_of_rounded_percentages_are_met_half_way_and_the_gap_is_said() -> None:
    raked = rake(np.ones((2, 2)), np.array([60.0, 40.0]), np.array([50.0, 49.0]))
    assert raked.converged
    assert raked.table.sum() == pytest.approx(99.5)
    assert 0.002 < raked.gap < 0.01


def test_an_impossible_seed_is_reported_as_not_converged() -> None:
    raked = rake(np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([1.0, 9.0]), np.array([5.0, 5.0]))
    assert not raked.converged
    assert raked.gap > 0.01


@pytest.mark.parametrize(
    ("seed", "rows"),
    [(np.ones((2, 2)), np.array([1.0, -1.0])), (np.zeros((2, 2)), np.ones(2)), (np.ones((3, 2)), np.ones(2))],
)
def test_what_can_t_be_raked_is_refused(seed: NDArray[np.float64], rows: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match=r"raking|margin|seed"):
        rake(seed, rows, np.ones(2))


@given(st.data())
def test_a_joined_cell_is_within_the_bounds_that_always_hold(data: st.DataObject) -> None:
    kinds: tuple[Gender, ...] = ("female", "male", "other")
    bands = [AgeBand(18, 24), AgeBand(25, 44), AgeBand(45, OLDEST)]
    number = st.floats(0.01, 1)
    truth = {(band, kind): data.draw(number) for band in bands for kind in kinds}
    ages = {band: Interval.exactly(sum(truth[band, kind] for kind in kinds)) for band in bands}
    genders = {kind: Interval.exactly(sum(truth[band, kind] for band in bands)) for kind in kinds}
    joint = join(ages, genders, {key: data.draw(number) for key in truth})
    total = sum(truth.values())
    for (band, kind), cell in joint.cells.items():
        hard = Interval(
            max(0.0, ages[band].low + genders[kind].low - total - 1e-9), min(ages[band].high, genders[kind].high) + 1e-9
        )
        assert cell.within(hard)
        assert cell.low - 1e-6 <= joint.points[band, kind] <= cell.high + 1e-6


def test_the_right_seed_gives_the_right_table_and_more_doubt_a_wider_one() -> None:
    truth = {(YOUNG, "female"): 0.1, (YOUNG, "male"): 0.3, (OLD, "female"): 0.4, (OLD, "male"): 0.2}
    seed: dict[tuple[AgeBand, Gender], float] = {key: 7 * value for key, value in truth.items()}  # type: ignore[misc]
    ages = {YOUNG: Interval.exactly(0.4), OLD: Interval.exactly(0.6)}
    genders: dict[Gender, Interval] = {"female": Interval.exactly(0.5), "male": Interval.exactly(0.5)}
    certain, doubted = (join(ages, genders, seed, doubt=doubt) for doubt in (1.0, 2.0))
    assert certain.points[OLD, "female"] == pytest.approx(0.4)
    assert certain.cells[OLD, "female"].within(doubted.cells[OLD, "female"])
    assert doubted.cells[OLD, "female"].high - doubted.cells[OLD, "female"].low > 0.05


def test_unknown_is_kept_apart() -> None:
    ages, one = {YOUNG: Interval.exactly(0.9)}, {(YOUNG, "female"): 1.0}
    genders: dict[Gender, Interval] = {"female": Interval.exactly(0.9)}
    joint = join(ages, genders, one, unknown=Interval.exactly(0.1))  # type: ignore[arg-type]
    assert joint.cells[YOUNG, "female"] == Interval.exactly(0.9)
    assert joint.unknown == Interval.exactly(0.1)
