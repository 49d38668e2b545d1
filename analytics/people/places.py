"""Places of the United Kingdom: the country, four nations, nine regions and the 650 seats of 2024.

A seat is known by its 2024 code or its name. Codes of before 2024 are recognised: they join to nothing otherwise,
in silence. Five Scottish seats kept code and boundary; everything else in W07000041 to 80, E14000530 to 1062,
S14000001 to 59 and N06… is old.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rapidfuzz import process

from analytics.errors import PopulationWrong, SeatUnknown
from analytics.model.cells import PlaceKind

TABLES: Final = Path(__file__).resolve().parents[2] / "assets" / "population"
UNITED_KINGDOM: Final = "GB"  # the ISO country, as a cell's place holds it
NATIONS: Final[dict[str, str]] = {
    "E92000001": "England",
    "W92000004": "Wales",
    "S92000003": "Scotland",
    "N92000002": "Northern Ireland",
}
REGIONS: Final[dict[str, str]] = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}
# As platforms and offices write them, folded. Meta names nations, Google and YouTube give ISO 3166-2.
_SPELLINGS: Final[dict[str, tuple[str, ...]]] = {
    UNITED_KINGDOM: (
        "gb", "uk", "k02000001", "gbr", "great britain", "united kingdom", "vereinigtes konigreich", "royaume uni",
        "reino unido", "regno unito", "verenigd koninkrijk", "wielka brytania",
    ),
    "E92000001": ("gb eng", "eng", "angleterre", "inglaterra", "inghilterra", "engeland", "anglia"),
    "W92000004": ("gb wls", "wls", "cymru", "pays de galles", "gales", "galles", "walia"),
    "S92000003": ("gb sct", "sct", "schottland", "ecosse", "escocia", "scozia", "schotland", "szkocja"),
    "N92000002": (
        "gb nir", "nir", "nordirland", "irlande du nord", "irlanda del norte", "irlanda del nord", "noord ierland",
        "irlandia polnocna",
    ),
    "E12000003": ("yorkshire", "yorkshire and humber"),
    "E12000006": ("eastern", "east anglia", "east"),
    "E12000007": ("greater london",),
}  # fmt: skip
_SEAT_CODE: Final = re.compile(r"(?:E14|S14|N05|N06|W07)\d{6}")
ONE_TO_ONE: Final = 0.999
ALL_LISTED: Final = "assets/population/seats.csv lists all 650"


@dataclass(frozen=True, slots=True)
class Place:
    """`code` is "GB", or an ONS code of a nation, a region or a seat."""

    code: str
    name: str
    kind: PlaceKind


@dataclass(frozen=True, slots=True)
class Seat:
    """A Westminster seat of 2024. `region` and `nation` are names (outside England they are the same).

    `electorate`: on the register for the election of 4 July 2024. `hex_q`, `hex_r`: axial position in our own
    layout of equal hexagons, r growing southwards (assets/population/README.md).
    """

    code: str
    name: str
    region: str
    nation: str
    electorate: int
    hex_q: int
    hex_r: int


@dataclass(frozen=True, slots=True)
class Successor:
    """A 2024 seat that holds `share` (0 to 1) of the people of a seat of before."""

    code: str
    name: str
    share: float


@cache
def seats() -> tuple[Seat, ...]:
    """All 650, by code."""
    return tuple(
        Seat(
            row["code"],
            row["name"],
            row["region"],
            row["nation"],
            int(row["electorate"]),
            int(row["hex_q"]),
            int(row["hex_r"]),
        )
        for row in _rows("seats.csv")
    )


def seat(code_or_name: str) -> Seat:
    """The seat of that 2024 code or name; case, accents, "&" and the order round "Hull East" don't matter.

    Raises:
        SeatUnknown: there is none. It names the closest; for a code of before 2024 it holds the successors,
            unless one of 2024 holds the very same people (then that one is given).
    """
    code = code_or_name.strip().upper()
    if _SEAT_CODE.fullmatch(code):
        return _by_code().get(code) or _translated(code)
    found = _by_name().get(fold(code_or_name))
    if found is not None:
        return found
    close = process.extract(fold(code_or_name), {s.code: fold(s.name) for s in seats()}, limit=3, score_cutoff=70)
    names = [f"{_by_code()[code].name} ({code})" for _, _, code in close]
    mend = f"Did you mean {' or '.join(names)}?" if names else ALL_LISTED
    raise SeatUnknown(f"there is no seat {code_or_name.strip()!r}", mend, code=code_or_name)


def translate_2010(code: str) -> tuple[Successor, ...]:
    """The 2024 seats that hold the people of a seat of 2010 to 2024, largest share first; () if it is no such code.

    Shares are hundredths, of the population. They spread what was counted in the old seat only as far as people
    there are all alike, so whoever uses them calls the result modelled.
    """
    found = [Successor(row["code"], _by_code()[row["code"]].name, float(row["share"])) for row in _old(code)]
    return tuple(sorted(found, key=lambda successor: -successor.share))


def find_place(text: str) -> Place | None:
    """The country, nation, region or seat code that `text` names, as platforms spell it; None if it names none.

    Names of seats are not looked for: a town and its seat are two places. Use `seat`.
    """
    code = text.strip().upper()
    if code in _by_code():
        return Place(code, _by_code()[code].name, "seat")
    plain = re.sub(r"\b(?:gb|uk|united kingdom|england|region)$", "", fold(text)).strip() or fold(text)
    return _by_spelling().get(fold(text)) or _by_spelling().get(plain)


def place(code_or_name: str) -> Place:
    """As `find_place`, and seats by name too. SeatUnknown if there is nothing of that name."""
    found = find_place(code_or_name)
    if found is not None:
        return found
    named = seat(code_or_name)
    return Place(named.code, named.name, "seat")


def seats_in(code_or_name: str) -> tuple[Seat, ...]:
    """The seats of a place: one for a seat, 650 for the country. SeatUnknown as `place`."""
    found = place(code_or_name)
    if found.kind == "seat":
        return (_by_code()[found.code],)
    return tuple(s for s in seats() if found.kind == "country" or found.name in (s.region, s.nation))


def fold(name: str) -> str:
    """Lower case, no accents, "and" for "&", words only."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    return " ".join(
        re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)).replace("'", ""))
    )


