"""Names of months and weekdays in the languages in which platforms write dates."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

LANGUAGES: Final = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "bg", "ru", "uk", "cs", "sk", "sv", "da", "nb", "fi", "ro", "hu",
    "tr", "el", "hr", "sl", "lt", "lv", "et", "cy", "ga",
)  # fmt: skip
_CONTEXTS: Final = ("format", "stand-alone")
_WIDTHS: Final = ("wide", "abbreviated")


def folded(word: str) -> str:
    """A word as it is compared: small letters, no full stop at its end, no accents that a keyboard may leave out."""
    letters = unicodedata.normalize("NFKD", word.casefold().strip(" .,"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def months(language: str) -> dict[str, frozenset[int]]:
    """Month name → the months it can be in `language` ("de", "de-AT"), or in any of them for ""."""
    return _names(language, "months")


@cache
def weekdays(language: str) -> frozenset[str]:
    return frozenset(_names(language, "days"))


def _names(language: str, kind: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for one in _languages(language):
        for context in _CONTEXTS:
            for width in _WIDTHS:
                for number, name in getattr(Locale(one), kind)[context][width].items():
                    # "7 de junio", "sept.": the word itself, and as far as the first blank of a longer name
                    found.setdefault(folded(re.split(r"[\s.]", name)[0] if kind == "months" else name), set()).add(
                        number
                    )
    if kind == "months":
        found.setdefault("sept", set()).add(9)
    return {name: frozenset(numbers) for name, numbers in found.items() if name and not name.isdigit()}


def _languages(language: str) -> tuple[str, ...]:
    try:
        return (Locale.parse(language.replace("-", "_")).language, "en") if language not in ("", "und") else LANGUAGES
    except (ValueError, UnknownLocaleError):
        return LANGUAGES
