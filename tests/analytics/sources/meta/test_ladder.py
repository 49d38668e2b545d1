"""From a published middle back to the range of the Ad Library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.sources.meta.ladder import IMPRESSIONS, SPEND, Steps, range_around, range_with_middle

KINDS = st.sampled_from([IMPRESSIONS, SPEND])


@given(st.integers(0, 999_999), KINDS)
def test_every_number_lies_in_its_range_and_the_ranges_touch(number: int, steps: Steps) -> None:
    low, high = range_around(number, steps)
    assert low <= number <= high
    assert low == 0 or range_around(low - 1, steps)[1] == low - 1


@given(st.integers(0, 999_999), KINDS)
def test_a_middle_gives_its_range_back(number: int, steps: Steps) -> None:
    low, high = range_around(number, steps)
    assert range_with_middle((low + high) // 2, steps) == (low, high)


@pytest.mark.parametrize(
    ("middle", "steps", "expected"),
    [
        (1, IMPRESSIONS, (0, 999)),
        (499, IMPRESSIONS, (0, 999)),
        (4499, IMPRESSIONS, (4000, 4999)),
        (12499, IMPRESSIONS, (10000, 14999)),
        (64999, IMPRESSIONS, (60000, 69999)),
        (1, SPEND, (0, 99)),
        (249, SPEND, (200, 299)),
    ],
)
def test_middles_of_2019(middle: int, steps: Steps, expected: tuple[int, int]) -> None:
    assert range_with_middle(middle, steps) == expected


@pytest.mark.parametrize("wrong", [2, 500, 4500, -1, 1_000_000])
def test_a_number_that_is_no_middle_is_not_made_one(wrong: int) -> None:
    with pytest.raises(ValueError, match=str(wrong)):
        range_with_middle(wrong, IMPRESSIONS)
