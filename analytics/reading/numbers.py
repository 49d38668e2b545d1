"""Numbers as people and platforms write them → intervals with a state. Nothing is guessed in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import pyarrow as pa

from analytics.errors import ExportUnclear
from analytics.model.extract import RefusedRow, Repair

from .cells import Said, could_be_grouped, normal, read_cell
from .separators import UNDECIDED, Separators, separators_in, separators_of, unclear

_FEW: Final = 20  # repairs of one kind that are said one by one
_MACHINE: Final = Separators(".", "")
_EXPONENT: Final = re.compile(r"\d+(?:\.\d+)?[eE][-+]?\d{1,3}")
_CURRENCIES: Final = {"£": "GBP", "€": "EUR", "US$": "USD", "A$": "AUD", "CA$": "CAD", "zł": "PLN", "₹": "INR"}
_CURRENCY: Final = re.compile(r"((?<![A-Za-z])[A-Z]{3}(?![A-Za-z])|(?:US|A|CA)?\$|£|€|₹|zł)")
_HAS_DIGIT: Final = re.compile(r"\d")
_CLOCK: Final = re.compile(r"(?:(?:(\d+):)?([0-5]?\d):)?([0-5]?\d)(?:[.,](\d+))?")
_UNITS: Final = re.compile(
    r"(?:p?t?(?P<h>\d+)\s*(?:h|hr|hrs|hours?|std|stunden?)\.?[\s,]*)?(?:p?t?(?P<m>\d+)\s*(?:m|min|mins|minutes?|minuten?)\.?[\s,]*)?"
    r"(?:p?t?(?P<s>\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?|sek|sekunden?)\.?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of text, read. All three series have the column's index (lines of the file).

    `low` = `high` where exact; both NaN where `state` is "unavailable". A line in `problems` held something that no
    number can be: its row must be refused (its state is "unavailable").
    """

    low: pd.Series
    high: pd.Series
    state: pd.Series
    problems: tuple[RefusedRow, ...] = ()
    repairs: tuple[Repair, ...] = ()

    def times(self, factor: float) -> Numbers:
        """In another unit: hours × 3600 are seconds."""
        return replace(self, low=self.low * factor, high=self.high * factor)


def parse_counts(column: pd.Series, locale: str = "", *, machine: bool = False) -> Numbers:
    """Whole numbers of 0 or more. "1,234" is certain where no locale is known; "1.234" is a question.

    `machine`: the source's contract says that no sign groups thousands and the point is the decimal sign.

    Raises:
        ExportUnclear: the point or the comma could be either sign.
    """
    signs = _MACHINE if machine else _signs(column, locale)
    if not signs.decimal and locale != UNDECIDED:
        signs = Separators("", ",")
    # A language alone was perhaps only inferred; a country, or the column's other cells, decide.
    is_sure = machine or locale in ("", UNDECIDED) or "-" in locale or "_" in locale

    def read(text: str) -> Said:
        said = read_cell(text, signs, is_whole=True, language=locale)
        is_doubtful = not is_sure and signs.decimal in text and could_be_grouped(text) and said.state != "unclear"
        return Said("unclear", why="a count has no decimals") if is_doubtful else said

    return _parsed(column, read)


def parse_decimals(
    column: pd.Series, locale: str = "", *, machine: bool = False, may_be_negative: bool = False
) -> Numbers:
    """Numbers of 0 or more, or of any sign with `may_be_negative`; `machine` as for counts, exponents allowed.

    Raises:
        ExportUnclear: the point or the comma could be either sign.
    """
    signs = _MACHINE if machine else _signs(column, locale)

    def read(text: str) -> Said:
        if machine and _EXPONENT.fullmatch(text):
            return Said("observed", float(text), float(text))
        if may_be_negative and re.match(r"[-−]\s*[\d.,]", text):
            said = read_cell(text[1:].strip(), signs, is_whole=False, language=locale)
            return replace(said, low=-said.high, high=-said.low)
        return read_cell(text, signs, is_whole=False, language=locale)

    return _parsed(column, read, points=signs.decimal == ".")


def parse_shares(column: pd.Series, locale: str = "", *, machine: bool = False) -> Numbers:
    """Per cent, with or without the sign → a fraction: "33.56" and "33.56 %" are 0.3356. Raises as decimals."""
    bare = column.str.replace("&lt;", "<").str.replace(r"[\s\u00a0\u202f]*[%٪]", "", regex=True)
    per_cent = parse_decimals(bare, locale, machine=machine)
    return replace(per_cent, low=per_cent.low / 100, high=per_cent.high / 100)  # × 0.01 would not be the same float


