"""Google's ranges: impressions in buckets, spend between two columns of one currency."""

from __future__ import annotations

import math
import re
from typing import Final

import numpy as np
import pandas as pd

from analytics.model.extract import Ask, RefusedRow
from analytics.reading import Numbers
from analytics.reading.locales import locale_of_numbers
from analytics.reading.numbers import parse_decimals
from analytics.sources.wide import Wide

from .contracts import CURRENCY_OF, EURO

_END: Final = r"([\d.,]+)\s*([kKmM]?)"
_BUCKET: Final = re.compile(rf"(≤|<=|<|≥|>=|>)?\s*{_END}(?:\s*[-–—]\s*{_END})?\s*(\+)?")
_SCALE: Final = {"": 1.0, "k": 1e3, "m": 1e6}
_BELOW: Final = ("≤", "<=", "<")


def buckets(column: pd.Series) -> Numbers:
    """ "≤ 10k", "10k–100k", "1M-10M", "> 10M" as intervals; both ends of a bucket are within it."""
    read = {said: _bucket(said) for said in column.unique()}
    wrong = {said for said, ends in read.items() if ends is None and said.strip() not in ("", "-")}
    low, high = (column.map({said: ends[i] if ends else math.nan for said, ends in read.items()}) for i in (0, 1))
    problems = tuple(
        RefusedRow(int(line), str(column.name), said, "is no range that we know")
        for line, said in column[column.isin(wrong)].items()
    )
    return Numbers(low.astype(float), high.astype(float), _state(low, high), problems)


def _bucket(said: str) -> tuple[float, float] | None:
    match = _BUCKET.fullmatch(said.strip())
    if match is None:
        return None
    sign, first, first_scale, second, second_scale, plus = match.groups()
    end = _number(first, first_scale)
    if second:
        return end, _number(second, second_scale)
    if sign in _BELOW:
        return 0.0, end
    return (end, math.inf) if sign or plus else (end, end)


def _number(digits: str, scale: str) -> float:
    return float(digits.replace(",", "")) * _SCALE[scale.lower()]


def currencies(regions: pd.Series) -> pd.Series:
    """The currency of each row: of its one country, else euros within the EU, else dollars."""
    return regions.map({said: _currency(said) for said in regions.unique()}).astype(str)


def _currency(said: str) -> str:
    countries = {part.strip().upper() for part in said.split(",") if part.strip()} - {"EU"}
    if len(countries) == 1:
        country = next(iter(countries))
        return CURRENCY_OF.get(country, "EUR" if country in EURO else "USD")
    return "EUR" if "EU" in said.upper().split(",") or (countries and countries <= EURO | set(_EU_MONEY)) else "USD"


_EU_MONEY: Final = ("BG", "HR", "CZ", "DK", "HU", "PL", "RO", "SE")


def spend(wide: Wide, currency: pd.Series, ask: Ask, low: str, high: str) -> tuple[Numbers, pd.Series]:
    """Each row's spend in its `currency`, or in dollars where the file has no such column; and the currency taken.

    `low` and `high` are the names of the columns, with {} for the currency. No upper end is open.
    """
    has = [name for name in currency.unique() if low.format(name) in wide.frame]
    taken = currency.where(currency.isin(has), "USD")
    ends = [pd.Series(math.nan, wide.frame.index), pd.Series(math.nan, wide.frame.index)]
    problems = list[RefusedRow]()
    locale = locale_of_numbers(wide.table, ask.locale)
    for name in taken.unique():
        rows = taken == name
        for end, pattern in zip(ends, (low, high), strict=True):
            column = wide.text(pattern.format(name))[rows].rename(pattern.format(name))
            read = parse_decimals(column, locale, machine=not locale)
            end[rows] = read.low
            problems += read.problems
    ends[1] = ends[1].where(ends[1].notna() | ends[0].isna(), math.inf)
    is_swapped = ends[0] > ends[1]
    problems += [
        RefusedRow(int(line), low, str(ends[0][line]), "the least is more than the most")
        for line in wide.frame.index[is_swapped]
    ]
    return Numbers(ends[0], ends[1].where(~is_swapped, ends[0]), _state(*ends), tuple(problems)), taken


def _state(low: pd.Series, high: pd.Series) -> pd.Series:
    state = np.where(low.isna(), "unavailable", np.where((low == 0) & (high == 0), "zero", "observed"))
    return pd.Series(state, low.index)
