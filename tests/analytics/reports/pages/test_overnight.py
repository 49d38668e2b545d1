"""The morning page: people as bounds, counts never added, compared only with what is held whole."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.lake import Lake
from analytics.model.scope import Window
from analytics.questions.sight import Sight
from analytics.reports.page import Page
from analytics.reports.pages.overnight import overnight
from tests.analytics.reports.pages.reading import drawn, row, section, table
from tests.analytics.reports.pages.rich_lake import sight_of


@pytest.fixture(scope="module")
def page(sight: Sight) -> Page:
    return overnight(sight)


def test_the_answer_is_facebooks_own_count_at_least_and_tiktoks_days_on_top_at_most(page: Page) -> None:
    assert page.answer.startswith(
        "At least 52,000 people (modelled: between 52,000 and 65,000) saw something of ours on Facebook and TikTok"
    )
    people = table(page, "reached most")
    assert tuple(row(people, platform="TikTok")[["At least", "At most"]]) == (900, 14 * 900)
    assert row(people, platform="Facebook")["How known"] == "counted once by the platform"
    assert row(people, platform="All together")["How known"] == "modelled"


def test_counts_are_each_platforms_own(page: Page) -> None:
    counts = table(page, "counted 540,018 impressions")
    facebook = 4 * (10_000 + 20_000 + 30_000) + 3 * (0 + 1 + 2 + 3) + 300_000  # twelve posts and the ad
    assert row(counts, platform="Facebook")["Number"] == facebook
    assert row(counts, platform="TikTok")["Number"] == 4 * (6_000 + 12_000 + 18_000) + 18
    assert row(counts, platform="YouTube")["Number"] == 3 * (3_000 + 6_000 + 9_000) + 9


def test_only_what_has_a_whole_past_is_compared(page: Page) -> None:
    """TikTok's account has six weeks of days, 14,420 views a fortnight against 46,000; the posts have no past."""
    assert page.compared.startswith("Views on TikTok are at least 3.1 times the usual")
    assert "Facebook" not in page.compared
    assert "YouTube" not in page.compared


def test_the_last_day_is_held_against_the_same_weekdays(page: Page) -> None:
    days = table(page, "22 November 2026 had 7,000 views on TikTok, more than on any Sunday")
    assert list(days["Number"]) == [3_000] * 13 + [7_000]
    assert set(days["Usual, from"]) == {1_000 + 10 * n for n in range(7)}


def test_days_that_break_off_are_missing(lake: Lake) -> None:
    page = overnight(sight_of(lake, Window(date(2026, 11, 11), date(2026, 11, 24))))
    assert "Views on TikTok by day after 22 November 2026" in page.missing


def test_a_change_of_meaning_inside_the_window_is_marked_and_told(lake: Lake) -> None:
    page = overnight(sight_of(lake, Window(date(2026, 8, 20), date(2026, 9, 2))))
    told = section(page, "views on YouTube")
    assert "From 27 August 2026" in told.note
    assert "counted otherwise from here" in drawn(told)
    assert told.table is not None
    assert "Usual, from" not in told.table


def test_empty_columns_are_left_out_of_the_posts(page: Page) -> None:
    posts = table(page, "was shown most")
    assert list(posts) == ["Post", "Platform", "Posted", "Partner", "Measure", "Number"]
    assert posts["Number"].is_monotonic_decreasing


def test_files_and_platforms_that_do_not_count_people_are_named(page: Page) -> None:
    assert page.missing[0].startswith("YouTube does not count people")
    assert "Meta Ad Library API" in set(table(page, "stand behind this")["Source"])
