"""Official figures exactly, seats as intervals that fit them, and nothing made up where nothing is known."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import PopulationWrong, SeatUnknown
from analytics.model.cells import COMMON_GRID, OLDEST, AgeBand
from analytics.model.interval import Interval
from analytics.people.places import NATIONS, REGIONS
from analytics.people.population import ADULTS, EVERYONE, Population
from analytics.people.seats import TABLES, Seat, seats

POPULATION = Population.load()


def test_the_country_is_as_ons_published_it() -> None:
    assert POPULATION.people() == Interval.exactly(69_281_437)
    assert POPULATION.people(ADULTS) == Interval.exactly(55_022_253)
    assert POPULATION.people(ADULTS, "female") == Interval.exactly(28_396_397)
    assert [POPULATION.people(place=name).low for name in NATIONS.values()] == [58620101, 3186581, 5546900, 1927855]


@given(st.sampled_from(["all", "female", "male"]), st.integers(0, 89), st.integers(0, 89))
def test_nations_make_the_country_and_regions_make_england(gender: str, one: int, two: int) -> None:
    band = AgeBand(min(one, two), max(one, two))
    people = [POPULATION.people(band, gender, name).low for name in NATIONS.values()]  # type: ignore[arg-type]
    regions = [POPULATION.people(band, gender, code).low for code in REGIONS]  # type: ignore[arg-type]
    assert sum(people) == POPULATION.people(band, gender).low  # type: ignore[arg-type]
    assert sum(regions) == people[0]


def test_bands_add_up_and_so_do_the_sexes() -> None:
    young = POPULATION.people(AgeBand(0, 12))
    assert young + Interval.total(POPULATION.people(band) for band in COMMON_GRID) == POPULATION.people(EVERYONE)
    assert POPULATION.people(ADULTS, "female") + POPULATION.people(ADULTS, "male") == POPULATION.people(ADULTS)


@given(st.sampled_from(seats()), st.sampled_from(COMMON_GRID))
def test_a_seat_is_an_interval_and_one_gender_is_a_part_of_it(seat: Seat, band: AgeBand) -> None:
    everybody, women = POPULATION.people(band, "all", seat.code), POPULATION.people(band, "female", seat.code)
    assert 0 < everybody.low < everybody.high
    assert women.low < everybody.low
    assert women.high < everybody.high


@pytest.mark.parametrize("place", [*REGIONS.values(), "Wales", "Scotland", "Northern Ireland"])
def test_the_seats_of_a_place_allow_its_official_figure(place: str) -> None:
    inside = [seat.code for seat in seats() if place in (seat.region, seat.nation)]
    for band in COMMON_GRID:
        together = Interval.total(POPULATION.people(band, "all", code) for code in inside)
        assert POPULATION.people(band, "all", place).within(together)


def test_electors_are_counted_in_every_kind_of_place() -> None:
    assert POPULATION.electorate() == POPULATION.electorate("UK") == 48_208_507
    assert POPULATION.electorate("Bolsover") == POPULATION.electorate("E14001109") == 77_207
    assert sum(POPULATION.electorate(name) for name in NATIONS.values()) == 48_208_507
    assert sum(POPULATION.electorate(name) for name in REGIONS.values()) == POPULATION.electorate("England")


def test_a_denominator_says_what_it_is_and_where_it_is_from() -> None:
    found = POPULATION.denominator(AgeBand(18, 24), "female", "Wales")
    assert found.what == "women and girls aged 18-24 in Wales"
    assert found.source.startswith("ONS")
    assert found.date == "2024-06-30"
    assert "derived" in POPULATION.denominator(place="Bolsover").source


def test_a_seed_has_every_cell_and_other_genders_are_as_old_as_everybody() -> None:
    seed = POPULATION.seed(COMMON_GRID, ("female", "male", "other"), "Wales")
    assert len(seed) == 3 * len(COMMON_GRID)
    for band in COMMON_GRID:
        assert seed[band, "other"] == seed[band, "female"] + seed[band, "male"]
        assert seed[band, "female"] == POPULATION.people(band, "female", "Wales").low


def test_users_have_a_source_and_a_date_and_unknown_stays_unknown() -> None:
    for platform in ("facebook", "instagram", "youtube", "tiktok", "x"):
        found = POPULATION.users(platform)
        assert found is not None
        assert 0 < found.people.low < found.people.high < POPULATION.people().high
        assert found.source
        assert found.date
    assert POPULATION.users("snapchat") is None
    assert POPULATION.users("facebook", AgeBand(18, 24)) is None
    women = POPULATION.users("tiktok", ADULTS, "female")
    assert women is not None
    assert women.what == "users of tiktok aged 18+ in the United Kingdom, female"


def test_what_there_is_no_count_of_is_said() -> None:
    with pytest.raises(PopulationWrong, match="other gender"):
        POPULATION.people(ADULTS, "other")
    with pytest.raises(PopulationWrong, match="90\\+"):
        POPULATION.people(AgeBand(85, 95))
    with pytest.raises(SeatUnknown):
        POPULATION.people(place="Atlantis")
    assert POPULATION.people(AgeBand(90, OLDEST)).low == 625_236


def test_a_team_s_own_tables_are_used_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    for name in ("ons_mid2024.csv", "seats_ages.csv", "seats_doubt.csv", "users.csv"):
        (tmp_path / name).write_bytes((TABLES / name).read_bytes())
    frame = pd.read_csv(tmp_path / "users.csv")
    frame.assign(low=1, high=2).to_csv(tmp_path / "users.csv", index=False)
    found = Population.load(tmp_path).users("x")
    assert found is not None
    assert found.people == Interval(1, 2)
    frame.drop(columns="source").to_csv(tmp_path / "users.csv", index=False)
    with pytest.raises(PopulationWrong, match="lacks source"):
        Population.load(tmp_path)
    (tmp_path / "seats_ages.csv").unlink()
    with pytest.raises(PopulationWrong, match="can't be read"):
        Population.load(tmp_path)
