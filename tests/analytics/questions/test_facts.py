"""One settled number a thing, measure and group: nothing counts twice, nothing is spliced."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from analytics.model.interval import Interval
from analytics.model.scope import Window
from analytics.questions.facts import Facts, bounds_of, settle
from analytics.questions.sums import cells, total, totals
from tests.analytics.questions.small_lake import SmallLake

NOVEMBER = Window(date(2026, 11, 1), date(2026, 11, 14))


def day(number: int, **row: object) -> dict[str, object]:
    start = datetime(2026, 11, number, tzinfo=UTC)
    return {
        "platform": "facebook", "account": "a", "object": "p1", "metric": "views", "grain": "day",
        "start": start, "end": start.replace(day=number + 1), **row,
    }  # fmt: skip


def lifetime(**row: object) -> dict[str, object]:
    return {"platform": "facebook", "account": "a", "object": "p1", "metric": "views", "grain": "lifetime", **row}


def published(number: int, object_: str = "p1") -> dict[str, object]:
    return {"platform": "facebook", "object_kind": "post", "object": object_,
            "published_at": datetime(2026, 11, number, 20, tzinfo=UTC)}  # fmt: skip


def facts(*values: dict[str, object], **lake: object) -> Facts:
    return settle(SmallLake(list(values), **lake), NOVEMBER)  # type: ignore[arg-type]


def test_days_inside_the_window_are_added_and_no_others() -> None:
    found = facts(day(1, low=10), day(14, low=5), day(15, low=100))
    assert total(found, "views") == Interval(15, 15)


def test_a_lifetime_beside_its_days_does_not_count_twice() -> None:
    found = facts(day(3, low=10), day(14, low=1), lifetime(low=400), objects=[published(2)])
    assert total(found, "views") == Interval(11, 11)


def test_days_that_break_off_give_way_to_a_lifetime() -> None:
    assert total(facts(day(3, low=10), lifetime(low=400), objects=[published(2)]), "views") == Interval(400, 400)
    assert total(facts(day(3, low=10)), "views") == Interval(10, 10)


def test_a_lifetime_is_what_had_gathered_by_the_windows_end() -> None:
    early, late = datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 12, 9, tzinfo=UTC)
    seen = [lifetime(low=300, snapshot_at=early), lifetime(low=900, snapshot_at=late)]
    assert total(facts(*seen, objects=[published(2)]), "views") == Interval(300, 900)
    lake = SmallLake([seen[1]], [published(2)])
    assert total(settle(lake, NOVEMBER), "views") == Interval(900, 900)
    assert total(settle(lake, NOVEMBER, is_strict=True), "views") == Interval(0, 900)
    stopped = SmallLake([seen[1]], [{**published(2), "stopped_at": early}])
    assert total(settle(stopped, NOVEMBER, is_strict=True), "views") == Interval(900, 900)


def test_hours_of_the_days_that_are_there_do_not_count_again() -> None:
    hour = day(14, low=7, grain="hour", end=datetime(2026, 11, 14, 1, tzinfo=UTC))
    assert total(facts(day(14, low=10), hour), "views") == Interval(10, 10)


def week(first: int, last: int, low: float, **row: object) -> dict[str, object]:
    return day(first, low=low, grain="period", end=datetime(2026, 11, last + 1, tzinfo=UTC), **row)


def test_periods_side_by_side_are_added_and_those_that_overlap_are_not() -> None:
    assert total(facts(week(1, 6, 1000), week(7, 13, 5000)), "views") == Interval(6000, 6000)
    assert total(facts(week(1, 6, 1000), week(4, 13, 5000)), "views") == Interval(5000, 6000)
    assert total(facts(week(1, 6, 1000), week(1, 13, 5000)), "views") == Interval(5000, 5000)
    found = cells(facts(week(1, 6, 1000, metric="reach"), week(7, 13, 5000, metric="reach")), "reach", "total")
    assert (found["low"].iloc[0], found["high"].iloc[0]) == (5000, 6000)


def test_a_lifetime_counts_if_it_was_published_in_the_window() -> None:
    values = (lifetime(low=400), lifetime(low=7, object="p2"), lifetime(low=9, object="p3"))
    found = facts(*values, objects=[published(2), published(20, "p2")])
    assert total(found, "views") == Interval(400, 400)


def test_a_value_for_the_very_window_wins_over_its_days() -> None:
    exact = day(1, low=12, grain="period", end=datetime(2026, 11, 15, tzinfo=UTC))
    assert total(facts(day(3, low=10), exact), "views") == Interval(12, 12)


def test_people_on_several_days_lie_between_the_largest_day_and_the_sum() -> None:
    found = facts(day(1, low=10, metric="reach"), day(2, low=30, metric="reach"))
    frame = cells(found, "reach", "total")
    assert (frame["low"].iloc[0], frame["high"].iloc[0]) == (30, 40)
    with pytest.raises(ValueError, match="does not add"):
        totals(found, "reach")


def test_a_whole_wins_over_its_placements_and_payments() -> None:
    parts = [day(1, low=4, payment="organic"), day(1, low=6, payment="paid"), day(1, low=11, payment="all")]
    assert total(facts(*parts), "views") == Interval(11, 11)
    assert total(facts(*parts[:2]), "views") == Interval(10, 10)
    placed = [day(1, low=3, placement="feed"), day(1, low=3, placement="reels"), day(1, low=6)]
    assert total(facts(*placed), "views") == Interval(6, 6)
    assert total(facts(*placed[:2]), "views") == Interval(6, 6)


def test_of_two_cuts_into_placements_one_counts() -> None:
    platforms = [day(1, low=10, placement="platform: facebook"), day(1, low=5, placement="platform: instagram")]
    places = [
        day(1, low=6, placement="platform, placement: facebook / feed"),
        day(1, low=4, placement="platform, placement: facebook / stories"),
        day(1, low=4, placement="platform, placement: instagram / feed"),
    ]
    found = facts(*platforms, *places, day(1, low=14, placement="device platform: mobile"))
    assert total(found, "views") == Interval(15, 15)
    reach = [{**value, "metric": "reach"} for value in (*platforms, *places)]
    frame = cells(facts(*reach), "reach", "total")
    assert (frame["low"].tolist(), frame["high"].tolist()) == ([10], [15])
    everything = day(1, low=20)
    assert total(facts(*platforms, *places, everything), "views") == Interval(20, 20)


def test_a_cut_that_tells_of_the_window_wins_over_one_of_lifetimes() -> None:
    months = lifetime(low=400, placement="device platform: mobile")
    found = facts(day(14, low=10, placement="platform: facebook"), months, objects=[published(2)])
    assert total(found, "views") == Interval(10, 10)


def test_only_what_is_known_to_be_organic_counts_as_organic() -> None:
    lake = SmallLake([day(1, low=4, payment="organic"), day(1, low=6, payment="paid"), day(2, low=9, object="p2")])
    assert total(settle(lake, NOVEMBER, payment="organic"), "views") == Interval(4, 4)


def test_what_a_person_says_of_a_post_settles_whether_it_was_paid() -> None:
    lake = SmallLake(
        [day(1, low=4)], links=[{"platform": "facebook", "object": "p1", "clip": "c_1", "payment": "paid"}]
    )
    assert total(settle(lake, NOVEMBER, payment="paid"), "views") == Interval(4, 4)
    assert totals(settle(lake, NOVEMBER), "views", by=["clip"])["clip"].tolist() == ["c_1"]


def test_a_post_is_one_thing_whatever_account_stands_beside_it() -> None:
    cell = day(1, low=6, age="18-24", account="")
    assert total(facts(day(1, low=10), cell), "views") == Interval(10, 10)


def test_whether_a_post_was_paid_may_be_said_later_or_never() -> None:
    later = datetime(2026, 11, 21, tzinfo=UTC)
    said = day(1, low=11, payment="organic", snapshot_at=later)
    assert total(facts(day(1, low=10), said), "views") == Interval(11, 11)
    assert total(facts(day(1, low=12, snapshot_at=later), day(1, low=11, payment="organic")), "views") == Interval(
        12, 12
    )


def test_cells_are_not_added_to_their_total() -> None:
    found = facts(
        day(1, low=10), day(1, low=6, age="18-24", gender="female"), day(1, low=3, place="GB", place_kind="country")
    )
    assert total(found, "views") == Interval(10, 10)


def test_without_a_total_the_fullest_breakdown_is_added() -> None:
    found = facts(day(1, low=6, age="18-24"), day(1, low=2, age="unknown"), day(1, low=5, gender="female"))
    assert total(found, "views") == Interval(8, 8)


def test_two_meanings_of_a_metric_are_never_added() -> None:
    old, new = lifetime(low=5, definition="2025-03-31"), lifetime(low=9, definition="2026-08-27", object="p2")
    found = facts(old, new, objects=[published(2), published(3, "p2")])
    frame = totals(found, "views")
    assert (frame["definition"].iloc[0], frame["low"].iloc[0]) == ("2026-08-27", 9)
    assert total(found, "views") == Interval(9, 14)  # in whichever meaning: not below the one, not above both


def test_a_lifetime_seen_again_under_a_new_meaning_replaces_the_old_one() -> None:
    early = datetime(2026, 11, 5, tzinfo=UTC)
    old, new = lifetime(low=5, definition="old", snapshot_at=early), lifetime(low=9, definition="new")
    found = facts(old, new, objects=[published(2)])
    assert found.frame("SELECT definition, low FROM facts").to_dict("list") == {"definition": ["new"], "low": [9.0]}


def test_other_advertisers_ads_are_not_ours() -> None:
    ads = [
        day(1, low=4, object_kind="ad", import_id="lib", object="p0"),
        day(1, low=9, object_kind="ad", import_id="lib", account="b"),
    ]
    lake = SmallLake(ads, [{"platform": "facebook", "account": "b", "account_name": "Orchard Party"}],
                     sources={"lib": "meta.ad_library_api"})  # fmt: skip
    assert total(settle(lake, NOVEMBER), "views") is None
    ours = settle(lake, NOVEMBER, own=["Orchard Party"])
    assert total(ours, "views") == Interval(9, 9)
    assert total(ours, "views", whose="everybody") == Interval(13, 13)


def test_our_ads_in_a_library_do_not_count_beside_our_own_export_of_them() -> None:
    library = day(1, low=9, platform="meta", object_kind="ad", import_id="lib", account="b", object="in the library")
    exported = day(2, low=8, platform="meta", object_kind="ad", import_id="own", object="in the ads manager")
    pages: list[dict[str, object]] = [{"platform": "meta", "account": "b", "account_name": "Orchard Party"}]
    sources = {"lib": "meta.ad_library_api", "own": "meta.ads_manager"}
    found = settle(SmallLake([library, exported], pages, sources=sources), NOVEMBER, own=["Orchard Party"])
    assert total(found, "views", whose="everybody") == Interval(8, 8)


def test_boosted_posts_are_not_counted_again_as_ads() -> None:
    ad = day(1, low=6, platform="meta", object_kind="ad", object="ad1", payment="paid")
    assert total(facts(day(1, low=10, payment="all"), ad), "views") == Interval(10, 16)
    assert total(facts(day(1, low=10, payment="organic"), ad), "views") == Interval(16, 16)
    assert total(facts(day(1, low=10, platform="tiktok", payment="all"), ad), "views") == Interval(16, 16)


def test_a_campaign_is_not_added_to_its_ads() -> None:
    ads = [day(14, low=4, object_kind="ad", object=name) for name in ("a1", "a2")]
    assert total(facts(*ads, day(14, low=8, object_kind="campaign", object="c")), "views") == Interval(8, 16)


def test_an_account_and_its_posts_are_not_added() -> None:
    whole = day(14, low=30, object="", object_kind="account")
    assert total(facts(day(14, low=4), whole), "views") == Interval(30, 30)
    assert total(facts(day(14, low=40), whole), "views") == Interval(40, 40)


def test_pounds_are_not_added_to_dollars() -> None:
    spent = [
        day(14, low=100, metric="spend", currency="GBP"),
        day(14, low=900, metric="spend", currency="USD", object="p2"),
    ]
    assert total(facts(*spent), "spend") == Interval(100, 100)
    assert total(facts(spent[1]), "spend") is None


def test_targeting_is_no_delivery() -> None:
    assert total(facts(day(1, low=4, basis="targeted")), "views") is None


def test_days_begin_at_local_midnight() -> None:
    opens, closes = bounds_of(Window(date(2026, 10, 25), date(2026, 10, 25)), "Europe/London")
    assert (closes - opens).total_seconds() == 25 * 3600


def test_shares_of_no_stated_period_are_left_out_where_the_platform_has_nothing_else() -> None:
    share = {"platform": "youtube", "metric": "views_share", "grain": "unstated", "age": "18-24", "low": 0.5}
    counted = "SELECT count(*) AS rows FROM facts WHERE metric = 'views_share'"
    assert facts(share).frame(counted)["rows"].iloc[0] == 0
    assert facts(share, day(2, platform="youtube", low=10)).frame(counted)["rows"].iloc[0] == 1
