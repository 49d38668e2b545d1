"""Places of the United Kingdom as platforms and offices spell them: the country, nations, regions and seats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from analytics.model.cells import PlaceKind

from .seats import Seat, Successor, fold, seat, seats, seats_by_code, translate_2010

__all__ = [
    "NATIONS", "REGIONS", "UNITED_KINGDOM", "Place", "Seat", "Successor",
    "find_place", "place", "seat", "seats", "seats_in", "translate_2010",
]  # fmt: skip

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


@dataclass(frozen=True, slots=True)
class Place:
    """`code` is "GB", or an ONS code of a nation, a region or a seat."""

    code: str
    name: str
    kind: PlaceKind


def find_place(text: str) -> Place | None:
    """The country, nation, region or seat code that `text` names, as platforms spell it; None if it names none.

    Names of seats are not looked for: a town and its seat are two places. Use `seat`.
    """
    code = text.strip().upper()
    if code in seats_by_code():
        return Place(code, seats_by_code()[code].name, "seat")
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
        return (seats_by_code()[found.code],)
    return tuple(s for s in seats() if found.kind == "country" or found.name in (s.region, s.nation))


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
