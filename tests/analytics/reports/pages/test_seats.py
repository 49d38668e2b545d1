"""Seats: how often per elector, how many people without a small cell, and the team's own groups."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.lake import Lake
from analytics.people.places import seat
from analytics.questions.sight import Sight
from analytics.reports.page import Page
from analytics.reports.pages.seats import seats
from tests.analytics.reports.pages.reading import row, section, table
from tests.analytics.reports.pages.rich_lake import (
    AMBER_VALLEY,
    BOLSOVER,
    DERBYSHIRE_DALES,
    PEOPLE_IN,
    SHOWN_IN,
    sight_of,
)


@pytest.fixture(scope="module")
def page(sight: Sight) -> Page:
    return seats(sight)


def test_the_seat_that_saw_most_for_its_size_is_the_answer(page: Page) -> None:
    assert (
        page.answer == "Bolsover saw most of it for its size: 260,000 impressions, 3.4 for each of its 77,207 electors."
    )
    told = row(table(page, "impressions in it"), seat="Derbyshire Dales")
    assert told["Number"] == SHOWN_IN[DERBYSHIRE_DALES]
    assert told["Per elector"] == pytest.approx(30_000 / seat("Derbyshire Dales").electorate, abs=0.001)


def test_seats_that_nobody_tells_of_are_missing_and_not_nought(page: Page) -> None:
    assert page.missing[0] == "647 of 650 seats: no platform tells what was delivered there"
    assert len(table(page, "impressions in it")) == 3


def test_six_people_in_a_seat_are_not_shown_nor_what_would_give_them_away(page: Page) -> None:
    people = table(page, "In Bolsover 9,000 people were reached")
    assert pd.isna(row(people, seat="Amber Valley")["Number"])
    hidden = people[people["Known as"] == "suppressed"]
    assert len(hidden) == 2
    assert PEOPLE_IN[AMBER_VALLEY] not in set(people["Number"])


def test_no_more_people_than_live_there(sight: Sight) -> None:
    from analytics.questions.seats import people_in

    narrow = people_in(sight.facts, sight.population)
    told = narrow[narrow["high"].notna()].set_index("code")
    for code, high in told["high"].items():
        assert high <= sight.population.people(place=str(code)).high


def test_what_was_made_for_a_seat_is_told_apart(page: Page) -> None:
    made = row(table(page, "posts made for it, anywhere"), seat="Bolsover")
    assert made["Number"] == 10_000
    assert "A post made for a seat is seen elsewhere too" in " ".join(page.missing)


def test_groups_cut_by_the_teams_own_list(lake: Lake) -> None:
    groups = {"Town seats": (BOLSOVER, AMBER_VALLEY), "Peak seats": (DERBYSHIRE_DALES,), "Far seats": ("S14000083",)}
    page = seats(sight_of(lake, groups=groups))
    told = table(page, "Of your groups of seats, “Town seats” had most")
    town = row(told, group="Town seats")
    assert town["Number"] == 260_012
    electors = seat("Bolsover").electorate + seat("Amber Valley").electorate
    assert town["Electors there"] == electors
    assert town["Per elector"] == pytest.approx(260_012 / electors, abs=0.001)
    assert "Far seats" not in set(told["Group"])
    assert "Only seats that a platform tells of" in section(page, "Of your groups").note
