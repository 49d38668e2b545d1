"""Whom a row is about, in Meta's words → the cells of the model. What is not understood is a problem of its row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import pandas as pd
from babel import Locale

from analytics.model.cells import ALL, UNKNOWN, PlaceKind
from analytics.model.extract import RefusedRow
from analytics.people.band_words import UNKNOWN_WORDS
from analytics.people.bands import age_label, parse_band, parse_gender
from analytics.people.places import find_place

_CODE: Final = re.compile(r"(?:.*\()?([A-Z]{2})\)?")
# As Meta writes them, where that is not CLDR's English name.
_COUNTRY_NAMES: Final = {
    "turkey": "TR",
    "czech republic": "CZ",
    "macedonia": "MK",
    "hong kong": "HK",
    "macau": "MO",
    "palestine": "PS",
    "burma": "MM",
    "the gambia": "GM",
    "the bahamas": "BS",
    "swaziland": "SZ",
    "cape verde": "CV",
    "ivory coast": "CI",
    "congo": "CG",
    "democratic republic of the congo": "CD",
    "republic of the congo": "CG",
    "united states of america": "US",
    "great britain": "GB",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A column of words, understood: `words` has the column's index; rows in `problems` must be refused."""

    words: pd.Series
    problems: tuple[RefusedRow, ...] = ()


def ages(column: pd.Series) -> Told:
    """Stored age labels; "" is all ages, "All (automated app ads)" is unknown: nobody said whose."""
    return _told(column, lambda cell: age_label(parse_band(cell)), "no age band that we know")


def genders(column: pd.Series) -> Told:
    return _told(column, lambda cell: str(parse_gender(cell)), "no gender that we know")


def countries(column: pd.Series, language: str = "en") -> Told:
    """ISO codes of "Bulgaria (BG)", "BG" or a country's name in `language`."""
    return _told(column, lambda cell: country(cell, language), "no country that we know")


def country(cell: str, language: str = "en") -> str:
    """The ISO code, or "unknown". ValueError for a name that is none."""
    if (match := _CODE.fullmatch(cell.strip())) is not None:
        return match[1]
    name = cell.strip().casefold()
    if name in UNKNOWN_WORDS:
        return UNKNOWN
    found = _COUNTRY_NAMES.get(name) or _names(language).get(name) or _names("en").get(name)
    if found is None:
        raise ValueError(f"no country: {cell!r}")
    return found


def region(cell: str) -> tuple[str, PlaceKind]:
    """A nation or region of the United Kingdom as its ONS code; any other by its name; "" is everywhere."""
    name = cell.strip()
    if not name:
        return ALL, "all"
    if name.casefold() in UNKNOWN_WORDS:
        return UNKNOWN, "unknown"
    found = find_place(name)
    return (found.code, found.kind) if found and found.kind in ("nation", "region") else (name, "region")


def regions(column: pd.Series) -> pd.DataFrame:
    """Columns place and place_kind, index as `column`."""
    known = {cell: region(cell) for cell in column.unique()}
    return pd.DataFrame([known[cell] for cell in column], columns=["place", "place_kind"], index=column.index)


def _told(column: pd.Series, understand: Callable[[str], str], why: str) -> Told:
    known: dict[str, str] = {"": ALL}
    wrong: set[str] = set()
    for cell in set(column.unique()) - {""}:
        try:
            known[cell] = UNKNOWN if cell.casefold().startswith("all (auto") else understand(cell)
        except ValueError:
            known[cell], wrong = UNKNOWN, wrong | {cell}
    problems = [
        RefusedRow(int(line), str(column.name or ""), cell, why) for line, cell in column.items() if cell in wrong
    ]
    return Told(column.map(known).astype("str"), tuple(problems))


@cache
def _names(language: str) -> dict[str, str]:
    territories = Locale.parse(language[:2]).territories
    return {name.casefold(): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
