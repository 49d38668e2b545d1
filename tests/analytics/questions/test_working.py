"""Rates: both sides of the same post, paid ones left out, what a clip is beside them."""

from __future__ import annotations

from analytics.questions.facts import settle
from analytics.questions.working import best_rate, platforms, rate_rows
from tests.analytics.questions.small_lake import SmallLake
from tests.analytics.questions.test_facts import NOVEMBER, lifetime, published


def post(name: str, views: float, ended: float | None = None, **row: object) -> list[dict[str, object]]:
    rows = [lifetime(object=name, low=views, **row)]
    return rows if ended is None else [*rows, lifetime(object=name, metric="completions", low=ended, **row)]


def lake(*posts: list[dict[str, object]]) -> SmallLake:
    names = {str(rows[0]["object"]) for rows in posts}
    return SmallLake([row for rows in posts for row in rows], [published(2, name) for name in sorted(names)])


def test_a_rate_has_both_sides_of_the_same_post() -> None:
    facts = settle(lake(post("p1", 100, 40), post("p2", 100)), NOVEMBER)
    rows = rate_rows(facts, "completions", "views")
    assert rows[["object", "numerator", "denominator"]].to_numpy().tolist() == [["p1", 40, 100]]
    assert rows["posted_hour"].tolist() == [20.0]


def test_paid_posts_are_left_out() -> None:
    facts = settle(lake(post("p1", 100, 40, payment="paid"), post("p2", 90, 9, payment="organic")), NOVEMBER)
    assert rate_rows(facts, "completions", "views")["object"].tolist() == ["p2"]


def test_a_part_above_its_whole_is_no_rate() -> None:
    assert rate_rows(settle(lake(post("p1", 100, 140)), NOVEMBER), "completions", "views").empty


def test_one_post_is_no_comparison() -> None:
    assert best_rate(settle(lake(post("p1", 100, 40)), NOVEMBER), "facebook") is None
    assert best_rate(settle(lake(post("p1", 100, 40), post("p2", 90, 9)), NOVEMBER), "facebook") == (
        "completions", "views",
    )  # fmt: skip


def test_the_length_is_the_clips_else_the_posts() -> None:
    held = lake(post("p1", 100, 40), post("p2", 90, 9))
    held.clips = [{"clip": "c_1", "quote": "q", "duration_s": 24.0}]
    held.links = [{"platform": "facebook", "object": "p1", "clip": "c_1"}]
    held.objects = [published(2) | {"duration_s": 25.0}, published(2, "p2") | {"duration_s": 70.0}]
    rows = rate_rows(settle(held, NOVEMBER), "completions", "views").set_index("object")
    assert rows["duration_s"].to_dict() == {"p1": 24.0, "p2": 70.0}


def test_platforms_with_most_posts_come_first() -> None:
    held = lake(post("p1", 1), post("p2", 1), post("t1", 1, platform="tiktok"))
    held.objects = [*held.objects[:2], published(2, "t1") | {"platform": "tiktok"}]
    assert platforms(settle(held, NOVEMBER)) == ["facebook", "tiktok"]
