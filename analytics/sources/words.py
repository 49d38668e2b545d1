"""Headers in other languages, as data: which column of a contract a header is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

ENGLISH: Final = "en"
_CURRENCY: Final = re.compile(r"(.*\S) ?(\([A-Z]{3}\))")
_QUOTES: Final = str.maketrans({"’": "'", "‘": "'", "„": '"', "“": '"', "”": '"', "\u00ad": None})


@dataclass(frozen=True)
class Words:
    """`said`: language → a contract's header → how that language spells it, "Vues | Lectures" where in several ways.

    A contract's own header is English. Case, soft hyphens, kinds of quotation mark and white space do not matter.
    """

    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, columns: Iterable[str], contract: Iterable[str]) -> tuple[dict[str, str], str]:
        """Column of the file → header of the contract, for those that are in it; and the language most are in.

        Headers that a language shares with English count for both. "" where nothing was found.
        """
        own = {plain(header): header for header in contract}
        found, spoken = dict[str, str](), Counter[str]()
        for column in columns:
            header, languages = self._one(column, own)
            if header and header not in found.values():
                found[column] = header
                spoken.update(languages)
        language = max(spoken, key=lambda one: (spoken[one], one == ENGLISH)) if spoken else ""
        return found, language

    def _one(self, column: str, own: Mapping[str, str]) -> tuple[str, set[str]]:
        name, currency = split_currency(column)
        for spelling, ending in ((plain(column), ""), (plain(name), f" {currency}")):
            header = own.get(spelling, "")
            said, languages = self._table.get(spelling, ("", set[str]()))
            if header or said:
                return (header or said) + ending.rstrip(), languages | ({ENGLISH} if header else set())
        return "", set()

    @cached_property
    def _table(self) -> dict[str, tuple[str, set[str]]]:
        table: dict[str, tuple[str, set[str]]] = {}
        for language, headers in self.said.items():
            for header, said in headers.items():
                for spelling in said.split(" | "):
                    known, languages = table.setdefault(plain(spelling), (header, set()))
                    if known != header:
                        raise ValueError(f"{spelling!r} means both {known} and {header}")
                    languages.add(language)
        return table


def plain(header: str) -> str:
    """A header without what varies by accident."""
    return " ".join(unicodedata.normalize("NFKC", header).translate(_QUOTES).casefold().split())


def split_currency(header: str) -> tuple[str, str]:
    """ "Estimated revenue (USD)" → ("Estimated revenue", "(USD)"); the header and "" where there is none."""
    match = _CURRENCY.fullmatch(" ".join(header.split()))
    return (match[1], match[2]) if match else (header, "")
