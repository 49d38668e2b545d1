"""Who carried it, and what may be said of it."""

from __future__ import annotations

import pytest

from analytics.lake import Lake
from analytics.questions.sight import Sight
from analytics.reports.page import Page
from analytics.reports.pages.claims import claims
from analytics.reports.pages.partners import partners
from tests.analytics.reports.pages.reading import drawn, row, section, table
from tests.analytics.reports.pages.rich_lake import sight_of

SAID = (
    "a quarter of a million impressions in Bolsover",
    "a million people saw our clips",
    "more than 50,000 people saw our videos on Facebook",
    "the moon is made of cheese",
)


@pytest.fixture(scope="module")
def carried(sight: Sight) -> Page:
    return partners(sight)


@pytest.fixture(scope="module")
def judged(lake: Lake) -> Page:
    return claims(sight_of(lake, claims=SAID))


def test_the_partner_that_reached_most_is_named_with_bounds(carried: Page) -> None:
    assert carried.answer == (
        "Town Nurses carried it furthest of 2 partners: between 18,000 and 73,000 people saw its posts."
    )
    told = row(table(carried, "Town Nurses reached"), partner="Town Nurses")
    assert tuple(told[["At least", "At most"]]) == (18_001, 72_002)


def test_a_partner_on_a_platform_that_counts_no_people_is_told_by_its_plays(carried: Page) -> None:
    told = row(table(carried, "Town Nurses: 120,006 impressions"), partner="Tenants Together")
    assert (told["Number"], told["Posts"], told["Measure"]) == (4 * 12_000 + 6, 4, "views")
    assert any("Tenants Together" in gap for gap in carried.missing)


def test_audiences_are_those_noted(carried: Page) -> None:
    told = table(carried, "Posts for Younger renters reached")
    assert set(told["Audience"]) == {"Younger renters", "No audience noted"}


def test_each_sentence_has_its_verdict(judged: Page) -> None:
    verdicts = table(judged, "2 of 4 sentences hold").set_index("Sentence")["Verdict"]
    assert [verdicts[text] for text in SAID] == ["supported", "unsupported", "supported", "unclear"]
    assert judged.compared == "Of 4 sentences 2 are supported, 1 is unsupported and 1 is unclear."


def test_the_answer_is_a_sentence_that_is_true(judged: Page) -> None:
    assert judged.answer.startswith("You can say: “")
    assert {"260,000", "impressions", "Bolsover"} <= set(judged.answer.split())


def test_a_claim_is_drawn_against_what_is_known(judged: Page) -> None:
    picture = drawn(section(judged, "“more than 50,000 people saw our videos on Facebook” is supported"))
    assert "claimed: 50k or more" in picture
    assert "known: 52k" in picture


def test_a_sentence_that_cannot_be_read_says_why(judged: Page) -> None:
    unclear = section(judged, "is unclear")
    assert unclear.chart is None
    assert unclear.note


def test_sources_and_platforms_are_named_as_people_call_them(judged: Page) -> None:
    everything = " ".join([*judged.missing, *(one.source + one.note for one in judged.sections)])
    assert "meta.ads_manager)" not in everything
    assert "Meta Ads Manager" in everything
    assert "tiktok tells" not in everything
