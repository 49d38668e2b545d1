"""What is held of a window, how new it is, and what a page may look at."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import analytics
from analytics.errors import NothingToReport
from analytics.lake import Lake
from analytics.model.scope import Window
from analytics.people.population import Population
from analytics.questions.facts import settle
from analytics.questions.held import freshness, undated
from analytics.questions.sight import look
from tests.analytics.rows import WHEN, extract, objects

POPULATION = Population.load()
WEEK = Window(date(2026, 11, 16), date(2026, 11, 22))


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return analytics.open(tmp_path / "lake")


def put(lake: Lake, name: str, *rows: dict[str, object], **changes: object) -> None:
    lake.add(extract(*rows, **changes), import_id=name, name=f"{name}.csv", options={})


def test_only_sources_of_the_window_are_as_new_as_they_are(lake: Lake) -> None:
    put(lake, "days", {"low": 1, "start": "2026-11-20"}, source="tiktok.overview")
    put(lake, "old", {"low": 1, "start": "2025-01-20"}, source="x.overview")
    (found,) = freshness(settle(lake, WEEK))
    assert (found.source, found.newest, found.files, found.platforms) == ("tiktok.overview", WHEN, 1, ("facebook",))


def test_a_post_of_the_window_and_shares_without_dates_belong_to_it(lake: Lake) -> None:
    recent, old = WHEN - timedelta(days=2), WHEN - timedelta(days=900)
    put(lake, "new", {"low": 1, "object": "n"}, described=objects({"object": "n", "published_at": recent}))
    put(lake, "old", {"low": 1, "object": "o"}, source="meta.page_posts",
        described=objects({"object": "o", "published_at": old}))  # fmt: skip
    put(lake, "share", {"low": 0.5, "metric": "views_share", "age": "18-24", "grain": "unstated"},
        source="youtube.studio_age")  # fmt: skip
    assert {item.source for item in freshness(settle(lake, WEEK))} == {"meta.video_export", "youtube.studio_age"}


def test_counts_of_a_period_that_nobody_states_are_named(lake: Lake) -> None:
    put(lake, "when", {"low": 5, "grain": "unstated"})
    put(lake, "share", {"low": 0.5, "metric": "views_share", "age": "18-24", "grain": "unstated"})
    assert undated(settle(lake, WEEK)) == ("when.csv",)


def test_only_windows_with_something_are_usual(lake: Lake) -> None:
    put(lake, "days", *({"low": 1, "start": f"2026-11-{day:02}"} for day in (3, 18)))
    sight = look(lake, WEEK, population=POPULATION)
    assert [facts.window.first for facts in sight.usual] == [date(2026, 11, 2)]


def test_nothing_of_the_window_is_said_with_what_is_held(lake: Lake) -> None:
    with pytest.raises(NothingToReport, match="Nothing is known of 2026-11-16"):
        look(lake, WEEK, population=POPULATION)
    put(lake, "days", {"low": 1, "start": "2026-01-03"})
    with pytest.raises(NothingToReport, match="runs from 2026-01-03"):
        look(lake, WEEK, population=POPULATION)
