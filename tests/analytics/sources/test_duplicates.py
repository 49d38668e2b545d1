"""The same row twice: once, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from analytics.model.extract import Extract
from analytics.sources.duplicates import settled

DAY = datetime(2026, 5, 3, tzinfo=UTC)


def extract(*rows: tuple[int, str, str, float], days: tuple[int, ...] = ()) -> Extract:
    values = pd.DataFrame(rows, columns=["line", "object", "metric", "low"]).assign(
        platform="other", grain="lifetime", start=pd.NaT, end=pd.NaT, high=lambda frame: frame["low"]
    )
    values["snapshot_at"] = [DAY.replace(day=day) for day in days] if days else DAY
    values["state"] = values["low"].isna().map({True: "unavailable", False: "observed"})
    return Extract("s", "1", "en", values["line"].nunique(), DAY, "given", values)


def left(found: Extract) -> list[tuple[int, str, float]]:
    return list(zip(found.values["line"], found.values["metric"], found.values["low"], strict=True))


def test_what_is_there_once_stays_as_it_is() -> None:
    whole = extract((2, "a", "views", 1), (2, "a", "likes", 1), (3, "b", "views", 1))
    assert settled(whole) is whole


def test_word_for_word_the_same_counts_once() -> None:
    found = settled(extract((2, "a", "views", 1), (3, "a", "views", 1), (4, "b", "views", 2)))
    assert (left(found), found.rows, found.refused) == ([(2, "views", 1), (4, "views", 2)], 2, ())
    assert found.notes == ("rows that are there twice with the same numbers, counted once: 1",)


def test_a_contradiction_takes_its_whole_lines_out() -> None:
    found = settled(extract((2, "a", "views", 1), (2, "a", "likes", 5), (3, "a", "views", 9), (4, "b", "views", 2)))
    assert (left(found), found.rows) == ([(4, "views", 2)], 1)
    assert [(row.line, row.value) for row in found.refused] == [(2, "1"), (3, "9")]


def test_without_lines_only_the_contradicting_values_go() -> None:
    found = settled(extract((0, "a", "views", 1), (0, "a", "views", 9), (0, "b", "views", 2)))
    assert left(found) == [(0, "views", 2)]


def test_a_missing_number_against_a_number_is_a_contradiction() -> None:
    assert len(settled(extract((2, "a", "views", float("nan")), (3, "a", "views", 9))).refused) == 2
    assert not settled(extract((2, "a", "views", float("nan")), (3, "a", "views", float("nan")))).refused


@pytest.mark.parametrize("second", [1.0, 9.0])
def test_another_time_is_no_contradiction(second: float) -> None:
    found = settled(extract((2, "a", "views", 1), (3, "a", "views", second), days=(1, 2)))
    assert (len(found.values), found.rows, found.refused) == (2, 2, ())
