"""Little is held: every page still answers, says what is missing, and what to do first."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analytics.model.scope import Window
from analytics.questions.sight import Sight
from analytics.reports.page import Page
from analytics.reports.pages import PAGES
from tests.analytics.questions.small_lake import SmallLake
from tests.analytics.reports.pages.rich_lake import FORTNIGHT
from tests.analytics.reports.pages.small import small_sight

ONE_POST: dict[str, object] = {"platform": "x", "object": "1", "grain": "lifetime", "metric": "impressions"}
PUBLISHED: dict[str, object] = {"platform": "x", "object_kind": "post", "object": "1", "published_at": "2026-11-12"}
ADVICE = {
    "clip": "soundbite post CLIP",
    "seats": "metrics import FILE --seat NAME",
    "partners": "--partner NAME",
    "paid": "import one of Ads Manager",
    "works": "Rates need two counts",
}


def sight_with(low: float, window: Window = FORTNIGHT) -> Sight:
    return small_sight(SmallLake([ONE_POST | {"low": low}], [PUBLISHED]), window)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
@pytest.mark.parametrize("low", [0.0, 120.0])
def test_every_page_answers_from_one_post(page: Callable[[Sight], Page], low: float) -> None:
    told = page(sight_with(low))
    assert told.answer.endswith((".", "”", "day"))
    assert "nan" not in told.answer.lower()
    assert ADVICE.get(told.slug, "") in " ".join(told.missing)


def test_impressions_alone_are_said_to_be_no_people() -> None:
    told = PAGES[0](sight_with(120.0))
    assert told.answer.startswith("No platform says how many people; X counted 120 impressions")
    assert told.missing[0] == "X does not count people"


def test_nothing_seen_is_said_and_no_picture_is_drawn_of_it() -> None:
    told = PAGES[0](sight_with(0.0))
    assert told.answer.startswith("Nothing that was imported says that anything of ours was seen")
    assert not any(section.chart for section in told.sections)