def _translated(code: str) -> Seat:
    successors = translate_2010(code)
    if not successors:
        raise SeatUnknown(f"there is no seat {code}", ALL_LISTED, code=code)
    first, *_ = successors
    if first.share >= ONE_TO_ONE and _is_all_of(code, first.code):
        return _by_code()[first.code]
    listed = ", ".join(f"{s.code} {s.name} ({s.share:.0%})" for s in successors)
    raise SeatUnknown(
        f"{code} is {_old(code)[0]['old_name']} as it was before 2024",
        f"Its people are now in {listed}: name one, or ask for the shares",
        code=code,
        successors=tuple(s.code for s in successors),
    )


def _is_all_of(old: str, new: str) -> bool:
    """Nobody else's people are in the new seat."""
    return not any(row["code"] == new and row["old_code"] != old for row in _rows("seats_2010.csv"))


def _old(code: str) -> list[dict[str, str]]:
    return _by_old_code().get(code.strip().upper(), [])


@cache
def _by_old_code() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in _rows("seats_2010.csv"):
        found.setdefault(row["old_code"], []).append(row)
    return found


@cache
def _by_code() -> dict[str, Seat]:
    return {s.code: s for s in seats()}


@cache
def _by_name() -> dict[str, Seat]:
    named = {fold(s.name): s for s in seats()}
    for s in seats():
        first, _, last = fold(s.name).rpartition(" ")
        for other in (
            f"{last} {first}",
            fold(s.name).replace("kingston upon ", ""),
            fold(s.name).removeprefix("city of "),
        ):
            named.setdefault(other, s)
    return named


@cache
def _by_spelling() -> dict[str, Place]:
    names = {UNITED_KINGDOM: "United Kingdom", **NATIONS, **REGIONS}
    kinds: dict[str, PlaceKind] = {
        UNITED_KINGDOM: "country",
        **dict.fromkeys(NATIONS, "nation"),
        **dict.fromkeys(REGIONS, "region"),
    }
    spelt = {spelling: code for code, spellings in _SPELLINGS.items() for spelling in spellings}
    spelt |= {fold(code): code for code in names} | {fold(name): code for code, name in names.items()}
    return {spelling: Place(code, names[code], kinds[code]) for spelling, code in spelt.items()}


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    try:
        with (TABLES / name).open(encoding="utf-8", newline="") as file:
            return tuple(csv.DictReader(file))
    except OSError as error:
        raise PopulationWrong(
            f"{TABLES / name} can't be read ({error.strerror})", "Put the shipped table back"
        ) from None
