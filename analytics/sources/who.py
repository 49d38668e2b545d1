"""Columns that say whom: ages, genders, places, each label read once however many rows have it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import pandas as pd
from babel import Locale

from analytics.model.extract import RefusedRow
from analytics.people.bands import age_label, parse_band, parse_gender

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_LANGUAGES: Final = ("bg", "pl", "nl", "pt", "it", "es", "fr", "de", "en")  # English last: it wins where two differ
_ALSO: Final = {"uk": "GB", "great britain": "GB", "usa": "US", "united states of america": "US", "türkiye": "TR",
                "viet nam": "VN", "south korea": "KR", "czech republic": "CZ", "uae": "AE"}  # fmt: skip
_REST: Final = frozenset({"other", "others", "unknown", "andere", "sonstige", "autres", "otros", "altri", "outros",
                          "overig", "overige", "inne", "други", ""})  # fmt: skip
_NOWHERE: Final = frozenset({"", "ZZ", "XX", "A1", "A2", "EU", "AP", "O1"})  # codes for "not known" and proxies


@dataclass(frozen=True, slots=True)
class Labels:
    """A column in the model's words, indexed by line; rows in `problems` have "unknown" and must be refused."""

    words: pd.Series
    problems: tuple[RefusedRow, ...] = ()


def ages(column: pd.Series) -> Labels:
    """Age bands as stored ("18-24", "65+", "all", "unknown"); an empty cell is unknown."""
    return _each(column, lambda label: age_label(parse_band(label)), "no age band that we know")


def genders(column: pd.Series) -> Labels:
    """Female, male, other, all, unknown; an empty cell is unknown."""
    return _each(column, parse_gender, "no gender that we know")


def countries(column: pd.Series) -> tuple[Labels, pd.Series]:
    """ISO 3166 codes, with "unknown" for codes that stand for no place; and their place_kind."""
    read = _each(column.str.upper(), _country, "no two-letter country code")
    return read, read.words.map(lambda place: "unknown" if place == "unknown" else "country").astype(str)


def places(column: pd.Series, kind: str) -> tuple[Labels, pd.Series]:
    """Countries by code or by name, cities by name; "Others" and the like are unknown places. And their place_kind."""
    parse = _country_or_name if kind == "country" else str.strip
    read = _each(column, lambda label: "unknown" if is_rest(label) else parse(label), "no place that we know")
    return read, read.words.map(lambda place: "unknown" if place == "unknown" else kind).astype(str)


def is_rest(label: str) -> bool:
    """Whether a label stands for all the others together."""
    return label.strip().casefold() in _REST


def _country_or_name(label: str) -> str:
    bare = label.strip()
    if _COUNTRY.fullmatch(bare.upper()):
        return _country(bare.upper())
    code = _country_codes().get(bare.casefold())
    if code is None:
        raise ValueError(label)
    return code


@cache
def _country_codes() -> dict[str, str]:
    """Country names of every language that the headers are in → ISO 3166 codes; the Unicode CLDR's, through babel."""
    names = {
        name.casefold(): code
        for language in _LANGUAGES
        for code, name in Locale.parse(language).territories.items()
        if _COUNTRY.fullmatch(code)
    }
    return {**names, **_ALSO}


def _country(code: str) -> str:
    if code in _NOWHERE:
        return "unknown"
    if not _COUNTRY.fullmatch(code):
        raise ValueError(code)
    return code


def _each(column: pd.Series, parse: Callable[[str], str], why: str) -> Labels:
    table, wrong = dict[str, str](), set[str]()
    for label in column.unique():
        try:
            table[label] = parse(label) if label else "unknown"
        except ValueError:
            table[label] = "unknown"
            wrong.add(label)
    bad = column[column.isin(wrong)]
    problems = tuple(RefusedRow(int(line), str(column.name), value, why) for line, value in bad.items())
    return Labels(column.map(table).astype(str), problems)
