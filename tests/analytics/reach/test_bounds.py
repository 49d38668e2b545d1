"""Hard bounds: the truth is inside, always; more knowledge never loosens them; contradictions are said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.model.interval import Interval
from analytics.reach.bounds import Containing, FiguresContradict, bounds, bounds_over_cells
from analytics.reach.overlaps import EXACT_PARTS
from tests.analytics.reach.people import counted, everybody, overlaps

exactly = Interval.exactly
PEOPLE = 40
audiences = st.lists(st.sets(st.integers(0, PEOPLE - 1)), min_size=1, max_size=5)
many = st.lists(st.sets(st.integers(0, PEOPLE - 1)), min_size=EXACT_PARTS + 1, max_size=EXACT_PARTS + 5)
SLACK = 1e-6


def holds(found: Interval, truth: float) -> bool:
    return found.low - SLACK <= truth <= found.high + SLACK


def drawn_pairs(draw: st.DataObject, count: int) -> list[tuple[int, int]]:
    every = [(i, j) for i in range(count) for j in range(i + 1, count)]
    return draw.draw(st.lists(st.sampled_from(every), unique=True)) if every else []


@given(audiences)
def test_the_truth_is_inside(sets: list[set[int]]) -> None:
    assert holds(bounds(counted(sets), PEOPLE), everybody(sets))


@settings(max_examples=60, deadline=None)
@given(audiences, st.data())
def test_overlaps_of_pairs_only_tighten_and_keep_the_truth(sets: list[set[int]], data: st.DataObject) -> None:
    known = overlaps(sets, drawn_pairs(data, len(sets)))
    plain, tight = bounds(counted(sets), PEOPLE), bounds(counted(sets), PEOPLE, pairs=known)
    assert holds(tight, everybody(sets))
    assert tight.low >= plain.low - SLACK
    assert tight.high <= plain.high + SLACK


@settings(max_examples=60, deadline=None)
@given(many, st.data())
def test_for_many_parts_overlaps_keep_the_truth_too(sets: list[set[int]], data: st.DataObject) -> None:
    known = overlaps(sets, drawn_pairs(data, len(sets)))
    plain, tight = bounds(counted(sets), PEOPLE), bounds(counted(sets), PEOPLE, pairs=known)
    assert holds(tight, everybody(sets))
    assert tight.low >= plain.low - SLACK
    assert tight.high <= plain.high + SLACK


@given(audiences, st.integers(0, 5))
def test_ranges_of_the_parts_keep_the_truth(sets: list[set[int]], vague: int) -> None:
    parts = [Interval(max(0, len(audience) - vague), len(audience) + 2 * vague) for audience in sets]
    assert holds(bounds(parts, PEOPLE), everybody(sets))


@given(audiences, audiences)
def test_a_containing_period_keeps_the_truth(sets: list[set[int]], others: list[set[int]]) -> None:
    whole = Containing(exactly(everybody(sets + others)), tuple(counted(others)), is_rest_complete=True)
    assert holds(bounds(counted(sets), PEOPLE, containing=[whole]), everybody(sets))


def test_two_known_overlaps_give_the_union_exactly() -> None:
    assert bounds([exactly(60), exactly(50)], pairs={(1, 0): exactly(20)}) == exactly(90)


def test_three_that_share_most_of_each_other_are_bounded_exactly() -> None:
    """Three of 40, each two sharing 30: from 20 to 30 are in all three, so 30 more than that are in any."""
    three, shared = [exactly(40)] * 3, {(0, 1): exactly(30), (0, 2): exactly(30), (1, 2): exactly(30)}
    found = bounds(three, pairs=shared)
    assert found.low == pytest.approx(50)
    assert found.high == pytest.approx(60)


def test_many_disjoint_parts_are_their_sum() -> None:
    count = EXACT_PARTS + 3
    apart = {(i, j): exactly(0) for i in range(count) for j in range(i + 1, count)}
    assert bounds([exactly(10)] * count, 1_000, pairs=apart) == exactly(10 * count)


def test_a_longer_period_is_a_lid_and_a_day_is_a_floor() -> None:
    found = bounds([exactly(40), exactly(50)], containing=[Containing(exactly(70))], contained=[exactly(65)])
    assert found == Interval(65, 70)


def test_without_a_population_only_the_sum_caps() -> None:
    assert bounds([exactly(40), Interval(0, float("inf"))]) == Interval(40, float("inf"))


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        ([exactly(120)], {"population": 100}),
        ([exactly(10), exactly(90)], {"containing": [Containing(exactly(50))]}),
        ([exactly(10), exactly(10)], {"contained": [exactly(21)]}),
        ([exactly(10), exactly(90)], {"pairs": {(0, 1): exactly(11)}}),
        ([exactly(5)] * (EXACT_PARTS + 1), {"pairs": {(0, 1): exactly(5)}, "contained": [exactly(46)]}),
    ],
)
def test_figures_that_contradict_each_other_are_said(parts: list[Interval], known: dict[str, object]) -> None:
    with pytest.raises(FiguresContradict):
        bounds(parts, **known)  # type: ignore[arg-type]


def test_no_parts_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="no parts"):
        bounds([])


def test_an_overlap_of_a_part_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(IndexError):
        bounds([exactly(1)], pairs={(0, 1): exactly(1)})


def test_cells_are_summed_and_met_with_the_whole() -> None:
    cells: dict[object, Interval] = {"18-24": Interval(10, 30), "25-34": Interval(20, 50)}
    assert bounds_over_cells(cells) == Interval(30, 80)
    assert bounds_over_cells(cells, Interval(25, 60)) == Interval(30, 60)
    with pytest.raises(FiguresContradict):
        bounds_over_cells(cells, exactly(90))
