"""A target ("target voters"): a named YAML of seats, groups, ages and genders, with its size from the tables.

name: Younger voters in the town seats
seats: [Bolsover, E14001084]      # names or 2024 codes
groups: [Town seats]              # of a groups CSV beside it, or given
places: [Wales]                   # nations and regions
ages: [18-24, 25-34]              # any notation; left out: 18 and over
genders: [female]                 # left out: everybody
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import yaml

from analytics.errors import PopulationWrong, SeatUnknown
from analytics.model.cells import AgeBand, Gender
from analytics.model.interval import Interval

from .bands import parse_band, parse_gender
from .grid import common_grid
from .places import seats_in
from .population import ADULTS, Population
from .seats import seat

Given = TypeVar("Given")
Read = TypeVar("Read")
FIELDS: Final = ("name", "seats", "groups", "places", "ages", "genders")


@dataclass(frozen=True, slots=True)
class Target:
    """`seats` are codes; `ages` disjoint; `size` is how many people it is at mid-2024, `electorate` its electors."""

    name: str
    seats: tuple[str, ...]
    ages: tuple[AgeBand, ...]
    genders: tuple[Gender, ...]
    size: Interval
    electorate: int
    source: str


def load_target(
    path: Path, population: Population | None = None, groups: Mapping[str, Sequence[str]] | None = None
) -> Target:
    """The target in a file. `groups` as `load_groups` gives them.

    Raises:
        PopulationWrong: no such file, bad YAML, a field that there is not, an unknown group, overlapping ages.
        SeatUnknown: a seat or a place that there is not.
    """
    fields = _fields(path)
    seats, areas = _places(fields, groups or {}, path)
    ages, genders = _ages(fields, path), _genders(fields, path)
    tables = population or Population.load()
    parts = [tables.denominator(band, gender, code) for code in areas for band in ages for gender in genders]
    electorate = sum(seat(code).electorate for code in seats)
    (name, *_) = _texts(fields, "name", path) or [path.stem]
    return Target(name, seats, ages, genders, Interval.total(p.people for p in parts), electorate, parts[0].source)


def _fields(path: Path) -> dict[str, object]:
    try:
        page = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PopulationWrong(
            f"{path} can't be read ({' '.join(str(error).split())})", "Give a YAML file in UTF-8"
        ) from None
    if not isinstance(page, dict):
        raise PopulationWrong(f"{path} is no target", "See assets/population/targets/example.yaml")
    if unknown := [str(key) for key in page if key not in FIELDS]:
        raise PopulationWrong(f"{path}: a target has no field '{unknown[0]}'", f"It has {', '.join(FIELDS)}")
    return page


def _texts(fields: Mapping[str, object], name: str, path: Path) -> list[str]:
    value = fields.get(name)
    listed = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(item, str | int) for item in listed):
        raise PopulationWrong(f"{path}: '{name}' must be words", f"Write {name}: [one, two]")
    return [str(item) for item in listed]


def _places(
    fields: Mapping[str, object], groups: Mapping[str, Sequence[str]], path: Path
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The seats, and what their people are summed over: whole places where those are all that is asked for."""
    named = [_checked(seat, text, path).code for text in _texts(fields, "seats", path)]
    for group in _texts(fields, "groups", path):
        if group not in groups:
            known = ", ".join(groups) or "none were given"
            raise PopulationWrong(f"{path}: there is no group '{group}'", f"Groups: {known}")
        named += groups[group]
    wide = _texts(fields, "places", path) or ([] if named else ["GB"])
    spread = [s.code for text in wide for s in _checked(seats_in, text, path)]
    seats = tuple(dict.fromkeys([*named, *spread]))
    whole = not named and len(spread) == len(seats)
    return seats, tuple(wide) if whole else seats


def _ages(fields: Mapping[str, object], path: Path) -> tuple[AgeBand, ...]:
    bands = [_checked(parse_band, text, path) for text in _texts(fields, "ages", path)]
    known = [band for band in bands if isinstance(band, AgeBand)]
    if len(known) < len(bands):
        raise PopulationWrong(f"{path}: 'ages' must be ages", "Write ages: [18-24, 65+]; leave it out for 18 and over")
    _checked(lambda each: common_grid([each]), known, path)
    return tuple(sorted(known)) or (ADULTS,)


def _genders(fields: Mapping[str, object], path: Path) -> tuple[Gender, ...]:
    genders = [_checked(parse_gender, text, path) for text in _texts(fields, "genders", path)]
    return ("all",) if "all" in genders else tuple(dict.fromkeys(genders)) or ("all",)


def _checked(read: Callable[[Given], Read], given: Given, path: Path) -> Read:
    """What `read` makes of it, its complaint with the file's name."""
    try:
        return read(given)
    except SeatUnknown as error:
        what = f"{path}: {error.what}"
        raise SeatUnknown(what, error.mend, code=error.code, successors=error.successors) from None
    except ValueError as error:
        raise PopulationWrong(f"{path}: {error}", "See assets/population/targets/example.yaml") from None
