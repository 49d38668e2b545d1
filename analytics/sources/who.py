"""Columns that say whom: ages, genders, places, each label read once however many rows have it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.model.extract import RefusedRow
from analytics.people.bands import age_label, parse_band, parse_gender

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
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
