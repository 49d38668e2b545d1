"""Money: paid apart from organic, libraries as ranges, vanished ads, and no currency that nobody stated."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.adwatch import spending
from analytics.lake import Lake
from analytics.model.interval import Interval
from analytics.model.scope import Window
from analytics.questions.sight import Sight
from analytics.reports.page import Page
from analytics.reports.pages.library import in_money, summed_spend
from analytics.reports.pages.paid import paid
from tests.analytics.reports.pages.reading import row, section, table
from tests.analytics.reports.pages.rich_lake import sight_of


@pytest.fixture(scope="module")
def page(sight: Sight) -> Page:
    return paid(sight)


def test_our_spend_is_ads_managers_and_the_library_beside_it(page: Page) -> None:
    """Our ad in the library is one of Ads Manager's: it is not spent twice."""
    assert page.answer == (
        "We spent £1,250; the ad libraries show 3 ads of others for between £300 and £600 "
        "and 1 ad of ours (the same money seen again)."
    )
    assert page.compared == "Nothing is known of spend in the 14 days before."


def test_paid_and_organic_stand_side_by_side(page: Page) -> None:
    """300,000 of 540,018."""
    told = table(page, "56% of Facebook's impressions were paid for")
    assert row(told, platform="Facebook", payment="paid for")["Number"] == 300_000
    assert row(told, platform="Facebook", payment="not paid for")["Number"] == 240_018


def test_what_a_thousand_cost(page: Page) -> None:
    assert table(page, "a thousand impressions cost £4.17")["A thousand"].iloc[0] == pytest.approx(4.17)


def test_a_page_without_a_name_has_its_funders(page: Page) -> None:
    told = table(page, "Citizens of Nowhere Ltd spent most: between £300 and £600, on 3 ads")
    theirs = row(told, page_or_funder="Citizens of Nowhere Ltd")
    assert tuple(theirs[["Spend, at least £", "Spend, at most £"]]) == (300, 597)
    assert row(told, page_or_funder="The Commons Party")["Ads"] == 1


def test_the_librarys_groups_and_nations_are_ranges(page: Page) -> None:
    told = table(page, "The library's ads were shown most to women 65+")
    women = row(told, group="Women 65+")
    assert tuple(women[["Impressions, at least", "Impressions, at most"]]) == (2_400, 4_798)  # four times 1,199.4
    assert section(page, "shown most in Wales: between 4,000 and 8,000 impressions")


def test_the_ad_that_a_later_whole_look_lacks_has_vanished(page: Page) -> None:
    gone = table(page, "1 ad vanished from the library since 9 November 2026")
    assert list(gone["Ad"]) == ["Advert x2"]
    assert str(gone["Missed on"].iloc[0]) == "2026-11-21"
    assert list(table(page, "1 library ad is new")["Ad"]) == ["Advert x3"]


def test_an_ad_without_an_end_ran_until_it_was_last_seen(lake: Lake) -> None:
    """x2 was last seen on the 15th."""
    later = spending(sight_of(lake).facts, "page", (), Window(date(2026, 11, 16), date(2026, 11, 22)))
    assert later.set_index("account")["ads"].to_dict() == {"page-ours": 1, "page-theirs": 2}


def test_no_currency_is_guessed() -> None:
    assert in_money(Interval(3_500, 28_250), "") == "between 3,500 and 29,000 in a currency that is not stated"
    assert in_money(Interval(10, 10), "GBP", 2) == "£10.00"
    assert in_money(Interval(10, 10), "EUR") == "€10"


def test_sums_of_two_currencies_stay_two() -> None:
    import pandas as pd

    frame = pd.DataFrame({"currency": ["GBP", "EUR", "GBP"], "spend_low": [1.0, 5, 2], "spend_high": [1.0, 5, 2]})
    assert summed_spend(frame) == ["€5", "£3"]
