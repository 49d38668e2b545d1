"""New and vanished ads: only what a look at the whole page can tell."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

import analytics
from analytics.adwatch import new, seen, vanished
from analytics.lake import Lake
from tests.analytics.rows import WHEN, extract, objects


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return analytics.open(tmp_path / "lake")


def day(number: int) -> object:
    return WHEN + timedelta(days=number)


def look(lake: Lake, number: int, *ads: str, whole: bool = True, page: str = "page 1", **about: object) -> None:
    """A snapshot of the library on that day; `whole` if it holds all ads of the page."""
    what: dict[str, object] = {"platform": "meta", "object_kind": "ad", "account": page, "snapshot_at": day(number)}
    rows = [
        what | {"object": ad, "metric": "spend", "currency": "GBP", "low": 100.0 * number, "high": 100.0 * number + 99}
        for ad in ads
    ]
    described = objects(*(what | {"object": ad, "title": f"{ad}!", "started_at": day(-90)} | about for ad in ads))
    given = extract(
        *rows, described=described, source="meta.ad_library_api", snapshot_at=day(number), covers=(page,) * whole
    )
    lake.add(given, import_id=f"{number}-{page.replace(' ', '')}-{whole}", name="ads.json", options={})


def names(frame: object) -> list[str]:
    return list(frame["object"])  # type: ignore[index]


def test_an_empty_lake_has_seen_nothing(lake: Lake) -> None:
    assert seen(lake).empty
    assert new(lake, WHEN).empty
    assert vanished(lake, WHEN).empty


def test_an_ad_that_a_later_whole_look_lacks_has_vanished(lake: Lake) -> None:
    look(lake, 0, "a", "b")
    look(lake, 1, "a", "b")
    look(lake, 2, "a")
    look(lake, 3, "a")
    (row,) = vanished(lake, day(2)).to_dict("records")  # type: ignore[arg-type]
    assert (row["object"], row["title"]) == ("b", "b!")
    assert (row["first_seen"], row["last_seen"], row["missed_at"]) == (day(0), day(1), day(2))
    assert (row["spend_low"], row["spend_high"], row["currency"]) == (100.0, 199.0, "GBP")
    assert vanished(lake, day(3)).empty  # type: ignore[arg-type]


def test_a_library_that_shows_nothing_any_more_has_lost_all(lake: Lake) -> None:
    look(lake, 0, *(f"ad{number}" for number in range(50)))
    look(lake, 1)
    assert len(vanished(lake, day(1))) == 50  # type: ignore[arg-type]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_order_of_imports_makes_no_difference(lake: Lake, order: tuple[int, ...]) -> None:
    shown = {0: ("a", "b"), 1: ("a", "b", "c"), 2: ("a", "c")}
    for number in order:
        look(lake, number, *shown[number])
    assert names(vanished(lake, WHEN)) == ["b"]
    assert names(new(lake, WHEN)) == ["c"]


def test_a_search_or_another_page_makes_nothing_vanish(lake: Lake) -> None:
    look(lake, 0, "a")
    look(lake, 1, "z", whole=False)
    look(lake, 2, "y", page="page 2")
    assert vanished(lake, WHEN).empty
    assert seen(lake)["missed_at"].isna().all()


def test_an_ad_that_comes_back_has_not_vanished(lake: Lake) -> None:
    look(lake, 0, "a", "b")
    look(lake, 1, "a")
    look(lake, 2, "a", "b")
    assert vanished(lake, WHEN).empty


def test_a_first_look_at_a_page_is_not_news_unless_the_ad_just_started(lake: Lake) -> None:
    look(lake, 0, "old")
    look(lake, 1, "fresh", page="page 2", started_at=day(1))
    assert names(new(lake, WHEN)) == ["fresh"]


def test_own_pages_are_known_by_name_or_number(lake: Lake) -> None:
    look(lake, 0, "a", account_name="The Party")
    look(lake, 0, "b", page="page 2", account_name="The Others")
    ads = seen(lake, own=["the party", "PAGE 3"]).set_index("object")
    assert ads["is_own"].to_dict() == {"a": True, "b": False}
    assert seen(lake, own=["Page 2"]).set_index("object")["is_own"].to_dict() == {"a": False, "b": True}


def test_ads_of_other_exports_are_not_watched(lake: Lake) -> None:
    row: dict[str, object] = {"platform": "meta", "object_kind": "ad", "object": "x", "metric": "spend", "low": 1.0}
    lake.add(extract(row, source="meta.ads_manager"), import_id="own", name="own.csv", options={})
    assert seen(lake).empty
