"""The words with which a rounded number says thousands or millions. They differ by language: “mil” is a thousand in
Spanish and a million in Czech, “B” a thousand in Turkish.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

from .months import LANGUAGES

# What platforms write in every language, and short forms that CLDR lacks.
_EVERYWHERE: Final = {"k": 1e3, "m": 1e6, "thousand": 1e3, "million": 1e6, "lakh": 1e5, "cr": 1e7, "crore": 1e7}
_MORE: Final = {"tsd": 1e3, "tys": 1e3, "тыс": 1e3, "хил": 1e3, "mio": 1e6, "mln": 1e6, "bn": 1e9}
_MORE_IN: Final = {"en": {"mn": 1e6, "mill": 1e6, "bn": 1e9}, "fr": {"mrd": 1e9, "mds": 1e9}, "de": {"t": 1e3}}


def scale_of(word: str, language: str) -> float | None:
    """The factor of a scale word in `language` ("cs", "tr-TR"; "" or "und" where none is known).

    None for no scale word at all, NaN for one that differs by language where none is known.
    """
    said = word.casefold().strip(".")
    own = _words(_code(language))
    if said in own:
        return own[said]
    if said in _EVERYWHERE:
        return _EVERYWHERE[said]
    meant = {words[said] for one in LANGUAGES if said in (words := _words(one))} | (
        {_MORE[said]} if said in _MORE else set()
    )
    if not meant:
        return None
    return meant.pop() if len(meant) == 1 and said not in _SHORT else float("nan")


_SHORT: Final = frozenset({"b", "md", "mil", "mill", "t", "mi", "bi", "mn", "mr"})  # too short to be told by chance


def _code(language: str) -> str:
    code = language.replace("_", "-").partition("-")[0].lower()
    return "" if code == "und" else code


@cache
def _words(language: str) -> dict[str, float]:
    """Scale words of one language, as the Unicode CLDR has them; none for ""."""
    if not language:
        return {}
    try:
        formats = Locale.parse(language).compact_decimal_formats
    except (ValueError, UnknownLocaleError):
        return {}
    found: dict[str, float] = {}
    for width in ("long", "short"):
        for plural in formats.get(width, {}).values():
            for magnitude, pattern in plural.items():
                zeros, word = re.fullmatch(r"(0+)?[\s\u00a0]*(.*)", str(pattern.pattern), re.DOTALL).groups()  # type: ignore[union-attr]
                bare = word.replace("'", "").strip(". ").casefold()
                if zeros == "0" and bare and re.fullmatch(r"[^\W\d_]+", bare):
                    found.setdefault(bare, float(magnitude))
    return {**found, **_MORE_IN.get(language, {})}
