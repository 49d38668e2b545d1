"""People counted once: a platform's own count where it gives one, bounds otherwise, a model only where calibrated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from analytics.model.interval import Interval
from analytics.model.scope import Window
from analytics.questions.facts import settle
from analytics.questions.history import calibrations
from analytics.questions.reached import Uniting, reached
from tests.analytics.questions.small_lake import SmallLake
from tests.analytics.questions.test_facts import NOVEMBER, day, lifetime, published

USERS = {"facebook": Interval(1000, 1200)}
UNITING = Uniting(USERS.get, Interval.exactly(2000))


def test_posts_of_one_platform_lie_between_the_largest_and_the_sum() -> None:
    posts = [lifetime(low=300, metric="reach"), lifetime(low=500, metric="reach", object="p2")]
    lake = SmallLake(posts, [published(2), published(3, "p2")])
    found = reached(settle(lake, NOVEMBER), UNITING)
    assert [(item.platform, item.reach.people, item.reach.how) for item in found.platforms] == [
        ("facebook", Interval(500, 800), "bounds")
    ]
    assert found.together == found.platforms[0].reach or found.together is not None


def test_the_sum_never_exceeds_the_platforms_users() -> None:
    posts = [lifetime(low=900, metric="reach", object=f"p{n}") for n in range(3)]
    lake = SmallLake(posts, [published(2, f"p{n}") for n in range(3)])
    assert reached(settle(lake, NOVEMBER), UNITING).platforms[0].reach.people == Interval(900, 1200)


def test_the_platforms_own_count_of_the_window_stands_for_all_its_posts() -> None:
    whole = day(1, low=700, metric="reach", object="", object_kind="account", grain="period",
                end=datetime(2026, 11, 15, tzinfo=UTC))  # fmt: skip
    lake = SmallLake([whole, lifetime(low=300, metric="reach")], [published(2)])
    found = reached(settle(lake, NOVEMBER), UNITING).platforms[0]
    assert (found.reach.people, found.reach.how) == (Interval(700, 700), "reported")
    named = reached(settle(lake, NOVEMBER), UNITING, clips=["c_1"])
    assert named.platforms == ()


def test_an_accounts_days_are_united_not_added() -> None:
    days = [day(n, low=100 + n, metric="reach", object="", object_kind="account") for n in (1, 2, 3)]
    found = reached(settle(SmallLake(days), NOVEMBER), UNITING).platforms[0]
    assert found.reach.people == Interval(103, 306)
    assert found.things == 3


def test_one_accounts_card_does_not_stand_for_anothers_posts() -> None:
    card = day(1, low=1000, metric="reach", object="", object_kind="account", account="ours", grain="period",
               end=datetime(2026, 11, 15, tzinfo=UTC))  # fmt: skip
    other = lifetime(low=1100, metric="reach", object="theirs", account="partner")
    lake = SmallLake(
        [card, other, lifetime(low=900, metric="reach", account="ours")], [published(2), published(2, "theirs")]
    )
    found = reached(settle(lake, NOVEMBER), UNITING).platforms[0].reach
    assert (found.people, found.how) == (Interval(1100, 1200), "bounds")


def test_days_of_another_payment_are_no_part_of_organic_reach() -> None:
    days = [day(n, low=100, metric="reach", object="", object_kind="account", payment="organic") for n in (13, 14)]
    days.append(day(14, low=9000, metric="reach", object="", object_kind="account", payment="paid"))
    found = reached(settle(SmallLake(days), NOVEMBER, payment="organic"), UNITING).platforms[0]
    assert found.reach.people == Interval(100, 200)


def test_a_past_that_cannot_be_calibrates_nothing() -> None:
    rows: list[dict[str, object]] = []
    for week in range(4):  # rolling four weeks, of which two days are held
        start = datetime(2026, 9, 7, tzinfo=UTC) + timedelta(weeks=week)
        rows.append(day(1, low=20_000, metric="reach", object="", object_kind="account", grain="period",
                        start=start, end=start + timedelta(weeks=4)))  # fmt: skip
    for number in (1, 2):
        start = datetime(2026, 10, number, tzinfo=UTC)
        rows.append(day(1, low=10_000, metric="reach", object="", object_kind="account", start=start,
                        end=start + timedelta(days=1)))  # fmt: skip
    assert calibrations(SmallLake(rows), USERS.get) == {}


def test_platforms_that_count_no_people_are_named() -> None:
    lake = SmallLake([day(1, low=9), day(1, low=5, platform="x", object="t")])
    found = reached(settle(lake, NOVEMBER), UNITING)
    assert found.together is None
    assert found.silent == ("facebook", "x")


def test_two_platforms_together_are_an_interval_and_called_modelled() -> None:
    posts = [lifetime(low=300, metric="reach"), lifetime(low=400, metric="reach", platform="tiktok")]
    lake = SmallLake(posts, [published(2), {**published(2), "platform": "tiktok"}])
    found = reached(settle(lake, NOVEMBER), UNITING)
    assert found.together is not None
    assert found.together.how == "modelled"
    assert found.together.bounds == Interval(400, 700)
    assert found.together.people.within(found.together.bounds)
    assert found.together.point is None


def test_a_past_of_period_totals_beside_posts_calibrates_a_point() -> None:
    rows: list[dict[str, object]] = []
    objects: list[dict[str, object]] = []
    for week in range(5):
        start = datetime(2026, 9, 7, tzinfo=UTC) + timedelta(weeks=week)
        rows.append(day(1, low=520 + week, metric="reach", object="", object_kind="account", grain="period",
                        start=start, end=start + timedelta(weeks=1)))  # fmt: skip
        for number in range(3):
            name = f"w{week}p{number}"
            rows.append(lifetime(low=300 + number, metric="reach", object=name))
            objects.append({"platform": "facebook", "object_kind": "post", "object": name,
                            "published_at": start + timedelta(days=1)})  # fmt: skip
    lake = SmallLake(rows, objects)
    learned = calibrations(lake, USERS.get)
    assert set(learned) == {("facebook", False)}
    window = Window(datetime(2026, 9, 29).date(), datetime(2026, 9, 30).date())
    lake.values.extend([lifetime(low=300, metric="reach", object=f"n{n}") for n in range(3)])
    lake.objects.extend(
        [{**published(1, f"n{n}"), "published_at": datetime(2026, 9, 29, 12, tzinfo=UTC)} for n in range(3)]
    )
    found = reached(settle(lake, window), Uniting(USERS.get, None, learned)).platforms[0]
    assert found.reach.how == "calibrated"
    assert found.reach.point is not None
    assert found.reach.people.within(found.reach.bounds)
