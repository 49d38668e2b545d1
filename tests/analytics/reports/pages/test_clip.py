"""One clip: its people as bounds over its posts, against the page's own average, small groups unseen."""

from __future__ import annotations

import pytest

from analytics.lake import Lake
from analytics.questions.sight import Sight
from analytics.reports.page import Page
from analytics.reports.pages.clip import clip
from tests.analytics.reports.pages.reading import row, section, table
from tests.analytics.reports.pages.rich_lake import CLIPS, POSTS, cells_of, sight_of


@pytest.fixture(scope="module")
def page(sight: Sight) -> Page:
    return clip(sight)


def test_the_clip_that_was_shown_most_is_chosen_and_its_people_are_bounds(page: Page) -> None:
    people = [post.people for post in POSTS if (post.platform, post.clip) == ("facebook", 2)]
    assert "I am a nurse and I am tired" in page.answer
    assert page.answer.startswith("Between 18,000 and 73,000 people")
    told = table(page, "Facebook alone")
    assert tuple(told[["At least", "At most"]].iloc[0]) == (max(people), sum(people))


def test_it_is_compared_with_the_other_clips_on_each_platform(page: Page) -> None:
    """Facebook: 120,006 against 40,006 and 80,006, whose middle is 60,006."""
    assert "2 times the impressions of a usual clip on Facebook" in page.compared


def test_fewer_than_ten_people_of_a_group_are_never_told(page: Page, lake: Lake) -> None:
    """Six women of 65 and over on each of four posts: between 6 and 24, and the 6 is not said."""
    told = row(table(page, "This clip reached"), platform="Facebook", age="65+", gender="women")
    assert tuple(told[["At least", "At most"]]) == (0, 24)


def test_ages_stand_on_what_all_its_platforms_tell(page: Page) -> None:
    """TikTok's ages end at 55+, so Facebook's are brought to that."""
    told = table(page, "largest group of this clip")
    assert set(told["Age"]) == {"18-24", "25-34", "35-44", "45-54", "55+"}
    cells = [cells_of(post, post.shown) for post in POSTS if (post.platform, post.clip) == ("facebook", 2)]
    old = sum(each[age, "female"] for each in cells for age in ("55-64", "65+"))
    share = row(told, platform="Facebook", age="55+", gender="women")["Share %"]
    assert share == pytest.approx(old / sum(sum(each.values()) for each in cells))


def test_a_clip_for_the_old_is_held_against_the_pages_average(lake: Lake) -> None:
    page = clip(sight_of(lake, clip=CLIPS[0].id))
    told = table(page, "On Facebook this clip went to")
    assert section(page, "On Facebook this clip went to").finding.endswith("18% of impressions against 8%")
    first = told.iloc[0]
    assert first["Group"] in ("Women 55–64", "Women 65+")
    assert first["Share %"] == pytest.approx(0.18, abs=0.001)
    cells = [cells_of(post, post.shown) for post in POSTS if post.platform == "facebook"]
    women_65 = sum(each["65+", "female"] for each in cells) / sum(sum(each.values()) for each in cells)
    assert first["Page's average %"] == pytest.approx(women_65)


def test_posts_are_listed_with_what_was_noted(page: Page) -> None:
    posts = table(page, "11 posts of this clip are known")
    assert set(posts["Partner"]) == {"Town Nurses", ""}
    assert "Audience" not in posts
    assert set(posts["Paid"]) == {"not paid"}


def test_what_it_lacks_is_said_of_its_own_platforms(page: Page) -> None:
    assert page.missing == (
        "How many people saw it: TikTok and YouTube",
        "Ages and genders of this clip: YouTube",
    )


def test_a_clip_without_a_post_in_the_window_is_said_to_be_unknown(lake: Lake) -> None:
    page = clip(sight_of(lake, clip="c_0000000000ff"))
    assert page.answer == "Nothing is known yet of clip c_0000000000ff in these days."
    assert "soundbite metrics import" in page.missing[0]
    assert page.sections == ()