def parse_money(column: pd.Series, locale: str = "", *, machine: bool = False) -> tuple[Numbers, str]:
    """Amounts, and the currency that their cells name: an ISO code, "$" where it only says that, "" where nothing.

    Raises:
        ExportUnclear: two currencies in one column, or the decimal sign is not certain.
    """
    marks = {mark for text in column.unique() if _HAS_DIGIT.search(text) for mark in _CURRENCY.findall(text)}
    names = {_CURRENCIES.get(mark, mark) for mark in marks}
    if len(names) > 1:
        raise ExportUnclear(
            f"“{column.name}” has amounts in {' and '.join(sorted(names))}",
            "Export one currency at a time.",
            column=str(column.name),
        )
    bare = (
        column.mask(column.str.contains(_HAS_DIGIT), column.str.replace(_CURRENCY, "", regex=True)) if marks else column
    )
    return parse_decimals(bare, locale, machine=machine), next(iter(names), "")


def parse_durations(column: pd.Series, locale: str = "", *, machine: bool = False) -> Numbers:
    """Seconds of "0:04:34", "4:34", "271 s", "4m 34s", "PT4M34S", or of a bare number of seconds."""
    signs = _MACHINE if machine else _signs(column[~column.str.contains(":", regex=False)], locale)
    return _parsed(column, lambda text: _duration(text, signs), points=signs.decimal == ".")


def _duration(text: str, signs: Separators) -> Said:
    if ":" in text and (clock := _CLOCK.fullmatch(text)):
        hours, minutes, seconds, part = clock.groups()
        total = int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(f"{seconds}.{part or 0}")
        return Said("observed" if total else "zero", total, total)
    if text and (units := _UNITS.fullmatch(text)) and any(units.groups()):
        total = int(units["h"] or 0) * 3600 + int(units["m"] or 0) * 60 + float(units["s"] or 0)
        return Said("observed" if total else "zero", total, total)
    return read_cell(text, signs, is_whole=False)


def _signs(column: pd.Series, locale: str) -> Separators:
    signs = separators_of(locale)
    if signs.decimal:
        return signs
    odd = column[~column.str.fullmatch(r"\d*")].unique()
    return separators_in((normal(text).strip("<>≤≥=+ ") for text in odd), str(column.name))


def _parsed(column: pd.Series, read: Callable[[str], Said], *, points: bool = False) -> Numbers:
    """Plain digits all at once; every other text that occurs, once. `points`: "12.5" is plain too."""
    is_plain = column.str.fullmatch(r"[0-9]{1,15}(?:\.[0-9]{1,15})?" if points else r"[0-9]{1,15}").astype(bool)
    low = pd.Series(float("nan"), column.index)
    low[is_plain] = pa.array(column[is_plain]).cast(pa.float64()).to_numpy(zero_copy_only=False)
    high = low.copy()
    state = pd.Series("observed", column.index, dtype="str").mask(low == 0, "zero")
    odd = column[~is_plain]
    if odd.empty:
        return Numbers(low, high, state)
    said = {text: read(normal(text)) for text in odd.unique()}
    _ask(odd, said)
    low[~is_plain] = odd.map({text: one.low for text, one in said.items()}).astype(float)
    high[~is_plain] = odd.map({text: one.high for text, one in said.items()}).astype(float)
    states = {text: "unavailable" if one.state == "refused" else one.state for text, one in said.items()}
    state[~is_plain] = odd.map(states).astype("str")
    return Numbers(low, high, state, _problems(odd, said), _repairs(odd, said))


def _ask(odd: pd.Series, said: dict[str, Said]) -> None:
    for text, one in said.items():
        if one.state == "unclear":
            raise unclear(str(odd.name), text, one.why, int(odd.index[odd == text][0]))


def _problems(odd: pd.Series, said: dict[str, Said]) -> tuple[RefusedRow, ...]:
    wrong = odd[odd.isin([text for text, one in said.items() if one.state == "refused"])]
    return tuple(RefusedRow(int(line), str(odd.name), text[:80], said[text].why) for line, text in wrong.items())


def _repairs(odd: pd.Series, said: dict[str, Said]) -> tuple[Repair, ...]:
    rounded = odd[odd.isin([text for text, one in said.items() if one.why and one.state == "observed"])]
    if len(rounded) > _FEW:
        return (Repair(0, f"{len(rounded)} numbers in “{odd.name}” are rounded: kept as what they can be"),)
    return tuple(Repair(int(line), f"“{text}” in “{odd.name}” {said[text].why}") for line, text in rounded.items())
