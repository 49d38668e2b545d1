from __future__ import annotations

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.model.interval import Interval
from analytics.model.scope import Window
from analytics.reports import words

ENDS = st.floats(0, 1e9).map(lambda number: round(number, 4))
SPANS = st.tuples(ENDS, ENDS).map(lambda ends: Interval(min(ends), max(ends)))


@given(SPANS)
def test_an_interval_is_never_said_narrower_than_it_is(span: Interval) -> None:
    said = words.outwards(span)
    assert said.low <= span.low * (1 + 1e-9)
    assert said.high >= span.high * (1 - 1e-9)


@given(SPANS)
def test_an_interval_is_not_said_much_wider_either(span: Interval) -> None:
    said = words.outwards(span)
    assert said.low >= span.low * 0.899
    assert said.high <= span.high * 1.101


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (213_457, 255_111, "between 210,000 and 260,000 people"),
        (243_118, 243_118, "243,118 people"),
        (1_000_000, math.inf, "at least 1,000,000 people"),
        (0, 38_200, "at most 39,000 people"),
    ],
)
def test_people_are_said_in_ordinary_words(low: float, high: float, said: str) -> None:
    assert words.between(Interval(low, high)) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.2, 0.2, "about 1 in 5"),
        (0.213, 0.213, "about 1 in 5"),
        (0.33, 0.5, "between 33% and 50%"),
        (1 / 6, 1 / 4, "between 1 in 6 and 1 in 4"),
        (0, 0.08, "at most 1 in 12"),
        (0, 1, "anything from none to all"),
        (0.5, 0.5, "about half"),
        (0.28, 0.28, "about 28%"),
        (0, 0, "none"),
        (1, 1, "all"),
    ],
)
def test_a_share_is_said_as_people_say_it(low: float, high: float, said: str) -> None:
    if (low, high) == (0.33, 0.5):
        assert words.part_of(Interval(low, high)) in (said, "between 1 in 4 and half")
    else:
        assert words.part_of(Interval(low, high)) == said


@given(st.tuples(st.floats(0.0005, 1), st.floats(0.0005, 1)).map(sorted))
def test_a_share_in_words_holds_the_whole_interval(ends: list[float]) -> None:
    said = words.part_of(Interval(*ends))
    numbers = [
        0.5 if half else 1 / int(parts) if parts else float(percents) / 100
        for half, parts, percents in re.findall(r"(half)|1 in (\d+)|([\d.]+)%", said)
    ]
    if said.startswith("between") and "under" not in said and "over" not in said:
        assert numbers[0] <= ends[0] + 1e-9
        assert numbers[1] >= ends[1] - 1e-9


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0"), (950, "950"), (9_512, "9.51k"), (95_000, "95k"), (999_700, "1m"), (1_234_567, "1.23m")],
)
def test_a_label_has_three_figures_at_most(number: float, said: str) -> None:
    assert words.short(number) == said


def test_a_small_share_is_not_none_and_a_large_one_is_not_all() -> None:
    assert words.percent(0.0000004) == "under 0.1%"
    assert words.percent(0.99995) == "over 99.9%"
    assert words.label(Interval(0, 0.0004), "share") == "under 0.1%"


def test_money_and_what_is_not_known() -> None:
    assert words.spent(Interval(1_204, 3_399)) == "between £1,200 and £3,400"
    assert words.label(Interval(100, 199), "money") == "£100–£200"
    assert words.between(None) == "an unknown number of people"
    assert words.label(None) == "not known"


def test_overlapping_intervals_are_as_usual_and_others_differ_at_least_by_their_gap() -> None:
    usual = Interval(150, 190)
    assert words.compared(Interval(180, 260), usual) == "about as usual"
    assert words.compared(Interval(209, 260), usual) == "at least 10% more than usual"
    assert words.compared(Interval(60, 75), usual) == "at least 50% less than usual"
    assert words.compared(Interval(5, 6), Interval(0, 0)) == "more than usual"


def test_days_and_periods_are_written_out() -> None:
    assert words.period(Window(date(2026, 11, 1), date(2026, 11, 14))) == "1 to 14 November 2026"
    assert words.period(Window(date(2026, 10, 28), date(2026, 11, 3))) == "28 October to 3 November 2026"
    assert words.period(Window(date(2025, 12, 28), date(2026, 1, 3))) == "28 December 2025 to 3 January 2026"
    assert words.period(Window(date(2026, 11, 14), date(2026, 11, 14))) == "14 November 2026"


def test_a_list_ends_in_and() -> None:
    assert [words.listed(list(items)) for items in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
