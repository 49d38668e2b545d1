"""A target and a group of seats are what the file says, or the file is refused with the place and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from analytics.errors import PopulationWrong, SeatUnknown
from analytics.model.cells import OLDEST, AgeBand
from analytics.people.groups import load_groups
from analytics.people.population import ADULTS, Population
from analytics.people.seats import TABLES
from analytics.people.targets import load_target

POPULATION = Population.load()
EXAMPLE_GROUPS = TABLES / "groups" / "example.csv"


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_examples_that_are_shipped_can_be_loaded() -> None:
    groups = load_groups(EXAMPLE_GROUPS)
    assert len(groups["London"]) == 75
    assert {code for region in ("South West", "Wales") for code in groups[region]} == set(
        load_target(TABLES / "targets" / "example.yaml", POPULATION, groups).seats
    )


def test_a_target_has_its_seats_ages_and_size(tmp_path: Path) -> None:
    path = written(
        tmp_path / "t.yaml", "name: Town\nseats: [Bolsover, E14001084]\nages: [18–24, 65+]\ngenders: [women]\n"
    )
    target = load_target(path, POPULATION)
    assert (target.name, target.seats) == ("Town", ("E14001109", "E14001084"))
    assert target.ages == (AgeBand(18, 24), AgeBand(65, OLDEST))
    assert target.genders == ("female",)
    each = [POPULATION.people(band, "female", code) for code in target.seats for band in target.ages]
    assert target.size.low == sum(part.low for part in each)
    assert target.electorate == POPULATION.electorate("Bolsover") + POPULATION.electorate("E14001084")


def test_whole_places_have_their_exact_figure(tmp_path: Path) -> None:
    wales = load_target(written(tmp_path / "wales.yaml", "places: [Wales]\n"), POPULATION)
    assert wales.name == "wales"
    assert wales.size == POPULATION.people(ADULTS, "all", "Wales")
    assert len(wales.seats) == 32
    everybody = load_target(written(tmp_path / "all.yaml", "name: All\n"), POPULATION)
    assert everybody.size == POPULATION.people(ADULTS)


def test_a_seat_named_twice_is_counted_once(tmp_path: Path) -> None:
    path = written(tmp_path / "t.yaml", "seats: [Bolsover, E14001109]\nplaces: [East Midlands, England]\n")
    target = load_target(path, POPULATION)
    assert len(target.seats) == 543
    assert target.electorate == POPULATION.electorate("England")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a list", "is no target"),
        ("name: [", "can't be read"),
        ("seat: [Bolsover]", "no field 'seat'"),
        ("ages: [18-24, 20-30]", "overlap"),
        ("ages: [tall]", "no age band: 'tall'"),
        ("ages: [unknown]", "must be ages"),
        ("genders: [blue]", "no gender"),
        ("groups: [Towns]", "no group 'Towns'"),
        ("seats: {a: b}", "must be words"),
    ],
)
def test_a_target_that_does_not_hold_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(PopulationWrong, match=why):
        load_target(written(tmp_path / "t.yaml", text), POPULATION)


def test_an_old_seat_in_a_target_or_a_group_is_refused_with_its_successors(tmp_path: Path) -> None:
    with pytest.raises(SeatUnknown, match=r"t.yaml: E14000538 is Aylesbury") as refused:
        load_target(written(tmp_path / "t.yaml", "seats: [E14000538]"), POPULATION)
    assert refused.value.successors[0] == "E14001071"
    with pytest.raises(SeatUnknown, match=r"g.csv, line 3: E14000538"):
        load_groups(written(tmp_path / "g.csv", "group,seat\nA,Bolsover\nA,E14000538\n"))


def test_groups_keep_the_order_and_count_a_seat_once(tmp_path: Path) -> None:
    path = written(
        tmp_path / "g.csv", "\ufeffseat,group,poll\nBolsover,Marginals,x\nE14001109,Marginals,y\nBedford,Towns,\n"
    )
    assert load_groups(path) == {"Marginals": ("E14001109",), "Towns": ("E14001084",)}


@pytest.mark.parametrize(
    ("text", "why"), [("a,b\n1,2\n", "no columns"), ("group,seat\n,Bolsover\n", "line 2"), ("", "no columns")]
)
def test_a_group_file_that_does_not_hold_is_refused(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(PopulationWrong, match=why):
        load_groups(written(tmp_path / "g.csv", text))
    with pytest.raises(PopulationWrong, match="can't be read"):
        load_groups(tmp_path / "none.csv")
