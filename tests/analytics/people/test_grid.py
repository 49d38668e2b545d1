"""The common grid is common, coarsening keeps every count, and splitting is honest about what it does not know."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.model.cells import COMMON_GRID, OLDEST, AgeBand
from analytics.model.interval import Interval
from analytics.people.grid import coarsen, common_grid, home, split

META = [AgeBand(*ends) for ends in ((13, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, OLDEST))]
TIKTOK = [AgeBand(*ends) for ends in ((13, 17), (18, 24), (25, 34), (35, 44), (45, 54), (55, OLDEST))]


def partition(edges: set[int]) -> list[AgeBand]:
    """Of 13 and over, cut at `edges`."""
    cuts = sorted({13, *edges})
    return [AgeBand(low, high - 1) for low, high in pairwise(cuts)] + [AgeBand(cuts[-1], OLDEST)]


partitions = st.sets(st.integers(14, 90), max_size=8).map(partition)
counts = st.floats(0, 1e6).flatmap(lambda low: st.floats(0, 1e5).map(lambda wide: Interval(low, low + wide)))


@given(st.lists(partitions, min_size=1, max_size=4))
def test_every_band_of_the_common_grid_is_a_union_of_bands_of_each_input(inputs: list[list[AgeBand]]) -> None:
    grid = common_grid(inputs)
    assert (grid[0].low, grid[-1].high) == (13, OLDEST)
    for given_bands in inputs:
        for band in given_bands:
            assert home(band, grid).contains(band)


@given(st.lists(partitions, min_size=1, max_size=4))
def test_no_finer_grid_is_common(inputs: list[list[AgeBand]]) -> None:
    cuts = {band.low for band in common_grid(inputs)}
    shared = set.intersection(*({band.low for band in bands} for bands in inputs))
    assert cuts == shared


def test_meta_and_tiktok_meet_on_the_grid_of_the_model() -> None:
    assert common_grid([META, TIKTOK]) == COMMON_GRID


def test_ages_that_one_does_not_cover_are_in_no_band() -> None:
    adults = [band for band in META if band.low >= 18]
    assert common_grid([META, adults])[0] == AgeBand(18, 24)
    assert common_grid([[AgeBand(18, 24)], [AgeBand(30, 40)]]) == ()


def test_overlapping_bands_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        common_grid([[AgeBand(17, 24), AgeBand(15, 34)]])


@given(partitions, partitions, st.data())
def test_coarsening_keeps_the_total(one: list[AgeBand], two: list[AgeBand], data: st.DataObject) -> None:
    values = {band: data.draw(counts) for band in one}
    coarse = coarsen(values, common_grid([one, two]))
    total, kept = Interval.total(values.values()), Interval.total(coarse.values())
    assert math.isclose(total.low, kept.low, abs_tol=1e-6)
    assert math.isclose(total.high, kept.high, abs_tol=1e-6)


def test_coarsening_refuses_a_band_across_two_and_a_part_that_is_missing() -> None:
    one = Interval.exactly(1)
    with pytest.raises(ValueError, match="in no band"):
        coarsen({AgeBand(18, 34): one}, TIKTOK)
    with pytest.raises(ValueError, match="nothing is known of a part of 55\\+"):
        coarsen({**dict.fromkeys(TIKTOK[:-1], one), AgeBand(65, OLDEST): one}, TIKTOK)


@given(partitions, partitions, st.floats(1, 4), st.data())
def test_a_split_allows_the_whole_and_marks_only_what_it_split(
    coarse: list[AgeBand], cuts: list[AgeBand], doubt: float, data: st.DataObject
) -> None:
    fine = partition({band.low for band in (*coarse, *cuts)} - {13})
    values = {band: data.draw(counts) for band in coarse}
    weights = {band: data.draw(st.floats(0.1, 1e6)) for band in fine}
    parts = split(values, weights, doubt=doubt)
    assert list(parts) == fine
    for band, value in values.items():
        within = [parts[part] for part in fine if band.contains(part)]
        together = Interval.total(part.value for part in within)
        assert together.low <= value.low * (1 + 1e-9)
        assert together.high >= value.high * (1 - 1e-9)
        assert all((part.state == "modelled") == (len(within) > 1) for part in within)


def test_splitting_55_and_over_is_as_wide_as_seats_differ() -> None:
    older = split({TIKTOK[-1]: Interval.exactly(100.0)}, {META[-2]: 41.5, META[-1]: 58.5})[META[-2]].value
    assert older.low <= 29.0
    assert older.high >= 54.0


def test_more_doubt_never_narrows() -> None:
    whole, weights = {TIKTOK[-1]: Interval(90, 110)}, {META[-2]: 4.0, META[-1]: 6.0}
    narrow, wide = (split(whole, weights, doubt=doubt)[META[-1]].value for doubt in (1.0, 3.0))
    assert narrow.within(wide)
    assert narrow == Interval(54.0, 66.0)


def test_weights_that_don_t_fit_are_refused() -> None:
    whole = {TIKTOK[-1]: Interval.exactly(1)}
    with pytest.raises(ValueError, match="don't make up 55\\+"):
        split(whole, {META[-1]: 1.0})
    with pytest.raises(ValueError, match="weights"):
        split(whole, {META[-2]: 0.0, META[-1]: 0.0})
