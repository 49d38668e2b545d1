"""What works: clips told apart where chance can't explain it, and said not to be where it can."""

from __future__ import annotations

import pytest

from analytics.questions.sight import Sight
from analytics.reports.page import Page
from analytics.reports.pages.works import works
from tests.analytics.reports.pages.reading import row, table
from tests.analytics.reports.pages.rich_lake import CLIPS, POSTS


@pytest.fixture(scope="module")
def page(sight: Sight) -> Page:
    return works(sight)


def test_the_clip_with_twice_the_rate_is_told_apart(page: Page) -> None:
    posts = [post for post in POSTS if post.platform == "facebook"]
    mine = [post for post in posts if post.clip == 0]
    rate = sum(post.acts for post in mine) / sum(post.shown for post in mine)
    told = row(table(page, "On Facebook “Nobody should wait nine months” has higher engagements"), clip=CLIPS[0].quote)
    assert told["Rate %"] == pytest.approx(rate)
    assert told["Verdict"] == "higher"
    others = [post for post in posts if post.clip]
    usual = sum(post.acts for post in others) / sum(post.shown for post in others)
    assert told["Usual of the others %"] == pytest.approx(usual)
    assert page.answer.startswith("On Facebook “Nobody should wait nine months” has higher engagements per impression")


def test_one_clip_of_a_kind_proves_nothing(page: Page) -> None:
    told = table(page, "nothing can be told apart from chance on Facebook yet")
    assert set(told["By"]) == {"Topic", "Kind of clip", "Length", "Time of day"}
    assert not any("watchlist" in one.finding for one in page.sections)


def test_with_whom_a_clip_does_best_is_against_the_pages_own_average(page: Page) -> None:
    """Its share of women of 55 to 64 is 0.18; all others' together 0.06."""
    told = row(table(page, "On Facebook “Nobody should wait nine months” does best with"),
               clip=CLIPS[0].quote, group="Women 55–64")  # fmt: skip
    assert told["Index"] == 300
    assert told["Verdict"] == "over"


def test_what_is_usual_and_where_no_rate_is_known(page: Page) -> None:
    posts = [post for post in POSTS if post.platform == "tiktok"]
    usual = sum(post.acts for post in posts) / sum(post.shown for post in posts)
    assert f"{usual:.1%} plays to the end per view on TikTok" in page.compared
    assert not any("YouTube" in one.finding for one in page.sections)


def test_posts_that_are_no_clips_are_compared_by_length_and_hour(sight: Sight) -> None:
    from analytics.model.scope import Window
    from tests.analytics.questions.small_lake import SmallLake
    from tests.analytics.reports.pages.small import small_sight

    values: list[dict[str, object]] = []
    objects: list[dict[str, object]] = []
    for number in range(12):
        post: dict[str, object] = {"platform": "tiktok", "object": f"t{number}", "grain": "lifetime"}
        is_short = number % 2
        values += [
            post | {"metric": "views", "low": 10_000.0},
            post | {"metric": "completions", "low": (900.0 if is_short else 300.0) + number},
        ]
        objects.append({"platform": "tiktok", "object_kind": "post", "object": f"t{number}", "duration_s":
                        12.0 if is_short else 90.0, "published_at": f"2026-11-{10 + number % 3}T09:00Z"})  # fmt: skip
    page = works(small_sight(SmallLake(values, objects), Window(sight.window.first, sight.window.last)))
    told = table(page, "By length, “up to 15 s” has higher plays to the end per view on TikTok")
    assert row(told, length="up to 15 s")["Repeats"] == 6
    assert "no clip can be held against another" in page.answer
    assert page.missing[0].startswith("Which posts on TikTok are clips")
