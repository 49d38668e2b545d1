"""How many there are of whom a claim is about, from the population tables: for whoever implements Evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from analytics.errors import PopulationWrong
from analytics.model.cells import ALL, AgeBand
from analytics.model.interval import Interval
from analytics.people.places import UNITED_KINGDOM
from analytics.people.population import EVERYONE, Denominator, Population
from analytics.people.targets import Target

from .evidence import About, DenominatorKind

_REGISTERED: Final = (
    "Electorates of the general election of 4 July 2024 (House of Commons Library, Open Parliament Licence v3.0)"
)
_SPLIT: Final = ("country", "nation", "region", "seat", ALL)


def denominator(
    tables: Population, targets: Mapping[str, Target], about: About, of: DenominatorKind
) -> Denominator | None:
    """As Evidence.population asks for it. None where no table says it: electors by gender, users by nation, a city."""
    if of == "target" or about.target:
        target = targets.get(about.target)
        return Denominator(target.size, target.name, target.source, "2024-06-30") if target else None
    if about.cell.place_kind not in _SPLIT:
        return None
    try:
        return _of_tables(tables, about, of)
    except PopulationWrong:  # ages beyond the table, a gender nobody counts
        return None


def _of_tables(tables: Population, about: About, of: DenominatorKind) -> Denominator | None:
    cell = about.cell
    places = about.scope.seats or (UNITED_KINGDOM if cell.place == ALL else cell.place,)
    band = AgeBand.from_label(cell.age)
    if of == "users":
        is_whole = places == (UNITED_KINGDOM,)
        platforms = about.scope.platforms
        return tables.users(platforms[0], band, cell.gender) if is_whole and len(platforms) == 1 else None
    if of == "voters":
        is_split = cell.gender != ALL or cell.age not in (ALL, "18+")
        return None if is_split else _electorate(tables, places)
    found = [tables.denominator(band or EVERYONE, cell.gender, place) for place in places]
    what = found[0].what if len(found) == 1 else f"people in {len(found)} seats"
    return Denominator(Interval.total(one.people for one in found), what, found[0].source, found[0].date)


def _electorate(tables: Population, places: tuple[str, ...]) -> Denominator:
    electors = float(sum(tables.electorate(place) for place in places))
    what = f"{len(places)} seats" if len(places) > 1 else _name(tables, places[0])
    return Denominator(Interval.exactly(electors), f"electorate of {what}", _REGISTERED, "2024-07-04")


def _name(tables: Population, place: str) -> str:
    return tables.denominator(EVERYONE, "all", place).what.removeprefix("people in ")
