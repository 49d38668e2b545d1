"""650 seats by code and name, places as platforms spell them, and codes of before 2024 never taken for today's."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import SeatUnknown
from analytics.people.places import (
    NATIONS,
    REGIONS,
    Seat,
    find_place,
    place,
    seat,
    seats,
    seats_in,
    translate_2010,
)

AROUND = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
OFF_THE_COAST = {"Na h-Eileanan an Iar", "Orkney and Shetland"}


def test_there_are_650_seats_and_48_208_507_electors() -> None:
    assert len(seats()) == len({s.code for s in seats()}) == len({s.name for s in seats()}) == 650
    assert sum(s.electorate for s in seats()) == 48_208_507
    assert Counter(s.nation for s in seats()) == {"England": 543, "Scotland": 57, "Wales": 32, "Northern Ireland": 18}


def test_every_region_and_nation_is_one_that_is_named() -> None:
    assert {s.region for s in seats()} == {*REGIONS.values(), "Scotland", "Wales", "Northern Ireland"}
    assert {s.nation for s in seats()} == set(NATIONS.values())


@given(st.sampled_from(seats()))
def test_a_seat_is_found_by_its_code_and_by_its_name_in_any_case(one: Seat) -> None:
    assert seat(one.code) == seat(one.code.lower()) == seat(one.name) == seat(f" {one.name.upper()} ") == one


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hull East", "Kingston upon Hull East"),
        ("Ynys Mon", "Ynys Môn"),
        ("Cities of London & Westminster", "Cities of London and Westminster"),
        ("Durham", "City of Durham"),
        ("E14000577", "Bolsover"),  # its people are all in one seat, and nobody else is
        ("S14000058", "West Aberdeenshire and Kincardine"),
        ("S14000027", "Na h-Eileanan an Iar"),  # old and new code are the same
    ],
)
def test_other_ways_to_name_a_seat(text: str, name: str) -> None:
    assert seat(text).name == name


def test_a_name_that_there_is_not_is_answered_with_the_closest() -> None:
    with pytest.raises(SeatUnknown, match=r"Did you mean Bolsover \(E14001109\)"):
        seat("Bolsovr")


def test_an_old_code_is_refused_with_its_successors() -> None:
    with pytest.raises(SeatUnknown, match="Aylesbury as it was before 2024") as refused:
        seat("E14000538")
    assert refused.value.successors == ("E14001071", "E14001360", "E14001600")
    assert refused.value.code == "E14000538"


@pytest.mark.parametrize("code", ["E14009999", "W07000999", "N06000099"])
def test_a_code_that_never_was_is_unknown(code: str) -> None:
    with pytest.raises(SeatUnknown, match="no seat"):
        seat(code)


def test_welsh_codes_of_both_sets_are_told_apart() -> None:
    assert seat("W07000112").name == "Ynys Môn"
    assert [s.code for s in translate_2010("W07000041")] == ["W07000112"]
    assert translate_2010("W07000112") == ()


def test_the_shares_of_every_old_seat_make_it_up() -> None:
    codes = [f"E14{n:06d}" for n in range(530, 1063)] + [f"W070000{n}" for n in range(41, 81)]
    codes += [f"S14{n:06d}" for n in range(1, 60)] + [f"N060000{n:02d}" for n in range(1, 19)]
    assert len(codes) == 650
    for code in codes:
        assert 0.98 <= sum(s.share for s in translate_2010(code)) <= 1.02, code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wales", "W92000004"),
        ("England, GB", "E92000001"),
        ("Scotland, United Kingdom", "S92000003"),
        ("GB-NIR", "N92000002"),
        ("Northern Ireland", "N92000002"),
        ("Schottland", "S92000003"),
        ("GB", "GB"),
        ("United Kingdom", "GB"),
        ("UK", "GB"),
        ("Yorkshire and the Humber", "E12000003"),
        ("Greater London", "E12000007"),
        ("E14001109", "E14001109"),
    ],
)
def test_places_are_read_as_platforms_spell_them(text: str, code: str) -> None:
    found = find_place(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["Pleven", "Bavaria", "Bolsover", "", "New South Wales", "North"])
def test_other_places_are_none_of_ours(text: str) -> None:
    assert find_place(text) is None


def test_a_place_may_be_a_seat_by_name() -> None:
    assert place("Bolsover").kind == "seat"
    assert [s.name for s in seats_in("bolsover")] == ["Bolsover"]
    assert len(seats_in("London")) == 75
    assert len(seats_in("England")) == 543
    assert len(seats_in("UK")) == 650


def test_no_two_seats_share_a_hexagon() -> None:
    assert len({(s.hex_q, s.hex_r) for s in seats()}) == 650
    assert min(s.hex_q for s in seats()) == min(s.hex_r for s in seats()) == 0


@pytest.mark.parametrize("region", sorted({s.region for s in seats()}))
def test_the_hexagons_of_a_region_are_in_one_piece(region: str) -> None:
    cells = {(s.hex_q, s.hex_r) for s in seats() if s.region == region and s.name not in OFF_THE_COAST}
    found = {next(iter(cells))}
    ahead = list(found)
    while ahead:
        q, r = ahead.pop()
        fresh = {(q + i, r + j) for i, j in AROUND} & cells - found
        found |= fresh
        ahead += fresh
    assert found == cells


def test_the_map_has_north_above_south_and_east_right_of_west() -> None:
    def at(name: str) -> tuple[float, float]:
        one = seat(name)
        return one.hex_q + one.hex_r / 2, one.hex_r

    assert at("Orkney and Shetland")[1] < at("Edinburgh South")[1] < at("Leeds East")[1] < at("Brighton Pavilion")[1]
    assert at("St Ives")[0] < at("Bristol Central")[0] < at("Dover and Deal")[0]
    assert at("Belfast East")[0] < at("Glasgow East")[0] < at("Newcastle upon Tyne North")[0]
    assert at("Ynys Môn")[0] < at("Shrewsbury")[0] < at("Lowestoft")[0]
