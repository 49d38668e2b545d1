"""Whom a row is about, in Meta's words. Unlike elsewhere an empty cell is everybody: the row is not cut by that."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from analytics.model.cells import ALL, UNKNOWN, PlaceKind
from analytics.people.band_words import UNKNOWN_WORDS
from analytics.people.places import find_place
from analytics.sources import who
from analytics.sources.who import Labels

_CODE: Final = re.compile(r"(?:.*\()?([A-Z]{2})\)?")
# As Meta writes them, where that is not CLDR's name.
_COUNTRIES: Final = {
    "macedonia": "MK", "hong kong": "HK", "macau": "MO", "palestine": "PS", "burma": "MM", "myanmar": "MM",
    "congo": "CG", "the gambia": "GM", "the bahamas": "BS", "swaziland": "SZ", "ivory coast": "CI", "turkey": "TR",
    "democratic republic of the congo": "CD", "republic of the congo": "CG", "bosnia and herzegovina": "BA",
    "trinidad and tobago": "TT", "antigua and barbuda": "AG", "sao tome and principe": "ST", "saint lucia": "LC",
    "saint kitts and nevis": "KN", "saint vincent and the grenadines": "VC", "us virgin islands": "VI",
}  # fmt: skip


def ages(column: pd.Series) -> Labels:
    """Stored age labels. "All (automated app ads)" is unknown: nobody said whose."""
    said = column.mask(column.str.casefold().str.startswith("all (auto"), "unknown")
    return _or_all(column, who.ages(said))


def genders(column: pd.Series) -> Labels:
    return _or_all(column, who.genders(column))


def countries(column: pd.Series) -> Labels:
    """ISO codes of "Bulgaria (BG)", "BG", or of a country's name in a language of the headers."""
    codes = {cell: _code(cell) for cell in column.unique()}
    labels, _ = who.places(column.map(codes).astype("str").rename(column.name), "country")
    return _or_all(column, labels)


def country(cell: str) -> str:
    """The ISO code of one country, or "unknown". ValueError for a name that is none."""
    labels = countries(pd.Series([cell], dtype="str"))
    if labels.problems:
        raise ValueError(f"no country: {cell!r}")
    return str(labels.words.iloc[0])


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
    return pd.DataFrame(
        {
            "place": column.map({cell: place for cell, (place, _) in known.items()}),
            "place_kind": column.map({cell: kind for cell, (_, kind) in known.items()}),
        }
    ).astype("str")


def _code(cell: str) -> str:
    bare = cell.strip()
    match = _CODE.fullmatch(bare)
    return match[1] if match else _COUNTRIES.get(bare.casefold(), bare)


def _or_all(column: pd.Series, labels: Labels) -> Labels:
    return Labels(labels.words.mask(column == "", ALL), labels.problems)
