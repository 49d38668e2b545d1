"""Which sign is the decimal sign: from the locale, else from the column itself, else a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from analytics.errors import ExportRefused, ExportUnclear

# Grouping that is certain in every language: all the spaces, and the apostrophes of Switzerland.
SPACES: Final = "\u0020\u00a0\u2007\u2009\u202f'’"
UNDECIDED: Final = "und"  # BCP 47: neither point nor comma says anything without being asked
_DECIDES: Final = (
    r"\d{{1,3}}(?:{group}\d{{3}})+{sign}\d+",  # both signs
    r"\d{{1,3}}(?:{group}\d{{2,3}})+{group}\d{{3}}",  # one sign twice: it groups
    r"\d*{sign}\d{{1,2}}|\d*{sign}\d{{4,}}|\d{{4,}}{sign}\d+|0\d*{sign}\d+",  # no group has such a length
)
_POINT: Final = re.compile("|".join(_DECIDES).format(sign=r"\.", group=","))
_COMMA: Final = re.compile("|".join(_DECIDES).format(sign=",", group=r"\."))


@dataclass(frozen=True, slots=True)
class Separators:
    """`decimal` is "." or ",", "" where nothing decides; `group` the other one, "" where it groups nothing."""

    decimal: str
    group: str


POINT: Final = Separators(".", ",")
COMMA: Final = Separators(",", ".")
NOT_SAID: Final = Separators("", "")


@cache
def separators_of(locale: str) -> Separators:
    """As that locale writes numbers ("de-DE", "en"); NOT_SAID for "" and "und".

    Raises:
        ExportRefused: no such locale.
    """
    if locale in ("", UNDECIDED):
        return NOT_SAID
    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (ValueError, UnknownLocaleError, TypeError) as error:
        raise ExportRefused(f"“{locale}” is no locale", "Say for example --locale en-GB or --locale de-DE.") from error
    decimal, group = get_decimal_symbol(known), get_group_symbol(known)
    return Separators(decimal if decimal in ".," else ".", group if group in ".," else "")


def separators_in(texts: Iterable[str], column: str) -> Separators:
    """What the numbers of a column say themselves: "12.5" makes the point the decimal sign, "1.234.567" the comma.

    Raises:
        ExportUnclear: one number says this, another that.
    """
    point = comma = ""
    for text in texts:
        point = point or (text if _POINT.fullmatch(text) else "")
        comma = comma or (text if _COMMA.fullmatch(text) else "")
    if point and comma:
        raise unclear(column, f"{point}” and “{comma}", "the point and the comma are both a decimal sign there")
    return POINT if point else COMMA if comma else NOT_SAID


def unclear(column: str, value: str, why: str, line: int = 0) -> ExportUnclear:
    return ExportUnclear(
        f"The numbers in “{column}” could mean two things, such as “{value}”: {why}",
        "Say how they are written: --locale en-GB (1,234.5) or --locale de-DE (1.234,5).",
        line=line,
        column=column,
        value=value,
    )
