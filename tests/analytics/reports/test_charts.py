from __future__ import annotations

import json
import math
from typing import cast

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.model.interval import Interval
from analytics.reports import charts
from analytics.reports.charts.canvas import NARROW, WIDE
from analytics.reports.charts.rows import axis_end, ticks
from analytics.reports.page import Page

ENDS = st.floats(0, 1e9).map(lambda number: round(number, 4))
SPANS = st.one_of(
    st.tuples(ENDS, ENDS).map(lambda ends: Interval(min(ends), max(ends))),
    ENDS.map(lambda low: Interval(low, math.inf)),
)


def said(chart: charts.Chart) -> list[str]:
    return [str(label["text"]) for label in chart.wide.labels]


def drawn_as(chart: charts.Chart) -> str:
    """As in the page; plotly itself has checked every mark."""
    for canvas in (chart.wide, chart.narrow):
        assert len(canvas.figure().data) == len(canvas.traces)
    return json.dumps([chart.wide.json(), chart.narrow.json()], default=str, allow_nan=False)


def test_every_chart_is_drawn_for_a_page_and_for_a_phone(gallery: tuple[Page, ...]) -> None:
    for chart in (section.chart for page in gallery for section in page.sections if section.chart is not None):
        assert (chart.wide.width, chart.narrow.width) == (WIDE, NARROW)
        assert '"showlegend": false' in drawn_as(chart)


@given(st.lists(SPANS, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_bars_of_any_numbers_can_be_drawn(spans: list[Interval]) -> None:
    chart = charts.bars([charts.Bar(str(span), span, bounds=Interval(0, math.inf)) for span in spans])
    assert drawn_as(chart)
    [start, end] = cast(list[float], chart.wide.x["range"])
    assert start == 0
    assert all(span.low < end or span.is_exact for span in spans)


def test_a_bar_is_solid_as_far_as_is_certain_and_hatched_beyond() -> None:
    figure = charts.bars([charts.Bar("a", Interval(40, 60))]).wide.figure()
    solid, hatching = figure.data
    assert (solid.base[0], solid.x[0]) == (0, 40)
    xs = [x for x in hatching.x if x is not None]
    assert (min(xs), max(xs)) == pytest.approx((40, 60))


def test_bounds_that_dwarf_the_bars_run_out_of_the_picture() -> None:
    canvas = charts.bars([charts.Bar("a", Interval(40, 60), bounds=Interval(40, 50_000_000))]).wide
    assert canvas.x["range"] == [0.0, 60 * 1.6]
    assert "▶" in [label["text"] for label in canvas.labels]


def test_nothing_to_draw_is_an_empty_picture() -> None:
    empty = (
        charts.bars([]), charts.ranges([]), charts.forest([]), charts.comparison([], "a", "b"), charts.age_gender([]),
        charts.over_index([], "the page"),
    )  # fmt: skip
    assert all(drawn_as(chart) for chart in empty)


def test_a_ceiling_far_off_is_named_and_not_drawn() -> None:
    known = Interval(1_000, 2_000)
    near = charts.claim(known, known, ceiling=4_000, ceiling_label="electors")
    far = charts.claim(known, known, ceiling=48_000_000, ceiling_label="electors")
    assert "electors: 4k" in said(near)
    assert "electors: 48m ▶" in said(far)
    assert len(near.wide.shapes) == len(far.wide.shapes) + 1


def test_a_modelled_bar_has_nothing_solid() -> None:
    figure = charts.bars([charts.Bar("a", Interval(40, 60), "modelled")]).wide.figure()
    assert figure.data[0].x[0] == 0


def test_a_missing_number_is_said_and_not_drawn_as_nought() -> None:
    chart = charts.bars([charts.Bar("a", None, "suppressed"), charts.Bar("b", Interval(0, 0))])
    assert "suppressed" in said(chart)
    assert "0" in said(chart)
    assert len(chart.wide.figure().data) == 1


def test_a_range_without_an_upper_end_says_so() -> None:
    assert "£1m or more" in said(charts.ranges([charts.Range("a", Interval(1e6, math.inf))]))


def test_a_pyramid_has_no_third_side() -> None:
    with pytest.raises(ValueError, match="rest"):
        charts.AgeGender("18-24", "unknown", Interval(0, 1))


def test_only_rows_of_one_tie_share_a_band() -> None:
    rate = Interval(0.1, 0.2)
    ties = [charts.Rate(str(place), 0.15, rate, tie) for place, tie in enumerate(("", "x", "x", "y", "", ""))]
    bands = [shape for shape in charts.forest(ties).wide.figure().layout.shapes if shape.type == "rect"]
    assert len(bands) == 1


def test_a_line_is_broken_where_the_meaning_changes_and_where_a_day_is_missing() -> None:
    days = pd.DataFrame({"day": list(pd.date_range("2026-11-01", periods=6).date), "low": 1.0, "high": 2.0})
    days.loc[1, ["low", "high"]] = np.nan
    lines = charts.timeline(days, changes=[charts.Change(days["day"][3], "redefined")]).wide.figure().data
    assert [len(line.x) for line in lines] == [3, 3]
    assert lines[0].y[1] is None


@pytest.mark.parametrize("high", [math.inf, math.nan, 0.0])
def test_days_without_an_end_or_without_a_number_can_be_drawn(high: float) -> None:
    low = high if math.isnan(high) else 0.0
    days = pd.DataFrame({"day": pd.date_range("2026-11-01", periods=3), "low": low, "high": high})
    assert drawn_as(charts.timeline(days))


def seats(values: list[float], state: str = "observed") -> pd.DataFrame:
    count = len(values)
    names = [f"Seat {place}" for place in range(count)]
    known = pd.DataFrame({"code": names, "name": names, "q": range(count), "value": values})
    return known.assign(region="R", r=0, state=state)


def test_a_map_names_the_highest_seats_in_order() -> None:
    notes = said(charts.hexes(seats([1.0, 9.0, math.nan, 4.0]), top=2))
    names = [note for note in notes if "Seat" in note]
    assert [name.split("  ")[1] for name in names] == ["Seat 1", "Seat 3"]
    assert "not known" in notes


@pytest.mark.parametrize("values", [[], [1.0], [2.0, 2.0], [math.nan, math.nan], [0.0, 0.0, 0.0, 5.0]])
def test_a_map_of_few_or_equal_or_no_values_can_be_drawn(values: list[float]) -> None:
    assert charts.hexes(seats(values or [math.nan])).wide.height > 0


def test_regions_are_parted_by_lines_along_their_common_sides() -> None:
    pair = seats([1.0, 2.0])
    one = charts.hexes(pair).wide.figure().data[-1]
    two = charts.hexes(pair.assign(region=["R", "S"])).wide.figure().data[-1]
    assert sum(x is None for x in one.x) == 10  # the outer sides of two hexagons that touch
    assert sum(x is None for x in two.x) == 12


@given(st.floats(1e-6, 1e9))
def test_an_axis_has_few_round_numbers_within_its_ends(top: float) -> None:
    marks = ticks(0.0, top, 4)
    assert 2 <= len(marks) <= 5
    assert marks[-1] <= top * 1.001


def test_an_axis_goes_beyond_a_number_without_an_end() -> None:
    assert axis_end([Interval(10, math.inf), None]) > 10
    assert axis_end([Interval(2, 10), Interval(4, 4)]) == 10
    assert axis_end([]) == 1
