"""What a window came to: one measure a platform, the same things then and now, the same meaning throughout."""

from __future__ import annotations

from datetime import date

from analytics.model.interval import Interval
from analytics.model.scope import Window
from analytics.questions.facts import settle
from analytics.questions.overview import by_day, changes_in, known_since, posts, shown, shown_on, usual_days
from tests.analytics.questions.small_lake import SmallLake
from tests.analytics.questions.test_facts import NOVEMBER, day, lifetime, published

ACCOUNT: dict[str, object] = {"object": "", "object_kind": "account"}


def test_one_measure_a_platform_posts_before_the_account() -> None:
    rows = [lifetime(low=70, metric="views_3s"), lifetime(low=90, metric="impressions"), day(2, low=900, **ACCOUNT),
            day(3, low=5, platform="x", **ACCOUNT)]  # fmt: skip
    found = shown(settle(SmallLake(rows, [published(2)]), NOVEMBER))
    assert [(item.platform, item.measure, item.count, item.kinds[0]) for item in found] == [
        ("facebook", "impressions", Interval(90, 90), "post"),
        ("x", "views", Interval(5, 5), "account"),
    ]


def test_nought_is_nothing_shown() -> None:
    assert shown(settle(SmallLake([lifetime(low=0, metric="impressions")], [published(2)]), NOVEMBER)) == ()


def test_the_first_day_that_is_known_is_that_of_all_windows() -> None:
    lake = SmallLake([day(number, low=10, **ACCOUNT) for number in range(1, 15)])
    assert shown_on(settle(lake, Window(date(2026, 11, 3), date(2026, 11, 4))), "facebook", "views", ("account",)) == (
        Interval(20, 20)
    )
    partly = settle(lake, Window(date(2026, 10, 30), date(2026, 11, 2)))
    assert known_since(partly, "facebook", "views", ("account",)) == date(2026, 11, 1)


def test_posts_are_not_compared_with_the_account() -> None:
    lake = SmallLake(
        [lifetime(low=70, metric="views"), *(day(n, low=5, **ACCOUNT) for n in range(1, 5))], [published(2)]
    )
    assert shown_on(settle(lake, NOVEMBER), "facebook", "views", ("account",)) is not None
    assert shown_on(settle(lake, NOVEMBER), "facebook", "views") == Interval(70, 70)
    assert known_since(settle(lake, NOVEMBER), "facebook", "views") == date(2026, 11, 2)


def test_days_without_a_number_are_gaps() -> None:
    lake = SmallLake([day(1, low=4, **ACCOUNT), day(3, low=6, **ACCOUNT)])
    frame = by_day(settle(lake, Window(date(2026, 11, 1), date(2026, 11, 3))), "facebook", "views")
    assert frame["high"].fillna(-1).tolist() == [4, -1, 6]


def test_usual_is_the_same_weekday_of_the_weeks_before() -> None:
    week = Window(date(2026, 11, 16), date(2026, 11, 22))
    lake = SmallLake([day(number, low=100 + number, **ACCOUNT) for number in range(2, 23)])
    band = usual_days(settle(lake, week), "facebook", "views")
    assert band is not None
    assert band.iloc[0].tolist() == [date(2026, 11, 16), 102, 105.5, 109]


def test_one_week_of_past_is_no_usual() -> None:
    week = Window(date(2026, 11, 16), date(2026, 11, 22))
    lake = SmallLake([day(number, low=100, **ACCOUNT) for number in range(9, 23)])
    assert usual_days(settle(lake, week), "facebook", "views") is None


def test_a_change_on_the_first_day_breaks_nothing_inside() -> None:
    facts = settle(SmallLake([day(1, low=1)]), Window(date(2026, 8, 27), date(2026, 9, 2)))
    assert changes_in(facts, "youtube", "views") == ()
    facts = settle(SmallLake([day(1, low=1)]), Window(date(2026, 8, 26), date(2026, 9, 2)))
    assert [change.version for change in changes_in(facts, "youtube", "views")] == ["2026-08-27"]


def test_posts_are_called_by_their_title_else_by_their_words() -> None:
    lake = SmallLake(
        [lifetime(low=9, metric="views"), lifetime(low=5, metric="views", object="p2")],
        [published(2) | {"title": "A title"}, published(3, "p2") | {"text": "Only words"}],
    )
    assert posts(settle(lake, NOVEMBER))["title"].tolist() == ["A title", "Only words"]
