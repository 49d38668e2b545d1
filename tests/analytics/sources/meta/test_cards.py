"""Cards of Business Suite: several in one file, UTF-16, and `sep=` first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from analytics.errors import ExportRefused
from analytics.model.extract import Extract

from .conftest import Take

TakeAll = Callable[..., list[Extract]]
REACH = 'sep=,\n"{title}"\n"Date","Primary"\n"2025-10-26T00:00:00","1245"\n"2025-10-27T00:00:00","0"\n'


def card(title: str) -> str:
    return REACH.format(title=title)


def test_a_daily_card_in_utf_16(take: Take) -> None:
    extract = take(card("Instagram reach"), encoding="utf-16")
    assert extract.source == "meta.overview_card"
    first, second = extract.values.to_dict("records")
    assert (first["platform"], first["metric"], first["object_kind"], first["low"]) == (
        "instagram",
        "reach",
        "account",
        1245,
    )
    assert (first["start"], first["grain"]) == (datetime(2025, 10, 25, 23, tzinfo=UTC), "day")
    assert first["end"] - first["start"] == second["start"] - first["start"]  # a day of 25 hours
    assert second["state"] == "zero"


def test_a_card_that_names_no_platform_is_metas_until_a_person_says(take: Take) -> None:
    extract = take(card("Reach"))
    assert set(extract.values["platform"]) == {"meta"}
    assert any("--platform" in note for note in extract.notes)
    said = take(card("Reach"), platform="instagram")
    assert set(said.values["platform"]) == {"instagram"}
    assert not any("--platform" in note for note in said.notes)


@pytest.mark.parametrize(
    ("title", "platform", "metric", "payment"),
    [
        ("Facebook reach", "facebook", "reach", "all"),
        ("Views", "meta", "views", "all"),
        ("Viewers", "meta", "viewers", "all"),
        ("Content interactions", "meta", "engagements", "all"),
        ("Facebook link clicks", "facebook", "link_clicks", "all"),
        ("Instagram profile visits", "instagram", "profile_visits", "all"),
        ("Facebook visits", "facebook", "profile_visits", "all"),
        ("Instagram follows", "instagram", "follows", "all"),
        ("Paid reach", "meta", "reach", "paid"),
        ("Facebook-Reichweite", "facebook", "reach", "all"),
        ("Reichweite auf Instagram", "instagram", "reach", "all"),
        ("Copertura di Instagram", "instagram", "reach", "all"),
    ],
)
def test_titles_say_what_is_counted_and_where(take: Take, title: str, platform: str, metric: str, payment: str) -> None:
    row = take(card(title)).values.iloc[0]
    assert (row["platform"], row["metric"], row["payment"]) == (platform, metric, payment)


def test_minutes_are_kept_as_seconds(take: Take) -> None:
    assert take(card("Minutes viewed")).values["low"].iloc[0] == 1245 * 60


def test_a_card_that_we_do_not_know_is_refused(take: Take) -> None:
    with pytest.raises(ExportRefused, match="Stars received"):
        take(card("Stars received"))


AUDIENCE = (
    'sep=,\n"Age & gender"\n"","Women","Men"\n"18-24","25.5%","20%"\n"65+","30%","23.5%"\n\n'
    '"Top cities"\n"London, United Kingdom","Leeds, United Kingdom"\n"12.1","5.3"\n\n'
    '"Top countries"\n"United Kingdom","Ireland"\n"90.1","0.9"\n\n'
    '"Top pages"\n"A page","Another"\n"102.1","34"\n\n'
    '"Facebook follows"\n"Date","Primary"\n"2025-11-01T00:00:00","12"\n'
)


def test_the_audience_page_is_five_cards(take_all: TakeAll) -> None:
    ages, cities, countries, pages, follows = take_all(AUDIENCE)
    assert [one.source for one in (ages, cities, countries, pages)] == ["meta.audience_card"] * 4
    assert follows.source == "meta.overview_card"
    assert len(pages.values) == 0
    assert "Top pages" in pages.notes[0]
    assert countries.values.set_index("place")["low"].to_dict() == pytest.approx({"GB": 0.901, "IE": 0.009})
    assert set(cities.values["place_kind"]) == {"city"}
    assert cities.values["low"].sum() == pytest.approx(0.174)


def test_an_audience_is_followers_and_what_its_cells_leave_is_unknown(take_all: TakeAll) -> None:
    ages = take_all(AUDIENCE)[0].values
    assert set(ages["basis"]) == {"follower"}
    assert set(ages["metric"]) == {"audience_share"}
    assert ages["low"].sum() == pytest.approx(1)
    unknown = ages[ages["age"] == "unknown"]
    assert list(unknown["low"]) == pytest.approx([0.01])
    women = ages[(ages["age"] == "18-24") & (ages["gender"] == "female")]
    assert list(women["low"]) == pytest.approx([0.255])


def test_fractions_are_fractions(take: Take) -> None:
    shares = take('"Age & gender"\n"","Women","Men"\n"18-24","0.255","0.2"\n"65+","0.3","0.245"\n').values
    assert shares["low"].sum() == pytest.approx(1)


def test_more_than_everybody_is_refused(take: Take) -> None:
    extract = take('"Age & gender"\n"","Women","Men"\n"18-24","255","20"\n"65+","30","23.5"\n')
    assert [one.why for one in extract.refused] == ["is more than everybody"]
