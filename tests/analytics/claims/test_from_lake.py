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
