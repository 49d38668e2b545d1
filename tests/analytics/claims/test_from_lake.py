"""The evidence in a lake: what was delivered, to whom, where; never what was only aimed at."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.claims.answer import Answer
from analytics.claims.check import judge
from analytics.claims.from_lake import LakeEvidence, speaks_of_us
from analytics.lake import Lake
from analytics.model.interval import Interval
from analytics.people.population import Population
from analytics.questions.reached import Uniting
from tests.analytics.rows import extract

DAY = {"grain": "day", "start": datetime(2026, 11, 3, tzinfo=UTC), "end": datetime(2026, 11, 4, tzinfo=UTC)}
POST = {"platform": "facebook", "account": "a", "object": "p1", **DAY}
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def tables() -> Population:
    return Population.load()


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def add(lake: Lake, *rows: dict[str, object]) -> None:
    lake.add(extract(*rows), import_id=f"i{len(lake.receipts())}", name="export.csv", options={})


def asked(lake: Lake, tables: Population, sentence: str) -> Answer:
    def users(platform: str) -> Interval | None:
        known = tables.users(platform)
        return known.people if known else None

    uniting = Uniting(users, tables.people())
    evidence = LakeEvidence(lake, tables, uniting, is_anybodys=not speaks_of_us(sentence))
    return judge(sentence, evidence, today=TODAY)


def test_impressions_in_a_seat_are_supported_and_as_many_voters_impossible(lake: Lake, tables: Population) -> None:
    add(lake, {**POST, "metric": "impressions", "low": 279_000.0, "high": 351_961.0, "place": "E14001109",
               "place_kind": "seat"})  # fmt: skip
    shown = asked(lake, tables, "more than a quarter of a million impressions in Bolsover")
    assert (shown.verdict, shown.known) == ("supported", Interval(279_000, 351_961))
    voters = asked(lake, tables, "more than a quarter of a million voters in Bolsover saw our ads")
    assert voters.verdict == "impossible"
    assert "77,207" in " ".join(voters.arithmetic)


def test_people_of_a_group_lie_between_the_cells_inside_it_and_those_that_touch_it(
    lake: Lake, tables: Population
) -> None:
    cells = [("18-24", 100), ("25-34", 200), ("unknown", 7)]
    add(lake, *({**POST, "metric": "reach", "age": age, "gender": "female", "low": n, "high": n} for age, n in cells))
    answer = asked(lake, tables, "90 women under 25 saw our post")
    assert (answer.verdict, answer.known) == ("supported", Interval(100, 107))
    assert asked(lake, tables, "150 women under 25 saw our post").verdict == "impossible"


def test_a_platform_that_counts_no_people_leaves_room_above(lake: Lake, tables: Population) -> None:
    add(lake, {**POST, "metric": "reach", "low": 1000, "high": 1000},
        {**POST, "platform": "youtube", "object": "y", "metric": "views", "low": 5000, "high": 5000})  # fmt: skip
    assert asked(lake, tables, "4,000 people saw our videos").verdict == "unsupported"
    assert asked(lake, tables, "at most 1,000 people saw our videos").verdict == "unsupported"
    assert asked(lake, tables, "at most 6,000 people saw our videos").verdict == "supported"
    assert asked(lake, tables, "7,000 people saw our videos").verdict == "impossible"


def test_views_alone_bound_people_from_above_only(lake: Lake, tables: Population) -> None:
    add(lake, {**POST, "metric": "views", "low": 5000, "high": 5000})
    assert asked(lake, tables, "4,000 people saw our videos").verdict == "unsupported"
    assert asked(lake, tables, "5,001 people saw our videos").verdict == "impossible"


def test_targeting_is_no_evidence(lake: Lake, tables: Population) -> None:
    add(lake, {**POST, "metric": "impressions", "basis": "targeted", "low": 9, "high": 9})
    answer = asked(lake, tables, "5 impressions on Facebook")
    assert answer.verdict == "unclear"
    assert any("targeting" in gap for gap in answer.missing)


def test_an_empty_lake_is_unclear(lake: Lake, tables: Population) -> None:
    assert asked(lake, tables, "a million people saw our videos").verdict == "unclear"


@pytest.mark.parametrize(("text", "is_us"), [("our ads", True), ("We reached", True), ("a famous house", False)])
def test_who_speaks(text: str, is_us: bool) -> None:
    assert speaks_of_us(text) is is_us


WEEK = {"platform": "facebook", "grain": "period", "start": datetime(2026, 11, 1, tzinfo=UTC),
        "end": datetime(2026, 11, 15, tzinfo=UTC)}  # fmt: skip
WHEN = "from 1 to 14 November 2026"


def told(name: str, metric: str, number: float, **more: object) -> dict[str, object]:
    return {**WEEK, "object": name, "metric": metric, "low": number, "high": number, **more}


def test_a_post_without_places_may_have_been_seen_anywhere(lake: Lake, tables: Population) -> None:
    add(lake, told("1", "reach", 900.0, place="E12000002", place_kind="region"), told("2", "reach", 400_000.0))
    answer = asked(lake, tables, f"fewer than 5,000 people in the North West saw our posts {WHEN}")
    assert (answer.verdict, answer.known) == ("unsupported", Interval(900, 400_900))


def test_one_seat_is_no_ceiling_for_its_region(lake: Lake, tables: Population) -> None:
    add(lake, told("1", "impressions", 1000.0, place="E14001109", place_kind="seat"), told("1", "impressions", 5e5))
    answer = asked(lake, tables, f"our posts had fewer than 2,000 impressions in the East Midlands {WHEN}")
    assert (answer.verdict, answer.known) == ("unsupported", Interval(1000, 500_000))


def test_a_cut_that_is_not_told_is_up_to_all_that_the_other_cut_tells(lake: Lake, tables: Population) -> None:
    add(lake, *(told("1", "reach", 900.0, age=age) for age in ("18-24", "25-34")))
    answer = asked(lake, tables, f"no women saw our posts {WHEN}")
    assert (answer.verdict, answer.known) == ("unsupported", Interval(0, 1800))


def test_days_that_nobody_tells_open_the_ceiling(lake: Lake, tables: Population) -> None:
    add(lake, told("1", "impressions", 1000.0))
    answer = asked(lake, tables, "our posts had fewer than 1,500 impressions in November 2026")
    assert answer.verdict == "unsupported"
    assert any("no ceiling" in gap for gap in answer.missing)
    assert asked(lake, tables, f"our posts had fewer than 1,500 impressions {WHEN}").verdict == "supported"


def test_ads_of_facebook_and_instagram_together_may_be_of_either(lake: Lake, tables: Population) -> None:
    add(lake, told("1", "reach", 900.0), told("9", "reach", 800_000.0, platform="meta", object_kind="ad"))
    answer = asked(lake, tables, f"fewer than 5,000 people saw our videos on Facebook {WHEN}")
    assert (answer.verdict, answer.known) == ("unsupported", Interval(900, 800_900))


def test_what_nobody_calls_paid_or_organic_may_be_either(lake: Lake, tables: Population) -> None:
    add(lake, told("1", "impressions", 500.0), told("2", "impressions", 10.0, payment="organic"))
    answer = asked(lake, tables, f"our organic posts had fewer than 100 impressions {WHEN}")
    assert (answer.verdict, answer.known) == ("unsupported", Interval(10, 510))


def test_short_views_are_no_ceiling_of_people_and_showings_none_of_followers(lake: Lake, tables: Population) -> None:
    add(lake, told("1", "views_3s", 1000.0))
    assert asked(lake, tables, f"fewer than 5,000 people saw our videos {WHEN}").verdict == "unclear"
    add(lake, told("1", "impressions", 5000.0))
    assert asked(lake, tables, f"fewer than 10,000 followers on Facebook {WHEN}").verdict == "unclear"
    twice = asked(lake, tables, f"one person saw our videos at least twice {WHEN}")
    assert (twice.verdict, twice.known) == ("unsupported", Interval(0, 2500))


def test_a_small_group_is_not_told(lake: Lake, tables: Population) -> None:
    add(lake, told("1", "reach", 3.0, age="18-24", gender="female"))
    answer = asked(lake, tables, f"at least one woman aged 18 to 24 saw our posts {WHEN}")
    assert (answer.verdict, answer.known) == ("unsupported", Interval(0, 10))
    assert "3" not in " ".join(answer.arithmetic[:2])
    assert answer.sentence.startswith("No more than 10 women")


def test_more_than_live_here_are_not_cut_to_those_who_do(lake: Lake, tables: Population) -> None:
    add(lake, told("1", "reach", 90e6), told("2", "reach", 900.0))
    answer = asked(lake, tables, f"at least 80 million people saw our videos {WHEN}")
    assert answer.verdict == "supported"
    assert "abroad" in answer.why


def test_pounds_are_not_added_to_dollars(lake: Lake, tables: Population) -> None:
    add(lake, told("1", "spend", 100.0, currency="GBP"), told("1", "spend", 900.0, currency="USD"))
    answer = asked(lake, tables, f"we spent at least £900 on our posts {WHEN}")
    assert answer.verdict == "unsupported"
    assert any("pounds" in gap for gap in answer.missing)


def test_ads_of_others_are_not_called_ours(lake: Lake, tables: Population) -> None:
    held = told("9", "impressions", 279_000.0, platform="meta", object_kind="ad", account="rival", payment="paid",
                place="E14001109", place_kind="seat")  # fmt: skip
    lake.add(extract(held, source="meta.election_ad_index"), import_id="i0", name="ads.json", options={})
    shown = asked(lake, tables, f"more than a quarter of a million impressions in Bolsover {WHEN}")
    assert (shown.verdict, "our" in shown.sentence.split()) == ("supported", False)
    assert asked(lake, tables, shown.sentence).verdict == "supported"
    voters = asked(lake, tables, f"more than a quarter of a million voters in Bolsover saw the ads {WHEN}")
    assert voters.verdict == "impossible"
    assert asked(lake, tables, voters.sentence).verdict == "supported"
    assert asked(lake, tables, f"our posts had 100,000 impressions in Bolsover {WHEN}").verdict == "unclear"
