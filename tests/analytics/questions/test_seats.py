"""Seats: counts add over things, people don't, and groups are sums over different people."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.model.interval import Interval
from analytics.people.places import seats
from analytics.people.population import Population
from analytics.questions.facts import settle
from analytics.questions.seats import by_group, delivered_in, made_for, people_in
from tests.analytics.questions.small_lake import SmallLake
from tests.analytics.questions.test_facts import NOVEMBER, lifetime, published

POPULATION = Population.load()
BOLSOVER, WREXHAM = "E14001109", next(seat.code for seat in seats() if seat.name == "Wrexham")


def there(code: str, low: float, metric: str = "impressions", **row: object) -> dict[str, object]:
    return lifetime(low=low, metric=metric, place=code, place_kind="seat", **row)


def seat_of(frame: pd.DataFrame, code: str) -> pd.Series:
    return frame.set_index("code").loc[code]


def test_every_seat_is_a_row_and_unknown_is_not_nought() -> None:
    frame = delivered_in(settle(SmallLake([there(BOLSOVER, 77_207)], [published(2)]), NOVEMBER))
    assert len(frame) == 650
    assert seat_of(frame, BOLSOVER)["per_elector_low"] == 1.0
    assert frame["high"].notna().sum() == 1


def test_people_of_two_posts_in_a_seat_are_bounds_and_no_more_than_live_there() -> None:
    rows = [there(BOLSOVER, 60_000, "reach"), there(BOLSOVER, 70_000, "reach", object="p2")]
    facts = settle(SmallLake(rows, [published(2), published(2, "p2")]), NOVEMBER)
    found = seat_of(people_in(facts, POPULATION), BOLSOVER)
    assert (found["low"], found["high"]) == (70_000, POPULATION.people(place=BOLSOVER).high)
    assert found["state"] == "observed"


def test_nobody_tells_is_unavailable() -> None:
    facts = settle(SmallLake([there(BOLSOVER, 5)], [published(2)]), NOVEMBER)
    assert set(people_in(facts, POPULATION)["state"]) == {"unavailable"}


def test_what_was_made_for_a_seat_is_what_was_seen_anywhere() -> None:
    links: list[dict[str, object]] = [{"platform": "facebook", "object": "p1", "clip": "c", "seat": WREXHAM}]
    lake = SmallLake([lifetime(low=300, metric="impressions")], [published(2)], links)
    facts = settle(lake, NOVEMBER)
    assert seat_of(made_for(facts), WREXHAM)["high"] == 300
    assert delivered_in(facts)["high"].isna().all()


def test_a_group_counts_only_its_seats_that_are_told() -> None:
    facts = settle(SmallLake([there(BOLSOVER, 100)], [published(2)]), NOVEMBER)
    (group,) = by_group(delivered_in(facts), {"Both": (BOLSOVER, WREXHAM), "None": (WREXHAM,)})
    assert (group.name, group.seats, group.told, group.amount) == ("Both", 2, 1, Interval(100, 100))
    assert group.electorate == pytest.approx(77_207)
